"""What one cell of a table says: an exact number with its unit, a mark that stands for a missing number, or words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from ..search.measures import period_phrases
from ..search.model import Mark
from ..search.words import terms

MARKS: dict[str, Mark] = {
    "#": "top-coded",
    "*": "withheld",
    "**": "withheld",
    "***": "withheld",
    "d": "withheld",
    "s": "withheld",
    "-": "not available",
    "--": "not available",
    ".": "not available",
    "..": "not available",
    "...": "not available",
    "#n/a": "not available",
    "n/a": "not available",
    "na": "not available",
    "n.a.": "not available",
    "nan": "not available",
    "null": "not available",
    "none": "not available",
    "x": "not available",
    "tbd": "not available",
    "unknown": "not available",
    "not available": "not available",
}
"""What sources write where a number is missing, folded: statistical offices' signs and what people type in sheets."""

CURRENCIES = {"$": "USD", "us$": "USD", "usd": "USD", "€": "EUR", "eur": "EUR", "£": "GBP", "gbp": "GBP"}
DURATIONS = {
    "minute": "minutes", "minutes": "minutes", "min": "minutes", "mins": "minutes",
    "hour": "hours", "hours": "hours", "hrs": "hours", "day": "days", "days": "days",
    "week": "weeks", "weeks": "weeks", "wks": "weeks", "month": "months", "months": "months", "mos": "months",
    "year": "years", "years": "years", "yrs": "years",
}  # fmt: skip
MAX_CELL = 120
"""Code points of a cell that can be a number; longer ones are words."""

_NUMBER = re.compile(
    r"(?P<bound>≥|>=?|≤|<=?)? ?(?P<sign>[-−–+])? ?(?P<currency>US\$|[$€£]|USD |EUR |GBP )? ?(?P<sign2>[-−–])?"
    r"(?P<digits>\d{1,3}(?:,\d{3}){1,8}|\d{1,24})(?P<fraction>\.\d{1,24})?"
    r"(?P<plus>\+)?(?P<rest>[^\d].*)?",
    re.IGNORECASE | re.DOTALL,
)
_SWAPPED = str.maketrans(",.", ".,")
_DECIMAL_COMMA = re.compile(r"[-−–+]? ?[$€£]? ?\d{1,3}(?:\d{0,9}|(?:\.\d{3}){1,8}),\d{1,2} ?[$€£%]?")
_DECIMAL_POINT = re.compile(
    r"[-−–+]? ?[$€£]? ?\d{1,3}(?:(?:\d{0,9}|(?:,\d{3}){1,8})\.\d{1,2}|(?:,\d{3}){2,8}) ?[$€£%]?"
)
"""Numbers that say which sign stands before the fraction: ``16,69`` and ``1.234,5``, not ``1.234``."""
_ACCOUNTED = re.compile(r"\( ?(?:[$€£] ?\d[\d,]{0,20}(?:\.\d{1,4})?|\d[\d,]{0,20}(?:,\d{3}|\.\d{1,4})) ?\)")
"""A loss in books: ``($1,234.50)``, ``(2,000)``; ``(8)`` is a footnote."""
_THOUSANDS = re.compile(r"[-−–+]? ?[$€£]? ?\d{1,3}(?:[ '’]\d{3}){1,8}(?!\d)")
_SPACED = re.compile(r"(?<=\d)[ '’](?=\d{3}(?!\d))")
_FOOTNOTE = re.compile(r"\(\d{1,2}\)|\[\w{1,3}\]|[*†‡#¹²³⁴⁵⁶⁷⁸⁹]+")
_COMMENT = re.compile(r"\([^()]{1,80}\)$")
"""A remark after a number: "6% (Faster than average)"."""


@dataclass(frozen=True, slots=True)
class Value:
    """A number or a mark: exactly one of the two is set. ``unit`` only where the cell itself says it."""

    number: Decimal | None = None
    unit: str | None = None
    mark: Mark | None = None


def has_decimal_commas(texts: Sequence[str]) -> bool:
    """Whether numbers are written as ``1.234,50``: some can be read in no other way, and none only as ``1,234.50``."""
    found = any("," in text and _DECIMAL_COMMA.fullmatch(text) for text in texts)
    return found and not any(_DECIMAL_POINT.fullmatch(text) for text in texts)


@lru_cache(maxsize=65_536)
def parse(text: str, *, decimal_comma: bool = False) -> Value | None:
    """The number or mark that a cell holds; None where it holds words, or more than one number.

    With ``decimal_comma`` a comma stands before the fraction, and points between thousands.
    """
    if len(text) > MAX_CELL:
        return None
    plain = " ".join(text.replace("\u2007", " ").replace("\u202f", " ").split())
    if decimal_comma:
        plain = plain.translate(_SWAPPED)
    if _ACCOUNTED.fullmatch(plain):
        plain = f"-{plain[1:-1].strip()}"
    plain = _SPACED.sub(",", plain) if _THOUSANDS.match(plain) else plain
    match = _NUMBER.fullmatch(plain)
    if match is None:
        return _mark(plain)
    unit = _unit(match["currency"], match["rest"] or "")
    if unit is None:
        return None
    if match["plus"] or (match["bound"] or "").startswith((">", "≥")):
        return Value(mark="top-coded", unit=unit or None)
    if match["bound"]:
        return Value(mark="not available", unit=unit or None)
    negative = any(sign and sign != "+" for sign in (match["sign"], match["sign2"]))
    number = Decimal(match["digits"].replace(",", "") + (match["fraction"] or ""))
    return Value(-number if negative else number, unit or None)


def _mark(plain: str) -> Value | None:
    """A sign for a missing number, alone or with its footnote: "#", "(8)  -", "-(D)"."""
    folded = plain.casefold().replace("–", "-").replace("—", "-").replace("−", "-")
    if (mark := MARKS.get(folded.strip("()[] ") or folded)) is not None:
        return Value(mark=mark)
    bare = _FOOTNOTE.sub("", folded).strip()
    if bare != folded and (not bare or bare in MARKS) and len(folded) <= 12:
        return Value(mark="withheld")
    return None


def _unit(currency: str | None, rest: str) -> str | None:
    """The unit that stands around a number; "" for none, None where the rest is no unit, so that the cell is words."""
    base = CURRENCIES[currency.strip().casefold()] if currency else ""
    rest = _FOOTNOTE.sub("", _COMMENT.sub("", rest.strip())).strip().casefold()
    if not rest:
        return base
    if rest in CURRENCIES and not base:
        return CURRENCIES[rest]
    if rest in ("%", "percent", "pct", "per cent"):
        return "percent" if not base else None
    if not base:
        return DURATIONS.get(rest)
    period = period_phrases().get(tuple(term.word for term in terms(rest.replace("/", " per "))))
    return f"{base}/{period}" if period else None
