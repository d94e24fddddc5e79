"""What turns text into vectors: the protocol, and how a passage and its sentences are embedded in one reading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol, TypeAlias

Vectors: TypeAlias = Any
"""A numpy array of float32, a row for each vector; numpy comes with the option."""
Rows: TypeAlias = Any
"""A numpy array of int8: vectors as they are kept."""


class Model(NamedTuple):
    """Which model made a vector: its name for people, the SHA-256 of its file, and the folder it lies in."""

    name: str
    sha256: str
    folder: str


class Encoder(Protocol):
    """Turns texts into vectors of length 1 whose product says how near two texts are in meaning."""

    model: Model

    def question(self, text: str) -> Vectors:
        """A question's vector."""
        ...

    def passage(self, above: str, text: str, sentences: Sequence[tuple[int, int]]) -> Vectors:
        """The vectors of a passage below its heading, a row for the whole and one for each sentence (spans of it).

        The sentences are read in their passage: a sentence's vector knows what stands around it.
        """
        ...
