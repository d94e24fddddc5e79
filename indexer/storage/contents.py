"""What the index holds already, as far as the next update needs to know."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ...search.store.database import connect
from ..files.sources import whole_path
from ..report import Failure


class Facts(NamedTuple):
    """What identifies a guide's file as it was read; ``root`` and ``path`` as in ``model.Document``."""

    root: str
    path: str
    size: int
    mtime_ns: int
    """0 where the file was so fresh that a later change might not show in its time."""
    sha256: str = ""


class Known(NamedTuple):
    """A guide that the catalog holds: its facts, and its document's number."""

    root: str
    path: str
    size: int
    mtime_ns: int
    sha256: str
    document: int

    @property
    def file(self) -> str:
        """Its whole path."""
        return whole_path(self.root, self.path)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a catalog holds, as far as the next update needs to know."""

    documents: tuple[Known, ...] = ()
    skipped: tuple[Failure, ...] = ()
    passages: int = 0
    tables: int = 0


def contents(path: Path) -> Contents:
    """What the catalog of a complete generation holds."""
    with closing(connect(path)) as db:
        failures = db.execute("SELECT path, reason, remedy, size >= 0, size, mtime_ns FROM skipped ORDER BY path")
        return Contents(tuple(documents(db)), tuple(Failure(*row) for row in failures), *counts(db))


def documents(db: sqlite3.Connection) -> Iterator[Known]:
    """The guides that a catalog holds."""
    found = db.execute("SELECT root, path, size, mtime_ns, lower(hex(sha256)), id FROM documents")
    return map(Known._make, found)


def counts(db: sqlite3.Connection) -> tuple[int, int]:
    """How many passages and how many tables a catalog holds."""
    passages, tables = db.execute("SELECT (SELECT count(*) FROM passages), (SELECT count(*) FROM tables)").fetchone()
    return passages, tables
