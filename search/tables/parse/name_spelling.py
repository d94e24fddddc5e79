"""Which known word a misspelled one means."""

from __future__ import annotations

from collections.abc import Iterable

from ...params import SpellingParams
from ...text.edit_distance import distance


def nearest(word: str, known: Iterable[str], params: SpellingParams, most: int = 2) -> tuple[str, ...]:
    """The known words that a misspelled one can mean: all at the smallest distance, if it is near enough.

    ``most`` is how many slips are forgiven at most.
    """
    found: list[str] = []
    best = most
    for other in known:
        allowed = min(best, _allowed(word, other, params))
        apart = distance(word, other, allowed)
        if not 0 < apart <= allowed:
            continue
        if apart < best:
            best, found = apart, []
        found.append(other)
    return tuple(found)


def _allowed(word: str, other: str, params: SpellingParams) -> int:
    shorter = min(len(word), len(other))
    if shorter < params.shortest_name:
        return 0
    return 2 if shorter >= params.two_edits_name and word[0] == other[0] else 1
