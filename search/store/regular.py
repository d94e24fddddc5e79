"""Opens regular files, and nothing else that may lie under a name: no link, no pipe, no device."""

from __future__ import annotations

import os
from errno import EINVAL
from io import BufferedReader, FileIO
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO

_PLAIN = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)
"""A pipe without a writer would wait, if it were let."""


def open_regular(path: Path) -> BufferedReader:
    """A regular file, opened for reading. Raises OSError for anything else, a link to one included."""
    return BufferedReader(open_raw(path))


def open_raw(path: Path) -> FileIO:
    """The same without a buffer."""
    return FileIO(regular(os.open(path, os.O_RDONLY | _PLAIN | _NO_WAIT)))


def create(path: Path, mode: int = 0o666) -> BinaryIO:
    """A new file, opened for writing, in the place of what its name stood for; that itself is never written to."""
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _PLAIN, mode), "wb")


def open_or_create(path: Path) -> int:
    """A descriptor to read and write a regular file. Raises OSError for anything else."""
    return regular(os.open(path, os.O_RDWR | os.O_CREAT | _PLAIN | _NO_WAIT, 0o666))


def regular(descriptor: int) -> int:
    """The descriptor, where it is a regular file's; else it is closed and OSError raised."""
    if not S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(EINVAL, "not a regular file")
    return descriptor
