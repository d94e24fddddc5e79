"""Nearness in meaning, as the search asks for it of an index with vectors. ``semantic/`` has it, an option."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple, Protocol


class Near(NamedTuple):
    """A passage and its cosine to the question."""

    passage: int
    cosine: float


class SentencePlace(NamedTuple):
    """A sentence of a passage, by its number in it, from 0."""

    passage: int
    number: int


class Meaning(Protocol):
    """The vectors of an index's passages, and the encoder that made them."""

    def nearest(self, text: str, limit: int, documents: Collection[int] | None = None) -> list[Near]:
        """The passages nearest in meaning, best first."""
        ...

    def cosines(self, text: str, passage: int) -> Sequence[float]:
        """The cosine of a passage, then of each of its sentences; nothing where it has no vectors."""
        ...

    def between(self, one: SentencePlace, other: SentencePlace) -> float:
        """The cosine of two sentences of passages; 0 where either has no vector."""
        ...
