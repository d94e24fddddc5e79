"""Hourly and annual pay, one as the other: a year has 2,080 working hours (40 a week, 52 weeks)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from ...search.model import Cell, Value
from ...search.text.measures import WORKING_HOURS, Period

PAID_HOURS = WORKING_HOURS["year"]
PERIOD_UNITS = {"hour": "USD/hour", "year": "USD/year"}
PERIOD_NAMES = {"hour": "Hourly", "year": "Annual"}
ASSUMED = "Computed at 2,080 working hours a year, 40 a week; the guide itself says {}."


@dataclass(frozen=True, slots=True)
class PeriodChoice:
    """One way to see pay."""

    name: str
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Switch:
    """The ways to see pay, and what is assumed in the one that is chosen."""

    choices: tuple[PeriodChoice, ...]
    assumed: str | None


def switch(units: Iterable[str | None], pay: str, address: Callable[[str], str]) -> Switch | None:
    """The choice between hourly and annual; None where no unit is one of them. ``address`` gives that of a choice."""
    held = [period for period, unit in PERIOD_UNITS.items() if unit in set(units)]
    if not held:
        return None
    now = pay if pay in PERIOD_UNITS else held[0]
    published = " and ".join(f"pay by the {period}" for period in held)
    mixed = [PeriodChoice("As published", address(""), pay not in PERIOD_UNITS)] if len(held) > 1 else []
    choices = [
        PeriodChoice(
            name, address("" if held == [period] else period), not (mixed and mixed[0].chosen) and now == period
        )
        for period, name in PERIOD_NAMES.items()
    ]
    return Switch((*mixed, *choices), ASSUMED.format(published) if pay in PERIOD_UNITS and held != [pay] else None)


def converted(number: Decimal, unit: str | None, pay: str) -> Decimal | None:
    """The number by the other period; None where it is not pay, or already as asked."""
    if pay not in PERIOD_UNITS or unit not in PERIOD_UNITS.values() or unit == PERIOD_UNITS[pay]:
        return None
    return (number * PAID_HOURS if pay == Period.YEAR else number / PAID_HOURS).quantize(Decimal("0.01"))


def cell(held: Cell, pay: str) -> tuple[str, Decimal | None]:
    """A cell's text and number, by the period asked for."""
    other = None if held.number is None else converted(held.number, held.unit, pay)
    return (held.text, held.number) if other is None else (f"${other:,.2f}", other)


def sentence(value: Value, pay: str) -> str | None:
    """One number of an answer by the other period, with the sum; None where there is nothing to convert."""
    other = None if isinstance(value.value, str) else converted(value.value, value.unit, pay)
    if other is None:
        return None
    what = ", ".join(part for part in (value.label, value.measure) if part)
    sign = "×" if pay == Period.YEAR else "÷"
    return f"{what}: ${other:,.2f} per {pay} (${value.value:,.2f} {sign} 2,080 hours)"
