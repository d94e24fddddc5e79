"""A table of the catalog as readings see it, from its stored columns; of its rows only ranges and dates are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import inf

from ...column_kinds import ColumnKind
from ...model import Column, Document, Table
from ...store.catalog import Catalog
from ...store.columns import PLACE_STATE, unpacked
from .column_view import ColumnView, Ranges, Values, bare_number, bits
from .question_dates import in_years
from .table_view import TableView

MAX_DIFFERENT = 400
"""Different cells of a column of words up to which ranges are looked for among them."""
Held = Mapping[str, Sequence[int]]


def table_view(table: Table, document: Document, catalog: Catalog) -> TableView:
    """The view of a table; its columns are read when they are first looked at."""
    held: dict[int, dict[str, Sequence[int]]] = {}
    for column, key, rows in catalog.cells_by_key(table.id):
        held.setdefault(column, {})[key] = unpacked("I", rows, below=table.row_count)
    columns = [_column(n, column, held.get(n, {}), table, catalog) for n, column in enumerate(table.columns)]
    if states := held.get(PLACE_STATE):
        columns.append(
            ColumnView(len(columns), "state", table.row_count, states, lambda: _nothing(table), is_hidden=True)
        )
    topic = " ".join((document.title, table.title, *table.headings))
    wholes = bits(catalog.wholes(table.id), table.row_count)
    return TableView(columns, table.row_count, topic, wholes, table.label)


def _column(place: int, column: Column, held: Held, table: Table, catalog: Catalog) -> ColumnView:
    """By its kind: codes are names though they be figures, dates are those that the cells say."""
    bare = {} if column.kind == ColumnKind.CODE else {k: value for k in held if (value := bare_number(k)) is not None}
    return ColumnView(
        place,
        column.name,
        table.row_count,
        {key: rows for key, rows in held.items() if key not in bare},
        _values(place, column, [(row, value) for key, value in bare.items() for row in held[key]], table, catalog),
        unit=column.unit,
        year=column.year,
        sort=column.kind,
        is_measure=column.is_measure,
        ranges=lambda: _ranges(place, table, catalog) if _may_hold_ranges(column, held) else {},
    )


def _values(
    place: int, column: Column, more: Sequence[tuple[int, float]], table: Table, catalog: Catalog
) -> Callable[[], Values]:
    """Reads a column's dates, or its numbers with those among them that are stored as words."""

    def load() -> Values:
        if column.kind == ColumnKind.DATE:
            return _dates(place, table, catalog)
        vector = catalog.vector(table.id, place)
        scale = 10**vector.decimals
        found = [None if value != value else value / scale for value in vector.values]
        for row, value in more:
            found[row] = value
        return found

    return load


def _nothing(table: Table) -> list[float | None]:
    return [None] * table.row_count


def _dates(place: int, table: Table, catalog: Catalog) -> Values:
    """Of a day that no year is given for, the place in its year."""
    found = _nothing(table)
    for row, date in catalog.dates(table.id, place):
        year, *rest = (int(part or 0) for part in date.split("-"))
        month, day = (*rest, 1, 1)[:2]
        found[row] = in_years(year, month, day)
    return found


def _may_hold_ranges(column: Column, held: Held) -> bool:
    return column.kind == ColumnKind.RANGE or (column.kind == ColumnKind.TEXT and len(held) <= MAX_DIFFERENT)


def _ranges(place: int, table: Table, catalog: Catalog) -> Ranges:
    return {
        row: (-inf if low is None else float(low), inf if high is None else float(high))
        for row, (low, high) in catalog.ranges(table.id, place)
    }
