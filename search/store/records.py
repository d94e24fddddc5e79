"""Rows of the catalog's tables to what they stand for, and back: some columns hold JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

from ..column_kinds import ColumnKind, ColumnRole
from ..errors import IndexBrokenError
from ..lang.lexicon import read_sections
from ..model import Bounds, Cell, Column, Mark, Passage, Place, Table, TableRow

LARGEST_EXPONENT = 200
"""Digits before the point that no number of a cell has, nor zeros behind it: with its decimals moved, each is to be a
double."""
_QUERIES = read_sections(Path(__file__).with_name("records.txt"))
DOCUMENT, PASSAGE, TABLE, ROW = (" ".join(_QUERIES.lines(of)) for of in ("document", "passage", "table", "row"))
"""What ``passage``, ``table`` and ``row`` take; a Document takes its row as it is."""

STORED, QUESTIONS = (" ".join(_QUERIES.lines(of)) for of in ("stored", "questions"))
"""What an engine needs to know of passages, and headings that are questions."""

Made = TypeVar("Made")


def _readable(make: Callable[[Any], Made]) -> Callable[[Any], Made]:
    """What a damaged record raises is a broken index."""

    @wraps(make)
    def made(record: Any) -> Made:
        try:
            return make(record)
        except (ValueError, TypeError, ArithmeticError, RecursionError) as error:
            raise IndexBrokenError("the catalog holds a damaged record", "run 'citeguide index --full'") from error

    return made


@_readable
def passage(record: Any) -> Passage:
    """A row of PASSAGE, and what gives the text at a span of a document."""
    number, document, kind, headings, start, end, first, last, of_row, part = record
    text = part(document, (start, end))
    if start < 0 or len(text) != end - start:
        raise ValueError(f"passage {number} has not the length of its place")
    return Passage(number, document, kind, tuple(json.loads(headings)), (start, end), (first, last), text, of_row)


@_readable
def table(record: Any) -> Table:
    """A row of TABLE."""
    number, document, name, title, headings, columns, count, start, end, first, last, year, header, label = record
    return Table(
        number, document, name, title, tuple(json.loads(headings)), tuple(_column(*c) for c in json.loads(columns)),
        count, (start, end), (first, last), year, tuple((a, b) for a, b in json.loads(header)),
        label,
    )  # fmt: skip


def _column(name: str, role: str, measure: str | None, unit: str | None, kind: str, *rest: Any) -> Column:
    return Column(name, ColumnRole(role), measure, unit, ColumnKind(kind), *rest)


@_readable
def row(record: Any) -> TableRow:
    """A row of ROW."""
    number, of_table, in_table, start, end, first, last, of_place, cells, whole = record
    return TableRow(
        number, of_table, in_table, (start, end), (first, last),
        tuple(_cell(start, *packed) for packed in json.loads(cells)), _place(of_place), bool(whole),
    )  # fmt: skip


def _cell(
    start: int, text: str, a: int, b: int, value: str | None, unit: str | None, mark: Mark | None,
    bounds: Sequence[str | None] | None = None, date: str | None = None,
) -> Cell:  # fmt: skip
    """A cell of a row that begins at ``start``."""
    ends = None if bounds is None else (_number(bounds[0]), _number(bounds[1]))
    return Cell(text, (a + start, b + start), _number(value), unit, mark, ends, date)


def _number(written: str | None) -> Decimal | None:
    """A cell's number. Written out, a few bytes may be gigabytes of digits: no cell has such a one."""
    if written is None:
        return None
    number = Decimal(written)
    if not number.is_finite() or abs(number.adjusted()) >= LARGEST_EXPONENT:
        raise ValueError(written[:20])
    return number


def _place(packed: str | None) -> Place | None:
    return None if packed is None else Place(*json.loads(packed))


def _ends(packed: str) -> Bounds:
    low, high = json.loads(packed)
    return _number(low), _number(high)


ends = _readable(_ends)
"""The ends of a range as ``rows.cells`` keeps them."""
place = _readable(_place)
"""What ``rows.place`` keeps."""


def pack_cells(cells: Sequence[Cell], start: int) -> str:
    """Cells of a row that starts there as the JSON that ``rows.cells`` keeps: their spans count from there on."""
    return json.dumps([_packed(cell, start) for cell in cells], ensure_ascii=False, separators=(",", ":"))


def _packed(cell: Cell, start: int) -> list[object]:
    a, b = cell.span
    held: list[object] = [cell.text, a - start, b - start, _written(cell.number), cell.unit, cell.mark]
    if cell.bounds is not None or cell.date is not None:
        held += [None if cell.bounds is None else [*map(_written, cell.bounds)], cell.date]
    return held


def _written(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def pack_columns(columns: Sequence[Column]) -> str:
    """Columns as the JSON that ``tables.columns`` keeps."""
    return json.dumps([*map(list, columns)], ensure_ascii=False, separators=(",", ":"))


def pack_place(place: Place | None) -> str | None:
    """A place as the JSON that ``rows.place`` keeps."""
    return None if place is None else json.dumps([place.name, place.kind, place.state], ensure_ascii=False)
