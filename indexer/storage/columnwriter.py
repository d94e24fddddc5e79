"""Writes the columns of tables as arrays over all rows, each with its order (``search/store/columns.py`` reads them).

Rows may come in parts: these wait in tables of SQLite's own temporary file, which also sorts the words, so that memory
holds the numbers of one column at a time.
"""

from __future__ import annotations

import json
import math
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from heapq import merge
from itertools import groupby
from operator import itemgetter

from ...search.model import Cell
from ...search.store.columns import MAX_DECIMALS, NONE, PLACE_KIND, PLACE_STATE, packed, unpacked
from ...search.text.tokenizer import key
from ..document import ParsedRow

RUN = 1 << 19
"""Rows that are sorted at once; longer columns are merged from sorted runs."""
_EXACT = 2.0**53
_key = lru_cache(maxsize=65_536)(key)


class ColumnWriter:
    """Fills ``columns`` and ``keys`` of a catalog file."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._waits = False
        db.execute("CREATE TEMP TABLE parts (table_id INTEGER, col INTEGER, decimals INTEGER, units TEXT, data BLOB)")
        db.execute("CREATE TEMP TABLE words (table_id INTEGER, col INTEGER, key TEXT, row INTEGER)")

    def add(self, rows: Iterable[tuple[int, int, ParsedRow]], naming: Mapping[int, frozenset[int]]) -> None:
        """Let rows wait, each with its table and its number there; the numbers go on where the last part's ended.

        ``naming`` has the columns of each table whose numbers are names as well: ranks, steps.
        """
        for table, group in groupby(sorted(rows, key=itemgetter(0, 1)), key=itemgetter(0)):
            self._waits = True
            _, numbers, parsed = zip(*group, strict=True)
            for column, cells in enumerate(zip(*(row.cells for row in parsed), strict=True)):
                self._wait(table, column, numbers[0] - 1, cells, names=column in naming.get(table, ()))
            self._db.executemany("INSERT INTO words VALUES (?, ?, ?, ?)", _places(table, numbers[0] - 1, parsed))

    def _wait(self, table: int, column: int, first: int, cells: Sequence[Cell], *, names: bool) -> None:
        numbers = [cell.number for cell in cells]
        data = array("d", [NONE if number is None else float(number) for number in numbers])
        decimals = max(map(_decimals, filter(None, numbers)), default=0)
        units = json.dumps(sorted({cell.unit or "" for cell in cells if cell.number is not None}))
        self._db.execute("INSERT INTO parts VALUES (?, ?, ?, ?, ?)", (table, column, decimals, units, packed(data)))
        words = (
            (table, column, _key(cell.text), row)
            for row, cell in enumerate(cells, first)
            if names or cell.number is None
        )
        self._db.executemany("INSERT INTO words VALUES (?, ?, ?, ?)", words)

    def finish(self) -> None:
        """Write the columns of all rows that wait; most guides have no table."""
        if not self._waits:
            return
        sizes = {}
        waiting = self._db.execute(
            "SELECT table_id, col, max(decimals), count(DISTINCT unit.value) FROM parts "
            "LEFT JOIN json_each(units) AS unit GROUP BY table_id, col"
        ).fetchall()
        for table, column, decimals, units in waiting:
            numbers = self._joined(table, column)
            sizes[table] = len(numbers)
            facts = ("numbers", decimals, units)
            self._write(table, column, facts, _scaled(numbers, decimals), _ascending(numbers))
        words = self._db.cursor().execute("SELECT * FROM words ORDER BY table_id, col, key, row")
        for (table, column), cells in groupby(words, key=itemgetter(0, 1)):
            self._write_words(table, column, sizes[table], groupby(cells, key=itemgetter(2)))
        self.forget()

    def forget(self) -> None:
        """Let nothing wait any more."""
        self._waits = False
        self._db.execute("DELETE FROM parts")
        self._db.execute("DELETE FROM words")

    def _joined(self, table: int, column: int) -> array[float]:
        found = array("d")
        parts = "SELECT data FROM parts WHERE table_id = ? AND col = ? ORDER BY rowid"
        for (data,) in self._db.execute(parts, (table, column)):
            found.extend(unpacked("d", data))
        return found

    def _write_words(
        self, table: int, column: int, rows: int, words: Iterator[tuple[str, Iterator[tuple[int, int, str, int]]]]
    ) -> None:
        """Each word's rows, and the places of all among the words."""
        places, ascending = array("d", [NONE]) * rows, array("I")
        for place, (text, cells) in enumerate(words):
            holding = array("I", [row for *_, row in cells])
            for row in holding:
                places[row] = place
            ascending.extend(holding)
            self._db.execute("INSERT INTO keys VALUES (?, ?, ?, ?)", (table, column, text, packed(holding)))
        if column >= 0:
            self._write(table, column, ("words", 0, 0), places, ascending)

    def _write(
        self, table: int, column: int, facts: tuple[str, int, int], data: array[float], ascending: array[int]
    ) -> None:
        if ascending:
            kind, decimals, units = facts
            record = (table, column, kind, len(ascending), decimals, units, packed(data), packed(ascending))
            self._db.execute("INSERT INTO columns VALUES (?, ?, ?, ?, ?, ?, ?, ?)", record)


def _places(table: int, first: int, rows: Sequence[ParsedRow]) -> Iterator[tuple[int, int, str, int]]:
    """The kind and the state of the rows' places as words."""
    for number, row in enumerate(rows, first):
        if row.place is not None:
            yield table, PLACE_KIND, row.place.kind.casefold(), number
            if row.place.state:
                yield table, PLACE_STATE, row.place.state.casefold(), number


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return min(MAX_DECIMALS, max(0, -exponent)) if isinstance(exponent, int) else 0


def _scaled(numbers: array[float], decimals: int) -> array[float]:
    """The numbers as whole ones; those of more digits than a double has stay what is nearest to them."""
    if not decimals:
        return numbers
    moved = (number * 10**decimals for number in numbers)
    return array("d", [round(number) if abs(number) < _EXACT else number for number in moved])


def _ascending(numbers: array[float]) -> array[int]:
    """The rows with a number, the lowest first; ties in order."""
    number = numbers.__getitem__
    starts = range(0, len(numbers), RUN)
    runs = [_sorted_run(numbers, range(start, min(start + RUN, len(numbers)))) for start in starts]
    return runs[0] if len(runs) == 1 else array("I", merge(*runs, key=number))


def _sorted_run(numbers: array[float], rows: range) -> array[int]:
    known = (row for row in rows if not math.isnan(numbers[row]))
    return array("I", sorted(known, key=numbers.__getitem__))
