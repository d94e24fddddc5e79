"""Operations on single rows: look up, check against a condition, compare."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from ...text.amounts import amount
from ..plan.measure_selection import LARGE, MeasureSelection, assumption
from ..plan.request import GAP
from ..plan.thresholds import notes, tests
from .task import TENTH, Number, ResultSet, Task


def look_up(task: Task) -> ResultSet | str:
    """Each subject's row, with each measure in the order asked."""
    result = ResultSet()
    for subject in task.scope.subjects:
        for wanted in task.wanted:
            lines = task.lines(wanted, subject)
            if len(lines) != 1:
                return "The table has no such row."
            (line,) = lines
            (row,) = task.rows(lines)
            result.rows += [row] if row not in result.rows else []
            if None in line:
                marks = " or ".join(task.marks(wanted, row))
                result.notes.append(f"{task.label(row)}: the {wanted.label} is {marks}.")
            else:
                result.numbers.append(task.number(wanted, line, row))
                if task.request.periods and wanted.series.is_money and not (wanted.period or wanted.series.period):
                    if result.numbers[-1].value < LARGE:
                        return "The table does not say for which period pay is."
                    result.notes.append(
                        "The table does not say for which period pay is: it is taken as that of a year."
                    )
    result.matched = len({number.row.id for number in result.numbers if number.row is not None})
    result.skipped = len(result.rows) - result.matched
    result.total = len(result.rows)
    result.formula = _formula(task, result)
    return _checked(task, result)


def compare(task: Task) -> ResultSet | str:
    """Two or more rows; of two with one measure, by how much they differ."""
    result = look_up(task)
    if isinstance(result, str) or len(result.numbers) != 2 or not (task.request.difference or task.request.percent):
        return result
    first, second = result.numbers
    low, high = sorted((first.value, second.value))
    found = [_reckoned(high - low, first.unit, f"difference in {first.measure}", first, second)]
    result.formula = f"{amount(high, first.unit)} - {amount(low, first.unit)} = {found[0]}"
    if task.request.percent and second.value:
        percent = ((high - low) / second.value * 100).quantize(TENTH, ROUND_HALF_UP)
        share = _reckoned(percent, "percent", f"difference in {first.measure}", first, second)
        result.formula += f"; {found[0]} / {second} = {share}"
        found.insert(0, share)
    result.numbers = [*found, first, second]
    return result


def _reckoned(value: Decimal, unit: str | None, measure: str, first: Number, second: Number) -> Number:
    return Number(value, unit, measure, f"{first.label} and {second.label}", True, first.row)


def _formula(task: Task, result: ResultSet) -> str | None:
    """How reckoned numbers came about, the first of each kind."""
    made = []
    for wanted in task.wanted:
        number = next((n for n in result.numbers if n.measure == wanted.label and n.unit == wanted.unit), None)
        if number is not None and number.row is not None and wanted.computed:
            made.append(f"{_operands(wanted, number)} = {number}")
    if any(wanted.period for wanted in task.wanted):
        result.notes.append(assumption())
    return "; ".join(made) or None


def _operands(wanted: MeasureSelection, number: Number) -> str:
    cells = [number.row.cells[column] for column in wanted.columns] if number.row is not None else []
    base = " - ".join(amount(cell.number or Decimal(), cell.unit) for cell in cells)
    if wanted.period is None:
        return base
    factor = wanted.factor()
    return f"{f'({base})' if wanted.measure == GAP else base} {factor}"


def _checked(task: Task, result: ResultSet) -> ResultSet | str:
    """Whether the one number asked about meets the conditions."""
    if not task.request.thresholds or not result.numbers:
        return result
    conditions = tests(task)
    if isinstance(conditions, str):
        return conditions
    if len(result.numbers) != 1:
        return "The question sets a condition on more than one number."
    result.holds = all(
        test.holds(line) for test in conditions for line in task.lines(test.wanted, task.scope.subjects[0])
    )
    result.limits = [test.limit for test in conditions]
    result.notes += notes(task, conditions)
    return result
