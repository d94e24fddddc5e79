"""Dates that a guide gives for itself, as ISO dates."""

from __future__ import annotations

import re
from datetime import date

from ..search.lang.lexicon import MONTHS, lexicon

ISO_DATE = re.compile(r"\s*(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?![\d-])")

_TEXT = lexicon("guide_text")
SHORT_MONTHS = tuple(month[:3].casefold() for month in MONTHS)
MONTH = r"([a-z]{3})[a-z]{0,6}\.?"
WRITTEN_DATE = re.compile(
    rf"\s*(?:{MONTH} (?:(\d{{1,2}})(?:st|nd|rd|th)?,? )?|(\d{{1,2}}) {MONTH} )(\d{{4}})(?!\d)", re.IGNORECASE
)
"""August 14, 2017; Aug. 2017; 14 August 2017."""

FIGURED = re.compile(r"\s*(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d\d)(?!\d)")

STATED = re.compile(
    rf"^[ \t]{{0,8}}(?:(?:page )?(?:last )?(?P<changed>{'|'.join(_TEXT.ordered('changed'))})"
    rf"|{_TEXT.pattern('published')})"
    r"(?: date)?(?: on)?:?[ \t]{1,4}(?P<date>.{4,40})",
    re.IGNORECASE | re.MULTILINE,
)
DATE_WITHIN = 2_000
"""Code points at the beginning of a guide in which it says how old it is."""


def iso_date(said: str) -> str | None:
    """The date at the beginning of a text: ``2020-05-08``, ``2020-05`` or ``2020``; None where there is none."""
    match = ISO_DATE.match(said)
    return _checked(*match.groups()) if match else None


def written_date(said: str) -> str | None:
    """The date at the beginning of a text, as people write it, with the month's name; None where there is none."""
    match = WRITTEN_DATE.match(said)
    if match is None:
        return None
    month, day = match[1] or match[4], match[2] or match[3]
    if month.lower() not in SHORT_MONTHS:
        return None
    return _checked(match[5], f"{SHORT_MONTHS.index(month.lower()) + 1:02}", f"{int(day):02}" if day else None)


def figured_date(said: str) -> str | None:
    """The date at the beginning of a text in figures: ``14/08/2017``, ``8/14/2017``, ``4.8.2017``; None where none is.

    Where either number may be the month only the year is believed.
    """
    match = FIGURED.match(said)
    if match is None:
        return None
    first, second = int(match[1]), int(match[3])
    if match[2] == "." or first > 12:
        first, second = second, first
    elif first != second and second <= 12:
        return match[4]
    return _checked(match[4], f"{first:02}", f"{second:02}")


def written_or_iso(said: str) -> str | None:
    """The date at the beginning of a text in any of these forms; None where there is none."""
    return iso_date(said) or written_date(said) or figured_date(said)


def stated_date(text: str) -> str | None:
    """The date in a line such as ``Last updated: August 14, 2017`` near a text's top; None where there is none.

    A line that tells of a change is believed before one that tells of the first publication.
    """
    lines = sorted(STATED.finditer(text[:DATE_WITHIN]), key=lambda line: line["changed"] is None)
    said = (line["date"] for line in lines)
    return next((found for each in said if (found := written_or_iso(each))), None)


def _checked(year: str, month: str | None, day: str | None) -> str | None:
    """The parts as an ISO date, as far as they are given; None where the calendar has no such day."""
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join(part for part in (year, month, day) if part)
