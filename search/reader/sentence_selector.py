"""Which sentences answer: every sentence of the best passages gets a chance, and a quote is worth what it holds.

A sentence's chance to hold the answer is a softmax over the sum of its signals. A quote is the run of whole sentences
whose summed chance, less a price for every word, is highest: it grows only where the answer may well stand in the next
sentence. docs/quality.md has the gain of every signal.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..fitted import Fitted
from ..lang.lexicon import lexicon
from ..meaning import Meaning
from ..model import Quote
from ..params import ReaderParams
from ..query.query import Question
from ..retrieval.passage_signals import cut_sentences
from ..retrieval.reranker import Ranked, Ranking
from ..retrieval.word_meaning import sentence_cosines
from ..signals import summed
from ..text.cycles import implied
from ..text.line_index import LineIndex
from ..text.tokenizer import Term
from .question_form import question_form
from .sentence_signals import SENTENCE_SIGNALS, View

BACK = lexicon("figures").words("back")
"""Words that speak of what was said before."""


class Sentence(NamedTuple):
    """A sentence or list item, as the signals saw it, with what they say together."""

    view: View
    ranked: Ranked
    score: float
    said: tuple[str, ...]
    """Its words, folded: the same in every guide that repeats it."""

    @property
    def words(self) -> tuple[Term, ...]:
        """Its words."""
        return self.view.words

    @property
    def place(self) -> tuple[int, int, int]:
        """Document, start and end in its text."""
        start = self.ranked.passage.span[0]
        return self.ranked.passage.document, start + self.view.span[0], start + self.view.span[1]


class Window(NamedTuple):
    """A run of sentences of one passage, with the chance that it holds the answer."""

    sentences: tuple[Sentence, ...]
    chance: float

    @property
    def ranked(self) -> Ranked:
        """The passage it is from."""
        return self.sentences[0].ranked

    @property
    def place(self) -> tuple[int, int, int]:
        """Document, start and end in its text."""
        return (*self.sentences[0].place[:2], self.sentences[-1].place[2])

    @property
    def length(self) -> int:
        """How many words it has."""
        return sum(len(sentence.words) for sentence in self.sentences)

    @property
    def stems(self) -> frozenset[str]:
        """The stems of its words."""
        return frozenset(term.stem for sentence in self.sentences for term in sentence.words)

    @property
    def dangles(self) -> bool:
        """Whether it begins with what was said before it: "this", "they"."""
        first = self.sentences[0]
        return first.view.number > 0 and bool(first.words) and first.words[0].word in BACK

    @property
    def leads_on(self) -> bool:
        """Whether it only announces what comes, or asks: that is no answer."""
        return all(sentence.view.text.endswith((":", "?")) for sentence in self.sentences)

    def quote(self) -> Quote:
        """It as evidence, with its exact place."""
        passage = self.ranked.passage
        start, end = self.sentences[0].view.span[0], self.sentences[-1].view.span[1]
        first, last = LineIndex(passage.text).lines((start, end))
        before = passage.lines[0] - 1
        return Quote(
            document=passage.document,
            headings=passage.headings,
            lines=(before + first, before + last),
            span=(passage.span[0] + start, passage.span[0] + end),
            text=passage.text[start:end],
        )


def sentences(
    question: Question, ranking: Ranking, weights: Fitted, meaning: Meaning | None = None
) -> list[list[Sentence]]:
    """The sentences of each of the best passages, scored."""
    best = ranking.passages[: question.params.reader.passages]
    seen = views(question, Ranking(ranking.words, best), meaning)
    top = max((r.score for r in best), default=0.0)
    return [[_scored(view, r, top, weights) for view in each] for r, each in zip(best, seen, strict=True)]


def windows(passages: Sequence[Sequence[Sentence]], params: ReaderParams) -> list[Window]:
    """Every run of sentences that may be quoted, each with its chance; none that only leads on to what comes."""
    likely = chances([sentence for passage in passages for sentence in passage])
    found = []
    for passage in passages:
        own = {id(sentence): likely[sentence.said] for sentence in passage}
        found += [Window(run, sum(own[id(sentence)] for sentence in run)) for run in _runs(passage, likely, params)]
    return [window for window in found if not window.leads_on]


def best(found: Sequence[Window], limit: int, price: float, params: ReaderParams) -> list[Window]:
    """The windows worth quoting, the most worth first, none overlapping another or saying the same sentence again."""
    chosen: list[Window] = []
    left = [(w.chance - params.dangling * w.dangles, w.length, w) for w in found]
    while left and len(chosen) < limit:
        cost = params.later_price if chosen else price
        window = max(left, key=lambda each: each[0] - cost * each[1])[2]
        chosen.append(window)
        left = [
            each
            for each in left
            if each[2].chance >= params.least_later
            and not _overlap(each[2].place, window.place)
            and not _repeats(each[2], window, params.repeated)
        ]
    return chosen


def views(question: Question, ranking: Ranking, meaning: Meaning | None = None) -> list[list[View]]:
    """The sentences of each passage, as the signals see them."""
    form = question_form(question, ranking.words)
    by_meaning = [sentence_cosines(question.text, r.passage, meaning) for r in ranking.passages]
    nearest = max((c for each in by_meaning for c in each), default=0.0)
    found = []
    for ranked, near in zip(ranking.passages, by_meaning, strict=True):
        passage = ranked.passage
        cut = cut_sentences(passage.kind, passage.text)
        held = [form.held((*(t.stem for t in words), *implied(words, passage.text))) for _, words in cut]
        above, nothing = form.held(ranked.candidate.above), (0.0,) * len(form.words)
        near = near if len(near) == len(cut) else [0.0] * len(cut)
        found.append(
            [
                View(
                    form=form,
                    candidate=ranked.candidate,
                    number=n,
                    span=span,
                    words=words,
                    own=held[n],
                    above=above,
                    before=held[n - 1] if n else nothing,
                    after=held[n + 1] if n + 1 < len(held) else nothing,
                    cosine=near[n],
                    gap=nearest - near[n],
                    around=_mean([*near[max(0, n - 1) : n], *near[n + 1 : n + 2]]),
                )
                for n, (span, words) in enumerate(cut)
            ]
        )
    return found


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / (len(numbers) or 1)


def _scored(view: View, ranked: Ranked, top: float, weights: Fitted) -> Sentence:
    score = summed(weights.sentence, SENTENCE_SIGNALS, view)
    said = tuple(term.word for term in view.words)
    return Sentence(view, ranked, score + weights.sentence["passage"] * (ranked.score - top), said)


def chances(found: Sequence[Sentence]) -> dict[tuple[str, ...], float]:
    """The softmax of the scores, by what is said: a sentence that stands in several passages counts once."""
    scores: dict[tuple[str, ...], float] = {}
    for sentence in found:
        scores[sentence.said] = max(sentence.score, scores.get(sentence.said, -math.inf))
    top = max(scores.values(), default=0.0)
    total = sum(math.exp(score - top) for score in scores.values())
    return {said: math.exp(score - top) / total for said, score in scores.items()}


def _runs(
    found: Sequence[Sentence], likely: Mapping[tuple[str, ...], float], params: ReaderParams
) -> Iterator[tuple[Sentence, ...]]:
    """The runs of a passage's sentences that may be quoted; a list as a whole unless an item stands out."""
    is_list = bool(found) and found[0].ranked.passage.is_a("list")
    stands_out = any(likely[item.said] >= params.alone for item in found[1:])
    if is_list and not stands_out and sum(len(s.words) for s in found) <= params.longest_list:
        yield tuple(found)
    for first in range(1 if is_list and len(found) > 1 else 0, len(found)):
        for last in range(first + 1, min(first + (1 if is_list else params.run), len(found)) + 1):
            if last > first + 1 and sum(len(s.words) for s in found[first:last]) > params.longest_run:
                break
            yield tuple(found[first:last])


def _overlap(a: tuple[int, int, int], b: tuple[int, int, int]) -> bool:
    return a[0] == b[0] and a[1] < b[2] and b[1] < a[2]


def _repeats(window: Window, chosen: Window, words: int) -> bool:
    """Whether a window says a sentence of so many words again that is quoted already, be it from another guide."""
    quoted = {sentence.said for sentence in chosen.sentences if len(sentence.words) >= words}
    return any(sentence.said in quoted for sentence in window.sentences)
