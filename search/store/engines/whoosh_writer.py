"""Writes the files of a Whoosh index: new segments beside the old ones, and small or worn ones rewritten.

Segments are kept small against the whole, so that taking a document out for good rewrites little; and there are few of
them, so that asking stays fast. Which segment a passage is in changes no score.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

from whoosh import index
from whoosh.codec import whoosh3
from whoosh.filedb.filetables import FileFormatError
from whoosh.reading import CorruptIndexError, SegmentReader

from ...errors import IndexBrokenError
from .base import MAX_DEAD, MAX_PASSAGE_LENGTH, Field
from .whoosh_files import DAMAGE, SEGMENTS, read_column
from .whoosh_pool import attach
from .whoosh_storage import SCHEMA, WHOOSH_INDEX_NAME, Files, table_of_contents

POSTINGS_A_BLOCK = 1_024
"""Postings that are packed together: larger blocks read faster, as lists are always read whole."""
SEGMENT = 4_096
SEGMENT_PARTS = 8
"""A segment holds at most ``SEGMENT`` passages, or one of so many parts of the whole, whichever is more."""


def open_writer(folder: Path, *, fresh: bool) -> WhooshWriter:
    """Open for writing: a new index, or one laid over the files already in the folder."""
    with ExitStack() as held, _reading():
        files = held.enter_context(closing(Files(folder)))
        writer = WhooshWriter(folder, files, fresh=fresh)
        held.pop_all()
    return writer


class WhooshWriter:
    """Lays new passages and removals over the segments already there."""

    def __init__(self, folder: Path, files: Files, *, fresh: bool) -> None:
        self._folder = folder
        self._files = files
        self._index = (index.FileIndex.create if fresh else index.FileIndex)(files, SCHEMA, WHOOSH_INDEX_NAME)
        self._writer: Any = None
        """Open from the first passage of a segment to its last."""
        self._base = table_of_contents(self._files)
        self._total = sum(map(_living, self._base))
        self._places: dict[int, list[tuple[str, range]]] | None = None
        self._dead: defaultdict[str, set[int]] = defaultdict(set)
        self._purged: set[str] = set()

    def add(self, passage: int, document: int, stems: Sequence[str], field: Field = "text") -> None:
        """Index one passage under these stems (repeats count)."""
        if self._writer is not None and self._writer.doc_count() >= _largest(self._total):
            self._flush()
        if self._writer is None:
            self._writer = self._open()
        length = min(len(stems), MAX_PASSAGE_LENGTH)
        self._writer.pool.take(field, self._writer.docnum, Counter(stems))
        self._writer.add_document(**{"passage": passage, "document": document, f"{field}_length": length})
        self._total += 1

    def remove(self, document: int, *, replaced: bool = False) -> None:
        """Take out every passage that a document had before this writer.

        Where it is not merely ``replaced``, its stems are gone from the files too after the commit.
        """
        with _reading():
            places = self._where()
        for segment, numbers in places.get(document, ()):
            self._dead[segment].update(numbers)
            if not replaced:
                self._purged.add(segment)

    def commit(self) -> None:
        """Write everything; the folder is complete afterwards."""
        self._flush()
        with _reading():
            for group in _to_rewrite(table_of_contents(self._files), self._purged):
                self._open().commit(mergetype=_merger(group))
        self._name_segments()
        self._files.close()

    def cancel(self) -> None:
        """Give up; the folder is to be thrown away. After a commit there is nothing to give up."""
        self._files.close()

    def _open(self) -> Any:
        return attach(
            self._index.writer(codec=whoosh3.W3Codec(blocklimit=POSTINGS_A_BLOCK), compound=False, _lk=False),
            POSTINGS_A_BLOCK,
        )

    def _flush(self) -> None:
        """Make a segment of what was added, and note in the others what was removed."""
        writer, self._writer = self._writer or self._open(), None
        for segment in writer.segments:
            for number in self._dead.pop(segment.segment_id(), ()):
                segment.delete_document(number)
        writer.commit(merge=False)

    def _name_segments(self) -> None:
        """Say for the reader what there is; the old file may be another generation's too, so it is not written over."""
        found = [
            {"name": segment.segment_id(), "size": segment.doc_count_all(), "dead": sorted(segment.deleted_docs())}
            for segment in table_of_contents(self._files)
        ]
        (self._folder / SEGMENTS).unlink(missing_ok=True)
        (self._folder / SEGMENTS).write_text(json.dumps(found))

    def _where(self) -> dict[int, list[tuple[str, range]]]:
        """The stretches of segments that hold a document's passages; mostly one."""
        if self._places is None:
            self._places = {}
            for segment in self._base:
                name, number = segment.segment_id(), 0
                column = read_column(self._folder / name, "document", "q", segment.doc_count_all())
                for document, same in groupby(column):
                    end = number + len(list(same))
                    self._places.setdefault(document, []).append((name, range(number, end)))
                    number = end
        return self._places


@contextmanager
def _reading() -> Iterator[None]:
    """What damaged files raise, but for what a full disk raises too."""
    try:
        yield
    except OSError:
        raise
    except (*DAMAGE, AssertionError, CorruptIndexError, FileFormatError, index.IndexError) as error:
        raise IndexBrokenError(f"the index is damaged ({error})", "run 'citeguide index --full'") from error


def _to_rewrite(segments: Sequence[whoosh3.W3Segment], purged: Collection[str]) -> list[set[str]]:
    """Groups of segments, by their ids, each of which is to become one.

    That is every worn segment, and the smallest ones as long as the next is at most twice as large as all before it
    together: so a passage is rewritten a logarithmic number of times as the index grows.
    """
    largest = _largest(sum(map(_living, segments)))
    small: set[str] = set()
    groups, size, worn_small = [], 0, False
    for segment in sorted(segments, key=_living):
        living, worn = _living(segment), _is_worn(segment, purged)
        if size + living <= largest and (worn or not small or living <= 2 * size):
            small.add(segment.segment_id())
            size += living
            worn_small |= worn
        elif worn:
            groups.append({segment.segment_id()})
    return [*groups, small] if worn_small or len(small) > 1 else groups


def _is_worn(segment: whoosh3.W3Segment, purged: Collection[str]) -> bool:
    dead = segment.deleted_count()
    return segment.segment_id() in purged or (dead > 0 and dead >= MAX_DEAD * segment.doc_count_all())


def _merger(group: Collection[str]) -> Any:
    """A merge policy for Whoosh that makes one segment of a group."""

    def merge(writer: Any, segments: Sequence[whoosh3.W3Segment]) -> list[whoosh3.W3Segment]:
        for segment in segments:
            if segment.segment_id() in group and _living(segment):
                with closing(Files(Path(writer.storage.folder), readonly=True)) as files:
                    writer.add_reader(SegmentReader(files, writer.schema, segment))
        return [segment for segment in segments if segment.segment_id() not in group]

    return merge


def _living(segment: whoosh3.W3Segment) -> int:
    living: int = segment.doc_count_all() - segment.deleted_count()
    return living


def _largest(total: int) -> int:
    return max(SEGMENT, total // SEGMENT_PARTS)
