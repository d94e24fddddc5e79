"""Readings that hold two things against each other: differences, shares, which is more, yes or no."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice

from .. import algebra as a
from ..beam import Beam, Chosen, Hypothesis, fullest
from ..vocabulary import Trigger
from .number_families import of_rows


def differences(beam: Beam) -> Iterator[Hypothesis]:
    """How much one is more than the other: two rows, two counts, two columns of a row, the ends of a column."""
    words = beam.asks(Trigger.DIFFERENCE)
    for first, second, both in map(_later_first, _two(beam, 4)):
        for place in beam.numeric[:6]:
            value = a.Pair("difference", _of(first, place), _of(second, place))
            yield Hypothesis(value, "difference", both, place, -1, words)
        if beam.asks(Trigger.COUNT):
            counted = a.Pair("difference", a.Count(first.rows), a.Count(second.rows))
            yield Hypothesis(counted, "count difference", both, -1, -1, words)
    yield from _two_columns(beam, "difference", words)
    for chosen in beam.few(4):
        for place in beam.numeric[:5] if chosen.size > 1 else ():
            yield Hypothesis(a.Reduce("range", chosen.rows, place), "range", chosen, place, -1, words)


def _later_first(two: tuple[Chosen, Chosen, Chosen]) -> tuple[Chosen, Chosen, Chosen]:
    """Two sets of rows, of two years or dates the later before the earlier: a rise is above nought."""
    first, second, both = two
    one, other = (link.conditions[0].value for link in both.links[:2])
    is_earlier = isinstance(one, float) and isinstance(other, float) and one < other
    return (second, first, both) if is_earlier else two


def percentages(beam: Beam) -> Iterator[Hypothesis]:
    """Percent change, share and ratio: of two columns of a row, two rows, a row and all."""
    words = beam.asks(Trigger.PERCENT)
    yield from _two_columns(beam, "percent change", words)
    yield from _two_columns(beam, "share", words)
    for first, second, both in _two(beam, 4):
        for place in beam.numeric[:5]:
            for how in _RATIOS:
                for one, other, turned in ((first, second, ""), (second, first, " turned")):
                    value = a.Pair(how, _of(one, place), _of(other, place))
                    yield Hypothesis(value, f"{how}{turned}", both, place, -1, words)
    for chosen in beam.chosen[:5]:
        counted = a.Pair("share", a.Count(chosen.rows), a.Count(a.Filter()))
        yield Hypothesis(counted, "count share", chosen, -1, -1, words)
        for place in beam.numeric[:3] if chosen.size == 1 else ():
            of_all = a.Pair("share", a.Select(chosen.rows, place), a.Reduce("sum", a.Filter(), place))
            yield Hypothesis(of_all, "share of all", chosen, place, -1, words)


_RATIOS: tuple[a.Pairing, ...] = ("percent change", "share", "ratio")


def _two_columns(beam: Beam, how: a.Pairing, words: int) -> Iterator[Hypothesis]:
    """Two columns of one row that the question names apart: a year against another."""
    for chosen in [chosen for chosen in beam.chosen if chosen.size == 1][:4]:
        for one, other in combinations(beam.named, 2):
            if beam.heads[one].all_words == beam.heads[other].all_words:
                continue
            for left, right in ((one, other), (other, one)):
                value = a.Pair(how, a.Select(chosen.rows, left), a.Select(chosen.rows, right))
                yield Hypothesis(value, f"{how} across{_later(beam, left, right)}", chosen, left, right, words)


def _later(beam: Beam, left: int, right: int) -> str:
    """Whether the left column is the later one, where heads are years."""
    one, other = beam.view.columns[left].year, beam.view.columns[right].year
    return "" if one is None or other is None else " later" if one > other else " earlier"


def which_is_more(beam: Beam) -> Iterator[Hypothesis]:
    """Which of two has the most or least: two rows, two groups, two columns of a row."""
    words = beam.asks(Trigger.OR) | beam.asks(Trigger.MOST) | beam.asks(Trigger.ENDS)
    for first, second, both in _two(beam, 5):
        options = (first.rows, second.rows)
        column = both.links[0].column
        for descending, name in ((True, "max"), (False, "min")):
            for place in beam.numeric[:8]:
                value = a.Which(options, place, descending)
                yield Hypothesis(value, f"which {name}", both, column, place, words)
            counted = a.Which(options, None, descending)
            yield Hypothesis(counted, f"which {'most' if descending else 'fewest'}", both, column, -1, words)
    for chosen in [chosen for chosen in beam.chosen if chosen.size == 1][:3]:
        for one, other in combinations(beam.named[:5], 2):
            if beam.heads[one].all_words != beam.heads[other].all_words:
                for descending, name in ((True, "max"), (False, "min")):
                    of_columns = a.WhichColumn(chosen.rows, (one, other), descending)
                    yield Hypothesis(of_columns, f"column {name}", chosen, one, other, words)
        for years in beam.years[:4]:
            for descending, name in ((True, "max"), (False, "min")):
                of_years = a.WhichColumn(chosen.rows, years, descending)
                yield Hypothesis(of_years, f"year {name}", chosen, years[0], years[-1], words)


def yes_or_no(beam: Beam) -> Iterator[Hypothesis]:
    """Whether there is such a row, or one is above the other."""
    for chosen in beam.chosen[:20]:
        if len(chosen.links) > 1 or len(beam.links) < 3:
            yield Hypothesis(a.Holds(a.Count(chosen.rows)), "holds", chosen, -1, -1, 1)
    for one, other in combinations(beam.links[:6], 2):
        if not one.words & other.words and one.column != other.column and not one.mask & other.mask:
            rows = a.Filter((*one.conditions, *other.conditions))
            none = Chosen((one, other), rows, one.words | other.words, 0)
            yield Hypothesis(a.Holds(a.Count(rows)), "holds", none, -1, -1, 1)
    for first, second, both in _two(beam, 3):
        for place in beam.numeric[:5]:
            for one_set, other_set, name in ((first, second, "above"), (second, first, "below")):
                value = a.Holds(_of(one_set, place), _of(other_set, place))
                yield Hypothesis(value, f"holds {name}", both, place, -1, 1)


def _two(beam: Beam, most: int) -> Iterator[tuple[Chosen, Chosen, Chosen]]:
    """Two cells of a column, alone and with what else is said of both; and the two together."""
    for one, other in islice(beam.twins(), most):
        shared = beam.beside(one, other)
        further = dict.fromkeys([(), *((link,) for link in shared[:2]), fullest(shared)])
        for links in further:
            first, second = beam.choose(one, *links), beam.choose(other, *links)
            words = first.words | second.words
            yield first, second, Chosen((one, other, *links), first.rows, words, first.mask | second.mask)


def _of(chosen: Chosen, place: int) -> a.Value:
    return of_rows(chosen.size, chosen.rows, place)
