"""Whether an answer is right: a probability, from the best passages and the quotes chosen from them.

A logistic regression over few signals, fitted to whether the first quote was right, on questions with an answer and
without one. Few signals do better than many on guides that none was fitted on (docs/quality.md), and none of them grows
with the length of the question.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from ..fitted import Fitted
from ..query.term_weights import Wanted, share, total
from ..retrieval.passage_signals import together
from ..retrieval.reranker import Ranking
from ..signals import Signal, summed
from ..store.engines.bm25 import Ranker
from .question_form import QuestionForm
from .sentence_selector import Window
from .sentence_signals import group, is_met


class Evidence(NamedTuple):
    """What an answer would rest on."""

    words: tuple[Wanted, ...]
    quotes: Sequence[Window]
    """The quotes chosen, best first."""
    missing: tuple[Wanted, ...]
    """The words that the quote, its passage and its headings lack."""
    unknown: tuple[Wanted, ...]
    """Those of them that no passage holds: what only rows of tables have, no sentence tells."""
    alien: tuple[Wanted, ...]
    """Those of these of which no guide holds a relative either."""

    @property
    def best(self) -> Window:
        """The first quote."""
        return self.quotes[0]

    @property
    def form(self) -> QuestionForm:
        """How the question asks."""
        return self.best.sentences[0].view.form


class Answerability(NamedTuple):
    """The probability that the best quote is right, and what it lacks."""

    right: float
    missing: tuple[Wanted, ...]


def answerability(ranking: Ranking, quotes: Sequence[Window], engine: Ranker, weights: Fitted) -> Answerability:
    """How likely the best of the quotes is right."""
    found = evidence(ranking, quotes, engine)
    score = summed(weights.right, RIGHT_SIGNALS, found) + weights.right["constant"]
    right = 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
    return Answerability(min(right, most_likely(found)), found.missing)


def most_likely(e: Evidence) -> float:
    """What the probability is at most: little where an amount, a length or a rate is asked for, and there is none, or
    where the quote speaks of another group than the question's number lies in."""
    is_beside = _is_unmet(e) or all(group(s.view) < 0 for s in e.best.sentences)
    return e.form.params.most_unmet if is_beside else 1.0


def evidence(ranking: Ranking, quotes: Sequence[Window], engine: Ranker) -> Evidence:
    """What the best quote's answer rests on."""
    candidate = quotes[0].ranked.candidate
    places = ((1.0, quotes[0].stems), (1.0, candidate.above), (1.0, candidate.body))
    spans = [point.span for point in quotes[0].sentences[0].view.form.points if _is_of_group(quotes[0])]
    met = [word for word in ranking.words if any(start <= word.term.start < end for start, end in spans)]
    missing = tuple(word for word in ranking.words if word not in met and not word.held(places))
    unknown = tuple(word for word in missing if not engine.passages_with(word.term.stem))
    engine.know({form for word in unknown for form in word.forms})
    alien = tuple(word for word in unknown if not any(map(engine.passages_with, word.forms)))
    return Evidence(ranking.words, quotes, missing, unknown, alien)


def _is_of_group(quote: Window) -> bool:
    """Whether a quote is about the group that the question's number lies in: then it need not name that number."""
    return any(group(sentence.view) > 0 for sentence in quote.sentences)


def _part(part: Sequence[Wanted], words: Sequence[Wanted]) -> float:
    return sum(word.weight for word in part) / total(words)


def _held(e: Evidence) -> float:
    candidate, around = e.best.ranked.candidate, e.form.params.around
    return share(e.words, ((1.0, e.best.stems), (around, candidate.above), (around, candidate.body)))


def _together(e: Evidence) -> float:
    return max(
        together(e.best.ranked.candidate.by_form, (t.stem for t in sentence.words), e.form.within)
        for sentence in e.best.sentences
    )


def _chance(e: Evidence) -> float:
    bounded = min(max(e.best.chance, 0.01), 0.99)
    return math.log(bounded / (1 - bounded))


def _lead(e: Evidence) -> float:
    return e.best.chance - (e.quotes[1].chance if len(e.quotes) > 1 else 0.0)


def _is_unmet(e: Evidence) -> bool:
    """Whether an amount, a length or a rate is asked for, and no sentence of the quote holds one."""
    return e.form.expected.firm and not any(is_met(s.view) for s in e.best.sentences)


def _cosine(e: Evidence) -> float:
    return max(sentence.view.cosine for sentence in e.best.sentences)


RIGHT_SIGNALS: tuple[Signal[Evidence], ...] = (
    Signal("chance", _chance),
    Signal("lead", _lead),
    Signal("held", _held),
    Signal("together", _together),
    Signal("unknown", lambda e: _part(e.unknown, e.words)),
    Signal("alien", lambda e: _part(e.alien, e.words)),
    Signal("firmly unmet", lambda e: float(_is_unmet(e))),
    Signal("passage", lambda e: e.best.ranked.score),
    Signal("cosine", _cosine),
)
