"""Quantities in a sentence: durations, money, percentages, counts, ages, lengths, times of day, dates, as ranges."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from ..model import Span
from ..words import stem
from .numbers import MONTHS, NUMBERS, UNITS, Kind, value
from .patterns import Bound, patterns
from .vocabulary import words

LOOK_BACK, LOOK_AHEAD = 30, 60
"""Code points around a number that say more of it."""
CURRENCIES: Final = "$€£"
YEARS: Final = ("19", "20")
"""How a number of four digits begins that is a year."""
ROUGH = 0.12
"""How far "about 50" may be from what is meant."""
WORKING: Final = 1.4
"""Days that five working days may take, each."""
ORDINALS: Final = words("first second third fourth fifth sixth seventh eighth ninth tenth")


class Quantity(NamedTuple):
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
    for pattern, read in ((patterns().clock, _clock), (patterns().date, _date)):
        for match in pattern.finditer(sentence):
            taken.append(match.span())
            yield read(match)
    for match in patterns().quantity.finditer(sentence):
        if _is_free(match, taken):
            taken.append(match.span())
            if not _is_year(match.group()) and match.group().casefold() != "one":
                yield _quantity(match, sentence)


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdigit() and text.startswith(YEARS)


def _is_free(match: re.Match[str], taken: list[Span]) -> bool:
    start, end = match.span()
    if any(start < stop and begin < end for begin, stop in taken):
        return False
    return match["low"].casefold() not in ("a", "an") or not any(stop <= start <= stop + 1 for _, stop in taken)


def _quantity(match: re.Match[str], sentence: str) -> Quantity:
    before = sentence[max(0, match.start() - LOOK_BACK) : match.start()]
    after = sentence[match.end() : match.end() + LOOK_AHEAD]
    unit = (match["unit"] or match["joined"] or "").casefold()
    kind, size = _kind(match, unit or _unit_behind(after), before, after)
    bound = _bound(before, after)
    low, high = _range(match, size, bound)
    if kind == "duration" and patterns().working.match(after):
        high *= WORKING
    of = patterns().of.match(after)
    return Quantity(
        kind,
        low,
        high,
        bound,
        match.span(),
        _price(match, after) if kind == "money" else unit,
        frozenset(stem(word.casefold()) for word in patterns().word.findall(after)[:4]),
        frozenset(stem(word.casefold()) for word in patterns().word.findall(of[1])) if of else frozenset(),
        adjective=match["joined"] is not None,
    )


def _kind(match: re.Match[str], unit: str, before: str, after: str) -> tuple[Kind, float]:
    """What is measured, and the size of the unit."""
    if _currency(match.group()):
        return "money", 1.0
    if unit in ("year", "years", "") and (patterns().old.match(after) or patterns().aged.search(before)):
        return "age", 1.0
    return UNITS[unit] if unit else ("count", 1.0)


def _unit_behind(after: str) -> str:
    """The unit of "20 vacation days", which stands behind what it is of."""
    unit = patterns().unit_behind.match(after)
    return unit[1].casefold() if unit else ""


def _bound(before: str, after: str) -> Bound:
    for bound, earlier, later in patterns().bounds:
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
    period = patterns().period.match(after)
    return f"{_currency(match.group())}/{period[1].casefold() if period else ''}"


def _currency(text: str) -> str:
    return next((sign for sign in CURRENCIES if sign in text), "")


def _clock(match: re.Match[str]) -> Quantity:
    hour = int(match["hour"]) % 12 + (12 if match["half"].casefold() == "p" else 0) + int(match["minute"] or 0) / 60
    return Quantity("clock", hour, hour, "exact", match.span())


def _date(match: re.Match[str]) -> Quantity:
    month = MONTHS.index((match["month"] or match["month2"]).casefold())
    day = 31.0 * month + int(match["day"] or match["day2"])
    return Quantity("date", day, day, "exact", match.span())
