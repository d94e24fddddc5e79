"""Nearness in meaning over one index: its vectors, and the encoder that made them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from ..errors import UsageError
from ..meaning import Near, SentencePlace
from .encoder import Encoder, Rows, Vectors
from .models import open_encoder
from .vector_file import VectorFile, read


class Nearness:
    """Answers what the search asks of meaning; where ``passages`` are given, of these alone."""

    def __init__(self, file: VectorFile, encoder: Encoder) -> None:
        self._file = file
        self._vector = lru_cache(maxsize=64)(encoder.question)

    def nearest(self, text: str, limit: int, passages: Collection[int] | None = None) -> list[Near]:
        """The passages nearest in meaning, best first."""
        if not len(self._file.passages):  # guides of tables alone
            return []
        cosines = self._whole @ self._vector(text)
        if passages is not None:
            cosines = np.where(np.isin(self._file.passages, list(passages)), cosines, -2.0)
        best = np.argsort(-cosines, kind="stable")[:limit]
        return [Near(int(self._file.passages[n]), float(cosines[n])) for n in best if cosines[n] > -2.0]

    def cosines(self, text: str, passage: int) -> Sequence[float]:
        """The cosine of a passage, then of each of its sentences; nothing where it has no vectors."""
        rows = self._file.of(passage)
        return [] if rows is None else (_units(rows) @ self._vector(text)).tolist()

    def between(self, one: SentencePlace, other: SentencePlace) -> float:
        """The cosine of two sentences of passages; 0 where either has no vector."""
        rows = [self._file.of(place.passage) for place in (one, other)]
        a, b = (r[place.number + 1 :][:1] if r is not None else () for r, place in zip(rows, (one, other), strict=True))
        return float((_units(a) @ _units(b).T)[0, 0]) if len(a) and len(b) else 0.0

    @cached_property
    def _whole(self) -> Vectors:
        """The passages' own vectors."""
        return _units(self._file.rows[self._file.starts[:-1]])


def open_nearness(path: Path) -> Nearness:
    """The nearness of an index's vectors. Raises UsageError where the model that made them is not to be had."""
    file = read(path)
    folder = Path(file.model.folder)
    encoder = open_encoder(folder if folder.is_dir() else None)
    if encoder.model.sha256 != file.model.sha256:
        raise UsageError(
            "the index's vectors were made by a model that is not here",
            "run 'citeguide index' to make them anew, or 'citeguide index --lexical' to do without",
        )
    return Nearness(file, encoder)


def _units(rows: Rows) -> Vectors:
    vectors = rows.astype(np.float32)
    found: Vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return found
