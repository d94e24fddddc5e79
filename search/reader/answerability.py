"""Whether the guides cover a question: one number for how well the best evidence supports an answer, and one threshold.

The evidence is the best passage and the quote chosen from it. What each of its signals counts was fitted by logistic
regression, in units of the best passage's agreement, on questions with and without an answer over articles and career
guides; docs/quality.md has the curve.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..query.focus import focus
from ..query.query import Question
from ..query.term_weights import Wanted, share, total
from ..retrieval.reranker import Ranking
from ..store.engines.base import Engine
from .sentence_selector import ABOVE, BEFORE, Window

ENOUGH = 3.85
"""Support from which on a question counts as covered: it refuses 3 % of the answerable questions of XQuAD."""
HELD, CHANCE, WEIGHT = 1.5, 1.3, 0.2
"""What it counts that the quote holds the question's words (a share), its chance, and what these words weigh."""
UNKNOWN, NAMED, TURNS = 3.0, 2.0, 1.5
"""What the shares count against it that no guide holds, that are names, and that are what the answer turns on."""
UNMET, FIRM = 1.3, 2.5
"""What counts against it that nothing is of the kind asked for, and more so where nothing else can answer."""
SUBJECT = 5.0
"""What counts against it that its document never speaks of a thing that is asked about and is the subject of others."""
BEST = 3
"""Passages among which the best agreement is looked for."""


class Support(NamedTuple):
    """How well the evidence supports an answer."""

    score: float
    missing: tuple[Wanted, ...]
    """The words that the quote, its passage and its headings lack."""
    unknown: tuple[Wanted, ...]
    """Those of them that no guide holds."""

    @property
    def enough(self) -> bool:
        """Whether the question counts as covered."""
        return self.score >= ENOUGH


def support(question: Question, ranking: Ranking, quote: Window, engine: Engine) -> Support:
    """How well the best passages and the quote chosen from them support an answer."""
    words = ranking.words
    stems = {term.stem for sentence in quote.sentences for term in sentence.words}
    above, around = ({term.stem for term in terms} for terms in (quote.ranked.above, quote.ranked.words))
    places = ((1.0, stems), (ABOVE, above), (BEFORE, around))
    missing = tuple(word for word in words if not word.held(places))
    unknown = tuple(word for word in missing if not engine.passages_with(word.term.stem))
    held, turns_on = share(words, places), focus(question, words)
    speaks_for = HELD * held + CHANCE * quote.chance + WEIGHT * held * total(words)
    against = UNKNOWN * _share(unknown, words) + NAMED * _share([w for w in missing if w.named], words)
    if turns_on:
        against += TURNS * (1 - share(turns_on, places))
    if not quote.meets:
        against += UNMET + FIRM * quote.firm
    against += SUBJECT * quote.ranked.strange
    agreement = max(r.agreement for r in ranking.passages[:BEST])
    return Support(agreement + speaks_for - against, missing, unknown)


def _share(part: Sequence[Wanted], words: Sequence[Wanted]) -> float:
    return sum(word.weight for word in part) / total(words)
