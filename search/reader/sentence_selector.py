"""Which sentences answer: every sentence of the best passages gets a chance, and a quote is worth what it holds.

A sentence's chance to hold the answer is a softmax over a sum of few signals. A quote is the run of whole sentences
whose summed chance, less a price for every word, is highest: it grows only where the answer may well stand in the next
sentence. docs/quality.md has the gain of every signal, and how the constants were fitted.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..lang.lexicon import lexicon
from ..model import Quote, Span
from ..query.answer_type import AnswerSentence, Expected, expected
from ..query.focus import actor
from ..query.query import Question
from ..query.term_weights import Wanted, share
from ..retrieval.reranker import Ranked, Ranking
from ..text import sentence_splitter as sentences
from ..text.line_index import LineIndex
from ..text.tokenizer import Term

PASSAGES = 5
"""Passages whose sentences are looked at."""
RUN = 4
"""Sentences of a quote at most; a list is quoted whole."""
LONGEST = 150
"""Words of a list that is still quoted whole."""

HELD = 8.0
"""What it counts that a sentence holds the question's words (a share of their weight)."""
ABOVE, BEFORE, AFTER = 0.65, 0.5, 0.3
"""How far a word counts that stands in the headings, in the sentence before, or in the one after instead."""
AGREES = 2.5
"""What the passage's score counts."""
UNMET = 2.0
"""What it costs that a sentence holds nothing of the kind that is asked for."""
FIRM = 2.0
"""How much more, where nothing else can answer."""
ACTOR, BEGINNING = 0.8, 9
"""What it costs that it does not name, among so many first words, who does what is asked."""
DENIED = 1.0
"""What it counts that it denies something too, where the question does: "what if I don't", "without"."""
EMPTY = 3.0
"""What it costs that a sentence asks something itself, or only announces what follows."""
PRICE, LATER = 0.0035, 0.0005
"""The chance that a further word must bring: in the first quote, in the later ones."""
SENTENCE = 5
"""Words from which on a sentence that comes again is the same one."""
DANGLES = 0.1
"""The chance that it costs a quote to begin with what was said before it."""
DENIALS = lexicon("figures").words("denials")
"""Words that deny; so does a word that ends in "n't"."""
BACK = lexicon("figures").words("back")
"""Words that speak of what was said before."""
LEAST = 0.01
"""The chance from which on a later quote is evidence at all."""


class Sentence(NamedTuple):
    """A sentence or list item of a passage; ``span`` counts in the passage's text."""

    ranked: Ranked
    number: int
    span: Span
    words: tuple[Term, ...]
    score: float
    meets: bool
    """Whether it holds something of the kind that is asked for."""
    firm: bool
    """Whether nothing of another kind can answer."""

    @property
    def place(self) -> tuple[int, int, int]:
        """Document, start and end in its text."""
        start = self.ranked.passage.span[0]
        return self.ranked.passage.document, start + self.span[0], start + self.span[1]

    @property
    def said(self) -> tuple[str, ...]:
        """Its words, folded: the same in every guide that repeats it."""
        return tuple(term.word for term in self.words)


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
    def meets(self) -> bool:
        """Whether it holds something of the kind that is asked for."""
        return any(sentence.meets for sentence in self.sentences)

    @property
    def firm(self) -> bool:
        """Whether nothing of another kind can answer."""
        return self.sentences[0].firm

    @property
    def dangles(self) -> bool:
        """Whether it begins with what was said before it: "this", "they"."""
        first = self.sentences[0]
        return first.number > 0 and bool(first.words) and first.words[0].word in BACK

    def quote(self) -> Quote:
        """It as evidence, with its exact place."""
        passage = self.ranked.passage
        start, end = self.sentences[0].span[0], self.sentences[-1].span[1]
        first, last = LineIndex(passage.text).lines((start, end))
        before = passage.lines[0] - 1
        return Quote(
            document=passage.document,
            headings=passage.headings,
            lines=(before + first, before + last),
            span=(passage.span[0] + start, passage.span[0] + end),
            text=passage.text[start:end],
        )


def windows(question: Question, ranking: Ranking) -> list[Window]:
    """Every run of sentences that may be quoted, each with its chance."""
    asked = expected(question, {form for word in ranking.words for form in word.forms})
    begins, denies = actor(question, ranking.words), _denies(question.terms)
    scored = [_scored(ranking.words, asked, begins, denies, passage) for passage in ranking.passages[:PASSAGES]]
    chances = _chances([sentence for passage in scored for sentence in passage])
    return [Window(run, sum(chances.get(s.said, 0.0) for s in run)) for passage in scored for run in _runs(passage)]


def best(found: Sequence[Window], limit: int) -> list[Window]:
    """The windows worth quoting, the most worth first, none overlapping another or saying the same sentence again."""
    chosen: list[Window] = []
    left = list(found)
    while left and len(chosen) < limit:
        price = LATER if chosen else PRICE
        window = max(left, key=lambda w: w.chance - price * w.length - DANGLES * w.dangles)
        chosen.append(window)
        left = [
            w for w in left if w.chance >= LEAST and not _overlap(w.place, window.place) and not _repeats(w, window)
        ]
    return chosen


def _denies(words: Sequence[Term]) -> bool:
    return any(term.word in DENIALS or term.word.endswith("n't") for term in words)


def _scored(
    wanted: Sequence[Wanted], asked: Expected, begins: Sequence[Wanted], denies: bool, ranked: Ranked
) -> list[Sentence]:
    """The passage's sentences, each with its score."""
    passage = ranked.passage
    spans = sentences.lines(passage.text) if passage.is_a("list") else sentences.sentences(passage.text)
    words = [tuple(term for term in ranked.words if start <= term.start < end) for start, end in spans]
    stems = [{term.stem for term in each} for each in words]
    above = {term.stem for term in ranked.above}
    nothing: set[str] = set()
    found = []
    for n, span in enumerate(spans):
        before, after = stems[n - 1] if n else nothing, stems[n + 1] if n + 1 < len(stems) else nothing
        held = share(wanted, ((1.0, stems[n]), (ABOVE, above), (BEFORE, before), (AFTER, after)))
        meets = asked.met(AnswerSentence(passage.text, words[n], *span))
        score = HELD * held + AGREES * ranked.score - (0.0 if meets else FIRM * UNMET if asked.firm else UNMET)
        opening = {term.stem for term in words[n][:BEGINNING]}
        score -= ACTOR * (1 - share(begins, ((1.0, opening),))) if begins else 0.0
        score += DENIED if denies and _denies(words[n]) else 0.0
        score -= EMPTY if passage.text[span[1] - 1] in "?:" else 0.0
        found.append(Sentence(ranked, n, span, words[n], score, meets, asked.firm))
    return found


def _chances(found: Sequence[Sentence]) -> dict[tuple[str, ...], float]:
    """The softmax of the scores, by what is said: a sentence that stands in several passages counts once."""
    scores: dict[tuple[str, ...], float] = {}
    for sentence in found:
        scores[sentence.said] = max(sentence.score, scores.get(sentence.said, -math.inf))
    top = max(scores.values(), default=0.0)
    total = sum(math.exp(score - top) for score in scores.values())
    return {said: math.exp(score - top) / total for said, score in scores.items()}


def _runs(found: Sequence[Sentence]) -> Iterator[tuple[Sentence, ...]]:
    """The runs of a passage's sentences that may be quoted: up to RUN, and a list as a whole."""
    is_list = bool(found) and found[0].ranked.passage.is_a("list")
    if is_list and sum(len(s.words) for s in found) <= LONGEST:
        yield tuple(found)
    for first in range(1 if is_list and len(found) > 1 else 0, len(found)):
        for last in range(first + 1, min(first + (1 if is_list else RUN), len(found)) + 1):
            yield tuple(found[first:last])


def _overlap(a: tuple[int, int, int], b: tuple[int, int, int]) -> bool:
    return a[0] == b[0] and a[1] < b[2] and b[1] < a[2]


def _repeats(window: Window, chosen: Window) -> bool:
    """Whether a window says a whole sentence again that is quoted already, be it from another guide."""
    quoted = {sentence.said for sentence in chosen.sentences if len(sentence.words) >= SENTENCE}
    return any(sentence.said in quoted for sentence in window.sentences)
