"""Tables glued into lines: which lines make one, where its cells stand, and that nothing else is taken for one."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from citeguide.indexer.document import Block, TableGrid
from citeguide.indexer.glued_tables.glued import find
from citeguide.indexer.glued_tables.glued_records import VALUE, may_end_in_value
from citeguide.search.text.line_index import LineIndex
from hypothesis import given
from hypothesis import strategies as st

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "tables_glued.jsonl").read_text("utf-8").splitlines()
]
PIECES = st.sampled_from(
    ["$12.05", "45,700", "6%", "#", "**", "(8) -", " ", "\n", "\n\n", "\t", "Fresno, CA MSA", "Hourly", "Low", "Median",
     "area", "31-9091", "7", ".", "$", ",", "-", "Location", "it is", "•", "1.5"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map("".join))


def tables(text: str) -> list[Block]:
    """The tables that are found in a text."""
    return find(text, LineIndex(text).spans())


def grid(block: Block) -> TableGrid:
    """The block's grid, which every table has."""
    assert block.grid is not None
    return block.grid


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    """Each case gives the header and rows that it was written with, or no table at all."""
    found = tables(case["text"])
    if case["rows"] is None:
        assert found == []
    else:
        assert [[[cell.text for cell in record] for record in grid(block).records] for block in found] == [case["rows"]]
        assert [cell.text for cell in grid(found[0]).header] == case["header"]


def test_another_header_begins_another_table() -> None:
    """Two tables one right below the other are two, each with its own header."""
    text = "AreaLowHigh\nFresno$1.00$2.00\nKern$3.00$4.00\nTradeEntryTop\nClerk$5.00$6.00\nCook$7.00$8.00\n"
    assert [[cell.text for cell in grid(block).header] for block in tables(text)] == [
        ["Area", "Low", "High"],
        ["Trade", "Entry", "Top"],
    ]


def test_wage_table_of_the_seeds(shared: Path) -> None:
    """The scraped guide holds one table, of 29 records of five cells, and the guide beside it holds none."""
    seeds = sorted((shared / "seeds").glob("*.txt"))
    with_table, without = (tables(path.read_text("utf-8")) for path in seeds)
    assert without == []
    assert len(with_table) == 1
    assert [cell.text for cell in grid(with_table[0]).header] == ["Location", "Pay Type", "Low", "Median", "High"]
    assert [len(record) for record in grid(with_table[0]).records] == [5] * 29


def test_encyclopedia_holds_no_glued_tables(shared: Path) -> None:
    """Forty articles full of figures, prices and percentages are prose."""
    articles = sorted((shared / "data" / "xquad" / "docs").glob("*.md"))
    assert len(articles) == 40
    assert [path.name for path in articles if tables(path.read_text("utf-8"))] == []


@given(TEXTS)
def test_cells_stand_where_they_say(text: str) -> None:
    """In any text, cells hold exactly what stands at their span, inside their block, in order, and blocks are apart."""
    end = 0
    for block in tables(text):
        assert end <= block.span[0] < block.span[1] <= len(text)
        end = block.span[1]
        at = block.span[0]
        for cell in [*grid(block).header, *(cell for record in grid(block).records for cell in record)]:
            assert text[slice(*cell.span)] == cell.text
            assert at <= cell.span[0] <= cell.span[1] <= block.span[1]
            at = cell.span[1]


@given(
    st.lists(
        st.sampled_from(
            [
                *"per year|an hr|/hour|/annum| p.a.|pa".split("|"),
                "$1",
                "23",
                ",000",
                ".5",
                "%",
                "#",
                "*",
                "(3)",
                "-",
                "–",
                " ",
                "+",
                "K",
                "Ab",
                "to",
                "N/A",
                "NA",
                "n/a",
            ]
        ),
        max_size=8,
    ).map("".join)
)
def test_a_line_that_ends_with_a_value_is_known_by_its_end(line: str) -> None:
    """Whatever form its last value has."""
    ends = [match.end() for match in VALUE.finditer(line)]
    if ends and not line[ends[-1] :].strip():
        assert may_end_in_value(line)


@given(TEXTS)
def test_records_lose_nothing(text: str) -> None:
    """In any text a line of a table belongs to cells as a whole, from the first record on, or not at all."""
    for block in tables(text):
        records = grid(block).records
        taken = {n for record in records for cell in record for n in range(*cell.span)}
        for start, end in LineIndex(text).spans():
            line = {
                n for n in range(max(start, records[0][0].span[0]), min(end, block.span[1])) if not text[n].isspace()
            }
            assert line <= taken or not line & taken
        assert len(records) >= 2
        assert len({len(record) for record in records}) == 1


@pytest.mark.parametrize(
    "text",
    [
        "$1" * 50_000,
        "9" * 100_000,
        "Ab$1.00" * 14_000,
        ("Fresno$1.00\n" * 8_000),
        "- " * 50_000,
        "1," * 50_000,
        "A" * 100_000,
    ],
    ids=["money", "digits", "records on a line", "rows", "dashes", "commas", "capitals"],
)
def test_crafted_input_takes_linear_time(text: str) -> None:
    """A hundred thousand characters of the worst kind are read in seconds, not minutes."""
    began = time.process_time()
    tables(text)
    assert time.process_time() - began < 10
