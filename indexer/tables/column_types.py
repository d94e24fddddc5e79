"""What one column of a table holds: its role, its measure, and the unit that its bare numbers are in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ...search.column_kinds import ColumnKind, ColumnRole
from ...search.text.column_headers import HeaderMeaning, in_header
from ...search.text.measures import NamedMeasure, is_statistic, unit_of
from ...search.text.tokenizer import key
from ...search.text.units import BareUnit
from .column_roles import PAY_TYPES, role
from .kinds import kind, year_of
from .moments import days_first
from .places import is_place
from .ranges import RANGE_UP_TO
from .table_context import TableContext, is_scaled
from .values import CONTINENTAL, CURRENCIES, CellValue, as_loss, parse

MONEY_UNITS = frozenset(CURRENCIES.values())
FEW_MISSING = 5
"""Whole numbers that may be left out where they count rows off."""
MOST_YEARS = 0.8
"""Share of a column's cells that must be years where its name says that it has them."""
SAMPLED_PLACES = 60
"""Cells that are looked at to tell places from other words."""

_CODE = re.compile(r"\d{2}-\d{4}(?:\.\d{2})?|\d{2}-\d{2,3}0{2,4}")


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """A column before its cells are made; ``values`` has an entry for each record, None for words and blanks."""

    name: str
    role: ColumnRole
    values: tuple[CellValue | None, ...]
    measure: str | None = None
    base: str | None = None
    """The unit of its bare numbers; a currency without its period."""
    period: str | None = None
    """The period that its header says."""
    decimal_comma: bool = False
    """Whether its numbers have a comma before the fraction."""
    kind: ColumnKind = ColumnKind.TEXT
    day_first: bool = False
    """Whether its dates in figures have the day before the month."""
    note: str = ""
    """How its unit was found where no name says it."""
    accounts: bool = False
    """Whether a number in brackets is a loss."""
    assumed: bool = False
    """Whether its currency is none that a cell or its own header says."""

    @property
    def is_measure(self) -> bool:
        """Whether its cells are figures to compare and reckon with."""
        return self.role == ColumnRole.MEASURE

    def has_role(self, *roles: ColumnRole) -> bool:
        """Whether it has one of these roles."""
        return self.role in roles

    @property
    def is_pay(self) -> bool:
        """Whether its amounts may be pay, whose period the row or the surroundings may say."""
        return self.measure == NamedMeasure.PAY or is_statistic(self.measure)


def read(name: str, texts: Sequence[str], context: TableContext) -> ColumnReading:
    """Read a column from its header and its cells."""
    comma = context.decimal_comma
    texts = [as_loss(text) for text in texts] if context.accounts else texts
    values = tuple(parse(text, decimal_comma=comma) for text in texts)
    values = tuple(_up_to(value, text) for value, text in zip(values, texts, strict=True))
    heading = in_header(name)
    found = _role(name, heading, texts, values)
    day_first = days_first(texts)
    if found != ColumnRole.MEASURE:
        of = kind(found, texts, values, None, day_first=day_first)
        return ColumnReading(name, found, values, decimal_comma=comma, kind=of, day_first=day_first)
    units = {value.unit for value in values if value is not None and value.unit}
    base = None if not units and is_scaled(name) else _base(heading, units, context)
    if base in CONTINENTAL:
        values = tuple(parse(text, base or "", decimal_comma=comma) for text in texts)
    measure, period = _measure(name, heading, base, context), heading.period
    if base is None and heading.measure is None and context.amounts and not units and not is_scaled(name):
        base, period = context.amounts, period or context.amounts_period
    base = None if _are_fractions(base, units, values) else base or unit_of(measure)
    of = kind(found, texts, values, base, day_first=day_first)
    if of == ColumnKind.NUMBER and _is_of_money(measure, heading):
        of = ColumnKind.MONEY
    elif measure == NamedMeasure.SHARE:
        of = ColumnKind.SHARE
    assumed = not units and heading.currency is None
    return ColumnReading(
        name, found, values, measure, base, period, comma, of, day_first, accounts=context.accounts, assumed=assumed
    )


def _is_of_money(measure: str | None, heading: HeaderMeaning) -> bool:
    """Whether a measure is one of amounts, though nothing says in which currency."""
    return measure in (NamedMeasure.PAY, NamedMeasure.COST) or (is_statistic(measure) and heading.period is not None)


def _are_fractions(base: str | None, units: set[str], values: Sequence[CellValue | None]) -> bool:
    """Whether what a header calls shares are parts of one and not of a hundred."""
    numbers = [value.number for value in values if value is not None and value.number is not None]
    whole = all(number == number.to_integral_value() for number in numbers)
    return not units and base == BareUnit.PERCENT and not whole and all(0 <= number <= 1 for number in numbers)


def _up_to(value: CellValue | None, text: str) -> CellValue | None:
    """An upper limit of money counts as the amount that it is: "Up to $97"."""
    if value is not None or (opening := RANGE_UP_TO.match(text)) is None:
        return value
    limit = parse(text[opening.end() :])
    return limit if limit is not None and (limit.unit or "").partition("/")[0] in MONEY_UNITS else None


def _role(name: str, heading: HeaderMeaning, texts: Sequence[str], values: Sequence[CellValue | None]) -> ColumnRole:
    """Cells decide what they can; the header's words decide the rest."""
    filled = [(text, value) for text, value in zip(texts, values, strict=True) if text.strip()]
    named = role(name)
    if not filled:
        return named or ColumnRole.LABEL
    if all(key(text) in PAY_TYPES for text, _ in filled):
        return ColumnRole.PAY_TYPE
    if named == ColumnRole.CODE or all(_CODE.fullmatch(text.strip()) for text, _ in filled):
        return ColumnRole.CODE
    of_numbers = sum(value is not None for _, value in filled)
    if 2 * of_numbers >= len(filled) and not (of_numbers < len(filled) and _are_designations(filled)):
        return _role_of_numbers(name, named, heading, filled)
    if named == ColumnRole.PLACE or _are_places([text for text, _ in filled[:SAMPLED_PLACES]]):
        return ColumnRole.PLACE
    return named if named in (ColumnRole.OCCUPATION, ColumnRole.LABEL) else ColumnRole.LABEL


def _role_of_numbers(
    name: str, named: ColumnRole | None, heading: HeaderMeaning, filled: Sequence[tuple[str, CellValue | None]]
) -> ColumnRole:
    """Numbers measure something, unless they are years, or numbers that places, jobs and ranks go by."""
    numbers = [value for _, value in filled if value is not None and value.number is not None]
    if not numbers and heading.measure is None:
        return named if named in (ColumnRole.PLACE, ColumnRole.OCCUPATION) else ColumnRole.LABEL
    years = sum(year_of(text) is not None for text, _ in filled)
    mostly = named == ColumnRole.YEAR or not name.strip()
    enough = years > MOST_YEARS * len(filled) if mostly else named is None and years == len(filled)
    if heading.measure is None and enough:
        return ColumnRole.YEAR
    bare = all(value.unit is None for value in numbers)
    if (
        bare
        and named in (ColumnRole.PLACE, ColumnRole.OCCUPATION)
        and not any(mark in text for text, _ in filled for mark in ",.")
    ):
        return ColumnRole.CODE
    return ColumnRole.LABEL if bare and named == ColumnRole.LABEL and _count_off(numbers) else ColumnRole.MEASURE


def _count_off(numbers: Sequence[CellValue]) -> bool:
    """Whether whole numbers only say which: ranks, steps, levels, which leave out few on the way."""
    found = [value.number for value in numbers if value.number is not None]
    different = set(found)
    whole = all(number == number.to_integral_value() for number in different)
    return whole and max(different) - min(different) < 2 * len(different) + FEW_MISSING


def _are_designations(filled: Sequence[tuple[str, CellValue | None]]) -> bool:
    """Whether what is no number among bare numbers is one with letters, all different: models, courses."""
    others = [text for text, value in filled if value is None]
    bare = all(value is None or value.unit is None for _, value in filled)
    lettered = sum(any(map(str.isdigit, text)) and any(map(str.isalpha, text)) for text in others)
    return bare and 2 * lettered >= len(others) and len({text for text, _ in filled}) == len(filled)


def _are_places(texts: Sequence[str]) -> bool:
    return 2 * sum(is_place(text) for text in texts) >= len(texts)


def _base(heading: HeaderMeaning, units: set[str], context: TableContext) -> str | None:
    """The unit of bare numbers: that of the column's other cells (often only the first has it), else the header's."""
    bases = {unit.partition("/")[0] for unit in units}
    if len(bases) == 1:
        return bases.pop()
    if heading.percent and not heading.currency:
        return "percent"
    if heading.pay or heading.currency:
        return heading.currency or context.currency
    of_pay = is_statistic(heading.measure) or (heading.measure is None and heading.period is not None)
    return context.currency if of_pay and heading.plain and context.pay else None


def _measure(name: str, heading: HeaderMeaning, base: str | None, context: TableContext) -> str | None:
    """The header's measure; for plain amounts of pay the statistic that the surroundings say; else its words."""
    if heading.measure not in (None, NamedMeasure.PAY):
        return heading.measure
    if base in MONEY_UNITS and (heading.measure == NamedMeasure.PAY or heading.plain):
        return context.measure or ("pay" if context.pay or heading.pay or heading.period else "cost")
    if name.strip():
        return key(name)
    return "share" if base == BareUnit.PERCENT else None
