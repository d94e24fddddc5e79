"""A time by which a fetch is over, whatever a server does: also one that sends a byte now and then for ever."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Timer

from ...search.errors import SourceError


class Deadline:
    """Begins when it is made."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def remaining(self) -> float:
        """Seconds that are left. Raises SourceError where there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise SourceError(f"took more than {self._seconds:g} seconds", "try again later")
        return left

    @contextmanager
    def ending(self, connection: socket.socket) -> Iterator[None]:
        """Within this, the connection ends with the time. A time limit of its own would hold for each read alone."""
        with connection.dup() as second:  # the first is handed over to TLS
            timer = Timer(self.remaining(), _shut, (second,))
            timer.daemon = True
            timer.start()
            try:
                yield
            finally:
                timer.cancel()
                timer.join()


def _shut(connection: socket.socket) -> None:
    with suppress(OSError):  # it has ended meanwhile
        connection.shutdown(socket.SHUT_RDWR)
