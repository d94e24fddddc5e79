"""Opens the index's current generation for reading: the catalog, the engine and what the manifest says of them.

An index folder holds ``current`` (the name of the generation in force) and generation folders that never change.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack, closing
from pathlib import Path
from types import TracebackType
from typing import IO, NamedTuple

from ..errors import IndexBrokenError
from . import engines
from .catalog import Catalog
from .engines.base import Engine
from .generation import CATALOG, MANIFEST, REBUILD, Pointer, check_files, read_manifest, read_pointer

if sys.platform != "win32":
    import fcntl

_TRIES = 20
"""How often a generation that is swept away while it is being opened is looked up anew."""


class Index(NamedTuple):
    """One generation, held open. One per thread; use as a context manager."""

    folder: Path
    """The generation's own folder."""
    generation: int
    catalog: Catalog
    engine: Engine
    sources: tuple[Path, ...]
    """The folders and files that were indexed, as remembered."""
    lease: IO[bytes] | None = None
    """Held open, it keeps the generation's files from being swept."""

    def close(self) -> None:
        """Let go of the generation."""
        self.engine.close()
        self.catalog.close()
        if self.lease is not None:
            self.lease.close()

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_index(folder: Path) -> Index:
    """Open the generation that ``folder/current`` names.

    Raises IndexMissingError where there is no index, IndexBrokenError where it is damaged or of another format.
    """
    pointer, lease = _hold(folder)
    generation = folder / pointer.name
    with ExitStack() as held:
        held.enter_context(lease)
        manifest = read_manifest(generation, pointer.manifest_sha256)
        check_files(generation, manifest)
        engine = held.enter_context(closing(engines.reader(manifest.engine).open_reader(generation)))
        catalog = held.enter_context(closing(Catalog(generation / CATALOG)))
        held.pop_all()
    sources = tuple(Path(source.path) for source in manifest.sources)
    return Index(generation, manifest.generation, catalog, engine, sources, lease)


def verify_files(folder: Path) -> None:
    """Hold every byte of the index's current generation against its manifest; ``open_index`` stops at a bound.

    Raises as ``open_index`` does, for the first file that differs.
    """
    pointer, lease = _hold(folder)
    with lease:
        generation = folder / pointer.name
        check_files(generation, read_manifest(generation, pointer.manifest_sha256), limit=None)


def _hold(folder: Path) -> tuple[Pointer, IO[bytes]]:
    """The generation in force, with a shared lock on its manifest.

    Between reading the pointer and locking, a writer may have moved on and swept: then the pointer has changed too.
    """
    pointer = read_pointer(folder)
    for _ in range(_TRIES):
        lease = _lock(folder / pointer.name / MANIFEST)
        now = read_pointer(folder)
        if lease is not None and now == pointer:
            return pointer, lease
        if lease is not None:
            lease.close()
        elif now == pointer:
            break
        pointer = now
    raise IndexBrokenError(f"the index lacks {folder / pointer.name / MANIFEST}", REBUILD)


def _lock(manifest: Path) -> IO[bytes] | None:
    try:
        lease = manifest.open("rb")
    except OSError:
        return None
    if sys.platform != "win32":
        fcntl.flock(lease, fcntl.LOCK_SH)
    return lease
