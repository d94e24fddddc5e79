"""Dates as numbers of years, for comparing: May 2019 is 2019 and four twelfths."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from ...params import PARAMS
from ...text.cycles import moments
from ...text.number_words import ordinal_in_figures

FIRST_YEAR, LAST_YEAR = PARAMS.reading_model.years


def date_at(words: Sequence[str], at: int) -> tuple[float, int] | None:
    """The date that folded words from ``at`` on spell, and how many words it has; a bare year is none."""
    first, rest = words[at], words[at + 1 : at + 3]
    month = months().get(first)
    if month is not None and rest:
        return _after_month(month, rest)
    day = day_of(first)
    if day is not None and rest and (month := months().get(rest[0])) is not None:
        year = year_of(rest[1]) if len(rest) > 1 else None
        return (in_years(year, month, day), 3) if year else (in_years(0, month, day), 2)
    if len(rest) == 2 and all(word.isdigit() for word in (first, *rest)):
        return _in_digits(first, *rest)
    return None


def _after_month(month: int, rest: Sequence[str]) -> tuple[float, int] | None:
    if year := year_of(rest[0]):
        return in_years(year, month, 1), 2
    day = day_of(rest[0])
    if day is None:
        return None
    year = year_of(rest[1]) if len(rest) > 1 else None
    return (in_years(year, month, day), 3) if year else (in_years(0, month, day), 2)


def _in_digits(first: str, second: str, third: str) -> tuple[float, int] | None:
    """2019 02 11, 02 11 2019 and 25 12 2019."""
    one, two, three = int(first), int(second), int(third)
    if len(first) == 4 and 1 <= two <= 12 and 1 <= three <= 31:
        return in_years(one, two, three), 3
    if len(third) != 4 or not (1 <= one <= 31 and 1 <= two <= 31):
        return None
    if one <= 12:
        return in_years(three, one, two), 3
    return (in_years(three, two, one), 3) if two <= 12 else None


def in_years(year: int, month: int, day: int) -> float:
    """Months of 31 days keep all dates in order."""
    return year + (month - 1) / 12 + (day - 1) / 372


def year_of(word: str) -> int | None:
    """The year that a word is."""
    return int(word) if len(word) == 4 and word.isdecimal() and FIRST_YEAR <= int(word) <= LAST_YEAR else None


def day_of(word: str) -> int | None:
    """The day of a month that a word is."""
    day = int(word) if len(word) <= 2 and word.isdecimal() else ordinal_in_figures(word)
    return day if day is not None and 1 <= day <= 31 else None


@cache
def months() -> dict[str, int]:
    """Each name of a month, and its number."""
    return {name: moment.number for name, moment in moments().items() if moment.cycle == "months"}
