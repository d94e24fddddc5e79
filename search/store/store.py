"""Where the records of a catalog are: all in one file, or on a cluster and here as far as questions needed them.

The catalog asks in SQL, and says before each statement what that will read. A store whose records lie elsewhere brings
what is missing, much of it in one trip; so both give the same answers, as they run the same statements.
"""

# ruff: noqa: ARG002 - what a method is told is of use to stores that lack it

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Literal, Protocol

from ..model import Span
from .columns import ALL_WORDS, Kind, Words
from .database import connect
from .records import QUESTIONS

Counted = Literal["passages", "tables", "doubts"]


class Store(Protocol):
    """Records in tables of ``schema.sql``; one thread's. What each method names is in ``db`` when it returns.

    Documents, tables and skipped files are there from the beginning. Here nothing is ever missing.
    """

    db: sqlite3.Connection

    def guides(self, documents: Collection[int]) -> None:
        """All that these guides say: texts, passages and rows, headings, pages, doubts."""
        return

    def facts(self, document: int) -> None:
        """A guide's headings, pages and doubts."""
        return

    def passages(self, numbers: Collection[int]) -> None:
        """These passages with their texts, and the rows that they are."""
        return

    def around(self, document: int, span: Span) -> None:
        """The texts, passages and rows that a span of a guide touches, and what stands last before it."""
        return

    def tables(self, tables: Collection[int]) -> None:
        """What knowing these tables takes, at once: rows and columns of small ones, what large ones begin with."""
        return

    def rows(self, table: int, numbers: Collection[int] | None = None) -> None:
        """These rows of a table, or all."""
        return

    def column(self, table: int, column: int, kind: Kind) -> None:
        """A column's array and order."""
        return

    def words(self, table: int, column: int | None = None, which: Words = ALL_WORDS) -> None:
        """Folded texts with the rows that hold them, of one column or all."""
        return

    def start_anew(self) -> None:
        """Something else is asked: what was brought for others may go."""
        return

    def counts(self, what: Counted) -> Mapping[int, int]:
        """How many of these each document has; documents without any may be left out."""
        ...

    def questions(self, most: int) -> Sequence[str]:
        """Headings that end with a question mark, in the guides' order, at most so many."""
        ...

    def key_count(self, table: int, column: int) -> int:
        """How many distinct folded texts a column has."""
        ...

    def close(self) -> None:
        """Let go of it."""
        self.db.close()


class FileStore(Store):
    """A generation's catalog file, to be read as it is. Raises IndexBrokenError where it is none."""

    def __init__(self, path: Path) -> None:
        self.db = connect(path)

    def counts(self, what: Counted) -> Mapping[int, int]:
        """How many of these each document has; documents without any are left out."""
        return dict(self.db.execute(f"SELECT document, count(*) FROM {what} GROUP BY document"))  # noqa: S608 - ours

    def questions(self, most: int) -> Sequence[str]:
        """Headings that end with a question mark, in the guides' order, at most so many."""
        return [heading for (heading,) in self.db.execute(QUESTIONS, (most,))]

    def key_count(self, table: int, column: int) -> int:
        """How many distinct folded texts a column has."""
        counted = "SELECT count(*) FROM keys WHERE table_id = ? AND col = ?"
        return int(self.db.execute(counted, (table, column)).fetchone()[0])
