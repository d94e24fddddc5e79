"""Tables as career sites of several countries set them: what each column holds, and every number with its unit."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from citeguide.indexer.parse import parse_guide
from citeguide.search.model import Cell, Column

FOLDER = Path(__file__).parents[1] / "cases"
CASES = tomllib.loads((FOLDER / "tables_sites.toml").read_text("utf-8"))["case"]
STRANGE = tomllib.loads((FOLDER / "tables_strangers.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_a_table_is_typed(case: dict[str, Any]) -> None:
    """Columns and cells mean what a person reads in them, and each cell's text stands at its span."""
    guide = parse_guide(case["text"].encode(), case["file"])
    assert len(guide.tables) == bool(case["columns"])
    for table in guide.tables:
        assert [column(each) for each in table.columns] == case["columns"]
        assert [[cell(each) for each in row.cells] for row in table.rows] == case["rows"]
        assert all(guide.text[slice(*each.span)].strip() == each.text for row in table.rows for each in row.cells)


def column(found: Column) -> str:
    """A column in the terms of the cases."""
    return " | ".join(filter(None, found[:4]))


def cell(found: Cell) -> str:
    """A cell in the terms of the cases: a number with its unit, a mark, or words."""
    number = None if found.number is None else f"{found.number} {found.unit}"
    return number or found.mark or found.text


@pytest.mark.parametrize("case", STRANGE, ids=[case["why"] for case in STRANGE])
def test_a_strange_table_is_read_as_a_person_reads_it(case: dict[str, Any]) -> None:
    """Heads, kinds, units, the column that rows go by, and every number and word."""
    guide = parse_guide(case["text"].encode(), case["file"])
    assert len(guide.tables) == bool(case["columns"])
    for table in guide.tables:
        heads = [" | ".join(filter(None, (each.name, each.kind, each.unit))) for each in table.columns]
        assert heads == case["columns"]
        assert table.columns[table.label or 0].name == case["label"]
        assert [[value(*each) for each in zip(table.columns, row.cells, strict=True)] for row in table.rows] == case[
            "rows"
        ]


def value(column: Column, found: Cell) -> str:
    """A number or mark of a column that measures, words elsewhere."""
    if column.role != "measure":
        return found.text
    return str(found.number) if found.number is not None else found.mark or ""
