"""Writes the files of a Whoosh index: new segments beside the old ones, and small or worn ones merged."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from whoosh import index
from whoosh.codec import whoosh3
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import SegmentReader

from .base import Field
from .whoosh_files import NAME, SCHEMA, Files, Segment

BLOCK = 1_024
"""Postings that are packed together: larger blocks read faster, as lists are always read whole."""
MAX_DEAD = 0.2
"""The share of removed passages from which on a segment is rewritten without them."""


class WhooshWriter:
    """Lays new passages and removals over the segments already there."""

    def __init__(self, folder: Path, *, fresh: bool) -> None:
        self._folder = folder
        files = (index.FileIndex.create if fresh else index.FileIndex)(FileStorage(str(folder)), SCHEMA, NAME)
        self._writer: Any = files.writer(codec=whoosh3.W3Codec(blocklimit=BLOCK), compound=False, _lk=False)
        self._places: dict[int, list[tuple[whoosh3.W3Segment, int]]] | None = None

    def add(self, passage: int, document: int, stems: Sequence[str], field: Field = "text") -> None:
        """Index one passage under these stems (repeats count)."""
        self._writer.add_document(**{"passage": passage, "document": document, field: stems})

    def remove(self, document: int) -> None:
        """Take out every passage of a document that an earlier commit holds."""
        for segment, number in self._where().get(document, ()):
            segment.delete_document(number)

    def commit(self) -> None:
        """Write everything; the folder is complete afterwards."""
        self._writer.commit(mergetype=_merge)

    def cancel(self) -> None:
        """Give up; the folder is to be thrown away. After a commit there is nothing to give up."""
        if not self._writer.is_closed:
            self._writer.cancel()

    def _where(self) -> dict[int, list[tuple[whoosh3.W3Segment, int]]]:
        if self._places is None:
            self._places = {}
            with closing(Files(self._folder)) as files:
                for segment in self._writer.segments:
                    for number, document in enumerate(Segment(files, segment).column("document")):
                        self._places.setdefault(document, []).append((segment, number))
        return self._places


def _merge(writer: Any, segments: list[whoosh3.W3Segment]) -> list[whoosh3.W3Segment]:
    """Rewrite segments that are small against what is being written, or where much is removed; give back the others.

    Each segment that stays is more than twice as large as all smaller ones together, so there are few, and a passage is
    rewritten a logarithmic number of times.
    """
    writing, kept = writer.doc_count(), []
    for segment in sorted(segments, key=_living):
        living = _living(segment)
        if living > 2 * writing and segment.deleted_count() < MAX_DEAD * segment.doc_count_all():
            kept.append(segment)
        elif living:
            writing += living
            reader = SegmentReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()
    return kept


def _living(segment: whoosh3.W3Segment) -> int:
    living: int = segment.doc_count_all() - segment.deleted_count()
    return living
