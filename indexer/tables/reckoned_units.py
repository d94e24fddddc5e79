"""A unit that no name says, found where arithmetic shows it: pay of a year and of an hour, shares of a hundred."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, permutations
from statistics import median

from ...search.column_kinds import ColumnKind, ColumnRole
from ...search.text.measures import WORKING_HOURS, Period
from .column_types import ColumnReading
from .table_context import TableContext
from .values import CellValue

HOURS_A_YEAR = int(WORKING_HOURS[Period.YEAR])
"""Working hours of a year, by the statistical offices."""
RECKONED_WITHIN = 0.005
OPEN = ("USD", "EUR", "GBP", "CAD", "AUD", "NZD")
"""Currencies in which an hour of work is paid with some or some tens."""
LEAST_AN_HOUR, MOST_AN_HOUR = 1, 1000
"""Between which pay of an hour lies in them, anywhere."""
MIN_ROWS = 5
MIN_RECKONED = 3
"""Columns that add up to a hundred, at least."""
SHARE_AGREEING = 0.9
"""Share of the rows that must agree."""


def reckoned(columns: list[ColumnReading], around: TableContext) -> list[ColumnReading]:
    """The columns, those whose pairs are a year and an hour of the same pay with that unit."""
    found = list(columns)
    bare = [n for n, column in enumerate(columns) if column.role == ColumnRole.MEASURE and _is_open(column)]
    for n, k in permutations(bare, 2):
        annual, hourly = columns[n], columns[k]
        if found[n] is annual and found[k] is hourly and _is_year_of(annual, hourly):
            said = f"{annual.name} is {HOURS_A_YEAR:,} times {hourly.name}"
            found[n], found[k] = _paid(annual, "year", said, around), _paid(hourly, "hour", said, around)
    return _shares(found)


def believed(period: str | None, columns: Sequence[ColumnReading]) -> str | None:
    """The period of pay that the surroundings say; None where the amounts can't be of it.

    "Annual average" above wages of $39.55 speaks of the average.
    """
    if period is None or period not in WORKING_HOURS:
        return period
    amounts = [
        abs(float(value.number))
        for column in columns
        if column.is_measure and column.is_pay and _is_open(column)
        for value in column.values
        if value and value.number
    ]
    if not amounts:
        return period
    hourly = median(amounts) / float(WORKING_HOURS[period])
    return period if LEAST_AN_HOUR <= hourly <= MOST_AN_HOUR else None


def _shares(columns: list[ColumnReading]) -> list[ColumnReading]:
    """The columns, runs of those without a unit that add up to a hundred in each row made percentages."""
    found, at = list(columns), 0
    for bare, run in groupby(
        columns, key=lambda c: c.role == ColumnRole.MEASURE and c.base is None and c.kind == ColumnKind.NUMBER
    ):
        members = list(run)
        if bare and len(members) >= MIN_RECKONED and _add_up([member.values for member in members]):
            said = f"{members[0].name} to {members[-1].name} add up to 100"
            found[at : at + len(members)] = [
                replace(m, base="percent", kind=ColumnKind.SHARE, note=said) for m in members
            ]
        at += len(members)
    return found


def _add_up(columns: Sequence[Sequence[CellValue | None]]) -> bool:
    sums = [
        sum(float(value.number) for value in row if value and value.number is not None)
        for row in zip(*columns, strict=True)
        if all(value and value.number is not None for value in row)
    ]
    close = sum(abs(total - 100) <= 1 for total in sums)
    return len(sums) >= MIN_ROWS and close >= SHARE_AGREEING * len(sums)


def _is_open(column: ColumnReading) -> bool:
    return column.period is None and column.base in (None, *OPEN)


def _is_year_of(annual: ColumnReading, hourly: ColumnReading) -> bool:
    pairs = [
        (float(one.number), float(other.number))
        for one, other in zip(annual.values, hourly.values, strict=True)
        if one and other and one.number and other.number
    ]
    close = sum(abs(one / other / HOURS_A_YEAR - 1) <= RECKONED_WITHIN for one, other in pairs)
    return len(pairs) >= MIN_ROWS and close >= SHARE_AGREEING * len(pairs)


def _paid(column: ColumnReading, period: str, said: str, around: TableContext) -> ColumnReading:
    base, measure = column.base or around.currency, column.measure or "pay"
    return replace(column, base=base, period=period, measure=measure, kind=ColumnKind.MONEY, note=said)
