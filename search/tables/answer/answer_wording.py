"""The answer in one sentence or list, from a result: names as they stand in the table, and numbers with their units."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from ...column_kinds import ColumnRole
from ...lang.lexicon import lexicon
from ...text.amounts import amount
from ...text.measures import WORKING_HOURS
from ..execute.task import Number, ResultSet, Task
from ..plan.measure_selection import converted
from ..plan.request import Threshold

MAX_NAMED = 40
"""Rows that a sentence names; of more it names the first and says how many there are."""
ROWS = {"place": "area", "occupation": "occupation"}
"""What a row is called, by the role of the column that is ranged over."""
IN_LINE = 3
"""Rows that stand in a sentence; more are listed, one a line."""
COMPARED = dict(lexicon("answers").pairs("limits of numbers"))


def sentence(task: Task, result: ResultSet) -> str:
    """The answer."""
    return _WORDINGS[task.request.operation](task, result)


def _look_up(task: Task, result: ResultSet) -> str:
    rows = "; ".join(
        f"{label}: {_joined([f'{n.measure} {_in_full(n, result)}' for n in numbers])}"
        for label, numbers in ((label, list(group)) for label, group in groupby(result.numbers, key=lambda n: n.label))
    )
    if not rows:
        return " ".join(dict.fromkeys(result.notes))
    if result.holds is None:
        return f"{rows}."
    return f"{'Yes' if result.holds else 'No'}: {rows}, {'' if result.holds else 'not '}{_conditions(task, result)}."


def _compare(task: Task, result: ResultSet) -> str:
    stated = [n for n in result.numbers if not n.measure.startswith("difference")]
    reckoned = [str(n) for n in result.numbers if n.measure.startswith("difference")]
    rows = _look_up(task, ResultSet(stated))
    if len(stated) != 2 or stated[0].unit != stated[1].unit:
        return rows
    first, second = stated
    if first.value == second.value:
        return f"No difference: {rows}"
    if reckoned:
        relation = "higher" if first.value > second.value else "lower"
        apart = f"{reckoned[0]} ({reckoned[1]})" if len(reckoned) > 1 else reckoned[0]
        return f"{first.label}: {first.measure} {apart} {relation} than that of {second.label}. {rows}"
    higher = first if first.value > second.value else second
    if task.request.more is not None and task.request.yes_no and not task.request.either:
        return f"{'Yes' if _is_so(task, first, second) else 'No'}: {rows}"
    return f"{higher.label} is higher. {rows}"


def _is_so(task: Task, first: Number, second: Number) -> bool:
    return {
        ">": first.value > second.value, ">=": first.value >= second.value,
        "<": first.value < second.value, "<=": first.value <= second.value,
    }.get(task.request.more or "", first.value == second.value)  # fmt: skip


def _list(task: Task, result: ResultSet) -> str:
    return f"{_heading(task, result)}{_named(result)}"


def _filter(task: Task, result: ResultSet) -> str:
    if not result.matched:
        return f"None of the {_rows(task, result.total)} has {_condition_text(task, result)}."
    have = "has" if result.matched == 1 else "have"
    return f"{_rows(task, result.matched)} {have} {_condition_text(task, result)}:{_named(result)}"


def _count(task: Task, result: ResultSet) -> str:
    if not task.request.thresholds:
        names = dict.fromkeys(map(task.label, result.rows))
        named = f": {'; '.join(names)}" if 0 < result.matched == len(names) <= IN_LINE else ""
        return f"{_rows(task, result.matched)}{named}."
    have = "has" if result.matched == 1 else "have"
    return f"{result.matched:,} of {_rows(task, result.total)} {have} {_condition_text(task, result)}."


def _share(task: Task, result: ResultSet) -> str:
    return (
        f"{result.numbers[0]} ({result.matched:,} of {_rows(task, result.total)}) have {_condition_text(task, result)}."
    )


def _rank(task: Task, result: ResultSet) -> str:
    if task.request.nth is not None and task.request.nth > 1:
        return _nth(task, result, task.request.nth)
    order, wanted = "highest" if task.request.descending else "lowest", task.wanted[0]
    if len(result.numbers) == 1:
        number = result.numbers[0]
        return f"{number.label} has the {order} {wanted.label}: {number}."
    return _lines(f"By {wanted.label}, {order} first:", result)


def _nth(task: Task, result: ResultSet, place: int) -> str:
    order, wanted = f"number {place} from the {'top' if task.request.descending else 'bottom'}", task.wanted[0]
    if len(result.numbers) == 1:
        number = result.numbers[0]
        return f"{number.label} is {order} by {wanted.label}: {number}."
    return _lines(f"By {wanted.label}, {order}:", result)


def _lines(heading: str, result: ResultSet) -> str:
    return "\n".join([heading, *(f"{n.label}: {n}" for n in result.numbers[:MAX_NAMED])])


def _position(task: Task, result: ResultSet) -> str:
    place, number = result.numbers
    end = "highest" if task.request.descending else "lowest"
    return f"{number.label} is number {place.value} of {result.total:,} by {number.measure}, {end} first: {number}."


def _range(task: Task, result: ResultSet) -> str:
    low, high = sorted(result.numbers, key=lambda number: number.value)
    return f"The {low.measure} runs from {low} ({low.label}) to {high} ({high.label}) over {_rows(task, result.total)}."


def _reduced(task: Task, result: ResultSet) -> str:
    return f"The {result.numbers[0].measure} over {_rows(task, result.total)} is {result.numbers[0]}."


_WORDINGS: dict[str, Callable[[Task, ResultSet], str]] = {
    "look-up": _look_up, "compare": _compare, "list": _list, "filter": _filter, "count": _count, "share": _share,
    "rank": _rank, "position": _position, "range": _range, "mean": _reduced, "median": _reduced, "sum": _reduced,
}  # fmt: skip


def _heading(task: Task, result: ResultSet) -> str:
    return f"{task.wanted[0].label.capitalize()} of {_rows(task, result.matched)}:"


def _rows(task: Task, count: int) -> str:
    """ "28 areas": rows as what they are about."""
    ranged = task.scope.ranged
    role = ranged.role if ranged is not None else ""
    states = ranged is not None and role == ColumnRole.PLACE and ranged.kinds() - {"nation"} == {"state"}
    name = "state" if states else ROWS.get(role, "row")
    return f"{count:,} {name}{'' if count == 1 else 's'}"


def _named(result: ResultSet) -> str:
    """The rows with their numbers: a few in the sentence, more as a list of a line each."""
    numbers = result.numbers[:MAX_NAMED]
    rest = f"and {result.matched - len(numbers):,} more" if result.matched > len(numbers) else ""
    if len(numbers) <= IN_LINE:
        return f" {'; '.join(f'{n.label} ({_in_full(n, result)})' for n in numbers)}."
    return "\n" + "\n".join([*(f"{n.label}: {_in_full(n, result)}" for n in numbers), *([rest] if rest else [])])


def _in_full(number: Number, result: ResultSet) -> str:
    """A number, and what it comes to by the period of the limit that it is held against: "$23.51 per hour"."""
    currency, _, own = (number.unit or "").partition("/")
    for limit in result.limits:
        unit, _, period = (limit.unit or "").partition("/")
        if unit == currency and own in WORKING_HOURS and period in WORKING_HOURS and period != own:
            return f"{number}, {amount(converted(number.value, own, period), limit.unit)}"
    return str(number)


def _conditions(task: Task, result: ResultSet) -> str:
    limits = zip(task.request.thresholds, result.limits, strict=False)
    return " and ".join(f"{COMPARED[t.comparison]} {_limit(t, limit)}" for t, limit in limits)


def _condition_text(task: Task, result: ResultSet) -> str:
    """ "median above $24.00 per hour": the measure once, then again only where another follows."""
    parts, before = [], ""
    if (low_high := _both_ends(task, result)) is not None:
        return low_high
    for threshold, limit in zip(task.request.thresholds, result.limits, strict=False):
        own = next((w.label for w in task.wanted if threshold.measure in (w.asked, w.measure)), task.wanted[0].label)
        named = "" if own == before else f"{_article(own)} {own} "
        parts.append(f"{named}{COMPARED[threshold.comparison]} {_limit(threshold, limit)}")
        before = own
    return " and ".join(parts)


def _both_ends(task: Task, result: ResultSet) -> str | None:
    """ "A median between $16.00 and $17.00 per hour"."""
    thresholds = task.request.thresholds
    plain = len({t.measure for t in thresholds}) == 1 and all(t.reference is None for t in thresholds)
    if not plain or [t.comparison for t in thresholds] != [">=", "<="]:
        return None
    label = task.wanted[0].label
    low, high = (str(limit) for limit in result.limits)
    _, space, unit = high.partition(" ")
    return f"{_article(label)} {label} between {low.removesuffix(space + unit)} and {high}"


def _article(word: str) -> str:
    return "an" if word[:1] in "aeio" else "a"


def _limit(threshold: Threshold, limit: Number) -> str:
    return f"that of {limit.label} ({limit})" if threshold.reference is not None else str(limit)


def _joined(parts: Sequence[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]
