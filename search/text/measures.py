"""What numbers are called: measures and periods as column headers name them, and as people ask for them.

One vocabulary for both sides: ``names`` count everywhere, ``headers`` where the indexer reads column headers, ``lay``
where questions are read. A measure is known by its short name: ``median``, ``p10``, ``employment``; a column without a
known measure is called by its own words ("pass rate").
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import NamedTuple


class Measure(NamedTuple):
    """One measure and its names: phrases of folded words (see ``words.fold``), separated by commas."""

    name: str
    label: str
    """As an answer says it: "10th percentile"."""
    statistic: bool = False
    """Whether it is a statistic of something else: of pay, unless the header says of what."""
    unit: str | None = None
    """The unit that it always has."""
    names: str = ""
    """In headers and questions alike."""
    headers: str = ""
    """In headers alone: short forms, and words that mean much else in a question."""
    lay: str = ""
    """In questions alone: what people say for it."""
    instead: tuple[str, ...] = ()
    """Measures that may stand in for it where a table lacks it, the nearest first; a note must say so."""


_ALL = (
    Measure(
        "low",
        "low",
        statistic=True,
        names="low, minimum, entry level, starting, low end, lower end",
        headers="lowest, min, entry, bottom, start, starts at, from",
        lay=(
            "entry, beginner, beginners, beginning, starter, start at, start out, starts at, starts out, new "
            "graduate, new graduates, new grad, new grads, newly qualified, newly certified, novice, no "
            "experience, without experience, first job, lowest paid, least paid, lowest earners, bottom end"
        ),
        instead=("p10", "p25"),
    ),
    Measure(
        "median",
        "median",
        statistic=True,
        names="median, midpoint, middle, typical",
        headers="med, mid",
        lay="typically, usual, usually, normal, normally, ordinary, regular, mid range, in the middle",
        instead=("mean", "pay"),
    ),
    Measure(
        "high",
        "high",
        statistic=True,
        names="high, maximum, high end, upper end, top end, experienced",
        headers="highest, max, top, senior, to",
        lay=(
            "highest paid, best paid, top paid, top earners, highest earners, senior, seasoned, veteran, "
            "veterans, at the top, top pay, top rate, with experience, years of experience"
        ),
        instead=("p90", "p75"),
    ),
    Measure(
        "mean",
        "mean",
        statistic=True,
        names="mean, average",
        headers="avg",
        lay="averages, on average",
        instead=("median", "pay"),
    ),
    Measure(
        "p10",
        "10th percentile",
        statistic=True,
        names="lowest decile, bottom decile",
        lay="bottom tenth, lowest tenth",
        instead=("low",),
    ),
    Measure(
        "p25",
        "25th percentile",
        statistic=True,
        names="lower quartile, first quartile",
        lay="bottom quarter, lowest quarter",
    ),
    Measure(
        "p75",
        "75th percentile",
        statistic=True,
        names="upper quartile, third quartile",
        lay="top quarter, highest quarter",
    ),
    Measure(
        "p90",
        "90th percentile",
        statistic=True,
        names="highest decile, top decile",
        lay="top tenth, highest tenth",
        instead=("high",),
    ),
    Measure(
        "pay",
        "pay",
        names="pay, wage, wages, salary, salaries, earnings, income, compensation",
        headers="remuneration, stipend",
        lay=(
            "earn, earns, earning, earned, make, makes, making, paid, pays, paying, paycheck, hourly rate, "
            "pay rate, wage rate, rate of pay, take home, bring home"
        ),
        instead=("median", "mean"),
    ),
    Measure(
        "employment",
        "employment",
        unit="count",
        names=(
            "employment, total employment, number employed, number of jobs, number of workers, number of "
            "employees, number of people employed, workforce, headcount"
        ),
        headers="tot emp, total emp, emp, employed, employees, workers, jobs, employment level",
        lay=(
            "people employed, people work, people working, workers employed, many employed, many work, are "
            "employed, many workers, many employees, many jobs"
        ),
    ),
    Measure(
        "projected employment",
        "projected employment",
        unit="count",
        names="projected employment, employment projected, expected employment",
    ),
    Measure(
        "jobs per 1000",
        "jobs per 1,000",
        unit="per 1,000",
        names=(
            "jobs per 1000, jobs per thousand, employment per 1000, employment per thousand, employment per "
            "1000 jobs, employment per thousand jobs, per 1000 jobs, per thousand jobs"
        ),
        headers="jobs 1000",
        lay="density of jobs, job density, out of every 1000 jobs, in every 1000 jobs",
    ),
    Measure(
        "location quotient",
        "location quotient",
        names="location quotient, lq",
        headers="loc quotient, loc q",
        lay="relative concentration, concentration",
    ),
    Measure(
        "relative standard error",
        "relative standard error",
        unit="percent",
        names="relative standard error, percent relative standard error, standard error, margin of error",
        headers="prse, rse, moe",
    ),
    Measure(
        "change",
        "change",
        names=(
            "change, growth, growth rate, job growth, employment growth, projected growth, projected change, "
            "employment change, percent change, percentage change, rate of growth"
        ),
        headers="chg, pct change, increase, decrease, outlook, job outlook",
        lay=(
            "grow, grows, growing, change in employment, percent change in employment, growth in employment, "
            "numeric change in employment, growth percent, percent growth, numeric change, change in number"
        ),
    ),
    Measure(
        "openings",
        "openings",
        unit="count",
        names=("openings, job openings, annual openings, annual job openings, average annual openings, vacancies"),
    ),
    Measure(
        "cost",
        "cost",
        names="cost, costs, price, prices, fee, fees, total cost",
        lay="charge, charges",
    ),
    Measure(
        "count",
        "count",
        unit="count",
        names="count",
        headers="number",
    ),
    Measure(
        "share",
        "share",
        unit="percent",
        names="share, proportion, percentage",
        headers="percent, pct",
    ),
)
MEASURES: Mapping[str, Measure] = {measure.name: measure for measure in _ALL}
"""Every measure known by name. Other percentiles are named alike (``p60``)."""

PERIODS: Mapping[str, str] = {
    "hour": "hourly, per hour, an hour, by the hour, each hour, every hour, hour, hr, per hr",
    "day": "daily, per day, per diem, each day",
    "week": "weekly, per week, each week, every week",
    "month": "monthly, per month, each month, every month",
    "year": "annual, annually, yearly, per year, a year, per annum, each year, every year, yr, per yr, annum",
}
"""Words for the period that an amount of money is paid for."""


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
    if measure[:1] == "p" and measure[1:].isdigit():
        number = int(measure[1:])
        ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{number}{ending} percentile"
    return measure


def is_statistic(measure: str | None) -> bool:
    """Whether a measure is a statistic of something: a median, a percentile, a low."""
    if measure is None:
        return False
    return MEASURES[measure].statistic if measure in MEASURES else measure[:1] == "p" and measure[1:].isdigit()


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
