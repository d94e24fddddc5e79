"""The default engine: BM25 over posting lists that Whoosh writes, merges and reads.

Whoosh keeps the files (terms, postings, lengths, columns); the scores are summed here, term by term over whole posting
lists. That is several times faster than walking Whoosh's tree of matchers, and the statistics count living passages
only, so that an index ranks the same whether it was built at once or in many steps.
"""

from __future__ import annotations

import io
import pickle
import struct
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from heapq import nlargest
from itertools import compress
from math import log
from pathlib import Path
from typing import IO, Any

from whoosh import columns, fields, formats, index, legacy
from whoosh.codec import whoosh3
from whoosh.filedb import filetables, structfile
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import CorruptIndexError, SegmentReader, TermNotFound
from whoosh.util.numeric import byte_to_length

from ..errors import IndexBrokenError
from .base import Field, Hit

NAME = "whoosh"

K1 = 1.2
"""How soon repeats of a word stop to count."""
B = 0.75
"""How much a passage's length counts: 0 not at all, 1 in full."""

BLOCK = 1_024
"""Postings that are packed together: larger blocks read faster as lists are always read whole."""
MEMORY = 256
"""Megabytes of postings that a writer sorts in memory before it uses files."""
MAX_DEAD = 0.2
"""The share of removed passages from which on a segment is rewritten without them."""


def open_reader(folder: Path) -> WhooshEngine:
    """Open a generation's engine files. Raises IndexBrokenError where they are damaged or foreign."""
    with _reading():
        return WhooshEngine(folder)


def open_writer(folder: Path, *, fresh: bool) -> WhooshWriter:
    """Open for writing: a new index, or one laid over the files already in the folder."""
    return WhooshWriter(folder, fresh=fresh)


class WhooshEngine:
    """Passages of all segments under one run of numbers: a segment's own numbers moved by those of the ones before."""

    name = NAME

    def __init__(self, folder: Path) -> None:
        storage = FileStorage(str(folder), readonly=True)
        self._segments = [_Segment(storage, segment) for segment in _segments(storage)]
        self._starts = [sum(s.size for s in self._segments[:n]) for n in range(len(self._segments))]
        self._dead = {
            start + number
            for start, segment in zip(self._starts, self._segments, strict=True)
            for number in segment.dead
        }
        self._fields: dict[Field, _Lengths] = {}
        self._columns: dict[str, array[int]] = {}

    def rank(
        self,
        weights: Mapping[str, float],
        limit: int,
        *,
        field: Field = "text",
        documents: Collection[int] | None = None,
    ) -> list[Hit]:
        """The passages that hold any of these stems, best first; ties by passage number."""
        with _reading():
            scores = self._scores(weights, field)
            if documents is not None:
                of = self._column("document")
                scores = {number: score for number, score in scores.items() if of[number] in documents}
            return self._best(scores, limit)

    def passages_with(self, stem: str, field: Field = "text") -> int:
        """How many passages hold the stem (document frequency)."""
        with _reading():
            return len(self._postings(field, stem)[0]) if self._dead else self._frequency(field, stem)

    def passage_count(self, field: Field = "text") -> int:
        """How many passages there are with at least one stem in this field."""
        with _reading():
            return self._lengths(field).count

    def stems(self, field: Field = "text") -> Iterator[str]:
        """Every stem of the field once, in no order."""
        with _reading():
            return iter({stem for segment in self._segments for stem in segment.stems(field)})

    def close(self) -> None:
        """Let go of the files."""
        for segment in self._segments:
            segment.close()

    def _scores(self, weights: Mapping[str, float], field: Field) -> dict[int, float]:
        """The BM25 score of every passage that holds a stem.

        S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with the idf that is
        never negative: ln(1 + (N - n + .5) / (n + .5)). Summed from the rarest stem on, always in the same order, as
        floating point sums depend on it.
        """
        lists = [(*self._postings(field, stem), stem) for stem in weights]
        lengths = self._lengths(field)
        scores: dict[int, float] = {}
        for numbers, counts, stem in sorted(
            (found for found in lists if found[0]), key=lambda found: (len(found[0]), found[2])
        ):
            idf = log(1 + (lengths.count - len(numbers) + 0.5) / (len(numbers) + 0.5))
            gain = idf * weights[stem] * (K1 + 1)
            once = [gain / (1 + norm) for norm in lengths.norms]
            for number, count in zip(numbers, counts, strict=True):
                length = lengths.codes[number]
                scores[number] = scores.get(number, 0.0) + (
                    once[length] if count == 1.0 else gain * count / (count + lengths.norms[length])
                )
        return scores

    def _best(self, scores: Mapping[int, float], limit: int) -> list[Hit]:
        if limit < 1 or not scores:
            return []
        least = nlargest(limit, scores.values())[-1]
        passages = self._column("passage")
        hits = [Hit(passages[number], score) for number, score in scores.items() if score >= least]
        return sorted(hits, key=lambda hit: (-hit.score, hit.passage))[:limit]

    def _postings(self, field: Field, stem: str) -> tuple[list[int], list[float]]:
        """The living passages that hold a stem, and how often each does."""
        numbers: list[int] = []
        counts: list[float] = []
        for start, segment in zip(self._starts, self._segments, strict=True):
            for some, often in segment.postings(field, stem):
                numbers.extend(some if not start else [start + number for number in some])
                counts.extend(often)
        if not self._dead.isdisjoint(numbers):
            living = [number not in self._dead for number in numbers]
            return list(compress(numbers, living)), list(compress(counts, living))
        return numbers, counts

    def _frequency(self, field: Field, stem: str) -> int:
        return sum(segment.frequency(field, stem) for segment in self._segments)

    def _lengths(self, field: Field) -> _Lengths:
        if field not in self._fields:
            codes = b"".join(segment.lengths(field) for segment in self._segments)
            self._fields[field] = _Lengths(codes, self._dead)
        return self._fields[field]

    def _column(self, name: str) -> array[int]:
        if name not in self._columns:
            self._columns[name] = array("q", (n for segment in self._segments for n in segment.column(name)))
        return self._columns[name]


class _Lengths:
    """How long a field's passages are, as one-byte codes, and what BM25 makes of each code."""

    def __init__(self, codes: bytes, dead: Collection[int]) -> None:
        tally = Counter(codes)
        tally.subtract(codes[number] for number in dead)
        del tally[0]
        self.codes = codes
        self.count = sum(tally.values())
        total = sum(byte_to_length(code) * often for code, often in tally.items())
        average = total / self.count if self.count else 1.0
        self.norms = [K1 * (1 - B + B * byte_to_length(code) / average) for code in range(256)]


class _Segment:
    """One Whoosh segment, read with its codec's own readers."""

    def __init__(self, storage: FileStorage, segment: whoosh3.W3Segment) -> None:
        self._storage = storage
        self._segment = segment
        self._terms = whoosh3.W3Codec().terms_reader(storage, segment)
        self._posts = segment.open_file(storage, whoosh3.W3Codec.POSTS_EXT)
        self.size: int = segment.doc_count_all()
        self.dead: tuple[int, ...] = tuple(segment.deleted_docs())

    def postings(self, field: Field, stem: str) -> Iterator[tuple[Sequence[int], Sequence[float]]]:
        """A stem's passages (the segment's own numbers) and how often each holds it, block by block."""
        try:
            offset, length = self._terms.term_info(field, stem.encode()).extent()
        except TermNotFound:
            return
        yield from _PostingList(self._posts, offset, length, SCHEMA[field].format).blocks()

    def frequency(self, field: Field, stem: str) -> int:
        """How many passages hold the stem, removed ones included."""
        try:
            return int(self._terms.doc_frequency(field, stem.encode()))
        except KeyError:
            return 0

    def stems(self, field: Field) -> Iterator[str]:
        """The stems of a field in order."""
        for name, stem in self._terms.terms_from(field, b""):
            if name != field:
                return
            yield stem.decode()

    def lengths(self, field: Field) -> bytes:
        """Each passage's length code in the field, 0 where it has no stem there."""
        return self._values(f"_{field}_len", "B").tobytes()

    def column(self, name: str) -> array[int]:
        """A number for each passage."""
        return self._values(name, "q")

    def close(self) -> None:
        self._terms.close()
        self._posts.close()

    def _values(self, name: str, typecode: str) -> array[int]:
        """A whole column at once. Whoosh leaves out zeros at its end, and a column of zeros altogether."""
        file_name = whoosh3.W3Codec.column_filename(self._segment, name)
        values: array[int] = array(typecode)
        if self._storage.file_exists(file_name):
            with self._storage.open_file(file_name) as file:
                values = file.get_array(0, typecode, self._storage.file_length(file_name) // values.itemsize)
        if len(values) > self.size:
            raise CorruptIndexError(f"{file_name} is longer than its segment")
        values.extend(0 for _ in range(self.size - len(values)))
        return values


class _PostingList(whoosh3.W3LeafMatcher):  # type: ignore[misc]
    """Whoosh's posting list, read in whole blocks instead of posting by posting."""

    def blocks(self) -> Iterator[tuple[Sequence[int], Sequence[float]]]:
        while self.is_active():
            self._read_ids()
            self._read_weights()
            yield self._ids, self._weights
            self._next_block()


class WhooshWriter:
    """Lays new passages and removals over the segments already there."""

    def __init__(self, folder: Path, *, fresh: bool) -> None:
        self._storage = FileStorage(str(folder))
        files = index.FileIndex.create(self._storage, SCHEMA) if fresh else index.FileIndex(self._storage, SCHEMA)
        self._writer = files.writer(codec=whoosh3.W3Codec(blocklimit=BLOCK), compound=False, _lk=False)
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
            for segment in self._writer.segments:
                for number, document in enumerate(_Segment(self._storage, segment).column("document")):
                    self._places.setdefault(document, []).append((segment, number))
        return self._places


def _merge(writer: Any, segments: list[whoosh3.W3Segment]) -> list[whoosh3.W3Segment]:
    """Rewrite segments that are small against what is being written, or where much is removed; give back the others.

    Each segment that stays is more than twice as large as all smaller ones together, so there are few, and a passage is
    rewritten a logarithmic number of times.
    """
    writing, kept = writer.doc_count(), []
    for living, segment in sorted(
        ((s.doc_count_all() - s.deleted_count(), s) for s in segments), key=lambda pair: pair[0]
    ):
        if living > 2 * writing and segment.deleted_count() < MAX_DEAD * segment.doc_count_all():
            kept.append(segment)
        elif living:
            writing += living
            reader = SegmentReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()
    return kept


class _Stems(fields.FieldType):  # type: ignore[misc]
    """A field that takes a passage's stems as they are and keeps how often each occurs; no positions."""

    def __init__(self) -> None:
        super().__init__(formats.Existence(), analyzer=None, scorable=True)

    def index(self, value: Sequence[str], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        for stem, often in Counter(value).items():
            yield stem.encode(), often, float(often), b""


SCHEMA = fields.Schema(
    text=_Stems(),
    row=_Stems(),
    passage=fields.COLUMN(columns.NumericColumn("q")),
    document=fields.COLUMN(columns.NumericColumn("q")),
)


def _segments(storage: FileStorage) -> list[whoosh3.W3Segment]:
    found: list[whoosh3.W3Segment] = index.TOC.read(storage, "MAIN", schema=SCHEMA).segments
    return found


_DAMAGE = (
    ArithmeticError, AssertionError, AttributeError, CorruptIndexError, EOFError, filetables.FileFormatError, index.IndexError,
    LookupError, MemoryError, OSError, pickle.UnpicklingError, struct.error, TypeError, ValueError, zlib.error,
)  # fmt: skip
"""What Whoosh and its parsers were seen to raise on damaged files."""


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except _DAMAGE as error:
        raise IndexBrokenError(f"the index is damaged ({error})", "run 'citeguide index --full'") from error


class _Guarded(pickle.Unpickler):
    """Knows only the classes that a Whoosh index is made of: a crafted file must not run code."""

    KNOWN: dict[tuple[str, str], Any] = {
        ("whoosh.codec.whoosh3", "W3Codec"): whoosh3.W3Codec,
        ("whoosh.codec.whoosh3", "W3Segment"): whoosh3.W3Segment,
        ("collections", "defaultdict"): defaultdict,
        ("builtins", "int"): int,
    }

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in self.KNOWN:
            raise pickle.UnpicklingError(f"the index speaks of {module}.{name}, which no index needs")
        return self.KNOWN[module, name]


def _load(file: IO[bytes]) -> Any:
    return _Guarded(file).load()


def _loads(data: bytes) -> Any:
    return _Guarded(io.BytesIO(data)).load()


def _guard() -> None:
    """Put the guarded unpickler where Whoosh keeps the open one: it takes none as an argument."""
    structfile.load = _load
    whoosh3.loads = columns.loads = _loads
    legacy.toc_loaders.clear()


_guard()
