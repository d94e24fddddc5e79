"""Fills a generation's catalog: documents, passages, typed rows, doubts; the schema stands in ``search/schema.py``.

Numbers need no history: a document's comes from its path, and its passages, rows and tables are numbered within it. So
an index that grew in many steps holds the same numbers, and breaks ties in ranking alike, as one built at once.
"""

# ruff: noqa: S608 - statements are put together from the constants of this module only; values are always bound

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from pathlib import Path

from ..search.engines.base import Field
from ..search.errors import SourceError
from ..search.model import Lines, PassageKind, Span
from ..search.records import pack_cells, pack_columns, pack_place
from ..search.schema import SCHEMA
from ..search.words import index_stems, key
from .contents import Facts, counts, documents
from .names import TableNames
from .parsed import ParsedGuide, ParsedRow, ParsedTable
from .pieces import pieces_of
from .report import Failure

DOCUMENT_BITS = 30
PASSAGE_BITS = 22
"""A passage's number is its document's, moved up by these bits, plus its place in it: below 2**53, exact in JSON."""
MAX_PASSAGES = 1 << PASSAGE_BITS


@dataclass(frozen=True, slots=True)
class Entry:
    """One passage as the engine needs it."""

    passage: int
    stems: Sequence[str]
    field: Field


@dataclass(frozen=True, slots=True)
class _Piece:
    """A passage or table row on its way into the catalog."""

    kind: PassageKind
    headings: tuple[str, ...]
    span: Span
    lines: Lines
    words: str
    """What it is found by."""
    table: int = 0
    number: int = 0
    """Of a row: its table's number and its own in it, from 1."""
    row: ParsedRow | None = None


class CatalogWriter:
    """Changes a catalog file that nobody reads yet. Raises sqlite3.Error where the disk is full."""

    def __init__(self, path: Path, *, fresh: bool) -> None:
        self._path = path
        self._db = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "trusted_schema = OFF", "temp_store = MEMORY"):
            self._db.execute(f"PRAGMA {pragma}")
        if fresh:
            self._db.executescript(SCHEMA)
        self._db.execute("BEGIN")
        self._paths = {k.document: (k.root, k.path) for k in documents(self._db)}
        self._names = TableNames(self._db.execute("SELECT name, document FROM tables ORDER BY id"))
        self._removed = False

    def add(self, facts: Facts, guide: ParsedGuide) -> tuple[int, Iterator[Entry]]:
        """Store a guide that passed ``check``; gives its document's number and what the engine is to index."""
        document = self._number(facts)
        pieces = sorted([*_prose(guide), *_rows(guide, document)], key=lambda piece: piece.span)
        numbered = list(enumerate(pieces, start=document << PASSAGE_BITS))
        self._paths[document] = (facts.root, facts.path)
        file = (facts.sha256, facts.size, facts.mtime_ns)
        self._insert("documents", [(document, facts.root, facts.path, guide.format, guide.title, guide.date, *file)])
        self._insert("texts", ((document, *piece) for piece in pieces_of(guide.text)))
        self._insert("passages", (_passage(number, document, piece, guide.text) for number, piece in numbered))
        headings = {h.span[0]: (document, *h.span, *h.lines, h.level, h.text) for h in guide.headings}
        self._insert("headings", headings.values())
        self._insert("pages", ((document, *start) for start in guide.pages))
        self._insert("doubts", ((document, d.kind, d.reason, *d.span, *d.lines) for d in guide.doubts))
        names = self._names.give(document, (table.title for table in guide.tables))
        tables = enumerate(zip(names, guide.tables, strict=True), start=document << PASSAGE_BITS)
        self._insert("tables", (_table(number, document, name, table) for number, (name, table) in tables))
        rows = [(number, piece, piece.row) for number, piece in numbered if piece.row is not None]
        self._insert("rows", (_row(number, piece, row) for number, piece, row in rows))
        self._insert("cells", (cell for number, piece, row in rows for cell in _cells(number, piece, row)))
        return document, (Entry(n, index_stems(p.words), "text" if p.row is None else "row") for n, p in numbered)

    def remove(self, document: int, *, replaced: bool = False) -> None:
        """Take a document out; where it is ``replaced`` at once, its tables may have their names back."""
        mine = (document << PASSAGE_BITS, (document + 1) << PASSAGE_BITS)
        for table, column in (("passages", "id"), ("rows", "id"), ("cells", "table_id"), ("tables", "id")):
            self._db.execute(f"DELETE FROM {table} WHERE {column} >= ? AND {column} < ?", mine)
        self._db.execute("DELETE FROM documents WHERE id = ?", (document,))
        for table in ("texts", "headings", "pages", "doubts"):
            self._db.execute(f"DELETE FROM {table} WHERE document = ?", (document,))
        self._removed = True
        if not replaced:
            del self._paths[document]
            self._names.release(document)

    def skip(self, files: Iterable[Failure]) -> None:
        """Keep these, and only these, as the files that could not be read."""
        self._db.execute("DELETE FROM skipped")
        self._insert("skipped", ((f.path, f.size, f.mtime_ns, f.reason, f.remedy) for f in files))

    def touch(self, document: int, mtime_ns: int) -> None:
        """Note that a file with the same bytes has another time."""
        self._db.execute("UPDATE documents SET mtime_ns = ? WHERE id = ?", (mtime_ns, document))

    def counts(self) -> tuple[int, int]:
        """How many passages and tables there are now."""
        return counts(self._db)

    def commit(self) -> None:
        """Write everything. After a removal the file is written anew, so that no byte of what was removed is left."""
        self._db.execute("COMMIT")
        if self._removed:
            anew = self._path.with_suffix(".new")
            self._db.execute("VACUUM INTO ?", (str(anew),))
            self._db.close()
            anew.replace(self._path)
        self._db.close()

    def close(self) -> None:
        """Let go of the file, complete or not."""
        self._db.close()

    def _number(self, facts: Facts) -> int:
        """The document's number: from its path, and the next free one where another document has it."""
        number = int.from_bytes(sha256(facts.path.encode()).digest()[:4])
        while True:
            number = number % ((1 << DOCUMENT_BITS) - 1) + 1
            if self._paths.get(number, (facts.root, facts.path)) == (facts.root, facts.path):
                return number

    def _insert(self, table: str, rows: Iterable[tuple[object, ...]]) -> None:
        rows = iter(rows)
        for first in rows:
            marks = ",".join("?" * len(first))
            self._db.executemany(f"INSERT INTO {table} VALUES ({marks})", chain([first], rows))


def check(guide: ParsedGuide) -> None:
    """Raises SourceError where a guide cannot be stored."""
    passages = len(guide.passages) + sum(len(table.rows) for table in guide.tables)
    if passages > MAX_PASSAGES:
        raise SourceError(f"has {passages:,} passages", f"split it: {MAX_PASSAGES:,} are the most")
    try:
        guide.text.encode()
        guide.title.encode()
    except UnicodeEncodeError as error:
        raise SourceError("holds half a surrogate pair, which is no character", "save it as UTF-8") from error


def _prose(guide: ParsedGuide) -> Iterator[_Piece]:
    for p in guide.passages:
        above = dict.fromkeys((guide.title, *p.headings))
        words = "\n".join((*above, guide.text[slice(*p.span)]))
        yield _Piece(p.kind, p.headings, p.span, p.lines, words)


def _rows(guide: ParsedGuide, document: int) -> Iterator[_Piece]:
    for table_number, table in enumerate(guide.tables, start=document << PASSAGE_BITS):
        for number, row in enumerate(table.rows, start=1):
            words = "\n".join((table.title, *(cell.text for cell in row.cells)))
            yield _Piece("row", table.headings, row.span, row.lines, words, table_number, number, row)


def _passage(number: int, document: int, piece: _Piece, text: str) -> tuple[object, ...]:
    above = json.dumps(piece.headings, ensure_ascii=False)
    place = (*piece.span, *piece.lines, text[slice(*piece.span)])
    return (number, document, piece.kind, above, *place, None if piece.row is None else number)


def _table(number: int, document: int, name: str, table: ParsedTable) -> tuple[object, ...]:
    above = json.dumps(table.headings, ensure_ascii=False)
    shape = (pack_columns(table.columns), len(table.rows))
    place = (*table.span, *table.lines, table.year, json.dumps(table.header))
    return (number, document, name, table.title, above, *shape, *place)


def _row(number: int, piece: _Piece, row: ParsedRow) -> tuple[object, ...]:
    return (number, piece.table, piece.number, *row.span, *row.lines, pack_place(row.place), pack_cells(row.cells))


def _cells(number: int, piece: _Piece, row: ParsedRow) -> Iterator[tuple[object, ...]]:
    for column, cell in enumerate(row.cells):
        value = None if cell.number is None else float(cell.number)
        folded = key(cell.text) if cell.number is None else None
        yield (piece.table, column, number, value, cell.unit, cell.mark, folded)
