"""Readings that compute over rows: counts, sums, means, what is most frequent."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from ....params import PARAMS
from ....text.measures import PERIODS, WORKING_HOURS
from .. import algebra as a
from ..beam import Beam, Hypothesis
from ..column_view import ValueKind
from ..vocabulary import Trigger

HOURS_OF_PERIODS = {period: float(hours) for period, hours in WORKING_HOURS.items()}
"""Working hours of each period that pay is given for, at 40 a week."""
MAX_TIMES = PARAMS.reading_model.times
_SAID_TIMES = (("once", 1), ("twice", 2), ("only", 1))


def counts(beam: Beam) -> Iterator[Hypothesis]:
    """How many rows."""
    words = beam.asks(Trigger.COUNT)
    for chosen in beam.few(len(beam.chosen)):
        yield Hypothesis(a.Count(chosen.rows), "count", chosen, -1, -1, words)
    for chosen in beam.unions(4):
        yield Hypothesis(a.Count(chosen.rows), "count or", chosen, -1, -1, words)
    for chosen in beam.few(6):
        for column in beam.columns[:5]:
            if not beam.view.columns[column].is_key and not chosen.uses(column):
                yield Hypothesis(a.Distinct(chosen.rows, column), "distinct", chosen, column, -1, words)


def counts_beyond(beam: Beam) -> Iterator[Hypothesis]:
    """How many rows stand below or above one."""
    words = beam.asks(Trigger.BEYOND) | beam.asks(Trigger.COUNT)
    for chosen in beam.chosen[:6]:
        for below in (True, False) if chosen.size == 1 else ():
            name = "count below" if below else "count above"
            yield Hypothesis(a.Count(a.Beyond(chosen.rows, below)), name, chosen, -1, -1, words)


def reduced(beam: Beam, how: a.Reduction) -> Iterator[Hypothesis]:
    """All numbers of a column made one."""
    for number, chosen in enumerate([*beam.few(10), *beam.unions(2)]):
        for place in beam.numeric[: 6 if number < 3 else 4] if not chosen.links or chosen.size > 1 else ():
            column = beam.view.columns[place]
            if how == "range" or not (column.kind == ValueKind.DATE or column.order.is_year):
                yield Hypothesis(a.Reduce(how, chosen.rows, place), how, chosen, place, -1, beam.asks(how))


def frequent(beam: Beam) -> Iterator[Hypothesis]:
    """The value that most rows have, or that has most of a column."""
    words = beam.asks(Trigger.FREQUENT)
    for chosen in beam.few(5):
        for place in beam.columns[:6]:
            if beam.view.columns[place].is_key or chosen.uses(place):
                continue
            for descending in (True, False):
                name = "frequent" if descending else "rarest"
                yield Hypothesis(a.Frequent(chosen.rows, place, descending), name, chosen, place, -1, words)
            for numbers in beam.named[:2]:
                if numbers != place:
                    grouped = a.Grouped(chosen.rows, place, numbers, True)
                    yield Hypothesis(grouped, "group max", chosen, place, numbers, words)


def so_many_times(beam: Beam) -> Iterator[Hypothesis]:
    """The values that so many rows have."""
    asked = [(f.value, f.bits) for f in beam.asked.figures if f.value.is_integer() and 1 <= f.value <= MAX_TIMES]
    asked += [(times, 1 << beam.asked.words.index(word)) for word, times in _SAID_TIMES if word in beam.asked.words]
    for times, words in asked:
        for place in beam.columns[:4]:
            if not beam.view.columns[place].is_key:
                value = a.Times(a.Filter(), place, int(times))
                yield Hypothesis(value, "times", beam.all_rows, place, -1, words | beam.asks(Trigger.TIMES))


def converted(beam: Beam) -> Iterator[Hypothesis]:
    """Pay of one period for another, at 40 hours a week."""
    for period in (period for period in PERIODS if period in beam.asked.periods):
        for chosen in beam.chosen[:10]:
            for place in beam.numeric if chosen.size <= 3 else ():
                own = beam.view.columns[place].period
                if own in HOURS_OF_PERIODS and own != period:
                    value = a.Scaled(a.Select(chosen.rows, place), HOURS_OF_PERIODS[period] / HOURS_OF_PERIODS[own])
                    yield Hypothesis(value, "convert", chosen, place, -1, beam.asked.periods[period])


def across(beam: Beam, how: a.AcrossReduction) -> Iterator[Hypothesis]:
    """Several columns of one row, or one column of two rows, made one."""
    words = beam.asks(how)
    for chosen in [chosen for chosen in beam.chosen if chosen.size == 1][:5]:
        for columns in _spans(beam):
            value = a.Across(how, chosen.rows, columns)
            yield Hypothesis(value, f"{how} across", chosen, columns[0], columns[-1], words)
    for one, other in islice(beam.twins(), 3):
        first, second, both = beam.choose(one), beam.choose(other), beam.choose(one)
        both = both._replace(links=(one, other), words=one.words | other.words, mask=one.mask | other.mask)
        for place in beam.numeric[:5]:
            paired = a.Pair(how, of_rows(first.size, first.rows, place), of_rows(second.size, second.rows, place))
            yield Hypothesis(paired, f"{how} of two", both, place, -1, words)


def _spans(beam: Beam) -> Iterator[tuple[int, ...]]:
    """Two or three named columns, and all from one year to another."""
    named = beam.named[:5]
    for n, one in enumerate(named):
        for m, other in enumerate(named[n + 1 :], n + 1):
            yield one, other
            yield from ((one, other, third) for third in named[m + 1 :])
    asked = sorted(figure.value for figure in beam.asked.figures if figure.is_date)
    for years in beam.years[:4]:
        if not asked:
            yield years
        if len(asked) == 2:
            between = tuple(place for place in years if asked[0] <= (beam.view.columns[place].year or 0) <= asked[1])
            if len(between) > 2:
                yield between


def of_rows(size: int, rows: a.Rows, place: int) -> a.Value:
    """A column's number for rows: as it stands where there is one, else added up."""
    return a.Select(rows, place) if size == 1 else a.Reduce("sum", rows, place)
