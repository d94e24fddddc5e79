"""Rows of a table as a chart of characters: the range from low to high with the median in it, or bars of one measure.

Every row ends with its numbers, so the chart reads without colour, and aloud.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from ..column_kinds import ColumnRole
from ..errors import UsageError
from ..model import Table, TableRow
from ..text.amounts import figure
from .table_text import shown
from .terminal import Terminal, clean, columns

RANGES = (("low", "median", "high"), ("p10", "median", "p90"), ("p25", "median", "p75"), ("low", "mean", "high"))
PREFERRED = ("median", "mean", "pay")
MAX_BAR_LABEL = 26
MIN_LABEL, MIN_PLOT = 8, 12
"""Columns of the terminal for labels at most and at least, and for the plot at least."""
EIGHTHS = " ▏▎▍▌▋▊▉█"


class Signs(NamedTuple):
    """The characters that a range is drawn with."""

    low: str
    line: str
    middle: str
    high: str


UNICODE = Signs("├", "─", "●", "┤")
ASCII = Signs("|", "-", "o", "|")


class ChartLayout(NamedTuple):
    """How many columns of the terminal the labels, the plot and each figure get."""

    label: int
    plot: int
    figures: tuple[int, ...]

    def line(self, label: str, plot: str, figures: Sequence[str]) -> str:
        """One line: the label, the plot, the figures to the right."""
        right = ("  " + " " * (width - columns(text)) + text for text, width in zip(figures, self.figures, strict=True))
        return (
            _filled(_cut(label, self.label), self.label) + "  " + _filled(plot, self.plot) + "".join(right)
        ).rstrip()


def chart(table: Table, rows: Sequence[TableRow], terminal: Terminal, column: int | None = None) -> str:
    """The chart of these rows; ``column`` draws bars of that one.

    Raises UsageError where there is nothing to draw, or the numbers are of different units.
    """
    drawn = [column] if column is not None else _range(table) or [_measure(table)]
    unit = _unit(table, rows, drawn)
    heads = [table.columns[n].name for n in drawn]
    figures = [[shown(row.cells[n]) for n in drawn] for row in rows]
    labels = _labels(table, rows)
    layout = _layout(labels, [heads, *figures], terminal)
    scale = _scale(rows, drawn, layout.plot)
    draw = _bar if len(drawn) == 1 else _span
    plots = [draw([row.cells[n].number for n in drawn], scale, terminal) for row in rows]
    return "\n".join(
        [
            layout.line("", "", heads),
            *(layout.line(*line) for line in zip(labels, plots, figures, strict=True)),
            layout.line(f"({unit})" if unit else "", _axis(scale, unit), [""] * len(drawn)),
        ]
    )


def _layout(labels: Sequence[str], figures: Sequence[Sequence[str]], terminal: Terminal) -> ChartLayout:
    """Figures whole, labels as long as they are, the plot what is left; on a narrow terminal the labels give way."""
    widths = tuple(max(map(columns, column)) for column in zip(*figures, strict=True))
    label = max(map(columns, labels), default=0)
    room = terminal.width - sum(widths) - 2 * len(widths) - 2
    plot = max(MIN_PLOT, room - label)
    return ChartLayout(max(MIN_LABEL, min(label, room - plot)), plot, widths)


class Scale(NamedTuple):
    """Numbers to columns of the plot."""

    start: Decimal
    end: Decimal
    width: int

    def at(self, number: Decimal) -> int:
        """The column that a number falls into."""
        if self.end == self.start:
            return 0
        return int((number - self.start) / (self.end - self.start) * (self.width - 1) + Decimal("0.5"))


def _range(table: Table) -> list[int] | None:
    """The columns of a low, a middle and a high in one unit."""
    for measures in RANGES:
        for unit in dict.fromkeys(column.unit for column in table.columns):
            found = [n for m in measures for n, c in enumerate(table.columns) if (c.measure, c.unit) == (m, unit)]
            if len(found) == 3:
                return found
    return None


def _measure(table: Table) -> int:
    """The column to draw where there is no range: of pay, or the first that has numbers."""
    measures = [n for n, column in enumerate(table.columns) if column.is_measure]
    preferred = [n for wanted in PREFERRED for n in measures if table.columns[n].measure == wanted]
    if not measures:
        raise UsageError(f"table {table.name} has no numbers to draw", "leave out --chart")
    return (preferred or measures)[0]


def _unit(table: Table, rows: Sequence[TableRow], drawn: Sequence[int]) -> str | None:
    units = {row.cells[n].unit for row in rows for n in drawn if row.cells[n].number is not None}
    if len(units) > 1:
        names = " and ".join(sorted(str(unit) for unit in units))
        raise UsageError(f"these rows are in different units ({names})", "choose rows of one with --where")
    return units.pop() if units else table.columns[drawn[0]].unit


def _scale(rows: Sequence[TableRow], drawn: Sequence[int], width: int) -> Scale:
    """From the least to the greatest number; bars of one column stand on zero."""
    numbers = [number for row in rows for n in drawn if (number := row.cells[n].number) is not None]
    if not numbers:
        raise UsageError("none of these rows has a number to draw", "choose other rows or another column")
    numbers += [Decimal(0)] if len(drawn) == 1 else []
    return Scale(min(numbers), max(numbers), width)


def _span(numbers: Sequence[Decimal | None], scale: Scale, terminal: Terminal) -> str:
    """``├───●─────┤``; a missing end is left open, a missing middle is not drawn."""
    signs = UNICODE if terminal.unicode else ASCII
    known = [scale.at(number) for number in numbers if number is not None]
    if not known:
        return ""
    plot = [" "] * scale.width
    plot[min(known) : max(known) + 1] = signs.line * (max(known) - min(known) + 1)
    for number, sign in zip((numbers[0], numbers[2], numbers[1]), (signs.low, signs.high, signs.middle), strict=True):
        if number is not None:
            plot[scale.at(number)] = sign
    return "".join(plot)


def _bar(numbers: Sequence[Decimal | None], scale: Scale, terminal: Terminal) -> str:
    """A bar from zero, to an eighth of a column where the terminal has the characters."""
    (number,) = numbers
    if number is None:
        return ""
    zero, end = scale.at(Decimal(0)), scale.at(number)
    if number < 0 or not terminal.unicode:
        return " " * min(zero, end) + ("█" if terminal.unicode else "#") * max(1, abs(end - zero))
    eighths = int(number / (scale.end - scale.start) * scale.width * 8 + Decimal("0.5")) if number else 0
    return " " * zero + "█" * (eighths // 8) + EIGHTHS[eighths % 8].strip()


def _labels(table: Table, rows: Sequence[TableRow]) -> list[str]:
    """What each row is called: its place or job, and whatever other words tell rows of that name apart."""
    words = [n for n, column in enumerate(table.columns) if not column.has_role(ColumnRole.MEASURE, ColumnRole.CODE)]
    telling = [n for n in words if len({row.cells[n].text for row in rows}) > 1] or words[:1]
    return [_cut(", ".join(clean(row.cells[n].text).strip() for n in telling), MAX_BAR_LABEL) for row in rows]


def _axis(scale: Scale, unit: str | None) -> str:
    """The least and the greatest number under the ends of the plot."""
    start, end = figure(scale.start, unit), figure(scale.end, unit)
    return start + end.rjust(scale.width - columns(start))


def _filled(text: str, width: int) -> str:
    return text + " " * (width - columns(text))


def _cut(text: str, width: int) -> str:
    flat = " ".join(text.split())
    return flat if columns(flat) <= width else f"{flat[: width - 3].rstrip()}..."
