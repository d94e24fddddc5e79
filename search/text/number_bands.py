"""Bands: the stretches of numbers that a text limits itself to, as "under 16", "ages 16-17", "jobs of $1 to $500"."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from ..lang.lexicon import lexicon
from .number_words import NUMBERS, QuantityKind
from .quantities import Quantity, quantities
from .quantity_patterns import QuantityBound, patterns
from .tokenizer import QUESTION_WORDS, STOP_WORDS, terms

UNBANDED = ("year", "date", "clock", "percent", "temperature")
"""Kinds of numbers that seldom set groups apart."""
OLDEST_AGE = 120.0
WORDS_BACK = 3
"""Words before a number that may say whose age it is."""
PEOPLE_WORDS = (
    lexicon("scope").words("people")
    | lexicon("scope").words("generic people")
    | lexicon("exclusive_words").meanings("age").keys()
)
ENDING_BANDS = STOP_WORDS | QUESTION_WORDS | lexicon("chat").words("auxiliary")
"""Words behind a number that are not counted by it."""
LEADING_TO_AGE = lexicon("quantities").words("leading to an age")
OF = lexicon("scope").words("before a part")
"""Behind people they lead to how many there are: "families of 3 to 5"."""


@lru_cache(maxsize=2048)
def bands(text: str) -> tuple[Quantity, ...]:
    """The bands of a sentence or heading: ranges and bounds; kept for the next question."""
    if patterns().numbered.search(text) is None:
        return ()
    return tuple(
        _band(q, text) for q in quantities(text) if q.low < q.high and q.bound != QuantityBound.ABOUT and _sets_apart(q)
    )


def points(text: str) -> tuple[Quantity, ...]:
    """The single numbers of a question that may lie in a band: of "a 12 year old", "after 3 years", "under 5"."""
    if not any(term.word[0].isdigit() or term.word in NUMBERS for term in terms(text)):
        return ()
    found = (_band(q, text) for q in quantities(text) if q.bound != QuantityBound.ABOUT and _sets_apart(q))
    return tuple(point for band in found if (point := _end(band)).low == point.high)


def fit(asked: Sequence[Quantity], said: Sequence[Quantity]) -> int:
    """1 where a band that is said holds what is asked, -1 where bands of its kind are said and none does, else 0."""
    compared = [band.holds(point.low) for point in asked for band in said if band.measures(point)]
    return 0 if not compared else 1 if any(compared) else -1


def are_apart(mine: Sequence[Quantity], theirs: Sequence[Quantity]) -> bool:
    """Whether two texts limit themselves to bands of one kind that have nothing in common."""
    compared = [a.is_apart(b) for a in mine for b in theirs if a.measures(b)]
    return bool(compared) and all(compared)


def _end(band: Quantity) -> Quantity:
    """What is bounded on one side, as its end: who asks for those over 65 asks as one of them would."""
    end = band.low if band.high == math.inf else band.high
    return band._replace(low=end, high=end) if band.low == 0 or band.high == math.inf else band


def _sets_apart(quantity: Quantity) -> bool:
    return quantity.kind not in UNBANDED and not quantity.adjective


def _band(quantity: Quantity, text: str) -> Quantity:
    """A quantity as a band; "under 16" leaves 16 out."""
    low, high = quantity.low, quantity.high
    if low < high and patterns().beyond.search(text, 0, quantity.span[0]):
        low, high = (math.nextafter(low, math.inf), high) if high == math.inf else (low, math.nextafter(high, 0))
    kind: QuantityKind = (
        QuantityKind.AGE if quantity.is_a(QuantityKind.COUNT) and _is_age(quantity, text) else quantity.kind
    )
    return quantity._replace(kind=kind, low=low, high=high)


def _is_age(quantity: Quantity, text: str) -> bool:
    """Whether a bare number is an age: that of the people before it, of who is so many, or all that a heading says."""
    before = [term.word for term in terms(text[: quantity.span[0]])][-WORDS_BACK:]
    behind = next((term.word for term in terms(text[quantity.span[1] :])), "")
    if quantity.low == quantity.high:
        alone = not behind or behind in ENDING_BANDS or not text[quantity.span[1] :][:1].isspace()
        return alone and bool(before) and before[-1] in LEADING_TO_AGE
    is_old = (quantity.low if quantity.high == math.inf else quantity.high) <= OLDEST_AGE
    named = any(word in PEOPLE_WORDS for word in before) and OF.isdisjoint(before)
    return is_old and (named or not (behind or before[1:]))
