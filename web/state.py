"""Which generation a request reads: the newest one, held from its first byte to its last."""

from __future__ import annotations

import threading
from pathlib import Path

from ..search.generation import read_pointer
from ..search.index import Index, open_index


class Reader:
    """Hands every thread its own open index, and a newer generation as soon as there is one.

    A request asks once, at its start, and keeps what it got: pages never mix two generations. Nothing is restarted and
    nothing is shared between threads.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._local = threading.local()

    def index(self) -> Index:
        """The newest generation, opened for this thread. Raises IndexMissingError or IndexBrokenError."""
        held: Index | None = getattr(self._local, "index", None)
        if held is not None and held.folder.name == read_pointer(self.folder).name:
            return held
        opened = open_index(self.folder)
        self._local.index = opened
        if held is not None:
            held.close()
        return opened

    def close(self) -> None:
        """Let go of what this thread holds."""
        held: Index | None = getattr(self._local, "index", None)
        if held is not None:
            del self._local.index
            held.close()
