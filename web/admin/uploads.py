"""Files that a browser sends become guides in a folder of their own; nothing of them is read here."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import IO, Protocol

from ...indexer.readers import format_of, suffixes
from ...search.errors import CiteguideError, UsageError

MOST_FILES = 100
MOST_UPLOADED = 32 * 2**20
"""Files of one upload, and their bytes all together."""
FOLDERS_DEEP, NAME_LENGTH = 6, 120
"""Folders within each other, and characters of one name."""
SAFE_NAME = re.compile(r"""[^\x00-\x1f\x7f<>:"/\\|?*.~ $][^\x00-\x1f\x7f<>:"/\\|?*]*(?<![. ])""")
"""What a file may be called on every system; nothing hidden, and nothing that leads elsewhere."""
RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)")
"""Names of devices on Windows."""


class UploadError(CiteguideError):
    """A file that was sent cannot be kept."""

    code = "upload"
    http_status = 400


class SentFile(Protocol):
    """A file as a browser sends it; of a folder its name is the path in it."""

    filename: str | None
    stream: IO[bytes]


def keep(files: Sequence[SentFile], folder: Path) -> list[str]:
    """Keep the files in the folder, each in the place of an older one of its name; gives their paths in it.

    Names are looked at before anything is written. Raises UsageError where there is none or there are too many, and
    UploadError for a name that cannot be, or too many bytes.
    """
    sent = [file for file in files if file.filename]
    if not sent:
        raise UsageError("no file was chosen", "choose one or more, or a folder")
    if len(sent) > MOST_FILES:
        raise UsageError(f"{len(sent)} files are too many at once", f"send {MOST_FILES} at most")
    paths = [_path(file.filename or "") for file in sent]
    room = MOST_UPLOADED
    for file, path in zip(sent, paths, strict=True):
        room -= _write(file.stream, _place(folder, path), room)
    return [str(path) for path in paths]


def _path(name: str) -> PurePosixPath:
    """The path of a file in the folder. Raises UploadError where it has a part that no guide's name has."""
    parts = name.split("/")
    if len(parts) > FOLDERS_DEEP:
        raise UploadError(
            f"the file {_shown(name)} lies too deep", f"{FOLDERS_DEEP - 1} folders within each other are the most"
        )
    for part in parts:
        if len(part) > NAME_LENGTH or not SAFE_NAME.fullmatch(part) or RESERVED.match(part) or not part.isprintable():
            raise UploadError(f"the file {_shown(name)} cannot be the name of a guide here", "give it a plain name")
    if format_of(parts[-1]) is None:
        raise UploadError(
            f"the file {_shown(name)} is of no format that citeguide reads", f"convert it to one of {suffixes()}"
        )
    return PurePosixPath(*parts)


def _place(folder: Path, path: PurePosixPath) -> Path:
    """Where the file goes. Raises UploadError where a link or another thing stands in the way."""
    here = folder.resolve()
    for part in path.parts[:-1]:
        here /= part
        if here.is_symlink() or (here.exists() and not here.is_dir()):
            raise UploadError(f"the file {path} would lie in what is no folder", "give it another name")
    here.mkdir(parents=True, exist_ok=True)
    place = here / path.name
    if place.is_symlink() or (place.exists() and not place.is_file()):
        raise UploadError(f"the file {path} is there already and is no file", "give it another name")
    return place


def _write(stream: IO[bytes], place: Path, room: int) -> int:
    """Write beside its place first, so that no half of a file is ever indexed; gives how many bytes."""
    data = stream.read(room + 1)
    if len(data) > room:
        raise UploadError(f"more than {MOST_UPLOADED // 2**20} MB at once", "send fewer or smaller files")
    beside = place.with_name(f".{secrets.token_hex(8)}")
    try:
        beside.write_bytes(data)
        beside.replace(place)
    except OSError as error:
        raise UploadError(f"{place.name} cannot be written ({error.strerror})", "see to the folder") from error
    finally:
        beside.unlink(missing_ok=True)
    return len(data)


def _shown(name: str) -> str:
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in name)[:NAME_LENGTH]
