"""What numbers are called: measures and periods as column headers name them, and as people ask for them.

One vocabulary for both sides. The indexer reads headers with ``in_header`` ("h_median", "Entry level", "25th
percentile"), questions are read with ``in_question`` ("starting pay", "bottom 10 %"). A measure is known by its short
name: ``median``, ``p10``, ``employment``; a column without a known measure is called by its own words ("pass rate").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from .words import Term, terms


@dataclass(frozen=True, slots=True)
class Measure:
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
    loose: str = ""
    """In questions alone: words that name it only where they ask for no rank or other measure ("top", "lowest")."""
    instead: tuple[str, ...] = ()
    """Measures that may stand in for it where a table lacks it, the nearest first; a note must say so."""


_MEASURES = (
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
        loose="lowest, bottom, least, smallest, worst, start, new, min",
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
        loose="highest, top, best, most, largest, greatest, biggest, max",
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
        loose="rate, rates, money",
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
        loose="employed, employees, workers, jobs, employ, employs",
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
        lay="grow, grows, growing",
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
MEASURES: Mapping[str, Measure] = {measure.name: measure for measure in _MEASURES}
"""Every measure known by name. Other percentiles are named alike (``p60``)."""

PERIODS: Mapping[str, str] = {
    "hour": "hourly, per hour, an hour, by the hour, each hour, every hour, hour, hr, per hr",
    "day": "daily, per day, per diem, each day",
    "week": "weekly, per week, each week, every week",
    "month": "monthly, per month, each month, every month",
    "year": "annual, annually, yearly, per year, a year, per annum, each year, every year, yr, per yr, annum",
}
"""Words for the period that an amount of money is paid for."""

PERCENTILE = re.compile(
    r"(?<![^\W_])p(?:ct|ctl|ercentile)?[ _]?(?P<after>\d{1,2})(?![\d%])"
    r"|(?<![\d.])(?P<before>\d{1,2}) ?(?:st|nd|rd|th)?[ _-]?(?:percentiles?|pctl|pctile)(?![^\W_])",
    re.IGNORECASE,
)
BOTTOM = re.compile(r"(?<!\w)(?:bottom|lowest|lower) (\d{1,2}) ?(?:%|percent)", re.IGNORECASE)
TOP = re.compile(r"(?<!\w)(?:top|highest|upper) (\d{1,2}) ?(?:%|percent)", re.IGNORECASE)
YEAR = re.compile(r"(?<![\d.,$])(?<!\d[-–])(?:19|20)\d\d(?![\d%]|[.,–-]\d)")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SNAKE_PERIODS = {"h_": "hour", "a_": "year"}
"""Prefixes of the Occupational Employment and Wage Statistics' files (h_median, a_mean)."""
_FILLER = frozenset(
    (
        "a",
        "an",
        "and",
        "by",
        "dollars",
        "est",
        "estimated",
        "for",
        "h",
        "in",
        "numeric",
        "of",
        "per",
        "pct",
        "pctl",
        "percent",
        "percentile",
        "the",
        "th",
        "total",
        "us",
        "usd",
    )
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a column's header says of its numbers."""

    measure: str | None
    """None where no word of it is a known measure."""
    period: str | None
    money: bool
    """Whether it speaks of money: a pay statistic with its period, a word for pay, a currency."""
    percent: bool
    year: int | None
    plain: bool
    """Whether it holds no word beyond measures, periods and years: "Annual median", not "Median class size"."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A measure that a question names, and where (code points of the question)."""

    measure: str
    start: int
    end: int
    firm: bool
    """False for words such as "top" that may ask for a rank instead."""


def in_header(header: str) -> Heading:
    """What a header means: "2023 Median Hourly Wage ($)", "a_pct25", "Employment per 1,000 jobs"."""
    return _heading(
        _CAMEL.sub(" ", header.replace("_", " ")), _header_phrases(), _SNAKE_PERIODS.get(header[:2].lower())
    )


def in_caption(sentence: str) -> Heading:
    """What a caption, a heading or a sentence says of the numbers below it; short forms do not count here."""
    return _heading(sentence, _caption_phrases(), None)


def in_question(text: str, words: Sequence[Term]) -> list[Mention]:
    """The measures that a question names, in order, without overlap; ``words`` are its terms (``words.terms``)."""
    found = [
        Mention(_ordinal(int(match[1]) if pattern is BOTTOM else 100 - int(match[1])), *match.span(), True)
        for pattern in (BOTTOM, TOP)
        for match in pattern.finditer(text)
        if 0 < int(match[1]) < 100
    ]
    found += [Mention(_percentile(match), *match.span(), True) for match in PERCENTILE.finditer(text)]
    taken = [(mention.start, mention.end) for mention in found]
    for first, last, name in _phrases([term.word for term in words], _question_phrases()):
        start, end = words[first].start, words[last].end
        if not any(start < stop and begin < end for begin, stop in taken):
            measure, firm = name.removesuffix("?"), not name.endswith("?")
            found.append(Mention(measure, start, end, firm))
    return sorted(found, key=lambda mention: mention.start)


def period_in(words: Sequence[str]) -> str | None:
    """The period that folded words name first: "hour" for "an hour", "year" for "annually"."""
    return next((name for _, _, name in _phrases(words, period_phrases())), None)


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


def _heading(text: str, known: Mapping[tuple[str, ...], str], period: str | None) -> Heading:
    percentile = PERCENTILE.search(text)
    words = [term.word for term in terms(text)]
    phrases = list(_phrases(words, known))
    found = [name for _, _, name in phrases]
    period = next((name for name in found if name in PERIODS), period)
    measure = _percentile(percentile) if percentile else _principal([n for n in found if n in MEASURES], words)
    statistic = percentile is not None or any(name in MEASURES and MEASURES[name].statistic for name in found)
    covered = {n for first, last, _ in phrases for n in range(first, last + 1)}
    plain = all(n in covered or word in _FILLER or word[0].isdigit() for n, word in enumerate(words))
    pay = "pay" in found or "$" in text or "usd" in words or "dollars" in words
    years = {int(year) for year in YEAR.findall(text)}
    return Heading(
        measure=measure,
        period=period,
        money=pay or (period is not None and statistic and plain),
        percent="%" in text or "percent" in words or "relative standard error" in found,
        year=years.pop() if len(years) == 1 else None,
        plain=plain,
    )


def is_statistic(measure: str | None) -> bool:
    """Whether a measure is a statistic of something: a median, a percentile, a low."""
    if measure is None:
        return False
    return MEASURES[measure].statistic if measure in MEASURES else measure[:1] == "p" and measure[1:].isdigit()


def unit_of(measure: str | None) -> str | None:
    """The unit that a measure always has: count for employment."""
    return MEASURES[measure].unit if measure is not None and measure in MEASURES else None


def _percentile(match: re.Match[str]) -> str:
    return _ordinal(int(match["after"] or match["before"]))


def _ordinal(number: int) -> str:
    return "median" if number == 50 else f"p{number}"


def _principal(found: Sequence[str], words: Sequence[str]) -> str | None:
    """A statistic of pay is called by the statistic; where two measures meet, the header's own words name their sum."""
    statistics = [name for name in found if MEASURES[name].statistic]
    others = [name for name in found if not MEASURES[name].statistic and name not in ("pay", "share")]
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
def _header_phrases() -> dict[tuple[str, ...], str]:
    return period_phrases() | {
        phrase: measure.name for measure in _MEASURES for phrase in _split(measure.names, measure.headers)
    }


@cache
def _caption_phrases() -> dict[tuple[str, ...], str]:
    return period_phrases() | {phrase: measure.name for measure in _MEASURES for phrase in _split(measure.names)}


@cache
def _question_phrases() -> dict[tuple[str, ...], str]:
    """Loose words carry a question mark after the measure's name."""
    loose = {tuple(phrase.split()): f"{measure.name}?" for measure in _MEASURES for phrase in measure.loose}
    return loose | {
        tuple(phrase.split()): measure.name for measure in _MEASURES for phrase in measure.names + measure.lay
    }


@cache
def period_phrases() -> dict[tuple[str, ...], str]:
    """Every way to name a period, as folded words: ("per", "hour") is "hour"."""
    return {phrase: period for period, phrases in PERIODS.items() for phrase in _split(phrases)}


def _split(*phrases: str) -> Iterator[tuple[str, ...]]:
    return (tuple(phrase.split()) for text in phrases for phrase in text.split(",") if phrase)
