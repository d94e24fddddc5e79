"""Scores what an engine finds by BM25, exactly and for all engines alike, so that none of them changes an answer.

S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with the idf that is never
negative: ln(1 + (N - n + .5) / (n + .5)).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import chain
from math import log

from ...params import PARAMS
from .base import FIELDS, Engine, Field, Hit, Matched, Slip, Statistics, Wish

K1, B = PARAMS.bm25.k1, PARAMS.bm25.b
STEMS_REMEMBERED = 65_536
"""Stems whose statistics are kept; where more are asked for, all are forgotten and learned anew."""


_Key = tuple[frozenset[tuple[str, float]], int, Field, frozenset[int] | None]


class Ranker:
    """An engine as questions use it: it ranks, and remembers what it was told of stems, which never changes."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.name = engine.name
        self._known: dict[Field, Statistics] = {}
        self._holding: dict[Field, dict[str, int]] = {field: {} for field in FIELDS}
        self._expected: Callable[[], Collection[str]] = tuple
        self._foreseen: list[Callable[[], Sequence[Wish]]] = []
        self._found: dict[_Key, list[Hit]] = {}
        self._near: dict[tuple[tuple[Slip, ...], int], list[dict[str, list[Hit]]]] = {}

    def rank(
        self,
        weights: Mapping[str, float],
        limit: int,
        *,
        field: Field = "text",
        documents: Collection[int] | None = None,
    ) -> list[Hit]:
        """The passages that hold any of these stems, best first; ties by passage number."""
        return self.rank_all([Wish(weights, limit, field, documents)])[0]

    def rank_all(self, wishes: Sequence[Wish]) -> list[list[Hit]]:
        """The same for several wishes, in one call of the engine; in none where all of them were foreseen."""
        keys = list(map(_key, wishes))
        if all(key in self._found for key in keys):
            return [self._found[key] for key in keys]
        found = self._retrieve(wishes, ())
        return [self._best(wish, matched) for wish, matched in zip(wishes, found, strict=True)]

    def expect(self, stems: Callable[[], Collection[str]]) -> None:
        """Begin a question: say which stems it may come to. With the first of them all are learned of at once."""
        self._expected = stems
        self._foreseen.clear()
        self._found.clear()
        self._near.clear()

    def foresee(self, wishes: Callable[[], Sequence[Wish]]) -> None:
        """Say what the question will ask for later: it comes along with what is asked for next."""
        self._foreseen.append(wishes)

    def near(self, slips: Sequence[Slip], most: int, stems: Collection[str] = ()) -> list[dict[str, list[Hit]]]:
        """For each slip the stems that it may stand for, each with the best passages that hold it.

        How many hold each of ``stems`` is learned with them.
        """
        key = (tuple(slips), most)
        if key not in self._near:
            near, found = self.engine.near(slips, most, [stem for stem in stems if stem not in self._holding["text"]])
            self._learn(found.statistics)
            hits = (self._best(Wish({s: 1.0}, most), m) for s, m in zip(chain(*near), found.matched, strict=True))
            self._near[key] = [{stem: next(hits) for stem in group} for group in near]
        return self._near[key]

    def know(self, stems: Collection[str]) -> None:
        """Learn in one call of the engine how many passages hold each of these stems, where it is not known yet."""
        if not self._known or not all(stem in self._holding["text"] for stem in stems):
            self._retrieve((), stems)

    def passages_with(self, stem: str, field: Field = "text") -> int:
        """How many passages hold the stem (document frequency)."""
        self.know((stem,))
        return self._holding[field][stem]

    def passage_count(self, field: Field = "text") -> int:
        """How many passages there are with at least one stem in this field."""
        self.know(())
        return self._known[field].passages

    def stems(self, field: Field = "text", start: str = "") -> Iterator[str]:
        """Every stem that a passage holds in this field and that begins so, once, in order."""
        return self.engine.stems(field, start)

    def close(self) -> None:
        """Let go of the files."""
        self.engine.close()

    def _retrieve(self, wishes: Sequence[Wish], stems: Collection[str]) -> Sequence[Sequence[Matched]]:
        """Ask the engine, also for what is foreseen, and for what is not known of stems and of those expected."""
        expected, self._expected = self._expected, tuple
        later = [wish for foreseen in self._foreseen for wish in foreseen()]
        self._foreseen.clear()
        asked = {*stems, *expected(), *(stem for wish in (*wishes, *later) for stem in wish.weights)}
        if len(self._holding["text"]) + len(asked) > STEMS_REMEMBERED:
            self._holding = {field: {} for field in FIELDS}
        unknown = [stem for stem in asked if stem not in self._holding["text"]]
        found = self.engine.retrieve((*wishes, *later), unknown)
        self._learn(found.statistics)
        for wish, matched in zip(later, found.matched[len(wishes) :], strict=True):
            self._found[_key(wish)] = self._best(wish, matched)
        return found.matched[: len(wishes)]

    def _learn(self, statistics: Mapping[Field, Statistics]) -> None:
        for field, counted in statistics.items():
            self._holding[field].update(counted.holding)
            self._known[field] = counted._replace(holding=self._holding[field])

    def _best(self, wish: Wish, matched: Sequence[Matched]) -> list[Hit]:
        scorer = Scorer(wish.weights, self._known[wish.field])
        hits = [Hit(one.passage, scorer.score(one)) for one in matched]
        return sorted(hits, key=lambda hit: (-hit.score, hit.passage))[: max(wish.limit, 0)]


def _key(wish: Wish) -> _Key:
    """What makes two wishes one."""
    documents = None if wish.documents is None else frozenset(wish.documents)
    return frozenset(wish.weights.items()), wish.limit, wish.field, documents


class Scorer:
    """What passages score for a wish."""

    def __init__(self, weights: Mapping[str, float], known: Statistics) -> None:
        self._gains = gains(weights, known)
        self._known = known

    def score(self, matched: Matched) -> float:
        """The score of one passage."""
        counts, of_length = matched.counts, norm(matched.length, self._known)
        score = 0.0
        for stem, gain in self._gains:
            if count := counts.get(stem):
                score += gain * count / (count + of_length)
        return score


def gains(weights: Mapping[str, float], known: Statistics) -> list[tuple[str, float]]:
    """The stems that any passage holds, each with the bound of what it adds to a score however often it occurs.

    The rarest come first, and always in the same order, as floating point sums depend on it.
    """
    held = sorted((known.holding[stem], stem) for stem in weights if known.holding[stem])
    return [(stem, idf(often, known.passages) * weights[stem] * (K1 + 1)) for often, stem in held]


def norm(length: int, known: Statistics) -> float:
    """What a passage's length makes of the occurrences in it: so many count half of the bound."""
    return K1 * (1 - B + B * length / (known.length / known.passages))


def idf(holding: int, passages: int) -> float:
    """What the rarity of a stem counts that so many of so many passages hold."""
    return log(1 + (passages - holding + 0.5) / (holding + 0.5))
