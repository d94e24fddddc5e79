"""The order in which a page is read: columns of prose one after the other, what spans them above and below.

Where rows on both sides of a vertical gap are prose, or stand on lines of their own, the two sides are columns (a
recursive cut along white space; Nagy and Seth 1984). Cells of a table stand on common lines and are not prose.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

from .page import Rule, Word, whole_rules
from .rows import Row, rows

LEAST_COLUMN_ROWS = 3
"""Rows that a gap must part."""
LEAST_PROSE_WORDS = 3
"""Mean words of a segment of prose, at least."""
PROSE_WIDTH = 0.6
"""Share of its column that a line of prose fills, at least."""
LINES_APART = 1.8
"""Type sizes between two lines of text that belong together, at most."""
STRIP = 4.0
"""Type sizes between two rows from which on columns do not reach over the white between them."""
MAX_PAGE_ROWS = 1_000
"""A page of more rows is read from top to bottom."""
MAX_COLUMN_CUTS = 12
GRAIN = 3.0
"""Points between the gaps that are tried."""
GUTTER = 0.5
"""Type sizes of white between two columns, at least: a gap between words may be as wide in a line that is stretched."""
LEAST_STARTS = 5
"""Rows in which something must begin at one place behind such a gap for it to be a column's edge."""
EDGE_WITHIN = 1.5
"""Points within which it does."""


class _Side(StrEnum):
    """Where a row stands beside a gap."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"
    CROSSED = "crossed"


COLUMN_SIDES = (_Side.LEFT, _Side.RIGHT)


class _Band(NamedTuple):
    """Rows ``first`` to ``last``, without it, that a gap at ``x`` parts."""

    x: float
    first: int
    last: int
    parted: int
    """How many rows have words on the side that has fewer."""


def in_reading_order(words: Sequence[Word], across: Sequence[Rule], depth: int = 0) -> list[list[Word]]:
    """The words in groups, each a column of its own, in the order in which they are read."""
    held = rows(words)
    bands = _bands(held, across) if len(held) <= MAX_PAGE_ROWS and depth < MAX_COLUMN_CUTS else []
    band = max(bands, key=lambda band: (band.parted, -band.x), default=None)
    if band is None:
        return [list(words)] if words else []
    within = [word for row in held[band.first : band.last] for word in row.words]
    parts = [
        [word for row in held[: band.first] for word in row.words],
        [word for word in within if word.x0 < band.x],
        [word for word in within if word.x0 >= band.x],
        [word for row in held[band.last :] for word in row.words],
    ]
    return [group for part in parts for group in in_reading_order(part, across, depth + 1)]


def _bands(held: Sequence[Row], across: Sequence[Rule]) -> Iterator[_Band]:
    """The runs of rows that a gap parts into columns."""
    places = {round((left + right) / 2 / GRAIN) * GRAIN for left, right in _gaps(held)}
    edges = _edges(held)
    drawn = whole_rules(across)
    strips = [0, *accumulate(after.base - row.base > STRIP * after.size for row, after in pairwise(held))]
    for x in sorted({*places, *edges}):
        crossing = [rule for rule in drawn if rule.start < x < rule.end]
        marks = [(_side(row, x), sum(rule.at < row.base for rule in crossing)) for row in held]
        start = 0
        told = ((side == _Side.CROSSED, above, strip) for (side, above), strip in zip(marks, strips, strict=True))
        for (crossed, above, _), group in groupby(told):
            stop = start + len(list(group))
            last = _without_tail(held, marks, start, stop)
            parted = min(sum(side in (_Side.BOTH, one) for side, _ in marks[start:last]) for one in COLUMN_SIDES)
            is_table_row = 0 < above < len(crossing) and _are_of_one(crossing[above - 1], crossing[above])
            least = LEAST_STARTS if x in edges else LEAST_COLUMN_ROWS
            if not crossed and not is_table_row and parted >= least and _are_columns(held[start:last], x):
                yield _Band(x, start, last, parted)
            start = stop


def _are_of_one(above: Rule, below: Rule) -> bool:
    """Whether two lines belong to one table: they begin and end alike, as one below a title and a table's do not."""
    return abs(above.start - below.start) < GRAIN and abs(above.end - below.end) < GRAIN


def _gaps(held: Sequence[Row]) -> Iterator[tuple[float, float]]:
    """From where to where the gaps reach that stand within a row, or between one row and the next beside it."""
    for row in held:
        yield from ((one.x1, other.x0) for one, other in pairwise(row.segments))
    for row, after in pairwise(held):
        left, right = sorted((row, after), key=lambda one: one.x0)
        if left.x1 < right.x0:
            yield left.x1, right.x0


def _edges(held: Sequence[Row]) -> set[float]:
    """Places right before which nothing stands and at which row after row has a word, where no wide gap need be."""
    starts: Counter[int] = Counter()
    for row in held:
        starts.update(
            round(word.x0 / EDGE_WITHIN)
            for before, word in pairwise(row.words)
            if word.x0 - before.x1 >= GUTTER * word.size
        )
    return {(start - 1) * EDGE_WITHIN for start, rows in starts.items() if rows >= LEAST_STARTS}


def _side(row: Row, x: float) -> _Side:
    if row.x1 <= x or row.x0 >= x:
        return _Side.LEFT if row.x1 <= x else _Side.RIGHT
    at = bisect_left(row.words, x, key=lambda word: word.x0)
    before, after = row.words[at - 1], row.words[min(at, len(row.words) - 1)]
    parted = before.x1 <= x <= after.x0 and after.x0 - before.x1 >= GUTTER * after.size
    return _Side.BOTH if parted else _Side.CROSSED


def _without_tail(held: Sequence[Row], marks: Sequence[tuple[_Side, int]], start: int, stop: int) -> int:
    """The end of a run without what follows at a distance where one side has ended, if the page goes on below."""
    if stop == len(held):
        return stop
    lasts = (
        max((n for n in range(start, stop) if marks[n][0] in (_Side.BOTH, side)), default=start)
        for side in COLUMN_SIDES
    )
    end = min(lasts) + 1
    while end < stop and held[end].base - held[end - 1].base <= LINES_APART * held[end].size:
        end += 1
    return end


def _are_columns(held: Sequence[Row], x: float) -> bool:
    """Whether the two sides of a gap are read one after the other."""
    words = [word for row in held for word in row.words]
    sides = [rows(word for word in words if word.x0 < x), rows(word for word in words if word.x0 >= x)]
    prose = [_is_prose(side) for side in sides]
    return all(prose) or (any(prose) and _on_lines_of_their_own(*sides))


def _is_prose(side: Sequence[Row]) -> bool:
    """Whether most of its lines are filled with words."""
    width = max(row.x1 for row in side) - min(row.x0 for row in side)
    full = [
        row for row in side
        if len(row.words) >= LEAST_PROSE_WORDS * len(row.segments)
        and row.x1 - row.x0 >= PROSE_WIDTH * width
        and sum(word.text.strip(".,;:()").isalpha() for word in row.words) > len(row.words) / 2
    ]  # fmt: skip
    return 2 * len(full) >= len(side) >= LEAST_COLUMN_ROWS


def _on_lines_of_their_own(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Whether most lines of the shorter side meet none of the longer."""
    shorter, longer = sorted((left, right), key=len)
    bases = [row.base for row in longer]
    alone = [row for row in shorter if all(abs(row.base - base) > 1 for base in bases)]
    return len(shorter) >= LEAST_COLUMN_ROWS and 2 * len(alone) > len(shorter)
