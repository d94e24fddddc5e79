"""What speaks for it that a quote supports a claim, or contradicts it: words held, values, stances and scope."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property, partial
from operator import methodcaller

from ..conflicts.comparable_values import comparable
from ..conflicts.said import Said
from ..conflicts.sentence_pair import FAMILIES, STANCES, SentencePair, is_near
from ..lang.background import rarity
from ..params import PARAMS
from ..query.term_weights import Wanted, share, total
from ..retrieval.passage_signals import together
from ..signals import Signal
from .claim_windows import EvidenceWindow

TITLES, AROUND = 0.8, 0.7
"""What a word of the claim counts that stands in the headings, or beside the quote, and not in it."""
HEAVY = 6.0
"""The weight of a word from which on more says no more."""


class ClaimComparison(SentencePair):
    """A claim and a quote that may bear on it."""

    def __init__(self, window: EvidenceWindow) -> None:
        self.window, self.claim = window, window.claim
        self.mine, self.theirs = self.claim, window
        self.best = 0.0
        """The highest share that any quote holds."""
        self.elsewhere: AbstractSet[str] = frozenset()
        """The stems that tell other guides from this one, as their titles have them."""

    # Words

    @cached_property
    def wanted(self) -> Sequence[Wanted]:
        """The claim's words, without those in whose place the quote says something else."""
        replaced = self.opposed | self.excluded | (STANCES if self.is_opposed else frozenset())
        return [word for word in self.window.wanted if word.term.stem not in replaced] or self.window.wanted

    @cached_property
    def own(self) -> float:
        """The share of the claim's words, by weight, that the quote holds."""
        return self._share(self.window.stems)

    @cached_property
    def above(self) -> float:
        """The same with its headings and what stands beside it."""
        w = self.window
        return share(self.wanted, ((1.0, w.stems), (TITLES, w.above), (AROUND, w.around)))

    @cached_property
    def exact(self) -> float:
        """The share of the words that the quote, its headings or its neighbour hold as they are written."""
        w = self.window
        held = w.stems | w.above | w.around
        return sum(word.weight for word in self.wanted if word.stem in held) / total(self.wanted)

    @cached_property
    def lacking(self) -> Sequence[float]:
        """The weights of the words that neither quote nor headings nor neighbour hold, as far as they lack them."""
        w = self.window
        places = ((1.0, w.stems), (TITLES, w.above), (AROUND, w.around))
        return [word.weight * (1 - word.held(places)) for word in self.wanted] or [0.0]

    @cached_property
    def named(self) -> float:
        """The share of the claim's names that are not there."""
        w = self.window
        names = [word for word in self.wanted if word.named]
        return 1 - share(names, ((1.0, w.stems | w.above | w.around),)) if names else 0.0

    @cached_property
    def other_subject(self) -> float:
        """What the weightiest word of the claim weighs that tells another guide from this one, and is not there."""
        w = self.window
        here = w.stems | w.above | w.around
        told = (word.weight for word in self.wanted if word.stem in self.elsewhere and word.stem not in here)
        return min(max(told, default=0.0), HEAVY) / HEAVY

    @cached_property
    def other_name(self) -> bool:
        """Whether such a word is written with a capital."""
        w = self.window
        here, text = w.stems | w.above | w.around, self.claim.text
        found = (word for word in self.wanted if word.stem in self.elsewhere and word.stem not in here)
        return any(word.term.start > 0 and text[word.term.start].isupper() for word in found)

    @property
    def held(self) -> float:
        """How far the quote speaks of what the claim speaks of: the share that it holds, less if of another subject."""
        return self.above * (1 - self.other_subject)

    @cached_property
    def news(self) -> float:
        """The share of the quote's words, by rarity, that the claim does not say."""
        said = {form for word in self.wanted for form in word.forms} | self.claim.content
        told = [(rarity(stem), is_near(stem, said)) for stem in self.window.content if not stem[0].isdigit()]
        return sum(weight for weight, near in told if not near) / (sum(weight for weight, _ in told) or 1.0)

    def _share(self, *places: AbstractSet[str]) -> float:
        return share(self.wanted, tuple((1.0, place) for place in places))

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
        """Whether anything at all says the contrary."""
        return any(says(self) for says in CLASHES.values())

    @property
    def denies(self) -> bool:
        """Whether it says the contrary in words, or speaks of another name: such a quote supports nothing."""
        return bool(self.turned or self.opposed or self.excluded or self.other_name)


def compared(windows: Sequence[EvidenceWindow], subjects: Mapping[int, AbstractSet[str]]) -> list[ClaimComparison]:
    """The claim beside each quote that may bear on it; ``subjects`` tell the guides from each other."""
    found = [ClaimComparison(window) for window in windows]
    best = max((each.above for each in found), default=0.0)
    named = frozenset().union(*subjects.values())
    for each in found:
        each.best = best
        each.elsewhere = named - subjects.get(each.window.place[0], frozenset())
    return found


def _held(c: ClaimComparison, by: Callable[[ClaimComparison], bool]) -> float:
    return c.held * by(c)


def _alike(c: ClaimComparison, by: Callable[[ClaimComparison], bool]) -> float:
    return c.alike * (1 - c.other_subject) * by(c)


CONTRARY: Mapping[str, Callable[[ClaimComparison], bool]] = {
    "different": lambda c: bool(c.different),
    "turned": lambda c: bool(c.turned),
    "freed": lambda c: c.freed,
    "opposed": lambda c: bool(c.opposed),
    "excluded": lambda c: bool(c.excluded),
}
"""What says the contrary, and does so the likelier the more of both ones' words are the same."""
CLASHES: Mapping[str, Callable[[ClaimComparison], bool]] = {
    **CONTRARY,
    "duty opposed": lambda c: c.duty_opposed,
    "leave opposed": lambda c: c.leave_opposed,
}
"""All that says the contrary."""

CLAIM_SIGNALS: tuple[Signal[ClaimComparison], ...] = (
    Signal("held", lambda c: c.held),
    Signal("behind the best", lambda c: c.best - c.above),
    Signal("exact", lambda c: c.exact),
    Signal("heaviest lacking", lambda c: min(max(c.lacking), HEAVY) / HEAVY),
    Signal("lacking", lambda c: min(sum(c.lacking), 3 * HEAVY) / HEAVY),
    Signal("names lacking", lambda c: c.named),
    Signal("together", lambda c: together(c.wanted, c.window.terms, PARAMS.ranking.together)),
    Signal("news", lambda c: c.news),
    Signal("passage", lambda c: c.window.ranked.score / 10),
    Signal("bm25", lambda c: c.window.ranked.candidate.bm25),
    Signal("values", lambda c: float(bool(c.claim.values))),
    Signal("all equal", lambda c: c.all_equal),
    Signal("all equal, nothing clashes", lambda c: c.held * c.all_equal * (not c.clashes)),
    Signal("some equal", lambda c: float(0 < c.equal < len(c.claim.values))),
    Signal("different, slot", lambda c: c.slot),
    Signal("values missing", lambda c: float(c.missing > 0)),
    Signal("different, exact", lambda c: c.exact * bool(c.different) * (1 - c.other_subject)),
    Signal("turned, all equal", lambda c: c.held * c.all_equal * c.is_opposed),
    *(Signal(f"{name}, held", partial(_held, by=by)) for name, by in CLASHES.items()),
    *(Signal(f"{name}, alike", partial(_alike, by=by)) for name, by in CONTRARY.items()),
    Signal("alike", lambda c: c.alike),
    Signal("left of the claim", lambda c: min(len(c.rest[0]), 4) / 4),
    Signal("nothing clashes, held", lambda c: c.held * (not c.clashes)),
    *(Signal(f"{name}, one side", methodcaller("one_side", name)) for name in FAMILIES),
    Signal("names apart", lambda c: float(bool(c.claim.names) and bool(c.window.names - c.claim.names))),
    Signal("other subject", lambda c: c.other_subject),
    Signal("stranger", lambda c: float(c.window.ranked.candidate.strange)),
    Signal("list", lambda c: float(c.window.ranked.passage.is_a("list"))),
    Signal("leads on", lambda c: float(c.window.text.rstrip().endswith((":", "?")))),
    Signal("long", lambda c: min(len(c.window.terms), 60) / 60),
    Signal("claim's length", lambda c: min(len(c.wanted), 12) / 12),
)
