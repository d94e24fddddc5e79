"""Two guides' best answers to one question, held against each other: what speaks for it that they contradict.

The sentences were chosen by the reader, so they may share no word with the question. Whether they contradict is a
logistic regression over what they say (values of one kind, stances, words in common) and over what sets them apart
(people, times, conditions, an earlier state). ``bench/fit_conflicts.py`` fits it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property

from ..lang.lexicon import lexicon
from ..lang.thesaurus import entry
from ..model import Quote
from ..query.answer_type import AnswerKind
from ..reader.question_form import QuestionForm
from ..reader.sentence_selector import Sentence, Window
from ..signals import Signal
from ..text.number_bands import are_apart, bands
from ..text.quantities import Quantity
from ..text.tokenizer import terms
from .conflict_question import StanceScale
from .figures import contradict
from .said import Said, read
from .siblings import are_siblings
from .stance import LABELS
from .stance_words import CONDITIONS, EXCEPTIONS, TIMES

_STANCE, _SCOPE = lexicon("stance"), lexicon("scope")
FAMILIES = {
    "people": _SCOPE.words("people"),
    "times": TIMES,
    "conditions": CONDITIONS | EXCEPTIONS | _STANCE.words("leading to a condition"),
    "hedges": _STANCE.words("hedges") | _STANCE.words("extremes"),
    "former": _STANCE.words("former"),
    "now": _STANCE.words("now"),
}
"""Words that say whom, when and in which case a sentence holds for."""
HELD_APART = tuple(FAMILIES)[:4]
"""Those of which both sentences may say something else."""
OPPOSED = tuple(frozenset(line.split()) for line in _SCOPE.lines("opposed prepositions"))
"""Prepositions of which one begins where the other ends."""
FIGURES = (AnswerKind.AMOUNT, AnswerKind.RATE, AnswerKind.SPAN, AnswerKind.FIGURE, AnswerKind.COUNT)
"""Kinds of expected answers that are figures."""
LEAST = 1e-4
"""A chance below which all are the same."""
YEAR_BEGINS = ("19", "20")


class BestAnswer(Said):
    """A guide's best answer, and the chance that it holds the answer, of all sentences that were looked at."""

    def __init__(self, sentence: Sentence, chance: float) -> None:
        super().__init__(sentence.view.text, sentence.words, sentence.view.span[0])
        self.sentence, self.chance = sentence, chance

    @property
    def document(self) -> int:
        """The guide that it is from."""
        return self.sentence.ranked.passage.document

    def quote(self) -> Quote:
        """It as evidence."""
        return Window((self.sentence,), self.chance).quote()

    @cached_property
    def values(self) -> tuple[Quantity, ...]:
        """The quantities that it names; those that only say whom or what it is about, where it names others."""
        found, limits = read(self.text), {band.span for band in bands(self.text)}
        return tuple(q for q in found if q.span not in limits) or found

    @cached_property
    def years(self) -> AbstractSet[str]:
        """The years that stand in it or above it."""
        above = (term.word for title in self.sentence.view.candidate.titles for term in terms(title))
        return {word for word in (*self.words, *above) if len(word) == 4 and word.startswith(YEAR_BEGINS)}


class AnswerPair:
    """The best answers of two guides to one question."""

    def __init__(self, a: BestAnswer, b: BestAnswer, speaking: int) -> None:
        self.a, self.b = a, b
        self.speaking = speaking
        """Guides that speak of the topic in the question's words, so far as such are known."""

    @property
    def form(self) -> QuestionForm:
        """How the question asks."""
        return self.a.sentence.view.form

    @cached_property
    def compared(self) -> Sequence[tuple[Quantity, Quantity]]:
        """Values of one kind, one of each."""
        return [(x, y) for x in self.a.values for y in self.b.values if x.kind == y.kind]

    @cached_property
    def differ(self) -> bool:
        """Whether some of these cannot both be right."""
        return any(contradict(x, y, bounding=False) for x, y in self.compared)

    @property
    def sides(self) -> tuple[tuple[BestAnswer, str], tuple[BestAnswer, str]]:
        """Both with what they say: the values that differ, whether it is required, or their words."""
        for x, y in self.compared:
            if contradict(x, y, bounding=True):
                return (self.a, self.a.text[slice(*x.span)]), (self.b, self.b.text[slice(*y.span)])
        if self.form.yes_no and self.a.obliges * self.b.obliges < 0:
            labels = LABELS[StanceScale.OBLIGATION]
            return (self.a, labels[self.a.obliges]), (self.b, labels[self.b.obliges])
        return (self.a, " ".join(self.a.text.split())), (self.b, " ".join(self.b.text.split()))

    @cached_property
    def bounds_differ(self) -> bool:
        """Whether some are bounds that differ."""
        return any(contradict(x, y, bounding=True) for x, y in self.compared)

    @property
    def groups_apart(self) -> bool:
        """Whether each is about a group that numbers set apart ("under 16", "ages 16-17"), or a thing of its own."""
        titles = (side.sentence.view.candidate.titles for side in (self.a, self.b))
        return are_apart(*(self._groups(side) for side in (self.a, self.b))) or are_siblings(*titles)

    def _groups(self, side: BestAnswer) -> Sequence[Quantity]:
        """The bands that a side limits itself to; not the figure asked for, which stands alone."""
        own = bands(side.text) if not self.asks_figure or len(read(side.text)) > 1 else ()
        return own or [band for title in side.sentence.view.candidate.titles[-1:] for band in bands(title)]

    @cached_property
    def agree(self) -> bool:
        """Whether some are the same."""
        return any(
            x.low <= y.high and y.low <= x.high and not contradict(x, y, bounding=True) for x, y in self.compared
        )

    @cached_property
    def asks_figure(self) -> bool:
        """Whether a figure or a time is asked for."""
        return self.form.expected.kind in FIGURES or self.form.when

    @cached_property
    def asks_other(self) -> bool:
        """Whether neither a figure is asked for, nor yes or no."""
        return not self.asks_figure and (
            not self.form.yes_no or self.form.expected.kind in (AnswerKind.NAME, AnswerKind.PLACE)
        )

    @cached_property
    def copies(self) -> float:
        """The share of the shorter one's words that the other holds as well."""
        a, b = self.a.content, self.b.content
        return len(a & b) / (min(len(a), len(b)) or 1)

    @cached_property
    def resembles(self) -> float:
        """The share of both ones' words that the other holds, or one near in meaning."""
        a, b = self.a.content, self.b.content
        return (sum(_near(word, b) for word in a) + sum(_near(word, a) for word in b)) / (len(a) + len(b) or 1)

    @cached_property
    def news(self) -> int:
        """Words that each has beyond the other's and the question's; the smaller number of both."""
        asked = {form for word in self.form.words for form in (word.stem, word.term.stem)}
        a, b = self.a.content, self.b.content
        return min(len(a - b - asked), len(b - a - asked))

    @cached_property
    def held(self) -> Sequence[tuple[float, float, float]]:
        """Of each of the question's words: its share of the weight, and how far each side holds it."""
        a, b = (tuple(map(max, s.sentence.view.own, s.sentence.view.above)) for s in (self.a, self.b))
        return list(zip(self.form.weights, a, b, strict=True))


def _near(word: str, others: AbstractSet[str]) -> bool:
    found = entry(word)
    return word in others or (found is not None and not others.isdisjoint(found.near))


def _one_side(family: AbstractSet[str]) -> Callable[[AnswerPair], float]:
    """1 where one side holds words of a family, and the other none."""
    return lambda p: float(p.a.words.isdisjoint(family) != p.b.words.isdisjoint(family))


def _apart(a: AbstractSet[object], b: AbstractSet[object]) -> float:
    """1 where both are said, and nothing is the same."""
    return float(bool(a) and bool(b) and a.isdisjoint(b))


def _both_sides(family: AbstractSet[str]) -> Callable[[AnswerPair], float]:
    """1 where both sides hold words of a family, and none is the same."""
    return lambda p: _apart(p.a.words & family, p.b.words & family)


def _heads_apart(p: AnswerPair) -> float:
    return _apart({head for _, head in p.a.placed}, {head for _, head in p.b.placed})


def _opposed(p: AnswerPair) -> float:
    mine, theirs = ({preposition for preposition, _ in side.placed} for side in (p.a, p.b))
    return float(any(pair & mine and pair & theirs and not pair & mine & theirs for pair in OPPOSED))


def _covered(p: AnswerPair) -> tuple[float, float]:
    return sum(w * a for w, a, _ in p.held), sum(w * b for w, _, b in p.held)


def _stance_differs(p: AnswerPair) -> bool:
    return p.form.yes_no and (p.a.obliges * p.b.obliges < 0 or p.a.permits * p.b.permits < 0)


PAIR_SIGNALS: tuple[Signal[AnswerPair], ...] = (
    Signal("figure", lambda p: float(p.asks_figure)),
    Signal("figure differs", lambda p: float(p.asks_figure and p.differ and not p.agree)),
    Signal("bound differs", lambda p: float(p.asks_figure and p.bounds_differ and not p.differ and not p.agree)),
    Signal("figure agrees", lambda p: float(p.asks_figure and p.agree)),
    Signal("no figure", lambda p: float(p.asks_figure and not p.compared)),
    Signal("other figure differs", lambda p: float(not p.asks_figure and p.differ and not p.agree)),
    Signal("one figure each", lambda p: float(len(p.a.values) == len(p.b.values) == 1 and p.differ)),
    Signal("yes or no", lambda p: float(p.form.yes_no)),
    Signal("duty opposed", lambda p: float(p.form.yes_no and p.a.obliges * p.b.obliges < 0)),
    Signal(
        "leave opposed",
        lambda p: float(p.form.yes_no and p.a.obliges * p.b.obliges >= 0 and p.a.permits * p.b.permits < 0),
    ),
    Signal(
        "stance agrees",
        lambda p: float(p.form.yes_no and p.a.obliges * p.b.obliges >= 0 and p.a.permits * p.b.permits > 0),
    ),
    Signal("one denies", lambda p: float(p.a.denies != p.b.denies)),
    Signal("copies", lambda p: p.copies),
    Signal("resembles", lambda p: p.resembles),
    Signal("other, copies", lambda p: p.asks_other * p.copies),
    Signal("other, both new", lambda p: float(p.asks_other and p.news > 0)),
    Signal("both new", lambda p: min(p.news, 4) / 4),
    *(Signal(f"{name}, one side", _one_side(family)) for name, family in FAMILIES.items()),
    *(Signal(f"{name} apart", _both_sides(family)) for name, family in FAMILIES.items() if name in HELD_APART),
    Signal("placed apart", _heads_apart),
    Signal("placed, one side", lambda p: float(bool(p.a.placed) != bool(p.b.placed))),
    Signal("placed opposed", _opposed),
    Signal("names apart", lambda p: _apart(p.a.names, p.b.names)),
    Signal("years, one side", lambda p: float(bool(p.a.years) != bool(p.b.years))),
    Signal("least held", lambda p: min(_covered(p))),
    Signal("held apart", lambda p: abs(_covered(p)[0] - _covered(p)[1])),
    Signal("word apart", lambda p: max((w * abs(a - b) for w, a, b in p.held), default=0.0)),
    Signal("both hold", lambda p: sum(w * min(a, b) for w, a, b in p.held)),
    Signal("score apart", lambda p: min(abs(p.a.sentence.score - p.b.sentence.score), 5.0)),
    Signal("least chance", lambda p: math.log(max(LEAST, min(p.a.chance, p.b.chance)))),
    Signal("spoken of", lambda p: float(p.speaking > 0)),
    Signal("least passage", lambda p: min(p.a.sentence.ranked.score, p.b.sentence.ranked.score)),
    Signal("figure differs, alike", lambda p: p.resembles * (p.asks_figure and p.differ and not p.agree)),
    Signal("figure differs, held", lambda p: min(_covered(p)) * (p.asks_figure and p.differ and not p.agree)),
    Signal("stance differs, alike", lambda p: p.resembles * _stance_differs(p)),
    Signal("stance differs, held", lambda p: min(_covered(p)) * _stance_differs(p)),
    Signal("other, alike", lambda p: p.resembles * (p.asks_other and p.news > 0)),
    Signal("other, held", lambda p: min(_covered(p)) * (p.asks_other and p.news > 0)),
)
