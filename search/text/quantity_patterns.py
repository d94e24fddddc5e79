"""How quantities are written, as regular expressions; compiled when first needed, as few questions need them."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from ..lang.lexicon import MONTHS, lexicon
from .number_words import NUMBER, NUMBERS, PART_OF_UNIT, UNIT_NAMES


class QuantityBound(StrEnum):
    """Whether a number stands for itself alone, for those near it, or for all from or up to it."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at least"
    AT_MOST = "at most"


_QUANTITIES = lexicon("quantities")
_NAMED = "|".join(_QUANTITIES.ordered("named times"))
_UNLIMITED = _QUANTITIES.pattern("unlimited")
_BOUNDED: tuple[QuantityBound, ...] = (QuantityBound.AT_MOST, QuantityBound.AT_LEAST, QuantityBound.ABOUT)


class Patterns(NamedTuple):
    """What the pieces of a quantity look like."""

    quantity: re.Pattern[str]
    clock: re.Pattern[str]
    date: re.Pattern[str]
    total: re.Pattern[str]
    """Before a number: what it is the total of, "a population of"."""
    numbered: re.Pattern[str]
    """What every sentence with a quantity holds."""
    period: re.Pattern[str]
    """Behind a price: what it is paid for."""
    old: re.Pattern[str]
    """Behind a number that is an age."""
    aged: re.Pattern[str]
    """Before a number that is an age."""
    of: re.Pattern[str]
    """Behind a quantity: what it is an amount of."""
    unit_behind: re.Pattern[str]
    """Behind a number: a word and a unit of time, "vacation days"."""
    unit_next: re.Pattern[str]
    """Behind what makes a number a bound: its unit, as in "7 or more years"."""
    working: re.Pattern[str]
    """Behind a number: days of which a week has five."""
    word: re.Pattern[str]
    bounds: tuple[tuple[QuantityBound, re.Pattern[str], re.Pattern[str]], ...]
    """What stands before a number or behind it makes it a bound or a rough figure; the first that fits counts."""
    beyond: re.Pattern[str]
    """Before a bound that is no part of what it bounds: "under"."""


class QuantityWording(NamedTuple):
    """How quantities are said without a number and a unit."""

    fraction: re.Pattern[str]
    """A share: "nine out of ten", "a third of"."""
    often: re.Pattern[str]
    """How often: "twice a year", "every week", "monthly"."""
    unlimited: re.Pattern[str]
    """That there may be any number."""


@cache
def patterns() -> Patterns:
    """The patterns, compiled once."""
    months = "|".join(MONTHS)
    joined, priced = ("|".join(_QUANTITIES.ordered(section)) for section in ("joined", "priced by"))
    return Patterns(
        quantity=_compiled(
            rf"(?<![\w.,/])(?P<low>{PART_OF_UNIT}|{NUMBER}|an?(?=\s(?:{_NAMED}|minute)\b)"
            r")(?:\s\(\d{1,6}\))?"
            rf"(?:\s?(?:to|and|–|-|—|or)\s?(?P<high>{NUMBER}))?"
            rf"(?:\s?(?P<unit>%|¢|°[cf]?|(?:{UNIT_NAMES})\b)|-(?P<joined>{_NAMED}|{joined})\b)?"
            r"(?P<half>\sand\sa\shalf)?(?!\w)"
        ),
        clock=_compiled(
            r"(?<![\w:$€£])(?P<hour>\d{1,2})(?:(?:[:.](?P<minute>\d\d))?\s?(?P<half>[ap])\.?m\b"
            r"|:(?P<minutes>[0-5]\d)(?![:\w]))"
        ),
        date=_compiled(
            rf"(?<!\w)(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month>{months})"
            rf"|(?P<month2>{months})\s(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d))\b"
        ),
        total=_compiled(r"([^\W\d_]+)\sof\s(?:about |around |roughly |nearly |almost |over |some )?$"),
        numbered=_compiled(
            rf"\d|\b(?:{_UNLIMITED}|half|every|each|annually|yearly|monthly|weekly|daily|once|twice|{'|'.join(NUMBERS)}|an?\s(?:{_NAMED}))\b"
        ),
        period=_compiled(rf"\s?(?:an?|per|each|every|/)\s?({_NAMED}|{priced})\b"),
        old=_compiled(r"[\s-]*(?:years?|yrs?)?[\s-]*(?:old|of age)\b"),
        aged=_compiled(r"(?:aged?|ages|age (?:is|of)|turned?|turning)\W*$"),
        of=_compiled(r"\s+of\s+(?:the |a |an |your )?([^\W\d_]+(?:[\s-][^\W\d_]+){0,2})"),
        unit_behind=_compiled(r"\s(?:[^\W\d_]{3,}[\s-]){1,2}(hours|days|weeks|months|years)\b"),
        unit_next=_compiled(rf"\s?({UNIT_NAMES})\b"),
        working=_compiled(r"\s(?:working|business|work|weekdays?)\b"),
        word=_compiled(r"[^\W\d_]+"),
        bounds=tuple(
            (
                bound,
                _compiled(rf"(?:{_QUANTITIES.pattern(f'{bound}, before')})\W*$"),
                _compiled(rf"\W*(?:{_QUANTITIES.pattern(f'{bound}, behind')})"),
            )
            for bound in _BOUNDED
        ),
        beyond=_compiled(rf"\b(?:{_QUANTITIES.pattern('beyond a bound')})\W*$"),
    )


@cache
def wording() -> QuantityWording:
    """The wordings, compiled once."""
    return QuantityWording(
        fraction=_compiled(
            rf"(?<![\w.,/])(?:(?P<part>{NUMBER})\s(?:out of|in)\s(?:every\s)?(?P<whole>{NUMBER})"
            rf"(?!\w|[ ]?(?:{UNIT_NAMES})\b)"
            r"|(?P<words>half|(?:a|one)[ -](?:third|quarter|fifth|tenth)|two[ -]thirds|three[ -]quarters)"
            rf"(?=\sof\s(?!an?\s(?:{UNIT_NAMES})\b)))"
        ),
        often=_compiled(
            rf"\b(?:(?:(?P<times>once|twice|(?:{NUMBER})\stimes)\s(?:an?|per|each|every)|every|each)\s(?P<unit>{_NAMED})"
            r"|(?P<adverb>annually|yearly|monthly|weekly|daily))\b"
        ),
        unlimited=_compiled(rf"\b(?:{_UNLIMITED})\b"),
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
