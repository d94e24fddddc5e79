"""Where the marks of a range chart stand: low to high as a bar, the median as a dot, the nation as a line.

Only geometry, in per cent of the plot's width, so that a phone draws the same as a wide screen with words as large. A
template draws it, and the table beside it says the same to those who cannot see it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

MAX_BARS = 60
TICKS = 5
"""Steps on the axis, about."""


@dataclass(frozen=True, slots=True)
class Range:
    """One row to draw: any of its three numbers may be missing; ``said`` is the median as the table writes it."""

    label: str
    low: Decimal | None
    median: Decimal | None
    high: Decimal | None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A drawn row: where its bar begins, how wide it is, where its dot stands."""

    label: str
    said: str
    low: float | None
    width: float
    median: float | None


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled position on the axis."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything a template needs to draw."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    nation: Tick | None
    low: str
    median: str
    high: str
    """What the table calls the three; "" where it has none."""
    left_out: int
    """Rows with a number that found no room."""


def range_chart(rows: Sequence[Range], nation: Range | None, names: Mapping[str, str], unit: str) -> Chart | None:
    """Lay out at most MAX_ROWS rows; None where no row has a number. ``names`` are of low, median and high."""
    drawn = [row for row in rows if _numbers(row)]
    shown = drawn[:MAX_BARS]
    numbers = [float(n) for row in [*shown, *([nation] if nation else [])] for n in _numbers(row)]
    if not shown or not numbers:
        return None
    axis = _axis(min(numbers), max(numbers))
    national = nation.median if nation else None
    return Chart(
        bars=tuple(_bar(row, axis) for row in shown),
        ticks=tuple(Tick(_at(number, axis), _money(number, unit)) for number in axis),
        nation=Tick(_at(float(national), axis), f"{nation.label} {nation.said}") if nation and national else None,
        low=names.get("low", ""),
        median=names.get("median", ""),
        high=names.get("high", ""),
        left_out=len(drawn) - len(shown),
    )


def _numbers(row: Range) -> list[Decimal]:
    return [n for n in (row.low, row.median, row.high) if n is not None]


def _axis(low: float, high: float) -> list[float]:
    """Round numbers, a step of 1, 2 or 5 times a power of ten apart, from below the lowest to above the highest."""
    rough = max((high - low) / TICKS, abs(high) / 1000, 1e-6)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(n * step, 6) for n in range(first, max(last, first + 1) + 1)]


def _at(number: float, axis: Sequence[float]) -> float:
    return round((number - axis[0]) / (axis[-1] - axis[0]) * 100, 2)


def _bar(row: Range, axis: Sequence[float]) -> Bar:
    low, median, high = (None if n is None else _at(float(n), axis) for n in (row.low, row.median, row.high))
    whole = low is not None and high is not None
    return Bar(row.label, row.said, low if whole else None, round(max(0.0, (high or 0) - (low or 0)), 2), median)


def _money(number: float, unit: str) -> str:
    sign = "$" if unit.startswith("USD") else ""
    return f"{sign}{number:,.10g}"
