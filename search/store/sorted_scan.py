"""All rows of a column along its stored order: counted and cut by bisection, however many they are."""

from __future__ import annotations

import operator
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import islice
from typing import Literal

from .columns import Vector

Comparison = Literal["=", "!=", "<", "<=", ">", ">=", "in", "not in"]


class RowOrder(StrEnum):
    """In which order rows come; the last leaves ties in the order from the end."""

    SOURCE = "source"
    ASCENDING = "ascending"
    DESCENDING = "descending"
    LAST_DESCENDING = "last descending"


"""``last descending``: of rows that tie, the last in the source is the first."""

LIMIT_TESTS: dict[Comparison, Callable[[float, float], bool]] = {
    "=": operator.eq, "!=": lambda number, limit: number == number != limit,
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


Limit = tuple[Comparison, float]
"""What a number, as a vector's ``values`` have it, is held against."""


def within(vector: Vector, limits: Sequence[Limit], out: Collection[int]) -> SortedSlice:
    """The rows whose number keeps within limits, but for some that are out."""
    begin, end = 0, vector.held
    for comparison, limit in limits:
        if comparison in ("=", ">", ">="):
            side = bisect_right if comparison == ">" else bisect_left
            begin = max(begin, side(vector.ascending, limit, key=vector.at))
        if comparison in ("=", "<", "<="):
            side = bisect_left if comparison == "<" else bisect_right
            end = min(end, side(vector.ascending, limit, key=vector.at))
    return SortedSlice(vector, begin, max(begin, end), set(_keeping(vector, limits, out)))


def _keeping(vector: Vector, limits: Sequence[Limit], rows: Iterable[int]) -> Iterator[int]:
    for row in rows:
        number = vector.at(row)
        if number == number and all(LIMIT_TESTS[comparison](number, limit) for comparison, limit in limits):
            yield row


class SortedSlice:
    """The rows from one place of the order to another, but for a few between them that are out."""

    def __init__(self, vector: Vector, begin: int, end: int, out: Collection[int]) -> None:
        self._vector = vector
        self._begin = begin
        self._end = end
        self._out = out

    def __len__(self) -> int:
        return self._end - self._begin - len(self._out)

    def first(self, limit: int, order: RowOrder, offset: int) -> Sequence[int]:
        """So many rows behind the first ``offset``, from the order's upper or lower end."""
        if not self._out:
            return self._cut(limit, order, offset)
        rows = self._cut(offset + limit + len(self._out), order, 0)
        return [row for row in rows if row not in self._out][offset : offset + limit]

    def _cut(self, limit: int, order: RowOrder, offset: int) -> Sequence[int]:
        begin, end, last = self._begin, self._end, min(self._end - self._begin, offset + limit)
        if offset >= last:
            return ()
        if order == RowOrder.ASCENDING:
            return self._vector.ascending[begin + offset : begin + last]
        if order == RowOrder.LAST_DESCENDING:
            return self._vector.ascending[end - last : end - offset][::-1]
        return list(islice(self._downwards(offset), last - offset))

    def _downwards(self, offset: int) -> Iterator[int]:
        """From the highest on; rows that tie in order of the source."""
        rows, value = self._vector.ascending, self._vector.at
        place, end = self._end - 1 - offset, self._end
        while place >= self._begin:
            number = value(rows[place])
            begin = bisect_left(rows, number, self._begin, place + 1, key=value)
            end = bisect_right(rows, number, place, end, key=value)
            yield from rows[begin + (end - 1 - place) : end]
            place, end = begin - 1, begin
