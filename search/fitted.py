"""The numbers that steer answers: the weights of all signals and a few bounds, fitted and frozen.

``bench/fit_reader.py``, ``bench/fit_conflicts.py``, ``bench/fit_answerers.py`` and ``bench/fit_readings.py`` write
fitted.json from questions that other people asked, and ``bench/claims.py`` from claims; nothing else does.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

SHARED = ("clash", "answerers", "claims", "readings")
"""What is the same for both kinds of index."""


class FittedReadings(NamedTuple):
    """When a reading of a question against a table is given. What its features count stands in weights.bin beside the
    code that reads it: there are 165,000."""

    answered: float = 1.0
    """The confidence from which on a reading is answered."""
    offered: float = 1.0
    """The probability from which on readings are offered as choices."""
    confidence: Mapping[str, float] = MappingProxyType({})
    """What the signals count that tell how likely a reading is right."""


class Fitted(NamedTuple):
    """Weights by the name of the signal: for ranking, choosing, telling what is right or contradicted."""

    passage: Mapping[str, float]
    sentence: Mapping[str, float]
    right: Mapping[str, float]
    price: float
    """The chance that a further word of a quote must bring."""
    least: float
    """The probability of being right from which on an answer is given."""
    clash: Mapping[str, float] = MappingProxyType({})
    """Weights for telling whether two guides contradict each other, and the probability from which on that is said."""
    answerers: Mapping[str, Mapping[str, float]] = MappingProxyType({})
    """Weights for telling how likely an answerer's finding is right: by the answerer."""
    claims: Mapping[str, Mapping[str, float]] = MappingProxyType({})
    """The same for telling whether a quote supports, or contradicts, what somebody else wrote: by the verdict."""
    readings: FittedReadings = FittedReadings()


@cache
def fitted(*, semantic: bool = False) -> Fitted:
    """The numbers for an index with vectors, or without."""
    found = json.loads(Path(__file__).with_name("fitted.json").read_text(encoding="utf-8"))
    kind = "semantic" if semantic else "lexical"
    return Fitted(
        **found[kind],
        clash=found["clash"][kind],
        answerers=found["answerers"],
        claims=found["claims"],
        readings=FittedReadings(**found["readings"]),
    )
