"""Cuts a line of glued column names, "LocationPay TypeLowMedianHigh", into a known number of names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ...search.model import Span
from ...search.text.measures import MEASURES, PERIODS
from ..document import CellText
from ..tables.column_roles import role_words

MAX_HEADER_LINE = 400
"""Code points of a line that can be a header."""
MANY_NAMES = 3
"""So many names cut at capitals are names whatever they say; fewer may be a heading: "LinkedIn salaries"."""

_WIDE = re.compile(r"\t+| {2,}| ?\| ?")
CAPITAL = re.compile(r"(?<=[a-z)%])(?=[A-Z])")
_CAPITAL_AFTER_DIGIT = re.compile(r"(?<=[a-z)%\d])(?=[A-Z])")
_DIGIT = re.compile(r"(?<=[a-z)%])(?=[A-Z\d(])")
_YEARS = re.compile(r"(?<=[a-z)%])(?=\d)|(?<=\d{4})(?=(?:19|20)\d\d)")
_DIGITS = re.compile(r"(?<=[a-z)%\d])(?=[A-Z(])|(?<=[a-z)%])(?=\d)")
_BLANK = re.compile(r" ")


def names(text: str, line: Span, count: int, repeats: int) -> tuple[CellText, ...] | None:
    """The line cut into ``count`` column names; None where no way of cutting gives so many.

    Where a line holds several records, ``repeats`` of them, the names may stand as often: the first set is taken.
    """
    if line[1] - line[0] > MAX_HEADER_LINE:
        return None
    for cuts, known in _ways(text, line, count):
        spans = [span for a, b in zip([line[0], *cuts], [*cuts, line[1]], strict=True) if (span := _trim(text, a, b))]
        cells = tuple(CellText(text[a:b], (a, b)) for a, b in spans)
        if repeats > 1 and len(cells) == count * repeats and _repeating(cells, count):
            cells = cells[:count]
        if len(cells) == count and sum(is_name(cell.text) for cell in cells) >= known:
            return cells
    return None


def is_name(text: str) -> bool:
    """Whether a text is the name of a measure, a period or a role, as columns have it."""
    return _known().fullmatch(text) is not None


def _ways(text: str, line: Span, count: int) -> Iterator[tuple[list[int], int]]:
    """Where to cut, the surest way first: wide gaps, capitals, digits, blanks, known names; and how many of the
    names must be known ones, so that a heading which happens to have as many words is not taken for a header."""
    yield [match.start() for match in _WIDE.finditer(text, *line)], 0
    for pattern in (CAPITAL, _CAPITAL_AFTER_DIGIT, _DIGIT, _YEARS, _DIGITS):
        yield [match.start() for match in pattern.finditer(text, *line)], 1 if count < MANY_NAMES else 0
    for pattern in (_BLANK, _known()):
        yield [match.start() for match in pattern.finditer(text, *line) if match.start() > line[0]], count


def _repeating(cells: tuple[CellText, ...], count: int) -> bool:
    first = [cell.text for cell in cells[:count]]
    return all([c.text for c in cells[at : at + count]] == first for at in range(count, len(cells), count))


def _trim(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    left, right = len(piece) - len(piece.lstrip(" \t|")), len(piece.rstrip(" \t|"))
    return (start + left, start + right) if right > left else None


@cache
def _known() -> re.Pattern[str]:
    """The names of measures, periods and roles, longest first: they cut headers in capitals or with single blanks."""
    phrases = {
        p.strip() for m in MEASURES.values() for text in (m.names, m.headers) for p in text.split(",") if len(p) > 2
    }
    phrases |= {p.strip() for text in PERIODS.values() for p in text.split(",")} | set(role_words())
    return re.compile("|".join(re.escape(p) for p in sorted(phrases, key=lambda p: (-len(p), p)) if p), re.IGNORECASE)
