"""The catalog of a generation on a cluster: its records are brought part by part into tables in memory.

What was brought stays for the next question while there is room; then all goes at once, and what is needed comes again.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from ...model import Span
from ..columns import ALL_WORDS, Kind, Words
from ..database import create
from ..store import Counted, Store
from .parts import BROUGHT, FEW_ROWS, KEYS, PASSAGES_A_BLOCK, PartReader, Records, block_of, document_of, insert
from .shelf import Head, Shelf

ROOM = 64 * 2**20
"""Bytes of records that are kept from one question to the next."""


class ClusterStore(Store):
    """A part of a catalog, as large as what was asked for. One thread's, as every store."""

    def __init__(self, reader: PartReader, head: Head, shelf: Iterable[Records]) -> None:
        self.db = create(":memory:", shared=True)
        self._reader = reader
        self._head = head
        self._shelf = Shelf()
        for records in shelf:
            self._shelf.add(records)
            insert(self.db, records)
        self._forget()

    def _forget(self) -> None:
        """Hold nothing but what was there from the beginning."""
        for table in BROUGHT:
            self.db.execute(f"DELETE FROM {table}")  # noqa: S608 - a table of ours
        self._here: set[str] = set()
        self._size = 0
        self._starts: dict[int, list[int]] = {}
        """Of each long guide that is here, where its blocks begin."""
        self._runs: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
        """Of tables in long guides: from which row on, as which passage, how many follow each other."""
        self._first_keys: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
        """Of columns of long tables, the first folded text of each part."""

    # What is to be here

    def guides(self, documents: Collection[int]) -> None:
        """All that these guides say."""
        self._bring(name for d in documents for name in (f"guide-{d}", *self._blocks(d, range(self._block_count(d)))))

    def facts(self, document: int) -> None:
        """A guide's headings, pages and doubts."""
        self._bring([f"guide-{document}"])

    def passages(self, numbers: Collection[int]) -> None:
        """These passages with their texts, and the rows that they are."""
        known = [number for number in numbers if document_of(number) in self._shelf.passages]
        self._bring([*(f"guide-{document_of(n)}" for n in known), *map(self._part_of, known)])

    def around(self, document: int, span: Span) -> None:
        """The texts, passages and rows that a span touches, and what stands last before it."""
        self.facts(document)
        if self._block_count(document):
            starts = self._starts[document]
            first, end = bisect_right(starts, max(0, span[0])) - 1, bisect_left(starts, max(span[0] + 1, span[1]))
            self._bring(self._blocks(document, range(max(0, first), max(end, 1))))

    def tables(self, tables: Collection[int]) -> None:
        """What knowing these tables takes."""
        known = [table for table in tables if table in self._shelf.rows]
        self._bring([*(f"guide-{document_of(table)}" for table in known), *map(self._home, known)])

    def rows(self, table: int, numbers: Collection[int] | None = None) -> None:
        """These rows of a table, or all."""
        document = document_of(table)
        self.facts(document)
        if not self._block_count(document):
            return
        wanted: set[int] = set()
        for first, passage, count in self._runs[table]:
            if numbers is None:
                wanted.update(range(block_of(passage), block_of(passage + count - 1) + 1))
            else:
                wanted.update(block_of(passage + n - first) for n in numbers if first <= n < first + count)
        self._bring(self._blocks(document, sorted(wanted)))

    def column(self, table: int, column: int, kind: Kind) -> None:
        """A column's array and order."""
        if self._is_long(table):
            if (column, kind) in self._shelf.columns.get(table, ()):
                self._bring([f"column-{table}-{column}-{kind}"])
        else:
            self.tables((table,))

    def words(self, table: int, column: int | None = None, which: Words = ALL_WORDS) -> None:
        """Folded texts with the rows that hold them."""
        self.tables((table,))
        if not self._is_long(table):
            return
        wanted: dict[str, None] = {}
        for each in [c for t, c in self._shelf.keys if t == table and column in (None, c)]:
            firsts = self._first_keys[table, each]
            parts: Iterable[int] = range(len(firsts))[: None if which.first is None else -(-which.first // KEYS)]
            if which.among is not None:
                parts = {max(0, bisect_right(firsts, key) - 1) for key in which.among} if firsts else ()
            elif which.between is not None:
                begin, end = which.between
                parts = range(max(0, bisect_right(firsts, begin) - 1), bisect_left(firsts, end))
            wanted.update(dict.fromkeys(f"keys-{table}-{each}-{n}" for n in parts))
        self._bring(wanted)

    def start_anew(self) -> None:
        """Something else is asked: where there is no room left, what was brought goes."""
        if self._size > ROOM:
            self._forget()

    # What is known of all

    def counts(self, what: Counted) -> Mapping[int, int]:
        """How many of these each document has; documents without any are left out."""
        found: dict[Counted, dict[int, int]] = {
            "passages": self._shelf.passages,
            "tables": self._shelf.tables,
            "doubts": self._shelf.doubts,
        }
        return {document: count for document, count in found[what].items() if count}

    def questions(self, most: int) -> Sequence[str]:
        """Headings that end with a question mark, in the guides' order."""
        return self._head.questions[:most]

    def key_count(self, table: int, column: int) -> int:
        """How many distinct folded texts a column has."""
        return self._shelf.keys.get((table, column), 0)

    # Parts

    def _block_count(self, document: int) -> int:
        """How many blocks a guide has beside its own part; 0 for one that is one part, or none."""
        passages = self._shelf.passages.get(document, 0)
        return -(-passages // PASSAGES_A_BLOCK) if passages > PASSAGES_A_BLOCK else 0

    def _blocks(self, document: int, which: Iterable[int]) -> Iterator[str]:
        return (f"block-{document}-{n}" for n in which)

    def _part_of(self, passage: int) -> str:
        document = document_of(passage)
        return f"block-{document}-{block_of(passage)}" if self._block_count(document) else f"guide-{document}"

    def _is_long(self, table: int) -> bool:
        return self._shelf.rows.get(table, 0) > FEW_ROWS

    def _home(self, table: int) -> str:
        """The part that holds a table's columns, or says where those of a long one are."""
        return f"table-{table}" if self._block_count(document_of(table)) else f"guide-{document_of(table)}"

    def _bring(self, names: Iterable[str]) -> None:
        missing = dict.fromkeys(name for name in names if name not in self._here)
        for name, records in self._reader.fetch(missing):
            insert(self.db, records)
            self._learn(records)
            self._here.add(name)
            self._size += sum(_size(value) for rows in records.values() for row in rows for value in row)

    def _learn(self, records: Records) -> None:
        for document, start in records.get("starts", ()):
            self._starts.setdefault(document, []).append(start)
        for table, first, passage, count in records.get("runs", ()):
            self._runs[table].append((first, passage, count))
        for table, column, key in records.get("first_keys", ()):
            self._first_keys[table, column].append(key)


def _size(value: object) -> int:
    return len(value) if isinstance(value, str | bytes) else 8
