"""Takes from a process what reading a guide needs not: other files, writing, the network, other programs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from ..readers.ocr import language_folders
from . import landlock, seccomp

if sys.platform != "win32":
    import resource

SYSTEM = ("/usr", "/lib", "/lib32", "/lib64", "/etc/ld.so.cache", "/etc/localtime", "/etc/mime.types", "/dev/null",
          "/dev/urandom")  # fmt: skip
"""What libraries of all kinds read: each other, time zones, the system's shared data. Nothing of a person is there."""
MOST_OPEN = 64
"""Descriptors at once."""


def close_files() -> int:
    """Keep this process, and the threads that it starts from now on, from every file but those of this Python.

    Gives the version of Landlock that does it; 0 where the system has none. What is open already stays so.
    """
    return landlock.read_only(readable()) if sys.platform == "linux" else 0


def close_calls(memory: int) -> bool:
    """Set every limit that the system knows, and refuse all threads the calls that reading needs not.

    Gives whether the system refuses them. Nothing of this can be taken back.
    """
    if sys.platform != "win32":
        _limit("AS", memory)
        for none in ("CORE", "FSIZE", "NPROC"):
            _limit(none, 0)
        _limit("NOFILE", MOST_OPEN)
    return sys.platform == "linux" and landlock.no_new_privileges() and seccomp.confine()


def readable() -> Iterator[Path]:
    """The files and folders that modules and libraries are loaded from."""
    loaded = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    folders = {str(Path(file).parent) for file in loaded if file}
    for place in {*SYSTEM, *sys.path, *folders, sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix}:
        if place and Path(place) != Path(Path(place).anchor):  # the root would be everything
            yield Path(place)
    yield from language_folders()
    for folder in sys.path:
        yield from _linked(Path(folder))


def _linked(folder: Path) -> Iterator[Path]:
    """Packages that lie elsewhere, as some installers leave them: a link in the folder leads there."""
    if folder.is_dir():
        yield from (entry.resolve() for entry in folder.iterdir() if entry.is_symlink())


if sys.platform != "win32":

    def _limit(name: str, most: int) -> None:
        """Set a limit for good, unless it is lower already or the system does not know it."""
        kind = getattr(resource, f"RLIMIT_{name}", None)
        if kind is None:
            return
        _, hard = resource.getrlimit(kind)
        if hard == resource.RLIM_INFINITY or hard > most:
            resource.setrlimit(kind, (most, most))
