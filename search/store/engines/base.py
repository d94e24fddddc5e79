"""What citeguide asks of a full-text engine. An engine ranks passage numbers by terms and knows no text."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

Field = Literal["text", "row"]
"""Passages of prose and table rows are ranked apart: their lengths and word statistics differ."""


class Hit(NamedTuple):
    """A passage and its BM25 score."""

    passage: int
    score: float


class Engine(Protocol):
    """The read side: opened on one generation folder, never changed. One per thread."""

    name: str

    def rank(
        self,
        weights: Mapping[str, float],
        limit: int,
        *,
        field: Field = "text",
        documents: Collection[int] | None = None,
    ) -> list[Hit]:
        """The passages that hold any of these stems, best first; ties by passage number."""
        ...

    def passages_with(self, stem: str, field: Field = "text") -> int:
        """How many passages hold the stem (document frequency)."""
        ...

    def passage_count(self, field: Field = "text") -> int:
        """How many passages there are."""
        ...

    def stems(self, field: Field = "text") -> Iterator[str]:
        """Every stem that a passage holds, once, in order."""
        ...

    def close(self) -> None:
        """Let go of the files."""
        ...


class EngineWriter(Protocol):
    """The write side: fills a generation folder, possibly on top of the hard-linked files of the one before."""

    def add(self, passage: int, document: int, stems: Sequence[str], field: Field = "text") -> None:
        """Index one passage under these stems (repeats count)."""
        ...

    def remove(self, document: int, *, replaced: bool = False) -> None:
        """Take out every passage that a document had before this writer.

        Where it is not merely ``replaced``, its stems are gone from the files too after the commit.
        """
        ...

    def commit(self) -> None:
        """Write everything; the folder is complete afterwards."""
        ...

    def cancel(self) -> None:
        """Give up; the folder is to be thrown away. After a commit there is nothing to give up."""
        ...


class ReaderModule(Protocol):
    """What an engine's reading module offers; ``engines.reader(name)`` finds it."""

    def open_reader(self, folder: Path) -> Engine:
        """Open for reading. Raises IndexBrokenError where the files are damaged or foreign."""
        ...


class WriterModule(Protocol):
    """What an engine's writing module offers; ``engines.writer(name)`` finds it."""

    def open_writer(self, folder: Path, *, fresh: bool) -> EngineWriter:
        """Open for writing: a new index, or one laid over the files already in the folder.

        Other generations share these files: they may be deleted or replaced, never changed.
        """
        ...
