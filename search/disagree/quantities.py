"""Quantities in a sentence: durations, money, percentages, counts, ages, lengths, times of day, dates, as ranges."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from ..model import Span
from ..words import stem
from .numbers import MONTHS, NUMBER, NUMBERS, UNIT_NAMES, UNITS, Kind, value
from .vocabulary import words

Bound = Literal["exact", "about", "at least", "at most"]

QUANTITY: Final = re.compile(
    rf"(?<![\w.,/])(?P<low>{NUMBER}|an?(?=\s(?:hour|day|week|month|year|minute)\b)|half an?(?=\shour\b))"
    rf"(?:\s?(?:to|and|–|-|—|or)\s?(?P<high>{NUMBER}))?"
    rf"(?:\s?(?P<unit>%|°[cf]?|(?:{UNIT_NAMES})\b)"
    r"|-(?P<joined>second|minute|hour|day|week|month|year|mile|foot|metre|meter)\b)?"
    r"(?P<half>\sand\sa\shalf)?(?!\w)",
    re.IGNORECASE,
)
CLOCK: Final = re.compile(
    r"(?<![\w:$€£])(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s?(?P<half>[ap])\.?m\b", re.IGNORECASE
)
DATE: Final = re.compile(
    rf"(?<!\w)(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month>{'|'.join(MONTHS)})"
    rf"|(?P<month2>{'|'.join(MONTHS)})\s(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d))\b",
    re.IGNORECASE,
)
NUMBERED: Final = re.compile(rf"\d|\b(?:{'|'.join(NUMBERS)}|an?\s(?:hour|day|week|month|year))\b", re.IGNORECASE)
"""What every sentence with a quantity holds."""
YEAR: Final = re.compile(r"(?:19|20)\d\d")
CURRENCY: Final = re.compile(r"[$€£]")
PERIOD: Final = re.compile(
    r"\s?(?:an?|per|each|every|/)\s?(hour|day|week|month|year|credit|class|semester|term|unit)\b", re.IGNORECASE
)
OLD: Final = re.compile(r"[\s-]*(?:years?|yrs?)?[\s-]*(?:old|of age)\b", re.IGNORECASE)
AGED: Final = re.compile(r"(?:aged?|ages|age (?:is|of)|turned?|turning)\W*$", re.IGNORECASE)
OF: Final = re.compile(r"\s+of\s+(?:the |a |an |your )?([^\W\d_]+(?:[\s-][^\W\d_]+){0,2})")
WORD: Final = re.compile(r"[^\W\d_]+")

_BOUNDS: tuple[tuple[Bound, str, str], ...] = (
    (
        "at most",
        "up to|at most|no more than|not more than|maximum(?: of)?|less than|fewer than|under|below|within|until",
        "or (?:less|fewer|under|younger|below)",
    ),
    (
        "at least",
        "at least|minimum(?: of| age)?|more than|over|above|no less than|not less than|from|after",
        r"or (?:more|older|over|above|longer)|and (?:over|up|older|above)|\+",
    ),
    ("about", "about|around|roughly|approximately|nearly|almost|some|circa|close to|an estimated", "or so"),
)
BOUNDS: Final = tuple(
    (bound, re.compile(rf"(?:{before})\W*$", re.IGNORECASE), re.compile(rf"\W*(?:{after})", re.IGNORECASE))
    for bound, before, after in _BOUNDS
)
"""What stands before a number and behind it makes it a bound or a rough figure; the first that fits counts."""
LOOK_BACK, LOOK_AHEAD = 30, 60
"""Code points around a number that say more of it."""
ROUGH = 0.12
"""How far "about 50" may be from what is meant."""
ORDINALS: Final = words("first second third fourth fifth sixth seventh eighth ninth tenth")


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount of one kind: between ``low`` and ``high`` in the kind's base unit."""

    kind: Kind
    low: float
    high: float
    bound: Bound
    span: Span
    """In the sentence."""
    unit: str = ""
    """As it is written: "weeks"; of money, the currency's sign and the period: "$/hour"."""
    nouns: frozenset[str] = frozenset()
    """Stems of the words behind it: what is counted, or what the amount is of."""
    of: frozenset[str] = frozenset()
    """Stems of what it is an amount of: "2 days of theory"."""
    adjective: bool = False
    """Whether it stands before what it measures: "a two-year degree"."""


def is_number(word: str) -> bool:
    """Whether a folded word is part of an amount: a number, or what it is counted in."""
    return word[0].isdigit() or word in NUMBERS or word in UNITS or word in ("every", "each", "per")


def quantities(sentence: str) -> Iterator[Quantity]:
    """Every quantity of a sentence; years are none, nor is the "a year" of "$10 a year"."""
    taken: list[Span] = []
    for match in CLOCK.finditer(sentence):
        taken.append(match.span())
        yield _clock(match)
    for match in DATE.finditer(sentence):
        taken.append(match.span())
        yield _date(match)
    for match in QUANTITY.finditer(sentence):
        if _is_free(match, taken):
            taken.append(match.span())
            if not YEAR.fullmatch(match.group()) and match.group().casefold() != "one":
                yield _quantity(match, sentence)


def _is_free(match: re.Match[str], taken: list[Span]) -> bool:
    start, end = match.span()
    if any(start < stop and begin < end for begin, stop in taken):
        return False
    return match["low"].casefold() not in ("a", "an") or not any(stop <= start <= stop + 1 for _, stop in taken)


def _quantity(match: re.Match[str], sentence: str) -> Quantity:
    before = sentence[max(0, match.start() - LOOK_BACK) : match.start()]
    after = sentence[match.end() : match.end() + LOOK_AHEAD]
    unit = (match["unit"] or match["joined"] or "").casefold()
    kind, size = _kind(match, unit, before, after)
    bound = _bound(before, after)
    low, high = _range(match, size, bound)
    of = OF.match(after)
    return Quantity(
        kind,
        low,
        high,
        bound,
        match.span(),
        _price(match, after) if kind == "money" else unit,
        frozenset(stem(word.casefold()) for word in WORD.findall(after)[:4]),
        frozenset(stem(word.casefold()) for word in WORD.findall(of[1])) if of else frozenset(),
        adjective=match["joined"] is not None,
    )


def _kind(match: re.Match[str], unit: str, before: str, after: str) -> tuple[Kind, float]:
    """What is measured, and the size of the unit."""
    if CURRENCY.search(match.group()):
        return "money", 1.0
    if unit in ("year", "years", "") and (OLD.match(after) or AGED.search(before)):
        return "age", 1.0
    return UNITS[unit] if unit else ("count", 1.0)


def _bound(before: str, after: str) -> Bound:
    for bound, earlier, later in BOUNDS:
        if earlier.search(before) or later.match(after):
            return bound
    return "exact"


def _range(match: re.Match[str], size: float, bound: Bound) -> tuple[float, float]:
    low = value(match["low"]) + (0.5 if match["half"] else 0.0)
    high = value(match["high"]) if match["high"] else low
    low, high = min(low, high) * size, max(low, high) * size
    if bound == "at least":
        return low, math.inf
    if bound == "at most":
        return 0.0, high
    return (low * (1 - ROUGH), high * (1 + ROUGH)) if bound == "about" else (low, high)


def _price(match: re.Match[str], after: str) -> str:
    sign, period = CURRENCY.search(match.group()), PERIOD.match(after)
    return f"{sign[0] if sign else ''}/{period[1].casefold() if period else ''}"


def _clock(match: re.Match[str]) -> Quantity:
    hour = int(match["hour"]) % 12 + (12 if match["half"].casefold() == "p" else 0) + int(match["minute"] or 0) / 60
    return Quantity("clock", hour, hour, "exact", match.span())


def _date(match: re.Match[str]) -> Quantity:
    month = MONTHS.index((match["month"] or match["month2"]).casefold())
    day = 31.0 * month + int(match["day"] or match["day2"])
    return Quantity("date", day, day, "exact", match.span())
