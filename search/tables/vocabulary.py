"""The words of table questions, as data: what each says about the operation, the rows, the numbers, or nothing at all.

A question is answered from a table only where every one of its words is accounted for, so a word belongs here only if
its meaning for a table is certain. Names of measures and periods come from ``search.measures``. A value that ends with
``~`` is weak: it holds only where no pay and nothing else is asked for; one with ``$`` holds only where pay is.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from ..measures import MEASURES, PERIODS

Kind = Literal[
    "filler", "blocker", "how", "home", "any one", "rows", "where", "nation", "measure", "pay", "period", "full time",
    "super", "ordinal", "number", "scale", "money", "above", "suffix", "between", "and", "or", "to", "than", "more",
    "compare", "difference", "percent", "rank", "order", "count", "mean", "sum", "range", "all", "by",
    "negation", "except",
    "include", "about", "is it", "year", "name", "state", "word",
]  # fmt: skip
"""What a piece of a question is. ``name`` is a value of the table's columns, ``word`` is anything not known here."""


class Sense(NamedTuple):
    """What a phrase means: its kind, and which one of the kind."""

    kind: Kind
    value: str = ""


_PHRASES: tuple[tuple[Kind, str, str], ...] = (
    # Words that change nothing.
    (
        "filler",
        "",
        "take, takes, any, whats, hows, im, ill, as, whose, name, convert, turn, translate, express, work out, "
        "amount to, come to, comes to, come out, how wide is, how wide are, how big is, how large is, how small is, how much does "
        "it, to be, a, an, the, of, in, on, at, for, with, into, this, that, these, those, there, here, it, its, "
        "they, them, i, me, my, we, our, you, your, he, she, one, ones, i'd, i'm, i'll, i've, you'd, they're, "
        "it'd, it'll, am, be, been, being, has, have, had, having, may, might, shall, must, want, like, if, "
        "whether, so, then, also, too, just, actually, really, please, thanks, thank, hello, hi, hey, ok, okay, "
        "let, let's, tell, show, give, know, find, look, looking, see, say, says, curious, wonder, wondering, "
        "help, interested, how, much, many, get, gets, getting, expect, expected, expecting, anticipate, receive, "
        "receives, receiving, offer, offers, offered, offering, bring, brings, come, comes, go, going, goes, "
        "become, becoming, work, works, working, live, living, move, moving, located, based, listed, reported, "
        "shown, given, stated, recorded, according, currently, now, today, right now, exist, figure, figures, "
        "value, values, data, information, info, table, tables, in the chart, stats, statistics, statistic, "
        "amount, amounts, level, levels, number, numbers, guide, guides, list, lists, well, how high is, how low "
        "is, how high are, how low are, how good is, how good are, how well, altogether, within, terms, get to, "
        "looking at",
    ),
    ("filler", "which", "what, what's, which"),
    ("filler", "how much", "how much"),
    ("how", "", "how do, how does, how did, how can, how would, how could"),
    ("is it", "", "is, are, was, were, do, does, did, can, could, will, would, should"),
    # Words that make it another kind of question.
    (
        "blocker",
        "",
        "why, when, how come, how do i, how do you, how does one, how to, how long, how old, how often, how fast, "
        "how soon, how quickly, how hard, how far, what if, what happens, what is a, what is an, what's a, who "
        "is, pay me, make me, make of, what kind, what kinds, what type of, what sort, near me, my area, my city, "
        "my state, my town, who was, who won, ago, since, until, before, after, during",
    ),
    # Who is paid, in general.
    (
        "any one",
        "",
        "person, people, someone, somebody, anyone, anybody, everyone, folks, worker, workers, employee, "
        "employees, staff, personnel, individual, individuals, earner, earners",
    ),
    (
        "any one",
        "profession",
        "professional, professionals, specialist, specialists, expert, experts, practitioner, practitioners",
    ),
    # The rows.
    (
        "rows",
        "place",
        "area, areas, place, places, location, locations, region, regions, spot, spots, market, markets, part, "
        "parts, anywhere, somewhere",
    ),
    ("rows", "local", "city, cities, town, towns, county, counties, community, communities, locality, localities"),
    ("rows", "state", "state, states"),
    (
        "home",
        "",
        "in the state, within the state, across the state, throughout the state, statewide, in this state, of the "
        "state",
    ),
    ("rows", "MSA", "msa, msas, metropolitan statistical area, metropolitan statistical areas"),
    (
        "rows",
        "metro",
        "metro, metros, metro area, metro areas, metropolitan area, metropolitan areas, metropolitan region, "
        "metropolitan regions, metro region, metro regions",
    ),
    (
        "rows",
        "metropolitan division",
        "metropolitan division, metropolitan divisions, metro division, metro divisions, division, divisions",
    ),
    (
        "rows",
        "BOS region",
        "bos region, bos regions, bos area, bos areas, balance of state, balance of state region, balance of "
        "state regions, nonmetropolitan area, nonmetropolitan areas, non metropolitan area, non metropolitan "
        "areas, nonmetro areas, non metro areas",
    ),
    (
        "rows",
        "occupation",
        "occupation, occupations, job, jobs, profession, professions, career, careers, role, roles, position, "
        "positions, job title, job titles, title, titles, line of work, lines of work",
    ),
    ("rows", "who", "who, who's"),
    ("rows", "country", "countries, which country, what country"),
    ("rows", "any", "row, rows, entry, entries, record, records, item, items"),
    ("where", "", "where, where's, wheres"),
    (
        "nation",
        "",
        "united states, united states of america, american, usa, u s, u s a, america, nation, national, "
        "nationally, nationwide, country, countrywide, whole country, nation as a whole, country as a whole, "
        "national level",
    ),
    (
        "all",
        "",
        "over all, over the, all of the, all, each, every, everywhere, both, across, among, between all, various, "
        "different, overall, whole, entire",
    ),
    (
        "by",
        "",
        "per, by, in terms of, based on, measured by, going by, judged by, judging by, as measured by, with respect to",
    ),
    # Which rows: ranks.
    ("super", "+many", "most"),
    ("super", "-many", "fewest, least"),
    (
        "super",
        "+",
        "highest, best, top, greatest, largest, biggest, max, maximum, peak, leading, richest, number one, "
        "widest, broadest, tops the list, top of the list, heads the list, leads the list, comes out on top, "
        "ranks first",
    ),
    (
        "super",
        "+pay",
        "highest paid, highest paying, best paid, best paying, top paid, top paying, most lucrative, top earning, "
        "highest earning, most money, most well paid, most highly paid",
    ),
    (
        "super",
        "-",
        "ranks last, comes last, is last, lowest, worst, bottom, smallest, min, minimum, poorest, narrowest, tightest",
    ),
    (
        "super",
        "-pay",
        "worst paid, worst paying, bottom paying, least paying, least money, poorest paid, lowest paid, lowest "
        "paying, least paid, lowest earning, least well paid, poorest paying, least lucrative",
    ),
    (
        "order",
        "-",
        "descending, highest to lowest, from highest to lowest, high to low, best to worst, highest first, top to "
        "bottom",
    ),
    (
        "order",
        "+",
        "ascending, lowest to highest, from lowest to highest, low to high, worst to best, lowest first, bottom to top",
    ),
    ("rank", "", "rank, ranks, ranked, ranking, rankings, sort, sorted, order, ordered, in order"),
    *(
        ("ordinal", str(n), phrases)
        for n, phrases in enumerate(
            (
                "first, 1 st",
                "second, 2 nd",
                "third, 3 rd",
                "fourth, 4 th",
                "fifth, 5 th",
                "sixth, 6 th",
                "seventh, 7 th",
                "eighth, 8 th",
                "ninth, 9 th",
                "tenth, 10 th",
            ),
            1,
        )
    ),
    # Which rows: conditions.
    (
        "above",
        ">",
        "above, over, more than, greater than, higher than, better than, larger than, bigger than, exceeding, "
        "exceed, tops, topping, exceeds, in excess of, north of, beat, beats, outpay, outpays, outearn, outearns, "
        "surpass, surpasses, ahead of, is above, is over, lie above, lies above, sit above, sits above, come in "
        "above, comes in above, land above, lands above",
    ),
    (
        "above",
        "<",
        "fall below, falls below, fall under, falls under, lie below, lies below, sit below, sits below, dip "
        "below, come in below, comes in below, come in under, comes in under, drop below, drops below, fall short "
        "of, below, under, beneath, less than, lower than, fewer than, smaller than, worse than, short of, south "
        "of, behind, trail, trails, cheaper than",
    ),
    (
        "above",
        ">=",
        "at least, no less than, not less than, no fewer than, not fewer than, no lower than, not lower than, not "
        "below, not under, a minimum of, minimum of, upwards of, as much as, as high as, as well as",
    ),
    (
        "above",
        "<=",
        "at most, no more than, not more than, no higher than, not higher than, not above, not over, up to, a "
        "maximum of, maximum of, not exceeding, as little as, as low as, no greater than, not greater than",
    ),
    ("above", "=", "exactly, equal to, equals, equal, precisely"),
    (
        "suffix",
        ">=",
        "or more, or higher, or above, or over, or better, or greater, and up, and above, and over, and higher, plus",
    ),
    ("suffix", "<=", "or less, or lower, or below, or under, or fewer, or worse, and below, and under, and lower"),
    ("between", "", "between, in between, anywhere between"),
    ("and", "", "and"),
    ("or", "", "or, either"),
    ("to", "", "to, through, from"),
    ("than", "", "than"),
    ("more", "+", "more, higher, greater, better, larger, bigger"),
    ("more", "-", "less, lower, fewer, worse, smaller"),
    ("about", "", "about, roughly, approximately, nearly, almost, approx"),
    ("about", "near", "around, close to, near, nearby, next to"),
    # Comparing and reckoning.
    (
        "compare",
        "",
        "compare, compares, compared, comparing, comparison, versus, vs, v, against, relative to, stack up, "
        "stacks up, above or below, below or above, over or under, higher or lower than, more or less than, "
        "better or worse than, measure up, measures up, differ, differs, side by side, compared with, compared to",
    ),
    ("difference", "", "difference, gap, spread, differential, disparity, by how much, margin"),
    (
        "difference",
        "+",
        "how much more, how much higher, how much better, how much above, how much over, how much greater, how "
        "far above, how far over, how many more, how many dollars more, how many more dollars, how many cents "
        "more, how much extra, how much larger, how much bigger",
    ),
    (
        "difference",
        "-",
        "how much less, how much lower, how much worse, how much below, how much under, how far below, how far "
        "under, how far behind, how much smaller, how many fewer, how many dollars less, how many dollars fewer, "
        "how many cents less",
    ),
    (
        "percent",
        "",
        "percent, per cent, percentage, percentage wise, percentages, proportion, fraction, share, what share",
    ),
    ("count", "", "how many, number of, count of, count, counts, total number of, tally"),
    ("mean", "verb", "mean"),
    (
        "mean",
        "",
        "average, averaged, averages, on average, unweighted, arithmetic mean, unweighted mean, unweighted average",
    ),
    ("sum", "", "total, sum, combined, added up, together"),
    ("range", "", "range, ranges"),
    ("range", "pay", "pay range, salary range, wage range, range of pay, pay ranges, salary ranges, wage ranges"),
    (
        "negation",
        "",
        "not, no, never, doesn't, don't, isn't, aren't, didn't, won't, can't, cannot, couldn't, wouldn't, wasn't, "
        "neither, nor, none, nothing, hardly, unless, instead of, rather than, without, but",
    ),
    (
        "except",
        "",
        "except, except for, excluding, exclude, excludes, other than, besides, outside, outside of, all but, "
        "apart from, aside from, leaving out, leave out, not counting, not including, without counting, ignoring, "
        "leaving aside, but not, left out, without the, minus the",
    ),
    ("include", "", "including, counting, include, includes"),
    # Numbers.
    ("scale", "1000", "k, thousand, grand"),
    ("scale", "1000000", "million"),
    ("money", "", "dollar, dollars, usd, bucks, buck"),
    ("full time", "", "full time, fulltime"),
    *(
        ("number", str(n), word)
        for n, word in enumerate(
            "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
            "eighteen nineteen".split(),
            2,
        )
    ),
    *(
        ("number", str(10 * n), word)
        for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
    ),
    ("number", "100", "hundred"),
    ("number", "12", "dozen"),
    # Pay and its measures, beyond the names that measures have in headers as well.
    ("measure", "median", "medians"),
    ("measure", "median$", "middle, normal, normally, usual, usually, ordinary, regular"),
    (
        "measure",
        "low",
        "low, lows, bottom end, starting out, pay floor, entry point, newcomer, newcomers, rookie, rookies, at "
        "the bottom, at the bottom end, at the low end, at the lower end, bottom of the scale, bottom of the pay "
        "scale",
    ),
    ("measure", "low$", "start, starts, started, starting, begin, begins, beginning, new"),
    ("measure", "minimum wage", "minimum wage, minimum wages, minimum hourly wage, legal minimum"),
    (
        "measure",
        "high",
        "high, highs, upper, ceiling, top end, top of the scale, experienced, at the top end, at the high end, at "
        "the upper end, top of the pay scale",
    ),
    ("measure", "gap", "low high gap, low to high gap, high low gap, low high spread, pay gap, wage gap"),
    ("measure", "total employment", "total employment, total number employed, combined employment"),
    ("measure", "employment~", "employ, employs, employing, employed, working as"),
    (
        "pay",
        "",
        "get paid, gets paid, getting paid, being paid, rate, rates, going rate, money, hourly rate, pay rate, "
        "wage rate, remuneration, cash, take home pay, pay scale, wage scale",
    ),
    ("period", "year~", "salary, salaries"),
    ("period", "year", "annualized, annualised, year, a single year, in a year, over a year, for a year, one year"),
    ("period", "hour", "hour, h"),
    ("period", "month", "month"),
    ("period", "week", "week"),
)

FIRM = frozenset({"median", "mean", "p10", "p25", "p75", "p90"})
"""Measures that by themselves make a question one for a table; words like "low" need pay or rows beside them."""


@cache
def phrases() -> dict[tuple[str, ...], Sense]:
    """Every phrase, as folded words, with its sense. What stands above goes before what the measures say."""
    found: dict[tuple[str, ...], Sense] = {}
    for sense, text in _measures():
        found |= dict.fromkeys(_split(text), sense)
    for kind, value, text in _PHRASES:
        found |= {words: Sense(kind, value) for words in _split(text)}
    return found


def _measures() -> Iterator[tuple[Sense, str]]:
    """Phrases of the common vocabulary of measures and periods; "pay" only says that pay is asked for."""
    for period, text in PERIODS.items():
        yield Sense("period", period), text
    for measure in MEASURES.values():
        sense = Sense("pay") if measure.name == "pay" else Sense("measure", measure.name)
        yield sense, f"{measure.names}, {measure.lay}"


@cache
def longest_phrase() -> int:
    """Words of the longest phrase."""
    return max(map(len, phrases()))


def _split(text: str) -> Iterator[tuple[str, ...]]:
    return (tuple(phrase.split()) for phrase in text.split(",") if phrase.strip())
