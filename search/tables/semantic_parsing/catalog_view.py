"""A table of the catalog as readings see it, from its stored columns; no row is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...model import Column, Document, Table
from ...store.catalog import Catalog
from ...store.columns import PLACE_STATE, unpacked
from .column_view import ColumnView, Values, bare_number
from .table_view import TableView


def table_view(table: Table, document: Document, catalog: Catalog) -> TableView:
    """The view of a table; its columns are read when they are first looked at."""
    held: dict[int, dict[str, Sequence[int]]] = {}
    for column, key, rows in catalog.cells_by_key(table.id):
        held.setdefault(column, {})[key] = unpacked("I", rows)
    columns = [_column(n, column, held.get(n, {}), table, catalog) for n, column in enumerate(table.columns)]
    if states := held.get(PLACE_STATE):
        nothing: Values = [None] * table.row_count
        columns.append(ColumnView(len(columns), "state", table.row_count, states, lambda: nothing, is_hidden=True))
    topic = " ".join((document.title, table.title, *table.headings))
    return TableView(columns, table.row_count, topic)


def _column(place: int, column: Column, held: dict[str, Sequence[int]], table: Table, catalog: Catalog) -> ColumnView:
    bare = {key: value for key in held if (value := bare_number(key)) is not None}
    words = {key: rows for key, rows in held.items() if key not in bare}
    more = [(row, value) for key, value in bare.items() for row in held[key]]
    return ColumnView(
        place, column.name, table.row_count, words, _numbers(place, table, more, catalog), unit=column.unit
    )


def _numbers(place: int, table: Table, more: Sequence[tuple[int, float]], catalog: Catalog) -> Callable[[], Values]:
    """Reads a column's numbers, those among them that are stored as words."""

    def load() -> Values:
        vector = catalog.vector(table.id, place)
        scale = 10**vector.decimals
        found = [None if value != value else value / scale for value in vector.values]
        for row, value in more:
            found[row] = value
        return found

    return load
