"""Where the marks of a range chart stand: low to high as a bar, the median as a dot, the nation as a line.

Only geometry: a template draws it as SVG, and the table beside it says the same to those who cannot see it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, LABEL, ROW, TOP = 720, 250, 22, 28
"""Units of the drawing: its width, the room for labels, a row's height, the room for the axis."""
MAX_ROWS = 60
MAX_LABEL = 34


@dataclass(frozen=True, slots=True)
class Range:
    """One row to draw: any of its three numbers may be missing."""

    label: str
    low: Decimal | None
    median: Decimal | None
    high: Decimal | None


@dataclass(frozen=True, slots=True)
class Bar:
    """A drawn row, in units of the drawing."""

    label: str
    y: float
    low: float | None
    median: float | None
    high: float | None
    title: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled position on the axis."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything a template needs to draw."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    nation: float | None
    nation_label: str


def range_chart(rows: Sequence[Range], nation: Range | None = None, unit: str = "") -> Chart | None:
    """Lay out at most MAX_ROWS rows; None where no row has a number."""
    shown = [row for row in rows if _numbers(row)][:MAX_ROWS]
    numbers = [n for row in [*shown, *([nation] if nation else [])] for n in _numbers(row)]
    if not shown or not numbers:
        return None
    step = _step(float(min(numbers)), float(max(numbers)))
    start, end = math.floor(float(min(numbers)) / step) * step, math.ceil(float(max(numbers)) / step) * step
    end = end if end > start else start + step

    def x(number: Decimal | None) -> float | None:
        if number is None:
            return None
        return round(LABEL + (float(number) - start) / (end - start) * (WIDTH - LABEL - 30), 1)

    def tick(number: float) -> Tick:
        return Tick(x(Decimal(str(number))) or LABEL, f"{'$' if unit.startswith('USD') else ''}{number:,.10g}")

    bars = tuple(
        Bar(_short(row.label), TOP + ROW * i + ROW / 2, x(row.low), x(row.median), x(row.high), _title(row))
        for i, row in enumerate(shown)
    )
    ticks = tuple(tick(round(start + step * i, 6)) for i in range(round((end - start) / step) + 1))
    return Chart(
        WIDTH, TOP + ROW * len(shown) + 8, bars, ticks,
        x(nation.median) if nation else None, nation.label if nation else "",
    )  # fmt: skip


def _numbers(row: Range) -> list[Decimal]:
    return [n for n in (row.low, row.median, row.high) if n is not None]


def _step(low: float, high: float) -> float:
    """A round step (1, 2 or 5 times a power of ten) that gives about six ticks."""
    rough = max((high - low) / 6, abs(high) / 1000, 1e-6)
    power = 10.0 ** math.floor(math.log10(rough))
    return next(m * power for m in (1, 2, 5, 10) if m * power >= rough)


def _short(label: str) -> str:
    return label if len(label) <= MAX_LABEL else label[: MAX_LABEL - 1].rstrip() + "…"


def _title(row: Range) -> str:
    said = [
        f"{name} {n:,}" for name, n in (("low", row.low), ("median", row.median), ("high", row.high)) if n is not None
    ]
    return f"{row.label}: {', '.join(said)}"
