"""What lies in an index folder, and whether it is intact.

``current`` names the generation in force and the SHA-256 of its manifest; the manifest holds the size of every other
file and the SHA-256 of each of its pieces, and a seal over itself. So a single changed byte anywhere is found out from
the pointer on, and where the pointer itself is lost or wrong, a generation can still prove that it is whole.

An index folder may come from anywhere: nothing in it is opened but regular files, and no link is followed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from hashlib import file_digest, sha256
from os import fstat
from pathlib import Path
from stat import S_ISREG
from typing import Any, NamedTuple

from ..errors import IndexBrokenError, IndexMissingError
from .regular import open_regular

FORMAT = 10
"""Version of everything in a generation folder; another one is refused by name."""
POINTER = "current"
MANIFEST = "manifest.json"
CATALOG = "catalog.sqlite"
PAGES_FOLDER = "pages"
"""The folder of pages that were fetched, beside the generations."""
VECTORS = "vectors.bin"
REBUILD = "run 'citeguide index --full' to build it anew"

HASHED_AT_OPENING = 32 * 2**20
"""Bytes that every opening hashes, smallest files first (about 25 ms); what is beyond is hashed once, see
``verified.py``."""
MAX_INDEX_FILE = 16 * 2**30
"""Of a generation in all: more takes minutes to hash, and is no index that this engine could have written."""

MAX_NUMBER = 10**12 - 1
"""Of a generation, whose folder's name has at most 12 digits."""

HASHED_PIECE = 2**20
"""Bytes of a file that are hashed together: of a large one that is changed in a few places few are hashed anew."""

_MAX_MANIFEST = 16 * 2**20
_FOLDER = re.compile(r"generation-[0-9]{6,12}")
_POINTER = re.compile(rf"({_FOLDER.pattern}) ([0-9a-f]{{64}})\n")
_UNFINISHED = re.compile(r"lock|seal\.key|\.(current|seal\.key)\.new|unfinished-.*")
_FILE_NAME = re.compile(r"(?!catalog\.sqlite-)\w[\w.-]{0,200}", re.ASCII)
"""Not the journal of a catalog: SQLite would act on what stands in it."""


class Source(NamedTuple):
    """A remembered folder or file, and the mount point it lay on when it was last read."""

    path: str
    mount: str


class FileRecord(NamedTuple):
    """What a file must be: ``size`` in bytes and the hashes of its pieces, in hexadecimal."""

    size: int
    sha256: tuple[str, ...]


class Stamp(NamedTuple):
    """What changes with a file's bytes, as far as the system tells."""

    inode: int
    size: int
    mtime_ns: int
    ctime_ns: int


class Manifest(NamedTuple):
    """What a generation is made of."""

    generation: int
    engine: str
    version: str
    """The citeguide that wrote it."""
    sources: tuple[Source, ...]
    files: Mapping[str, FileRecord]
    ocr: bool = False
    """Whether pictures of text are read as well."""

    def to_json(self) -> bytes:
        """The bytes of the manifest file."""
        sources = [source._asdict() for source in self.sources]
        files = {name: record._asdict() for name, record in self.files.items()}
        data = {"format": FORMAT, **self._asdict(), "sources": sources, "files": files}
        return _dumped(data | {"seal": _seal(data)})


class Pointer(NamedTuple):
    """What ``current`` says: the generation in force, by its folder's name and its manifest's hash."""

    name: str
    manifest_sha256: str

    def to_line(self) -> str:
        """The pointer file's one line."""
        return f"{self.name} {self.manifest_sha256}\n"


def read_pointer(index: Path) -> Pointer:
    """The generation that the pointer names, whether it is there and whole or not.

    Raises IndexMissingError where there is no index, IndexBrokenError where the pointer is damaged or lost.
    """
    try:
        match = _POINTER.fullmatch(pointer_line(index).decode("ascii", "replace"))
    except (FileNotFoundError, NotADirectoryError) as error:
        if generation_folders(index):
            raise IndexBrokenError(f"the index {index} has lost its file '{POINTER}'", REBUILD) from error
        raise IndexMissingError(
            f"there is no index in {index}", "run 'citeguide index PATH' with your guides"
        ) from error
    except OSError as error:
        raise IndexBrokenError(
            f"the index {index} cannot be read ({error.strerror})", "check its permissions"
        ) from error
    if match is None:
        raise IndexBrokenError(f"the file '{POINTER}' of the index {index} is damaged", REBUILD)
    return Pointer(match[1], match[2])


def pointer_line(index: Path) -> bytes:
    """The pointer file as it is. Raises OSError."""
    with open_regular(index / POINTER) as file:
        return file.read(200)


def is_unused(index: Path) -> bool:
    """Whether an index folder holds nothing yet, but for what a first update leaves that did not come to its end."""
    return not index.exists() or all(_UNFINISHED.fullmatch(path.name) for path in index.iterdir())


def generation_folders(index: Path) -> list[Path]:
    """All generation folders, oldest first: each was complete once, whether it is in force, kept, or left over."""
    found = (folder for folder in index.glob("generation-*") if _FOLDER.fullmatch(folder.name))
    return sorted((folder for folder in found if folder.is_dir() and not folder.is_symlink()), key=number_of)


def number_of(folder: Path) -> int:
    """The number in a generation folder's name."""
    return int(folder.name.rpartition("-")[2])


def newest_intact(index: Path) -> Pointer | None:
    """The newest generation whose manifest and every file are whole, whatever the pointer says; None without any."""
    for folder in reversed(generation_folders(index)):
        with suppress(IndexBrokenError):
            data = _manifest_bytes(folder)
            check_files(folder, parse_manifest(data, folder), limit=None)
            return Pointer(folder.name, sha256(data).hexdigest())
    return None


def read_manifest(folder: Path, expected_sha256: str) -> Manifest:
    """A generation's manifest. Raises IndexBrokenError where it is damaged or of another format version."""
    data = _manifest_bytes(folder)
    if sha256(data).hexdigest() != expected_sha256:
        raise damaged(folder / MANIFEST)
    return parse_manifest(data, folder)


def _manifest_bytes(folder: Path) -> bytes:
    try:
        if folder.is_symlink():
            raise damaged(folder)
        with open_regular(folder / MANIFEST) as file:
            return file.read(_MAX_MANIFEST)
    except OSError as error:
        raise IndexBrokenError(f"the index lacks {folder / MANIFEST}", REBUILD) from error


def parse_manifest(data: bytes, folder: Path) -> Manifest:
    """A manifest from its file's bytes. Raises IndexBrokenError where it is not one, or of another format version."""
    try:
        found = json.loads(data)
        version = found["format"]
        if version != FORMAT:
            raise IndexBrokenError(
                f"the index {folder.parent} has format {version}, and this citeguide reads format {FORMAT}", REBUILD
            )
        if found.pop("seal") != _seal(found):
            raise damaged(folder / MANIFEST)
        return Manifest(
            int(found["generation"]),
            str(found["engine"]),
            str(found["version"]),
            _sources(found),
            {_file_name(name): _record(record) for name, record in found["files"].items()},
            found["ocr"] is True,
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise damaged(folder / MANIFEST) from error


def last_sources(index: Path) -> tuple[Source, ...]:
    """What a broken index remembers, as far as its newest manifest can still be read, of whatever format it is."""
    for folder in reversed(generation_folders(index)):
        with suppress(IndexBrokenError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return _sources(json.loads(_manifest_bytes(folder)))
    return ()


def _sources(manifest: dict[str, Any]) -> tuple[Source, ...]:
    return tuple(Source(str(source["path"]), str(source["mount"])) for source in manifest["sources"])


def _record(found: dict[str, Any]) -> FileRecord:
    return FileRecord(int(found["size"]), tuple(map(str, found["sha256"])))


def _dumped(data: dict[str, Any]) -> bytes:
    return json.dumps(data, sort_keys=True).encode()


def _seal(data: dict[str, Any]) -> str:
    """Of everything else that a manifest says: so it can be told from a damaged one where no pointer vouches for it."""
    return sha256(_dumped(data)).hexdigest()


def check_files(
    folder: Path, manifest: Manifest, known: Mapping[str, Stamp] | None = None, *, limit: int | None = HASHED_AT_OPENING
) -> dict[str, Stamp]:
    """Hold a generation's files against its manifest: kinds and sizes of all, and every byte.

    Beyond ``limit`` bytes in total, the smallest files first, those are not hashed again that were ``known`` to be
    right and bear the same stamp. What else lies in the folder is of no concern. Gives the stamps of all; raises
    IndexBrokenError for the first file that differs.
    """
    known = known or {}
    stamps: dict[str, Stamp] = {}
    try:
        if sum(record.size for record in manifest.files.values()) > MAX_INDEX_FILE:
            raise IndexBrokenError(f"{folder} claims to hold more than any index does", REBUILD)
        hashed = 0
        for name, record in sorted(manifest.files.items(), key=lambda item: item[1].size):
            stamps[name] = stamp(folder / name)
            hashed += record.size
            is_known = limit is not None and hashed > limit and known.get(name) == stamps[name]
            _check_file(folder / name, stamps[name], record, None if is_known else hashes)
    except OSError as error:
        raise IndexBrokenError(f"the index {folder} cannot be read ({error})", REBUILD) from error
    return stamps


def stamp(path: Path) -> Stamp:
    """A file's stamp. Raises OSError where it is no regular file."""
    facts = path.lstat()
    if not S_ISREG(facts.st_mode):
        raise OSError(f"{path.name} is not a regular file")
    return Stamp(facts.st_ino, facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns)


def file_hash(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with open_regular(path) as file:
        return file_digest(file, "sha256").hexdigest()


def hashes(path: Path) -> tuple[str, ...]:
    """SHA-256 of each piece of a file, in hexadecimal."""
    return tuple(sha256(piece).hexdigest() for piece in pieces(path))


def pieces(path: Path) -> Iterator[bytearray]:
    """A file's bytes, piece by piece; each is gone when the next is asked for."""
    with open_regular(path) as file:
        piece = bytearray(min(HASHED_PIECE, fstat(file.fileno()).st_size))  # most are small, and room is not for free
        while size := file.readinto(piece):
            yield piece if size == len(piece) else piece[:size]


def _check_file(path: Path, found: Stamp, record: FileRecord, digest: Callable[[Path], tuple[str, ...]] | None) -> None:
    if found.size != record.size or (digest is not None and digest(path) != record.sha256):
        raise damaged(path)


def is_file_name(name: str) -> bool:
    """Whether a file of a generation may be called so."""
    return _FILE_NAME.fullmatch(name) is not None


def _file_name(name: str) -> str:
    if not is_file_name(name):
        raise ValueError(name)
    return name


def damaged(path: Path) -> IndexBrokenError:
    """What is to be said of a file that is not as its record says."""
    return IndexBrokenError(f"{path} is damaged: it is not what the index wrote", REBUILD)
