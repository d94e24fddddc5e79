"""Operations on all rows: list, filter, count, rank, reckon. Each is a complete scan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from ..amounts import amount
from .task import Number, Result, Task, with_number
from .thresholds import meeting, notes, tests
from .wanted import CENT, Line, Wanted, assumption

TENTH = Decimal("0.1")
NO_NUMBERS = "None of the rows has a number."


def listing(task: Task) -> Result | str:
    """Every row with its numbers, in source order."""
    wanted = task.wanted[0]
    lines = task.lines(wanted, task.scope.where)
    known = with_number(lines)
    return _with_assumption(task, task.result(wanted, lines, known)) if known else NO_NUMBERS


def filtered(task: Task) -> Result | str:
    """The rows that meet every condition, the farthest from the limit first."""
    conditions = tests(task)
    if isinstance(conditions, str):
        return conditions
    lines, matched = meeting(task, conditions, task.scope.where)
    if not with_number(lines):
        return NO_NUMBERS
    downwards = any(test.threshold.comparison not in ("<", "<=") for test in conditions)
    result = task.result(conditions[0].wanted, lines, _sorted(conditions[0].wanted, matched, descending=downwards))
    result.limits = [test.limit for test in conditions]
    result.notes += notes(task, conditions)
    return _with_assumption(task, result)


def count(task: Task) -> Result | str:
    """How many rows there are, or meet every condition."""
    if task.request.thresholds:
        result = filtered(task)
    else:
        lines = task.catalog.numbers(task.profile.table.id, (), (*task.scope.base, *task.scope.where))
        result = Result(rows=task.rows(lines), matched=len(lines), total=len(lines))
    if isinstance(result, str):
        return result
    result.formula = f"{result.matched:,} of {result.total:,} rows" if task.request.thresholds else None
    result.numbers = [_over_all(task, Decimal(result.matched), "count", "rows")]
    return result


def share(task: Task) -> Result | str:
    """Which part of the rows meets every condition, in percent."""
    result = filtered(task)
    if isinstance(result, str) or not result.total:
        return NO_NUMBERS if not isinstance(result, str) else result
    number = _over_all(
        task, (Decimal(result.matched) / result.total * 100).quantize(TENTH, ROUND_HALF_UP), "percent", "share of rows"
    )
    result.formula = f"{result.matched:,} / {result.total:,} = {number}"
    result.numbers = [number]
    return result


def rank(task: Task) -> Result | str:
    """The first rows in order; rows that tie with the last of them are shown too."""
    wanted, request = task.wanted[0], task.request
    lines = task.lines(wanted, task.scope.where)
    ordered = _sorted(wanted, with_number(lines), request.descending)
    last = request.nth or request.limit or (len(ordered) if request.whole_order else 1)
    if not ordered or (request.nth or 0) > len(ordered):
        return f"Only {len(ordered):,} such rows have a number."
    edge = wanted.order(ordered[min(last, len(ordered)) - 1])
    ties = [line for line in ordered if wanted.order(line) == edge]
    before = [] if request.nth else [line for line in ordered[:last] if wanted.order(line) != edge]
    result = task.result(wanted, lines, before + ties)
    if len(ties) > 1:
        result.notes.append(f"{len(ties):,} rows tie at {result.numbers[len(before)]}.")
    return _with_assumption(task, result)


def position(task: Task) -> Result | str:
    """Which place a named row has in the order of all."""
    wanted, ranged = task.wanted[0], task.scope.ranged
    lines = task.lines(wanted, task.scope.where)
    named = next((m for m in task.request.names if ranged is not None and m.column == ranged.column), None)
    own = task.lines(wanted, task.scope.instead(named.keys[0])) if named is not None else []
    if len(own) != 1 or None in own[0]:
        return "The question names no row with a number to rank by."
    mine = wanted.order(own[0])
    values = [wanted.order(line) for line in with_number(lines)]
    before = sum(value > mine if task.request.descending else value < mine for value in values)
    result = task.result(wanted, lines, own)
    result.numbers.insert(
        0, Number(Decimal(before + 1), "count", "rank", result.numbers[0].label, True, result.rows[0])
    )
    result.formula = f"{before:,} of {len(values):,} rows are {'higher' if task.request.descending else 'lower'}"
    if (ties := values.count(mine) - 1) > 0:
        result.notes.append(f"{ties:,} other rows have the same value.")
    return _with_assumption(task, result)


def extremes(task: Task) -> Result | str:
    """The lowest and the highest number among the rows."""
    wanted = task.wanted[0]
    lines = task.lines(wanted, task.scope.where)
    ordered = _sorted(wanted, with_number(lines), descending=False)
    if not ordered:
        return NO_NUMBERS
    ends = [ordered[-1], ordered[0]] if task.request.high_first else [ordered[0], ordered[-1]]
    result = task.result(wanted, lines, ends)
    result.matched = len(ordered)
    return _with_assumption(task, result)


def reduced(task: Task) -> Result | str:
    """The mean, median or sum over the rows, each counted once."""
    wanted, operation = task.wanted[0], task.request.operation
    lines = task.lines(wanted, task.scope.where)
    known = _sorted(wanted, with_number(lines), descending=False)
    values = [value for line in known if (value := wanted.value(line)) is not None]
    if not values:
        return NO_NUMBERS
    if operation == "sum" and wanted.unit != "count":
        return f"A sum of {wanted.label} figures means nothing."
    result = task.result(wanted, lines, with_number(lines))
    value, formula = _REDUCTIONS[operation](values, wanted.unit)
    result.numbers = [Number(value, wanted.unit, f"{operation} of {wanted.label}", task.profile.table.title, True)]
    result.formula = formula
    if operation != "sum":
        result.notes.append("Unweighted: each row counts once, however many people work there.")
    return _with_assumption(task, result)


def _mean(values: Sequence[Decimal], unit: str | None) -> tuple[Decimal, str]:
    total = sum(values, Decimal())
    mean = (total / len(values)).quantize(CENT, ROUND_HALF_UP)
    return mean, f"{amount(total, unit)} / {len(values):,} = {amount(mean, unit)}"


def _median(values: Sequence[Decimal], unit: str | None) -> tuple[Decimal, str]:
    half = len(values) // 2
    if len(values) % 2:
        return values[half], f"number {half + 1:,} of {len(values):,} in order"
    low, high = values[half - 1], values[half]
    median = ((low + high) / 2).quantize(CENT, ROUND_HALF_UP)
    return median, f"({amount(low, unit)} + {amount(high, unit)}) / 2 = {amount(median, unit)}"


def _sum(values: Sequence[Decimal], unit: str | None) -> tuple[Decimal, str]:
    total = sum(values, Decimal())
    return total, f"the sum of {len(values):,} rows = {amount(total, unit)}"


_REDUCTIONS: dict[str, Callable[[Sequence[Decimal], str | None], tuple[Decimal, str]]] = {
    "mean": _mean, "median": _median, "sum": _sum,
}  # fmt: skip


def _sorted(wanted: Wanted, lines: Sequence[Line], descending: bool) -> list[Line]:
    """By value; ties keep the source's order."""
    return sorted(lines, key=wanted.order, reverse=descending)


def _over_all(task: Task, value: Decimal, unit: str, measure: str) -> Number:
    return Number(value, unit, measure, task.profile.table.title, True)


def _with_assumption(task: Task, result: Result) -> Result:
    wanted = task.wanted[0]
    if wanted.period is not None:
        result.notes.append(assumption())
        result.formula = result.formula or f"each figure {wanted.factor()}"
    elif wanted.minus is not None:
        result.formula = result.formula or "high - low"
    return result
