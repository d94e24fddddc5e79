"""One scale for what several answerers find: the probability that a finding is right.

Tables, lists and contradictions that are understood to the last word bring no number of their own; a sentence is less
often right where a table has spoken before. ``bench/fit_answerers.py`` fits what each counts, on questions of training
parts, and writes it into fitted.json.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from ..model import Finding, Status

CERTAIN = 0.001
"""What a probability may lack to nought and one."""
Weights = Mapping[str, Mapping[str, float]]
"""By the answerer's name, what each signal counts."""


def chance(name: str, finding: Finding, before: Iterable[tuple[str, Finding]], weights: Weights) -> float:
    """The probability that a finding is right, after what other answerers found before; of a refusal, that what it
    would have answered is."""
    if finding.status == Status.NOT_FOUND and finding.confidence is None:
        return 0.0
    own = weights.get(name, {})
    score = sum(own.get(signal, 0.0) * value for signal, value in signals(finding, before))
    return 1 / (1 + math.exp(-score))


def signals(finding: Finding, before: Iterable[tuple[str, Finding]]) -> Iterator[tuple[str, float]]:
    """What is known of a finding, by name: how sure its answerer is, and what others found."""
    yield ("exact", 1.0) if finding.confidence is None else ("said", log_odds(finding.confidence))
    yield from ((f"beside {other}, {bearing(found)}", _weight(found)) for other, found in before)


def _weight(found: Finding) -> float:
    """What another answerer's finding counts: an answer as much as it is sure of it."""
    return 1.0 if found.status == Status.NOT_FOUND or found.confidence is None else found.confidence


class Bearing(StrEnum):
    """What a finding means for those that come after it."""

    ANSWERING = "answering"
    REFUSING = "refusing"
    OFFERING = "offering"
    """It does not answer, but brings what may be meant, or comes nearest."""


def bearing(finding: Finding) -> Bearing:
    """What a finding means for those after it; a refusal without a probability is meant as one."""
    if finding.status != Status.NOT_FOUND:
        return Bearing.ANSWERING
    return Bearing.REFUSING if finding.confidence is None else Bearing.OFFERING


def log_odds(probability: float) -> float:
    """Of a probability that is neither nought nor one."""
    bounded = min(max(probability, CERTAIN), 1 - CERTAIN)
    return math.log(bounded / (1 - bounded))
