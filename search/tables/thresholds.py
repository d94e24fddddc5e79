"""Whether rows meet a question's conditions, compared exactly and in one period."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from ..amounts import amount
from .request import Threshold
from .scope import Where
from .task import Number, Task, with_number
from .wanted import HOURS, Line, Wanted, assumption, by_size, of_measure

TESTS: dict[str, Callable[[float | Decimal, float | Decimal], bool]] = {
    ">": operator.gt, "<": operator.lt, ">=": operator.ge, "<=": operator.le, "=": operator.eq,
}  # fmt: skip


class Test(NamedTuple):
    """A condition ready to be held against rows."""

    threshold: Threshold
    wanted: Wanted
    limit: Number
    period: str | None
    """Of the limit, where it differs from that of the numbers."""

    def holds(self, line: Line) -> bool:
        """Whether a row with a number meets it; in two different periods both sides are compared exactly."""
        own = self.wanted.series.period
        meant = self.period or self.wanted.period or own
        test = TESTS[self.threshold.comparison]
        if own == meant:
            return test(self.wanted.order(line), float(self.limit.value))
        value = self.wanted.unconverted(line) or Decimal()
        return test(value * HOURS[meant or "hour"], self.limit.value * HOURS[own or "hour"])


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


def meeting(task: Task, conditions: list[Test], where: Where) -> tuple[list[Line], list[Line]]:
    """All rows in question, and those that meet all conditions; each with the first condition's number.

    A row has no number where that of any condition is missing.
    """
    first, *others = conditions
    lines = task.lines(first.wanted, where)
    matched = [line for line in with_number(lines) if first.holds(line)]
    for test in others:
        beside = {line[0]: line for line in task.lines(test.wanted, where)}
        lines = [line if None not in beside[line[0]] else (line[0], None) for line in lines]
        matched = [line for line in matched if None not in beside[line[0]] and test.holds(beside[line[0]])]
    return lines, matched


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


def _wanted(task: Task, measure: str | None) -> Wanted | None:
    """What a condition is about: the measure that it names, else the first wanted."""
    if measure is None or measure not in task.request.measures:
        return task.wanted[0]
    return of_measure(task.profile, task.request, measure)


def _by_value(task: Task, threshold: Threshold, wanted: Wanted) -> Test | str:
    if not wanted.series.is_money and (threshold.money or threshold.period):
        return f"The {wanted.label} is not an amount of money."
    if threshold.percent and wanted.unit != "percent":
        return f"The {wanted.label} is not a percentage."
    value = threshold.value or Decimal()
    own = wanted.period or wanted.series.period
    period = _period(task, threshold, value) if own in HOURS else None
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


def _by_row(task: Task, threshold: Threshold, wanted: Wanted) -> Test | str:
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
