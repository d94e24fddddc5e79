"""Which generation a request reads: the newest one, held from its first byte to its last."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable
from functools import partial
from hashlib import sha256
from importlib.metadata import version
from typing import NamedTuple

from flask import Flask, Response, current_app, g, request

from ..search.store.generation import Pointer
from ..search.store.location import Place
from ..search.store.open import Index, open_index
from ..search.store.pointing import pointer_of

REQUEST_TIME = 10.0
"""What one answer may take: from then on the catalog, which every way of answering reads from, refuses."""
EXTENSION = "citeguide"
VERSION = version("citeguide")
"""Part of every ETag, for another version may show the same generation otherwise; read from the metadata only once."""


class IndexProvider:
    """Lends every request an open index, and one of a newer generation as soon as there is one.

    A request takes one at its start and keeps it to its end: pages never mix two generations, and no two threads share
    one. Those that nobody uses wait for the next request; the first that finds a newer generation lets go of all of the
    old one, so that it can be swept, however many threads sit idle.
    """

    def __init__(self, folder: Place) -> None:
        self.folder = folder
        self._pointer = pointer_of(folder)
        self._lock = threading.Lock()
        self._idle: list[Index] = []
        self._line: bytes | None = b""
        """The pointer file as it was when those were opened; None once this is closed."""

    def take(self) -> Lent:
        """The newest generation, for the one who asks alone. Raises IndexMissingError or IndexBrokenError."""
        line = self.refresh()
        with self._lock:
            held = self._idle.pop() if self._idle and line == self._line else None
        if held is None:
            held = open_index(self.folder)
            if held.trouble:
                _LOG.warning("%s; 'citeguide index' mends it", held.trouble)
        return Lent(held, line)

    def give(self, lent: Lent) -> None:
        """Take an index back, to be lent again while it is of the newest generation."""
        with self._lock:
            is_new = lent.line == self._line
            if is_new:
                self._idle.append(lent.held)
        if not is_new:
            lent.held.close()

    def refresh(self) -> bytes:
        """Let go of all that nobody uses once a newer generation is there; gives what the pointer file says."""
        line = self._pointer.line()
        with self._lock:
            old = self._idle if line != self._line else []
            if line != self._line:
                self._idle, self._line = [], line
        _close(old)
        return line

    def close(self) -> None:
        """Let go of what nobody uses, and of the rest when it comes back."""
        with self._lock:
            old, self._idle, self._line = self._idle, [], None
        _close(old)
        self._pointer.close()


class Lent(NamedTuple):
    """An index that somebody uses, and what the pointer file said when it was lent."""

    held: Index
    line: bytes


_LOG = logging.getLogger(__name__)


def _close(indexes: Iterable[Index]) -> None:
    for index in indexes:
        index.close()


def install(app: Flask, folder: Place) -> None:
    """Let the application read an index folder, and tag what it says with the generation that it was read from."""
    app.extensions[EXTENSION] = IndexProvider(folder)
    app.after_request(_tag)
    app.teardown_appcontext(_give_back)


def index() -> Index:
    """The generation that this request reads."""
    if (lent := _lent()) is None:
        reader: IndexProvider = current_app.extensions[EXTENSION]
        lent = g.lent = reader.take()
        lent.held.catalog.stop_after(REQUEST_TIME)
    return lent.held


def _lent() -> Lent | None:
    """What was lent to this request."""
    lent: Lent | None = g.get("lent")
    return lent


def _tag(response: Response) -> Response:
    """An ETag of the generation and the program: the same address says the same until the guides change."""
    response.headers.setdefault("Cache-Control", "no-cache")
    lent, is_kept = _lent(), "no-store" not in response.headers["Cache-Control"]
    if lent is not None and response.status_code == 200 and is_kept:
        response.set_etag(_etag(lent.held.pointer), weak=True)
        response.make_conditional(request)
    if lent is not None and response.is_streamed:
        reader: IndexProvider = current_app.extensions[EXTENSION]
        response.call_on_close(partial(reader.give, g.pop("lent")))
    return response


def _give_back(_: BaseException | None) -> None:
    if _lent() is not None:
        reader: IndexProvider = current_app.extensions[EXTENSION]
        reader.give(g.pop("lent"))


def _etag(pointer: Pointer) -> str:
    return sha256(f"{pointer.to_line()}{VERSION}".encode()).hexdigest()[:16]
