"""The default engine: BM25 over posting lists that Whoosh writes and merges.

The scores are summed here, term by term over whole posting lists. That is several times faster than walking Whoosh's
tree of matchers, and the statistics count living passages only, so that an index ranks the same whether it was built at
once or in many steps.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from heapq import nlargest
from itertools import accumulate, compress
from math import log
from pathlib import Path

from ...errors import IndexBrokenError
from .base import Field, Hit
from .whoosh_files import DAMAGE, Segment, close_all, read_segments

NAME = "whoosh"

K1 = 0.9
"""How soon repeats of a word stop to count."""
B = 0.4
"""How much a passage's length counts: 0 not at all, 1 in full. Both as Anserini has them for passages."""


def open_reader(folder: Path) -> WhooshEngine:
    """Open a generation's engine files. Raises IndexBrokenError where they are damaged or foreign."""
    with _reading():
        return WhooshEngine(read_segments(folder))


class WhooshEngine:
    """Passages of all segments under one run of numbers: a segment's own numbers moved by those of the ones before."""

    name = NAME

    def __init__(self, segments: list[Segment]) -> None:
        self._segments = segments
        self._starts = list(accumulate((segment.size for segment in segments), initial=0))[:-1]
        self._dead = {
            start + number for start, segment in zip(self._starts, segments, strict=True) for number in segment.dead
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
            if self._dead:
                return len(self._postings(field, stem)[0])
            return sum(segment.frequency(field, stem) for segment in self._segments)

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
        close_all(self._segments)

    def _scores(self, weights: Mapping[str, float], field: Field) -> dict[int, float]:
        """The BM25 score of every passage that holds a stem.

        S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with the idf that is
        never negative: ln(1 + (N - n + .5) / (n + .5)). Summed from the rarest stem on, always in the same order, as
        floating point sums depend on it.
        """
        lists = [(*self._postings(field, stem), stem) for stem in weights]
        lengths = self._lengths(field)
        scores: dict[int, float] = {}
        for numbers, counts, stem in sorted(lists, key=lambda found: (len(found[0]), found[2])):
            idf = log(1 + (lengths.count - len(numbers) + 0.5) / (len(numbers) + 0.5))
            gain = idf * weights[stem] * (K1 + 1)
            once = {length: gain / (1 + norm) for length, norm in lengths.norms.items()} if numbers else {}
            for number, count in zip(numbers, counts, strict=True):
                length = lengths.of[number]
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

    def _lengths(self, field: Field) -> _Lengths:
        if field not in self._fields:
            self._fields[field] = _Lengths(self._joined(f"{field}_length", "H"), self._dead)
        return self._fields[field]

    def _column(self, name: str) -> array[int]:
        if name not in self._columns:
            self._columns[name] = self._joined(name, "q")
        return self._columns[name]

    def _joined(self, name: str, typecode: str) -> array[int]:
        values: array[int] = array(typecode)
        for segment in self._segments:
            values += segment.column(name, typecode)
        return values


class _Lengths:
    """How many stems each passage has in a field, and what BM25 makes of each length that occurs."""

    def __init__(self, of: array[int], dead: Collection[int]) -> None:
        tally = Counter(of)
        tally.subtract(of[number] for number in dead)
        del tally[0]
        self.of = of
        self.count = sum(tally.values())
        average = sum(length * often for length, often in tally.items()) / self.count if self.count else 1.0
        self.norms = {length: K1 * (1 - B + B * length / average) for length in tally}


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except DAMAGE as error:
        raise IndexBrokenError(f"the index is damaged ({error})", "run 'citeguide index --full'") from error
