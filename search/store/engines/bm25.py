"""Scores what an engine finds by BM25, exactly and for all engines alike, so that none of them changes an answer.

S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with the idf that is never
negative: ln(1 + (N - n + .5) / (n + .5)).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from math import log

from .base import FIELDS, Engine, Field, Hit, Matched, Statistics, Wish

K1 = 0.9
"""How soon repeats of a word stop to count."""
B = 0.4
"""How much a passage's length counts: 0 not at all, 1 in full. Both as Anserini has them for passages."""
REMEMBERED = 65_536
"""Stems whose statistics are kept; where more are asked for, all are forgotten and learned anew."""


class Ranker:
    """An engine as questions use it: it ranks, and remembers what it was told of stems, which never changes."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.name = engine.name
        self._known: dict[Field, Statistics] = {}
        self._holding: dict[Field, dict[str, int]] = {field: {} for field in FIELDS}
        self._expected: Callable[[], Collection[str]] = tuple

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
        """The same for several wishes, in one call of the engine."""
        found = self._retrieve(wishes, {stem for wish in wishes for stem in wish.weights})
        return [self._best(wish, matched) for wish, matched in zip(wishes, found, strict=True)]

    def expect(self, stems: Callable[[], Collection[str]]) -> None:
        """Say which stems a question may come to: when the first of them is asked for, all are learned of at once."""
        self._expected = stems

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
        """Ask the engine, also for what is not known of these stems and of those that are expected."""
        expected, self._expected = self._expected, tuple
        asked = {*stems, *expected()}
        if len(self._holding["text"]) + len(asked) > REMEMBERED:
            self._holding = {field: {} for field in FIELDS}
        found = self.engine.retrieve(wishes, [stem for stem in asked if stem not in self._holding["text"]])
        for field, counted in found.statistics.items():
            self._holding[field].update(counted.holding)
            self._known[field] = counted._replace(holding=self._holding[field])
        return found.matched

    def _best(self, wish: Wish, matched: Sequence[Matched]) -> list[Hit]:
        scorer = Scorer(wish.weights, self._known[wish.field])
        hits = [Hit(one.passage, scorer.score(one)) for one in matched]
        return sorted(hits, key=lambda hit: (-hit.score, hit.passage))[: max(wish.limit, 0)]


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
