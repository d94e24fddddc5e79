"""Numbers that all processes of a server share: what one counts the others see, and none is lost when one dies."""

from __future__ import annotations

import mmap
import os
import sys
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import mkstemp

if sys.platform != "win32":
    import fcntl


class Shared:
    """So many floating-point numbers, all 0. Made before the processes are forked, it is the same in all of them."""

    def __init__(self, size: int) -> None:
        self._memory = mmap.mmap(-1, 8 * size)
        self._numbers: memoryview[float] = memoryview(self._memory).cast("d")
        self._threads = threading.Lock()
        self._processes = _nameless_file()
        weakref.finalize(self, os.close, self._processes)

    @contextmanager
    def held(self) -> Iterator[memoryview[float]]:
        """The numbers, for this thread alone; a process that dies meanwhile holds nobody up."""
        with self._threads:
            if sys.platform == "win32":
                yield self._numbers
                return
            fcntl.lockf(self._processes, fcntl.LOCK_EX)
            try:
                yield self._numbers
            finally:
                fcntl.lockf(self._processes, fcntl.LOCK_UN)


def _nameless_file() -> int:
    """A file's descriptor, to be locked and nothing else."""
    descriptor, path = mkstemp()
    os.unlink(path)  # noqa: PTH108 - there is no use for a path
    return descriptor
