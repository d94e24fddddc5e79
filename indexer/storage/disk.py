"""Brings files to disk: what is written here survives a power cut, whole or not at all."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ...search.store.regular import create


def replace(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Write a file in the place of what its name stood for; a crash leaves the old one or the new one."""
    fresh = path.with_name(f".{path.name[:100]}.new")
    write(fresh, data, mode)
    fresh.replace(path)
    sync(path.parent)


def write(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Write a file that nobody reads yet."""
    with create(path, mode) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def make_folder(path: Path) -> None:
    """Make a folder and those above it that are missing, each with its name on disk."""
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    path.mkdir(parents=True, exist_ok=True)
    for folder in missing:
        sync(folder.parent)


def sync(path: Path) -> None:
    """Bring a file, or a folder's names, to disk."""
    if path.is_dir() and sys.platform == "win32":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
