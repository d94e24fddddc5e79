"""What numbers are called: measures and periods as column headers name them, and as people ask for them.

One vocabulary for both sides: ``names`` count everywhere, ``headers`` where the indexer reads column headers, ``lay``
where questions are read. A measure is known by its short name: ``median``, ``p10``, ``employment``; a column without a
known measure is called by its own words ("pass rate").
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from ..lang.lexicon import lexicon, parted


class NamedMeasure(StrEnum):
    """The measures that questions and columns are told apart by; a column may have any other."""

    PAY = "pay"
    COST = "cost"
    SHARE = "share"
    COUNT = "count"
    CHANGE = "change"
    EMPLOYMENT = "employment"
    LOW = "low"
    MEDIAN = "median"
    MEAN = "mean"
    HIGH = "high"
    P10 = "p10"
    P90 = "p90"


class Period(StrEnum):
    """What an amount of pay is for."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Measure(NamedTuple):
    """One measure and its names: phrases of folded words (see ``words.fold``), separated by commas."""

    name: str
    label: str
    """As an answer says it: "10th percentile"."""
    statistic: bool
    """Whether it is a statistic of something else: of pay, unless the header says of what."""
    of_pay: bool
    """Whether it is pay whatever else a header says."""
    unit: str | None
    """The unit that it always has."""
    names: str
    """In headers and questions alike."""
    headers: str
    """In headers alone: short forms, and words that mean much else in a question."""
    lay: str
    """In questions alone: what people say for it."""
    instead: tuple[str, ...]
    """Measures that may stand in for it where a table lacks it, the nearest first; a note must say so."""


def _measure(name: str, said: Mapping[str, str]) -> Measure:
    return Measure(
        name,
        said.get("label", name),
        "statistic" in said,
        "of pay" in said,
        said.get("unit"),
        said.get("names", ""),
        said.get("headers", ""),
        said.get("lay", ""),
        tuple(parted(said.get("instead", ""))),
    )


MEASURES: Mapping[str, Measure] = {
    name: _measure(name, dict(lexicon("measures").pairs(name))) for name in lexicon("measures").sections if name
}
"""Every measure known by name. Other percentiles are named alike (``p60``)."""

PERIODS: Mapping[str, str] = dict(lexicon("quantities").pairs("pay periods"))
"""Words for the period that an amount of money is paid for."""
WORKING_HOURS: Mapping[str, Decimal] = {
    Period.HOUR: Decimal(1),
    Period.DAY: Decimal(8),
    Period.WEEK: Decimal(40),
    Period.MONTH: Decimal(2080) / 12,
    Period.YEAR: Decimal(2080),
}
"""Working hours in each period, full time: 40 a week, 52 weeks a year (the statistical offices' 2,080 hours)."""


def stand_in(measure: str, available: Collection[str]) -> str | None:
    """The measure to use where only these are available: itself, or the nearest that may stand in; None for none."""
    if measure in available:
        return measure
    known = MEASURES.get(measure)
    return next((other for other in known.instead if other in available), None) if known else None


def label(measure: str) -> str:
    """How an answer names a measure: "10th percentile" for ``p10``."""
    if measure in MEASURES:
        return MEASURES[measure].label
    if is_percentile(measure):
        number = int(measure[1:])
        ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{number}{ending} percentile"
    return measure


def is_percentile(measure: str) -> bool:
    """Whether it is the short name of a percentile: ``p60``."""
    return measure[:1] == "p" and measure[1:].isdigit()


def is_statistic(measure: str | None) -> bool:
    """Whether a measure is a statistic of something: a median, a percentile, a low."""
    if measure is None:
        return False
    return MEASURES[measure].statistic if measure in MEASURES else is_percentile(measure)


def unit_of(measure: str | None) -> str | None:
    """The unit that a measure always has: count for employment."""
    return MEASURES[measure].unit if measure is not None and measure in MEASURES else None


@cache
def period_phrases() -> dict[tuple[str, ...], str]:
    """Every way to name a period, as folded words: ("per", "hour") is "hour"."""
    return {phrase: period for period, phrases in PERIODS.items() for phrase in split(phrases)}


def split(*phrases: str) -> Iterator[tuple[str, ...]]:
    """Phrases separated by commas, each as a tuple of its words."""
    return (tuple(phrase.split()) for text in phrases for phrase in text.split(",") if phrase)
