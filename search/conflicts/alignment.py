"""How far a word of one sentence has a counterpart among the words of another, by their vectors."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from ..comparison_params import ComparisonParams
from ..lang.word_vectors import word_vector


def counterpart(word: str, others: Collection[str], params: ComparisonParams) -> float:
    """How near in meaning the nearest of some stems is to this one, from 0 to 1; a number has no near ones."""
    if word in others:
        return 1.0
    return 0.0 if word[0].isdigit() else max((_likeness(word, other, params) for other in others), default=0.0)


@lru_cache(maxsize=65_536)
def cosine(word: str, other: str) -> float:
    """The cosine of two stems; 0 where one has no vector."""
    return word_vector(word).cosine(word_vector(other))


def _likeness(word: str, other: str, params: ComparisonParams) -> float:
    """From 0, for a cosine that any two words may have, to 1, for one of two that mean the same."""
    return min(1.0, max(0.0, (cosine(word, other) - params.unlike) / (params.same - params.unlike)))
