"""OCR: what pictures of text become, what says so, and what is said where it is not asked for or cannot be done."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Sequence
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pdfs
import pytest
from citeguide.indexer.extras import Extra
from citeguide.indexer.parse import parse_guide, parse_with_ocr
from citeguide.indexer.readers import ocr
from citeguide.indexer.report import PICTURE
from citeguide.indexer.update import update
from citeguide.indexer.verification.verify import verify
from citeguide.search.cli.settings import Settings
from citeguide.search.errors import SourceError
from citeguide.search.output.answer_json import from_json, to_json
from citeguide.search.output.render import render_answer
from citeguide.search.output.terminal import Terminal
from citeguide.search.pipeline.answer import ask
from citeguide.search.store.open import open_index
from commands import ended
from indexed import served


@pytest.fixture(scope="module", autouse=True)
def needed() -> None:
    """The extra and Tesseract's English: skipped without them, an error under CI."""
    try:
        ocr.language_data()
    except SourceError as error:
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI must have what OCR needs: {error.line()}")
        pytest.skip(error.line())


class Line(NamedTuple):
    """Text of a size in dots, so far from the left and from the top."""

    x: int
    y: int
    size: int
    text: str


ROWS = (("Permit", "Fee", "Days"), ("Fence", "$40.00", "5"), ("Shed", "$65.50", "10"), ("Pool", "$120.00", "21"))
LICENCE = "Dog licences cost $25 a year and must be renewed in March."
PAGE = (
    Line(250, 250, 90, "Permits of the town of Alder"),
    Line(250, 420, 46, LICENCE),
    Line(250, 490, 46, "Applications are taken at the office on Main Street."),
    Line(250, 700, 64, "Fees"),
    *(
        Line(x, 840 + 80 * n, 46, cell)
        for n, row in enumerate(ROWS)
        for x, cell in zip((250, 1000, 1600), row, strict=True)
    ),
)
"""A page of A4 at 300 dots per inch."""


def drawn(lines: Sequence[Line], size: tuple[int, int] = (2480, 3508)) -> Any:
    """A picture of these lines, black on white."""
    pillow, pens, fonts = (import_module(f"PIL.{name}") for name in ("Image", "ImageDraw", "ImageFont"))
    picture = pillow.new("L", size, 255)
    pen = pens.Draw(picture)
    for line in lines:
        pen.text((line.x, line.y), line.text, font=fonts.load_default(line.size), fill=0)
    return picture


def saved(pictures: Sequence[Any], form: str) -> bytes:
    """A file of one or more pictures."""
    out = BytesIO()
    more = {"save_all": True, "append_images": pictures[1:]} if len(pictures) > 1 else {}
    density = {"resolution": 300} if form == "PDF" else {"dpi": (300, 300)}
    pictures[0].save(out, form, **density, **more)
    return out.getvalue()


def mixed() -> bytes:
    """A PDF with a page of text and one that is a picture, in which a box of grey stands for a scan of ``LICENCE``."""
    picture = drawn([Line(40, 40, 46, LICENCE)], (1700, 140))
    dots = picture.tobytes().hex()
    scan = f"q 408 0 0 33.6 72 600 cm BI /W 1700 /H 140 /CS /G /BPC 8 /F /AHx ID {dots}> EI Q"
    return pdfs.pdf([[pdfs.Run(72, 80, 11, "H", "A cat needs no licence at all.")], [pdfs.Raw(scan)]])


@pytest.mark.parametrize(
    ("name", "form"), [("scan.pdf", "PDF"), ("scan.png", "PNG"), ("scan.jpg", "JPEG"), ("scan.tiff", "TIFF")]
)
def test_a_picture_of_a_page_is_read_as_a_page(name: str, form: str) -> None:
    """Headings by their size, prose, and a table without lines, in a PDF and in three kinds of pictures."""
    guide = parse_with_ocr(saved([drawn(PAGE)], form), name)
    assert guide.title == "Permits of the town of Alder"
    assert LICENCE in guide.text
    assert [heading.text for heading in guide.headings] == ["Permits of the town of Alder", "Fees"]
    (table,) = guide.tables
    assert tuple(column.name for column in table.columns) == ROWS[0]
    assert tuple(tuple(cell.text for cell in row.cells) for row in table.rows) == ROWS[1:]
    assert guide.scanned == {1}


def test_every_page_of_a_picture_is_a_page() -> None:
    """A TIFF of several."""
    pages = [drawn([Line(250, 250, 46, f"The fee for stall {n} is ${n}0 a day.")], (1700, 500)) for n in (3, 4)]
    guide = parse_with_ocr(saved(pages, "TIFF"), "scan.tif")
    assert [(page, guide.text[start:].split("\n")[0]) for start, page in guide.pages] == [
        (1, "The fee for stall 3 is $30 a day."),
        (2, "The fee for stall 4 is $40 a day."),
    ]


def test_small_pictures_and_see_through_ones_are_read() -> None:
    """A picture of a screen says nothing of its density, and may have no background."""
    pillow = import_module("PIL.Image")
    picture = drawn([Line(20, 20, 18, LICENCE)], (620, 60))
    clear = pillow.new("RGBA", picture.size, (0, 0, 0, 0))
    clear.putalpha(picture.point(lambda dot: 255 - dot))
    out = BytesIO()
    clear.save(out, "PNG")
    assert parse_with_ocr(out.getvalue(), "screen.png").text == LICENCE


def test_quotes_say_that_ocr_read_them(tmp_path: Path) -> None:
    """In answer, terminal and page; those of the file's own text do not. A saved answer is held against the file."""
    guides, index = tmp_path / "guides", tmp_path / "index"
    guides.mkdir()
    (guides / "licences.pdf").write_bytes(mixed())
    report = update(index, [guides], ocr=True)
    assert [Path(added).name for added in report.added] == ["licences.pdf"]
    with open_index(index) as opened:
        dog, cat = (ask(f"Does a {animal} need a licence?", opened) for animal in ("dog", "cat"))
        dog = ask("How much do dog licences cost?", opened)
        assert [(citation.quote, citation.page, citation.scanned) for citation in dog.citations] == [(LICENCE, 2, True)]
        assert [citation.scanned for citation in cat.citations] == [False]
        assert [note for note in dog.notes if "OCR" in note] == [
            "Read by OCR, which may take a letter or digit for another: [1]"
        ]
        assert not [note for note in cat.notes if "OCR" in note]
        assert "licences.pdf:3, page 2, read by OCR" in render_answer(
            dog, Terminal(), {each.path: each for each in opened.catalog.documents()}
        )
        told = json.loads(json.dumps(to_json(dog)))
        assert [citation["ocr"] for citation in told["citations"]] == [True]
        outcome = verify([dog, cat], [guides], opened)
        assert [verdict.state for verdict in outcome.verdicts] == ["intact", "intact"]
        assert not outcome.unproved
        told["citations"][0]["ocr"] = False
        forged = verify([from_json(told)], [guides], opened)
        assert "citations[1].ocr" in [claim.field for claim in forged.unproved]
    with served(index) as client:
        assert "page 2, read by OCR" in client.get("/ask?q=How+much+do+dog+licences+cost").text


def test_it_is_remembered_until_it_is_taken_back(tmp_path: Path) -> None:
    """Off unless asked for; then pictures are passed over, scans are not read, and both are named with the command."""
    guides, index = tmp_path / "guides", tmp_path / "index"
    guides.mkdir()
    (guides / "scan.png").write_bytes(saved([drawn(PAGE)], "PNG"))
    (guides / "scan.pdf").write_bytes(saved([drawn(PAGE)], "PDF"))
    (guides / "cats.md").write_text("# Cats\n\nA cat needs no licence.\n", "utf-8")
    first = update(index, [guides])
    assert {Path(failure.path).name: (failure.reason, failure.remedy) for failure in first.failed} == {
        "scan.pdf": ("shows no text: it is a scan", "citeguide index --ocr"),
        "scan.png": (PICTURE, "run that, or name it in .citeguideignore"),
    }
    asked = update(index, ocr=True)
    assert sorted(Path(added).name for added in asked.added) == ["scan.pdf", "scan.png"]
    again = update(index)
    assert (len(again.unchanged), again.failed) == (3, ())
    back = update(index, ocr=False)
    assert sorted(Path(failure.path).name for failure in back.failed) == ["scan.pdf", "scan.png"]
    with open_index(index) as opened:
        assert [document.path for document in opened.catalog.documents()] == ["cats.md"]


def test_index_and_check_name_what_ocr_would_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A picture is no error; a page that is one among pages of text is in doubt."""
    guides, settings = tmp_path / "guides", Settings(index=tmp_path / "index")
    guides.mkdir()
    (guides / "scan.png").write_bytes(saved([drawn(PAGE)], "PNG"))
    (guides / "licences.pdf").write_bytes(mixed())
    told = ended(capsys, "index", guides, settings=settings)
    assert (told.status, told.err) == (0, f"citeguide: {PICTURE}: {guides / 'scan.png'}\n")
    checked = ended(capsys, "check", settings=settings)
    assert "page 2 shows no text: a picture, or a scan that --ocr reads" in checked.out
    assert f"scan.png: not read: {PICTURE}" in checked.out
    assert ended(capsys, "index", "--ocr", settings=settings).status == 0
    checked = ended(capsys, "check", settings=settings)
    assert (checked.status, "not read" in checked.out) == (0, False)


def test_words_that_ocr_is_not_sure_of_are_in_doubt() -> None:
    """Of a line that is struck through the words that came out wrong, and none of a clean one."""
    kennels = "Kennels pay $160 for every started year."
    picture = drawn([*PAGE, Line(250, 1500, 46, kennels)])
    import_module("PIL.ImageDraw").Draw(picture).line((250, 1520, 700, 1520), fill=0, width=3)
    guide = parse_with_ocr(saved([picture], "PNG"), "scan.png")
    (doubt,) = [doubt for doubt in guide.doubts if "OCR" in doubt.reason]
    named = {word.strip("“”,") for word in doubt.reason.split() if word.startswith("“")}
    assert named - set(kennels.split())
    assert not named & {word for line in PAGE for word in line.text.split()}
    assert guide.text[slice(*doubt.span)] in named
    assert not [each for each in parse_with_ocr(saved([drawn(PAGE)], "PNG"), "a.png").doubts if "OCR" in each.reason]


def test_without_the_extra_or_its_language_one_line_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is read, so that the index stays as it was."""
    (tmp_path / "cats.md").write_text("# Cats\n\nA cat needs no licence.\n", "utf-8")
    settings = Settings(index=tmp_path / "index")
    monkeypatch.setattr(ocr, "TESSERACT_PLACES", ())
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    told = ended(capsys, "index", "--ocr", tmp_path, settings=settings)
    assert (told.status, told.err.count("\n"), "apt-get install tesseract-ocr-eng" in told.err) == (2, 1, True)
    monkeypatch.setattr(Extra, "is_missing", lambda extra: extra.name == "ocr")
    told = ended(capsys, "index", "--ocr", tmp_path, settings=settings)
    assert (told.status, told.err) == (2, "citeguide: needs the ocr extra; pip install 'citeguide[ocr]'\n")
    assert not (tmp_path / "index" / "current").exists()


def test_languages_may_lie_in_a_folder_that_the_environment_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process that reads is let into it."""
    (tmp_path / "languages").mkdir()
    shutil.copy(ocr.language_data() / "eng.traineddata", tmp_path / "languages")
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path / "languages"))
    (tmp_path / "scan.png").write_bytes(saved([drawn(PAGE)], "PNG"))
    assert len(update(tmp_path / "index", [tmp_path / "scan.png"], ocr=True).added) == 1


def text_or_remedy(data: bytes, name: str) -> str:
    """What a picture shows, or what to do about it."""
    try:
        return parse_with_ocr(data, name).text
    except SourceError as error:
        return error.remedy


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_a_damaged_picture_is_named(form: str) -> None:
    """Bytes changed, cut and put in: a guide, or an error of ours."""
    good = saved([drawn([Line(20, 20, 40, "It costs $25.")], (500, 90))], form)
    rng = random.Random(form)  # noqa: S311 - the same damages in every run
    for _ in range(60):
        data = bytearray(good)
        for _ in range(rng.choice((1, 4, 40))):
            data[rng.randrange(len(data))] = rng.randrange(256)
        cut = rng.choice((len(data), rng.randrange(len(data))))
        assert text_or_remedy(bytes(data[:cut]), f"scan.{form.lower()}")


def test_a_picture_of_too_many_dots_is_refused() -> None:
    """By what it says of itself, before any of it is unpacked."""
    out = BytesIO()
    import_module("PIL.Image").new("1", (20_000, 20_000)).save(out, "PNG")
    with pytest.raises(SourceError, match="dots"):
        parse_with_ocr(out.getvalue(), "bomb.png")


def test_a_page_with_text_is_not_read_again() -> None:
    """What the file says is believed over what it looks like."""
    page = pdfs.pdf([[pdfs.Run(72, 80, 11, "H", LICENCE), pdfs.Picture(100, 400)]])
    read = parse_with_ocr(page, "a.pdf")
    assert (read.text, read.scanned) == (LICENCE, frozenset())
    assert read.text == parse_guide(page, "a.pdf").text
