"""Tables stacked one cell a line: the rhythm that makes one, and that lists and prose make none."""

from __future__ import annotations

import time

import pytest
from citeguide.indexer.document import Block, TableGrid
from citeguide.indexer.glued_tables.stacked import find
from citeguide.indexer.parse import parse_guide
from citeguide.search.text.line_index import LineIndex
from hypothesis import given
from hypothesis import strategies as st

LINES = st.sampled_from(
    ["Napa", "Fresno, CA MSA", "Hourly", "Median", "Area", "$1.00", "45,700", "#", "7", "", "It is.", "- x", "6%"]
)


def tables(text: str) -> list[Block]:
    """The stacked tables of a text."""
    return find(text, LineIndex(text).spans())


def grid(block: Block) -> TableGrid:
    """The block's grid, which every table has."""
    assert block.grid is not None
    return block.grid


def lines(words: str) -> str:
    """A text with a line for each piece."""
    return words.replace(" / ", "\n")


@pytest.mark.parametrize(
    ("text", "header", "rows"),
    [
        (
            "Pay of clerks / Location / Pay Type / Median / Fresno, CA / Hourly / $16.69 / Napa, CA / Hourly / $22.29",
            ["Location", "Pay Type", "Median"],
            [["Fresno, CA", "Hourly", "$16.69"], ["Napa, CA", "Hourly", "$22.29"]],
        ),
        ("Area / Low / High / Napa / $1.00 / $2.00 / Kern / # / $4.00", ["Area", "Low", "High"],
         [["Napa", "$1.00", "$2.00"], ["Kern", "#", "$4.00"]]),
        ("Tuition / $900 / Books / $100 / Registration / $200", [],
         [["Tuition", "$900"], ["Books", "$100"], ["Registration", "$200"]]),
    ],
    ids=["pay", "signs", "prices without names"],
)  # fmt: skip
def test_rhythm_makes_a_table(text: str, header: list[str], rows: list[list[str]]) -> None:
    """As many labels and values again and again are records; the names before them are the header."""
    (block,) = tables(lines(text))
    assert [cell.text for cell in grid(block).header] == header
    assert [[cell.text for cell in record] for record in grid(block).records] == rows


@pytest.mark.parametrize(
    "text",
    [
        "Introduction / Wages / Schools",
        "Tuition / $900 / Books / $100",
        "It costs this much. / $900 / Then there is more. / $100 / And yet more. / $3",
        "Chapter / 1 / Chapter / 2 / Chapter / 3",
        "- Tuition / $900 / - Books / $100 / - Fees / $3",
        "$1 / $2 / $3 / $4",
    ],
    ids=["headings", "two prices", "sentences", "chapters", "bullets", "values alone"],
)
def test_no_table(text: str) -> None:
    """Headings, sentences, lists and numbers of chapters are no table."""
    assert tables(lines(text)) == []


def test_a_guide_with_a_stacked_table() -> None:
    """The rows are typed and have the lines of all their cells."""
    text = (
        "Clerks are paid by the hour in these places.\n\nArea\nMedian wage\nNapa, CA\n$22.29\nKern County, CA\n$16.69\n"
    )
    (table,) = parse_guide(text.encode(), "guide.txt").tables
    assert [column.measure for column in table.columns] == [None, "median"]
    assert [row.lines for row in table.rows] == [(5, 6), (7, 8)]
    assert [str(row.cells[1].number) for row in table.rows] == ["22.29", "16.69"]


def test_a_table_given_twice_is_one() -> None:
    """A scraper's second copy is dropped, and said to be."""
    once = "AreaMedian wage\nNapa, CA$22.29\nKern County, CA$16.69\nFresno, CA$15.00\n"
    guide = parse_guide(
        f"{once}\nThe same once more, as the page shows it on telephones.\n\n{once}".encode(), "guide.txt"
    )
    assert [len(table.rows) for table in guide.tables] == [3]
    assert [doubt.reason for doubt in guide.doubts if doubt.kind == "dropped"] == ["repeats line 1"]


@given(st.lists(LINES, max_size=40).map("\n".join))
def test_cells_stand_where_they_say(text: str) -> None:
    """In any text cells hold what stands at their span, in order, and blocks are apart."""
    at = 0
    for block in tables(text):
        assert at <= block.span[0] < block.span[1] <= len(text)
        assert len({len(record) for record in grid(block).records}) == 1
        for cell in [*grid(block).header, *(cell for record in grid(block).records for cell in record)]:
            assert text[slice(*cell.span)] == cell.text
            assert at <= cell.span[0] < cell.span[1] <= block.span[1]
            at = cell.span[1]


@pytest.mark.parametrize(
    "piece", ["Napa\n$1.00\n", "Napa\nKern\n$1\n$2\n$3\n", "Napa\n", "$1\n", "Napa\n$1\nKern\nMono\n$1\n"]
)
def test_crafted_input_takes_linear_time(piece: str) -> None:
    """A hundred thousand characters of any rhythm are read in seconds, not minutes."""
    text = piece * (100_000 // len(piece))
    began = time.process_time()
    tables(text)
    assert time.process_time() - began < 10
