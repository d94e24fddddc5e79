"""What lies in an index folder, and whether it is intact.

``current`` names the generation in force and the SHA-256 of its manifest; the manifest holds the size and SHA-256 of
every other file. So a single changed byte anywhere is found out from the pointer on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import IndexBrokenError, IndexMissingError

FORMAT = 3
"""Version of everything in a generation folder; another one is refused by name."""
POINTER = "current"
MANIFEST = "manifest.json"
CATALOG = "catalog.sqlite"
REBUILD = "run 'citeguide index --full' to build it anew"

HASHED_AT_OPENING = 32 * 2**20
"""Bytes that opening an index hashes at most, smallest files first (about 30 ms); ``verify_files`` hashes all."""

_MAX_MANIFEST = 16 * 2**20
_FOLDER = re.compile(r"generation-[0-9]{6,12}")
_POINTER = re.compile(rf"({_FOLDER.pattern}) ([0-9a-f]{{64}})\n")
_FILE_NAME = re.compile(r"\w[\w.-]{0,200}")


class Source(NamedTuple):
    """A remembered folder or file, and the mount point it lay on when it was last read."""

    path: str
    mount: str


class FileRecord(NamedTuple):
    """What a file must be: ``size`` in bytes and its hash."""

    size: int
    sha256: str


class Manifest(NamedTuple):
    """What a generation is made of."""

    generation: int
    engine: str
    version: str
    """The citeguide that wrote it."""
    sources: tuple[Source, ...]
    files: Mapping[str, FileRecord]

    def to_json(self) -> bytes:
        """The bytes of the manifest file."""
        sources = [source._asdict() for source in self.sources]
        files = {name: record._asdict() for name, record in self.files.items()}
        data = {"format": FORMAT, **self._asdict(), "sources": sources, "files": files}
        return json.dumps(data, indent=1, sort_keys=True).encode()


class Pointer(NamedTuple):
    """What ``current`` says: the generation in force, by its folder's name and its manifest's hash."""

    name: str
    manifest_sha256: str

    def to_line(self) -> str:
        """The pointer file's one line."""
        return f"{self.name} {self.manifest_sha256}\n"


def read_pointer(index: Path) -> Pointer:
    """The generation in force. Raises IndexMissingError where there is none, IndexBrokenError where it is damaged."""
    try:
        with (index / POINTER).open("rb") as file:
            match = _POINTER.fullmatch(file.read(200).decode("ascii", "replace"))
    except (FileNotFoundError, NotADirectoryError) as error:
        if any((folder / MANIFEST).exists() for folder in generation_folders(index)):
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


def generation_folders(index: Path) -> list[Path]:
    """All generation folders, oldest first, whether in force, kept, or left over."""
    return sorted(folder for folder in index.glob("generation-*") if _FOLDER.fullmatch(folder.name))


def read_manifest(folder: Path, expected_sha256: str) -> Manifest:
    """A generation's manifest. Raises IndexBrokenError where it is damaged or of another format version."""
    try:
        with (folder / MANIFEST).open("rb") as file:
            data = file.read(_MAX_MANIFEST)
    except OSError as error:
        raise IndexBrokenError(f"the index lacks {folder / MANIFEST}", REBUILD) from error
    if sha256(data).hexdigest() != expected_sha256:
        raise _damaged(folder / MANIFEST)
    return parse_manifest(data, folder)


def parse_manifest(data: bytes, folder: Path) -> Manifest:
    """A manifest from its file's bytes. Raises IndexBrokenError where it is not one, or of another format version."""
    try:
        found = json.loads(data)
        version = found["format"]
        if version != FORMAT:
            raise IndexBrokenError(
                f"the index {folder.parent} has format {version}, and this citeguide reads format {FORMAT}", REBUILD
            )
        return Manifest(
            int(found["generation"]),
            str(found["engine"]),
            str(found["version"]),
            _sources(found),
            {_file_name(name): FileRecord(int(r["size"]), str(r["sha256"])) for name, r in found["files"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _damaged(folder / MANIFEST) from error


def remembered(data: bytes) -> tuple[Source, ...]:
    """What a manifest of any format version remembers; nothing where it is none."""
    try:
        return _sources(json.loads(data))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ()


def _sources(manifest: dict[str, Any]) -> tuple[Source, ...]:
    return tuple(Source(str(source["path"]), str(source["mount"])) for source in manifest["sources"])


def check_files(folder: Path, manifest: Manifest, limit: int | None = HASHED_AT_OPENING) -> None:
    """Hold a generation's files against its manifest: names and sizes of all, hashes up to ``limit`` bytes in total.

    Raises IndexBrokenError for the first that differs.
    """
    try:
        present = {entry.name for entry in folder.iterdir()} - {MANIFEST}
        if strange := present.symmetric_difference(manifest.files):
            raise _damaged(folder / min(strange))
        hashed = 0
        for name, record in sorted(manifest.files.items(), key=lambda item: item[1].size):
            hashed += record.size
            same = file_hash if limit is None or hashed <= limit else None
            _check_file(folder / name, record, same)
    except OSError as error:
        raise IndexBrokenError(f"the index {folder} cannot be read ({error})", REBUILD) from error


def file_hash(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _check_file(path: Path, record: FileRecord, digest: Callable[[Path], str] | None) -> None:
    if path.stat().st_size != record.size or (digest is not None and digest(path) != record.sha256):
        raise _damaged(path)


def _file_name(name: str) -> str:
    if not _FILE_NAME.fullmatch(name):
        raise ValueError(name)
    return name


def _damaged(path: Path) -> IndexBrokenError:
    return IndexBrokenError(f"{path} is damaged: it is not what the index wrote", REBUILD)
