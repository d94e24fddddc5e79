"""Opens the index's current generation for reading: the catalog, the engine and what the manifest says of them.

An index folder holds ``current`` (the name of the generation in force) and generation folders that never change.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from .catalog import Catalog
from .engines.base import Engine


@dataclass(frozen=True, slots=True)
class Index:
    """One generation, held open. One per thread; use as a context manager."""

    folder: Path
    """The generation's own folder."""
    generation: int
    catalog: Catalog
    engine: Engine
    sources: tuple[Path, ...]
    """The folders and files that were indexed, as remembered."""

    def close(self) -> None:
        """Let go of the generation."""
        self.engine.close()
        self.catalog.close()

    def __enter__(self) -> Index:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def open_index(folder: Path) -> Index:
    """Open the generation that ``folder/current`` names.

    Raises IndexMissingError where there is no index, IndexBrokenError where it is damaged or of another format.
    """
    raise NotImplementedError(folder)
