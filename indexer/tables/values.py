"""What one cell of a table says: an exact number with its unit, a mark that stands for a missing number, or words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import get_args

from ...search.lang.lexicon import lexicon
from ...search.model import Mark
from ...search.text.measures import period_phrases
from ...search.text.tokenizer import INVISIBLE, terms
from ...search.text.units import UNITS

_TABLE_HEADERS = lexicon("table_headers")
PERCENTS = _TABLE_HEADERS.phrases("percents behind a number")

_KNOWN_MARKS: dict[str, Mark] = {mark: mark for mark in get_args(Mark)}
MISSING_MARKS = {said: _KNOWN_MARKS[mark] for said, mark in _TABLE_HEADERS.meanings("marks").items()}
"""What sources write where a number is missing, folded: statistical offices' signs and what people type in sheets."""

CURRENCIES = _TABLE_HEADERS.meanings("currency signs")
CONTINENTAL = ("EUR", "CHF")
"""Currencies of countries that part thousands with a point: €45.760."""
SHORT_PERIODS = {tuple(k.split()): v for k, v in _TABLE_HEADERS.meanings("short periods").items()}
"""Short forms of periods that stand behind amounts, as words: £25,000 p.a."""
MAX_TYPED_CELL = 120
"""Code points of a cell that can be a number; longer ones are words."""

_BY_LENGTH = sorted(CURRENCIES, key=len, reverse=True)
SIGN = "|".join(re.escape(sign) for sign in _BY_LENGTH if not sign.isalpha())
CURRENCY_CODE = "|".join(code for code in _BY_LENGTH if code.isalpha())
"""How a currency is written before or behind a number."""

_NUMBER = re.compile(
    r"(?P<bound>≥|>=?|≤|<=?)? ?(?P<sign>[-−–+])? ?"
    rf"(?P<currency>{SIGN}|(?:{CURRENCY_CODE}) )? ?(?P<sign2>[-−–])?(?P<digits>"
    r"\d{1,3}(?:,\d{3}){1,8}(?:\.\d{1,24})?(?![,\d])"
    r"|\d{1,3}(?:\.\d{3}){1,8}(?:,\d{1,2})?(?![,.\d])"
    r"|\d{1,24},\d{1,2}(?![,.\d])"
    r"|\d{1,24}(?:\.\d{1,24})?|(?<![\d.])\.\d{1,24})"
    r"(?P<thousands>k(?![^\W\d_]))?(?P<plus>\+)?(?P<rest>[^\d].*)?",
    re.IGNORECASE | re.DOTALL,
)
_CURRENCY_BEHIND = re.compile(rf"(?:{SIGN}|(?:{CURRENCY_CODE})\b)", re.IGNORECASE)
_SCALE = re.compile(r"(?:million|mio|mn|m|billion|bn|thousand)\b\.?", re.IGNORECASE)
_CENTS = re.compile(r"(?P<dollar>¢|cents?\b)|p(?:ence)?(?=\s|$)", re.IGNORECASE)
MOST_PENCE = 3
"""Code points of an amount in pence: ``1080p`` is something else."""
_EACH = re.compile(r"(?:/ ?|(?:per|a|an|each|for each|every) )[a-z][a-z -]{0,24}[a-z]")
"""What an amount is for, behind it: ``$45 per dose`` is money like ``$5``."""
_SCALES = {"t": 1_000, "m": 1_000_000, "b": 1_000_000_000}
_EMPTY_MARK = re.compile(r"\(\s*\)\s*")
"""What is left of a mark before a number, its letter gone: ``() $29.56``."""
_SWAPPED = str.maketrans(",.", ".,")
_DECIMAL_COMMA = re.compile(r"[-−–+]? ?[$€£]? ?\d{1,3}(?:\d{0,9}|(?:\.\d{3}){1,8}),\d{1,2} ?[$€£%]?")
_DECIMAL_POINT = re.compile(
    r"[-−–+]? ?[$€£]? ?\d{1,3}(?:(?:\d{0,9}|(?:,\d{3}){1,8})\.\d{1,2}|(?:,\d{3}){2,8}) ?[$€£%]?"
)
"""Numbers that say which sign stands before the fraction: ``16,69`` and ``1.234,5``, not ``1.234``."""
_ACCOUNTED = re.compile(
    r"(?P<sign>[$€£]?) ?\( ?(?P<number>[$€£] ?\d[\d,]{0,20}(?:\.\d{1,4})?|(?<=\$\()\d[\d,]{0,20}"
    r"|\d[\d,]{0,20}(?:,\d{3}|\.\d{1,4})) ?(?P<percent>%?) ?\) ?(?P<after>%?)"
)
"""A loss in books: ``($1,234.50)``, ``(2,000)``; ``(8)`` is a footnote."""
_LOSS = re.compile(rf"{_ACCOUNTED.pattern}|\( ?[\d,.]{{1,24}}|\( ?\d{{3}} ?\)")
"""One that is no footnote: of three digits and more, or with its other bracket in the next cell."""
_IN_BRACKETS = re.compile(r"\( ?(?P<number>\d{1,3}) ?\)")
_THOUSANDS = re.compile(r"\D{0,8}\d{1,3}(?:[ '’]\d{3}){1,8}(?!\d)")
_SPACED = re.compile(r"(?<=\d)[ '’](?=\d{3}(?!\d))")
FOOTNOTE = re.compile(r"\((?:\d{1,2}|[a-z])\)|\[(?:note )?\w{1,3}\]|[*†‡#¹²³⁴⁵⁶⁷⁸⁹]+", re.IGNORECASE)
_UNSEEN = dict.fromkeys(map(ord, INVISIBLE))
_COMMENT = re.compile(r"\([^()]{1,80}\)$")
"""A remark after a number: "6% (Faster than average)"."""


@dataclass(frozen=True, slots=True)
class CellValue:
    """A number or a mark: exactly one of the two is set. ``unit`` only where the cell itself says it."""

    number: Decimal | None = None
    unit: str | None = None
    mark: Mark | None = None


def has_decimal_commas(texts: Sequence[str]) -> bool:
    """Whether numbers are written as ``1.234,50``: some can be read in no other way, and none only as ``1,234.50``."""
    found = any("," in text and _DECIMAL_COMMA.fullmatch(text) for text in texts)
    return found and not any(_DECIMAL_POINT.fullmatch(text) for text in texts)


def are_accounts(texts: Iterable[str]) -> bool:
    """Whether cells of a table write losses in brackets, so that ``(8)`` is one as well, and no footnote."""
    return any("(" in text and _LOSS.fullmatch(text) is not None for text in texts)


def as_loss(text: str) -> str:
    """A number in brackets as one below nought; any other text as it is."""
    return f"-{loss['number']}" if (loss := _IN_BRACKETS.fullmatch(text)) else text


@lru_cache(maxsize=65_536)
def parse(text: str, currency: str = "", *, decimal_comma: bool = False) -> CellValue | None:
    """The number or mark that a cell holds; None where it holds words, or more than one number.

    ``currency`` is that of the cells around it: it says what a point means in a number without a sign. With
    ``decimal_comma`` a comma stands before the fraction, and points between thousands.
    """
    if len(text) > MAX_TYPED_CELL:
        return None
    said = _EMPTY_MARK.sub("", " ".join(text.translate(_UNSEEN).split()))
    plain = said.translate(_SWAPPED) if decimal_comma else said
    if loss := _ACCOUNTED.fullmatch(plain):
        plain = f"-{loss['sign']}{loss['number']}{loss['percent'] or loss['after']}"
    plain = _SPACED.sub("", plain) if _THOUSANDS.match(plain) else plain
    match = _NUMBER.fullmatch(plain)
    if match is None:
        return _mark(said)
    factor, rest = _scaled(match["currency"], match["rest"] or "", match["digits"])
    unit = _unit(match["currency"], rest)
    if unit is None:
        return None
    if match["plus"] or (match["bound"] or "").startswith((">", "≥")):
        return CellValue(mark="top-coded", unit=unit or None)
    if match["bound"]:
        return CellValue(mark="not available", unit=unit or None)
    number = written(match["digits"], "" if decimal_comma else unit or currency)
    if number is None:
        return None
    number *= 1000 if match["thousands"] else factor
    negative = any(sign and sign != "+" for sign in (match["sign"], match["sign2"]))
    return CellValue(-number if negative else number, unit or None)


def _scaled(currency: str | None, rest: str, digits: str) -> tuple[Decimal, str]:
    """What a number is to be multiplied by, and the rest without the word for it: millions, cents, pence.

    Short forms count beside a currency alone: ``5 m`` may be metres.
    """
    said = rest.strip()
    if (cents := _CENTS.match(said)) and (cents["dollar"] or (not currency and len(digits) < MOST_PENCE)):
        return Decimal("0.01"), ("$" if cents["dollar"] else "£") + said[cents.end() :]
    scale = _SCALE.match(said)
    if scale is None or (len(scale.group().rstrip(".")) < 4 and not currency):
        return Decimal(1), rest
    return Decimal(_SCALES[scale.group()[0].lower()]), said[scale.end() :]


def written(digits: str, unit: str = "") -> Decimal | None:
    """The number that digits with separators mean; None where they mean none: "12,34" without a currency.

    A comma parts thousands, and so does a point in continental money, or where it stands twice; a comma before one or
    two last digits parts the decimals of money and percentages.
    """
    whole, comma, decimals = digits.rpartition(",")
    if comma and len(decimals) < 3:
        return Decimal(whole.replace(".", "") + "." + decimals) if unit else None
    points = digits.count(".")
    if points > 1 and not unit:
        return None
    is_thousands = points > 1 or (len(digits.rpartition(".")[2]) == 3 and unit.partition("/")[0] in CONTINENTAL)
    return Decimal(digits.replace(".", "") if points and is_thousands else digits.replace(",", ""))


def _mark(plain: str) -> CellValue | None:
    """A sign for a missing number, alone or with its footnote: "#", "(8)  -", "-(D)"."""
    folded = plain.casefold().replace("–", "-").replace("—", "-").replace("−", "-")
    if (mark := MISSING_MARKS.get(folded.lstrip("$€£ ").strip("()[] ") or folded)) is not None:
        return CellValue(mark=mark)
    bare = FOOTNOTE.sub("", folded).strip()
    if bare != folded and (not bare or bare in MISSING_MARKS) and len(folded) <= 12:
        return CellValue(mark="withheld")
    return None


def _unit(currency: str | None, rest: str) -> str | None:
    """The unit that stands around a number; "" for none, None where the rest is no unit, so that the cell is words."""
    base = CURRENCIES[currency.strip().casefold()] if currency else ""
    rest = rest.strip()
    if not base and (behind := _CURRENCY_BEHIND.match(rest)) is not None:
        base, rest = CURRENCIES[behind.group().casefold()], rest[behind.end() :]
    rest = FOOTNOTE.sub("", _COMMENT.sub("", rest.strip())).strip()
    is_capital, rest = rest.isupper(), rest.casefold()
    if not rest:
        return base
    if rest in PERCENTS:
        return "percent" if not base else None
    if not base:
        return None if is_capital and len(rest) == 1 else UNITS.get(rest)
    words = tuple(term.word for term in terms(rest.replace("/", " per ")))
    period = period_phrases().get(words) or SHORT_PERIODS.get(words)
    return f"{base}/{period}" if period else base if _EACH.fullmatch(rest) else None
