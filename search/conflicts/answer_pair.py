"""Two guides' best answers to one question, held against each other: what speaks for it that they contradict.

The sentences were chosen by the reader, so they may share no word with the question. Whether they contradict is a
logistic regression over what differs in the slot that is asked for (a figure, a stance, who, where) and over what else
is apart (people, times, conditions, an earlier state, words that only one has). ``bench/fit_conflicts.py`` fits it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from enum import StrEnum
from functools import cached_property, partial
from operator import methodcaller
from typing import NamedTuple

from ..lang.background import rarity
from ..lang.lexicon import lexicon
from ..lang.word_vectors import text_vector
from ..meaning import Meaning, SentencePlace
from ..model import Quote
from ..params import PARAMS
from ..query.answer_type import AnswerKind
from ..reader.question_form import QuestionForm
from ..reader.sentence_selector import Sentence, Window
from ..signals import Signal
from ..text.number_bands import are_apart, bands
from ..text.quantities import Quantity
from .alignment import counterpart
from .comparable_values import contradict
from .conflict_question import StanceScale
from .said import Said, read
from .scope_comparison import apart
from .sentence_pair import FAMILIES, SAY_HOW, SentencePair, is_near
from .siblings import are_siblings
from .stance import STANCE_LABELS

OPPOSED = tuple(frozenset(line.split()) for line in lexicon("scope").lines("opposed prepositions"))
"""Prepositions of which one begins where the other ends."""
FIGURE_KINDS = (AnswerKind.AMOUNT, AnswerKind.RATE, AnswerKind.SPAN, AnswerKind.FIGURE, AnswerKind.COUNT)
"""Kinds of expected answers that are figures."""
SLOTS = (AnswerKind.NAME, AnswerKind.PLACE)
"""Kinds of expected answers that are people or places: who, where."""


Bounds = Callable[["AnswerPair"], tuple[float, float]]
"""What a signal lies between."""


class AskedSlot(StrEnum):
    """What a question leaves open, and two answers may fill differently."""

    FIGURE = "figure"
    STANCE = "stance"
    SLOT = "slot"
    OTHER = "other"


class BestAnswer(Said):
    """A guide's best answer, and the chance that it holds the answer, of all sentences that were looked at."""

    def __init__(self, sentence: Sentence, chance: float) -> None:
        super().__init__(sentence.view.text, sentence.words, sentence.view.span[0])
        self.sentence, self.chance = sentence, chance

    @property
    def document(self) -> int:
        """The guide that it is from."""
        return self.sentence.ranked.passage.document

    @property
    def vector(self) -> SentencePlace:
        """Where its vector is, if it has one."""
        return SentencePlace(self.sentence.ranked.passage.id, self.sentence.view.number)

    def quote(self) -> Quote:
        """It as evidence."""
        return Window((self.sentence,), self.chance).quote()

    @cached_property
    def told(self) -> tuple[Quantity, ...]:
        """The quantities that it names; those that only say whom or what it is about, where it names others."""
        limits = {band.span for band in bands(self.text)}
        return tuple(q for q in self.values if q.span not in limits) or self.values


class AnswerPair(SentencePair):
    """The best answers of two guides to one question."""

    def __init__(self, a: BestAnswer, b: BestAnswer, meaning: Meaning | None = None) -> None:
        self.a, self.b = a, b
        self.mine, self.theirs = a, b
        self.meaning = meaning

    @property
    def either(self) -> Window:
        """Both as one quote, for the chance that either is right."""
        return Window((self.a.sentence,), self.a.chance + self.b.chance)

    @property
    def form(self) -> QuestionForm:
        """How the question asks."""
        return self.a.sentence.view.form

    # What is asked for

    @cached_property
    def asks(self) -> AskedSlot:
        """What is asked for: a figure or a time, yes or no, who or where, or something else."""
        kind, yes_no = self.form.expected.kind, self.form.yes_no
        if (kind in FIGURE_KINDS or (self.form.when and kind not in SLOTS)) and not (
            kind == AnswerKind.FIGURE and yes_no
        ):
            return AskedSlot.FIGURE
        if yes_no:
            return AskedSlot.STANCE
        return AskedSlot.SLOT if kind in SLOTS else AskedSlot.OTHER

    @cached_property
    def compared(self) -> Sequence[tuple[Quantity, Quantity]]:
        """Values of one kind, one of each."""
        return [(x, y) for x in self.a.told for y in self.b.told if x.kind == y.kind]

    @cached_property
    def clash(self) -> float:
        """Whether what is asked for differs: figures in each other's place, yes and no, or words of each one's own."""
        if self.asks in {AskedSlot.SLOT, AskedSlot.OTHER}:
            return float(self.news > 0)
        figures = self.freed or any(contradict(x, y, bounding=True) for x, y in self.different)
        stances = self.duty_opposed or self.turned or self.leave_opposed
        return float(figures or (self.asks == AskedSlot.STANCE and bool(stances)))

    @property
    def sides(self) -> tuple[tuple[BestAnswer, str], tuple[BestAnswer, str]]:
        """Both with what they say: the values that differ, whether it is required, or their words."""
        for x, y in self.compared:
            if contradict(x, y, bounding=True):
                return (self.a, self.a.text[slice(*x.span)]), (self.b, self.b.text[slice(*y.span)])
        if self.form.yes_no and self.a.obliges * self.b.obliges < 0:
            labels = STANCE_LABELS[StanceScale.OBLIGATION]
            return (self.a, labels[self.a.obliges]), (self.b, labels[self.b.obliges])
        return (self.a, " ".join(self.a.text.split())), (self.b, " ".join(self.b.text.split()))

    # What else is apart

    @property
    def groups_apart(self) -> bool:
        """Whether each is about a group that numbers set apart ("under 16", "ages 16-17"), or a thing of its own."""
        titles = (side.sentence.view.candidate.titles for side in (self.a, self.b))
        return are_apart(*(self._groups(side) for side in (self.a, self.b))) or are_siblings(*titles)

    def _groups(self, side: BestAnswer) -> Sequence[Quantity]:
        """The bands that a side limits itself to; not the figure asked for, which stands alone."""
        own = bands(side.text) if self.asks != AskedSlot.FIGURE or len(read(side.text)) > 1 else ()
        return own or [band for title in side.sentence.view.candidate.titles[-1:] for band in bands(title)]

    @cached_property
    def resembles(self) -> float:
        """The share of both ones' words that the other holds, or one near in meaning."""
        a, b = self.a.content, self.b.content
        return (sum(is_near(word, b) for word in a) + sum(is_near(word, a) for word in b)) / (len(a) + len(b) or 1)

    @cached_property
    def near(self) -> float:
        """How near the two sentences are in meaning: by the index's vectors, or by those of their words."""
        if self.meaning:
            return self.meaning.between(self.a.vector, self.b.vector)
        return text_vector(self.a.content).cosine(text_vector(self.b.content))

    @cached_property
    def aligned(self) -> float:
        """The share of the words of the one that shares less, by rarity, that have a counterpart in the other."""
        a, b = self.a.beside_values - SAY_HOW, self.b.beside_values - SAY_HOW
        return min(_covered(a, b), _covered(b, a))

    @property
    def near_question(self) -> float:
        """How near to the question is the one that is less near to it."""
        return min(side.sentence.view.cosine for side in (self.a, self.b))

    @cached_property
    def news(self) -> int:
        """Words that each has beyond the other's and the question's; the smaller number of both."""
        asked = {form for word in self.form.words for form in (word.stem, word.term.stem)}
        return min(len(rest - asked) for rest in self.rest)

    @cached_property
    def held(self) -> Sequence[tuple[float, float, float]]:
        """Of each of the question's words: its share of the weight, and how far each side holds it."""
        a, b = (tuple(map(max, s.sentence.view.own, s.sentence.view.above)) for s in (self.a, self.b))
        return list(zip(self.form.weights, a, b, strict=True))

    @property
    def word_apart(self) -> float:
        """The weight of the question's weightiest word that one side holds more of, by how much more."""
        return max((weight * abs(a - b) for weight, a, b in self.held), default=0.0)

    @cached_property
    def covered(self) -> tuple[float, float]:
        """How much of the question each side holds."""
        return sum(w * a for w, a, _ in self.held), sum(w * b for w, _, b in self.held)


def _covered(words: AbstractSet[str], others: AbstractSet[str]) -> float:
    shares = [(rarity(word), counterpart(word, others, PARAMS.comparison)) for word in words]
    return sum(weight * held for weight, held in shares) / (sum(weight for weight, _ in shares) or 1.0)


def _apart(p: AnswerPair, family: str) -> float:
    """1 where both sides hold words of a family, and none is the same."""
    words = FAMILIES[family]
    return apart(p.a.loose & words, p.b.loose & words) * (p.asks != AskedSlot.SLOT)


def _opposed(p: AnswerPair) -> float:
    mine, theirs = ({preposition for preposition, _ in side.placed} for side in (p.a, p.b))
    return float(any(pair & mine and pair & theirs and not pair & mine & theirs for pair in OPPOSED))


def _clash(p: AnswerPair, slot: AskedSlot, by: Callable[[AnswerPair], float]) -> float:
    return p.clash * by(p) if p.asks == slot and p.clash else 0.0


def _share(_: AnswerPair) -> tuple[float, float]:
    return 0.0, 1.0


def _cosine(_: AnswerPair) -> tuple[float, float]:
    return -1.0, 1.0


def _told(by: Callable[[AnswerPair], float]) -> Bounds:
    """Of what is told at once."""
    return lambda p: (by(p), by(p))


def _clash_bounds(p: AnswerPair, slot: AskedSlot, by: Bounds) -> tuple[float, float]:
    """What a contradiction counts, where it takes long to tell whether there is one; nothing in another slot."""
    low, high = by(p) if p.asks == slot else (0.0, 0.0)
    return min(0.0, low), max(0.0, high)


class ClashSignal(NamedTuple):
    """What a contradiction in the slot that is asked for counts by, in which slots, and what this lies between."""

    by: Callable[[AnswerPair], float]
    slots: Collection[AskedSlot]
    bounds: Bounds = _share


def _quick(by: Callable[[AnswerPair], float], *slots: AskedSlot) -> ClashSignal:
    return ClashSignal(by, slots, _told(by))


PAIR_CLASHES: Mapping[str, ClashSignal] = {
    "differs": ClashSignal(lambda p: p.clash, (AskedSlot.FIGURE, AskedSlot.STANCE)),
    "differs, alike": ClashSignal(lambda p: p.alike, (AskedSlot.SLOT,)),
    "differs, nothing left": ClashSignal(lambda p: float(p.left[1] == 0), (AskedSlot.FIGURE, AskedSlot.STANCE)),
    "differs, few left": ClashSignal(
        lambda p: float(p.left[0] > 0 and p.left[1] <= PARAMS.conflicts.few_left),
        (AskedSlot.FIGURE, AskedSlot.SLOT),
    ),
    "differs, more than one": ClashSignal(
        lambda p: float(len(p.different) > 1),
        (AskedSlot.FIGURE, AskedSlot.STANCE, AskedSlot.OTHER),
    ),
    "differs, held": _quick(lambda p: min(p.covered), AskedSlot.FIGURE, AskedSlot.SLOT),
    "differs, likely": _quick(lambda p: min(p.a.chance, p.b.chance), AskedSlot.SLOT),
    "differs, near": ClashSignal(lambda p: p.near, (AskedSlot.FIGURE,), _cosine),
    "differs, aligned": ClashSignal(lambda p: p.aligned, (AskedSlot.FIGURE,)),
    "differs, word apart": _quick(lambda p: p.word_apart, AskedSlot.FIGURE, AskedSlot.STANCE, AskedSlot.SLOT),
    "differs, near the question": _quick(lambda p: p.near_question, AskedSlot.SLOT),
}
"""By name."""

PAIR_SIGNALS: tuple[Signal[AnswerPair], ...] = (
    *(
        Signal(
            f"{slot} {name}",
            partial(_clash, slot=slot, by=clash.by),
            partial(_clash_bounds, slot=slot, by=clash.bounds),
        )
        for name, clash in PAIR_CLASHES.items()
        for slot in clash.slots
    ),
    Signal("freed", lambda p: float(p.freed), _share),
    Signal(
        "excepted",
        lambda p: p.excepted * p.alike * (p.asks == AskedSlot.STANCE),
        lambda p: (0.0, float(p.asks == AskedSlot.STANCE)),
    ),
    Signal("resembles", lambda p: p.resembles, _share),
    Signal("near", lambda p: p.near, _cosine),
    Signal("aligned", lambda p: p.aligned, _share),
    Signal("near the question", lambda p: p.near_question),
    Signal(
        "left",
        lambda p: min(p.left[1], 2 * PARAMS.conflicts.many_left) / PARAMS.conflicts.many_left,
        lambda _: (0.0, 2.0),
    ),
    *(Signal(f"{name}, one side", methodcaller("one_side", name), _share) for name in ("former", "now", "whole")),
    *(Signal(f"{name} apart", partial(_apart, family=name), _share) for name in ("conditions", "hedges")),
    Signal("placed, one side", lambda p: float(bool(p.a.placed) != bool(p.b.placed)), _share),
    Signal("placed opposed", _opposed, _share),
    Signal("names apart", lambda p: float(apart(p.a.names, p.b.names)), _share),
    Signal("score apart", lambda p: min(abs(p.a.sentence.score - p.b.sentence.score), 5.0)),
    Signal("least chance", lambda p: math.log(max(PARAMS.conflicts.least_chance, min(p.a.chance, p.b.chance)))),
    Signal("least passage", lambda p: min(p.a.sentence.ranked.score, p.b.sentence.ranked.score)),
)
