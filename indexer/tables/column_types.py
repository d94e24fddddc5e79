"""What one column of a table holds: its role, its measure, and the unit that its bare numbers are in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ...search.model import ColumnRole
from ...search.text.column_headers import HeaderMeaning, in_header
from ...search.text.measures import is_statistic, unit_of
from ...search.text.tokenizer import key
from .column_roles import PAY_TYPES, role
from .context import TableContext
from .places import is_place
from .values import CONTINENTAL, CURRENCIES, CellValue, parse

MONEY = frozenset(CURRENCIES.values())
SAMPLE = 60
"""Cells that are looked at to tell places from other words."""

_CODE = re.compile(r"\d{2}-\d{4}(?:\.\d{2})?|\d{2}-\d{2,3}0{2,4}")
_YEAR = re.compile(r"(?:19|20)\d\d")


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

    @property
    def is_measure(self) -> bool:
        """Whether its cells are figures to compare and reckon with."""
        return self.role == "measure"

    def has_role(self, *roles: ColumnRole) -> bool:
        """Whether it has one of these roles."""
        return self.role in roles

    @property
    def is_pay(self) -> bool:
        """Whether its amounts may be pay, whose period the row or the surroundings may say."""
        return self.measure == "pay" or is_statistic(self.measure)


def read(name: str, texts: Sequence[str], context: TableContext) -> ColumnReading:
    """Read a column from its header and its cells."""
    comma = context.decimal_comma
    values = tuple(parse(text, decimal_comma=comma) for text in texts)
    heading = in_header(name)
    found = _role(name, heading, texts, values)
    if found != "measure":
        return ColumnReading(name, found, values, decimal_comma=comma)
    units = {value.unit for value in values if value is not None and value.unit}
    base = _base(heading, units, context)
    if base in CONTINENTAL:
        values = tuple(parse(text, base or "", decimal_comma=comma) for text in texts)
    measure = _measure(name, heading, base, context)
    return ColumnReading(name, found, values, measure, base or unit_of(measure), heading.period, comma)


def _role(name: str, heading: HeaderMeaning, texts: Sequence[str], values: Sequence[CellValue | None]) -> ColumnRole:
    """Cells decide what they can; the header's words decide the rest."""
    filled = [(text, value) for text, value in zip(texts, values, strict=True) if text.strip()]
    named = role(name)
    if not filled:
        return named or "label"
    if all(key(text) in PAY_TYPES for text, _ in filled):
        return "pay type"
    if named == "code" or all(_CODE.fullmatch(text.strip()) for text, _ in filled):
        return "code"
    if 2 * sum(value is not None for _, value in filled) >= len(filled):
        return _role_of_numbers(named, heading, filled)
    if named == "place" or _are_places([text for text, _ in filled[:SAMPLE]]):
        return "place"
    return named if named in ("occupation", "label") else "label"


def _role_of_numbers(
    named: ColumnRole | None, heading: HeaderMeaning, filled: Sequence[tuple[str, CellValue | None]]
) -> ColumnRole:
    """Numbers measure something, unless they are years, or numbers that places, jobs and ranks go by."""
    numbers = [value for _, value in filled if value is not None and value.number is not None]
    if not numbers and heading.measure is None:
        return named if named in ("place", "occupation") else "label"
    if heading.measure is None and named in ("year", None) and all(_YEAR.fullmatch(text.strip()) for text, _ in filled):
        return "year"
    bare = all(value.unit is None for value in numbers)
    if bare and named in ("place", "occupation"):
        return "code"
    return "label" if bare and named == "label" else "measure"


def _are_places(texts: Sequence[str]) -> bool:
    return 2 * sum(is_place(text) for text in texts) >= len(texts)


def _base(heading: HeaderMeaning, units: set[str], context: TableContext) -> str | None:
    """The unit of bare numbers: that of the column's other cells (often only the first has it), else the header's."""
    bases = {unit.partition("/")[0] for unit in units}
    if len(bases) == 1:
        return bases.pop()
    if heading.percent:
        return "percent"
    if heading.pay or heading.currency:
        return "USD"
    of_pay = is_statistic(heading.measure) or (heading.measure is None and heading.period is not None)
    return "USD" if of_pay and heading.plain and context.pay else None


def _measure(name: str, heading: HeaderMeaning, base: str | None, context: TableContext) -> str | None:
    """The header's measure; for plain amounts of pay the statistic that the surroundings say; else its words."""
    if heading.measure not in (None, "pay"):
        return heading.measure
    if base in MONEY and (heading.measure == "pay" or heading.plain):
        return context.measure or ("pay" if context.pay or heading.pay or heading.period else "cost")
    if name.strip():
        return key(name)
    return "share" if base == "percent" else None
