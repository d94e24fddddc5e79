"""Quantities in a sentence: durations, money, percentages, counts, ages, lengths, times of day, dates, as ranges."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from itertools import takewhile
from typing import Final, NamedTuple

from ..lang.lexicon import MONTHS, lexicon
from ..model import Span
from .number_words import FRACTIONS, NUMBERS, ONE_OF, UNITS_SAID, QuantityKind, value
from .quantity_patterns import QuantityBound, patterns, wording
from .tokenizer import stem

LOOK_BACK, LOOK_AHEAD = 30, 60
"""Code points around a number that say more of it."""
CURRENCY_LETTERS: Final = "$€£"
YEARS: Final = ("1", "20")
"""How a number of four digits begins that is a year."""
ADVERBS: Final = lexicon("quantities").meanings("adverbs")
TIMES_IN_WORDS: Final = {said: float(times) for said, times in lexicon("quantities").meanings("times").items()}
EVERY: Final = "every"
"""The unit of what comes again and again."""
EACH: Final = lexicon("quantities").words("each")
YEAR_UNITS: Final = lexicon("quantities").words("units of an age")
UNLIMITED = 1e9
"""What "no limit" is held against other numbers as."""
ROUGH = 0.12
"""How far "about 50" may be from what is meant."""
LONGEST_MONTH: Final = 31
WORKING: Final = 1.4
"""Days that five working days may take, each."""


class Quantity(NamedTuple):
    """An amount of one kind: between ``low`` and ``high`` in the kind's base unit."""

    kind: QuantityKind
    low: float
    high: float
    bound: QuantityBound
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

    def is_a(self, *kinds: QuantityKind) -> bool:
        """Whether it is of one of these kinds."""
        return self.kind in kinds

    def holds(self, number: float) -> bool:
        """Whether a number lies in it."""
        return self.low <= number <= self.high

    def is_apart(self, other: Quantity) -> bool:
        """Whether no number lies in both."""
        return self.high < other.low or other.high < self.low

    def measures(self, other: Quantity) -> bool:
        """Whether both are of the same: ages, lengths, or numbers of the same things."""
        return self.kind == other.kind and (self.kind != QuantityKind.COUNT or not self.nouns.isdisjoint(other.nouns))


def is_number(word: str) -> bool:
    """Whether a folded word is part of an amount: a number, or what it is counted in."""
    return word[0].isdigit() or word in NUMBERS or word in UNITS_SAID or word in EACH


def quantities(sentence: str) -> Iterator[Quantity]:
    """Every quantity of a sentence; the "a year" of "$10 a year" is none."""
    taken: list[Span] = []
    for pattern, read in _readers():
        for match in pattern.finditer(sentence):
            if (quantity := read(match)) is not None:
                taken.append(match.span())
                yield quantity
    for match in patterns().quantity.finditer(sentence):
        if _is_free(match, taken):
            taken.append(match.span())
            yield _years(match) or _quantity(match, sentence)


def _readers() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Quantity | None]], ...]:
    known, said = patterns(), wording()
    return (
        (said.often, _often),
        (known.clock, _clock),
        (known.date, _date),
        (said.fraction, _fraction),
        (said.unlimited, _unlimited),
    )


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdigit() and text.startswith(YEARS)


def _years(match: re.Match[str]) -> Quantity | None:
    """A year, or those from one to another."""
    first, last = match["low"], match["high"] or match["low"]
    if match.end() > match.end("high" if match["high"] else "low") or not (_is_year(first) and _is_year(last)):
        return None
    return Quantity(QuantityKind.YEAR, float(first), float(last), QuantityBound.EXACT, match.span())


def _is_free(match: re.Match[str], taken: list[Span]) -> bool:
    start, end = match.span()
    if any(start < stop and begin < end for begin, stop in taken):
        return False
    return match["low"].casefold() not in ONE_OF or not any(stop <= start <= stop + 1 for _, stop in taken)


def _quantity(match: re.Match[str], sentence: str) -> Quantity:
    before = sentence[max(0, match.start() - LOOK_BACK) : match.start()]
    after = sentence[match.end() : match.end() + LOOK_AHEAD]
    unit = (match["unit"] or match["joined"] or "").casefold()
    bound, bounded = _bound(before, after)
    if bounded and not unit and (behind := patterns().unit_next.match(after, bounded)):
        unit, bounded = behind[1].casefold(), behind.end()
    kind, size = _kind(match, unit or _unit_behind(after), before, after)
    low, high = _range(match, size, bound)
    if kind == QuantityKind.DURATION and patterns().working.match(after):
        high *= WORKING
    of = patterns().of.match(after)
    return Quantity(
        kind,
        low,
        high,
        bound,
        (match.start(), match.end() + bounded),
        _price(match, after) if kind == QuantityKind.MONEY else unit,
        frozenset(stem(word.casefold()) for word in _counted(before, after)),
        frozenset(stem(word.casefold()) for word in patterns().word.findall(of[1])) if of else frozenset(),
        adjective=match["joined"] is not None,
    )


def _kind(match: re.Match[str], unit: str, before: str, after: str) -> tuple[QuantityKind, float]:
    """What is measured, and the size of the unit."""
    if _currency(match.group()):
        return QuantityKind.MONEY, 1.0
    if (not unit or unit in YEAR_UNITS) and (patterns().old.match(after) or patterns().aged.search(before)):
        return QuantityKind.AGE, 1.0
    return UNITS_SAID[unit] if unit else (QuantityKind.COUNT, 1.0)


def _unit_behind(after: str) -> str:
    """The unit of "20 vacation days", which stands behind what it is of."""
    unit = patterns().unit_behind.match(after)
    return unit[1].casefold() if unit else ""


def _counted(before: str, after: str) -> list[str]:
    """The words behind a number, and the one before "of": "a population of 500"."""
    total = patterns().total.search(before)
    behind = takewhile(lambda word: word.casefold() not in NUMBERS, patterns().word.findall(after)[:4])
    return [*behind, total[1]] if total else list(behind)


def _bound(before: str, after: str) -> tuple[QuantityBound, int]:
    """Whether a number is a bound, and how many code points behind it say so: "or more"."""
    for bound, earlier, later in patterns().bounds:
        behind = later.match(after)
        if behind or earlier.search(before):
            return bound, behind.end() if behind else 0
    return QuantityBound.EXACT, 0


def _range(match: re.Match[str], size: float, bound: QuantityBound) -> tuple[float, float]:
    low = value(match["low"]) + (0.5 if match["half"] else 0.0)
    high = value(match["high"]) if match["high"] else low
    low, high = min(low, high) * size, max(low, high) * size
    if bound == QuantityBound.AT_LEAST:
        return low, math.inf
    if bound == QuantityBound.AT_MOST:
        return 0.0, high
    return (low * (1 - ROUGH), high * (1 + ROUGH)) if bound == QuantityBound.ABOUT else (low, high)


def _price(match: re.Match[str], after: str) -> str:
    period = patterns().period.match(after)
    return f"{_currency(match.group())}/{period[1].casefold() if period else ''}"


def _currency(text: str) -> str:
    return next((sign for sign in CURRENCY_LETTERS if sign in text), "")


def _fraction(match: re.Match[str]) -> Quantity | None:
    """ "Nine out of ten", "a third of": percentages; "12 in 2020" is none."""
    if match["part"] is None:
        share = FRACTIONS[match["words"].casefold().replace("-", " ")]
    else:
        part, whole = value(match["part"]), value(match["whole"])
        share = part / whole if part <= whole and whole and not _is_year(match["whole"]) else math.nan
    return (
        None
        if math.isnan(share)
        else Quantity(QuantityKind.PERCENT, 100 * share, 100 * share, QuantityBound.ABOUT, match.span())
    )


def _unlimited(match: re.Match[str]) -> Quantity:
    return Quantity(QuantityKind.COUNT, UNLIMITED, UNLIMITED, QuantityBound.AT_LEAST, match.span())


def _often(match: re.Match[str]) -> Quantity:
    """How long from one time to the next: half a year for "twice a year"."""
    unit = (match["unit"] or ADVERBS[match["adverb"].casefold()]).casefold()
    said = (match["times"] or "once").casefold().removesuffix(" times")
    kind, size = UNITS_SAID[unit]
    time = size / (TIMES_IN_WORDS.get(said) or value(said) or 1.0)
    return Quantity(kind, time, time, QuantityBound.EXACT, match.span(), EVERY)


def _clock(match: re.Match[str]) -> Quantity | None:
    half, hour = (match["half"] or "").casefold(), int(match["hour"])
    if hour > (12 if half else 24):
        return None
    time = (hour % 12 + 12 * (half == "p") if half else hour) + int(match["minute"] or match["minutes"] or 0) / 60
    return Quantity(QuantityKind.CLOCK, time, time, QuantityBound.EXACT, match.span())


def _date(match: re.Match[str]) -> Quantity | None:
    """The day of a month; "under 30 may buy" names none, for who writes capitals writes them in months."""
    month, number = match["month"] or match["month2"], int(match["day"] or match["day2"])
    if number > LONGEST_MONTH or (month.islower() and not match.string.islower()):
        return None
    day = 31.0 * MONTHS.index(month.capitalize()) + number
    return Quantity(QuantityKind.DATE, day, day, QuantityBound.EXACT, match.span())
