"""The write side of the index folder: one writer at a time, a new generation beside the old, one swap of the pointer.

Nothing that a reader may hold is ever changed. A generation is made in a folder ``unfinished-…`` and gets its name once
it is complete and on disk; the swap of the pointer puts it in force. Whatever happens before leaves the old one in
force, and the next writer sweeps away what was left over. No generation is swept away unless the one in force is there
and its manifest is the one that the pointer names.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from itertools import zip_longest
from pathlib import Path

from ...search.errors import IndexBrokenError, IndexBusyError, IndexMissingError, StorageError
from ...search.store.generation import (
    CATALOG,
    HASHED_AT_OPENING,
    MANIFEST,
    MAX_NUMBER,
    POINTER,
    FileRecord,
    Manifest,
    Pointer,
    Source,
    check_files,
    damaged,
    generation_folders,
    hashes,
    is_file_name,
    newest_intact,
    number_of,
    pieces,
    read_manifest,
    read_pointer,
    stamp,
)
from ...search.store.regular import open_or_create, open_regular
from ...search.store.verified import remember, verified
from .disk import make_folder, replace, sync, write
from .sealing import ensure_key

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK = "lock"
UNFINISHED = "unfinished-"
KEPT_GENERATIONS = 2
"""Generations kept where the platform cannot tell whether a reader uses one."""


@dataclass(frozen=True, slots=True)
class Generation:
    """A complete generation, every byte of it as its manifest says."""

    folder: Path
    manifest: Manifest
    trouble: str = ""
    """What was wrong with the pointer, or with the generation that it named; the pointer names this one now."""


@contextmanager
def writing(index: Path) -> Iterator[None]:
    """Be the index's one writer, over leftovers swept away before and after.

    Raises IndexBusyError where another process is, StorageError wherever the folder cannot be written.
    """
    with _storing(index):
        make_folder(index)
        with _locked(index / LOCK):
            _sweep(index)
            yield
            _sweep(index)


def current(index: Path) -> Generation:
    """The generation in force, with its files as they were written, to be called by the one writer.

    As at every opening, bytes of a large one that were right before are not read again; see ``publish``. Where a file
    is damaged, or the pointer is, the newest generation that is whole is put in force. Raises IndexMissingError where
    there is no index, IndexBrokenError where no generation is whole.
    """
    try:
        return _whole(index, read_pointer(index))
    except IndexBrokenError as broken:
        pointer = newest_intact(index)
        if pointer is None:
            raise
        found = _whole(index, pointer, f"{broken.message}; {pointer.name} is whole and was put in force")
        replace(index / POINTER, pointer.to_line().encode())
        return found


def _whole(index: Path, pointer: Pointer, trouble: str = "") -> Generation:
    manifest = read_manifest(index / pointer.name, pointer.manifest_sha256)
    known = verified(index, pointer)
    remember(index, pointer, check_files(index / pointer.name, manifest, known, limit=HASHED_AT_OPENING))
    return Generation(index / pointer.name, manifest, trouble)


@contextmanager
def new_folder(index: Path, base: Generation | None) -> Iterator[Path]:
    """A folder for the next generation, with the engine's files and a copy of the catalog of its base, if it has one.

    The folder goes away again unless it is published.
    """
    number = max(map(number_of, generation_folders(index)), default=0) + 1
    if number > MAX_NUMBER:
        raise IndexBrokenError(f"the index {index} has used up the numbers of its generations", "index into a new one")
    folder = index / f"{UNFINISHED}{number:06}"
    folder.mkdir()
    try:
        if base is not None:
            for name in base.manifest.files:
                (_copy if name == CATALOG else _link)(base.folder / name, folder / name)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(
    unfinished: Path, engine: str, sources: Sequence[Source], base: Generation | None, *, ocr: bool
) -> Generation:
    """Make a complete folder the generation in force: everything is on disk before the pointer is swapped.

    Bytes that are the base's keep the hash that they have there, so where they are damaged that is still found. All
    others that the base has no more are held against it first: what was made of them is to be as right as they are.
    Raises IndexBrokenError where they are not.
    """
    index, number = unfinished.parent, number_of(unfinished)
    ensure_key(index, number)
    written = {path.name: path for path in sorted(unfinished.iterdir()) if is_file_name(path.name)}
    records = {name: _record(path, base) for name, path in written.items()}
    if base is not None:
        gone = {name: record for name, record in base.manifest.files.items() if name not in written}
        check_files(base.folder, base.manifest._replace(files=gone), limit=None)
    manifest = Manifest(number, engine, version("citeguide"), tuple(sources), records, ocr)
    data = manifest.to_json()
    write(unfinished / MANIFEST, data)
    sync(unfinished)
    folder = index / f"generation-{number:06}"
    unfinished.rename(folder)
    sync(index)
    pointer = Pointer(folder.name, sha256(data).hexdigest())
    replace(index / POINTER, pointer.to_line().encode())
    remember(index, pointer, {name: stamp(folder / name) for name in manifest.files})
    return Generation(folder, manifest)


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
    with os.fdopen(open_or_create(path), "r+b", buffering=0) as file:
        try:
            _lock(file.fileno())
        except OSError as error:
            file.seek(0)
            holder = file.read(20).decode("ascii", "replace").strip()
            who = f"process {holder}" if holder.isdigit() else "another process"
            raise IndexBusyError(
                f"{who} is writing the index {path.parent}", "wait until it is done, then run the command again"
            ) from error
        if os.fstat(file.fileno()).st_nlink == 1:  # under another name it may be anything of the user's
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
    """Delete what was left unfinished, and every generation that is not in force and that no reader holds.

    Where the generation in force is in doubt, all stay: one of them may be what is left of the index.
    """
    for folder in index.glob(f"{UNFINISHED}*"):
        shutil.rmtree(folder, ignore_errors=True)
    with suppress(IndexMissingError, IndexBrokenError):
        pointer = read_pointer(index)
        read_manifest(index / pointer.name, pointer.manifest_sha256)
        others = [folder for folder in generation_folders(index) if folder.name != pointer.name]
        with _still_verified(index, pointer):
            for folder in others[: 1 - KEPT_GENERATIONS] if sys.platform == "win32" else others:
                _remove_unless_held(folder)


@contextmanager
def _still_verified(index: Path, pointer: Pointer) -> Iterator[None]:
    """Deleting other names of a file changes its stamp: what was known to be right before is so afterwards."""
    folder, known = index / pointer.name, verified(index, pointer)
    right = [name for name in known if (folder / name).exists() and stamp(folder / name) == known[name]]
    yield
    if right:
        remember(index, pointer, {name: stamp(folder / name) for name in right})


def _remove_unless_held(folder: Path) -> None:
    """Delete a generation under an exclusive lock on its manifest, which a reader holds shared."""
    with ExitStack() as held:
        try:
            manifest = held.enter_context(open_regular(folder / MANIFEST))
            if sys.platform != "win32":
                fcntl.flock(manifest, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        except OSError:
            pass  # what has no manifest is held by nobody
        shutil.rmtree(folder, ignore_errors=True)


def _record(path: Path, base: Generation | None) -> FileRecord:
    """A file's record, known already where it is the very file of the base; else it is brought to disk and hashed."""
    before = base.manifest.files.get(path.name) if base is not None else None
    if base is None or before is None:
        sync(path)
        return FileRecord(path.stat().st_size, hashes(path))
    if path.samefile(base.folder / path.name):
        return before
    sync(path)
    return FileRecord(path.stat().st_size, tuple(_changed(path, base.folder / path.name, before)))


def _changed(path: Path, old: Path, before: FileRecord) -> Iterator[str]:
    """The hashes of a file's pieces, of which those are known that the file had before, see ``publish``."""
    for new, known in zip_longest(pieces(path), zip_longest(pieces(old), before.sha256)):
        was, recorded = known or (None, None)
        if new is not None and new == was and recorded is not None:
            yield recorded
            continue
        if was is not None and sha256(was).hexdigest() != recorded:
            raise damaged(old)
        if new is not None:
            yield sha256(new).hexdigest()


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)


def _link(source: Path, target: Path) -> None:
    """A second name for a file that never changes; a copy where the file system knows no second names."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
