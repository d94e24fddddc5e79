"""Tantivy as an engine, for more passages than Whoosh is quick with: its own scores find, ours rank.

Its BM25 has other constants, and it rounds lengths. By how much a score of ours can exceed one of its own follows from
a passage's length, so it is known which passages may be among the best, and whether one that was left out may.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from heapq import heappush, heapreplace
from pathlib import Path

from tantivy import DocAddress, Index, Occur, Order, Query

from .base import FIELDS, Field, Matched, NearStems, Retrieved, Slip, Statistics, Wish
from .bm25 import K1, B, Scorer, idf
from .near import near
from .tantivy_files import (
    DOCUMENT_FIELD,
    NUMBER_FIELD,
    Counts,
    DamageGuard,
    length_of,
    opened,
    read,
    read_counts,
    stems_of,
    written,
)

TANTIVY_NAME = "tantivy"

OWN_K1, OWN_B = 1.2, 0.75
"""The constants of its BM25, which cannot be set."""
SCORE_MARGIN = 1.02
"""By how much its sums may differ from what follows from them: they are rounded, and count some that were removed."""
LEAST_LOOKED_AT, LOOKED_AT_TIMES, LOOKED_AGAIN_TIMES = 500, 5, 4
"""Passages that it is asked for: so many at least, so many times those that are wanted, and how many times more where
these do not do."""
MOST_LOOKED_AT = 20_000
"""Passages past which no more are asked for: where so many are about equally good, the lowest numbers are looked at."""
READ = 2_000
"""Passages that are scored at most for a wish, beside those that are wanted."""


def open_reader(folder: Path) -> TantivyEngine:
    """Open a generation's engine files. Raises IndexBrokenError where they are damaged or foreign."""
    with DamageGuard():
        return TantivyEngine(opened(folder), read_counts(folder))


class TantivyEngine:
    """One index, with what its writer counted."""

    name = TANTIVY_NAME

    def __init__(self, index: Index, counts: Counts) -> None:
        self._searcher = index.searcher()
        self._schema = index.schema
        self._counts = counts

    def retrieve(self, wishes: Sequence[Wish], stems: Collection[str] = ()) -> Retrieved:
        """Passages for each wish, and how many hold each of these stems."""
        with DamageGuard():
            statistics = {field: self._statistics(field, stems) for field in FIELDS}
            return Retrieved(statistics, [self._matched(wish) for wish in wishes])

    def near(self, slips: Sequence[Slip], most: int, stems: Collection[str] = ()) -> NearStems:
        """What slips may stand for."""
        return near(self, slips, most, stems)

    def stems(self, field: Field = "text", start: str = "") -> Iterator[str]:
        """Every stem that a passage holds in this field and that begins so, once, in order."""
        with DamageGuard():
            terms = [read(term) for term, _ in self._searcher.terms_with_prefix(field, written(start))]
            found = [stem for stem in terms if self._frequency(field, stem)] if self._counts.dead else terms
        return iter(sorted(found, key=str.encode))

    def close(self) -> None:
        """Nothing is held that the memory's own keeper does not let go of."""

    def _statistics(self, field: Field, stems: Collection[str]) -> Statistics:
        passages, length = self._counts.passages[field], self._counts.lengths[field]
        return Statistics(passages, length, {s: self._frequency(field, s) if passages else 0 for s in stems})

    def _frequency(self, field: Field, stem: str) -> int:
        """How many living passages hold a stem: where none is dead, the index knows without looking."""
        if not self._counts.dead:
            return self._searcher.doc_freq(field, written(stem))
        found = self._searcher.search(self._term(field, stem), 1)
        return int(found.count)  # type: ignore[attr-defined] # its stub lacks what its documentation has

    def _matched(self, wish: Wish) -> list[Matched]:
        if wish.limit < 1 or not wish.weights:
            return []
        known = self._statistics(wish.field, wish.weights)
        query = self._query(wish, known)
        scored: dict[int, tuple[float, Matched]] = {}
        most = max(LEAST_LOOKED_AT, LOOKED_AT_TIMES * wish.limit)
        while True:
            hits = self._searcher.search(query, most, count=False).hits
            least = self._score(hits, wish, known, scored)
            if len(hits) < most or hits[-1][0] * self._excess(self._counts.longest[wish.field], known) < least:
                break
            if most > MOST_LOOKED_AT:
                found = self._searcher.search(
                    query, most, count=False, order_by_field=NUMBER_FIELD, order=Order.Asc
                ).hits
                self._score([(0.0, address) for _, address in found], wish, known, scored)
                break
            most *= LOOKED_AGAIN_TIMES
        return [matched for _, matched in scored.values()]

    def _score(
        self,
        hits: Sequence[tuple[float, DocAddress]],
        wish: Wish,
        known: Statistics,
        scored: dict[int, tuple[float, Matched]],
    ) -> float:
        """Score those that may be among the best, most promising first; gives what the last of the best has."""
        scorer = Scorer(wish.weights, known)
        addresses = [address for _, address in hits]
        numbers = self._numbers(NUMBER_FIELD, addresses)
        lengths = self._numbers(length_of(wish.field), addresses)
        excess = {length: self._excess(length, known) for length in set(lengths)}
        best = sorted(each for each, _ in scored.values())[-wish.limit :]
        order = sorted(
            (-own * excess[length], number, length, address)
            for (own, address), number, length in zip(hits, numbers, lengths, strict=True)
            if number not in scored
        )
        for bound, number, length, address in order[: wish.limit + READ]:
            if len(best) == wish.limit and -bound < best[0]:
                break
            matched = Matched(number, length, self._held(address, wish))
            here = scorer.score(matched)
            scored[number] = here, matched
            if len(best) < wish.limit:
                heappush(best, here)
            elif here > best[0]:
                heapreplace(best, here)
        return best[0] if len(best) == wish.limit else 0.0

    def _excess(self, length: int, known: Statistics) -> float:
        """How many times its own score ours can be for a passage of this length, at most, however often a stem occurs.

        It takes passages without stems in a field for short ones, so that its average is less than ours.
        """
        every = self._searcher.num_docs + self._counts.dead
        norm = K1 * (1 - B + B * length * known.passages / known.length)
        own = OWN_K1 * (1 - OWN_B + OWN_B * length * every / known.length)
        return SCORE_MARGIN * (K1 + 1) / (OWN_K1 + 1) * max(1.0, (1 + own) / (1 + norm))

    def _numbers(self, field: str, addresses: list[DocAddress]) -> list[int]:
        return [int(value or 0) for value in self._searcher.fast_field_values(field, addresses)]

    def _held(self, address: DocAddress, wish: Wish) -> Counter[str]:
        return Counter(filter(wish.weights.__contains__, map(read, stems_of(self._searcher, address))))

    def _query(self, wish: Wish, known: Statistics) -> Query:
        """Any of the stems, weighed so that with its own rarity each counts what it does with ours."""
        terms = [
            (Occur.Should, Query.boost_query(self._term(wish.field, stem), weight * ours / self._own_idf(stem, wish)))
            for stem, weight in wish.weights.items()
            if (ours := known.holding[stem] and idf(known.holding[stem], known.passages))
        ]
        query = Query.boolean_query(terms)
        if wish.documents is None:
            return query
        allowed = Query.term_set_query(self._schema, DOCUMENT_FIELD, sorted(wish.documents))
        return Query.boolean_query([(Occur.Must, query), (Occur.Must, Query.const_score_query(allowed, 0.0))])

    def _own_idf(self, stem: str, wish: Wish) -> float:
        every = self._searcher.num_docs + self._counts.dead
        return idf(self._searcher.doc_freq(wish.field, written(stem)), every)

    def _term(self, field: Field, stem: str) -> Query:
        return Query.term_query(self._schema, field, written(stem), "freq")
