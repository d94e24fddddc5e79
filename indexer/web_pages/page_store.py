"""Where saved pages lie: ``INDEX/pages/HOST/PATH``, and one file beside them that knows their addresses.

They outlive generations, as the guides in any other folder do. What is written is on disk before its name says so. The
list is written before the page: after a crash in between the page has another hash than the list says, and is fetched
anew, whatever its server thinks we have.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from ...search.errors import IndexBrokenError, UsageError
from ..storage.disk import replace
from .address import Address, parse, places

FOLDER = "pages"
LIST = ".addresses.json"
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
    return index / FOLDER


def load(index: Path) -> dict[Address, Saved]:
    """The pages by their addresses. Raises IndexBrokenError where the list is damaged."""
    path = folder(index) / LIST
    try:
        with path.open("rb") as file:
            found = map(_saved, json.loads(file.read(MAX_LIST))["pages"])
            return {parse(page.address): page for page in found}
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError, RecursionError, UsageError) as error:
        raise IndexBrokenError(f"{path} is damaged", "delete it, and name the addresses again") from error


def origins(index: Path) -> Iterator[tuple[str, str, str, str]]:
    """Of every page its document's root and path, its address, and the time when its bytes came."""
    root = os.path.realpath(folder(index))
    return ((root, page.path, page.address, page.fetched) for page in load(index).values())


def save(index: Path, pages: Iterable[Saved]) -> None:
    """Write the list."""
    folder(index).mkdir(exist_ok=True)
    data = {"format": 1, "pages": [page._asdict() for page in pages]}
    replace(folder(index) / LIST, json.dumps(data, indent=1).encode())


def put(index: Path, page: Saved, data: bytes) -> None:
    """Write a page's file."""
    path = folder(index) / page.path
    path.parent.mkdir(parents=True, exist_ok=True)
    replace(path, data)


def is_whole(index: Path, page: Saved) -> bool:
    """Whether the page's file is there with the bytes that were fetched."""
    try:
        return sha256((folder(index) / page.path).read_bytes()).hexdigest() == page.sha256
    except OSError:
        return False


def drop(index: Path, path: str) -> None:
    """Delete a page's file, and the folders that it leaves empty."""
    file = folder(index) / path
    file.unlink(missing_ok=True)
    for above in file.parents[: len(Path(path).parts) - 1]:
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


def _saved(item: Mapping[str, Any]) -> Saved:
    return Saved(**{name: str(item[name]) for name in Saved._fields})
