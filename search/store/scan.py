"""Complete scans of a table's rows: which meet conditions, how many, and which come first.

A scan reads the columns that it needs, whole, as arrays (``vectors``), and goes over all of them; only the rows that an
answer shows are ever fetched. Which rows hold a name, and what the order of all rows by one column is, stands in the
index; all else is reckoned.
"""

from __future__ import annotations

import operator
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from heapq import nlargest, nsmallest
from itertools import chain, compress, repeat
from typing import NamedTuple

from .columns import Kind, Vector, Vectors, added_up, finite
from .sorted_scan import LIMIT_TESTS, Comparison, RowOrder, SortedSlice, within

FEW_LEFT_OUT = 1_000
"""Rows that are left out one by one where all others are meant."""
ORDERED_AT_ONCE = 100
"""Rows that are put in order at once, at least."""


class Condition(NamedTuple):
    """``column value``: as a number where ``value`` is a Decimal, as a folded key where it is text or several."""

    column: int
    comparison: Comparison
    value: Decimal | str | tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The folded texts that are named; none for a number."""
        if isinstance(self.value, Decimal):
            return ()
        return self.value if isinstance(self.value, tuple) else (self.value,)

    @property
    def is_negative(self) -> bool:
        """Whether most rows can be expected to meet it."""
        return self.comparison in ("!=", "not in")


class Bound(NamedTuple):
    """A number, or the difference of two, held against a limit."""

    columns: tuple[int, ...]
    comparison: Comparison
    limit: float

    @property
    def exact(self) -> Decimal:
        """The limit as the decimal that it is nearest to."""
        return Decimal(repr(self.limit))


Line = tuple[int, *tuple[float | None, ...]]
"""A row's number in the table, from 1, and its numbers in the columns of what is wanted. A float stands for the decimal
that it is nearest to: of up to 15 digits, the shortest that reads back as the same."""

Values = Sequence[float] | Mapping[int, float]
"""The number of each row, or a difference, as vectors have them: of all rows, or of those that are meant."""


class Scan:
    """The rows of a table that meet conditions, with their numbers in one column, or in two whose difference counts."""

    def __init__(
        self,
        vectors: Vectors,
        table: int,
        columns: tuple[int, ...] = (),
        where: Sequence[Condition] = (),
        beside: Sequence[int] = (),
        kind: Kind = "numbers",
    ) -> None:
        """``beside`` are further columns in which a row must have a number, as bounds are set on them.

        Of the kind ``words``, the column's words stand for its numbers, in the order of the alphabet.
        """
        self._vectors = vectors
        self.table = table
        self._columns = columns
        self._numbers = tuple(dict.fromkeys((*columns, *beside)))
        self._where = tuple(where)
        self._kind: Kind = kind
        self._differences: dict[tuple[int, ...], Values] = {}
        self._sorted: dict[tuple[RowOrder, tuple[Bound, ...]], Sequence[int]] = {}
        self._kept: dict[tuple[Bound, ...], Sequence[int]] = {}

    @cached_property
    def total(self) -> int:
        """How many rows meet the conditions, with a number or without."""
        return self._vectors.count(self.table) - len(self._out) if self._only_excludes else len(self._meeting)

    @cached_property
    def known(self) -> int:
        """How many of them have all the numbers."""
        return self.count()

    def count(self, *bounds: Bound) -> int:
        """How many have all the numbers and keep within the bounds."""
        if self._is_ordered(bounds):
            return len(self._stretch(bounds))
        if len(bounds) == 1 and bounds not in self._kept:
            return sum(self._tests(self._rows, bounds[0]))
        return len(self._within(bounds))

    def first(self, limit: int, order: RowOrder = RowOrder.SOURCE, *bounds: Bound, offset: int = 0) -> list[Line]:
        """The first of the rows that ``count`` counts; ties keep the source's order."""
        if order != RowOrder.SOURCE and self._is_ordered(bounds):
            return self._lines(self._stretch(bounds).first(limit, order, offset))
        rows = self._within(bounds) if order == RowOrder.SOURCE else self._in_order(order, bounds, offset + limit)
        return self._lines(rows[offset : offset + limit])

    def lines(self) -> list[Line]:
        """All rows that meet the conditions, in order of the source, with their numbers or without."""
        return self._lines(self._meeting)

    def missing(self, limit: int) -> list[int]:
        """The numbers of the first rows that meet the conditions and lack one of the numbers."""
        known = set(self._rows)
        return [row + 1 for row in self._meeting if row not in known][:limit]

    def tally(self) -> list[tuple[Decimal, int]]:
        """Every different number, or difference of two, with how many rows have it; in no order."""
        often = Counter(_of(self._values(self._columns), self._rows))
        return [(_exact(value, self._decimals(self._columns)), times) for value, times in often.items()]

    def sum(self) -> Decimal:
        """All the numbers, or differences, together."""
        values = _of(self._values(self._columns), self._rows)
        return _exact(added_up(values), self._decimals(self._columns))

    def is_unique(self, column: int) -> bool:
        """Whether no two of the rows have the same words in a column."""
        places = self._vectors.vector(self.table, column, "words").values
        held = [place for place in _of(places, self._meeting) if place == place]
        all_but_some = all(condition.is_negative for condition in self._where)
        return len(set(held)) == len(held) and (all_but_some or len(held) == self.total)

    # Which rows, from 0, in order of the source

    @cached_property
    def _meeting(self) -> Sequence[int]:
        """Those that meet the conditions: of names the rarest goes first."""
        of_words = [c for c in self._where if not isinstance(c.value, Decimal)]
        named = sorted((self._named(c) for c in of_words if not c.is_negative), key=len)
        rows: Sequence[int] = named[0] if named else range(self._vectors.count(self.table))
        for others in named[1:]:
            rows = sorted(set(rows).intersection(others))
        for condition in self._where:
            if isinstance(condition.value, Decimal):
                rows = self._compared(rows, condition.column, condition.comparison, condition.value)
        return [row for row in rows if row not in self._out] if self._out else rows

    @cached_property
    def _out(self) -> set[int]:
        """The rows that hold an excluded name."""
        return set(chain.from_iterable(self._named(c) for c in self._where if c.keys and c.is_negative))

    @cached_property
    def _only_excludes(self) -> bool:
        """Whether all rows are meant but for a few."""
        return (
            all(c.is_negative and not isinstance(c.value, Decimal) for c in self._where)
            and len(self._out) <= FEW_LEFT_OUT
        )

    def _named(self, condition: Condition) -> Sequence[int]:
        """The rows that hold one of the folded texts."""
        found = self._vectors.holding(self.table, condition.column, condition.keys)
        return found[0] if len(found) == 1 else sorted(chain.from_iterable(found))

    def _compared(self, rows: Sequence[int], column: int, comparison: Comparison, value: Decimal) -> Sequence[int]:
        vector = self._vector(column)
        limit = _scaled(value, vector.decimals)
        return array("I", compress(rows, map(LIMIT_TESTS[comparison], _of(vector.values, rows), repeat(limit))))

    @cached_property
    def _rows(self) -> Sequence[int]:
        """Those of them that have all the numbers."""
        rows = self._meeting
        for vector in map(self._vector, self._numbers):
            if not vector.is_complete:
                rows = [row for row, value in zip(rows, _of(vector.values, rows), strict=True) if value == value]
        return rows

    def _within(self, bounds: tuple[Bound, ...]) -> Sequence[int]:
        """Those of the latter that keep within the bounds."""
        if bounds not in self._kept:
            rows = self._rows
            for bound in bounds:
                rows = array("I", compress(rows, self._tests(rows, bound)))
            self._kept[bounds] = rows
        return self._kept[bounds]

    def _tests(self, rows: Sequence[int], bound: Bound) -> Iterable[bool]:
        limit = _scaled(bound.exact, self._decimals(bound.columns))
        return map(LIMIT_TESTS[bound.comparison], _of(self._values(bound.columns), rows), repeat(limit))

    # In order of the numbers

    def _is_ordered(self, bounds: tuple[Bound, ...]) -> bool:
        """Whether the stored order tells all: that of all rows, or all but a few, by one column."""
        alone = len(self._columns) == 1 and self._numbers == self._columns and self._only_excludes
        return alone and all(bound.columns == self._columns for bound in bounds)

    def _stretch(self, bounds: tuple[Bound, ...]) -> SortedSlice:
        vector = self._vector(self._columns[0])
        limits = [(bound.comparison, _scaled(bound.exact, vector.decimals)) for bound in bounds]
        return within(vector, limits, self._out)

    def _in_order(self, order: RowOrder, bounds: tuple[Bound, ...], size: int) -> Sequence[int]:
        """The first rows, at least ``size`` if there are so many."""
        rows, found = self._within(bounds), self._sorted.get((order, bounds), ())
        if len(found) >= min(size, len(rows)):
            return found
        value, size = self._values(self._columns).__getitem__, max(size, ORDERED_AT_ONCE)
        if order == RowOrder.ASCENDING:
            found = nsmallest(size, rows, key=value)
        else:
            found = nlargest(size, rows if order == RowOrder.DESCENDING else rows[::-1], key=value)
        self._sorted[order, bounds] = found
        return found

    # Numbers

    def _vector(self, column: int) -> Vector:
        return self._vectors.vector(self.table, column, self._kind if column in self._columns else "numbers")

    def _decimals(self, columns: tuple[int, ...]) -> int:
        """By how many digits the ``_values`` of these columns are moved."""
        return max((self._vector(column).decimals for column in columns), default=0)

    def _values(self, columns: tuple[int, ...]) -> Values:
        """The rows' numbers in one column, or the differences of those in two."""
        if len(columns) == 1:
            return self._vector(columns[0]).values
        if columns not in self._differences:
            high, low = (self._moved(self._vector(column), self._decimals(columns)) for column in columns)
            rows = self._rows
            found = map(operator.sub, _of(high, rows), _of(low, rows))
            self._differences[columns] = list(found) if isinstance(rows, range) else dict(zip(rows, found, strict=True))
        return self._differences[columns]

    def _moved(self, vector: Vector, decimals: int) -> Sequence[float]:
        more = 10 ** (decimals - vector.decimals)
        return vector.values if more == 1 else [value * more for value in vector.values]

    def _lines(self, rows: Iterable[int]) -> list[Line]:
        vectors = [self._vector(column) for column in self._columns]
        return [(row + 1, *(vector.number(row) for vector in vectors)) for row in rows]


def _of(values: Values, rows: Sequence[int]) -> Iterable[float]:
    """The values of some rows, which are all that there are where there are as many."""
    if len(values) != len(rows):
        return map(values.__getitem__, rows)
    return values.values() if isinstance(values, Mapping) else values


def _scaled(number: Decimal, decimals: int) -> float:
    """A number as vectors of so many decimals have it."""
    return float(number.scaleb(decimals))


def _exact(value: float, decimals: int) -> Decimal:
    """What a value stands for."""
    return Decimal(int(finite(value))).scaleb(-decimals)
