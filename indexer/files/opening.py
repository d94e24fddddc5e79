"""Opens a guide's file, and nothing that was put in its place since it was found: no link, no pipe, no device."""

from __future__ import annotations

import os
import sys
from errno import EINVAL
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO


def open_regular(file: Path) -> BinaryIO:
    """A regular file, opened for reading; its path is absolute and no link is followed anywhere on it.

    Raises OSError where the system refuses, and where a link or something other than a file stands there.
    """
    opened = os.fdopen(_descriptor(file), "rb")
    if not S_ISREG(os.fstat(opened.fileno()).st_mode):
        opened.close()
        raise OSError(EINVAL, "not a regular file")
    return opened


if sys.platform == "win32":

    def _descriptor(file: Path) -> int:
        return os.open(file, os.O_RDONLY | os.O_BINARY)

else:
    _STEP = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
    _READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC

    def _descriptor(file: Path) -> int:
        """Go down folder by folder: only so no link is followed that takes a folder's place on the way."""
        root, *folders, name = file.parts
        here = os.open(root, _STEP)
        try:
            for folder in folders:
                inner = os.open(folder, _STEP, dir_fd=here)
                os.close(here)
                here = inner
            return os.open(name, _READ, dir_fd=here)  # a pipe without a writer would wait, if it were let
        finally:
            os.close(here)
