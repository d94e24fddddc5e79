"""Columns that are lists, each under an amount that holds for all of its items: "2 weeks | 4 weeks" over what is lent.

A person reads such a grid down, not across. It becomes a table of two columns: each item, and the amount above it.
"""

from __future__ import annotations

from ...search.text.tokenizer import key
from ..document import CellText, TableGrid
from .moments import moment
from .ranges import bounds
from .values import MAX_TYPED_CELL, parse


def listed(grid: TableGrid, title: str) -> TableGrid | None:
    """The grid with one record for each item; the amounts go by the ``title``. None where its columns are no lists."""
    items = [cell for record in grid.records for cell in record if cell.text]
    are_apart = len({key(cell.text) for cell in items}) == len(items)
    width = max(map(len, grid.records))
    if not 2 <= width <= len(grid.header) or not are_apart or not all(_is_amount(head.text) for head in grid.header):
        return None
    if any(_is_amount(cell.text) or parse(cell.text) is not None or len(cell.text) > MAX_TYPED_CELL for cell in items):
        return None
    records = tuple(
        (cell, head) for record in grid.records for cell, head in zip(record, grid.header, strict=False) if cell.text
    )
    at = (grid.header[0].span[0],) * 2
    return TableGrid((CellText("", at), CellText(title, at)), records, grid.caption)


def _is_amount(text: str) -> bool:
    value = parse(text)
    return (value is not None and value.unit is not None) or bounds(text) is not None or moment(text) is not None
