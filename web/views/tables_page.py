"""The tables: their list, one table's rows filtered and sorted, its chart and its exports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urlencode

from ...search.column_kinds import ColumnRole
from ...search.errors import UsageError
from ...search.model import Document, Mark, Table, TableRow
from ...search.output.table_export import csv_parts, row_to_json, table_to_json
from ...search.store.catalog import Catalog
from ...search.store.sorted_scan import RowOrder
from ...search.tables.row_filter import Selection, each, select, table_named
from ...search.text.measures import NamedMeasure
from ..filters import day
from ..paging import PAGE_LENGTH, Pager, holds, listed, page_number, pager
from .chart import Chart, Range, range_chart
from .pay_period import PERIOD_UNITS, Switch, cell, switch
from .source_page import source_href

MEANINGS: dict[Mark, str] = {
    "withheld": "withheld by the source",
    "top-coded": "above the source's top value",
    "not available": "not available",
}

PAGE_CELLS, FEWEST_ROWS = 500, 20
"""Cells that a page of a table has about, and the rows that it has in any case."""


@dataclass(frozen=True, slots=True)
class TableLine:
    """One table in the list."""

    name: str
    title: str
    document: str
    columns: tuple[str, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class TablesPage:
    """A page of the tables."""

    tables: tuple[TableLine, ...]
    pager: Pager
    wanted: str
    """What their titles, guides and columns hold, where not all are listed."""


@dataclass(frozen=True, slots=True)
class SortOption:
    """A way to sort, as the form offers it."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class ColumnHeading:
    """A column's header; ``href`` sorts by it, ``sorted`` is how it is sorted now."""

    name: str
    numeric: bool
    href: str | None
    sorted: str | None


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell as shown; ``mark`` says why there is no number."""

    text: str
    numeric: bool
    mark: str | None


@dataclass(frozen=True, slots=True)
class RowView:
    """A row with the place in the guide that it came from."""

    cells: tuple[CellView, ...]
    line: int
    href: str


@dataclass(frozen=True, slots=True)
class TableQuery:
    """What the address of a table's page asks for: a condition, a column to sort by, a period of pay, a page."""

    where: str = ""
    sort: str = ""
    pay: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class TablePage:
    """One table's rows with everything around them."""

    name: str
    title: str
    caption: str
    document: str
    date: str | None
    source: str
    year: int | None
    scanned: int
    matched: int
    skipped: int
    asked: TableQuery
    example: str
    sorts: tuple[SortOption, ...]
    columns: tuple[ColumnHeading, ...]
    rows: tuple[RowView, ...]
    chart: Chart | None
    pay: Switch | None
    error: str | None
    csv: str
    pager: Pager


def tables_page(catalog: Catalog, number: int, wanted: str = "") -> TablesPage:
    """A page of the list of tables; ``wanted`` are words of their titles, guides and columns."""
    titles = {d.id: f"{d.title} {d.path}" for d in catalog.documents()} if wanted else {}
    tables = [table for table in catalog.tables() if not wanted or holds(_said(table, titles), wanted)]
    place = pager(number, len(tables), lambda n: listed("/tables", wanted, n))
    shown = tuple(_table_line(table, catalog) for table in tables[place.first - 1 : place.last])
    return TablesPage(shown, place, wanted)


def _said(table: Table, titles: Mapping[int, str]) -> str:
    return " ".join((table.name, table.title, titles[table.document], *(column.name for column in table.columns)))


def _table_line(table: Table, catalog: Catalog) -> TableLine:
    document, columns = catalog.document(table.document), tuple(column.name for column in table.columns)
    return TableLine(table.name, table.title or table.name, document.title, columns, table.row_count)


def table_page(catalog: Catalog, name: str, asked: TableQuery) -> TablePage:
    """One table; a condition or a column that cannot be read is said on the page, above all rows."""
    table = table_named(name, catalog)
    document = catalog.document(table.document)
    number = page_number(asked.page)
    found, error = _found(catalog, table, asked, number)
    return TablePage(
        name=table.name,
        title=table.title or table.name,
        caption=_caption(table, document, asked.pay),
        document=document.title,
        date=document.date,
        source=source_href(document, at=table.span, line=table.lines[0]),
        year=table.year,
        scanned=table.row_count,
        matched=found.matched,
        skipped=found.left_out,
        asked=asked,
        example=_example(table),
        sorts=_sorts(table),
        columns=tuple(_heading(table, n, asked) for n in range(len(table.columns))),
        rows=tuple(_row(row, table, document, asked.pay) for row in found.rows),
        chart=_chart(table, found.rows, catalog, asked.pay),
        pay=switch(
            (cell.unit for row in found.rows for cell in row.cells),
            asked.pay,
            lambda period: _address(table.name, replace(asked, pay=period)),
        ),
        error=error,
        csv=_address(f"{table.name}.csv", TableQuery(asked.where, asked.sort)),
        pager=pager(
            number,
            found.matched - found.left_out,
            lambda n: _address(table.name, replace(asked, page=str(n))),
            _rows_of_a_page(table),
        ),
    )


def table_csv(catalog: Catalog, name: str, *, where: str, sort: str) -> Iterator[str]:
    """The rows as CSV, all of them, in parts."""
    table = table_named(name, catalog)
    rows = each(catalog, table, _conditions(where), sort=sort or None)
    return csv_parts(table.columns, (row.cells for row in rows))


def tables_json(catalog: Catalog) -> list[dict[str, Any]]:
    """Every table for programs."""
    return [table_to_json(table, catalog.document(table.document)) for table in catalog.tables()]


def table_json(catalog: Catalog, name: str, *, where: list[str], sort: str, limit: int) -> dict[str, Any]:
    """One table with its rows for programs."""
    table = table_named(name, catalog)
    found = select(catalog, table, where, sort=sort or None, limit=limit)
    rows = {"matched": found.matched, "rows": [row_to_json(row) for row in found.rows]}
    return table_to_json(table, catalog.document(table.document)) | rows


def _found(catalog: Catalog, table: Table, asked: TableQuery, number: int) -> tuple[Selection, str | None]:
    """The rows of a page; where what was asked for cannot be read, those of the whole table and what is wrong."""
    most = _rows_of_a_page(table)
    offset = (number - 1) * most
    try:
        where, sort = _conditions(asked.where), asked.sort or None
        return select(catalog, table, where, sort=sort, limit=most, offset=offset), None
    except UsageError as mistake:
        return select(catalog, table, limit=most, offset=offset), _sentence(mistake)


def _rows_of_a_page(table: Table) -> int:
    """Fewer of a wide table, so that no page is heavy."""
    return max(FEWEST_ROWS, min(PAGE_LENGTH, PAGE_CELLS // len(table.columns)))


def _conditions(where: str) -> list[str]:
    return [where] if where.strip() else []


def _sentence(mistake: UsageError) -> str:
    line = mistake.line()
    return f"{line[:1].upper()}{line[1:]}."


def _caption(table: Table, document: Document, pay: str) -> str:
    """What a chart needs under it to stand alone: what, in which unit, of which year, from where."""
    units = sorted({c.unit for c in table.columns if c.unit})
    shown = [PERIOD_UNITS[pay]] if pay in PERIOD_UNITS and set(units) & set(PERIOD_UNITS.values()) else units
    what = ", ".join([table.title or table.name, *shown, *([str(table.year)] if table.year else [])])
    return f"{what}. Source: {document.title}{f', {day(document.date)}' if document.date else ''}."


def _example(table: Table) -> str:
    measure = next((c.name for c in table.columns if c.is_measure), None)
    return f"{measure} > 20" if measure else f"{table.columns[0].name} = …"


def _sorts(table: Table) -> tuple[SortOption, ...]:
    ways = [("", "A to Z"), ("-", "Z to A")], [("-", "highest first"), ("", "lowest first")]
    return tuple(
        SortOption(f"{sign}{column.name}", f"{column.name}, {said}")
        for column in table.columns
        for sign, said in ways[column.is_measure]
    )


def _heading(table: Table, n: int, asked: TableQuery) -> ColumnHeading:
    column = table.columns[n]
    numeric = column.is_measure
    now = {column.name: RowOrder.ASCENDING, f"-{column.name}": RowOrder.DESCENDING}.get(asked.sort)
    downwards = now == RowOrder.ASCENDING or (now is None and numeric)
    sort = f"{'-' * downwards}{column.name}"
    return ColumnHeading(column.name, numeric, _address(table.name, replace(asked, sort=sort, page="")), now)


def _row(row: TableRow, table: Table, document: Document, pay: str) -> RowView:
    cells = tuple(
        CellView(cell(held, pay)[0], column.is_measure, MEANINGS[held.mark] if held.mark else None)
        for held, column in zip(row.cells, table.columns, strict=True)
    )
    line = row.lines[0]
    return RowView(cells, line, source_href(document, at=row.span, line=line))


def _chart(table: Table, rows: list[TableRow], catalog: Catalog, pay: str) -> Chart | None:
    """Low, median and high by place, with the nation's median as a line; None for tables of another kind."""
    at = {
        c.measure: n
        for n, c in reversed(list(enumerate(table.columns)))
        if c.measure in (NamedMeasure.LOW, NamedMeasure.MEDIAN, NamedMeasure.HIGH)
    }
    name = next(
        (
            n
            for n, c in enumerate(table.columns)
            if c.has_role(ColumnRole.PLACE, ColumnRole.OCCUPATION, ColumnRole.LABEL)
        ),
        None,
    )
    if NamedMeasure.MEDIAN not in at or name is None:
        return None

    def drawn(row: TableRow) -> Range:
        low, median, high = (cell(row.cells[at[m]], pay)[1] if m in at else None for m in ("low", "median", "high"))
        return Range(row.cells[name].text, low, median, high, cell(row.cells[at["median"]], pay)[0])

    first = catalog.rows(table.id, limit=1)
    nation = next((drawn(row) for row in first if row.place and row.place.is_a("nation")), None)
    unit = next((row.cells[at["median"]].unit or "" for row in first), "")
    names = {measure: table.columns[n].name for measure, n in at.items()}
    return range_chart([drawn(row) for row in rows], nation, names, unit)


def _address(name: str, asked: TableQuery) -> str:
    given = {key: value for key, value in asdict(asked).items() if value and (key, value) != ("page", "1")}
    return f"/tables/{name}{'?' + urlencode(given) if given else ''}"
