"""The day, month or year that a cell names, in ISO form; whether a column of figures has the day or the month first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from ..dates import iso_date, written_date

TIME = r"(?:[ T,]+\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: ?[ap]\.?m\.?)?Z?)?"
ISO_MOMENT = re.compile(rf"\d{{4}}-\d\d(?:-\d\d)?{TIME}", re.IGNORECASE)
DATE_IN_FIGURES = re.compile(rf"(\d{{1,2}})([/.-])(\d{{1,2}})\2(\d{{4}}|\d\d){TIME}", re.IGNORECASE)
YEAR_FIRST = re.compile(rf"(\d{{4}})[/.](\d{{1,2}})[/.](\d{{1,2}}){TIME}", re.IGNORECASE)
WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? ", re.IGNORECASE)
WRITTEN_MOMENT = re.compile(
    r"(?:[a-z]{3,9}\.? (?:\d{1,2}(?:st|nd|rd|th)?,? )?|\d{1,2}(?:st|nd|rd|th)?[ -][a-z]{3,9}\.?[ ,-]+)\d{4}"
    rf"{TIME}(?: ?\[\w{{1,3}}\])?",
    re.IGNORECASE,
)
SHORT_DATE = re.compile(r"(\d{1,2})-([A-Za-z]{3})-(\d{2}|\d{4})")
DAY_ENDING = r"(?:st|nd|rd|th)?"
NO_YEAR = re.compile(
    rf"(?:(?P<before>\d{{1,2}}){DAY_ENDING} )?(?P<month>[A-Za-z]{{3,9}})\.?"
    rf"(?(before)| (?P<after>\d{{1,2}}){DAY_ENDING})"
)
LEAP = 2000
"""A year that has every day."""
CENTURY = 70
"""Years of two digits from here on are of the century before."""


def days_first(texts: Sequence[str]) -> bool:
    """Whether dates in figures have the day before the month: some could not be read otherwise, or points part them."""
    found = [match for text in texts if (match := DATE_IN_FIGURES.fullmatch(text.strip()))]
    if any(int(match[3]) > 12 for match in found):
        return False
    return any(int(match[1]) > 12 or match[2] == "." for match in found)


def are_ambiguous(texts: Sequence[str]) -> bool:
    """Whether dates in figures may all be read with the day first or the month first, and not to the same effect."""
    found = [match for text in texts if (match := DATE_IN_FIGURES.fullmatch(text.strip()))]
    either = all(int(match[1]) <= 12 >= int(match[3]) and match[2] != "." for match in found)
    return either and any(int(match[1]) != int(match[3]) for match in found)


@lru_cache(maxsize=65_536)
def moment(text: str, *, day_first: bool = False) -> str | None:
    """The date that a cell holds and nothing else: ``2019-02-11``, ``2019-02``; None where it holds none, or a year."""
    said = WEEKDAY.sub("", " ".join(text.split()), count=1)
    if len(said) > 40:
        return None
    if ISO_MOMENT.fullmatch(said):
        return iso_date(said[:10])
    if match := DATE_IN_FIGURES.fullmatch(said):
        day, month = (match[1], match[3]) if day_first else (match[3], match[1])
        return _day(match[4], month, day)
    if match := YEAR_FIRST.fullmatch(said):
        return _day(match[1], match[2], match[3])
    if match := SHORT_DATE.fullmatch(said):
        return written_date(f"{match[1]} {match[2]} {_year(match[3])}")
    if match := NO_YEAR.fullmatch(said):
        named = written_date(f"{match['before'] or match['after']} {match['month']} {LEAP}")
        return None if named is None else f"-{named[4:]}"
    return written_date(said.replace("-", " ")) if WRITTEN_MOMENT.fullmatch(said) else None


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(_year(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) > 2 else year + (1900 if year >= CENTURY else 2000)
