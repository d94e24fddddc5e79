"""How an exact number and its unit are written for a reader: $16.69 per hour, 11%, 143,900."""

from __future__ import annotations

from decimal import Decimal

from .measures import Period
from .units import BareUnit

CURRENCY_SIGNS_BEFORE = {"USD": "$", "EUR": "€", "GBP": "£", "CAD": "C$", "AUD": "A$", "NZD": "NZ$", "CHF": "CHF "}


def amount(value: Decimal, unit: str | None) -> str:
    """The number with its unit in full: "$16.69 per hour"."""
    return f"{figure(value, unit)}{_after(one_of(unit) if unit and value == 1 else unit)}"


def amount_or_text(value: Decimal | str, unit: str | None) -> str:
    """The same of a value that may be words."""
    return amount(value, unit) if isinstance(value, Decimal) else value


def figure(value: Decimal, unit: str | None) -> str:
    """The number with its sign alone, for a column whose header says the rest: "$16.69", "11%"."""
    currency, _, period = (unit or "").partition("/")
    if currency in CURRENCY_SIGNS_BEFORE:
        return f"{'-' if value < 0 else ''}{CURRENCY_SIGNS_BEFORE[currency]}{_money(abs(value), period)}"
    return f"{_plain(value)}%" if unit == BareUnit.PERCENT else _plain(value)


def _money(value: Decimal, period: str) -> str:
    """Cents as money has them; whole amounts by the year without."""
    cents = f"{value:,.2f}"
    return cents.removesuffix(".00") if period != Period.HOUR else cents


def _plain(value: Decimal) -> str:
    """Thousands separated, decimals as the source gives them (1500.0 is 1,500)."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _after(unit: str | None) -> str:
    currency, _, period = (unit or "").partition("/")
    if currency in CURRENCY_SIGNS_BEFORE:
        return f" per {period}" if period else ""
    return "" if unit in (None, BareUnit.PERCENT, BareUnit.COUNT) else f" {unit}"


def one_of(unit: str) -> str:
    """A unit of which there is one: "1 week"."""
    return unit[:-1] if unit.isalpha() and unit.endswith("s") else unit
