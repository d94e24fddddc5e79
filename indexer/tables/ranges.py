"""What a cell says that holds a range of numbers: "3-5 years", "over 150", "up to £20", "$23,201 - $94,300"."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from ...search.lang.lexicon import lexicon
from ...search.model import Bounds
from .values import MAX_TYPED_CELL, CellValue, parse

_HEADERS = lexicon("table_headers")
RANGE_BETWEEN = re.compile(rf"\s?(?:[-–—]|\b(?:{'|'.join(_HEADERS.ordered('range between'))})\b)\s?", re.IGNORECASE)
FROM = re.compile(rf"(?:{_HEADERS.pattern('range from')}) ?", re.IGNORECASE)
RANGE_UP_TO = re.compile(rf"(?:{_HEADERS.pattern('range to')}) ?", re.IGNORECASE)
OR_MORE = re.compile(rf"(?: ?(?:{_HEADERS.pattern('range or more')}))(?P<noun> [\w ]{{1,24}})?$", re.IGNORECASE)
OR_LESS = re.compile(rf"(?:{_HEADERS.pattern('range or less')})(?P<noun> [\w ]{{1,24}})?$", re.IGNORECASE)
RANGE_NOUN = re.compile(r"(?<=[\d%])[ -](?P<noun>[a-z][a-z ]{1,24})$", re.IGNORECASE)
"""What is counted, behind the number: "10 weeks", "25 employees"."""
ITSELF = re.compile(rf"(?:{_HEADERS.pattern('range about')}) ", re.IGNORECASE)


@lru_cache(maxsize=65_536)
def bounds(text: str) -> Bounds | None:
    """The ends of the range that a cell holds, an open one None; None where it holds none.

    Only numbers of one kind make a range, the lower first, so that neither a date nor a score is one.
    """
    if len(text) > MAX_TYPED_CELL or not any(map(str.isdigit, text)):
        return None
    said = ITSELF.sub("", " ".join(text.split()), count=1)
    if opening := FROM.match(said):
        return _open(said[opening.end() :], above=True)
    if ending := OR_MORE.search(said):
        return _open(said[: ending.start()], above=True)
    if ending := OR_LESS.search(said):
        return _open(said[: ending.start()], above=False)
    return _between(said) or (_open(said[up.end() :], above=False) if (up := RANGE_UP_TO.match(said)) else None)


def _open(said: str, *, above: bool) -> Bounds | None:
    value = _number(said)
    if value is None or value.number is None:
        return _between(said)
    return (value.number, None) if above else (None, value.number)


def _between(said: str) -> Bounds | None:
    for match in RANGE_BETWEEN.finditer(said):
        low, high = _number(said[: match.start()]), _number(said[match.end() :])
        if low is None or high is None or low.number is None or high.number is None:
            continue
        if low.number < high.number and _alike(low, high) and high.number >= 0:
            return low.number, high.number
    return None


def _alike(low: CellValue, high: CellValue) -> bool:
    """Whether both may be of one kind: of two units only one may be left out."""
    return low.unit == high.unit or low.unit is None or high.unit is None


def _number(said: str) -> CellValue | None:
    """The number, with or without what it counts."""
    found = parse(said)
    if found is None and (noun := RANGE_NOUN.search(said)):
        found = parse(said[: noun.start()])
    return found if found is not None and isinstance(found.number, Decimal) else None
