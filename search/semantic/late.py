"""The meaning of an index that has vectors: libraries and model are loaded when the first question needs them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from importlib import import_module
from pathlib import Path

from ..meaning import Meaning, Near, SentencePlace
from . import models

PassagesOf = Callable[[Collection[int]], Collection[int]]
"""The numbers of documents' passages."""


def open_meaning(vectors: Path, passages_of: PassagesOf) -> Meaning | None:
    """What the vectors tell of meaning; None where the option is not installed."""
    return LateMeaning(vectors, passages_of) if models.can_run() else None


class LateMeaning:
    """Opened when first asked. Raises IndexBrokenError for damaged vectors, UsageError where their model is gone."""

    def __init__(self, vectors: Path, passages_of: PassagesOf) -> None:
        self._vectors = vectors
        self._passages_of = passages_of

    def nearest(self, text: str, limit: int, documents: Collection[int] | None = None) -> list[Near]:
        """The passages nearest in meaning, best first."""
        return self._opened.nearest(text, limit, None if documents is None else self._passages_of(documents))

    def cosines(self, text: str, passage: int) -> Sequence[float]:
        """The cosine of a passage, then of each of its sentences; nothing where it has no vectors."""
        return self._opened.cosines(text, passage)

    def between(self, one: SentencePlace, other: SentencePlace) -> float:
        """The cosine of two sentences of passages; 0 where either has no vector."""
        return self._opened.between(one, other)

    @cached_property
    def _opened(self) -> Meaning:
        opened: Meaning = import_module(".nearness", __package__).open_nearness(self._vectors)
        return opened
