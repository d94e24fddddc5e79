"""A table's records become rows: each cell with its number, unit and mark, and the place that the row is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from ...search.column_kinds import ColumnKind, ColumnRole
from ...search.lang.states import ABBREVIATIONS
from ...search.model import Cell, Place
from ...search.text.column_headers import HeaderMeaning, in_header
from ...search.text.measures import MEASURES, unit_of
from ...search.text.tokenizer import key
from ..document import CellText
from .column_roles import PAY_TYPES
from .column_types import ColumnReading
from .kinds import year_of
from .moments import moment
from .places import place
from .ranges import bounds
from .table_context import TableContext
from .values import CellValue

Record = Sequence[CellText]
CURRENCY = re.compile(r"[A-Z]{3}")


def cells(record: Record, number: int, columns: Sequence[ColumnReading], around: TableContext) -> tuple[Cell, ...]:
    """The cells of a record, the ``number``-th that its columns were read from."""
    period = next(
        (
            PAY_TYPES.get(key(c.text))
            for c, column in zip(record, columns, strict=True)
            if column.has_role(ColumnRole.PAY_TYPE)
        ),
        None,
    )
    columns = _in_currency(record, columns)
    said = _row_heading(record, columns)
    if said is not None:
        columns = [_of_row(column, said) for column in columns]
        period = period or said.period
    return tuple(
        _cell(text, number, column, period or around.period) for text, column in zip(record, columns, strict=True)
    )


def _in_currency(record: Record, columns: Sequence[ColumnReading]) -> Sequence[ColumnReading]:
    """The columns as a row reads them that names the currency of its amounts."""
    named = (c.text for c, column in zip(record, columns, strict=True) if _says_currency(column.name))
    code = next((text for text in named if CURRENCY.fullmatch(text)), None)
    if code is None:
        return columns
    return [
        replace(c, base=code) if c.kind == ColumnKind.MONEY and c.assumed and c.role == ColumnRole.MEASURE else c
        for c in columns
    ]


@lru_cache(maxsize=4_096)
def _says_currency(name: str) -> bool:
    return key(name.replace("_", " ")).endswith("currency")


def _row_heading(record: Record, columns: Sequence[ColumnReading]) -> HeaderMeaning | None:
    """What a row's label says of its numbers, where it is the name of a measure: "Hourly median", "Employment"."""
    if all(not column.is_measure or column.measure in MEASURES for column in columns):
        return None
    label = next(
        (cell.text for cell, column in zip(record, columns, strict=True) if column.has_role(ColumnRole.LABEL)), ""
    )
    said = in_header(label)
    return said if said.measure is not None and said.plain else None


def _of_row(column: ColumnReading, said: HeaderMeaning) -> ColumnReading:
    """The column as a row with such a label reads it, where its own name is no measure: counts are no money."""
    if not column.is_measure or column.measure in MEASURES:
        return column
    base = unit_of(said.measure) or ("percent" if said.percent else column.base)
    return replace(column, measure=said.measure, base=base, period=column.period or said.period)


def _cell(cell: CellText, number: int, column: ColumnReading, period: str | None) -> Cell:
    """The cell with its number; in a column of measures a blank, or words, are a value not available."""
    value = column.values[number]
    if column.role == ColumnRole.YEAR and value is not None:
        return Cell(cell.text, cell.span, value.number if (year := year_of(cell.text)) is None else Decimal(year))
    if column.role != ColumnRole.MEASURE:
        return _named(cell, value, column)
    if value is None:
        return Cell(cell.text, cell.span, mark="not available")
    return Cell(cell.text, cell.span, value.number, _unit(value.unit or column.base, column, period), value.mark)


def _named(cell: CellText, value: CellValue | None, column: ColumnReading) -> Cell:
    """A cell of a column that measures nothing, with what it says in numbers: a rank, a range, a date."""
    number = value.number if value is not None and column.kind == ColumnKind.NUMBER else None
    if column.kind == ColumnKind.YEAR and (year := year_of(cell.text)) is not None:
        number = Decimal(year)
    date = moment(cell.text, day_first=column.day_first) if column.kind == ColumnKind.DATE else None
    ends = bounds(cell.text) if column.kind in (ColumnKind.RANGE, ColumnKind.TEXT) else None
    return Cell(cell.text, cell.span, number, bounds=ends, date=date)


def _unit(base: str | None, column: ColumnReading, period: str | None) -> str | None:
    """A currency gets its period: the header's, and where the amounts are pay the row's or the surroundings'."""
    if base is None or not CURRENCY.fullmatch(base):
        return base
    period = column.period or (period if column.is_pay else None)
    return f"{base}/{period}" if period else base


def place_of(record: Record, columns: Sequence[ColumnReading]) -> Place | None:
    """The most exact place that the row names, with the state from another column where its own name lacks it."""
    found = [
        place(cell.text, column.name)
        for cell, column in zip(record, columns, strict=True)
        if column.has_role(ColumnRole.PLACE) and cell.text
    ]
    if not found:
        return None
    exact = next((one for one in found if not one.is_a("state", "nation")), found[0])
    state = (
        exact.state
        or next((one.state for one in found if one.is_a("state")), None)
        or _code_of_state(record, columns, exact)
    )
    return exact._replace(state=state)


def _code_of_state(record: Record, columns: Sequence[ColumnReading], exact: Place) -> str | None:
    codes = (cell.text for cell, column in zip(record, columns, strict=True) if column.has_role(ColumnRole.CODE))
    return next((code for code in codes if code in ABBREVIATIONS), None) if not exact.is_a("nation") else None
