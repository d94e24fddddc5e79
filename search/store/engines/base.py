"""What citeguide asks of a full-text engine. An engine finds passages by terms and counts; bm25.py scores.

Every question to it is one for many things at once, so that an engine on another machine answers in one trip.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

Field = Literal["text", "row"]
"""Passages of prose and table rows are ranked apart: their lengths and word statistics differ."""
FIELDS: tuple[Field, ...] = ("text", "row")
MAX_PASSAGE_LENGTH = 65_535
"""A passage of more stems than this counts as so long."""
MAX_DEAD = 0.2
"""The share of removed passages from which on a part of an index is written anew."""


class Hit(NamedTuple):
    """A passage and its BM25 score."""

    passage: int
    score: float


class Statistics(NamedTuple):
    """Of one field, what BM25 needs to know of all passages together; those that were removed do not count."""

    passages: int
    """How many have at least one stem in this field."""
    length: int
    """How many stems these have, repeats counted."""
    holding: Mapping[str, int]
    """For each stem that was asked for, how many passages hold it."""


class Wish(NamedTuple):
    """The best passages for some stems: what each weighs, how many, of which field and documents (None: all)."""

    weights: Mapping[str, float]
    limit: int
    field: Field = "text"
    documents: Collection[int] | None = None


class Matched(NamedTuple):
    """A passage that holds stems of a wish, with what BM25 needs to know of it."""

    passage: int
    length: int
    """How many stems it has in the field, repeats counted."""
    counts: Mapping[str, float]
    """How often it holds each stem of the wish, those left out that it lacks."""


class Retrieved(NamedTuple):
    """What comes back of one call."""

    statistics: Mapping[Field, Statistics]
    """Of every field."""
    matched: Sequence[Sequence[Matched]]
    """For each wish passages in any order, among them the best ``limit`` by BM25 (bm25.py), of equals those with the
    lowest numbers. An engine that scores otherwise gives so many more that these are among them."""


class Slip(NamedTuple):
    """A stem that no passage holds, and how many letters of it may be wrong; the first one is right."""

    stem: str
    edits: int


class NearStems(NamedTuple):
    """What comes back for slips: for each the stems of prose that are near, and passages for all of these in order."""

    stems: Sequence[Sequence[str]]
    found: Retrieved


class Engine(Protocol):
    """The read side: opened on one generation, never changed. One per thread."""

    name: str

    def retrieve(self, wishes: Sequence[Wish], stems: Collection[str] = ()) -> Retrieved:
        """Passages for each wish, and how many hold each of these stems, which need not be those of the wishes."""
        ...

    def near(self, slips: Sequence[Slip], most: int, stems: Collection[str] = ()) -> NearStems:
        """The stems that slips may stand for (near.py), each with the best passages that hold it, ``most`` of them, and
        how many hold each of ``stems`` besides."""
        ...

    def stems(self, field: Field = "text", start: str = "") -> Iterator[str]:
        """Every stem that a passage holds and that begins so, once, in order."""
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
