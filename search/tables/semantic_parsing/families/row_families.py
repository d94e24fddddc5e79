"""Readings that show cells: of chosen rows, of the first in some order, of neighbours."""

from __future__ import annotations

from collections.abc import Iterator

from ....params import PARAMS
from .. import algebra as a
from ..beam import Beam, Chosen, Hypothesis
from ..column_view import ValueKind
from ..linking.link import How
from ..vocabulary import Trigger
from ..wording import place_in_order, span_bits

MAX_TOP = PARAMS.reading_model.top_rows
MAX_SORTED = 100
"""Rows that are put in order where all are asked for."""
WIDE_SETS = PARAMS.reading_model.wide_sets
NEAR_SUPERLATIVE = PARAMS.reading_model.near_superlative


def selections(beam: Beam) -> Iterator[Hypothesis]:
    """Cells of the rows that meet conditions."""
    for number, chosen in enumerate(beam.chosen):
        used = {link.column for link in chosen.links if link.how in (How.WHOLE, How.NUMBER)}
        wide = number < WIDE_SETS and all(link.how != How.COMPARED for link in chosen.links)
        for column in beam.columns if wide else dict.fromkeys((*beam.columns[:3], beam.view.label.place)):
            if column not in used:
                yield Hypothesis(a.Select(chosen.rows, column), "select", chosen, column)
    for column in beam.columns[:4] if beam.asks(Trigger.ALL) else ():
        yield Hypothesis(a.Select(a.Filter(), column), "list", beam.all_rows, column, -1, beam.asks(Trigger.ALL))
    for chosen in beam.unions(3):
        for column in beam.columns[:5]:
            if not chosen.uses(column):
                yield Hypothesis(a.Select(chosen.rows, column), "select or", chosen, column)


def ranked(beam: Beam) -> Iterator[Hypothesis]:
    """Cells of the rows with the most or least of a column."""
    words = beam.asks(Trigger.MOST) | beam.asks(Trigger.ENDS)
    count, counting = _how_many(beam)
    skip = place_in_order(beam.asked.words)
    for number, chosen in enumerate(beam.few(12)):
        if chosen.links and chosen.size < 2:
            continue
        for order in beam.orders[: 8 if number < 2 else 3]:
            is_idle_rank = beam.view.columns[order].order.is_rank and not beam.heads[order].score and number
            for descending in () if is_idle_rank else _directions(beam):
                name = "max" if descending else "min"
                if count > 1:
                    rows = a.TopRows(chosen.rows, order, descending, count)
                    yield from _cells_of(beam, rows, f"{name} n", chosen, order, words | counting, number < 2)
                if skip:
                    rows = a.TopRows(chosen.rows, order, descending, 1, skip)
                    yield from _cells_of(beam, rows, f"{name} nth", chosen, order, words, number < 2)
                if beam.asks(Trigger.SORT):
                    rows = a.TopRows(chosen.rows, order, descending, MAX_SORTED)
                    yield from _cells_of(
                        beam, rows, f"{name} all", chosen, order, words | beam.asks(Trigger.SORT), number < 2
                    )
                rows = a.TopRows(chosen.rows, order, descending)
                yield from _cells_of(beam, rows, name, chosen, order, words, number < 2)
                yield Hypothesis(a.Select(rows, order), f"{name} value", chosen, order, order, words)


def _cells_of(
    beam: Beam, rows: a.TopRows, name: str, chosen: Chosen, order: int, words: int, wide: bool
) -> Iterator[Hypothesis]:
    others = [column for column in beam.columns if column != order]
    for column in dict.fromkeys((*others[: 4 if wide else 2], beam.view.label.place)):
        if column != order:
            yield Hypothesis(a.Select(rows, column), name, chosen, column, order, words)


def _directions(beam: Beam) -> tuple[bool, ...]:
    """Whether the most is asked for, or the least; both where the words do not say."""
    most, least = bool(beam.asks("max")), bool(beam.asks("min"))
    return (True, False) if most == least else (most,)


def _how_many(beam: Beam) -> tuple[int, int]:
    """How many rows are asked for ("the three best paid"), and the word that says so."""
    for figure in beam.asked.figures:
        near = span_bits(max(0, figure.first - 1), figure.last + 1 + NEAR_SUPERLATIVE)
        if 2 <= figure.value <= MAX_TOP and figure.value.is_integer() and beam.asks(Trigger.MOST) & near:
            return int(figure.value), figure.bits
    return 1, 0


def ends(beam: Beam) -> Iterator[Hypothesis]:
    """Cells of the first row of the table, the last, the n-th."""
    words = beam.asks(Trigger.ENDS) | beam.asks(Trigger.MOST)
    place = place_in_order(beam.asked.words)
    for number, chosen in enumerate(beam.few(10)):
        if chosen.links and chosen.size < 2:
            continue
        for position, name in ((0, "first"), (-1, "last"), *(((place, "nth"),) if place else ())):
            for column in beam.columns[: 7 if number < 4 else 4]:
                yield Hypothesis(a.Select(a.Nth(chosen.rows, position), column), name, chosen, column, -1, words)


def neighbours(beam: Beam) -> Iterator[Hypothesis]:
    """Cells of the row after or before another."""
    words = beam.asks(Trigger.STEP)
    orders = [column for column in beam.numeric if _puts_in_order(beam, column)][:2]
    for chosen in beam.chosen[:8]:
        for step, name in ((1, "next"), (-1, "previous")) if chosen.size <= 2 else ():
            for column in beam.columns[:6]:
                rows = a.Neighbour(chosen.rows, step)
                yield Hypothesis(a.Select(rows, column), name, chosen, column, -1, words)
                for order in orders:
                    if order != column:
                        by_order = a.Neighbour(chosen.rows, step, order)
                        yield Hypothesis(a.Select(by_order, column), f"{name} by", chosen, column, order, words)


def _puts_in_order(beam: Beam, place: int) -> bool:
    column = beam.view.columns[place]
    return column.kind == ValueKind.DATE or column.order.is_year or column.order.is_rank or beam.heads[place].score > 0


def alike(beam: Beam) -> Iterator[Hypothesis]:
    """Rows that share something with a row."""
    words = beam.asks(Trigger.SAME)
    for chosen in beam.chosen[:6]:
        for shared in beam.columns[:6] if chosen.size <= 2 else ():
            if beam.view.columns[shared].is_key or chosen.uses(shared):
                continue
            rows = a.Alike(chosen.rows, shared)
            shown = (*(link.column for link in chosen.links), *beam.columns[:3])
            for column in dict.fromkeys(shown):
                if column != shared and not beam.view.columns[column].is_hidden:
                    yield Hypothesis(a.Select(rows, column), "alike", chosen, column, shared, words)
            if beam.asks(Trigger.COUNT):
                yield Hypothesis(a.Count(rows), "count alike", chosen, -1, shared, words)


def negated(beam: Beam) -> Iterator[Hypothesis]:
    """Rows that do not meet a condition."""
    words = beam.asks(Trigger.NOT)
    for link in beam.links[:6]:
        for other in (None, *beam.links[:4]) if len(link.conditions) == 1 else ():
            if other is not None and other.words & link.words:
                continue
            further = (other,) if other is not None else ()
            met = tuple(condition for each in further for condition in each.conditions)
            rows = a.Filter(met, negated=link.conditions[0])
            said = link.words | (other.words if other is not None else 0)
            chosen = Chosen((link, *further), rows, said, beam.run.filtered(rows))
            if not chosen.mask:
                continue
            if beam.asks(Trigger.COUNT):
                yield Hypothesis(a.Count(rows), "count not", chosen, -1, -1, words)
            for column in beam.columns[:4]:
                yield Hypothesis(a.Select(rows, column), "select not", chosen, column, -1, words)
