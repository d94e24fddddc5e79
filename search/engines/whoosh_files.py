"""The files of a Whoosh index as citeguide lays them out and reads them: fields, segments, and no code from pickles."""

from __future__ import annotations

import io
import pickle
from array import array
from collections import Counter, defaultdict
from collections.abc import Generator, Iterator, Sequence
from typing import IO, Any

from whoosh import columns, fields, formats, index, legacy
from whoosh.codec import whoosh3
from whoosh.filedb import structfile
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import CorruptIndexError, TermNotFound

from .base import Field

NAME = "MAIN"
"""What Whoosh's file names begin with."""


class _Stems(fields.FieldType):
    """A field that takes a passage's stems as they are and keeps how often each occurs; no positions."""

    def __init__(self) -> None:
        self.format = formats.Existence()
        self.scorable = True

    def index(self, value: Sequence[str], **_: Any) -> Generator[tuple[bytes, int, float | int, bytes], Any, None]:
        for stem, often in Counter(value).items():
            yield stem.encode(), often, float(often), b""


SCHEMA = fields.Schema(
    text=_Stems(),
    row=_Stems(),
    passage=fields.COLUMN(columns.NumericColumn("q")),
    document=fields.COLUMN(columns.NumericColumn("q")),
)


def segments(storage: FileStorage) -> list[Segment]:
    """The segments that the folder's table of contents names."""
    return [Segment(storage, segment) for segment in index.TOC.read(storage, NAME, schema=SCHEMA).segments]


class Segment:
    """One Whoosh segment, read with its codec's own readers. Passages have numbers of its own, from 0."""

    def __init__(self, storage: FileStorage, segment: whoosh3.W3Segment) -> None:
        self._storage = storage
        self._segment = segment
        self._terms = whoosh3.W3Codec().terms_reader(storage, segment)
        self.size: int = segment.doc_count_all()
        self.dead: tuple[int, ...] = tuple(segment.deleted_docs())

    def postings(self, field: Field, stem: str) -> tuple[list[int], list[float]]:
        """The passages that hold a stem, removed ones included, and how often each does."""
        numbers: list[int] = []
        counts: list[float] = []
        try:
            posting = self._terms.matcher(field, stem.encode(), SCHEMA[field].format)
        except TermNotFound:
            return numbers, counts
        active, number, count, move = posting.is_active, posting.id, posting.weight, posting.next
        while active():
            numbers.append(number())
            counts.append(count())
            move()
        return numbers, counts

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
        """Each passage's length in the field as Whoosh's one-byte code, 0 where it has no stem there."""
        return self._values(f"_{field}_len", "B").tobytes()

    def column(self, name: str) -> array[int]:
        """A number for each passage."""
        return self._values(name, "q")

    def close(self) -> None:
        """Let go of the files."""
        self._terms.close()

    def _values(self, name: str, typecode: str) -> array[int]:
        """A whole column at once. Whoosh leaves out zeros at its end, and a column of zeros altogether."""
        file_name = whoosh3.W3Codec.column_filename(self._segment, name)
        values: array[int] = array(typecode)
        if self._storage.file_exists(file_name):
            with self._storage.open_file(file_name) as file:
                values = file.get_array(0, typecode, self._storage.file_length(file_name) // values.itemsize)
        if len(values) > self.size:
            raise CorruptIndexError(f"{file_name} is longer than its segment")
        values.extend([0] * (self.size - len(values)))
        return values


class _Guarded(pickle.Unpickler):
    """Knows only the classes that a Whoosh index is made of: a crafted file must not run code."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _KNOWN:
            raise pickle.UnpicklingError(f"the index speaks of {module}.{name}, which no index needs")
        return _KNOWN[module, name]


_KNOWN: dict[tuple[str, str], Any] = {
    ("whoosh.codec.whoosh3", "W3Codec"): whoosh3.W3Codec,
    ("whoosh.codec.whoosh3", "W3Segment"): whoosh3.W3Segment,
    ("collections", "defaultdict"): defaultdict,
    ("builtins", "int"): int,
}


def _load(file: IO[bytes]) -> Any:
    return _Guarded(file).load()


def _loads(data: bytes) -> Any:
    return _Guarded(io.BytesIO(data)).load()


def _guard() -> None:
    """Put the guarded unpickler wherever Whoosh, on the paths used here, keeps the open one: it takes none as argument.

    Its loader of old tables of contents, which has an unpickler of its own, goes.
    """
    structfile.__dict__["load"] = _load
    for module in (whoosh3, columns):
        module.__dict__["loads"] = _loads
    legacy.toc_loaders.clear()


_guard()
