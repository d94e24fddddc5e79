"""How likely a result is right, given what is known of its likeliest reading: a calibrated probability.

Over tables that nothing was fitted on, a probability of readings says too much where words of the question are left
out, and more or less by the kind of the answer. ``bench/fit_readings.py`` fits how much, on tables kept apart.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from ...params import PARAMS
from . import algebra as a
from .features import SOFT, left_beside
from .linking.link import How
from .scoring import Outcome, Reading

CERTAIN_READING = 1e-4
"""What a probability may lack to nought and one."""
MOST_LEFT = PARAMS.reading_model.words_left_out
SIGNALS = (
    "words left out", "word left out beside a name", "name not exact", "text", "count", "computed", "yes or no",
    "ordered by what is not named", "other column named",
)  # fmt: skip
"""What is known of a reading beside how likely it is, by name."""


def confidence(outcome: Outcome, fitted: Mapping[str, float]) -> float:
    """The probability that a result is right."""
    return calibrated(outcome.probability, signals(outcome.best), fitted)


def calibrated(probability: float, said: Mapping[str, float], fitted: Mapping[str, float]) -> float:
    """The probability as the fitted signals change it."""
    total = fitted["all"] + fitted["likely"] * log_odds(probability)
    total += sum(fitted[name] * value for name, value in said.items())
    return 1 / (1 + math.exp(-total))


def log_odds(probability: float) -> float:
    """Of a probability that is neither nought nor one."""
    probability = min(1 - CERTAIN_READING, max(CERTAIN_READING, probability))
    return math.log(probability / (1 - probability))


def signals(reading: Reading) -> dict[str, float]:
    """What is known of a reading beside how likely it is."""
    candidate, beam = reading.candidate, reading.beam
    links = candidate.chosen.links
    left = reading.left_out
    ordered = candidate.order >= 0 and not beam.heads[candidate.order].score
    values = (
        min(MOST_LEFT, left.bit_count()),
        any(any(left_beside(x, left)) for x in links if x.how in SOFT),
        any(link.how in SOFT for link in links),
        isinstance(candidate.value, a.Select) and is_text(reading),
        isinstance(candidate.value, a.Count | a.Distinct),
        isinstance(candidate.value, a.Reduce | a.Pair | a.Across | a.Scaled),
        isinstance(candidate.value, a.Holds),
        ordered,
        _names_another(reading),
    )
    return dict(zip(SIGNALS, map(float, values), strict=True))


def _names_another(reading: Reading) -> bool:
    """Whether the question names another column as well as the one that is shown or computed over."""
    candidate, heads, columns = reading.candidate, reading.beam.heads, reading.beam.view.columns
    place = candidate.select if candidate.select >= 0 else candidate.order
    if place < 0:
        return False
    used = {place, *(link.column for link in candidate.chosen.links)}
    return any(
        heads[other.place].score >= heads[place].score and other.kind == columns[place].kind
        for other in reading.beam.view.visible
        if other.place not in used
    )


def is_text(reading: Reading) -> bool:
    """Whether words come out, or yes or no, and no row was chosen by a number."""
    by_number = reading.candidate.order >= 0 or any(x.how == How.COMPARED for x in reading.candidate.chosen.links)
    return not by_number and not isinstance(reading.computed.items[0], float)
