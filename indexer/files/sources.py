"""From files and folders to guides: which files there are to read, and what stands in the way of the others."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO, NamedTuple

from ...search.errors import SourceError
from ..readers import format_of, suffixes
from ..report import OTHER_FORMAT, PICTURE, Failure
from .ignored import IGNORE_FILE, Ignored
from .opening import open_regular

MAX_GUIDE_BYTES = 128 * 2**20
"""The largest file that is read as a guide."""


class GuideFile(NamedTuple):
    """A file of a known format; ``path`` is its place below ``root``, with slashes, as the file system spells it."""

    root: str
    path: str
    size: int
    mtime_ns: int
    file: str
    """Its whole path."""


def whole_path(root: str, path: str) -> str:
    """A guide's whole path; ``path`` has slashes, whatever the system has."""
    below = path if os.sep == "/" else path.replace("/", os.sep)
    return f"{root}{below}" if root.endswith(os.sep) else f"{root}{os.sep}{below}"


def find(source: Path, *, ocr: bool = False) -> list[GuideFile | Failure]:
    """The guides of a file or folder, by path; ``source`` is absolute and free of symbolic links.

    Pictures are guides where ``ocr`` is asked for.

    Hidden files and folders are left out, as is what ignore files name (see ``ignored.py``); a file of no known format
    is a failure. A symbolic link counts as what it leads to, within the folder only, and every folder is entered once.
    """
    if source.is_dir():
        found = {_path(item): item for item in _below(source, ocr=ocr)}
        return [found[path] for path in sorted(found)]
    if (reason := _unread(source.name, ocr=ocr)) is not None:
        remedy = "run that" if reason == PICTURE else f"convert it to one of {suffixes()}"
        return [Failure(shown(source), reason, remedy)]
    return [_guide(source.parent, source)]


def read(file: Path) -> bytes:
    """A guide's bytes. Raises SourceError where it is too large, and OSError where the system refuses."""
    with open_regular(file) as opened:
        return read_opened(opened)


def read_opened(opened: BinaryIO) -> bytes:
    """The bytes of a guide that is open. Raises as ``read`` does."""
    size = os.fstat(opened.fileno()).st_size
    data = opened.read(MAX_GUIDE_BYTES + 1) if size <= MAX_GUIDE_BYTES else b""
    if max(size, len(data)) > MAX_GUIDE_BYTES:
        raise too_large()
    return data


def too_large() -> SourceError:
    """What is wrong with a file of more than ``MAX_GUIDE_BYTES``."""
    return SourceError(f"more than {MAX_GUIDE_BYTES // 2**20} MB", "split it, or leave out what is not text")


def shown(path: Path) -> str:
    """A path that can be printed and stored, whatever bytes its name is made of."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def is_text(path: Path | str) -> bool:
    """Whether a path's name can be stored and printed: any bytes can be a file's name, and not all are UTF-8."""
    try:
        os.fspath(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def mount_of(path: Path) -> str:
    """The mount point that a path lies on."""
    return os.fspath(next((p for p in (path, *path.parents) if p.is_mount()), path))


def _unread(name: str, *, ocr: bool) -> str | None:
    """Why a file of this name is passed over; None where it is read."""
    form = format_of(name)
    if form is None:
        return OTHER_FORMAT
    return PICTURE if form.is_picture and not ocr else None


def _below(root: Path, *, ocr: bool) -> Iterator[GuideFile | Failure]:
    to_enter, entered, ignored = [root], {root}, Ignored(root)
    while to_enter:
        folder = to_enter.pop()
        try:
            entries = _entries(folder)
        except OSError as error:
            yield Failure(
                shown(folder), f"cannot be opened ({error.strerror})", "check its permissions", looked_at=False
            )
            continue
        here = folder.relative_to(root).parts
        found: GuideFile | Failure | Path | None
        for entry in entries:
            if entry.is_file(follow_symlinks=False) and is_text(entry.path):
                found = _file(root, (*here, entry.name), entry, ignored, ocr=ocr)
            else:
                found = _found(root, Path(entry.path), ignored, ocr=ocr)
            if isinstance(found, Path):
                if found not in entered:
                    entered.add(found)
                    to_enter.append(found)
            elif found is not None:
                yield found
    yield from ignored.failures


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return [entry for entry in entries if not entry.name.startswith(".")]


def _file(
    root: Path, parts: tuple[str, ...], entry: os.DirEntry[str], ignored: Ignored, *, ocr: bool
) -> GuideFile | Failure | None:
    """What ``_found`` says of a regular file, by what the folder tells of it: nearly everything is one."""
    if ignored.holds_parts(parts):
        return None
    if (reason := _unread(entry.name, ocr=ocr)) is not None:
        return _passed_over(entry.path, reason)
    try:
        facts = entry.stat(follow_symlinks=False)
    except OSError as error:
        return _unseen(entry.path, error)
    return GuideFile(os.fspath(root), "/".join(parts), facts.st_size, facts.st_mtime_ns, entry.path)


def _found(root: Path, path: Path, ignored: Ignored, *, ocr: bool) -> GuideFile | Failure | Path | None:
    """What stands at a path: a guide, a trouble, a folder to enter, or nothing of concern."""
    target = Path(os.path.realpath(path)) if path.is_symlink() else path
    there, folder = os.path.lexists(target) and not target.is_symlink(), target.is_dir()
    if ignored.holds(path, folder=folder):
        return None
    if there and not folder and (reason := _unread(path.name, ocr=ocr)) is not None:
        return _passed_over(shown(path), reason) if target is path else None
    if not there:
        return Failure(shown(path), "a link that leads nowhere", "mend or delete it")
    if folder and path.parent.is_relative_to(target):
        return Failure(shown(path), "a link back to a folder that it lies in", "delete it")
    if not target.is_relative_to(root):
        return _outside(path)
    if target is not path and ignored.holds(target, folder=folder):
        return None
    return target if folder else _guide(root, target)


def _guide(root: Path, file: Path) -> GuideFile | Failure:
    if not is_text(file):
        return Failure(shown(file), "has a name that is not valid UTF-8", "rename it")
    try:
        facts = file.stat()
    except OSError as error:
        return _unseen(shown(file), error)
    if not S_ISREG(facts.st_mode):
        return Failure(shown(file), "not a regular file", "index files and folders only")
    path = file.relative_to(root).as_posix()
    return GuideFile(os.fspath(root), path, facts.st_size, facts.st_mtime_ns, os.fspath(file))


def _passed_over(path: str, reason: str) -> Failure:
    does = "run that" if reason == PICTURE else "convert it"
    return Failure(path, reason, f"{does}, or name it in {IGNORE_FILE}")


def _unseen(path: str, error: OSError) -> Failure:
    return Failure(path, f"cannot be looked at ({error.strerror})", "check its permissions", looked_at=False)


def _outside(path: Path) -> Failure:
    return Failure(shown(path), "a link that leads out of the folder", "index what it leads to by its own path")


def _path(item: GuideFile | Failure) -> str:
    return item.file if isinstance(item, GuideFile) else item.path
