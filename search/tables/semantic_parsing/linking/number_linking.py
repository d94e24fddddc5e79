"""Where a question's numbers and dates may be conditions, and columns that say yes or no, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite

from ....params import PARAMS
from ....text.units import sort_of
from ..algebra import ColumnCondition, Comparison
from ..column_view import ColumnView, ValueKind
from ..executor import Executor
from ..question_dates import FIRST_YEAR, LAST_YEAR
from ..vocabulary import Trigger, phrase_table, word_list
from ..wording import DECADE_ENDING, Figure, Wording, ordinals, span_bits
from .head_linking import ColumnMention
from .link import How, Link

BEFORE, BEHIND = PARAMS.reading_model.before_number, PARAMS.reading_model.behind_number
MAX_FLAGS = PARAMS.reading_model.flags
_FLAGS = {"yes": How.FLAG, "no": How.FLAG_NO}
_CUES: tuple[tuple[str, tuple[Comparison, ...]], ...] = (("more", (">", ">=")), ("less", ("<", "<=")))


def number_links(asked: Wording, heads: Sequence[ColumnMention], run: Executor) -> Iterator[Link]:
    """Numbers held against each column that it fits, but for one that a column is called by: "one night", a year."""
    heads_of_years = {column.year for column in run.view.visible}
    whole = [head.words for head in heads if head.level == "full"]
    for figure in asked.figures:
        called = any(figure.bits != words and not figure.bits & ~words for words in whole)
        if called or (figure.is_date and figure.value in heads_of_years):
            continue
        for column in run.view.visible:
            if _is_of_another_unit(figure, column):
                continue
            if column.ranges and figure.sort != "share" and (not figure.is_date or _has_years(column)):
                yield _within(figure, column, asked, heads[column.place], run)
            if _fits(figure, column, heads[column.place]):
                yield from _held_against(figure, column, asked, heads[column.place], run)
    yield from _of_ordinals(asked, heads, run)
    for n, word in ((n, asked.words[n]) for n in asked.moments):
        for column in run.view.visible:
            held = ColumnCondition(column.place, "within", word)
            if column.moments and run.mask(held) and word not in column.postings:
                yield Link((held,), 1 << n, n, How.WHOLE, column.place, run.mask(held), heads[column.place].score + 2)


def _of_ordinals(asked: Wording, heads: Sequence[ColumnMention], run: Executor) -> Iterator[Link]:
    """An ordinal beside the head of a column that counts something: "third quarter" where quarters are 1 to 4."""
    for n, value in ordinals(asked.words).items():
        for column in run.view.visible:
            head, held = heads[column.place], ColumnCondition(column.place, "=", float(value))
            if column.kind == ValueKind.NUMBER and head.words >> n + 1 & 1:
                yield Link((held,), 0b11 << n, n, How.NUMBER, column.place, run.mask(held), head.score + 1)


def _has_years(column: ColumnView) -> bool:
    """Whether the ends of a column's ranges are years: "25 and over" does not take in 2019."""
    ends = [end for ends in column.ranges.values() for end in ends if isfinite(end)]
    return all(FIRST_YEAR <= end <= LAST_YEAR for end in ends)


def _is_of_another_unit(figure: Figure, column: ColumnView) -> bool:
    """Whether a number of years would be held against days."""
    own = column.measured_in
    return figure.unit is not None and sort_of(own) != "" and figure.unit != own


def _words(figure: Figure, column: ColumnView) -> int:
    """The words of a number, with its unit where the column has it."""
    return figure.bits | (1 << figure.last + 1 if figure.unit is not None and figure.unit == column.measured_in else 0)


def _fits(figure: Figure, column: ColumnView, head: ColumnMention) -> bool:
    """Dates go with dates and years; any number with numbers, but a year only where the column is named.

    Money is not held against shares, nor a share against money, and neither against years.
    """
    if column.kind == ValueKind.TEXT or (figure.sort and column.sort in _OTHERS[figure.sort]):
        return False
    if not figure.is_date:
        return column.kind == ValueKind.NUMBER
    return column.kind == ValueKind.DATE or column.order.is_year or head.score > 0


_OTHERS = {"money": ("share", "year", "date"), "share": ("money", "year", "date")}


def _within(figure: Figure, column: ColumnView, asked: Wording, head: ColumnMention, run: Executor) -> Link:
    """The rows whose range takes in the number: it names them as their own words would."""
    held = ColumnCondition(column.place, "within", figure.value)
    leads = figure.first > 0 and asked.words[figure.first - 1] in word_list("before a value")
    words = _words(figure, column) | (1 << figure.first - 1 if leads else 0)
    return Link((held,), words, figure.first, How.WHOLE, column.place, run.mask(held), head.score + 0.9)


def _held_against(
    figure: Figure, column: ColumnView, asked: Wording, head: ColumnMention, run: Executor
) -> Iterator[Link]:
    at = column.place
    dated = figure.is_date and (column.kind == ValueKind.DATE or column.order.is_year)
    spelled_out = not asked.words[figure.first][0].isdigit()
    weight = head.score + (1.0 if dated else 0.0) - (0.7 if spelled_out else 0.0)
    own = _words(figure, column)
    if asked.words[figure.last] == DECADE_ENDING:
        decade = (ColumnCondition(at, ">=", figure.value), ColumnCondition(at, "<", figure.value + 10))
        yield Link(
            decade, figure.bits, figure.first, How.NUMBER, at, run.mask(decade[0]) & run.mask(decade[1]), weight + 1
        )
        return
    equal = ColumnCondition(at, "=", figure.value)
    yield Link((equal,), own, figure.first, How.NUMBER, at, run.mask(equal), weight + 1)
    near = span_bits(max(0, figure.first - BEFORE), figure.last + 1 + BEHIND)
    for trigger, comparisons in _CUES:
        if cue := asked.triggers.get(trigger, 0) & near:
            for comparison in comparisons:
                held = ColumnCondition(at, comparison, figure.value)
                words = own | cue
                yield Link((held,), words, figure.first, How.COMPARED, at, run.mask(held), weight + 0.4)


def flag_links(asked: Wording, heads: Sequence[ColumnMention], run: Executor) -> Iterator[Link]:
    """Named columns whose cells say yes or no ("with wifi"), or that are filled in some rows alone."""
    said = {phrase[0]: names[0] for phrase, names in phrase_table("affirmations").items()}
    for column in run.view.visible:
        words = heads[column.place].all_words
        if not words:
            continue
        first = (words & -words).bit_length() - 1
        cells = [" ".join(name) for name in column.names]
        if cells and len(cells) <= MAX_FLAGS and all(cell in said for cell in cells):
            for cell in cells:
                held = ColumnCondition(column.place, "=", cell)
                yield Link((held,), words, first, _FLAGS[said[cell]], column.place, run.mask(held), 1)
        elif Trigger.BLANK in asked.triggers and heads[column.place].words:
            filled = ColumnCondition(column.place, "filled")
            if run.mask(filled) != run.view.everything:
                yield Link((filled,), words, first, How.FILLED, column.place, run.mask(filled), 0.5)
                blank = ColumnCondition(column.place, "blank")
                yield Link((blank,), words, first, How.BLANK, column.place, run.mask(blank), 0.5)
