"""A quote of a PDF is held against the order in which its page draws: columns that were read across are not intact."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from citeguide.indexer.document import ParsedGuide, ParsedTable
from citeguide.indexer.parse import parse_guide
from citeguide.indexer.readers.pdf.drawn_order import drawn_guide, is_scrambled
from citeguide.indexer.verification.cited_sources import CurrentSource
from citeguide.indexer.verification.verify import verify
from citeguide.search.citation.cite import citation_key
from citeguide.search.model import Answer, Citation, Status
from citeguide.search.text.line_index import LineIndex
from pdfs import column, pdf

LEFT = [
    "Seeds are sown indoors from the", "middle of February, when the day", "grows longer and the window sill",
    "is warm enough for all of them in", "their small brown pots of clay.",
]  # fmt: skip
RIGHT = [
    "Beds are raked flat and watered", "on the evening before and rows", "stand thirty centimetres apart so",
    "that a hoe fits between them when", "the weeds begin to grow in May.",
]  # fmt: skip
WIDTH = 6 * max(map(len, LEFT))
"""Of a column, in points: Courier of size 10."""
ACROSS = " ".join(line for lines in zip(LEFT, RIGHT, strict=True) for line in lines)


def page(gutter: float) -> bytes:
    return pdf([[*column(50, 80, 14, 10, "C", LEFT), *column(50 + WIDTH + gutter, 80, 14, 10, "C", RIGHT)]])


def states(data: bytes, folder: Path) -> dict[str, str]:
    """What verify says of each passage of a PDF, by its text."""
    (folder / "guide.pdf").write_bytes(data)
    guide, digest = parse_guide(data, "guide.pdf"), sha256(data).hexdigest()
    lines = LineIndex(guide.text)
    found: dict[str, str] = {}
    for passage in guide.passages:
        start, end = passage.span
        key = f"{citation_key('guide.pdf', digest)}-{start}-{end}"
        quote = guide.text[start:end]
        cited = Citation(
            key, 1, guide.title, "guide.pdf", (), 1, lines.lines(passage.span), passage.span, quote, digest
        )
        (verdict,) = verify([Answer("q", Status.ANSWERED, quote, citations=(cited,))], [folder]).verdicts
        found[quote] = verdict.state
    return found


def test_columns_in_their_order_are_intact(tmp_path: Path) -> None:
    """And so is what the reader made of them."""
    found = states(page(60), tmp_path)
    assert found == {" ".join(LEFT): "intact", " ".join(RIGHT): "intact"}


def test_what_was_read_across_columns_is_not_intact(tmp_path: Path) -> None:
    """With a gutter too narrow for the reader, the page itself still tells."""
    for quote, state in states(page(2), tmp_path).items():
        assert (state == "intact") == any(quote in " ".join(lines) for lines in (LEFT, RIGHT))


def test_tables_are_read_across_and_prose_is_not() -> None:
    """Cells may well be drawn column by column: where a table stands, the order proves nothing."""
    prose = ParsedGuide("pdf", ACROSS, "Garden", None, (), (), pages=((0, 1),))
    table = ParsedTable("Garden", (), (), (), (0, len(ACROSS)), (1, 5))
    drawn = drawn_guide(page(60), "guide.pdf")
    assert CurrentSource("", ACROSS, guide=prose, drawn=drawn).is_scrambled((0, len(ACROSS)))
    with_table = replace(prose, tables=(table,))
    assert not CurrentSource("", ACROSS, guide=with_table, drawn=drawn).is_scrambled((0, len(ACROSS)))


@pytest.mark.parametrize("order", [[0, 1, 2, 3, 4], [4, 0, 1, 2, 3], [1, 0, 2, 3, 4]])
def test_lines_that_are_drawn_in_another_order_prove_nothing(order: list[int]) -> None:
    """A file may draw what it likes first, as long as no run is left and come back to again and again."""
    lines = column(50, 80, 14, 10, "C", LEFT)
    drawn = drawn_guide(pdf([[lines[n] for n in order]]), "guide.pdf")
    assert not is_scrambled(" ".join(LEFT), drawn.text)
    assert not is_scrambled("Nothing of this stands on the page at all, not a single word.", drawn.text)


def test_quotes_across_columns_are_told_whatever_the_reader_makes_of_them() -> None:
    """Two lines of two columns are enough, and words parted at the end of a line are one."""
    drawn = drawn_guide(page(60), "guide.pdf")
    assert is_scrambled(ACROSS, drawn.text)
    assert is_scrambled(" ".join([LEFT[0], RIGHT[0], LEFT[1], RIGHT[1]]), drawn.text)
    assert not is_scrambled(" ".join(LEFT).replace("indoors", "in-\ndoors"), drawn.text)


def test_a_damaged_page_draws_nothing_and_the_others_keep_their_places() -> None:
    """Pages count from 1, each from where its text begins."""
    drawn = drawn_guide(pdf([column(50, 80, 14, 10, "C", LEFT), [], column(50, 80, 14, 10, "C", RIGHT)]), "guide.pdf")
    assert [number for _, number in drawn.pages] == [1, 2, 3]
    assert drawn.text[drawn.pages[2][0] :].startswith(RIGHT[0])
