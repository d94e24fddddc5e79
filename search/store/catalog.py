"""The catalog of a generation: documents, passages and typed table rows in SQLite, read only."""

# ruff: noqa: S608 - statements are put together from the constants of this package only; values are always bound

from __future__ import annotations

import json
import math
import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from ..model import Bounds, Document, Doubt, Heading, Passage, Place, Skipped, Span, Table, TableRow
from . import records
from .catalog_errors import inconsistent, too_late, unreadable
from .columns import Kind, Vector, Vectors, Words, unpacked
from .records import DOCUMENT, PASSAGE, ROW, TABLE
from .scan import Condition, Scan
from .sorted_scan import RowOrder
from .store import Counted, FileStore, Store
from .texts import Texts

Read = TypeVar("Read")


class Catalog:
    """Reads a store of records, or the file that is one. Not for sharing between threads: open one each."""

    def __init__(self, where: Path | Store) -> None:
        self._store = FileStore(where) if isinstance(where, Path) else where
        self._db = self._store.db
        self.texts = Texts(self._select, self._reach)
        self._vectors = Vectors(self._select, self._store.column, self._store.words)
        self._seconds = self._until = math.inf
        self.derived: dict[object, dict[int, Any]] = {}
        """What others worked out of it, see ``derived.py``."""

    def stop_after(self, seconds: float) -> None:
        """From now on, what reads later than that, or is still reading then, raises TimeLimitError."""
        self._seconds = seconds
        self.start_anew()
        self._db.set_progress_handler(lambda: time.monotonic() > self._until, _STEPS)

    def start_anew(self) -> None:
        """Something else is asked: it has the whole time."""
        self._until = time.monotonic() + self._seconds
        self._store.start_anew()

    def close(self) -> None:
        """Let go of the file, and of what was worked out of it."""
        self.derived.clear()
        self._store.close()

    # Documents

    def documents(self) -> list[Document]:
        """All documents, by root and path."""
        return [Document(*row) for row in self._select(f"{DOCUMENT} ORDER BY root, path")]

    def document(self, number: int) -> Document:
        """One document by its number. Raises IndexBrokenError where the index speaks of one that it lacks."""
        return Document(*self._one(f"{DOCUMENT} WHERE id = ?", number))

    def documents_at(self, path: str) -> list[Document]:
        """The documents with this path: one for each root that has one, by root."""
        return [Document(*row) for row in self._select(f"{DOCUMENT} WHERE path = ? ORDER BY root", path)]

    def text(self, document: int) -> str:
        """A document's whole text, in which its spans count."""
        return self.texts.whole(document)

    def page(self, document: int, at: int) -> int | None:
        """The page, from 1, that a place of a document's text is on; None where the document has no pages."""
        return self.numbered_page(document, at)[0]

    def numbered_page(self, document: int, at: int) -> tuple[int | None, str | None]:
        """The same, and what is printed on that page where it is not this number."""
        self._store.facts(document)
        rows = self._select(
            "SELECT page, printed FROM pages WHERE document = ? AND start <= ? ORDER BY start DESC LIMIT 1",
            document,
            at,
        )
        return next(((page, printed) for page, printed in rows), (None, None))

    def is_scanned(self, document: int, span: Span) -> bool:
        """Whether any page that a span of a document's text touches was read by OCR."""
        start, end = span
        self._store.facts(document)
        rows = self._select(
            "SELECT max(scanned) FROM pages WHERE document = ?1 AND start < ?3 AND start >= coalesce("
            "(SELECT max(start) FROM pages WHERE document = ?1 AND start <= ?2), 0)",
            document,
            start,
            end,
        )
        return any(scanned for (scanned,) in rows)

    def pages(self, document: int, span: Span) -> list[tuple[int, int]]:
        """Where pages begin within a span of a document's text: ``(start, page)``, in order."""
        self._store.facts(document)
        begin = "SELECT start, page FROM pages WHERE document = ? AND start >= ? AND start < ? ORDER BY start"
        return list(self._select(begin, document, *span))

    def doubts(self, document: int) -> list[Doubt]:
        """What the reader dropped or doubted, in order of place."""
        self._store.facts(document)
        rows = self._select(
            "SELECT kind, reason, start, end, first_line, last_line FROM doubts WHERE document = ? ORDER BY start",
            document,
        )
        return [Doubt(kind, reason, (start, end), (first, last)) for kind, reason, start, end, first, last in rows]

    def headings(self, document: int) -> list[Heading]:
        """A document's headings in order, those with nothing below them included."""
        self._store.facts(document)
        rows = self._select(
            "SELECT text, level, start, end, first_line, last_line FROM headings WHERE document = ? ORDER BY start",
            document,
        )
        return [Heading(text, level, (start, end), (first, last)) for text, level, start, end, first, last in rows]

    def skipped(self) -> list[Skipped]:
        """The files that were found and could not be read, by path."""
        return [Skipped(*row) for row in self._select("SELECT path, reason, remedy FROM skipped ORDER BY path")]

    def counts(self, what: Counted) -> Mapping[int, int]:
        """How many of these each document has; documents without any are left out."""
        return self._read(lambda: self._store.counts(what))

    def questions_in_headings(self, most: int) -> Sequence[str]:
        """Headings that end with a question mark, in the guides' order, at most so many."""
        return self._read(lambda: self._store.questions(most))

    # Passages

    def passages(self, numbers: Iterable[int]) -> list[Passage]:
        """These passages, in the order asked for."""
        wanted = list(numbers)
        self._store.passages(wanted)
        found = {p.id: p for p in self._said(self._among(f"{PASSAGE} WHERE id IN", wanted))}
        if missing := [n for n in wanted if n not in found]:
            raise inconsistent(f"passage {missing[0]}")
        return [found[n] for n in wanted]

    def passages_of(self, document: int) -> list[Passage]:
        """A document's passages and rows in reading order."""
        self._store.guides((document,))
        return list(self._said(self._select(f"{PASSAGE} WHERE document = ? ORDER BY start", document)))

    def passage_numbers(self, documents: Iterable[int]) -> set[int]:
        """The numbers of these documents' passages."""
        wanted = list(documents)
        self._store.guides(wanted)
        found = (self._select("SELECT id FROM passages WHERE document = ?", document) for document in wanted)
        return {int(row[0]) for rows in found for row in rows}

    def passage_at(self, document: int, span: Span) -> Passage | None:
        """The passage or row that holds the start of a span; None where a heading or a dropped piece stands there."""
        self._store.around(document, span)
        rows = self._select(
            f"{PASSAGE} WHERE document = ? AND start <= ? AND end > ? ORDER BY start DESC LIMIT 1",
            document,
            span[0],
            span[0],
        )
        return next(self._said(rows), None)

    # Tables

    def tables(self) -> list[Table]:
        """All tables, by their documents' root and path, and by place."""
        return [
            records.table(row)
            for row in self._select(f"{TABLE} JOIN documents ON documents.id = document ORDER BY root, path, start")
        ]

    def table(self, name: str) -> Table | None:
        """The table of exactly this name."""
        rows = self._select(f"{TABLE} JOIN documents ON documents.id = document WHERE name = ?", name)
        return next(map(records.table, rows), None)

    def table_numbered(self, number: int) -> Table:
        """One table by its number. Raises IndexBrokenError where the index speaks of one that it lacks."""
        return records.table(self._one(f"{TABLE} WHERE tables.id = ?", number))

    def tables_numbered(self, numbers: Iterable[int]) -> list[Table]:
        """Those of these tables that there are, in no order."""
        return list(map(records.table, self._among(f"{TABLE} WHERE tables.id IN", list(numbers))))

    def table_sizes(self) -> Iterator[tuple[int, int, int]]:
        """Every table's number, its document's and how many rows it has, in the order of ``tables``."""
        return self._select(
            "SELECT tables.id, document, row_count FROM tables JOIN documents ON documents.id = document "
            "ORDER BY root, path, start"
        )

    def tables_with(self, stems: Iterable[str]) -> Iterator[tuple[str, bool, int]]:
        """The tables that have any of these stems in a head, or (False) in what is said above them, by stem."""
        return self._among("SELECT stem, in_head, table_id FROM table_stems WHERE stem IN", list(stems))

    def rows_within(self, document: int, span: Span) -> list[TableRow]:
        """The rows of tables that a span of a document's text touches, in order of place."""
        self._store.around(document, span)
        first = "SELECT coalesce(max(start), 0) FROM passages WHERE document = ? AND start <= ?"
        of_passages = (
            f"{ROW} JOIN passages ON passages.row = rows.id WHERE passages.document = ? AND passages.start < ? "
            f"AND passages.end > ? AND passages.start >= ({first}) ORDER BY passages.start"
        )
        found = self._select(of_passages, document, span[1], span[0], document, span[0])
        return [records.row(row) for row in found]

    def rows(self, table: int, limit: int | None = None) -> list[TableRow]:
        """A table's first rows, or all, in source order."""
        return list(self.scanned(self.scan(table), limit=limit))

    def scanned(
        self, scan: Scan, order: RowOrder = RowOrder.SOURCE, limit: int | None = None, offset: int = 0
    ) -> Iterator[TableRow]:
        """The first rows of a scan, one at a time."""
        found = scan.first(scan.known if limit is None else limit, order, offset=offset)
        for at in range(0, len(found), _AT_ONCE):
            yield from self.rows_numbered(scan.table, (line[0] for line in found[at : at + _AT_ONCE]))

    def scan(
        self,
        table: int,
        columns: tuple[int, ...] = (),
        where: Sequence[Condition] = (),
        beside: Sequence[int] = (),
        kind: Kind = "numbers",
    ) -> Scan:
        """The rows that meet every condition, with their numbers in these columns; see there."""
        return Scan(self._vectors, table, columns, where, beside, kind)

    def has_words(self, table: int, column: int) -> bool:
        """Whether every cell of a column holds words, and none a number."""
        return self._vectors.vector(table, column, "words").is_complete

    def rows_numbered(self, table: int, numbers: Iterable[int]) -> list[TableRow]:
        """The rows of a table with these numbers in it, from 1, in the order asked for."""
        wanted = list(numbers)
        self._store.rows(table, wanted)
        select = f"{ROW} WHERE table_id = {int(table)} AND number IN"
        found = {r.number: r for r in map(records.row, self._among(select, wanted))}
        if missing := [n for n in wanted if n not in found]:
            raise inconsistent(f"row {missing[0]} of a table")
        return [found[n] for n in wanted]

    def vector(self, table: int, column: int) -> Vector:
        """The numbers of a column."""
        return self._vectors.vector(table, column)

    def cells_by_key(self, table: int) -> Iterator[tuple[int, str, bytes]]:
        """Every folded text of a table: its column, itself, and the rows that hold it, packed."""
        self._store.words(table)
        return self._select("SELECT col, key, rows FROM keys WHERE table_id = ? ORDER BY col, key", table)

    def wholes(self, table: int) -> list[int]:
        """The rows of a table, from 0, that sum up others or stand a level above them."""
        self._store.rows(table)
        found = self._select("SELECT number - 1 FROM rows WHERE table_id = ? AND whole", table)
        return [int(row) for (row,) in found]

    def ranges(self, table: int, column: int) -> Iterator[tuple[int, Bounds]]:
        """The rows of a table, from 0, in whose cell of a column a range of numbers stands, and its ends."""
        self._store.rows(table)
        sql = f"SELECT number - 1, json_extract(cells, '$[{int(column)}][6]') FROM rows WHERE table_id = ?"
        return ((int(row), records.ends(packed)) for row, packed in self._select(sql, table) if packed is not None)

    def dates(self, table: int, column: int) -> Iterator[tuple[int, str]]:
        """The rows of a table, from 0, in whose cell of a column a date stands, in ISO form."""
        self._store.rows(table)
        sql = f"SELECT number - 1, json_extract(cells, '$[{int(column)}][7]') FROM rows WHERE table_id = ?"
        return ((int(row), str(date)) for row, date in self._select(sql, table) if date is not None)

    def tables_of_passages(self, passages: Iterable[int]) -> dict[int, int]:
        """The tables that passages are rows of, by passage."""
        sql = "SELECT passages.id, table_id FROM passages JOIN rows ON rows.id = passages.row WHERE passages.id IN"
        wanted = list(passages)
        self._store.passages(wanted)
        return dict(self._among(sql, wanted))

    def keys(self, table: int, column: int) -> list[str]:
        """The distinct folded texts of a column."""
        self._store.words(table, column)
        found = self._select("SELECT key FROM keys WHERE table_id = ? AND col = ? ORDER BY key", table, column)
        return [key for (key,) in found]

    def keys_containing(self, table: int, column: int, part: str) -> list[str]:
        """The distinct folded texts of a column that hold this one."""
        self._store.words(table, column)
        sql = "SELECT key FROM keys WHERE table_id = ? AND col = ? AND instr(key, ?) ORDER BY key"
        return [key for (key,) in self._select(sql, table, column, part)]

    def keys_between(self, table: int, column: int, begin: str, end: str, most: int) -> list[str]:
        """The first distinct folded texts of a column from ``begin`` on and before ``end``, at most so many."""
        self._store.words(table, column, Words(between=(begin, end)))
        sql = "SELECT key FROM keys WHERE table_id = ? AND col = ? AND key >= ? AND key < ? ORDER BY key LIMIT ?"
        return [key for (key,) in self._select(sql, table, column, begin, end, most)]

    def key_count(self, table: int, column: int) -> int:
        """How many distinct folded texts a column has."""
        return self._read(lambda: self._store.key_count(table, column))

    def names(self, table: int, column: int, limit: int) -> dict[str, tuple[str, Place | None]]:
        """Each distinct folded text of a column, in order and at most ``limit``: how the first row that holds it
        writes it, and that row's place."""
        return self._names(table, column, self._first_keys(table, column, limit))

    def names_among(self, table: int, column: int, keys: Iterable[str]) -> dict[str, tuple[str, Place | None]]:
        """The same of those of these folded texts that the column holds."""
        wanted = sorted(keys)
        self._store.words(table, column, Words(among=wanted))
        sql = f"{_FIRST} AND key IN (SELECT value FROM json_each(?)) ORDER BY key"
        return self._names(table, column, self._select(sql, table, column, json.dumps(wanted)))

    def samples(self, table: int, column: int, limit: int) -> dict[str, TableRow]:
        """Each distinct folded text of a column, in order and at most ``limit``, with the first row that holds it."""
        first = _first(self._first_keys(table, column, limit))
        return dict(zip(first, self.rows_numbered(table, first.values()), strict=True))

    def unit_count(self, table: int, column: int) -> int:
        """How many different units the numbers of a column have; no unit is one too."""
        return self._vectors.vector(table, column).units

    def years(self, table: int, column: int) -> list[int]:
        """The distinct numbers of a column of years, in order."""
        return sorted(int(number) for number, _ in self.scan(table, (column,)).tally())

    def expect(self, *, guides: Collection[int] = (), tables: Collection[int] = ()) -> None:
        """All of these guides, or tables, are going to be read."""
        self._store.guides(guides)
        self._store.tables(tables)

    # Below: SQL

    def _reach(self, document: int, span: Span | None) -> None:
        if span is None:
            self._store.guides((document,))
        else:
            self._store.around(document, span)

    def _first_keys(self, table: int, column: int, limit: int) -> Iterator[tuple[str, bytes]]:
        self._store.words(table, column, Words(first=limit))
        return self._select(f"{_FIRST} ORDER BY key LIMIT ?", table, column, limit)

    def _names(
        self, table: int, column: int, found: Iterable[tuple[str, bytes]]
    ) -> dict[str, tuple[str, Place | None]]:
        first = _first(found)
        self._store.rows(table, first.values())
        sql = (
            f"SELECT number, json_extract(cells, '$[{int(column)}][0]'), place FROM rows WHERE table_id = {int(table)}"
        )
        cells = self._among(f"{sql} AND number IN", list(first.values()))
        held = {number: (text, records.place(place)) for number, text, place in cells}
        return {key: held[number] for key, number in first.items() if number in held}

    def _said(self, found: Iterable[Any]) -> Iterator[Passage]:
        """Passages, each with what stands at its place."""
        return (records.passage((*row, self.texts.part)) for row in found)

    def _select(self, sql: str, *values: Any) -> Iterator[Any]:
        if time.monotonic() > self._until:
            raise too_late()
        try:
            yield from chain(self._db.execute(sql, values))  # which leaves a cursor alone that is not read to its end
        except sqlite3.Error as error:
            raise unreadable(error) from error

    def _read(self, read: Callable[[], Read]) -> Read:
        """What a store tells of all its records."""
        try:
            return read()
        except sqlite3.Error as error:
            raise unreadable(error) from error

    def _one(self, sql: str, *values: Any) -> Any:
        for row in self._select(sql, *values):
            return row
        raise inconsistent(f"what was asked for ({values})")

    def _among(self, sql: str, numbers: Sequence[int | str]) -> Iterator[Any]:
        return self._select(f"{sql} (SELECT value FROM json_each(?))", json.dumps(numbers))


def _first(found: Iterable[tuple[str, bytes]]) -> dict[str, int]:
    """The number of the first row that holds each folded text."""
    return {key: unpacked("I", rows)[0] + 1 for key, rows in found}


_FIRST = "SELECT key, substr(rows, 1, 4) FROM keys WHERE table_id = ? AND col = ?"
_AT_ONCE = 1_000
"""Rows that are fetched at once where many are wanted one at a time."""
_STEPS = 10_000
"""Of SQLite's virtual machine, between two looks at the clock: a millisecond or so."""
