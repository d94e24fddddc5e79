"""Reads from a process that may never answer, until a time is up."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from typing import IO

if sys.platform != "win32":
    import select

MOST_AT_ONCE = 1 << 20
RENEWALS = 3


class Timed:
    """A pipe that is read for so many seconds by the clock, whatever its other end does.

    Where ``is_starved`` tells that the other end is only kept from its work, it gets that time again, at most thrice.
    On Windows, where a pipe cannot be waited for, the process at its other end must end itself.
    """

    def __init__(self, pipe: IO[bytes], seconds: float, is_starved: Callable[[], bool] = lambda: False) -> None:
        self._pipe = pipe
        self._seconds, self._is_starved, self._renewals = seconds, is_starved, RENEWALS
        self._until = time.monotonic() + seconds
        self.is_late = False
        """Whether the time was up before all was said."""

    def read(self, size: int, /) -> bytes:
        """So many bytes, or fewer where the pipe has ended or the time is up."""
        pieces = []
        while size and self._has_more() and (piece := os.read(self._pipe.fileno(), min(size, MOST_AT_ONCE))):
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)

    def _has_more(self) -> bool:
        """Wait for the other end to say something, or to end."""
        left = self._until - time.monotonic()
        if sys.platform != "win32":
            waiting = select.poll()
            waiting.register(self._pipe, select.POLLIN)
            self.is_late = not waiting.poll(max(0.0, left) * 1000)
            while self.is_late and self._renewals and self._is_starved():
                self._renewals -= 1
                self._until = time.monotonic() + self._seconds
                self.is_late = not waiting.poll(self._seconds * 1000)
        else:
            self.is_late = left <= 0
        return not self.is_late
