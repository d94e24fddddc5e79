"""The default engine: BM25 over posting lists that Whoosh writes, merges and reads.

Whoosh keeps the files (terms, postings, lengths, columns); the scores are summed here, term by term over whole posting
lists. That is several times faster than walking Whoosh's tree of matchers, and the statistics count living passages
only, so that an index ranks the same whether it was built at once or in many steps.
"""

from __future__ import annotations

import pickle
import struct
import zlib
from array import array
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from heapq import nlargest
from itertools import compress
from math import log
from pathlib import Path

from whoosh import index
from whoosh.filedb.filetables import FileFormatError
from whoosh.reading import CorruptIndexError
from whoosh.util.numeric import byte_to_length

from ..errors import IndexBrokenError
from .base import Field, Hit
from .whoosh_files import Files, Segment, table_of_contents
from .whoosh_writer import WhooshWriter

NAME = "whoosh"

K1 = 0.9
"""How soon repeats of a word stop to count."""
B = 0.4
"""How much a passage's length counts: 0 not at all, 1 in full. Both as Anserini has them for passages."""


def open_reader(folder: Path) -> WhooshEngine:
    """Open a generation's engine files. Raises IndexBrokenError where they are damaged or foreign."""
    files = Files(folder)
    try:
        with _reading():
            return WhooshEngine(files)
    except IndexBrokenError:
        files.close()
        raise


def open_writer(folder: Path, *, fresh: bool) -> WhooshWriter:
    """Open for writing: a new index, or one laid over the files already in the folder."""
    return WhooshWriter(folder, fresh=fresh)


class WhooshEngine:
    """Passages of all segments under one run of numbers: a segment's own numbers moved by those of the ones before."""

    name = NAME

    def __init__(self, files: Files) -> None:
        self._files = files
        self._segments = [Segment(files, segment) for segment in table_of_contents(files)]
        self._starts = [sum(s.size for s in self._segments[:n]) for n in range(len(self._segments))]
        self._dead = {
            start + number
            for start, segment in zip(self._starts, self._segments, strict=True)
            for number in segment.dead
        }
        self._fields: dict[Field, _Lengths] = {}
        self._columns: dict[str, array[int]] = {}

    def rank(
        self,
        weights: Mapping[str, float],
        limit: int,
        *,
        field: Field = "text",
        documents: Collection[int] | None = None,
    ) -> list[Hit]:
        """The passages that hold any of these stems, best first; ties by passage number."""
        with _reading():
            scores = self._scores(weights, field)
            if documents is not None:
                of = self._column("document")
                scores = {number: score for number, score in scores.items() if of[number] in documents}
            return self._best(scores, limit)

    def passages_with(self, stem: str, field: Field = "text") -> int:
        """How many passages hold the stem (document frequency)."""
        with _reading():
            return len(self._postings(field, stem)[0]) if self._dead else self._frequency(field, stem)

    def passage_count(self, field: Field = "text") -> int:
        """How many passages there are with at least one stem in this field."""
        with _reading():
            return self._lengths(field).count

    def stems(self, field: Field = "text") -> Iterator[str]:
        """Every stem that a passage holds in this field, once, in order."""
        with _reading():
            found = sorted({stem for segment in self._segments for stem in segment.stems(field)})
            living = [stem for stem in found if self.passages_with(stem, field)] if self._dead else found
        return iter(living)

    def close(self) -> None:
        """Let go of the files."""
        self._files.close()

    def _scores(self, weights: Mapping[str, float], field: Field) -> dict[int, float]:
        """The BM25 score of every passage that holds a stem.

        S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with the idf that is
        never negative: ln(1 + (N - n + .5) / (n + .5)). Summed from the rarest stem on, always in the same order, as
        floating point sums depend on it.
        """
        lists = [(*self._postings(field, stem), stem) for stem in weights]
        lengths = self._lengths(field)
        scores: dict[int, float] = {}
        for numbers, counts, stem in sorted(
            (found for found in lists if found[0]), key=lambda found: (len(found[0]), found[2])
        ):
            idf = log(1 + (lengths.count - len(numbers) + 0.5) / (len(numbers) + 0.5))
            gain = idf * weights[stem] * (K1 + 1)
            once = [gain / (1 + norm) for norm in lengths.norms]
            for number, count in zip(numbers, counts, strict=True):
                length = lengths.codes[number]
                scores[number] = scores.get(number, 0.0) + (
                    once[length] if count == 1.0 else gain * count / (count + lengths.norms[length])
                )
        return scores

    def _best(self, scores: Mapping[int, float], limit: int) -> list[Hit]:
        if limit < 1 or not scores:
            return []
        least = nlargest(limit, scores.values())[-1]
        passages = self._column("passage")
        hits = [Hit(passages[number], score) for number, score in scores.items() if score >= least]
        return sorted(hits, key=lambda hit: (-hit.score, hit.passage))[:limit]

    def _postings(self, field: Field, stem: str) -> tuple[list[int], list[float]]:
        """The living passages that hold a stem, and how often each does."""
        numbers: list[int] = []
        counts: list[float] = []
        for start, segment in zip(self._starts, self._segments, strict=True):
            some, often = segment.postings(field, stem)
            numbers += [start + number for number in some] if start else some
            counts += often
        if not self._dead.isdisjoint(numbers):
            living = [number not in self._dead for number in numbers]
            return list(compress(numbers, living)), list(compress(counts, living))
        return numbers, counts

    def _frequency(self, field: Field, stem: str) -> int:
        return sum(segment.frequency(field, stem) for segment in self._segments)

    def _lengths(self, field: Field) -> _Lengths:
        if field not in self._fields:
            codes = b"".join(segment.lengths(field) for segment in self._segments)
            self._fields[field] = _Lengths(codes, self._dead)
        return self._fields[field]

    def _column(self, name: str) -> array[int]:
        if name not in self._columns:
            self._columns[name] = array("q", (n for segment in self._segments for n in segment.column(name)))
        return self._columns[name]


class _Lengths:
    """How long a field's passages are, as one-byte codes, and what BM25 makes of each code."""

    def __init__(self, codes: bytes, dead: Collection[int]) -> None:
        tally = Counter(codes)
        tally.subtract(codes[number] for number in dead)
        del tally[0]
        self.codes = codes
        self.count = sum(tally.values())
        total = sum(byte_to_length(code) * often for code, often in tally.items())
        average = total / self.count if self.count else 1.0
        self.norms = [K1 * (1 - B + B * byte_to_length(code) / average) for code in range(256)]


_DAMAGE = (
    ArithmeticError, AssertionError, AttributeError, CorruptIndexError, EOFError, FileFormatError, LookupError,
    MemoryError, OSError, TypeError, ValueError, index.IndexError, pickle.UnpicklingError, struct.error, zlib.error,
)  # fmt: skip
"""What Whoosh and its parsers were seen to raise on damaged files."""


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except _DAMAGE as error:
        raise IndexBrokenError(f"the index is damaged ({error})", "run 'citeguide index --full'") from error
