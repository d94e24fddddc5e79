"""Which generation a request reads: the newest one, held from its first byte to its last."""

from __future__ import annotations

import threading
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from flask import Flask, Response, current_app, g, request

from ..search.store.generation import Pointer, read_pointer
from ..search.store.open import Index, open_index

SECONDS = 10.0
"""What one answer may take: from then on the catalog, which every way of answering reads from, refuses."""
EXTENSION = "citeguide"
VERSION = version("citeguide")
"""Part of every ETag, for another version may show the same generation otherwise; read from the metadata only once."""


class IndexProvider:
    """Hands every thread its own open index, and a newer generation as soon as there is one.

    A request asks once, at its start, and keeps what it got: pages never mix two generations. Nothing is restarted and
    nothing is shared between threads.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._local = threading.local()

    def index(self) -> tuple[Index, Pointer]:
        """The newest generation, opened for this thread. Raises IndexMissingError or IndexBrokenError."""
        pointer = read_pointer(self.folder)
        held: tuple[Index, Pointer] | None = getattr(self._local, "held", None)
        if held is not None and held[1] == pointer:
            return held
        opened = open_index(self.folder), pointer
        self.close()
        self._local.held = opened
        return opened

    def close(self) -> None:
        """Let go of what this thread holds."""
        held: tuple[Index, Pointer] | None = getattr(self._local, "held", None)
        if held is not None:
            del self._local.held
            held[0].close()


def install(app: Flask, folder: Path) -> None:
    """Let the application read an index folder, and tag what it says with the generation that it was read from."""
    app.extensions[EXTENSION] = IndexProvider(folder)
    app.after_request(_tag)


def index() -> Index:
    """The generation that this request reads."""
    if "index" not in g:
        reader: IndexProvider = current_app.extensions[EXTENSION]
        g.index, g.pointer = reader.index()
        g.index.catalog.stop_after(SECONDS)
    held: Index = g.index
    return held


def _tag(response: Response) -> Response:
    """An ETag of the generation and the program: the same address says the same until the guides change."""
    response.headers.setdefault("Cache-Control", "no-cache")
    if "pointer" in g and response.status_code == 200 and "no-store" not in response.headers["Cache-Control"]:
        response.set_etag(_etag(g.pointer), weak=True)
        response.make_conditional(request)
    return response


def _etag(pointer: Pointer) -> str:
    return sha256(f"{pointer.to_line()}{VERSION}".encode()).hexdigest()[:16]
