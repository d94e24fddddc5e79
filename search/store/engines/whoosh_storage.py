"""Whoosh as the writer uses it: the fields, the files, and no code from pickles."""

from __future__ import annotations

import io
import pickle
from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from whoosh import columns, fields, formats, index, legacy
from whoosh.codec import whoosh3
from whoosh.filedb import structfile
from whoosh.filedb.filestore import FileStorage

WHOOSH_INDEX_NAME = "MAIN"
"""What Whoosh's file names begin with."""


class _Stems(fields.FieldType):
    """A field of stems, of which is kept how often each occurs; no positions. ``whoosh_pool.py`` takes them."""

    def __init__(self) -> None:
        self.format = formats.Existence()


def _numbers(typecode: str) -> fields.COLUMN:
    return fields.COLUMN(columns.NumericColumn(typecode))


SCHEMA = fields.Schema(
    text=_Stems(),
    row=_Stems(),
    text_length=_numbers("H"),
    row_length=_numbers("H"),
    passage=_numbers("q"),
    document=_numbers("q"),
)


class Files(FileStorage):
    """A folder's files, all closed together: Whoosh leaves some open where the disk is full."""

    def __init__(self, folder: Path, *, readonly: bool = False) -> None:
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
        below = Files(Path(self.folder, name or "tmp"))
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
    found: list[whoosh3.W3Segment] = index.TOC.read(storage, WHOOSH_INDEX_NAME, schema=SCHEMA).segments
    return found


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
