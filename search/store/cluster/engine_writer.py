"""Fills the index of a generation's passages on a cluster: what is new, and what stays of the generation before.

Nothing is ever taken out of an index there: the next one is made without it. So no word of what was removed is left,
and none counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..engines.base import FIELDS, MAX_PASSAGE_LENGTH, Field, Statistics
from .bulk import Bulk
from .client import Cluster, readable
from .engine import written
from .parts import STEMS_A_PART
from .shelf import Vocabulary
from .totals import Total, listed, passage_line

PASSAGES_A_BULK = 2_000


class OpenSearchWriter:
    """Adds the passages of the next generation, whose index is there and empty."""

    def __init__(self, cluster: Cluster, index: str, base: str | None) -> None:
        self._cluster = cluster
        self._index = index
        self._base = base
        self._bulk = Bulk(cluster)
        self._removed: set[int] = set()
        self._stems: dict[Field, set[str]] = {field: set() for field in FIELDS}
        self.total = Total()
        self._counts = dict.fromkeys(FIELDS, 0)
        self._lengths = dict.fromkeys(FIELDS, 0)
        self.longest: dict[Field, int] = dict.fromkeys(FIELDS, 0)

    def add(self, passage: int, document: int, stems: Sequence[str], field: Field = "text") -> None:
        """Index one passage under these stems (repeats count)."""
        self._put({
            "number": passage, "document": document, "length": min(len(stems), MAX_PASSAGE_LENGTH),
            field: " ".join(map(written, stems)), **self._long(stems),
        }, field, stems)  # fmt: skip

    def remove(self, document: int, *, replaced: bool = False) -> None:  # noqa: ARG002 - either way nothing is left
        """Take over no passage that a document had before this writer."""
        self._removed.add(document)

    def commit(self) -> None:
        """Take over what stays, and write everything."""
        fields = ["number", "document", "length", "stems", *FIELDS]
        for source in listed(self._cluster, self._base, "number", fields, PASSAGES_A_BULK) if self._base else ():
            with readable():
                if source["document"] not in self._removed:
                    (field,) = [field for field in FIELDS if field in source]
                    self._put(source, field, [*map(str, source.get("stems") or _split(source[field]))])
        self._bulk.flush()

    def cancel(self) -> None:
        """Give up; the index is to be thrown away."""

    @property
    def statistics(self) -> dict[Field, Statistics]:
        """What BM25 needs to know of all passages together."""
        return {field: Statistics(self._counts[field], self._lengths[field], {}) for field in FIELDS}

    def vocabulary(self) -> tuple[Vocabulary, Iterator[tuple[str, list[list[str]]]]]:
        """The first stem of each part of the vocabulary, and the parts with their names."""
        ordered = {field: sorted(self._stems[field], key=lambda s: s.encode()) for field in FIELDS}
        firsts = {field: ordered[field][::STEMS_A_PART] for field in FIELDS}
        parts = (
            (f"stems-{field}-{n}", [[stem] for stem in ordered[field][n * STEMS_A_PART : (n + 1) * STEMS_A_PART]])
            for field in FIELDS
            for n in range(len(firsts[field]))
        )
        return firsts, parts

    def _long(self, stems: Sequence[str]) -> dict[str, Any]:
        """The stems themselves where a field does not have them as they are."""
        return {} if all(stem == written(stem) for stem in stems) else {"stems": list(stems)}

    def _put(self, source: dict[str, Any], field: Field, stems: Sequence[str]) -> None:
        self._bulk.add(self._index, str(source["number"]), source)
        self.total.add(passage_line(source))
        length = source["length"]
        if length:
            self._counts[field] += 1
            self._lengths[field] += length
            self.longest[field] = max(length, self.longest[field])
            self._stems[field].update(stems)


def _split(words: str) -> list[str]:
    return words.split(" ") if words else []
