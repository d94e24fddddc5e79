"""The readings of a question that a table allows, a bounded number of them.

Which families are tried is opened by loose words; which reading is meant, the weights decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from ....params import PARAMS
from .. import algebra as a
from ..beam import Beam, Hypothesis
from ..vocabulary import Trigger
from ..wording import QuestionKind
from . import number_families as number
from . import pair_families as pair
from . import row_families as row

MOST_READINGS = PARAMS.reading_model.readings
FAMILY_TURN = PARAMS.reading_model.family_turn


def candidates(beam: Beam) -> list[Hypothesis]:
    """Readings of all families, a few of each in turn, so that none crowds out another."""
    found: dict[tuple[a.Value, int], Hypothesis] = {}
    families = list(_families(beam))
    while families and len(found) < MOST_READINGS:
        unfinished = []
        for family in families:
            some = list(islice(family, FAMILY_TURN))
            for candidate in some:
                found.setdefault((candidate.value, candidate.chosen.words), candidate)
            if len(some) == FAMILY_TURN:
                unfinished.append(family)
        families = unfinished
    return list(found.values())


def _families(beam: Beam) -> Iterator[Iterator[Hypothesis]]:
    asks = beam.asked.triggers
    yield row.selections(beam)
    if Trigger.COUNT in asks and not beam.asks_for_a_unit:
        yield number.counts(beam)
    if Trigger.COUNT in asks and Trigger.BEYOND in asks:
        yield number.counts_beyond(beam)
    if Trigger.MOST in asks or Trigger.ENDS in asks or Trigger.SORT in asks:
        yield from (row.ranked(beam), row.ends(beam))
    if Trigger.FREQUENT in asks:
        yield number.frequent(beam)
    for how in _REDUCTIONS:
        if how in asks:
            yield number.reduced(beam, how)
    if beam.asked.periods:
        yield number.converted(beam)
    if Trigger.STEP in asks:
        yield row.neighbours(beam)
    if Trigger.DIFFERENCE in asks:
        yield pair.differences(beam)
    if Trigger.PERCENT in asks:
        yield pair.percentages(beam)
    for added in _ACROSS:
        if added in asks:
            yield number.across(beam, added)
    if Trigger.OR in asks or Trigger.MOST in asks:
        yield pair.which_is_more(beam)
    if Trigger.SAME in asks:
        yield row.alike(beam)
    if Trigger.NOT in asks:
        yield row.negated(beam)
    if Trigger.TIMES in asks:
        yield number.so_many_times(beam)
    if beam.asked.kind == QuestionKind.IS or Trigger.OR in asks:
        yield pair.yes_or_no(beam)


_REDUCTIONS: tuple[a.Reduction, ...] = ("sum", "mean", "median", "range")
_ACROSS: tuple[a.AcrossReduction, ...] = ("sum", "mean")
