"""Whether rows meet a question's conditions, compared exactly and in one period."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from math import nan
from typing import NamedTuple

from ...store.scan import Bound, Line
from ...store.sorted_scan import Comparison
from ...text.amounts import amount
from ...text.measures import WORKING_HOURS
from ...text.units import BareUnit
from ..execute.task import Number, Task
from .measure_selection import MeasureSelection, assumption, by_size, of_measure
from .request import Threshold

THRESHOLD_TESTS: dict[str, Callable[[float | Decimal, float | Decimal], bool]] = {
    ">": operator.gt, "<": operator.lt, ">=": operator.ge, "<=": operator.le, "=": operator.eq,
}  # fmt: skip


_STRICT: dict[Comparison, Comparison] = {">": ">", ">=": ">", "<": "<", "<=": "<"}
_INCLUSIVE: dict[Comparison, Comparison] = {">": ">=", ">=": ">=", "<": "<=", "<=": "<=", "=": "="}
"""How numbers compare with the float nearest to a limit, if the decimal that it stands for does not meet it, and if it
does."""


class Test(NamedTuple):
    """A condition ready to be held against rows."""

    threshold: Threshold
    wanted: MeasureSelection
    limit: Number
    period: str | None
    """Of the limit, where it differs from that of the numbers."""

    def holds(self, line: Line) -> bool:
        """Whether a row with a number meets it; in two different periods both sides are compared exactly."""
        own = self.wanted.series.period
        meant = self.period or self.wanted.period or own
        test = THRESHOLD_TESTS[self.threshold.comparison]
        if own == meant:
            return test(self.wanted.order(line), float(self.limit.value))
        value = self.wanted.unconverted(line) or Decimal()
        return test(value * WORKING_HOURS[meant or "hour"], self.limit.value * WORKING_HOURS[own or "hour"])

    def bound(self) -> Bound:
        """The same as a bound on the columns' floats, each of which stands for the decimal that it is nearest to."""
        comparison, value = self.threshold.comparison, self.limit.value
        own = self.wanted.series.period
        meant = self.period or self.wanted.period or own
        if own == meant:
            return Bound(self.wanted.columns, comparison, float(value))
        limit = float(value * WORKING_HOURS[own or "hour"] / WORKING_HOURS[meant or "hour"])
        line: Line = (0, limit) if self.wanted.minus is None else (0, limit, 0.0)
        if not self.holds(line):
            return Bound(self.wanted.columns, comparison, nan) if comparison == "=" else self._bound(_STRICT, limit)
        return self._bound(_INCLUSIVE, limit)

    def _bound(self, comparisons: Mapping[Comparison, Comparison], limit: float) -> Bound:
        return Bound(self.wanted.columns, comparisons[self.threshold.comparison], limit)


def tests(task: Task) -> list[Test] | str:
    """The request's conditions; a sentence that says why one of them cannot be held against the rows."""
    found: list[Test] = []
    for threshold in task.request.thresholds:
        wanted = _wanted(task, threshold.measure)
        if wanted is None:
            return f"The table has no {threshold.measure}."
        test = _by_value(task, threshold, wanted) if threshold.reference is None else _by_row(task, threshold, wanted)
        if isinstance(test, str):
            return test
        found.append(test)
    return found


def notes(task: Task, conditions: list[Test]) -> list[str]:
    """What was assumed about amounts."""
    found = []
    for test in conditions:
        if test.period is not None and test.threshold.reference is None:
            read = (
                ""
                if test.threshold.period or task.request.periods
                else f" is read as {amount(test.limit.value, f'USD/{test.period}')}"
            )
            found.append(f"{amount(test.limit.value, 'USD')}{read}; {assumption()}" if read else assumption())
    return list(dict.fromkeys(found))


def _wanted(task: Task, measure: str | None) -> MeasureSelection | None:
    """What a condition is about: the measure that it names, else the first wanted."""
    if measure is None or measure not in task.request.measures:
        return task.wanted[0]
    return of_measure(task.profile, task.request, measure)


def _by_value(task: Task, threshold: Threshold, wanted: MeasureSelection) -> Test | str:
    if not wanted.series.is_money and (threshold.money or threshold.period):
        return f"The {wanted.label} is not an amount of money."
    if threshold.percent and wanted.unit != BareUnit.PERCENT:
        return f"The {wanted.label} is not a percentage."
    value = threshold.value or Decimal()
    own = wanted.period or wanted.series.period
    period = _period(task, threshold, value) if own in WORKING_HOURS else None
    unit = f"{(wanted.unit or '').partition('/')[0]}/{period}" if period else wanted.unit
    limit = Number(value, unit, wanted.label, "")
    return Test(threshold, wanted, limit, None if period == own else period)


def _period(task: Task, threshold: Threshold, value: Decimal) -> str:
    """By which period an amount of pay is meant."""
    if threshold.period is not None:
        return threshold.period
    if task.request.periods:
        return task.request.periods[0]
    return by_size(value)


def _by_row(task: Task, threshold: Threshold, wanted: MeasureSelection) -> Test | str:
    """A condition against the number of another row of the same kind."""
    reference = threshold.reference
    ranged = task.scope.ranged
    if reference is None or ranged is None or reference.column != ranged.column:
        return "The question compares rows of different kinds."
    measure = threshold.reference_measure
    held = wanted if measure is None else of_measure(task.profile, task.request, measure)
    if held is None:
        return f"The table has no {measure}."
    lines = task.lines(held, task.scope.instead(reference.keys[0]))
    if len(lines) != 1 or None in lines[0]:
        return f"The table has no {held.label} for {ranged.text(reference.keys[0])}."
    (row,) = task.rows(lines)
    return Test(threshold, wanted, task.number(held, lines[0], row), None)
