"""Which figure a question asks for: a duration, an age, an amount of money, a count of something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from ..lang.lexicon import lexicon
from ..params import PARAMS
from ..query.query import Question
from ..text.number_words import UNITS_SAID, QuantityKind
from ..text.tokenizer import QUESTION_WORDS, STOP_WORDS, stem
from .stance_words import OBLIGATION, TO_OBLIGES

_FIGURES = lexicon("figures")


class Sought(NamedTuple):
    """The figure that is asked for: any of these kinds."""

    kinds: frozenset[QuantityKind]
    counted: frozenset[str]
    """Stems of what is counted, where a count is asked for."""
    bounding: bool
    """Whether a bound is asked for: how old one must be, how long one may stay."""
    in_units: bool = False
    """Whether it is asked in a unit of time: how many hours."""
    permitted: bool = False
    """Whether it is asked how much may be, so that every figure of what may be is a bound."""


def _kinds(section: str) -> Mapping[str, frozenset[QuantityKind]]:
    return {
        word: frozenset(map(QuantityKind, kinds.split()))
        for words, kinds in _FIGURES.pairs(section)
        for word in words.split()
    }


MANNER_WORDS: Final = _FIGURES.words("manner")
COUNTING: Final = _FIGURES.words("counting")
AMOUNT_OF: Final = _FIGURES.words("amount of")
DISTANT: Final = _FIGURES.words("distant")
IN_ADVANCE: Final = _FIGURES.words("in advance")
"""Behind "how far" they ask for a time."""
SIZED: Final = _FIGURES.words("sized")
"""Before money they ask for an amount of it: "how high is the fee"."""
MOMENT: Final = _FIGURES.words("moment")
YEARLY: Final = _FIGURES.words("year asked for")
AGED: Final = _FIGURES.words("age asked for")
HOW: Final = _kinds("how")
"""What "how …" asks for."""
ATTRIBUTES: Final = _kinds("attributes")
"""What "what is the …" asks for."""
WHAT: Final = _FIGURES.words("what")
LEADING_WORDS: Final = _FIGURES.words("leading")
"""They may stand before "what": "by what percentage"."""
HAPPENED: Final = _FIGURES.words("happened")
"""Behind "when" they ask for a year."""
ANY: Final = _FIGURES.words("any")
"""Words that ask for a figure of whatever kind."""
SPENT: Final = _FIGURES.words("spent")
"""Of these, "how much" asks for a duration."""
BOUNDING: Final = _FIGURES.words("bounding")
PERMITTING: Final = _FIGURES.words("permitting")
LIMITED: Final[frozenset[QuantityKind]] = frozenset(
    {QuantityKind.COUNT, QuantityKind.DURATION, QuantityKind.LENGTH, QuantityKind.WEIGHT, QuantityKind.SPEED}
)
"""Kinds of figures that are a limit where it is asked how much may be."""
MEASURE_WORDS: Final = _FIGURES.words("measures")
"""Words of a question that say which figure, not of what."""


def sought(question: Question) -> Sought | None:
    """Which figure a question asks for; None where it asks for none."""
    said = [term.word for term in question.terms]
    found = _figure(said)
    return found._replace(permitted=not PERMITTING.isdisjoint(said)) if found is not None else None


def _figure(said: Sequence[str]) -> Sought | None:
    bounding = any(w in OBLIGATION or w in TO_OBLIGES or w in BOUNDING for w in said)
    if (at := next((n for n, word in enumerate(said[:-1]) if word in MANNER_WORDS), None)) is not None:
        return _how(said[at + 1], said[at + 2 :], bounding)
    said = said[1:] if said[0] in LEADING_WORDS and said[1:2] and said[1] in WHAT else said
    if said[0] in WHAT or said[0] in ATTRIBUTES:
        return _what(said, bounding)
    return None


def _how(word: str, after: Sequence[str], bounding: bool) -> Sought | None:
    if word in COUNTING:
        return _how_many([w for w in after if w not in STOP_WORDS], bounding)
    kinds = HOW["soon"] if word in DISTANT and not IN_ADVANCE.isdisjoint(after) else HOW.get(word)
    if word in AMOUNT_OF and after and after[0] not in STOP_WORDS | QUESTION_WORDS | ATTRIBUTES.keys() | SPENT:
        return Sought(HOW["much"] | {QuantityKind.COUNT}, frozenset({stem(after[0])}), bounding)
    if word in AMOUNT_OF and not SPENT.isdisjoint(after):
        kinds = HOW["soon"]
    if word in SIZED and any(QuantityKind.MONEY in ATTRIBUTES.get(w, ()) for w in after):
        kinds = ATTRIBUTES["cost"]
    return Sought(kinds, frozenset(), bounding) if kinds else None


def _how_many(after: Sequence[str], bounding: bool) -> Sought:
    """How many hours is a duration, and so is how many vacation days; how many questions is a count."""
    unit = next((n for n, word in enumerate(after[: PARAMS.conflicts.named_before]) if word in UNITS_SAID), None)
    if unit is None:
        return Sought(frozenset({QuantityKind.COUNT}), frozenset(map(stem, after[:1])), bounding)
    return Sought(frozenset({UNITS_SAID[after[unit]][0]}), frozenset(map(stem, after[:unit])), bounding, in_units=True)


def _what(said: Sequence[str], bounding: bool) -> Sought | None:
    """The first word that names an attribute decides; "when did" and "what year" ask for a year."""
    if said[1:2] and ((said[0] in MOMENT and said[1] in HAPPENED) or said[1] in YEARLY):
        return Sought(frozenset({QuantityKind.YEAR}), frozenset(), bounding)
    for word in said:
        if word in ATTRIBUTES:
            return Sought(ATTRIBUTES[word], frozenset(), bounding)
    kinds = ATTRIBUTES["limit"] - ({"age"} if AGED.isdisjoint(said) else frozenset())
    return Sought(kinds, frozenset(), bounding) if not ANY.isdisjoint(said) else None
