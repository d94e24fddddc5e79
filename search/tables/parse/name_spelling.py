"""Which known word a misspelled one means."""

from __future__ import annotations

from collections.abc import Iterable

from ...text.edit_distance import distance

SHORTEST = 4
"""Letters of a word that may be read as another: shorter ones are near to too much."""
LONG = 8
"""Letters from which on two slips are forgiven, if the first letter is right."""


def nearest(word: str, known: Iterable[str], most: int = 2) -> tuple[str, ...]:
    """The known words that a misspelled one can mean: all at the smallest distance, if it is near enough.

    ``most`` is how many slips are forgiven at most.
    """
    found: list[str] = []
    best = most
    for other in known:
        allowed = min(best, _allowed(word, other))
        apart = distance(word, other, allowed)
        if not 0 < apart <= allowed:
            continue
        if apart < best:
            best, found = apart, []
        found.append(other)
    return tuple(found)


def _allowed(word: str, other: str) -> int:
    shorter = min(len(word), len(other))
    if shorter < SHORTEST:
        return 0
    return 2 if shorter >= LONG and word[0] == other[0] else 1
