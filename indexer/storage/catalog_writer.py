"""Fills a generation's catalog: documents, passages, typed rows, doubts; ``search/store/schema.py`` has the schema.

Numbers need no history: a document's comes from its path, and its passages, rows and tables are numbered within it. So
an index that grew in many steps holds the same numbers, and breaks ties in ranking alike, as one built at once.
"""

# ruff: noqa: S608 - statements are put together from the constants of this module only; values are always bound

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from ...search.errors import SourceError
from ...search.model import Doubt
from ...search.store.database import connect, create
from ...search.store.records import LARGEST_EXPONENT, STORED
from ...search.store.texts import Texts, packed
from ..document import ParsedGuide, ParsedRow, Part
from ..report import Failure
from .columnwriter import ColumnWriter
from .contents import Facts, counts
from .entries import (
    EngineEntry,
    Record,
    Shift,
    StoredPiece,
    entry,
    long_entry,
    passage_record,
    prose,
    row_record,
    rows,
    stem_records,
    stored_entry,
    table_record,
)
from .table_names import TableNames
from .text_pieces import pieces_of

DOCUMENT_BITS = 30
PASSAGE_BITS = 22
"""A passage's number is its document's, moved up by these bits, plus its place in it: below 2**53, exact in JSON."""
MAX_PASSAGES = 1 << PASSAGE_BITS
MAX_EMPTY = 0.1
"""Of a catalog's pages: beyond that it is written anew."""
_OF_DOCUMENT = {
    "passages": "id", "rows": "id", "tables": "id",
    "columns": "table_id", "keys": "table_id", "table_stems": "table_id",
}  # fmt: skip
"""Tables whose records are numbered by their document, each with the column that says so."""


class _Kept(NamedTuple):
    """How much was stored of a long guide that is not complete yet."""

    document: int = 0
    passages: int = 0
    rows: int = 0


class CatalogWriter:
    """Changes a catalog file that nobody reads yet. Raises sqlite3.Error where the disk is full."""

    def __init__(self, path: Path, *, fresh: bool) -> None:
        self._path = path
        self._db = create(path) if fresh else connect(path, write=True)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "secure_delete = ON"):
            self._db.execute(f"PRAGMA {pragma}")
        self._columns = ColumnWriter(self._db)
        self._db.execute("BEGIN")
        self._names = TableNames(self._db.execute("SELECT name, document FROM tables ORDER BY id"))
        self._removed = False
        self._kept = _Kept()

    @property
    def kept(self) -> int:
        """The document of which parts were kept and that is not complete; 0 for none."""
        return self._kept.document

    def keep(self, root: str, path: str, part: Part) -> None:
        """Store a part of a guide, which is to be added, or removed again, before another is begun.

        Raises SourceError where the guide becomes too large.
        """
        document = self._kept.document or self._number(root, path)
        _, passages, known = self._kept
        first = document << PASSAGE_BITS
        numbered = enumerate(part.rows, start=known + 1)
        pieces = [StoredPiece("row", (), row.span, row.lines, first, number, row) for number, row in numbered]
        pieces = _in_order([*prose(part.passages), *pieces])
        self._kept = _Kept(document, passages + len(pieces), known + len(part.rows))
        _check_passages(self._kept.passages)
        _check_rows(part.rows, {len(row.cells) for row in part.rows[:1]})
        shift = Shift(part.start, part.line)
        self._store(document, part.text, pieces, first + passages, shift, part.doubts, {first: part.naming})

    def add(self, facts: Facts, guide: ParsedGuide) -> tuple[int, Iterator[EngineEntry]]:
        """Store a guide that passed ``check``; gives its document's number and what the engine is to index."""
        kept, self._kept = self._kept, _Kept()
        document = kept.document or self._number(facts.root, facts.path)
        first = document << PASSAGE_BITS
        file = (bytes.fromhex(facts.sha256), facts.size, facts.mtime_ns)
        self._insert(
            "documents",
            [(document, facts.root, facts.path, guide.format, guide.title, guide.date, *file, guide.address)],
        )
        headings = {h.span[0]: (document, *h.span, *h.lines, h.level, h.text) for h in guide.headings}
        self._insert("headings", headings.values())
        printed = dict(guide.printed)
        pages = ((document, start, page, printed.get(page), page in guide.scanned) for start, page in guide.pages)
        self._insert("pages", pages)
        names = self._names.give(document, (table.title for table in guide.tables))
        sizes = [kept.rows or len(table.rows) for table in guide.tables]
        tables = enumerate(zip(names, guide.tables, sizes, strict=True), start=first)
        self._insert("tables", (table_record(n, document, *table) for n, table in tables))
        stems = (stem_records(n, table, guide.title) for n, table in enumerate(guide.tables, start=first))
        self._insert("table_stems", chain.from_iterable(stems))
        if kept.document:
            self._insert("doubts", _doubts(document, guide.doubts, Shift()))
            self._columns.finish()
            return document, self.stored_entries(document, guide.title, in_parts=True)
        pieces = _in_order([*prose(guide.passages), *rows(guide, first)])
        naming = {number: table.naming for number, table in enumerate(guide.tables, start=first)}
        self._store(document, guide.text, pieces, first, Shift(), guide.doubts, naming)
        self._columns.finish()
        return document, (entry(n, piece, guide.title, guide.text) for n, piece in enumerate(pieces, start=first))

    def remove(self, document: int, *, replaced: bool = False) -> None:
        """Take a document out, complete or not; where it is ``replaced`` at once, its tables may keep their names.

        Where it is not, ``commit`` writes the file anew. What is replaced is written over with zeros where it stands.
        """
        mine = (document << PASSAGE_BITS, (document + 1) << PASSAGE_BITS)
        for table, column in _OF_DOCUMENT.items():
            self._db.execute(f"DELETE FROM {table} WHERE {column} >= ? AND {column} < ?", mine)
        self._db.execute("DELETE FROM documents WHERE id = ?", (document,))
        for table in ("texts", "headings", "pages", "doubts"):
            self._db.execute(f"DELETE FROM {table} WHERE document = ?", (document,))
        self._columns.forget()
        self._kept = _Kept()
        if not replaced:
            self._removed = True
            self._names.release(document)

    def skip(self, files: Iterable[Failure]) -> None:
        """Keep these, and only these, as the files that could not be read."""
        self._db.execute("DELETE FROM skipped")
        self._insert("skipped", ((f.path, f.size, f.mtime_ns, f.reason, f.remedy) for f in files))

    def touch(self, document: int, mtime_ns: int) -> None:
        """Note that a file with the same bytes has another time."""
        self._db.execute("UPDATE documents SET mtime_ns = ? WHERE id = ?", (mtime_ns, document))

    def locate(self, origins: Iterable[tuple[str, str, str, str]]) -> None:
        """Keep where on the web documents come from, and since when their bytes are what they are.

        Each origin is a document's root and path, its address and the time.
        """
        self._db.execute("DELETE FROM origins")
        self._db.executemany(
            "INSERT INTO origins SELECT id, ?3, ?4 FROM documents WHERE root = ?1 AND path = ?2", origins
        )

    def move(self, root: str, to: str) -> None:
        """Note that the files below one folder lie below another now."""
        self._db.execute("UPDATE documents SET root = ? WHERE root = ?", (to, root))

    def stored_entries(self, document: int, title: str, *, in_parts: bool) -> Iterator[EngineEntry]:
        """The passages of a stored guide as an engine needs them, one by one; of one that was read in parts, or not."""
        texts = Texts(lambda sql, *values: iter(self._db.execute(sql, values)))
        for number, headings, start, end, *row in self._db.execute(
            f"{STORED} WHERE passages.document = ? ORDER BY passages.id", (document,)
        ):
            text = partial(texts.part, document, (start, end))
            if in_parts:
                yield long_entry(number, title, text, row[0])
            else:
                yield stored_entry(number, title, headings, text, None if row[0] is None else tuple(row))

    def counts(self) -> tuple[int, int]:
        """How many passages and tables there are now."""
        return counts(self._db)

    def commit(self) -> None:
        """Write everything. After a removal the file is written anew, so that no byte of what was removed is left.

        So it is where much of it has become empty.
        """
        self._db.execute("COMMIT")
        if self._removed or self._is_worn():
            anew = self._path.with_suffix(".new")
            self._db.execute("VACUUM INTO ?", (str(anew),))
            self._db.close()
            anew.replace(self._path)
        self._db.close()

    def close(self) -> None:
        """Let go of the file, complete or not."""
        self._db.close()

    def _is_worn(self) -> bool:
        pages, empty = (self._db.execute(f"PRAGMA {of}").fetchone()[0] for of in ("page_count", "freelist_count"))
        return bool(empty >= MAX_EMPTY * pages)

    def _number(self, root: str, path: str) -> int:
        """The document's number: from its path, and the next free one where another document has it."""
        number = int.from_bytes(sha256(path.encode()).digest()[:4])
        while True:
            number = number % ((1 << DOCUMENT_BITS) - 1) + 1
            holder = self._db.execute("SELECT root, path FROM documents WHERE id = ?", (number,)).fetchone()
            if holder in (None, (root, path)):
                return number

    def _store(
        self,
        document: int,
        text: str,
        pieces: Sequence[StoredPiece],
        first: int,
        shift: Shift,
        doubts: Sequence[Doubt],
        naming: Mapping[int, frozenset[int]],
    ) -> None:
        """A text with its passages and rows, numbered from ``first`` on."""
        numbered = list(enumerate(pieces, start=first))
        found = [(number, piece, piece.row) for number, piece in numbered if piece.row is not None]
        stretches = (
            (document, start + shift.start, line + shift.line, packed(piece)) for start, line, piece in pieces_of(text)
        )
        self._insert("texts", stretches)
        self._insert("passages", (passage_record(n, document, piece, shift) for n, piece in numbered))
        self._insert("doubts", _doubts(document, doubts, shift))
        self._insert("rows", (row_record(number, piece, row, shift) for number, piece, row in found))
        self._columns.add(((piece.table, piece.number, row) for _, piece, row in found), naming)

    def _insert(self, table: str, rows: Iterable[tuple[object, ...]]) -> None:
        rows = iter(rows)
        for first in rows:
            marks = ",".join("?" * len(first))
            self._db.executemany(f"INSERT INTO {table} VALUES ({marks})", chain([first], rows))


def check(guide: ParsedGuide) -> None:
    """Raises SourceError where a guide cannot be stored."""
    _check_passages(len(guide.passages) + sum(len(table.rows) for table in guide.tables))
    for table in guide.tables:
        _check_rows(table.rows, {len(table.columns)})
    try:
        guide.text.encode()
        guide.title.encode()
    except UnicodeEncodeError as error:
        raise SourceError("holds half a surrogate pair, which is no character", "save it as UTF-8") from error


def _check_passages(number: int) -> None:
    if number > MAX_PASSAGES:
        raise SourceError(f"has more than {MAX_PASSAGES:,} passages", "split it")


def _check_rows(rows: Sequence[ParsedRow], widths: AbstractSet[int]) -> None:
    """No table has other rows that was read as it should be: the process that reads files is not trusted."""
    numbers = (cell.number for row in rows for cell in row.cells if cell.number is not None)
    if any(len(row.cells) not in widths for row in rows):
        raise SourceError("has a table whose rows are not alike", "leave it out, and report it")
    if not all(number.is_finite() and abs(number.adjusted()) < LARGEST_EXPONENT for number in numbers):
        raise SourceError("has a table with a number beyond all measure", "leave it out, and report it")


def _in_order(pieces: list[StoredPiece]) -> list[StoredPiece]:
    return sorted(pieces, key=lambda piece: piece.span)


def _doubts(document: int, doubts: Iterable[Doubt], shift: Shift) -> Iterator[Record]:
    return ((document, d.kind, d.reason, *shift.place(d.span, d.lines)) for d in doubts)
