"""How quantities are written, as regular expressions; compiled when first needed, as few questions need them."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from .numbers import MONTHS, NUMBER, NUMBERS, UNIT_NAMES

Bound = Literal["exact", "about", "at least", "at most"]

_NAMED = "hour|day|week|month|year"
_UNLIMITED = r"no limits?|unlimited|as (?:many|much|often)(?: \w+)? as (?:you|they|one) (?:like|want|wish|please)s?"
_BOUNDS: tuple[tuple[Bound, str, str], ...] = (
    (
        "at most",
        "up to|at most|no more than|not more than|maximum(?: of)?|less than|fewer than|under|below|within|until",
        "or (?:less|fewer|under|younger|below)",
    ),
    (
        "at least",
        "at least|minimum(?: of| age)?|more than|over|above|no less than|not less than|from|"
        "(?<!expire )(?<!expires )(?<!expired )(?<!ends )(?<!end )(?<!out )after",
        r"or (?:more|older|over|above|longer)|and (?:over|up|older|above)|\+",
    ),
    ("about", "about|around|roughly|approximately|nearly|almost|some|circa|close to|an estimated", "or so"),
)


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
    working: re.Pattern[str]
    """Behind a number: days of which a week has five."""
    word: re.Pattern[str]
    bounds: tuple[tuple[Bound, re.Pattern[str], re.Pattern[str]], ...]
    """What stands before a number or behind it makes it a bound or a rough figure; the first that fits counts."""


class Wording(NamedTuple):
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
    return Patterns(
        quantity=_compiled(
            rf"(?<![\w.,/])(?P<low>{NUMBER}|(?:a\s)?quarter of an?(?=\shour\b)|an?(?=\s(?:{_NAMED}|minute)\b)"
            rf"|half an?(?=\s(?:{_NAMED}|minute|mile)\b))"
            rf"(?:\s?(?:to|and|–|-|—|or)\s?(?P<high>{NUMBER}))?"
            rf"(?:\s?(?P<unit>%|°[cf]?|(?:{UNIT_NAMES})\b)|-(?P<joined>second|minute|{_NAMED}|mile|foot|metre|meter)\b)?"
            r"(?P<half>\sand\sa\shalf)?(?!\w)"
        ),
        clock=_compiled(r"(?<![\w:$€£])(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s?(?P<half>[ap])\.?m\b"),
        date=_compiled(
            rf"(?<!\w)(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month>{months})"
            rf"|(?P<month2>{months})\s(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d))\b"
        ),
        total=_compiled(r"([^\W\d_]+)\sof\s(?:about |around |roughly |nearly |almost |over |some )?$"),
        numbered=_compiled(
            rf"\d|\b(?:{_UNLIMITED}|half|every|each|annually|yearly|monthly|weekly|daily|once|twice|{'|'.join(NUMBERS)}|an?\s(?:{_NAMED}))\b"
        ),
        period=_compiled(rf"\s?(?:an?|per|each|every|/)\s?({_NAMED}|credit|class|semester|term|unit)\b"),
        old=_compiled(r"[\s-]*(?:years?|yrs?)?[\s-]*(?:old|of age)\b"),
        aged=_compiled(r"(?:aged?|ages|age (?:is|of)|turned?|turning)\W*$"),
        of=_compiled(r"\s+of\s+(?:the |a |an |your )?([^\W\d_]+(?:[\s-][^\W\d_]+){0,2})"),
        unit_behind=_compiled(r"\s(?:[^\W\d_]{3,}[\s-]){1,2}(hours|days|weeks|months|years)\b"),
        working=_compiled(r"\s(?:working|business|work|weekdays?)\b"),
        word=_compiled(r"[^\W\d_]+"),
        bounds=tuple(
            (bound, _compiled(rf"(?:{before})\W*$"), _compiled(rf"\W*(?:{after})")) for bound, before, after in _BOUNDS
        ),
    )


@cache
def wording() -> Wording:
    """The wordings, compiled once."""
    return Wording(
        fraction=_compiled(
            rf"(?<![\w.,/])(?:(?P<part>{NUMBER})\s(?:out of|in)\s(?:every\s)?(?P<whole>{NUMBER})"
            rf"(?!\w|[ ]?(?:{UNIT_NAMES})\b)"
            r"|(?P<words>half|(?:a|one)[ -](?:third|quarter|fifth|tenth)|two[ -]thirds|three[ -]quarters)(?=\sof\s))"
        ),
        often=_compiled(
            rf"\b(?:(?:(?P<times>once|twice|(?:{NUMBER})\stimes)\s(?:an?|per|each|every)|every|each)\s(?P<unit>{_NAMED})"
            r"|(?P<adverb>annually|yearly|monthly|weekly|daily))\b"
        ),
        unlimited=_compiled(rf"\b(?:{_UNLIMITED})\b"),
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
