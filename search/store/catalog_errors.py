"""What can go wrong while a catalog is read."""

from __future__ import annotations

import sqlite3

from ..errors import CiteguideError, IndexBrokenError, TimeLimitError


def unreadable(error: sqlite3.Error) -> CiteguideError:
    """What SQLite's error stands for: it was stopped by the clock, or the file is damaged."""
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
        return too_late()
    return IndexBrokenError(f"the catalog cannot be read ({error})", "run 'citeguide index --full'")


def too_late() -> TimeLimitError:
    """The time is over that an answer may take."""
    return TimeLimitError("this takes longer than is allowed here", "ask for less: name a guide, a place or a column")


def inconsistent(what: str) -> IndexBrokenError:
    """The catalog speaks of something that it lacks."""
    return IndexBrokenError(f"the index lacks {what} of which it speaks", "run 'citeguide index --full'")
