"""The write side of the index folder: one writer at a time, a new generation beside the old, one swap of the pointer.

Nothing that a reader may hold is ever changed. Whatever happens before the swap leaves the old generation in force, and
the next writer sweeps away what was left over.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from ...search.errors import IndexBrokenError, IndexBusyError, IndexMissingError, StorageError
from ...search.store.generation import (
    CATALOG,
    MANIFEST,
    POINTER,
    FileRecord,
    Manifest,
    Pointer,
    Source,
    check_files,
    file_hash,
    generation_folders,
    read_manifest,
    read_pointer,
    remembered,
)
from .disk import replace, sync, write

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK = "lock"
KEPT = 2
"""Generations kept where the platform cannot tell whether a reader uses one."""


@dataclass(frozen=True, slots=True)
class Generation:
    """A complete generation, every byte of it as its manifest says."""

    folder: Path
    manifest: Manifest


@contextmanager
def writing(index: Path) -> Iterator[None]:
    """Be the index's one writer, over leftovers swept away before and after.

    Raises IndexBusyError where another process is, StorageError wherever the folder cannot be written.
    """
    with _storing(index):
        index.mkdir(parents=True, exist_ok=True)
        with _locked(index / LOCK):
            _sweep(index)
            yield
            _sweep(index)


def current(index: Path) -> Generation:
    """The generation in force. Raises IndexMissingError where there is none, IndexBrokenError where a byte differs."""
    pointer = read_pointer(index)
    manifest = read_manifest(index / pointer.name, pointer.manifest_sha256)
    check_files(index / pointer.name, manifest, limit=None)
    return Generation(index / pointer.name, manifest)


def last_sources(index: Path) -> tuple[Source, ...]:
    """What a broken index remembers, as far as its newest manifest can still be read; nothing where it cannot."""
    manifests = (folder / MANIFEST for folder in reversed(generation_folders(index)))
    return next((found for file in manifests if file.is_file() and (found := remembered(file.read_bytes()))), ())


@contextmanager
def new_folder(index: Path, base: Generation | None) -> Iterator[Path]:
    """A folder for the next generation, with the engine's files and a copy of the catalog of its base, if it has one.

    The folder goes away again unless it is published.
    """
    number = max((_number(folder) for folder in generation_folders(index)), default=0) + 1
    folder = index / f"generation-{number:06}"
    folder.mkdir()
    try:
        if base is not None:
            for name in base.manifest.files:
                (_copy if name == CATALOG else _link)(base.folder / name, folder / name)
        yield folder
    finally:
        if _in_force(index) != folder.name:
            shutil.rmtree(folder, ignore_errors=True)


def publish(folder: Path, engine: str, sources: Sequence[Source], base: Generation | None) -> Manifest:
    """Make a complete folder the generation in force: everything is on disk before the pointer is swapped."""
    files = {path.name: _record(path, base) for path in sorted(folder.iterdir())}
    manifest = Manifest(_number(folder), engine, version("citeguide"), tuple(sources), files)
    data = manifest.to_json()
    write(folder / MANIFEST, data)
    sync(folder)
    pointer = Pointer(folder.name, sha256(data).hexdigest())
    replace(folder.parent / POINTER, pointer.to_line().encode())
    return manifest


@contextmanager
def _storing(index: Path) -> Iterator[None]:
    """Turn what the file system and SQLite raise on a full disk or a missing permission into StorageError."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise StorageError(
            f"the index {index} cannot be written ({reason}); what was there stays in force",
            "free space, check permissions, or choose another folder with --index",
        ) from error


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the writer's lock: the system lets go of it when the process ends, however it ends."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    with os.fdopen(descriptor, "r+b", buffering=0) as file:
        try:
            _lock(file.fileno())
        except OSError as error:
            file.seek(0)
            holder = file.read(20).decode("ascii", "replace").strip()
            who = f"process {holder}" if holder.isdigit() else "another process"
            raise IndexBusyError(
                f"{who} is writing the index {path.parent}", "wait until it is done, then run the command again"
            ) from error
        file.seek(0)
        file.truncate()
        file.write(b"%d\n" % os.getpid())
        yield


def _lock(descriptor: int) -> None:
    """Lock a file, or raise OSError at once. Windows locks bytes: one far behind what the others are to read."""
    if sys.platform == "win32":
        os.lseek(descriptor, 2**30, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _sweep(index: Path) -> None:
    """Delete every generation that is not in force and that no reader holds."""
    in_force = _in_force(index)
    others = [folder for folder in generation_folders(index) if folder.name != in_force]
    complete = [folder for folder in others if (folder / MANIFEST).exists()]
    for folder in set(others).difference(complete):
        shutil.rmtree(folder, ignore_errors=True)
    if sys.platform == "win32":
        complete = complete[: 1 - KEPT]
    for folder in complete if in_force else ():
        _remove_unless_held(folder)


def _in_force(index: Path) -> str | None:
    """The name of the generation in force. Unknown without a readable pointer: then only what is incomplete may go."""
    with suppress(IndexMissingError, IndexBrokenError):
        return read_pointer(index).name
    return None


def _remove_unless_held(folder: Path) -> None:
    """Delete a generation under an exclusive lock on its manifest, which a reader holds shared."""
    with suppress(FileNotFoundError, BlockingIOError), (folder / MANIFEST).open("rb") as manifest:
        if sys.platform != "win32":
            fcntl.flock(manifest, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)


def _record(path: Path, base: Generation | None) -> FileRecord:
    """A file's record, known already where it is the very file of the base; else it is brought to disk and hashed."""
    if base is not None and path.name in base.manifest.files and path.samefile(base.folder / path.name):
        return base.manifest.files[path.name]
    sync(path)
    return FileRecord(path.stat().st_size, file_hash(path))


def _number(folder: Path) -> int:
    return int(folder.name.rpartition("-")[2])


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)


def _link(source: Path, target: Path) -> None:
    """A second name for a file that never changes; a copy where the file system knows no second names."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
