"""What a column's header, or a caption, says of the numbers below it: measure, period, money, percent, year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from ..lang.lexicon import lexicon
from .measures import MEASURES, PERIODS, NamedMeasure, is_statistic, period_phrases, split
from .number_words import YEAR
from .regex import compiled
from .tokenizer import terms

PERCENTILE = (
    r"(?i)(?<![^\W_])p(?:ct|ctl|ercentile)?[ _]?(?P<after>\d{1,2})(?![\d%])"
    r"|^\s*(?P<alone>\d{1,2})\s?%\s*$"
    r"|(?<![\d.])(?P<before>\d{1,2}) ?(?:st|nd|rd|th)?[ _-]?(?:percentiles?|pctl|pctile)(?![^\W_])"
)
HEADED_YEAR = rf"(?<![\d.,$])(?<!\d[-–]){YEAR}(?![\d%]|[.,–-]\d)"
"""A year that stands alone, not the end of a range such as 2024–34."""
NUMBERS_BETWEEN = r"(\d)\s+to\s+(?=\d)"
"""What stands between the two numbers of a range, as in "18 to 20": there it names no high end."""

CURRENCY_WORDS = lexicon("table_headers").meanings("currencies")
"""What the words of a header that name a currency mean."""
CURRENCY_SIGNS = sorted(
    ((sign, code) for sign, code in lexicon("table_headers").meanings("currency signs").items() if not sign.isalpha()),
    key=lambda pair: -len(pair[0]),
)
"""Signs that do, the longer first."""
PERCENT_WORDS = lexicon("table_headers").words("percents")
FILLER = CURRENCY_WORDS.keys() | lexicon("table_headers").words("filler")
"""Words of a header that change nothing about what it measures."""

CAMEL = r"(?<=[a-z])(?=[A-Z])"
_SNAKE_PERIODS = {"h_": "hour", "a_": "year"}
"""Prefixes of the Occupational Employment and Wage Statistics' files (h_median, a_mean)."""

Phrases = Mapping[tuple[str, ...], str]


class HeaderMeaning(NamedTuple):
    """What the words say."""

    measure: str | None
    """None where no word is a known measure; the words themselves where two measures meet."""
    period: str | None
    pay: bool
    """Whether it speaks of pay: by a word for it, or by a statistic with a period and nothing else."""
    currency: str | None
    """The currency that it names: EUR."""
    percent: bool
    year: int | None
    plain: bool
    """Whether it holds no word beyond measures, periods and years: "Annual median", not "Median class size"."""


@lru_cache(maxsize=4_096)
def in_header(header: str) -> HeaderMeaning:
    """What a column's header means: "2023 Median Hourly Wage ($)", "a_pct25", "Employment per 1,000 jobs"."""
    spaced = compiled(CAMEL).sub(" ", header.replace("_", " "))
    return _heading(spaced, _header_phrases(), _SNAKE_PERIODS.get(header[:2].lower()))


def in_caption(sentence: str) -> HeaderMeaning:
    """What a caption, a heading or a sentence says of the numbers below it; short forms do not count here."""
    return _heading(sentence, _caption_phrases(), None)


def _heading(text: str, known: Phrases, period: str | None) -> HeaderMeaning:
    words = [term.word for term in terms(compiled(NUMBERS_BETWEEN).sub(r"\1-", text))]
    phrases = list(_phrases(words, known))
    found = [name for _, _, name in phrases]
    period = next((name for name in found if name in PERIODS), period)
    percentile = compiled(PERCENTILE).search(text)
    statistic = percentile is not None or any(is_statistic(name) for name in found)
    covered = {n for first, last, _ in phrases for n in range(first, last + 1)}
    known_digits = compiled(r"\d" if percentile else HEADED_YEAR)
    plain = all(n in covered or word in FILLER or known_digits.match(word) for n, word in enumerate(words))
    years = {int(year) for year in compiled(HEADED_YEAR).findall(text)}
    return HeaderMeaning(
        measure=_percentile(percentile) if percentile else _measure([n for n in found if n in MEASURES], words),
        period=period,
        pay=any(name in MEASURES and (name == NamedMeasure.PAY or MEASURES[name].of_pay) for name in found)
        or (period is not None and statistic and plain),
        currency=currency(text, words),
        percent=percentile is None
        and ("%" in text or not PERCENT_WORDS.isdisjoint(words) or "relative standard error" in found),
        year=years.pop() if len(years) == 1 else None,
        plain=plain,
    )


def currency(text: str, words: Sequence[str]) -> str | None:
    """The currency that a text of these words names by its code, its sign or its name."""
    named = next((CURRENCY_WORDS[word] for word in words if word in CURRENCY_WORDS), None)
    return named or next((code for sign, code in CURRENCY_SIGNS if sign in text.casefold()), None)


def _percentile(match: re.Match[str]) -> str:
    number = int(match["after"] or match["alone"] or match["before"])
    return "median" if number == 50 else f"p{number}"


def _measure(found: Sequence[str], words: Sequence[str]) -> str | None:
    """A statistic of pay is called by the statistic; where two measures meet, by the header's own words."""
    statistics = [name for name in found if is_statistic(name)]
    others = [name for name in found if not is_statistic(name) and name not in (NamedMeasure.PAY, NamedMeasure.SHARE)]
    if others and len(statistics + others) > 1:
        return " ".join(words)
    return next(iter(statistics + others + list(found)), None)


def _phrases(words: Sequence[str], known: Mapping[tuple[str, ...], str]) -> Iterator[tuple[int, int, str]]:
    """Known phrases among the words, from the left, the longest first: first and last position, and the name."""
    at, longest = 0, max(map(len, known))
    while at < len(words):
        for size in range(min(longest, len(words) - at), 0, -1):
            if (name := known.get(tuple(words[at : at + size]))) is not None:
                yield at, at + size - 1, name
                at += size
                break
        else:
            at += 1


@cache
def _header_phrases() -> Phrases:
    names = {phrase: measure.name for measure in MEASURES.values() for phrase in split(measure.names, measure.headers)}
    return period_phrases() | names


@cache
def _caption_phrases() -> Phrases:
    names = {phrase: measure.name for measure in MEASURES.values() for phrase in split(measure.names)}
    return period_phrases() | names
