"""How the pages write what the index holds in short."""

from __future__ import annotations

from datetime import UTC, datetime

from ..search.lang.lexicon import MONTHS


def day(date: str) -> str:
    """An ISO date, month or year as people write it: "2024-05-09" is "9 May 2024"; anything else stays as it is."""
    year, *rest = date.split("-")
    if not rest or not all(part.isdigit() for part in rest) or not 1 <= int(rest[0]) <= 12:
        return date
    return " ".join([*(str(int(part)) for part in rest[1:2]), MONTHS[int(rest[0]) - 1], year])


def today() -> str:
    """This day, for a handout that says when it was made."""
    return day(datetime.now(UTC).date().isoformat())
