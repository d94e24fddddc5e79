"""Two sentences held against each other: values, words that exclude each other, stances, and what else is apart.

Guides that contradict each other, and what somebody else wrote beside a quote, are compared by this alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property

from ..lang.background import rarity
from ..lang.lexicon import lexicon
from ..lang.thesaurus import entry
from ..text.opposites import opposite_stems
from ..text.quantities import Quantity
from ..text.tokenizer import stem
from .comparable_values import BOTH_ENDS, comparable, same
from .said import DENYING, Said
from .stance_words import CONDITIONS, EXCEPTIONS, FREE, LIGHT, OBLIGATION, PERMISSION

_STANCE, _SCOPE, _CLAIMS = lexicon("stance"), lexicon("scope"), lexicon("claims")
FAMILIES = {
    "people": _SCOPE.words("people"),
    "conditions": CONDITIONS | EXCEPTIONS | _STANCE.words("leading to a condition"),
    "hedges": _STANCE.words("hedges") | _STANCE.words("extremes"),
    "former": _STANCE.words("former"),
    "now": _STANCE.words("now"),
    "only": _CLAIMS.words("restricting to a part"),
    "whole": _STANCE.words("without exception"),
}
"""Words that say whom, when and in which case a sentence holds for."""
EXCLUSIVE = tuple(frozenset(line.split()) for line in _CLAIMS.lines("exclusive"))
"""Words of which one of a line excludes the others: days of the week, ordinals."""
STANCES = frozenset(map(stem, {*OBLIGATION, *PERMISSION, *FREE, *DENYING}))
"""Stems of words that say how a sentence stands to what it is about."""
SAY_HOW = STANCES | frozenset(map(stem, LIGHT))
"""Those, and stems of words that say little of it."""


class SentencePair:
    """Two sentences, of which the first may be a claim, and the second what is held against it."""

    mine: Said
    theirs: Said

    # Values

    @cached_property
    def equal(self) -> int:
        """Values of the first that the second has as well."""
        return sum(any(same(mine, other) for other in self.theirs.values) for mine in self.mine.values)

    @cached_property
    def different(self) -> Sequence[tuple[Quantity, Quantity]]:
        """Values of the first that the second lacks, each with the one of the second that stands in its place."""
        return list(self._replaced())

    def _replaced(self) -> Iterator[tuple[Quantity, Quantity]]:
        kept = [v for v in self.theirs.values if not any(same(mine, v) for mine in self.mine.values)]
        for mine in self.mine.values:
            if any(same(mine, other) for other in self.theirs.values):
                continue
            rivals = [other for other in kept if comparable(mine, other)]
            if rivals:
                yield mine, max(rivals, key=lambda other: len(mine.nouns & other.nouns))

    @cached_property
    def bounds_opposed(self) -> bool:
        """Whether one value bounds from both sides: "from 12 minutes on", "at most 12"."""
        pairs = ((a, b) for a in self.mine.values for b in self.theirs.values if same(a, b))
        return any({a.bound, b.bound} == BOTH_ENDS for a, b in pairs)

    # Words

    @cached_property
    def rest(self) -> tuple[AbstractSet[str], AbstractSet[str]]:
        """The stems that each says and the other has no name for: without values, and words that say how it stands."""
        a, b = self.mine.beside_values - SAY_HOW, self.theirs.beside_values - SAY_HOW
        left = frozenset(word for word in a if not self.theirs.names_it(word))
        return left, frozenset(word for word in b if not self.mine.names_it(word))

    @cached_property
    def left(self) -> tuple[int, int]:
        """How many words are left of each: the fewer first."""
        return (min(map(len, self.rest)), max(map(len, self.rest)))

    @cached_property
    def alike(self) -> float:
        """The share of both ones' words beside values that the other has a name for."""
        return 1 - sum(map(len, self.rest)) / (len(self.mine.beside_values) + len(self.theirs.beside_values) or 1)

    @cached_property
    def opposed(self) -> AbstractSet[str]:
        """The stems that are left of the first of which the second has the opposite."""
        mine, theirs = self.rest
        return {a for a in mine if any((a, b) in opposite_stems() for b in theirs)}

    @cached_property
    def excluded(self) -> AbstractSet[str]:
        """The stems of the first's words that exclude what the second has: of the days of the week another one."""
        sides = ((self.mine.loose & kind, self.theirs.loose & kind) for kind in EXCLUSIVE)
        return {stem(word) for a, b in sides if b and a.isdisjoint(b) for word in a}

    def one_side(self, family: str) -> float:
        """1 where one of both holds words of a family, and the other none."""
        words = FAMILIES[family]
        return float(self.mine.loose.isdisjoint(words) != self.theirs.loose.isdisjoint(words))

    @cached_property
    def excepted(self) -> float:
        """Whether one holds in every case, and the other names a case: "on any day", "except at weekends"."""
        whole, cases = FAMILIES["whole"], FAMILIES["conditions"]
        sides = ((self.mine.words, self.theirs.words), (self.theirs.words, self.mine.words))
        return float(any(a & whole and b & cases and not (b & whole or a & cases) for a, b in sides))

    # Stances

    @cached_property
    def turned(self) -> float:
        """Whether one of both denies what the other says, in the clauses that say most of the same."""
        denials = self._denials(self.mine, self.theirs) - self._denials(self.theirs, self.mine)
        return float((denials + self.bounds_opposed) % 2)

    def _denials(self, side: Said, other: Said) -> int:
        return sum(
            part.leaves_open + sum(part.denies_at(n) or part.undoes(n, other) for n in numbers)
            for part in self.bearing(side, other)
            for numbers in [part.unsaid_in(other.content)]
        )

    def bearing(self, side: Said, other: Said) -> Sequence[Said]:
        """The fewest clauses of a side that hold all that any of them holds of the other."""
        return list(_covering(list(side.clauses()), other.content))

    @property
    def is_opposed(self) -> bool:
        """Whether one says that something may be, must be or is free, and the other that it is not so."""
        return bool(self.turned or self.duty_opposed or self.freed)

    @cached_property
    def stances(self) -> tuple[Said, Said]:
        """Of each the clauses that bear on the other, as one; the whole where none does."""
        return self._joined(self.mine, self.theirs), self._joined(self.theirs, self.mine)

    def _joined(self, side: Said, other: Said) -> Said:
        words = sorted({term for part in self.bearing(side, other) for term in part.terms}, key=lambda t: t.start)
        return Said(side.text, words, side.offset) if words else side

    @property
    def duty_opposed(self) -> bool:
        """Whether one says that something is required, the other that it is not."""
        a, b = self.stances
        return a.obliges * b.obliges < 0

    @property
    def leave_opposed(self) -> bool:
        """Whether one says that something may be or is so, the other that it is not."""
        a, b = self.stances
        return a.permits * b.permits < 0 and bool(self.turned)

    @property
    def freed(self) -> bool:
        """Whether one says that it is free, the other that it is paid for."""
        return self.mine.free * self.theirs.free < 0


def is_near(word: str, others: AbstractSet[str]) -> bool:
    """Whether any of some stems is this one, or near it in meaning."""
    found = entry(word)
    return word in others or (found is not None and not others.isdisjoint(found.near))


def _covering(parts: Sequence[Said], content: AbstractSet[str]) -> Iterator[Said]:
    left = set(content)
    while parts:
        best = max(parts, key=lambda part: sum(rarity(one) for one in part.content & left))
        if left.isdisjoint(best.content):
            return
        left -= best.content
        yield best
