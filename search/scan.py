"""Complete scans of a table's rows by SQL: which meet conditions, how many, and which come first.

Of a table of hundreds of thousands of rows only those that an answer shows are ever fetched. A scan begins where the
fewest rows are: at a condition that is met by few, along its index; else at the numbers, along theirs.
"""

# ruff: noqa: S608 - statements are put together from the constants of this module only; values are always bound

from __future__ import annotations

import json
import operator
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal, NamedTuple

from .model import Table

Comparison = Literal["=", "!=", "<", "<=", ">", ">=", "in", "not in"]
Order = Literal["source", "ascending", "descending", "last descending"]
"""``last descending``: of rows that tie, the last in the source is the first."""

FEW = 20_000
"""Rows that are looked at one by one within milliseconds."""
DIGITS = 9
"""Decimals of a difference of two numbers that count."""


class Condition(NamedTuple):
    """``column value``: as a number where ``value`` is a Decimal, as a folded key where it is text or several."""

    column: int
    comparison: Comparison
    value: Decimal | str | tuple[str, ...]

    @property
    def is_negative(self) -> bool:
        """Whether most rows can be expected to meet it."""
        return self.comparison in ("!=", "not in")

    def negated(self) -> Condition:
        """What a row meets that does not meet a negative one."""
        return self._replace(comparison="in" if self.comparison == "not in" else "=")


class Bound(NamedTuple):
    """A number, or the difference of two, held against a limit."""

    columns: tuple[int, ...]
    comparison: Comparison
    limit: float


Line = tuple[int, *tuple[float | None, ...]]
"""A row's id and its numbers in the columns of what is wanted. A float stands for the decimal that it is nearest to: of
up to 15 digits, the shortest that reads back as the same."""


class Scan:
    """The rows of a table that meet conditions, with their numbers in one column, or in two whose difference counts.

    Few rows are fetched once and looked at here; of many, all is left to SQL.
    """

    def __init__(
        self,
        select: Callable[..., Iterator[Any]],
        table: Table,
        columns: tuple[int, ...] = (),
        where: Sequence[Condition] = (),
        beside: Sequence[int] = (),
    ) -> None:
        """``select`` runs a statement with its values and gives the rows.

        ``beside`` are further columns in which a row must have a number, as bounds are set on them.
        """
        self._select = select
        self._table = table
        self._columns = columns
        self._numbers = tuple(dict.fromkeys((*columns, *beside)))
        self._where = tuple(where)

    @cached_property
    def total(self) -> int:
        """How many rows meet the conditions, with a number or without."""
        return self._count((), self._where) if self._rows is None else len(self._rows)

    @cached_property
    def known(self) -> int:
        """How many of them have all the numbers."""
        return self.count()

    def count(self, *bounds: Bound) -> int:
        """How many have all the numbers and keep within the bounds."""
        if self._rows is not None:
            return len(self._within(bounds))
        return self._count(self._numbers, self._where, bounds)

    def first(self, limit: int, order: Order = "source", *bounds: Bound, offset: int = 0) -> list[Line]:
        """The first of the rows that ``count`` counts; ties keep the source's order."""
        if self._rows is not None:
            found = self._in_order(self._within(bounds), order)[offset : offset + limit]
            return [(row[0], *row[1 : 1 + len(self._columns)]) for row in found]
        cells = self._cells(self._numbers, self._where)
        ends = _ORDERS[order].format(value=cells.value(self._columns), row=cells.row)
        sql = f"SELECT {cells.shown(self._columns)} {cells.source(bounds)} ORDER BY {ends} LIMIT ? OFFSET ?"
        return list(self._select(sql, *cells.values(bounds), limit, offset))

    def lines(self) -> list[Line]:
        """All rows that meet the conditions, in order of the source, with their numbers or without."""
        cells = self._cells(self._columns, self._where, known=False)
        sql = f"SELECT {cells.shown(self._columns)} {cells.source()} ORDER BY {cells.row}"
        return list(self._select(sql, *cells.values()))

    def missing(self, limit: int) -> list[int]:
        """The ids of the first rows that meet the conditions and lack one of the numbers."""
        if self._rows is not None:
            return [row[0] for row in self._rows if None in row][:limit]
        cells = self._cells(self._numbers, self._where, known=False)
        lacks = " OR ".join(f"{cells.alias(column)}.mark IS NOT NULL" for column in self._numbers)
        sql = f"SELECT {cells.row} {cells.source()} AND ({lacks}) ORDER BY {cells.row} LIMIT ?"
        return [row for (row,) in self._select(sql, *cells.values(), limit)]

    def tally(self) -> list[Line]:
        """Every different number, or pair of numbers, in place of the id how many rows have it; in no order."""
        if self._rows is not None:
            often = Counter(row[1 : 1 + len(self._columns)] for row in self._within(()))
            return [(times, *numbers) for numbers, times in often.items()]
        cells = self._cells(self._numbers, self._where)
        numbers = ", ".join(map(cells.number, self._columns))
        return list(self._select(f"SELECT count(*), {numbers} {cells.source()} GROUP BY {numbers}", *cells.values()))

    def is_unique(self, column: int) -> bool:
        """Whether no two of the rows have the same words in a column."""
        if self._few is None and all(condition.is_negative for condition in self._where):
            beside = [condition for condition in self._where if condition.column == column]
            cells = _Cells(self._table.id, [_Cell(column, "key IS NOT NULL"), *map(_held, beside)])
            sql = f"SELECT 1 {cells.source()} GROUP BY {cells.alias(column)}.key HAVING count(*) > 1 LIMIT 1"
            return next(self._select(sql, *cells.values()), None) is None
        asked = () if any(condition.column == column for condition in self._where) else (column,)
        cells = self._cells(asked, self._where, known=False)
        sql = f"SELECT count(*), count(DISTINCT {cells.alias(column)}.key) {cells.source()}"
        rows, names = next(self._select(sql, *cells.values()))
        return bool(rows == names)

    # Few rows

    @cached_property
    def _few(self) -> Condition | None:
        """The condition that the fewest rows meet, if they are few."""
        sizes = {condition: self._size(condition) for condition in self._where if not condition.is_negative}
        best = min(sizes, key=sizes.__getitem__, default=None)
        return best if best is not None and sizes[best] <= FEW else None

    def _size(self, condition: Condition) -> int:
        cells = _Cells(self._table.id, [_held(condition)])
        sql = f"SELECT count(*) FROM (SELECT 1 {cells.source()} LIMIT {FEW + 1})"
        return int(next(self._select(sql, *cells.values()))[0])

    @cached_property
    def _rows(self) -> list[Line] | None:
        """The rows in order of the source, each with all its numbers; None where they are many."""
        if self._few is None and self._table.row_count > FEW:
            return None
        cells = self._cells(self._numbers, self._where, known=False)
        sql = f"SELECT {cells.shown(self._numbers)} {cells.source()} ORDER BY {cells.row}"
        return list(self._select(sql, *cells.values()))

    def _within(self, bounds: Sequence[Bound]) -> list[Line]:
        """Those of few rows that have all the numbers and keep within the bounds."""
        rows = [row for row in self._rows or () if None not in row]
        for bound in bounds:
            test, value, limit = _TESTS[bound.comparison], self._value(bound.columns), bound.limit
            rows = [row for row in rows if test(value(row), limit)]
        return rows

    def _in_order(self, rows: list[Line], order: Order) -> list[Line]:
        if order == "source":
            return rows
        up = sorted(rows if order != "descending" else rows[::-1], key=self._value(self._columns))
        return up if order == "ascending" else up[::-1]

    def _value(self, columns: tuple[int, ...]) -> Callable[[Line], float]:
        """What gives a row's number in one column, or the difference of those in two."""
        first, *others = [self._numbers.index(column) + 1 for column in columns]
        if not others:
            return operator.itemgetter(first)
        second = others[0]
        return lambda row: round((row[first] or 0.0) - (row[second] or 0.0), DIGITS)

    # Many rows

    def _count(self, numbers: tuple[int, ...], where: tuple[Condition, ...], bounds: Sequence[Bound] = ()) -> int:
        """Where next to all rows are meant, those that are not are counted and taken off."""
        if not (numbers or where):
            return self._table.row_count
        if len(where) == 1 and where[0].is_negative:
            return self._count(numbers, (), bounds) - self._count(numbers, (where[0].negated(),), bounds)
        cells = self._cells(numbers, where)
        (count,) = next(self._select(f"SELECT count(*) {cells.source(bounds)}", *cells.values(bounds)))
        return int(count)

    def _cells(self, numbers: tuple[int, ...], where: tuple[Condition, ...], *, known: bool = True) -> _Cells:
        """What is joined, row by row: the cells that few rows have go first."""
        found = [_Cell(column, "number IS NOT NULL" if known else "") for column in numbers]
        first = self._few if self._few in where else where[0] if len(where) == 1 and not where[0].is_negative else None
        begin = [_held(first)] if first is not None else []
        others = [_held(condition) for condition in where if condition is not first]
        return _Cells(self._table.id, [*begin, *others, *found] if begin else [*found, *others])


_ORDERS: dict[Order, str] = {
    "source": "{row}",
    "ascending": "{value}, {row}",
    "descending": "{value} DESC, {row}",
    "last descending": "{value} DESC, {row} DESC",
}


_TESTS: dict[str, Callable[[float, float], bool]] = {
    "=": operator.eq, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


class _Cell(NamedTuple):
    """A cell that each row is to have: its column, and what holds of it."""

    column: int
    test: str = ""
    value: float | str | None = None


def _held(condition: Condition) -> _Cell:
    column, comparison, value = condition
    if isinstance(value, Decimal):
        return _Cell(column, f"number {comparison} ?", float(value))
    if isinstance(value, tuple):
        return _Cell(column, f"key {comparison} (SELECT value FROM json_each(?))", json.dumps(value))
    return _Cell(column, f"key {comparison} ?", value)


class _Cells:
    """A chain of cells of one row, looked up one after the other in this order."""

    def __init__(self, table: int, chain: Sequence[_Cell]) -> None:
        self._table = table
        self._chain = chain or [_Cell(0)]
        self.row = "c0.row_id"

    def alias(self, column: int) -> str:
        """What the number of a column is called."""
        return next(f"c{n}" for n, cell in enumerate(self._chain) if cell.column == column)

    def number(self, column: int) -> str:
        return f"{self.alias(column)}.number"

    def shown(self, columns: tuple[int, ...]) -> str:
        """A row's id and its numbers in these columns."""
        return ", ".join((self.row, *map(self.number, columns)))

    def value(self, columns: tuple[int, ...]) -> str:
        """The number in one column, or the difference of two."""
        numbers = [self.number(column) for column in columns]
        return f"round({numbers[0]} - {numbers[1]}, {DIGITS})" if len(numbers) > 1 else "".join(numbers)

    def source(self, bounds: Sequence[Bound] = ()) -> str:
        """``FROM … WHERE …``."""
        joins = ["FROM cells AS c0"]
        joins += [
            f"CROSS JOIN cells AS c{n} ON c{n}.table_id = c0.table_id AND c{n}.row_id = c0.row_id AND c{n}.col = ?"
            for n in range(1, len(self._chain))
        ]
        tests = ["c0.table_id = ?", "c0.col = ?"]
        tests += [f"c{n}.{cell.test}" for n, cell in enumerate(self._chain) if cell.test]
        tests += [f"{self.value(bound.columns)} {bound.comparison} ?" for bound in bounds]
        return f"{' '.join(joins)} WHERE {' AND '.join(tests)}"

    def values(self, bounds: Sequence[Bound] = ()) -> list[float | str]:
        """What the statement's question marks stand for."""
        columns = [cell.column for cell in self._chain]
        held = [cell.value for cell in self._chain if cell.value is not None]
        return [*columns[1:], self._table, columns[0], *held, *(bound.limit for bound in bounds)]
