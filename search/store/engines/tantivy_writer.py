"""Writes a Tantivy index: new segments beside the old ones, and all anew where words must be gone.

A removed passage is only marked as such by Tantivy, and its words stay in the files until it merges them, when it
likes. So where a document is taken out for good, or many were replaced, the index is written again from the stored
stems of what lives.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import mkdtemp

from tantivy import DocAddress, Document, Index, Query

from .base import FIELDS, MAX_DEAD, MAX_PASSAGE_LENGTH, Field
from .tantivy_files import (
    DOCUMENT_FIELD,
    NUMBER_FIELD,
    OWN,
    STEMS_FIELD,
    Counts,
    DamageGuard,
    joined,
    length_of,
    opened,
    read_counts,
    schema,
    stems_of,
    write_counts,
)

MEMORY = 30_000_000
"""Bytes of stems that are gathered before a segment is written."""
_ENDINGS = (".fast", ".fieldnorm", ".idx", ".pos", ".store", ".term", ".del", ".temp")


def open_writer(folder: Path, *, fresh: bool) -> TantivyWriter:
    """Open for writing: a new index, or one laid over the files already in the folder."""
    with DamageGuard():
        if fresh:
            return TantivyWriter(folder, Index(schema(), path=str(folder)), _none())
        (folder / OWN[0]).write_text(json.dumps([path.name for path in _files(folder)]))
        return TantivyWriter(folder, opened(folder), read_counts(folder))


class TantivyWriter:
    """Lays new passages and removals over the segments already there."""

    def __init__(self, folder: Path, index: Index, counts: Counts) -> None:
        self._folder = folder
        self._index = index
        self._counts = counts
        self._writer = index.writer(MEMORY, 1)
        self._purge = False
        self._done = False

    def add(self, passage: int, document: int, stems: Sequence[str], field: Field = "text") -> None:
        """Index one passage under these stems (repeats count)."""
        length = min(len(stems), MAX_PASSAGE_LENGTH)
        self._counts = _changed(self._counts, field, length, 1)
        self._writer.add_document(_entry(passage, document, joined(stems), field, length))

    def remove(self, document: int, *, replaced: bool = False) -> None:
        """Take out every passage that a document had before this writer.

        Where it is not merely ``replaced``, its stems are gone from the files too after the commit.
        """
        with DamageGuard():
            query = Query.term_query(self._index.schema, DOCUMENT_FIELD, document)
            searcher = self._index.searcher()
            addresses = _all(self._index, query)
            for field in FIELDS:
                for length in searcher.fast_field_values(length_of(field), addresses) if addresses else ():
                    if length is not None:
                        self._counts = _changed(self._counts, field, int(length), -1)
            self._writer.delete_documents_by_query(query)
        self._counts = self._counts._replace(dead=self._counts.dead + len(addresses))
        self._purge |= bool(addresses) and not replaced

    def commit(self) -> None:
        """Write everything; the folder is complete afterwards."""
        self._finish()
        living = sum(self._counts.passages.values())
        if self._purge or (self._counts.dead and self._counts.dead >= MAX_DEAD * (living + self._counts.dead)):
            self._write_anew()
        write_counts(self._folder, self._counts)
        for name in OWN:
            (self._folder / name).unlink(missing_ok=True)

    def cancel(self) -> None:
        """Give up; the folder is to be thrown away. After a commit there is nothing to give up."""
        if not self._done:
            self._done = True
            self._writer.rollback()
            self._writer.wait_merging_threads()

    def _finish(self) -> None:
        self._done = True
        self._writer.commit()
        self._writer.garbage_collect_files()
        self._writer.wait_merging_threads()

    def _write_anew(self) -> None:
        """Everything that lives, from what is stored of it, into a folder beside that takes the place of the files."""
        self._index.reload()
        place = Path(mkdtemp(prefix="anew-", dir=self._folder))
        with DamageGuard():
            writer = Index(schema(), path=str(place)).writer(MEMORY, 1)
            for document in _living(self._index):
                writer.add_document(document)
            writer.commit()
            writer.wait_merging_threads()
        for path in _files(self._folder):
            path.unlink()
        for path in _files(place):
            path.rename(self._folder / path.name)
        shutil.rmtree(place)
        self._counts = self._counts._replace(dead=0)


def _files(folder: Path) -> list[Path]:
    """Tantivy's own files that are part of a generation."""
    return [path for path in folder.iterdir() if path.name == "meta.json" or path.suffix in _ENDINGS]


def _living(index: Index) -> Iterator[Document]:
    searcher = index.searcher()
    addresses = _all(index, Query.all_query())
    columns = [
        searcher.fast_field_values(name, addresses) for name in (NUMBER_FIELD, DOCUMENT_FIELD, *map(length_of, FIELDS))
    ]
    for address, number, document, *lengths in zip(addresses, *columns, strict=True):
        stems = " ".join(stems_of(searcher, address))
        field, length = next((field, n) for field, n in zip(FIELDS, lengths, strict=True) if n is not None)
        yield _entry(int(number), int(document), stems, field, int(length))


def _all(index: Index, query: Query) -> list[DocAddress]:
    """Where every passage stands that a query finds."""
    searcher = index.searcher()
    return [address for _, address in searcher.search(query, max(1, searcher.num_docs), count=False).hits]


def _entry(passage: int, document: int, stems: str, field: Field, length: int) -> Document:
    made = Document()
    made.add_text(field, stems)
    made.add_unsigned(NUMBER_FIELD, passage)
    made.add_unsigned(DOCUMENT_FIELD, document)
    made.add_unsigned(length_of(field), length)
    made.add_bytes(STEMS_FIELD, stems.encode())
    return made


def _none() -> Counts:
    return Counts(dict.fromkeys(FIELDS, 0), dict.fromkeys(FIELDS, 0), dict.fromkeys(FIELDS, 0))


def _changed(counts: Counts, field: Field, length: int, by: int) -> Counts:
    """The counts with one passage of a field more or less; one without stems is none."""
    if length:
        counts.passages[field] += by
        counts.lengths[field] += by * length
        counts.longest[field] = max(length, counts.longest[field])
    return counts
