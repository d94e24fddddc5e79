"""Operations on all rows: list, filter, count, rank, reckon. Each is a complete scan."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from ...store.scan import Bound, Scan
from ...store.sorted_scan import RowOrder
from ...text.amounts import amount
from ...text.units import BareUnit
from ..plan.measure_selection import CENT, MeasureSelection, assumption
from ..plan.thresholds import notes, tests
from .task import MAX_ROWS_CITED, TENTH, Number, ResultSet, Task

NO_NUMBERS = "None of the rows has a number."


def listing(task: Task) -> ResultSet | str:
    """Every row with its numbers, in source order."""
    wanted = task.wanted[0]
    scan = task.scan(wanted, task.scope.where)
    if not scan.known:
        return NO_NUMBERS
    return _with_assumption(task, task.result(wanted, scan, scan.first(MAX_ROWS_CITED), scan.known))


def filtered(task: Task) -> ResultSet | str:
    """The rows that meet every condition, the farthest from the limit first."""
    conditions = tests(task)
    if isinstance(conditions, str):
        return conditions
    wanted, bounds = conditions[0].wanted, [test.bound() for test in conditions]
    scan = task.scan(wanted, task.scope.where, [column for bound in bounds for column in bound.columns])
    if not scan.known:
        return NO_NUMBERS
    downwards = any(test.threshold.comparison not in ("<", "<=") for test in conditions)
    shown = scan.first(MAX_ROWS_CITED, _order(descending=downwards), *bounds)
    result = task.result(wanted, scan, shown, scan.count(*bounds))
    result.limits = [test.limit for test in conditions]
    result.notes += notes(task, conditions)
    return _with_assumption(task, result)


def count(task: Task) -> ResultSet | str:
    """How many rows there are, or meet every condition."""
    if task.request.thresholds:
        result = filtered(task)
    else:
        scan = task.catalog.scan(task.profile.table.id, (), (*task.scope.base, *task.scope.where))
        result = ResultSet(rows=task.rows(scan.first(MAX_ROWS_CITED)), matched=scan.total, total=scan.total)
    if isinstance(result, str):
        return result
    result.formula = f"{result.matched:,} of {result.total:,} rows" if task.request.thresholds else None
    result.numbers = [_over_all(task, Decimal(result.matched), "count", "rows")]
    return result


def share(task: Task) -> ResultSet | str:
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


def rank(task: Task) -> ResultSet | str:
    """The first rows in order; rows that tie with the last of them are shown too."""
    wanted, request = task.wanted[0], task.request
    scan, order = task.scan(wanted, task.scope.where), _order(descending=request.descending)
    last = min(request.nth or request.limit or (scan.known if request.whole_order else 1), scan.known)
    if not scan.known or (request.nth or 0) > scan.known:
        return f"Only {scan.known:,} such rows have a number."
    (at_edge,) = scan.first(1, order, offset=last - 1)
    edge = wanted.order(at_edge)
    ties = scan.count(Bound(wanted.columns, "=", edge))
    before = scan.count(Bound(wanted.columns, ">" if request.descending else "<", edge))
    if request.nth:
        result = task.result(
            wanted, scan, scan.first(MAX_ROWS_CITED, RowOrder.SOURCE, Bound(wanted.columns, "=", edge)), ties
        )
    else:
        result = task.result(wanted, scan, scan.first(min(MAX_ROWS_CITED, before + ties), order), before + ties)
    if ties > 1:
        result.notes.append(f"{ties:,} rows tie at {task.number(wanted, at_edge, *task.rows([at_edge]))}.")
    return _with_assumption(task, result)


def position(task: Task) -> ResultSet | str:
    """Which place a named row has in the order of all."""
    wanted, ranged = task.wanted[0], task.scope.ranged
    named = next((m for m in task.request.names if ranged is not None and m.column == ranged.column), None)
    own = task.lines(wanted, task.scope.instead(named.keys[0])) if named is not None else []
    if len(own) != 1 or None in own[0]:
        return "The question names no row with a number to rank by."
    mine, descending = wanted.order(own[0]), task.request.descending
    scan = task.scan(wanted, task.scope.where)
    before = scan.count(Bound(wanted.columns, ">" if descending else "<", mine))
    result = task.result(wanted, scan, own, 1)
    result.numbers.insert(
        0, Number(Decimal(before + 1), "count", "rank", result.numbers[0].label, True, result.rows[0])
    )
    result.formula = f"{before:,} of {scan.known:,} rows are {'higher' if descending else 'lower'}"
    if (ties := scan.count(Bound(wanted.columns, "=", mine)) - 1) > 0:
        result.notes.append(f"{ties:,} other rows have the same value.")
    return _with_assumption(task, result)


def extremes(task: Task) -> ResultSet | str:
    """The lowest and the highest number among the rows."""
    wanted = task.wanted[0]
    scan = task.scan(wanted, task.scope.where)
    if not scan.known:
        return NO_NUMBERS
    ends = [*scan.first(1, RowOrder.ASCENDING), *scan.first(1, RowOrder.LAST_DESCENDING)]
    shown = ends[::-1] if task.request.high_first else ends
    return _with_assumption(task, task.result(wanted, scan, shown, scan.known))


def reduced(task: Task) -> ResultSet | str:
    """The mean, median or sum over the rows, each counted once."""
    wanted, operation = task.wanted[0], task.request.operation
    scan = task.scan(wanted, task.scope.where)
    if not scan.known:
        return NO_NUMBERS
    if task.request.does("sum") and wanted.unit != BareUnit.COUNT:
        return f"A sum of {wanted.label} figures means nothing."
    result = task.result(wanted, scan, scan.first(MAX_ROWS_CITED), scan.known)
    value, formula = _REDUCTIONS[operation](wanted, scan)
    result.numbers = [Number(value, wanted.unit, f"{operation} of {wanted.label}", task.profile.table.title, True)]
    result.formula = formula
    if not task.request.does("sum"):
        result.notes.append("Unweighted: each row counts once, however many people work there.")
    return _with_assumption(task, result)


def _mean(wanted: MeasureSelection, scan: Scan) -> tuple[Decimal, str]:
    total = _total(wanted, scan)
    mean = (total / scan.known).quantize(CENT, ROUND_HALF_UP)
    return mean, f"{amount(total, wanted.unit)} / {scan.known:,} = {amount(mean, wanted.unit)}"


def _median(wanted: MeasureSelection, scan: Scan) -> tuple[Decimal, str]:
    half, unit = scan.known // 2, wanted.unit
    if scan.known % 2:
        return _at(wanted, scan, half), f"number {half + 1:,} of {scan.known:,} in order"
    low, high = _at(wanted, scan, half - 1), _at(wanted, scan, half)
    median = ((low + high) / 2).quantize(CENT, ROUND_HALF_UP)
    return median, f"({amount(low, unit)} + {amount(high, unit)}) / 2 = {amount(median, unit)}"


def _sum(wanted: MeasureSelection, scan: Scan) -> tuple[Decimal, str]:
    total = _total(wanted, scan)
    return total, f"the sum of {scan.known:,} rows = {amount(total, wanted.unit)}"


def _total(wanted: MeasureSelection, scan: Scan) -> Decimal:
    """All numbers together; where they are converted, each is before it is added."""
    if wanted.period is None:
        return scan.sum()
    return sum((wanted.converted(value) * times for value, times in scan.tally()), Decimal())


def _at(wanted: MeasureSelection, scan: Scan, place: int) -> Decimal:
    """The number at a place, from 0, of all in order."""
    (line,) = scan.first(1, RowOrder.ASCENDING, offset=place)
    return wanted.value(line) or Decimal()


_REDUCTIONS: dict[str, Callable[[MeasureSelection, Scan], tuple[Decimal, str]]] = {
    "mean": _mean, "median": _median, "sum": _sum,
}  # fmt: skip


def _order(*, descending: bool) -> RowOrder:
    return RowOrder.DESCENDING if descending else RowOrder.ASCENDING


def _over_all(task: Task, value: Decimal, unit: str, measure: str) -> Number:
    return Number(value, unit, measure, task.profile.table.title, True)


def _with_assumption(task: Task, result: ResultSet) -> ResultSet:
    wanted = task.wanted[0]
    if wanted.period is not None:
        result.notes.append(assumption())
        result.formula = result.formula or f"each figure {wanted.factor()}"
    elif wanted.minus is not None:
        result.formula = result.formula or "high - low"
    return result
