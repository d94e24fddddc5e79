"""Readings scored by a log-linear model, computed, and compared: what is likeliest, and how likely."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from ...params import PARAMS
from .algebra import Filter, Select
from .beam import Beam, Hypothesis
from .executor import Computed
from .families.generator import candidates
from .features import NO_READING, Features, Group

COMPUTED = PARAMS.reading_model.computed
Weigh = Callable[[str], float]


class Reading(NamedTuple):
    """A reading with what it comes to; ``score`` is the logarithm of how likely it is, up to a constant."""

    beam: Beam
    candidate: Hypothesis
    computed: Computed
    score: float
    explained: int
    """The words of the question that it gives a meaning to, as bits."""

    @property
    def left_out(self) -> int:
        """Words that carry meaning and that it leaves out, as bits; what the table's titles say is none of them."""
        return self.beam.asked.content & ~(self.explained | self.beam.titled)

    @property
    def result(self) -> object:
        """What two readings have in common that come to the same: of one table what comes out, and of several a fact
        that each of them tells to the same words."""
        items = frozenset(self.computed.items)
        value = self.candidate.value
        if isinstance(value, Select) and isinstance(value.rows, Filter):
            return items, self.candidate.operation, self.left_out
        return items, id(self.beam.view)


class Outcome(NamedTuple):
    """One result, the readings that come to it, the likeliest first, and the probability that it is right."""

    readings: tuple[Reading, ...]
    probability: float

    @property
    def best(self) -> Reading:
        """Its likeliest reading."""
        return self.readings[0]


class Scored(NamedTuple):
    """A table's readings, and how much speaks for none of them."""

    readings: tuple[Reading, ...]
    nothing: float


def score(beam: Beam, weigh: Weigh) -> Scored:
    """The readings of a question on one table."""
    features = Features(beam)
    known: dict[Group, float] = {}

    def weight(group: Group) -> float:
        if group not in known:
            known[group] = sum(map(weigh, features.names(group)))
        return known[group]

    ranked = [(sum(map(weight, features.groups(c))), -n, c) for n, c in enumerate(candidates(beam))]
    ranked.sort(reverse=True, key=lambda scored: scored[:2])
    found = []
    for before, _, candidate in ranked[:COMPUTED]:
        computed = beam.run.run(candidate.value)
        if computed is not None:
            gained = sum(map(weight, features.groups_of_result(candidate, computed)))
            found.append(Reading(beam, candidate, computed, before + gained, features.explained(candidate)))
    return Scored(tuple(found), weight(NO_READING))


def outcomes(tables: Sequence[Scored]) -> list[Outcome]:
    """The results of all readings of all tables, the likeliest first; readings with the same result are one."""
    everything = _competing([reading for table in tables for reading in table.readings])
    if not everything:
        return []
    nothing = min(table.nothing for table in tables)
    top = max(nothing, *(reading.score for reading in everything))
    total = math.exp(nothing - top) + sum(math.exp(reading.score - top) for reading in everything)
    same: dict[object, list[Reading]] = {}
    for reading in sorted(everything, key=lambda reading: -reading.score):
        same.setdefault(reading.result, []).append(reading)
    found = [Outcome(tuple(some), _mass(some, top) / total) for some in same.values()]
    return sorted(found, key=lambda outcome: -outcome.probability)


def _competing(readings: Sequence[Reading]) -> list[Reading]:
    """Without readings of other tables than the likeliest's that leave out what it leaves out, and more besides: they
    only have in part what is asked for."""
    best = max(readings, key=lambda reading: reading.score, default=None)
    return [
        reading
        for reading in readings
        if best is None or reading.beam is best.beam or not is_part(reading.left_out, best.left_out)
    ]


def is_part(left_out: int, of_best: int) -> bool:
    """Whether one leaves out all that another leaves out, and more."""
    return left_out != of_best and left_out & of_best == of_best


def _mass(readings: Iterable[Reading], top: float) -> float:
    return sum(math.exp(reading.score - top) for reading in readings)
