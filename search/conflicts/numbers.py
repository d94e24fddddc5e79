"""Numbers in figures and words, and the units that they are counted in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal

Kind = Literal[
    "duration", "money", "percent", "count", "age", "length", "weight", "speed", "temperature", "clock", "date", "year"
]

_ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_ONES += ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
NUMBERS: Final[Mapping[str, int]] = {word: n for n, word in enumerate(_ONES)} | {
    word: 10 * n for n, word in enumerate(_TENS, 2)
}
SCALES: Final[Mapping[str, float]] = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_FIRST_HALF = ["january", "february", "march", "april", "may", "june"]
MONTHS: Final = [*_FIRST_HALF, "july", "august", "september", "october", "november", "december"]

_DURATION: Mapping[str, float] = {
    "second seconds": 1 / 3600,
    "minute minutes min mins": 1 / 60,
    "hour hours hr hrs": 1.0,
    "day days": 24.0,
    "week weeks": 168.0,
    "fortnight fortnights": 336.0,
    "month months": 730.5,
    "year years yr yrs": 8766.0,
    "decade decades": 87660.0,
}
_LENGTH: Mapping[str, float] = {
    "mm": 0.001,
    "cm centimetres centimeters": 0.01,
    "m metres meters metre meter": 1.0,
    "km kilometres kilometers": 1000.0,
    "inch inches": 0.0254,
    "foot feet ft": 0.3048,
    "yards": 0.9144,
    "mile miles": 1609.344,
}
_WEIGHT: Mapping[str, float] = {
    "kg kilograms kilos kilogram": 1.0,
    "g grams": 0.001,
    "lb lbs pounds": 0.45359237,
    "tonnes tons": 1000.0,
}
_KINDS: tuple[tuple[Kind, Mapping[str, float]], ...] = (
    ("duration", _DURATION),
    ("length", _LENGTH),
    ("weight", _WEIGHT),
    ("percent", {"% percent per-cent": 1.0}),
    ("money", {"dollars dollar usd euros euro eur gbp": 1.0, "cents": 0.01}),
    ("speed", {"mph": 1.609344, "km/h kph": 1.0}),
    ("temperature", {"degrees °c °f ° celsius fahrenheit": 1.0}),
)
UNITS: Final[Mapping[str, tuple[Kind, float]]] = {
    unit: (kind, size) for kind, sizes in _KINDS for names, size in sizes.items() for unit in names.split()
}
"""Unit to its kind and its size in the kind's base: hours, metres, kilograms, km/h."""
UNIT_NAMES: Final = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
"""The units as a part of a regular expression."""

_IN_WORDS = (
    rf"(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES[1:10])}))?|{'|'.join(sorted(_ONES, key=len, reverse=True))}"
)
_IN_FIGURES = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
NUMBER: Final = rf"(?:[$€£]\s?)?(?:{_IN_FIGURES}|(?:{_IN_WORDS})\b)(?:\s?(?:{'|'.join(SCALES)})\b)?"
"""A number, in figures or words, as a part of a regular expression."""


def value(text: str) -> float:
    """What a number means that ``NUMBER`` found: "1,200", "$4.50", "forty-five", "2 million", "a", "half an"."""
    if "quarter" in text.casefold():
        return 0.25
    words = re.sub(r"[$€£,]", "", text.casefold()).replace("-", " ").split()
    factor = SCALES[words.pop()] if words[-1] in SCALES else 1.0
    if words[0] in ("a", "an", "half"):
        return 0.5 if words[0] == "half" else 1.0
    number = float(words[0]) if words[0][0].isdigit() else float(sum(NUMBERS[word] for word in words))
    return number * factor
