"""How well the main text of web pages is told from what surrounds it: token F1, beside two extractors.

    python bench/main_text.py [--each]

For each page of ../shared/data/html, the words kept are held against the words of ``expected.html`` as two bags:
precision is the share of kept words that are expected, recall the share of expected words that are kept, F1 their
harmonic mean. The figure is the mean over the pages. Found is what stands in a passage, a heading or a table row, and
what was dropped as a repeat of one: some pages were made by pasting one paragraph several times. citeguide keeps it
once, and says so: a second column counts only what is kept. Letters that were decoded once too often, of which the
expected texts have some, are put right for all.

The peers are wanted for this alone: ``pip install -e '.[bench]'``. ``--each`` prints every page. Pages are split in two
halves by a hash of their names: the rules were first made on one half alone.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from statistics import mean

import readability
import trafilatura
from bs4 import BeautifulSoup
from citeguide.indexer.document import ParsedGuide
from citeguide.indexer.encoding.mojibake import mended
from citeguide.indexer.parse import parse_guide
from citeguide.search.model import Span
from citeguide.search.text.tokenizer import terms

PAGES = Path(__file__).parents[2] / "shared" / "data" / "html"


def main() -> None:
    """Print the mean F1 of each extractor, over all pages and over each half."""
    pages = sorted(page.parent for page in PAGES.glob("*/source.html"))
    scores = {page.name: [f1(extract(page), page) for extract in EXTRACTORS.values()] for page in pages}
    print(f"{'':42}" + "".join(f"{name:>18}" for name in EXTRACTORS))
    if "--each" in sys.argv:
        for name, each in scores.items():
            print(
                f"{name:42}" + "".join(f"{score:18.3f}" for score in each),
                "" if is_first_half(name) else "  second half",
            )
    for label, chosen in (
        ("first half", [name for name in scores if is_first_half(name)]),
        ("second half", [name for name in scores if not is_first_half(name)]),
        ("all pages", list(scores)),
    ):
        means = (mean(column) for column in zip(*(scores[name] for name in chosen), strict=True))
        print(f"{label + f', {len(chosen)}':42}" + "".join(f"{score:18.3f}" for score in means))


def is_first_half(name: str) -> bool:
    """Whether a page belongs to the half on which the rules were first made."""
    return sha256(name.encode()).digest()[0] % 2 == 0


def f1(found: str, page: Path) -> float:
    """The token F1 of a text against what the page is expected to give."""
    wanted = bag(mended(BeautifulSoup((page / "expected.html").read_bytes(), "html.parser").get_text(" "))[0])
    got = bag(mended(found)[0])
    common = (wanted & got).total()
    return 2 * common / (wanted.total() + got.total()) if common else 0.0


def bag(text: str) -> Counter[str]:
    """The words of a text, folded, with how often each occurs."""
    return Counter(term.word for term in terms(text))


def ours(page: Path) -> str:
    """What citeguide finds in a page: each character of a passage, a heading or a table row, and of their repeats."""
    guide = parse_guide((page / "source.html").read_bytes(), "source.html")
    repeats = (doubt.span for doubt in guide.doubts if doubt.reason.startswith("repeats line"))
    return only(guide.text, [*kept(guide), *repeats])


def without_repeats(page: Path) -> str:
    """The same without repeats: what it keeps."""
    guide = parse_guide((page / "source.html").read_bytes(), "source.html")
    return only(guide.text, kept(guide))


def kept(guide: ParsedGuide) -> list[Span]:
    """Where everything stands that a guide keeps."""
    tables = [span for table in guide.tables for span in (*table.header, *(row.span for row in table.rows))]
    return [*(piece.span for piece in (*guide.passages, *guide.headings)), *tables]


def only(text: str, spans: Iterable[Span]) -> str:
    """What stands at these spans, each character once."""
    inside = bytearray(len(text))
    for start, end in spans:
        inside[start:end] = b"\1" * (end - start)
    return "".join(c if inside[n] else " " for n, c in enumerate(text))


def by_trafilatura(page: Path) -> str:
    """What trafilatura keeps, with tables, without readers' comments."""
    return trafilatura.extract((page / "source.html").read_bytes(), include_comments=False) or ""


def by_readability(page: Path) -> str:
    """What readability-lxml keeps."""
    source = (page / "source.html").read_text(encoding="utf-8", errors="replace")
    return BeautifulSoup(readability.Document(source).summary(), "html.parser").get_text(" ")


EXTRACTORS: dict[str, Callable[[Path], str]] = {
    "citeguide": ours,
    "repeats dropped": without_repeats,
    "trafilatura": by_trafilatura,
    "readability-lxml": by_readability,
}

if __name__ == "__main__":
    main()
