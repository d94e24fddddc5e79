"""Tells a server of a newer generation, at each request."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Protocol

from .cluster.address import ClusterAddress
from .generation import pointer_line
from .location import Place, on_cluster


class PointerReader(Protocol):
    """Tells of a newer generation. For all threads of a process."""

    def line(self) -> bytes:
        """Something else for each generation; nothing where none is in force."""
        ...

    def close(self) -> None:
        """Let go of what it asks by."""
        ...


class _PointerFile:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def line(self) -> bytes:
        with suppress(OSError):
            return pointer_line(self._folder)
        return b""

    def close(self) -> None:
        pass


def pointer_of(place: Place) -> PointerReader:
    """What tells which generation of an index is in force."""
    if isinstance(place, ClusterAddress):
        reader: PointerReader = on_cluster("opening").PointerAlias(place)
        return reader
    return _PointerFile(place)
