"""What an update asks of the place that an index lies in: a folder or a cluster, with one writer at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol

from ...search.errors import UsageError
from ...search.store import engines
from ...search.store.cluster.address import ClusterAddress
from ...search.store.engines.base import EngineWriter
from ...search.store.generation import Source, generation_folders, is_unused, last_sources
from ...search.store.location import Place, on_cluster
from ...search.store.seal_key import SealKey
from . import generations
from .generations import Generation
from .sealing import carry_key


class GenerationDraft(Protocol):
    """A generation that is being written, of which nothing can be seen."""

    folder: Path
    """Where its catalog lies while it is written, and its vectors."""
    engine: EngineWriter

    def publish(self, sources: Sequence[Source], *, ocr: bool) -> Generation:
        """Put it in force, once its catalog and its engine's part are complete."""
        ...


class Generations(Protocol):
    """The generations of one index, as the writer sees them."""

    engine: str | None
    """The only engine that there can be; None where one may be chosen."""

    def is_unused(self) -> bool:
        """Whether there is nothing yet."""
        ...

    def writing(self) -> AbstractContextManager[None]:
        """Be the one writer, over leftovers swept away. Raises IndexBusyError, and StorageError."""
        ...

    def current(self) -> Generation:
        """The generation in force, with its catalog in a folder. Raises IndexMissingError and IndexBrokenError."""
        ...

    def remembered(self) -> tuple[Source, ...]:
        """What a broken index remembers, as far as that can still be read."""
        ...

    def has_any(self) -> bool:
        """Whether there was a generation before."""
        ...

    def draft(self, base: Generation | None, engine: str) -> AbstractContextManager[GenerationDraft]:
        """The next generation, on top of one or from nothing; it is gone again unless it is published."""
        ...

    def carry_key(self, key: SealKey | None) -> None:
        """Let a copy know the answers of what it was copied from."""
        ...


def generations_of(place: Place) -> Generations:
    """The generations of the index that lies there. Raises UsageError where what that takes is not installed."""
    if isinstance(place, ClusterAddress):
        on_cluster("opening")
        found: Generations = import_module(".cluster_generations", __package__).ClusterGenerations(place)
        return found
    return FolderGenerations(place)


class FolderGenerations:
    """Those of an index in a folder; ``generations.py`` says how each thing is done."""

    engine: str | None = None

    def __init__(self, index: Path) -> None:
        self._index = index

    def is_unused(self) -> bool:
        """Whether the folder is missing or empty."""
        return is_unused(self._index)

    def writing(self) -> AbstractContextManager[None]:
        """Hold the folder's lock."""
        return generations.writing(self._index)

    def current(self) -> Generation:
        """The generation in force, every byte of it as it was written."""
        return generations.current(self._index)

    def remembered(self) -> tuple[Source, ...]:
        """What the newest manifest says."""
        return last_sources(self._index)

    def has_any(self) -> bool:
        """Whether a generation's folder is there."""
        return bool(generation_folders(self._index))

    @contextmanager
    def draft(self, base: Generation | None, engine: str) -> Iterator[GenerationDraft]:
        """A folder beside the others."""
        with generations.new_folder(self._index, base) as folder:
            writer = engines.writer(engine).open_writer(folder, fresh=base is None)
            try:
                yield _FolderDraft(folder, writer, engine, base)
            finally:
                writer.cancel()

    def carry_key(self, key: SealKey | None) -> None:
        """Put the key beside the generations."""
        carry_key(key, self._index)


@dataclass(slots=True)
class _FolderDraft:
    folder: Path
    engine: EngineWriter
    name: str
    base: Generation | None

    def publish(self, sources: Sequence[Source], *, ocr: bool) -> Generation:
        """Swap the pointer."""
        return generations.publish(self.folder, self.name, sources, self.base, ocr=ocr)


def chosen_engine(asked: str | None, place: Generations, default: str) -> str:
    """The engine of the next generation. Raises UsageError where that cannot be, or is not installed."""
    if place.engine is not None:
        if asked not in (None, place.engine):
            raise UsageError(f"an index on a cluster is searched by {place.engine}", "leave --engine out")
        return place.engine
    engines.writer(asked or default)  # before anything is read: it may not be installed
    return asked or default
