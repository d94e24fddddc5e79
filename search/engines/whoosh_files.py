"""The files of a Whoosh index as citeguide lays them out and reads them: fields, segments, and no code from pickles."""

from __future__ import annotations

import io
import pickle
from array import array
from collections import Counter, defaultdict
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
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


class Files(FileStorage):
    """A folder's files, all closed together: Whoosh leaves some open where they are damaged or the disk is full."""

    def __init__(self, folder: Path, *, readonly: bool = True) -> None:
        super().__init__(str(folder), readonly=readonly)  # type: ignore[no-untyped-call] # Whoosh's own
        self._used: list[structfile.StructFile | Files] = []

    def open_file(self, name: str, **kwargs: Any) -> structfile.StructFile:
        """A file to read."""
        file: structfile.StructFile = super().open_file(name, **kwargs)  # type: ignore[no-untyped-call] # Whoosh's own
        self._used.append(file)
        return file

    def create_file(self, name: str, *args: Any, **kwargs: Any) -> structfile.StructFile:
        """A file to write."""
        file: structfile.StructFile = super().create_file(name, *args, **kwargs)  # type: ignore[no-untyped-call]
        self._used.append(file)
        return file

    def temp_storage(self, name: str | None = None) -> Files:
        """A folder below for what is only needed while writing."""
        below = Files(Path(self.folder, name or "tmp"), readonly=False)
        self._used.append(below)
        Path(below.folder).mkdir(exist_ok=True)
        return below

    def close(self) -> None:
        """Let go of everything. What a full disk did not take is lost, as its writer knows already."""
        for used in self._used:
            if isinstance(used, Files) or not used.is_closed:
                with suppress(OSError):
                    used.close()


def table_of_contents(storage: FileStorage) -> list[whoosh3.W3Segment]:
    """The segments that the folder holds."""
    found: list[whoosh3.W3Segment] = index.TOC.read(storage, NAME, schema=SCHEMA).segments
    return found


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
        name = whoosh3.W3Codec.column_filename(self._segment, f"_{field}_len")
        return self._values(name, "B").tobytes() if self._storage.file_exists(name) else bytes(self.size)

    def column(self, name: str) -> array[int]:
        """A number for each passage."""
        return self._values(whoosh3.W3Codec.column_filename(self._segment, name), "q")

    def _values(self, name: str, typecode: str) -> array[int]:
        """A whole column at once. Whoosh leaves out the zeros at its end."""
        with self._storage.open_file(name) as file:
            length = self._storage.file_length(name)
            values: array[int] = file.get_array(0, typecode, length // array(typecode).itemsize)
        if len(values) > self.size:
            raise CorruptIndexError(f"{name} is longer than its segment")
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
