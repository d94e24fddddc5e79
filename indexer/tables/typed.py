"""A table as read becomes typed: roles and measures of its columns, exact numbers with units, places, its year.

What a column is follows from its cells first and its header's words second; units and periods from the cell, the
header, the row's pay type, and what the caption, the sentence before the table or the heading say, in that order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ...search.column_kinds import ColumnKind, ColumnRole
from ...search.lang.states import ABBREVIATIONS
from ...search.model import Column, Span
from ...search.text.column_headers import HEADED_YEAR, in_header
from ...search.text.line_index import LineIndex
from ...search.text.measures import label
from ...search.text.regex import compiled
from ...search.text.tokenizer import key
from ..document import Block, CellText, ParsedRow, ParsedTable, TableGrid
from .column_types import ColumnReading, read
from .dual_unit_columns import split
from .groups import carried, grouped
from .kinds import year_in
from .levels import wholes
from .listed_columns import listed
from .naming import label_column
from .places import is_place
from .reckoned_units import believed, reckoned
from .signs import joined
from .table_context import TableContext, context
from .typed_rows import Record, cells, place_of
from .values import CONTINENTAL, are_accounts, as_loss, has_decimal_commas, parse

AROUND_CELLS = "\"'|,;\t "
"""What a row's own stretch of text may hold around its cells: quotes and separators."""

UNNAMED_BY_ROLE = {"label": "name", "measure": "amount"}
"""What a column without a header is called, by its role; others go by their role."""


def typed(
    block: Block,
    text: str,
    *,
    title: str,
    headings: tuple[str, ...],
    document_title: str,
    lines: LineIndex | None = None,
    columns: Sequence[ColumnReading] = (),
) -> ParsedTable | None:
    """The table of a block, or None where it holds no data: no records, or words below no names.

    ``title`` names the table where it has no caption; ``lines`` is the text's line index, made here if not given;
    ``columns`` are what an earlier part of the same table made of them.
    Footnotes and other records without numbers are no rows: see ``remainder``.
    """
    if block.grid is None or not block.grid.records:
        return None
    around = context(block, text, title, headings, document_title)
    around = replace(around, accounts=are_accounts(cell.text for record in block.grid.records for cell in record))
    lists = None if columns else listed(block.grid, block.grid.caption or title)
    block = replace(block, grid=(grid := lists or block.grid))
    named = bool(columns)
    names, records = _aligned(block) if columns else split(*_arranged(*_aligned(block)), text)
    columns = [_again(column, n, records) for n, column in enumerate(columns)] or _read(names, records, around)
    around = replace(around, period=believed(around.period, columns))
    measures = [n for n, column in enumerate(columns) if column.role == ColumnRole.MEASURE]
    kept = [n for n in range(len(records)) if _is_row(records, n, columns, measures)]
    nameless = not named and not any(names) and (len(kept) < 2 or not 0 < len(measures) < len(columns))
    if not kept or len(columns) < 2 or nameless:
        return None
    label = label_column(columns, [[records[n][k].text for n in kept] for k in range(len(columns))])
    above = wholes([records[n] for n in kept], columns, label)
    lines = lines or LineIndex(text)
    header, stretches = _stretches(text, block, records, apart=lists is None)
    rows = tuple(
        ParsedRow(
            stretches[n],
            lines.lines(stretches[n]),
            cells(records[n], n, columns, around),
            place_of(records[n], columns),
            position in above,
        )
        for position, n in enumerate(kept)
    )
    return ParsedTable(
        title=grid.caption or title or (headings[-1] if headings else document_title),
        headings=headings,
        columns=tuple(_column(column, n, rows) for n, column in enumerate(columns)),
        rows=rows,
        span=block.span,
        lines=lines.lines(block.span),
        year=_year(columns, rows, around),
        header=header,
        label=label,
    )


def columns_of(block: Block, text: str, title: str) -> list[ColumnReading]:
    """What the columns of a table's first part are, by which ``typed`` reads the others."""
    return _read(*_aligned(block), context(block, text, "", (), title))


def remainder(block: Block, table: ParsedTable, text: str) -> list[Span]:
    """The pieces of a table's block that are neither header nor row, in order: footnotes, sources, repeated headers."""
    start, end = block.span
    taken = [(start, start), *table.header, *(row.span for row in table.rows), (end, end)]
    pieces = (_stripped(text, before[1], after[0]) for before, after in pairwise(taken))
    return [piece for piece in pieces if piece[0] < piece[1]]


# Columns and records


def _aligned(block: Block) -> tuple[list[str], list[Record]]:
    """Column names and records, all of one width."""
    grid = block.grid or TableGrid((), ())
    width = max(len(grid.header), *(len(record) for record in grid.records))
    names = [cell.text for cell in grid.header] + [""] * (width - len(grid.header))
    blank = CellText("", (block.span[1], block.span[1]))
    return names, [
        record if len(record) == width else (*record, *[blank] * (width - len(record))) for record in grid.records
    ]


def _arranged(names: Sequence[str], records: Sequence[Record]) -> tuple[list[str], list[Record]]:
    """Names and records as a person reads them: signs with their numbers, groups and years in every row."""
    names, records = _filled(*joined(names, records))
    names, records = _filled(*grouped(names, records))
    return list(names), carried(records)


def _filled(names: Sequence[str], records: Sequence[Record]) -> tuple[list[str], list[Record]]:
    """Without the columns that hold nothing: pictures, or what a name that spans two columns leaves empty."""
    kept = [
        n
        for n, name in enumerate(names)
        if (name and (not n or name != names[n - 1])) or any(_is_own(record, n) for record in records)
    ]
    return [names[n] for n in kept], [tuple(record[n] for n in kept) for record in records]


def _is_own(record: Record, n: int) -> bool:
    """Whether a cell holds something, and does not only reach over from the column before."""
    return bool(record[n].text) and (not n or record[n].span != record[n - 1].span)


def _read(names: Sequence[str], records: Sequence[Record], around: TableContext) -> list[ColumnReading]:
    """Every column; one of pay types makes the bare numbers beside it pay."""
    texts = [[record[n].text for record in records] for n in range(len(names))]
    around = replace(around, decimal_comma=has_decimal_commas([text for cells in texts for text in cells]))
    around = _in_currency(names, around)
    columns = [read(name, cells, around) for name, cells in zip(names, texts, strict=True)]
    if any(column.has_role(ColumnRole.PAY_TYPE) for column in columns) and not around.pay:
        around = replace(around, pay=True)
        columns = [read(name, cells, around) for name, cells in zip(names, texts, strict=True)]
    return reckoned(_named(_places_settled(columns, records), names, records), around)


def _again(column: ColumnReading, n: int, records: Sequence[Record]) -> ColumnReading:
    """A column as it was read before, with the values of other records."""
    money = column.base or "" if column.base in CONTINENTAL else ""
    texts = (as_loss(record[n].text) if column.accounts else record[n].text for record in records)
    return replace(column, values=tuple(parse(text, money, decimal_comma=column.decimal_comma) for text in texts))


def _in_currency(names: Sequence[str], around: TableContext) -> TableContext:
    """The surroundings with the currency that column names say: the first one, of all amounts, or the only one."""
    named = [currency for name in names if (currency := in_header(name).currency)]
    corner = in_header(names[0]) if names else None
    if corner is not None and corner.currency and corner.measure is None:
        return replace(around, currency=corner.currency, amounts=corner.currency, amounts_period=corner.period)
    return replace(around, currency=named[0]) if len(set(named)) == 1 else around


def _named(columns: list[ColumnReading], names: Sequence[str], records: Sequence[Record]) -> list[ColumnReading]:
    """The columns; where all of them hold numbers, rows go by those of the first, if these are different."""
    first = [record[0].text for record in records if record]
    if (
        not first
        or any(column.role != ColumnRole.MEASURE for column in columns)
        or not names[0]
        or len(set(first)) < len(first)
    ):
        return columns
    return [replace(columns[0], role=ColumnRole.LABEL, measure=None, kind=ColumnKind.NUMBER), *columns[1:]]


def _places_settled(columns: list[ColumnReading], records: Sequence[Record]) -> list[ColumnReading]:
    """Beside a column of place names, one of their states' abbreviations is a code."""
    places = [n for n, column in enumerate(columns) if column.has_role(ColumnRole.PLACE)]
    short = [n for n in places if all(record[n].text in ABBREVIATIONS or not record[n].text for record in records)]
    if 0 < len(short) < len(places):
        for n in short:
            columns[n] = replace(columns[n], role=ColumnRole.CODE)
    return columns


def _is_row(records: Sequence[Record], number: int, columns: Sequence[ColumnReading], measures: Sequence[int]) -> bool:
    """Whether a record has a value, or lacks it: one of several cells, or of a place.

    A lone cell may be a footnote.
    """
    if any(columns[n].values[number] is not None for n in measures):
        return True
    record = records[number]
    filled = {cell.text for cell in record if cell.text}
    if len(filled) > 1:
        return not _is_header(record, columns)
    places = [
        cell.text
        for cell, column in zip(record, columns, strict=True)
        if cell.text and column.has_role(ColumnRole.PLACE)
    ]
    goes_on = number + 1 < len(records) and any(columns[n].values[number + 1] is not None for n in measures)
    return any(map(is_place, places)) or (goes_on and any(text[0].isalnum() for text in places))


def _is_header(record: Record, columns: Sequence[ColumnReading]) -> bool:
    return all(_names(column.name, cell.text) for cell, column in zip(record, columns, strict=True))


def _names(name: str, text: str) -> bool:
    """Whether a cell repeats a column's name, or what the name was before the column was made two."""
    return key(text) in (key(name), key(name.rpartition(" (")[0]))


# The table


def _column(column: ColumnReading, n: int, rows: Sequence[ParsedRow]) -> Column:
    """The column as the index keeps it; its unit is that of all its numbers, or none."""
    units = {row.cells[n].unit for row in rows if row.cells[n].number is not None}
    unit = units.pop() if len(units) == 1 else None
    name = column.name or (label(column.measure) if column.measure else UNNAMED_BY_ROLE.get(column.role, column.role))
    numeric = column.kind in (ColumnKind.NUMBER, ColumnKind.MONEY, ColumnKind.SHARE)
    return Column(name, column.role, column.measure, unit, column.kind, year_in(name) if numeric else None, column.note)


def _year(columns: Sequence[ColumnReading], rows: Sequence[ParsedRow], around: TableContext) -> int | None:
    """The one year of a column of years, or of the column names, else what the surroundings say."""
    for n, column in enumerate(columns):
        if column.has_role(ColumnRole.YEAR):
            years = {int(number) for row in rows if (number := row.cells[n].number) is not None}
            return years.pop() if len(years) == 1 else None
    named = {int(year) for column in columns for year in compiled(HEADED_YEAR).findall(column.name)}
    return named.pop() if len(named) == 1 else around.year if not named else None


def _stretches(
    text: str, block: Block, records: Sequence[Record], *, apart: bool = True
) -> tuple[tuple[Span, ...], list[Span]]:
    """The header's stretch of text, and each record's: its own cells with the quotes and separators around them.

    Records that stand ``apart`` have no cell in common; others reach back to the one that they share.
    """
    floor = block.span[0]
    stretches: list[Span] = []
    for record in records:
        own = [cell.span for cell in record if cell.text and cell.span[0] >= floor] or [(floor, floor)]
        start, end = min(span[0] for span in own), max(span[1] for span in own)
        stretches.append(_widened(text, (start, end), floor, block.span[1]))
        floor = stretches[-1][1] if apart else floor
    header = _stripped(text, block.span[0], stretches[0][0])
    return ((header,) if header[0] < header[1] else ()), stretches


def _widened(text: str, span: Span, floor: int, ceiling: int) -> Span:
    start, end = span
    while start > floor and text[start - 1] in AROUND_CELLS:
        start -= 1
    while end < ceiling and text[end] in AROUND_CELLS:
        end += 1
    return _stripped(text, start, end)


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
