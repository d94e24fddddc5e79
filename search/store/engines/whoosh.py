"""The default engine: posting lists that Whoosh writes and merges.

Candidates are told by their scores, summed term by term over whole posting lists. That is several times faster than
walking Whoosh's tree of matchers, and the statistics count living passages only, so that an index ranks the same
whether it was built at once or in many steps.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from heapq import nlargest
from itertools import accumulate, compress
from pathlib import Path

from ...errors import IndexBrokenError
from .base import FIELDS, Field, Matched, NearStems, Retrieved, Slip, Statistics, Wish
from .bm25 import gains, norm
from .near import near
from .whoosh_files import DAMAGE, Segment, close_all, read_segments

WHOOSH_NAME = "whoosh"

Postings = tuple[Sequence[int], Sequence[float]]
"""The living passages that hold a stem, in order, and how often each does."""

POSTINGS_KEPT = 300_000
"""Postings that are kept in memory, the last asked for: some 12 MB."""
FEW_DOCUMENTS = 256
"""Documents, and passages of them, up to which each is looked up in the posting lists."""
WORTH = 100
"""Postings of a list from which on it is worth knowing whether it must be read to the end."""
DEEP = 8
"""How many postings are gone through in the time in which one passage is looked up."""
BOUND_MARGIN = 1 + 1e-9
"""Sums of bounds are taken for so much more, as they are rounded otherwise than the scores."""


def open_reader(folder: Path) -> WhooshEngine:
    """Open a generation's engine files. Raises IndexBrokenError where they are damaged or foreign."""
    with _reading():
        return WhooshEngine(read_segments(folder))


class WhooshEngine:
    """Passages of all segments under one run of numbers: a segment's own numbers moved by those of the ones before."""

    name = WHOOSH_NAME

    def __init__(self, segments: list[Segment]) -> None:
        self._segments = segments
        self._starts = list(accumulate((segment.size for segment in segments), initial=0))[:-1]
        self._dead = {
            start + number for start, segment in zip(self._starts, segments, strict=True) for number in segment.dead
        }
        self._fields: dict[Field, _Lengths] = {}
        self._columns: dict[str, array[int]] = {}
        self._kept: dict[tuple[Field, str], Postings] = {}
        self._held = 0
        self._of_document: defaultdict[int, list[int]] | None = None

    def retrieve(self, wishes: Sequence[Wish], stems: Collection[str] = ()) -> Retrieved:
        """Passages for each wish, found by the very scores that they get later, and how many hold each stem."""
        with _reading():
            statistics = {field: self._statistics(stems, field) for field in FIELDS}
            return Retrieved(statistics, [self._matched(wish) for wish in wishes])

    def near(self, slips: Sequence[Slip], most: int, stems: Collection[str] = ()) -> NearStems:
        """What slips may stand for."""
        return near(self, slips, most, stems)

    def stems(self, field: Field = "text", start: str = "") -> Iterator[str]:
        """Every stem that a passage holds in this field and that begins so, once, in order."""
        with _reading():
            found = sorted({stem for segment in self._segments for stem in segment.stems(field, start)})
            living = [stem for stem in found if self._frequency(field, stem)] if self._dead else found
        return iter(living)

    def close(self) -> None:
        """Let go of the files."""
        close_all(self._segments)

    def _statistics(self, stems: Collection[str], field: Field) -> Statistics:
        lengths = self._lengths(field)
        holding = {stem: self._frequency(field, stem) if lengths.passages else 0 for stem in stems}
        return Statistics(lengths.passages, lengths.total, holding)

    def _matched(self, wish: Wish) -> list[Matched]:
        if wish.limit < 1:
            return []
        lists = {stem: self._postings(wish.field, stem) for stem in wish.weights}
        lengths = self._lengths(wish.field)
        most = gains(wish.weights, lengths.known(lists))
        if (few := self._few(wish.documents)) is not None:
            lists = {stem: _within(found, few) for stem, found in lists.items()}
            scores = _scores(most, lists, lengths, wish.limit)
        elif wish.documents is not None:
            of = self._column("document")
            every = _scores(most, lists, lengths, sys.maxsize)
            scores = {number: score for number, score in every.items() if of[number] in wish.documents}
        else:
            scores = _scores(most, lists, lengths, wish.limit)
        passages = self._column("passage")
        return [
            Matched(passages[number], lengths.of[number], dict(_counts(lists, number)))
            for number in self._best(scores, wish.limit)
        ]

    def _few(self, documents: Collection[int] | None) -> list[int] | None:
        """The numbers of the passages of these documents, in order, where there are few."""
        if documents is None or len(documents) > FEW_DOCUMENTS:
            return None
        if self._of_document is None:
            self._of_document = defaultdict(list)
            for number, document in enumerate(self._column("document")):
                self._of_document[document].append(number)
        found = [number for document in documents for number in self._of_document.get(document, ())]
        return sorted(found) if len(found) <= FEW_DOCUMENTS else None

    def _best(self, scores: Mapping[int, float], limit: int) -> list[int]:
        """The best passages by the segments' numbers; of equals those with the lowest numbers of their own."""
        if not scores:
            return []
        least = nlargest(limit, scores.values())[-1]
        passages = self._column("passage")
        found = [number for number, score in scores.items() if score >= least]
        return sorted(found, key=lambda number: (-scores[number], passages[number]))[:limit]

    def _frequency(self, field: Field, stem: str) -> int:
        if self._dead:
            return len(self._postings(field, stem)[0])
        return sum(segment.frequency(field, stem) for segment in self._segments)

    def _postings(self, field: Field, stem: str) -> Postings:
        """Kept for the next wish and the next question: words that are asked for once are asked for again."""
        if (found := self._kept.pop((field, stem), None)) is None:
            numbers, counts = self._read_postings(field, stem)
            found = tuple(numbers), tuple(counts)  # which Python does not look through for garbage, as it does lists
            self._held += len(found[0])
        self._kept[field, stem] = found
        while self._held > POSTINGS_KEPT:
            oldest, _ = self._kept.pop(next(iter(self._kept)))
            self._held -= len(oldest)
        return found

    def _read_postings(self, field: Field, stem: str) -> Postings:
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
    """How many stems each passage has in a field."""

    def __init__(self, of: array[int], dead: Collection[int]) -> None:
        tally = Counter(of)
        tally.subtract(of[number] for number in dead)
        del tally[0]
        self.of = of
        self.passages = sum(tally.values())
        self.total = sum(length * often for length, often in tally.items())
        known = self.known({})
        self.norms = {length: norm(length, known) for length in tally} if self.passages else {}
        self.least = min(self.norms.values(), default=0.0)

    def known(self, lists: Mapping[str, Postings]) -> Statistics:
        """The field's statistics with these stems."""
        return Statistics(self.passages, self.total, {stem: len(found[0]) for stem, found in lists.items()})


def _scores(
    most: Sequence[tuple[str, float]], lists: Mapping[str, Postings], lengths: _Lengths, limit: int
) -> dict[int, float]:
    """The score of every passage that holds a stem, but of those that cannot be among the best.

    H. Turtle, J. Flood, "Query evaluation: strategies and optimizations" (1995): once what the stems still to come can
    add is less than what the best have, no passage that holds only these can be among the best.
    """
    bounds = [_bound(gain, lists[stem][1], lengths.least) for stem, gain in most]
    left = [BOUND_MARGIN * total for total in accumulate(reversed(bounds))][::-1]
    scores: dict[int, float] = {}
    reached, closed = 0.0, False
    for (stem, gain), bound, to_come in zip(most, bounds, left, strict=True):
        numbers, counts = lists[stem]
        if to_come < reached and len(scores) > limit and len(numbers) > limit + WORTH:
            least = nlargest(limit, scores.values())[-1]
            if closed := closed or to_come < least:
                scores = {number: score for number, score in scores.items() if score + to_come >= least}
        if closed and len(scores) * DEEP < len(numbers):
            numbers, counts = _within(lists[stem], sorted(scores))
        elif closed:
            held = list(map(scores.__contains__, numbers))
            numbers, counts = list(compress(numbers, held)), list(compress(counts, held))
        if len(numbers) < len(lengths.norms):
            for number, count in zip(numbers, counts, strict=True):
                scores[number] = scores.get(number, 0.0) + gain * count / (count + lengths.norms[lengths.of[number]])
        else:
            once = {length: gain / (1 + norm) for length, norm in lengths.norms.items()}
            for number, count in zip(numbers, counts, strict=True):
                length = lengths.of[number]
                scores[number] = scores.get(number, 0.0) + (
                    once[length] if count == 1.0 else gain * count / (count + lengths.norms[length])
                )
        reached += BOUND_MARGIN * bound
    return scores


def _bound(gain: float, counts: Sequence[float], least: float) -> float:
    """What a stem adds to a score at most: where it occurs most often, in the shortest passage."""
    most = max(counts, default=0.0)
    return gain * most / (most + least) if most else 0.0


def _within(postings: Postings, few: Sequence[int]) -> Postings:
    """The postings of these passages alone."""
    numbers, counts = postings
    places = [(bisect_left(numbers, number), number) for number in few]
    held = [at for at, number in places if at < len(numbers) and numbers[at] == number]
    return [numbers[at] for at in held], [counts[at] for at in held]


def _counts(lists: Mapping[str, Postings], number: int) -> Iterator[tuple[str, float]]:
    """How often a passage holds each stem that it holds."""
    for stem, (numbers, counts) in lists.items():
        at = bisect_left(numbers, number)
        if at < len(numbers) and numbers[at] == number:
            yield stem, counts[at]


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except DAMAGE as error:
        raise IndexBrokenError(f"the index is damaged ({error})", "run 'citeguide index --full'") from error
