"""What speaks for it that a quote supports a claim, or contradicts it: words held, values, stances and scope."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property, partial

from ..conflicts.answer_pair import FAMILIES
from ..conflicts.figures import CONVERTED, EXACT, comparable_prices
from ..conflicts.said import Said
from ..conflicts.stance_words import FREE, LACK, NEGATORS, NO, NOT_DENYING, OBLIGATION, PERMISSION
from ..lang.background import rarity
from ..lang.lexicon import lexicon
from ..lang.thesaurus import entry
from ..params import PARAMS
from ..query.term_weights import share, total
from ..retrieval.passage_signals import together
from ..signals import Signal
from ..text.number_words import QuantityKind
from ..text.opposites import opposite_stems
from ..text.quantities import Quantity
from ..text.quantity_patterns import QuantityBound
from ..text.tokenizer import Term, stem
from .claim_windows import EvidenceWindow

EXCLUSIVE = tuple(frozenset(line.split()) for line in lexicon("claims").lines("exclusive"))
"""Words of which one of a line excludes the others: days of the week, ordinals."""
TELLING = ("times", "conditions", "hedges", "former")
"""Families of words of which it tells something that only one side has some."""
RESTRICTING = lexicon("claims").words("restricting to a part")
BOTH_ENDS = {"at least", "at most"}
(THAN,) = lexicon("claims").ordered("than")
ENDED = lexicon("claims").words("ended")
UNDOING = lexicon("claims").ordered("undoing")
CONJUNCTIONS = lexicon("claims").words("conjunctions")
PARTING = frozenset(",;:.!?()[]–—\n")
"""Marks that part clauses."""
TITLES, AROUND = 0.8, 0.7
"""What a word of the claim counts that stands in the headings, or beside the quote, and not in it."""
HEAVY = 6.0
"""The weight of a word from which on more says no more."""


class ClaimComparison:
    """A claim and a quote that may bear on it."""

    def __init__(self, window: EvidenceWindow) -> None:
        self.window, self.claim = window, window.claim
        self.best = 0.0
        """The highest share that any quote holds."""
        self.elsewhere: AbstractSet[str] = frozenset()
        """The stems that tell other guides from this one, as their titles have them."""

    # Words

    @cached_property
    def own(self) -> float:
        """The share of the claim's words, by weight, that the quote holds."""
        return self._share(self.window.stems)

    @cached_property
    def above(self) -> float:
        """The same with its headings and what stands beside it."""
        w = self.window
        return share(w.wanted, ((1.0, w.stems), (TITLES, w.above), (AROUND, w.around)))

    @cached_property
    def exact(self) -> float:
        """The share of the words that the quote, its headings or its neighbour hold as they are written."""
        w = self.window
        held = w.stems | w.above | w.around
        return sum(word.weight for word in w.wanted if word.stem in held) / total(w.wanted)

    @cached_property
    def lacking(self) -> Sequence[float]:
        """The weights of the words that neither quote nor headings nor neighbour hold, as far as they lack them."""
        w = self.window
        places = ((1.0, w.stems), (TITLES, w.above), (AROUND, w.around))
        return [word.weight * (1 - word.held(places)) for word in w.wanted] or [0.0]

    @cached_property
    def named(self) -> float:
        """The share of the claim's names that are not there."""
        w = self.window
        names = [word for word in w.wanted if word.named]
        return 1 - share(names, ((1.0, w.stems | w.above | w.around),)) if names else 0.0

    @cached_property
    def other_subject(self) -> float:
        """What the weightiest word of the claim weighs that tells another guide from this one, and is not there."""
        w = self.window
        here = w.stems | w.above | w.around
        told = (word.weight for word in w.wanted if word.stem in self.elsewhere and word.stem not in here)
        return min(max(told, default=0.0), HEAVY) / HEAVY

    @cached_property
    def other_name(self) -> bool:
        """Whether such a word is written with a capital."""
        w = self.window
        here, text = w.stems | w.above | w.around, self.claim.text
        found = (word for word in w.wanted if word.stem in self.elsewhere and word.stem not in here)
        return any(text[word.term.start].isupper() for word in found)

    @property
    def held(self) -> float:
        """How far the quote speaks of what the claim speaks of: the share that it holds, less if of another subject."""
        return self.above * (1 - self.other_subject)

    @cached_property
    def news(self) -> float:
        """The share of the quote's words, by rarity, that the claim does not say."""
        said = {form for word in self.window.wanted for form in word.forms} | self.claim.content
        told = [(rarity(stem), _near(stem, said)) for stem in self.window.content if not stem[0].isdigit()]
        return sum(weight for weight, near in told if not near) / (sum(weight for weight, _ in told) or 1.0)

    def _share(self, *places: AbstractSet[str]) -> float:
        return share(self.window.wanted, tuple((1.0, place) for place in places))

    # Values

    @cached_property
    def equal(self) -> int:
        """Values of the claim that the quote has as well."""
        return sum(any(same(mine, other) for other in self.window.values) for mine in self.claim.values)

    @property
    def all_equal(self) -> float:
        """Whether the claim has values, and the quote has all of them."""
        return float(bool(self.claim.values) and self.equal == len(self.claim.values))

    @cached_property
    def different(self) -> Sequence[tuple[Quantity, Quantity]]:
        """Values of the claim that the quote lacks, each with the one of the quote that stands in its place."""
        return list(self._replaced())

    def _replaced(self) -> Iterator[tuple[Quantity, Quantity]]:
        kept = [v for v in self.window.values if not any(same(mine, v) for mine in self.claim.values)]
        for mine in self.claim.values:
            if any(same(mine, other) for other in self.window.values):
                continue
            rivals = [other for other in kept if comparable(mine, other)]
            if rivals:
                yield mine, max(rivals, key=lambda other: len(mine.nouns & other.nouns))

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

    @cached_property
    def excluded(self) -> int:
        """Sets of words such as the days of the week of which claim and quote have one each, and not the same."""
        sides = ((self.claim.words & kind, self.window.words & kind) for kind in EXCLUSIVE)
        return sum(bool(a) and bool(b) and a.isdisjoint(b) for a, b in sides)

    # Stances

    @cached_property
    def turned(self) -> float:
        """Whether one of both denies what the other says, in the clauses that say most of the same."""
        return float(
            (self._denials(self.claim, self.window) - self._denials(self.window, self.claim) + self._flips) % 2
        )

    @property
    def _flips(self) -> bool:
        """Whether the same value bounds from the other side: "no parking for longer than 12 minutes", "at most 12"."""
        pairs = ((a, b) for a in self.claim.values for b in self.window.values if same(a, b))
        return any({a.bound, b.bound} == BOTH_ENDS for a, b in pairs)

    def _denials(self, side: Said, other: Said) -> int:
        return sum(
            denies(said, n) or _undoes(said[n], other.content)
            for said in self._clauses(side, other)
            for n in range(len(said))
            if stem(said[n]) not in other.content
        )

    def _clauses(self, side: Said, other: Said) -> Iterator[Sequence[str]]:
        """The clauses of a side that say what the other says; of an item what leads its list as well."""
        yield from _covering(list(_parts(side)), other.content)
        if (
            side is self.window
            and self.window.ranked.passage.is_a("list")
            and (lead := list(_parts(self.window.beside)))
        ):
            yield [term.word for term in lead[-1]]

    @cached_property
    def opposed(self) -> int:
        """Words of the claim of which the quote has the opposite, and not the word itself."""
        mine, theirs = self.claim.content - self.window.content, self.window.content - self.claim.content
        return sum(any((a, b) in opposite_stems() for b in theirs) for a in mine)

    @cached_property
    def freed(self) -> float:
        """Whether one says that it is free, the other that it is paid for."""
        return float(_free(self.claim) * _free(self.window) < 0)

    @cached_property
    def clashes(self) -> float:
        """Whether anything at all says the contrary."""
        duty, leave = self.duty_opposed, self.leave_opposed
        return float(
            bool(self.different or self.turned or self.opposed or self.excluded or self.freed or duty or leave)
        )

    @property
    def denies(self) -> bool:
        """Whether it says the contrary in words, or speaks of another name: such a quote supports nothing."""
        return bool(self.turned or self.opposed or self.excluded or self.other_name)

    @property
    def duty_opposed(self) -> bool:
        """Whether one says that something is required, the other that it is not."""
        return self.claim.obliges * self.window.obliges < 0

    @property
    def leave_opposed(self) -> bool:
        """Whether one says that something may be or is so, the other that it is not."""
        return self.claim.permits * self.window.permits < 0


def compared(windows: Sequence[EvidenceWindow], subjects: Mapping[int, AbstractSet[str]]) -> list[ClaimComparison]:
    """The claim beside each quote that may bear on it; ``subjects`` tell the guides from each other."""
    found = [ClaimComparison(window) for window in windows]
    best = max((each.above for each in found), default=0.0)
    named = frozenset().union(*subjects.values())
    for each in found:
        each.best = best
        each.elsewhere = named - subjects.get(each.window.place[0], frozenset())
    return found


_WHOLE = (QuantityKind.CLOCK, QuantityKind.DATE, QuantityKind.AGE, QuantityKind.YEAR, QuantityKind.COUNT)
"""Kinds of which two numbers are the same or are not."""
_ALIKE = (
    {QuantityKind.AGE, QuantityKind.COUNT},
    {QuantityKind.AGE, QuantityKind.DURATION},
)
"""Kinds that one number may be said as: "18", "18 years", "aged 18"."""


def same(a: Quantity, b: Quantity) -> bool:
    """Whether two values are the same number of one kind, whatever bound it is."""
    slack = 0.0 if a.is_a(*_WHOLE) else EXACT if a.unit == b.unit else CONVERTED
    return comparable(a, b) and abs(_point(a) - _point(b)) <= slack * max(_point(a), _point(b))


def comparable(a: Quantity, b: Quantity) -> bool:
    """Whether two values are of one kind, and one currency."""
    kinds = {a.kind, b.kind}
    if a.kind != b.kind and kinds not in _ALIKE:
        return False
    return not (a.is_a(QuantityKind.MONEY) and b.is_a(QuantityKind.MONEY)) or comparable_prices(a.unit, b.unit)


def _point(quantity: Quantity) -> float:
    """The number that a value names: of a bound the end that it gives, of a range the middle."""
    if quantity.bound == QuantityBound.AT_MOST:
        return quantity.high
    if quantity.bound == QuantityBound.AT_LEAST:
        return quantity.low
    return (quantity.low + quantity.high) / 2


def _near(stem: str, said: AbstractSet[str]) -> bool:
    found = entry(stem)
    return stem in said or (found is not None and not said.isdisjoint(found.near))


def _parts(side: Said) -> Iterator[Sequence[Term]]:
    """A sentence's words, cut where marks or conjunctions part them."""
    part: list[Term] = []
    for term in side.terms:
        between = side.text[part[-1].end : term.start] if part else ""
        if part and (not PARTING.isdisjoint(between) or term.word in CONJUNCTIONS):
            yield part
            part = []
        part.append(term)
    if part:
        yield part


def _covering(parts: Sequence[Sequence[Term]], content: AbstractSet[str]) -> Iterator[Sequence[str]]:
    """The fewest clauses that hold all that any of them holds of the content."""
    left = set(content)
    while parts:
        best = max(parts, key=lambda part: sum(rarity(one) for one in {term.stem for term in part} & left))
        if left.isdisjoint(term.stem for term in best):
            return
        left -= {term.stem for term in best}
        yield [term.word for term in best]


def _undoes(word: str, content: AbstractSet[str]) -> bool:
    """Whether a word denies one of the other side by how it begins: "unpaid" and "paid"."""
    return any(word.startswith(prefix) and stem(word.removeprefix(prefix)) in content for prefix in UNDOING)


def denies(said: Sequence[str], at: int) -> bool:
    """Whether a word denies: "not", "no", "without", "prohibited", "non-refundable"."""
    word, after = said[at], said[at + 1 : at + 2]
    if word in NEGATORS or word in NO or word.endswith("n't"):
        return not after or after[0] not in NOT_DENYING or (after[0] in ENDED and said[at + 2 : at + 3] != [THAN])
    return word in DENYING or PERMISSION.get(word, 1) < 0 or OBLIGATION.get(word, 1) < 0


DENYING = lexicon("claims").words("denying") | {LACK}


def _free(side: Said) -> int:
    """1 where a sentence says that it costs nothing, -1 where it says that it is paid for, 0 where neither, or both."""
    said = side.said
    signs = (FREE[word] * (-1 if denies(said, n - 1) else 1) for n, word in enumerate(said) if n and word in FREE)
    return _agreed(list(signs))


def _agreed(signs: Sequence[int]) -> int:
    return signs[0] if signs and len(set(signs)) == 1 else 0


def _one_side(c: ClaimComparison, family: AbstractSet[str]) -> float:
    return float(c.claim.words.isdisjoint(family) != c.window.words.isdisjoint(family))


def _clash(c: ClaimComparison, strength: float) -> float:
    return strength * c.held


CLAIM_SIGNALS: tuple[Signal[ClaimComparison], ...] = (
    Signal("held", lambda c: c.held),
    Signal("behind the best", lambda c: c.best - c.above),
    Signal("exact", lambda c: c.exact),
    Signal("heaviest lacking", lambda c: min(max(c.lacking), HEAVY) / HEAVY),
    Signal("lacking", lambda c: min(sum(c.lacking), 3 * HEAVY) / HEAVY),
    Signal("names lacking", lambda c: c.named),
    Signal("together", lambda c: together(c.window.wanted, c.window.terms, PARAMS.ranking.together)),
    Signal("news", lambda c: c.news),
    Signal("passage", lambda c: c.window.ranked.score / 10),
    Signal("bm25", lambda c: c.window.ranked.candidate.bm25),
    Signal("values", lambda c: float(bool(c.claim.values))),
    Signal("all equal", lambda c: c.all_equal),
    Signal("all equal, nothing clashes", lambda c: _clash(c, c.all_equal * (not c.clashes))),
    Signal("some equal", lambda c: float(0 < c.equal < len(c.claim.values))),
    Signal("different, slot", lambda c: c.slot),
    Signal("values missing", lambda c: float(c.missing > 0)),
    Signal("different, held", lambda c: _clash(c, float(bool(c.different)))),
    Signal("different, exact", lambda c: c.exact * bool(c.different) * (1 - c.other_subject)),
    Signal("excluded, held", lambda c: _clash(c, float(c.excluded > 0))),
    Signal("turned, held", lambda c: _clash(c, c.turned)),
    Signal("opposed, held", lambda c: _clash(c, float(c.opposed > 0))),
    Signal("duty opposed, held", lambda c: _clash(c, float(c.duty_opposed))),
    Signal("leave opposed, held", lambda c: _clash(c, float(c.leave_opposed))),
    Signal("nothing clashes, held", lambda c: _clash(c, float(not c.clashes))),
    *(
        Signal(f"{name}, one side", partial(_one_side, family=family))
        for name, family in FAMILIES.items()
        if name in TELLING
    ),
    Signal("only, one side", lambda c: _one_side(c, RESTRICTING)),
    Signal("names apart", lambda c: float(bool(c.claim.names) and bool(c.window.names - c.claim.names))),
    Signal("other subject", lambda c: c.other_subject),
    Signal("stranger", lambda c: float(c.window.ranked.candidate.strange)),
    Signal("list", lambda c: float(c.window.ranked.passage.is_a("list"))),
    Signal("leads on", lambda c: float(c.window.text.rstrip().endswith((":", "?")))),
    Signal("long", lambda c: min(len(c.window.terms), 60) / 60),
    Signal("claim's length", lambda c: min(len(c.window.wanted), 12) / 12),
)
