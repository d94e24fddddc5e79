"""A table's columns as the catalog stores them: one array of numbers over all rows, and the rows in order of these.

A column of numbers holds each as a whole multiple of a power of ten, 16.69 as 1669 with two decimals: whole numbers of
up to 15 digits are exact in an array of doubles, and so are their sums and differences. A column of words holds the
place of each cell's folded text among all of the column.
"""

from __future__ import annotations

import json
import math
import sys
from array import array
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property
from typing import Any, Literal, NamedTuple

from ..errors import IndexBrokenError

Kind = Literal["numbers", "words"]
NONE = math.nan
"""Stands in a row without a number, or without words."""
PLACE_KIND, PLACE_STATE = -1, -2
"""Stand for columns that hold the kind and the state of each row's place, where it has one."""
MAX_DECIMALS = 9
"""Decimals of a number that count where numbers are compared."""
MAX_TABLE_ROWS = 1 << 22
"""Of a table: its rows are passages of its guide, of which no guide has more."""
HELD = 4
"""Columns that are kept in memory for the next question, those asked for last."""

Reach = Callable[[int, int, Kind], None]
"""Is told that a column of a table is going to be read."""


_DAMAGED = IndexBrokenError("the catalog holds a damaged column", "run 'citeguide index --full'")


class Vector:
    """One column, its arrays read when they are first asked for. Rows count from 0, in order of the source."""

    def __init__(
        self, select: Callable[..., Iterator[Any]], reach: Reach, table: int, column: int, kind: Kind, rows: int
    ) -> None:
        self._select = select
        self._reach = reach
        self._which = (table, column, kind)
        self._rows = rows
        reach(*self._which)
        held, decimals, units = next(select(f"SELECT held, decimals, units {_WHERE}", *self._which), (0, 0, 0))
        self.decimals, self.units = int(decimals), int(units)
        if not 0 <= self.decimals <= MAX_DECIMALS:
            raise _DAMAGED
        """``units``: how many different ones its numbers have; no unit is one too."""
        self.held = int(held)
        """How many rows have a number, or words."""

    @property
    def is_complete(self) -> bool:
        """Whether every row has one."""
        return self.held == self._rows

    @cached_property
    def values(self) -> array[float]:
        """The rows' numbers times ten to the power of ``decimals``, or the places of their words; ``NONE`` for none."""
        if not self.held:
            return array("d", [NONE]) * self._rows
        return self._array("d", "data", self._rows)

    @cached_property
    def ascending(self) -> array[int]:
        """The rows that have one, the lowest first; ties in order of the source."""
        return self._array("I", "ascending", self.held) if self.held else array("I")

    def at(self, row: int) -> float:
        """A row's entry in ``values``; the row may be one that ``ascending`` says there is."""
        try:
            return self.values[row]
        except IndexError as error:
            raise _DAMAGED from error

    def number(self, row: int) -> float | None:
        """A row's number as it stands in the table."""
        value = self.at(row)
        return None if value != value else finite(value) / 10**self.decimals

    def _array(self, code: Literal["d", "I"], name: str, length: int) -> array[Any]:
        self._reach(*self._which)
        (data,) = next(self._select(f"SELECT {name} {_WHERE}", *self._which))
        return unpacked(code, data, length)


_WHERE = "FROM columns WHERE table_id = ? AND col = ? AND kind = ?"


class Words(NamedTuple):
    """Which folded texts of a column: these, or those from one on and before another, or so many from the first on;
    where nothing is said, all."""

    among: Collection[str] | None = None
    between: tuple[str, str] | None = None
    first: int | None = None


ALL_WORDS = Words()


class Vectors:
    """The columns of a catalog's tables; the last few that were asked for are kept."""

    def __init__(
        self, select: Callable[..., Iterator[Any]], reach: Reach, reach_words: Callable[[int, int, Words], None]
    ) -> None:
        self._select = select
        self._reach, self._reach_words = reach, reach_words
        self._held: OrderedDict[tuple[int, int, Kind], Vector] = OrderedDict()

    def count(self, table: int) -> int:
        """How many rows a table has."""
        count = next((int(count) for (count,) in self._select("SELECT row_count FROM tables WHERE id = ?", table)), 0)
        if not 0 <= count <= MAX_TABLE_ROWS:
            raise _DAMAGED
        return count

    def vector(self, table: int, column: int, kind: Kind = "numbers") -> Vector:
        """One column of a table: its numbers, or its words."""
        which = (table, column, kind)
        found = self._held.pop(which, None)
        self._held[which] = found or Vector(self._select, self._reach, table, column, kind, self.count(table))
        if len(self._held) > HELD:
            self._held.popitem(last=False)
        return self._held[which]

    def holding(self, table: int, column: int, keys: Iterable[str]) -> list[array[int]]:
        """For each of these folded texts that a column holds the rows that do, in order of the source."""
        wanted = list(keys)
        self._reach_words(table, column, Words(among=wanted))
        found = self._select(
            "SELECT rows FROM keys WHERE table_id = ? AND col = ? AND key IN (SELECT value FROM json_each(?))",
            *(table, column, json.dumps(wanted)),
        )
        count = self.count(table)
        return [unpacked("I", data, below=count) for (data,) in found]


def finite(value: float) -> float:
    """A number that a column holds. Raises IndexBrokenError where it is none."""
    if math.isinf(value):
        raise _DAMAGED
    return value


def added_up(values: Iterable[float]) -> int:
    """All of them added up exactly: they are whole. Raises IndexBrokenError where one is no number."""
    try:
        return sum(map(int, values))
    except OverflowError as error:
        raise _DAMAGED from error


def packed(numbers: array[Any]) -> bytes:
    """An array as it is stored: little-endian on every machine."""
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()


def unpacked(
    code: Literal["d", "I"], data: bytes, length: int | None = None, *, below: int | None = None
) -> array[Any]:
    """The array that was stored. Raises IndexBrokenError where it is not one, not of this length, or not below this."""
    found: array[Any] = array(code)
    try:
        found.frombytes(data)
    except (TypeError, ValueError) as error:
        raise _DAMAGED from error
    if sys.byteorder == "big":
        found.byteswap()
    if (length is not None and len(found) != length) or (below is not None and max(found, default=-1) >= below):
        raise _DAMAGED
    return found
