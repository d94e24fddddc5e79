"""What speaks for it that a quote bears on a claim, and that it denies it: words, meaning, values and stances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from operator import methodcaller

from ..conflicts.alignment import cosine, counterpart
from ..conflicts.comparable_values import comparable
from ..conflicts.said import Said
from ..conflicts.sentence_pair import STANCES, SentencePair, is_near
from ..lang.background import rarity
from ..lang.word_vectors import text_vector
from ..query.term_weights import Places, Wanted, share, total
from ..signals import Signal
from .claim_windows import EvidenceWindow


class ClaimComparison(SentencePair):
    """A claim and a quote that may bear on it."""

    def __init__(self, window: EvidenceWindow) -> None:
        self.window, self.claim = window, window.claim
        self.params = self.claim.question.params
        self.mine, self.theirs = self.claim, window
        self.best = self.nearest = 0.0
        """The highest share that any quote holds, and the highest cosine of any."""
        self.elsewhere: AbstractSet[str] = frozenset()
        """The stems that tell other guides from this one, as their titles have them."""
        self.own: AbstractSet[str] = frozenset()
        """Those that tell this one from others."""

    # Words

    @cached_property
    def wanted(self) -> Sequence[Wanted]:
        """The claim's words, without those in whose place the quote says something else."""
        replaced = self.opposed | self.excluded | (STANCES if self.is_opposed else frozenset())
        return [word for word in self.window.wanted if word.term.stem not in replaced] or self.window.wanted

    @cached_property
    def places(self) -> Places:
        """Where the claim's words are looked for: in the quote, its headings, and what stands beside it."""
        w, params = self.window, self.params
        return (1.0, w.content), (params.claims.titles, w.above), (params.claims.around, w.around)

    @property
    def here(self) -> AbstractSet[str]:
        """The stems of the quote, its headings and what stands beside it."""
        return self.window.stems | self.window.above | self.window.around

    @cached_property
    def found(self) -> float:
        """The share of the claim's words, by weight, that stand there."""
        return share(self.wanted, ((1.0, self.window.stems), *self.places[1:]))

    @cached_property
    def exact(self) -> float:
        """The share of the words that stand there as they are written."""
        return sum(word.weight for word in self.wanted if word.stem in self.here) / total(self.wanted)

    # Words and their counterparts

    @cached_property
    def aligned(self) -> Sequence[tuple[Wanted, float]]:
        """Each of the claim's words, and how far it has a counterpart there: a name none but itself."""
        return [(word, word.held(self.places) if word.named else self._counterpart(word)) for word in self.wanted]

    def _counterpart(self, word: Wanted) -> float:
        found = (c * counterpart(word.stem, stems, self.params.comparison) for c, stems in self.places)
        return max(word.held(self.places), *found)

    @cached_property
    def unaligned(self) -> Sequence[str]:
        """The stems of the claim's words without a counterpart; no names."""
        return [w.stem for w, held in self.aligned if held < self.params.comparison.aligned and not w.named]

    @cached_property
    def told(self) -> Sequence[tuple[str, float]]:
        """Each of the quote's words that is no number, and how far it has a counterpart in the claim."""
        said = {word.stem for word in self.wanted} | self.claim.content
        words = (stem for stem in self.window.content if not stem[0].isdigit())
        return [(stem, counterpart(stem, said, self.params.comparison)) for stem in words]

    @property
    def covered(self) -> float:
        """The share of the claim's words, by weight, that have a counterpart."""
        return sum(word.weight * held for word, held in self.aligned) / total(self.wanted)

    @property
    def covers(self) -> float:
        """The share of the quote's words, by rarity, that have one."""
        return sum(rarity(s) * held for s, held in self.told) / (sum(rarity(s) for s, _ in self.told) or 1.0)

    @property
    def heaviest(self) -> float:
        """What the weightiest word lacks."""
        return max((word.weight * (1 - held) for word, held in self.aligned), default=0.0)

    @cached_property
    def replaced(self) -> float:
        """How near two words are that have no counterpart, one of each: one may stand in the other's place."""
        left = [stem for stem, held in self.told if held < self.params.comparison.aligned]
        return max((cosine(mine, other) for mine in self.unaligned for other in left), default=0.0)

    @cached_property
    def meaning(self) -> float:
        """The cosine of both as a whole."""
        return text_vector(t.stem for t in self.claim.terms).cosine(text_vector(t.stem for t in self.window.terms))

    @cached_property
    def other_subject(self) -> float:
        """By how much the claim names another guide rather than this one: the weightiest word that tells it from this
        one and has no counterpart there, less the weightiest that tells this one."""
        least, here = self.params.comparison.aligned, self.here
        told = (w.weight for w, held in self.aligned if held < least and w.stem in self.elsewhere - here)
        own = (word.weight for word in self.wanted if word.stem in self.own & here)
        return _bounded(max(0.0, max(told, default=0.0) - max(own, default=0.0)), self.params.claims.heavy)

    @property
    def held(self) -> float:
        """How far the quote speaks of what the claim speaks of: the share that it holds, less if of another subject."""
        return self.found * (1 - self.other_subject)

    @cached_property
    def news(self) -> float:
        """The share of the quote's words, by rarity, that the claim does not say."""
        said = {form for word in self.wanted for form in word.forms} | self.claim.content
        told = [(rarity(stem), is_near(stem, said)) for stem in self.window.content if not stem[0].isdigit()]
        return sum(weight for weight, near in told if not near) / (sum(weight for weight, _ in told) or 1.0)

    # What it says

    @property
    def all_equal(self) -> float:
        """Whether the claim has values, and the quote has all of them."""
        return float(bool(self.claim.values) and self.equal == len(self.claim.values))

    @property
    def missing(self) -> int:
        """Values of the claim that the quote has nothing for."""
        return len(self.claim.values) - self.equal - len(self.different)

    @cached_property
    def slot(self) -> float:
        """How surely the values that differ are of one thing: they count the same, and nothing else is there."""
        if not self.different:
            return 0.0
        mine, other = self.different[0]
        alone = sum(comparable(mine, each) for each in self.window.values) == 1
        nouns = len(mine.nouns & other.nouns) / (min(len(mine.nouns), len(other.nouns)) or 1)
        return 0.5 * alone + 0.5 * min(1.0, nouns)

    def bearing(self, side: Said, other: Said) -> Sequence[Said]:
        """Its clauses that say what the other says; of an item what leads its list as well."""
        found = super().bearing(side, other)
        if side is self.window and self.window.leads:
            return [*found, *list(self.window.beside.clauses())[-1:]]
        return found

    @cached_property
    def clashes(self) -> bool:
        """Whether anything at all says the contrary: a value, or words."""
        words = self.opposed or self.excluded or self.is_opposed or self.leave_opposed
        return bool(self.different or words)


def compared(windows: Sequence[EvidenceWindow], subjects: Mapping[int, AbstractSet[str]]) -> list[ClaimComparison]:
    """The claim beside each quote that may bear on it; ``subjects`` tell the guides from each other."""
    found = [ClaimComparison(window) for window in windows]
    best = max((each.found for each in found), default=0.0)
    nearest = max((each.meaning for each in found), default=0.0)
    named = frozenset().union(*subjects.values())
    for each in found:
        each.best, each.nearest = best, nearest
        each.own = subjects.get(each.window.place[0], frozenset())
        each.elsewhere = named - each.own
    return found


def _bounded(value: float, most: float) -> float:
    """A value as a share of the one from which on more says no more."""
    return min(value, most) / most


def _agreeing(c: ClaimComparison) -> float:
    return c.held * (not c.clashes)


BEARING_SIGNALS: tuple[Signal[ClaimComparison], ...] = (
    Signal("behind the best", lambda c: c.best - c.found),
    Signal("covered", lambda c: c.covered),
    Signal("covers", lambda c: c.covers),
    Signal("heaviest unaligned", lambda c: _bounded(c.heaviest, c.params.claims.heavy)),
    Signal("unaligned", lambda c: _bounded(len(c.unaligned), c.params.claims.left)),
    Signal("replaced", lambda c: c.replaced),
    Signal("cosine gap", lambda c: c.nearest - c.meaning),
    Signal("values", lambda c: float(bool(c.claim.values))),
    Signal("all equal, nothing clashes", lambda c: c.all_equal * _agreeing(c)),
    Signal("some equal", lambda c: float(0 < c.equal < len(c.claim.values))),
    Signal("different, slot", lambda c: c.slot),
    Signal("values missing", lambda c: float(c.missing > 0)),
    *(Signal(f"{name}, one side", methodcaller("one_side", name)) for name in ("people", "whole")),
    Signal("other subject", lambda c: c.other_subject),
    Signal("stranger", lambda c: float(c.window.ranked.candidate.strange)),
)
"""What speaks for it that a quote bears on a claim: that it says whether the claim is true."""

DENYING_SIGNALS: tuple[Signal[ClaimComparison], ...] = (
    Signal("exact", lambda c: c.exact),
    Signal("news", lambda c: c.news),
    Signal("all equal, nothing clashes", lambda c: c.all_equal * _agreeing(c)),
    Signal("nothing clashes", _agreeing),
    Signal("duty opposed", lambda c: c.held * c.duty_opposed),
    Signal("different, alike", lambda c: c.alike * (1 - c.other_subject) * bool(c.different)),
    Signal("only, one side", methodcaller("one_side", "only")),
    Signal("long", lambda c: _bounded(len(c.window.terms), c.params.claims.long)),
)
"""What speaks for it that a quote that bears on a claim says the contrary."""
CLAIM_SIGNALS: Mapping[str, tuple[Signal[ClaimComparison], ...]] = {"bears": BEARING_SIGNALS, "denies": DENYING_SIGNALS}
