"""Opens the index's current generation for reading: the catalog, the engine and what the manifest says of them.

An index folder holds ``current`` (the name of the generation in force) and generation folders that never change.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import IO, NamedTuple

from ..errors import IndexBrokenError
from ..meaning import Meaning
from . import engines
from .catalog import Catalog
from .cluster.address import ClusterAddress
from .engines.bm25 import Ranker
from .generation import (
    CATALOG,
    HASHED_AT_OPENING,
    MANIFEST,
    REBUILD,
    VECTORS,
    Manifest,
    Pointer,
    check_files,
    newest_intact,
    read_manifest,
    read_pointer,
)
from .location import Place, on_cluster
from .regular import open_regular
from .seal_key import SealKey, readable_key
from .verified import remember, verified

if sys.platform != "win32":
    import fcntl

_TRIES = 20
"""How often a generation that is swept away while it is being opened is looked up anew."""


class Index(NamedTuple):
    """One generation, held open. One per thread; use as a context manager."""

    folder: Path
    """The generation's own folder; of one on a cluster no folder, but what it is called there."""
    generation: int
    catalog: Catalog
    engine: Ranker
    sources: tuple[Path, ...]
    """The folders and files that were indexed, as remembered."""
    lease: IO[bytes] | None = None
    """Held open, it keeps the generation's files from being swept."""
    pointer: Pointer = Pointer("", "")
    """What was opened, by name and hash."""
    trouble: str = ""
    """Why this is not the generation that the pointer names, where it is not."""
    version: str = ""
    """The citeguide that wrote it."""
    meaning: Meaning | None = None
    """The vectors of its passages, where it has any and the option is installed."""
    seal_key: SealKey | None = None
    """What its answers are sealed with; None where there is none, or none that may be read."""
    ocr: bool = False
    """Whether pictures of text were read as well."""
    made: float = 0.0
    """When it was written, in seconds, where no lease tells."""
    has_vectors: bool = False
    """Whether passages have vectors, be what reads them installed or not."""

    @property
    def written(self) -> datetime:
        """When it was written."""
        return datetime.fromtimestamp(self.made if self.lease is None else os.fstat(self.lease.fileno()).st_mtime, UTC)

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


def open_index(folder: Place) -> Index:
    """Open the generation that ``folder/current`` names, or the newest that is whole where that one is not.

    Of an index on a cluster that is the one that its alias points to.

    Raises IndexMissingError where there is no index, IndexBrokenError where no generation is whole, or of this format.
    """
    if isinstance(folder, ClusterAddress):
        opened: Index = on_cluster("opening").open_cluster(folder)
        return opened
    try:
        return _opened(folder, *_hold(folder, read_pointer))
    except IndexBrokenError as broken:
        pointer = newest_intact(folder)
        if pointer is None:
            raise
        opened = _opened(folder, *_hold(folder, lambda _: pointer))
        return opened._replace(trouble=f"{broken.message}; {pointer.name} is whole and answers in its place")


def verify_files(folder: Place) -> None:
    """Hold every byte of the index's current generation against its manifest, whatever was verified before.

    Raises as ``open_index`` does, for the first file that differs.
    """
    if isinstance(folder, ClusterAddress):
        on_cluster("opening").verify_cluster(folder)
        return
    pointer, lease = _hold(folder, read_pointer)
    with lease:
        _checked(folder, pointer, limit=None)


def _opened(folder: Path, pointer: Pointer, lease: IO[bytes]) -> Index:
    generation = folder / pointer.name
    with ExitStack() as held:
        held.enter_context(lease)
        manifest = _checked(folder, pointer, limit=HASHED_AT_OPENING)
        engine = held.enter_context(closing(engines.opened(manifest.engine, generation)))
        catalog = held.enter_context(closing(Catalog(generation / CATALOG)))
        held.pop_all()
    sources = tuple(Path(source.path) for source in manifest.sources)
    meaning = _meaning(generation, catalog) if VECTORS in manifest.files else None
    return Index(
        generation, manifest.generation, catalog, engine, sources, lease, pointer,
        version=manifest.version, meaning=meaning, seal_key=readable_key(folder), ocr=manifest.ocr,
        has_vectors=VECTORS in manifest.files,
    )  # fmt: skip


def _meaning(generation: Path, catalog: Catalog) -> Meaning | None:
    """The meaning of a generation with vectors; only then is what reads them imported."""
    numbers = catalog.passage_numbers
    found: Meaning | None = import_module("..semantic.late", __package__).open_meaning(generation / VECTORS, numbers)
    return found


def _checked(folder: Path, pointer: Pointer, limit: int | None) -> Manifest:
    """The manifest of a generation whose files were all found right, now or before."""
    manifest = read_manifest(folder / pointer.name, pointer.manifest_sha256)
    known = verified(folder, pointer)
    stamps = check_files(folder / pointer.name, manifest, known, limit=limit)
    if stamps != known:
        remember(folder, pointer, stamps)
    return manifest


def _hold(folder: Path, point: Callable[[Path], Pointer]) -> tuple[Pointer, IO[bytes]]:
    """The generation that is pointed to, with a shared lock on its manifest.

    Between reading the pointer and locking, a writer may have moved on and swept: then the pointer has changed too.
    """
    pointer = point(folder)
    for _ in range(_TRIES):
        lease = _lock(folder / pointer.name / MANIFEST)
        now = point(folder)
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
        lease = open_regular(manifest)
    except OSError:
        return None
    if sys.platform != "win32":
        fcntl.flock(lease, fcntl.LOCK_SH)
    return lease
