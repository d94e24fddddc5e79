"""Numbers in figures and words, and the units that they are counted in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from ..lang.lexicon import lexicon


class QuantityKind(StrEnum):
    """What a quantity is an amount of, or that it is a moment."""

    DURATION = "duration"
    MONEY = "money"
    PERCENT = "percent"
    COUNT = "count"
    AGE = "age"
    LENGTH = "length"
    WEIGHT = "weight"
    VOLUME = "volume"
    SPEED = "speed"
    TEMPERATURE = "temperature"
    CLOCK = "clock"
    DATE = "date"
    YEAR = "year"


_QUANTITIES = lexicon("quantities")
_ONES = _QUANTITIES.ordered("ones")
_TENS = _QUANTITIES.ordered("tens")
_ORDINAL = re.compile(r"(\d{1,3})(?:st|nd|rd|th)")
HALF: Final = _QUANTITIES.words("half")
ONE_OF: Final = _QUANTITIES.words("one of a unit")
ORDINALS: Final[Mapping[str, int]] = {word: n for n, word in enumerate(_QUANTITIES.ordered("ordinals"), 1)}
NUMBERS: Final[Mapping[str, int]] = {word: n for n, word in enumerate(_ONES)} | {
    word: 10 * n for n, word in enumerate(_TENS, 2)
}
SCALES: Final[Mapping[str, float]] = {word: float(size) for word, size in _QUANTITIES.meanings("scales").items()}
SHORT_SCALES: Final[Mapping[str, float]] = {
    word: float(size) for word, size in _QUANTITIES.meanings("short scales").items()
}
"""What stands for them in tables, where "m" is no metre."""


def _unit(meant: str) -> tuple[QuantityKind, float]:
    kind, _, size = meant.partition(" ")
    return QuantityKind(kind), quotient(size)


def ordinal_in_figures(word: str) -> int | None:
    """The number that a folded word such as "3rd" says, of at most three figures; None for another word."""
    found = _ORDINAL.fullmatch(word)
    return int(found[1]) if found else None


def quotient(text: str) -> float:
    """The number that "0.01" and "1/60" are."""
    part, _, whole = text.partition("/")
    return float(part) / float(whole or 1)


UNITS_SAID: Final[Mapping[str, tuple[QuantityKind, float]]] = {
    name: _unit(meant) for name, meant in _QUANTITIES.meanings("units").items()
}
"""Unit to its kind and its size in the kind's base: hours, metres, kilograms, litres, km/h."""
UNIT_NAMES: Final = "|".join(sorted(map(re.escape, UNITS_SAID), key=len, reverse=True))
"""The units as a part of a regular expression."""

FRACTIONS: Final = {said: quotient(share) for said, share in _QUANTITIES.meanings("fractions").items()}
"""Shares that are written in words."""
_SHARES: Final = "|".join(sorted((said for said in FRACTIONS if " " in said), key=len, reverse=True))
PART_OF_UNIT: Final = rf"(?:{_SHARES}|quarter) of an?(?=\s(?:{UNIT_NAMES})\b)|half an?(?=\s(?:{UNIT_NAMES})\b)"
"""A part of one unit, as a part of a regular expression: "three quarters of an"."""
_PART = re.compile(rf"({_SHARES}) of\b", re.IGNORECASE)

_IN_WORDS = (
    rf"(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES[1:10])}))?|{'|'.join(sorted(_ONES, key=len, reverse=True))}"
)
IN_FIGURES: Final = r"(?:(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?|(?<![\d.])\.\d+)"
"""A number in figures, as a part of a regular expression: 1,250 and 3.5 and .5."""
YEAR: Final = r"(?:19|20)\d\d"
"""A year of our time, as a part of a regular expression."""
IN_YEARS: Final = re.compile(rf"(?<!\d){YEAR}(?!\d)")
PLAIN_NUMBER: Final = re.compile(r"\d{1,15}(?:\.\d{1,15})?")
"""A folded word that is a number, and none so long that arithmetic would round it."""
NUMBER: Final = rf"(?:[$€£]\s?)?(?:{IN_FIGURES}|(?:{_IN_WORDS})\b)(?:\s?(?:{'|'.join(SCALES)})\b)?"
"""A number, in figures or words, as a part of a regular expression."""


def value(text: str) -> float:
    """What a number means that ``NUMBER`` found: "1,200", "$4.50", "forty-five", "2 million", "a", "half an"."""
    if (share := _PART.match(text)) is not None:
        return FRACTIONS[share[1].casefold()]
    if text.casefold().startswith("quarter"):
        return 0.25
    words = re.sub(r"[$€£,]", "", text.casefold()).replace("-", " ").split()
    factor = SCALES[words.pop()] if words[-1] in SCALES else 1.0
    if words[0] in HALF:
        return 0.5
    if words[0] in ONE_OF:
        return 1.0
    number = float(words[0]) if words[0][-1].isdigit() else float(sum(NUMBERS[word] for word in words))
    return number * factor
