"""Where saved pages lie: ``INDEX/pages/HOST/PATH``, and one file beside them that knows their addresses.

They outlive generations, as the guides in any other folder do. What is written is on disk before its name says so. The
list is written before the page: after a crash in between the page has another hash than the list says, and is fetched
anew, whatever its server thinks we have.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from ...search.errors import IndexBrokenError, UsageError
from ...search.store.generation import PAGES_FOLDER, file_hash
from ...search.store.regular import open_regular
from ..readers import format_of
from ..storage.disk import make_folder, replace
from .address import Address, parse, places

ADDRESSES_FILE = ".addresses.json"
"""Hidden, so that it is never taken for a guide."""
MAX_LIST = 16 * 2**20


class Saved(NamedTuple):
    """A page that is kept up to date; ``path`` is the file's place below the folder of pages, with slashes."""

    address: str
    path: str
    sha256: str
    fetched: str
    """When its present bytes came, by the clock of UTC: ``2026-11-24T18:00:00Z``."""
    etag: str = ""
    modified: str = ""


def folder(index: Path) -> Path:
    """The folder of an index's pages, whether it is there or not."""
    return index / PAGES_FOLDER


def load(index: Path) -> dict[Address, Saved]:
    """The pages by their addresses. Raises IndexBrokenError where the list is damaged, or a path in it no page's."""
    path = _real(index) / ADDRESSES_FILE
    try:
        with open_regular(path) as file:
            found = map(_saved, json.loads(file.read(MAX_LIST))["pages"])
            return {_address(page): page for page in found}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, RecursionError, UsageError) as error:
        raise IndexBrokenError(f"{path} is damaged", "delete it, and name the addresses again") from error


def origins(index: Path) -> Iterator[tuple[str, str, str, str]]:
    """Of every page its document's root and path, its address, and the time when its bytes came."""
    root = os.path.realpath(folder(index))
    return ((root, page.path, page.address, page.fetched) for page in load(index).values())


def save(index: Path, pages: Iterable[Saved]) -> None:
    """Write the list."""
    make_folder(_real(index))
    data = {"format": 1, "pages": [page._asdict() for page in pages]}
    replace(folder(index) / ADDRESSES_FILE, json.dumps(data, indent=1).encode())


def put(index: Path, page: Saved, data: bytes) -> None:
    """Write a page's file."""
    path = _real(index, page.path)
    make_folder(path.parent)
    replace(path, data)


def copy(index: Path, target: Path) -> None:
    """Copy the pages of an index, with their list, into another one. A page whose file is not whole is left out."""
    kept = [page for page in load(index).values() if is_whole(index, page)]
    for page in kept:
        with open_regular(_real(index, page.path)) as file:
            put(target, page, file.read())
    if kept:
        save(target, kept)


def is_whole(index: Path, page: Saved) -> bool:
    """Whether the page's file is there with the bytes that were fetched."""
    try:
        return file_hash(_real(index, page.path)) == page.sha256
    except OSError:
        return False


def drop(index: Path, path: str) -> None:
    """Delete a page's file, and the folders that it leaves empty."""
    file = _real(index, path)
    file.unlink(missing_ok=True)
    for above in file.parents[: len(Path(path).parts) - 1]:
        if not above.exists():
            continue
        if any(above.iterdir()):
            break
        above.rmdir()


def place(address: Address, suffix: str, pages: Mapping[Address, Saved]) -> str:
    """The path for a page: the first one that no other page has. With and without encryption it is one page."""
    taken = {page.path for other, page in pages.items() if not _same(other, address)}
    *plain, sure = places(address, suffix)
    return next((path for path in plain if path not in taken), sure)


def _same(one: Address, other: Address) -> bool:
    return (one.netloc, one.target) == (other.netloc, other.target)


def _real(index: Path, path: str = "") -> Path:
    """A page's file, or the folder of all. Raises IndexBrokenError where a link leads somewhere else on the way."""
    file = folder(index) / path
    for above in (file if not path else file.parent, *file.parents):
        if above.is_symlink():
            raise IndexBrokenError(f"{above} is a link, where the index has a folder", "delete it")
        if above == folder(index):
            break
    return file


def _address(page: Saved) -> Address:
    """A saved page's address. Raises ValueError where no page of that address lies at its path."""
    address = parse(page.address)
    if format_of(page.path) is None or page.path not in places(address, PurePosixPath(page.path).suffix):
        raise ValueError(page.path)
    return address


def _saved(item: Mapping[str, Any]) -> Saved:
    return Saved(**{name: str(item[name]) for name in Saved._fields})
