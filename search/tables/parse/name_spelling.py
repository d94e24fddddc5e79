"""How far two words are apart, and which known word a misspelled one means."""

from __future__ import annotations

from collections.abc import Iterable

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
        apart = distance(word, other, min(best, _allowed(word, other)))
        if not apart:
            continue
        if apart < best:
            best, found = apart, []
        found.append(other)
    return tuple(found)


def distance(one: str, other: str, limit: int) -> int | None:
    """Letters to change, insert, drop or swap with their neighbour, each part at most once; None above ``limit``.

    This is the restricted Damerau-Levenshtein distance ("optimal string alignment").
    """
    if abs(len(one) - len(other)) > limit:
        return None
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        last, row, older = row, [i], before
        for j, b in enumerate(other, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return None
        before = last
    return row[-1] if row[-1] <= limit else None


def _allowed(word: str, other: str) -> int:
    shorter = min(len(word), len(other))
    if shorter < SHORTEST:
        return 0
    return 2 if shorter >= LONG and word[0] == other[0] else 1
