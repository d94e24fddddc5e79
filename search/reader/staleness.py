"""Figures that carry a past year: what the reader must know of their age."""

from __future__ import annotations

import re

from ..lang.lexicon import lexicon
from ..params import ReaderParams
from ..text.number_words import YEAR

STALE_FIGURE = re.compile(r"[$€£%]|\bper ?cent\b|\b\d{1,3}(?:,\d{3})+\b")
"""What counts as a figure that grows old."""
AHEAD = re.compile(rf"\b(?:{lexicon('figures').pattern('forecast')})\b", re.IGNORECASE)
"""What speaks of the future."""
STATED_YEAR = re.compile(rf"(?<![\d.,$€£-])(?:{YEAR}\s?[-–]\s?)?({YEAR})(?!\d|[.,]\d|%)")
"""A year, or the last year of a period."""


def age_note(text: str, asked: str, today: int, params: ReaderParams) -> str | None:
    """What a quote's years say of its figures' age; None where nothing is past. ``today`` is the current year.

    A question that names a year itself asks for that year and gets no note.
    """
    years = [int(match.group(1)) for match in STATED_YEAR.finditer(text)]
    if not years or STATED_YEAR.search(asked) or not STALE_FIGURE.search(text):
        return None
    last = max(years)
    if last < today and AHEAD.search(text):
        return f"the projection is for {last}, which is past"
    if today - params.history <= last < today - params.current:
        return f"the figure is from {last}"
    return None
