"""How PDF of other programs is read, beside two other readers: ``python bench/pdf_text.py [--each] [--keep DIR]``.

``pdf_samples.toml`` holds pages and what a person reads on them: texts in order, and rows of tables. Chromium,
LibreOffice, LaTeX and reportlab make PDF of them; samples of a program that is not installed are left out, and said to
be. A text counts where it stands whole and after the one before; a row where a table has one of just these cells.
Blanks and hyphens count for nothing. The peers are wanted for this alone: ``pip install -e '.[bench]'``. ``--keep``
leaves the files in a folder.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import shutil
import subprocess
import tempfile
import tomllib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pdfplumber
import pypdf
from citeguide.indexer.readers.pdf import read
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Spacer, Table

SAMPLES = tomllib.loads(Path(__file__).with_name("pdf_samples.toml").read_text("utf-8"))["sample"]
Sample = dict[str, Any]
Reading = tuple[str, list[list[str]]]
"""A file's whole text, and the rows of its tables."""
MARGIN, GUTTER = 50, 8
LETTERS = re.compile(r"[\W_]+")


def main() -> None:
    """Print the shares of texts and rows that each reader gets right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", action="store_true", help="what every sample misses")
    parser.add_argument("--keep", type=Path, metavar="DIR")
    options = parser.parse_args()
    totals = {name: [0, 0] for name in READERS}
    texts = rows = 0
    with tempfile.TemporaryDirectory() as temporary:
        work = options.keep or Path(temporary)
        work.mkdir(exist_ok=True)
        for number, sample in enumerate(SAMPLES, start=1):
            made = WRITERS[sample["with"]](sample, work / f"{number:02}.pdf")
            if made is None:
                print(f"{sample['name']}: left out, {sample['with']} is not installed")
                continue
            texts, rows = texts + len(sample["texts"]), rows + len(sample.get("rows", ()))
            for name, reader in READERS.items():
                missed = judged(sample, reader(made))
                for n, each in enumerate(missed):
                    totals[name][n] += len(each)
                if options.each:
                    print(f"{number:02} {name:12}{sample['name']}: {missed}")
    print(f"{'':14}{'texts in order':>16}{'rows':>14}")
    for name, (no_texts, no_rows) in totals.items():
        print(f"{name:14}{f'{texts - no_texts} of {texts}':>16}{f'{rows - no_rows} of {rows}':>14}")


def judged(sample: Sample, reading: Reading) -> tuple[list[str], list[str]]:
    """The texts that are not whole or not in order, and the rows that no table has."""
    text, tables = reading
    bare = letters(text)
    places = [bare.find(letters(each)) for each in sample["texts"]]
    kept = _rising(places)
    own = {tuple(filter(None, map(letters, row))) for row in tables}
    rows = [row for row in sample.get("rows", ()) if tuple(map(letters, row.split(" | "))) not in own]
    return [each for n, each in enumerate(sample["texts"]) if n not in kept], rows


def letters(text: str | None) -> str:
    """Letters and digits alone."""
    return LETTERS.sub("", text or "").casefold()


def _rising(places: Sequence[int]) -> set[int]:
    """The longest run of places that rise; none of -1."""
    ends: list[int] = []
    runs: list[list[int]] = []
    for n, place in enumerate(places):
        if place >= 0:
            at = bisect_right(ends, place)
            run = [*(runs[at - 1] if at else []), n]
            ends[at:], runs[at:] = [place, *ends[at + 1 :]], [run, *runs[at + 1 :]]
    return set(runs[-1]) if runs else set()


# Readers


def _citeguide(data: bytes) -> Reading:
    found = read(data)
    grids = [block.grid for block in found.blocks if block.grid]
    return found.text, [[cell.text for cell in row] for grid in grids for row in (grid.header, *grid.records)]


def _pdfplumber(data: bytes) -> Reading:
    with pdfplumber.open(io.BytesIO(data)) as file:
        texts = [page.extract_text() for page in file.pages]
        tables = [table for page in file.pages for table in page.extract_tables()]
    return "\n".join(texts), [[cell or "" for cell in row] for table in tables for row in table]


def _pypdf(data: bytes) -> Reading:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages), []


READERS: dict[str, Callable[[bytes], Reading]] = {"citeguide": _citeguide, "pdfplumber": _pdfplumber, "pypdf": _pypdf}


# Writers


def _chromium(sample: Sample, place: Path) -> bytes | None:
    page = place.with_suffix(".html")
    page.write_text(f'<meta charset="utf-8">{sample["source"]}', "utf-8")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={place}"]
    return _made(["chromium", *flags, page.as_uri()], place)


def _libreoffice(sample: Sample, place: Path) -> bytes | None:
    source = place.with_suffix(".fodt" if sample["source"].startswith("<?xml") else ".html")
    source.write_text(sample["source"], "utf-8")
    home = f"-env:UserInstallation={(place.parent / 'office').as_uri()}"
    options = ["--headless", home, *(["--infilter=HTML (StarWriter)"] if source.suffix == ".html" else [])]
    command = ["soffice", *options, "--convert-to", "pdf:writer_pdf_Export", "--outdir", str(place.parent), str(source)]
    return _made(command, place)


def _latex(sample: Sample, place: Path) -> bytes | None:
    source = place.with_suffix(".tex")
    source.write_text(sample["source"], "utf-8")
    return _made(["pdflatex", "-interaction=batchmode", f"-output-directory={place.parent}", str(source)], place)


def _made(command: Sequence[str], place: Path) -> bytes | None:
    if shutil.which(command[0]) is None:
        return None
    subprocess.run(command, check=True, capture_output=True, timeout=300, env={**os.environ, "HOME": str(place.parent)})
    return place.read_bytes()


def _reportlab(sample: Sample, place: Path) -> bytes:
    count = sample["columns"]
    width, height = (A4[0] - 2 * MARGIN - (count - 1) * GUTTER) / count, 240 if count > 1 else A4[1] - 2 * MARGIN
    frames = [
        Frame(MARGIN + n * (width + GUTTER), A4[1] - MARGIN - height, width, height, leftPadding=0, rightPadding=0)
        for n in range(count)
    ]
    file = BaseDocTemplate(str(place), pagesize=A4)
    file.addPageTemplates(PageTemplate(frames=frames))
    file.build(list(_story(sample["source"].strip().splitlines(), sample.get("rules", "none"))))
    return place.read_bytes()


def _story(lines: Sequence[str], rules: str) -> Iterable[Flowable]:
    style = getSampleStyleSheet()
    rows: list[list[Paragraph | str]] = []
    for line in (*lines, ""):
        if line.startswith("| "):
            cells = [cell.strip() for cell in line[2:].split(" | ")]
            rows.append([Paragraph(cells[0], style["BodyText"]), *cells[1:]])
            continue
        if rows:
            yield Table(rows, colWidths=[150, 90, 90], style=_rules(rules, len(rows)), hAlign="LEFT")
            rows = []
        if line.startswith("? "):
            label, filled = line[2:].split(" | ")
            yield Table([[label, filled]], colWidths=[120, 200], style=[("BOX", (1, 0), (1, 0), 0.5, colors.black)])
        elif line.startswith("! "):
            yield _Field(*line[2:].split(" | "))
        elif line:
            yield Paragraph(line.removeprefix("# "), style["Heading2" if line.startswith("# ") else "BodyText"])
    yield Spacer(1, 1)


class _Field(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A label and a field of a form that is filled in."""

    def __init__(self, label: str, filled: str) -> None:
        super().__init__()
        self.label, self.filled, self.width, self.height = label, filled, 320, 24

    def draw(self) -> None:
        """Draw both where the flow has come to."""
        self.canv.drawString(0, 8, self.label)
        place = {"x": 100, "y": 2, "width": 200, "height": 20}
        self.canv.acroForm.textfield(name=self.label, value=self.filled, fontSize=11, relative=True, **place)


def _rules(rules: str, count: int) -> list[tuple[Any, ...]]:
    below = [("LINEBELOW", (0, n), (-1, n), 0.5, colors.black) for n in range(0, count, 3)]
    return [("VALIGN", (0, 0), (-1, -1), "TOP"), *(below if rules == "bands" else ())]


WRITERS: dict[str, Callable[[Sample, Path], bytes | None]] = {
    "chromium": _chromium,
    "libreoffice": _libreoffice,
    "latex": _latex,
    "reportlab": _reportlab,
}


if __name__ == "__main__":
    main()
