"""Keeps from standard error what a library in another language writes there by itself, beside the error it raises.

The stream belongs to the whole process, so threads that do this at a time share one diversion. What others wrote in the
meantime is passed on afterwards; only where something was raised it is dropped with the rest.
"""

from __future__ import annotations

import os
from contextlib import suppress
from threading import Lock

STANDARD_ERROR = 2
_MOST = 2**16


class Hush:
    """While it is entered, by however many threads, nothing is written to standard error."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._inside = 0
        self._kept = self._diverted = -1
        self._has_failed = False

    def enter(self) -> None:
        """Divert the stream, unless it is already."""
        with self._lock, suppress(OSError):  # a process without that stream has nothing to keep quiet
            self._inside += 1
            if self._inside == 1:
                self._kept = os.dup(STANDARD_ERROR)
                self._diverted = _sink()
                os.dup2(self._diverted, STANDARD_ERROR)

    def leave(self, *, failed: bool) -> None:
        """Put the stream back where nobody else is inside, and pass on what was written, unless one has failed."""
        with self._lock:
            self._inside -= 1
            self._has_failed |= failed
            if self._inside == 0 and self._kept >= 0:
                self._restore()

    def _restore(self) -> None:
        os.dup2(self._kept, STANDARD_ERROR)
        with suppress(OSError):
            said = b"" if self._has_failed else os.pread(self._diverted, _MOST, 0)
            os.write(STANDARD_ERROR, said)
        for descriptor in (self._kept, self._diverted):
            with suppress(OSError):
                os.close(descriptor)
        self._kept = self._diverted = -1
        self._has_failed = False


def _sink() -> int:
    """A file in memory, where the system has such; else what takes all and keeps nothing."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("hush")
    return os.open(os.devnull, os.O_RDWR)
