"""What must hold of a reading before it is given, however likely it is: it keeps what counts, and makes sense."""

from __future__ import annotations

from collections.abc import Callable

from ...text.measures import is_statistic
from .algebra import Count, Reduce, Reduction, Select, Which
from .linking.link import How
from .scoring import Reading
from .vocabulary import Trigger, word_list
from .wording import QuestionKind

COMPARING = (Trigger.MORE, Trigger.LESS, Trigger.MOST, Trigger.ENDS, Trigger.DIFFERENCE)
"""What words ask for that hold one thing against another."""
ADDED_UP: Reduction = "sum"
PER = "per "
"""What the unit of numbers begins with that are so many of each hundred, or thousand."""


def keeps_what_counts(reading: Reading) -> bool:
    """Whether every number, month and weekday of the question, every word that names an operation and every "not" is
    given a meaning."""
    asked, operators = reading.beam.asked, word_list("operators")
    numbers = (figure for figure in asked.figures if asked.words[figure.first][0].isdigit())
    explained = reading.explained | reading.beam.titled
    return (
        not any(word in operators for word in words_left_out(reading))
        and not any(figure.bits & ~explained for figure in numbers)
        and not any(1 << place & ~explained for place in asked.moments)
        and (word_list("negations").isdisjoint(asked.words) or _negates(reading))
        and not (asked.kind == QuestionKind.IS and _names_what_is_named(reading))
    )


def _names_what_is_named(reading: Reading) -> bool:
    """Whether the answer is the very name by which its row was found: that says neither yes nor no."""
    value, links = reading.candidate.value, reading.candidate.chosen.links
    return isinstance(value, Select) and bool(links) and all(link.column == value.column for link in links)


def _negates(reading: Reading) -> bool:
    """Whether a reading leaves rows out, or chooses those that say no."""
    chosen = reading.candidate.chosen
    return chosen.rows.negated is not None or any(link.how in (How.FLAG_NO, How.BLANK) for link in chosen.links)


def words_left_out(reading: Reading) -> list[str]:
    """Words that carry meaning and that the reading leaves out."""
    left = reading.left_out
    return [word for n, word in enumerate(reading.beam.asked.words) if left >> n & 1]


def makes_sense(reading: Reading) -> bool:
    """Whether what is computed can be meant."""
    return not any(objection(reading) for objection in _OBJECTIONS)


def _adds_up_statistics(reading: Reading) -> bool:
    """The medians of several rows have no sum."""
    value, columns = reading.candidate.value, reading.beam.view.columns
    return isinstance(value, Reduce) and value.how == ADDED_UP and is_statistic(columns[value.column].measure)


def _compares_unasked(reading: Reading) -> bool:
    """ "Actuaries or statisticians in Iowa": that two are named does not ask which has more."""
    asked = reading.beam.asked
    is_compared = any(map(reading.beam.asks, COMPARING)) or bool(reading.beam.asks(Trigger.OR) & asked.content)
    return isinstance(reading.candidate.value, Which) and not is_compared and not asked.value_types


def _counts_an_order(reading: Reading) -> bool:
    """ "States by number of actuaries": a number that things are put in order by is not asked for."""
    asked, counting = reading.beam.asked, reading.candidate.words
    leading = (word in word_list("leads to an order") for word in asked.words)
    return isinstance(reading.candidate.value, Count) and any(
        leads and counting >> n & 1 for n, leads in enumerate(leading, 1)
    )


def _gives_no_reason(reading: Reading) -> bool:
    """A number is no answer to "why"."""
    return reading.beam.asked.kind == QuestionKind.WHY and isinstance(reading.computed.items[0], float)


def _takes_a_rate_for_a_number(reading: Reading) -> bool:
    """ "Jobs in Ohio" are not so many of a thousand, where the question says no more of the head."""
    candidate, beam = reading.candidate, reading.beam
    return any(
        (beam.view.columns[place].unit or "").startswith(PER) and beam.heads[place].level != "full"
        for place in (candidate.select, candidate.order)
        if place >= 0
    )


_OBJECTIONS: tuple[Callable[[Reading], bool], ...] = (
    _adds_up_statistics,
    _compares_unasked,
    _counts_an_order,
    _gives_no_reason,
    _takes_a_rate_for_a_number,
)
