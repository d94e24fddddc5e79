"""Opens a catalog's SQLite file as what it may be: data from elsewhere, in tables of ours and nothing else.

SQLite runs what a file's schema says: views, triggers, expressions in indexes. So the schema must be the one that
``schema.sql`` makes, word for word. Values have a largest length, and what is read can be stopped by the clock.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path

from ..errors import IndexBrokenError
from .schema import schema

MAX_VALUE = 320 * 2**20
"""Bytes of one value, or one record: more than the longest guide has in any encoding."""


def connect(path: Path, *, write: bool = False) -> sqlite3.Connection:
    """A catalog file that is there, to be read as it is, or changed. Raises IndexBrokenError where it is none."""
    try:
        mode = "mode=rw" if write else "mode=ro&immutable=1"
        db = sqlite3.connect(
            f"{path.absolute().as_uri()}?{mode}", uri=True, check_same_thread=False, isolation_level=None
        )
        _restrict(db)
        if set(db.execute(_STATEMENTS)) != _ours():
            db.close()
            raise IndexBrokenError(f"{path} holds other tables than a catalog has", "run 'citeguide index --full'")
    except sqlite3.Error as error:
        raise IndexBrokenError(
            f"the catalog {path} cannot be read ({error})", "run 'citeguide index --full'"
        ) from error
    return db


def create(path: Path | str, *, shared: bool = False) -> sqlite3.Connection:
    """A new catalog with empty tables, in a file or, as ``:memory:``, in none.

    One that is ``shared`` is handed from thread to thread, as those that were opened are.
    """
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=not shared)
    _restrict(db)
    db.executescript(schema())
    return db


def _restrict(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA trusted_schema = OFF")
    db.execute("PRAGMA cell_size_check = ON")
    db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE)


@cache
def _ours() -> frozenset[tuple[str, str, str]]:
    """Every table and index that a catalog has, as SQLite keeps them."""
    with closing(create(":memory:")) as db:
        return frozenset(db.execute(_STATEMENTS))


_STATEMENTS = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
