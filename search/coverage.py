"""Whether the guides cover a question: one number for how well the best evidence supports an answer, and one threshold.

The evidence is the best passage and the quote chosen from it. Its signals are shares of the question's weight, each
from 0 to 1 and each counting the same, less half of what speaks against it. The threshold was set on questions with
and without an answer; docs/quality.md has the curve.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .engines.base import Engine
from .quotes import ABOVE, BEFORE, Window
from .rank import Ranking
from .wanted import Wanted, share, total

ENOUGH = 2.04
"""Support from which on a question counts as covered: it refuses 4 % of the answerable questions of XQuAD."""
AGAINST, UNMET = 0.5, 1.0
"""What it counts that words are unknown to all guides or that names are missing; that nothing is of the kind asked."""
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


def support(ranking: Ranking, quote: Window, engine: Engine) -> Support:
    """How well the best passages and the quote chosen from them support an answer."""
    words = ranking.words
    stems = {term.stem for sentence in quote.sentences for term in sentence.words}
    above, around = ({term.stem for term in terms} for terms in (quote.ranked.above, quote.ranked.words))
    places = ((1.0, stems), (ABOVE, above), (BEFORE, around))
    missing = tuple(word for word in words if not word.held(places))
    unknown = tuple(word for word in missing if not engine.passages_with(word.term.stem))
    speaks_for = max(r.agreement for r in ranking.passages[:BEST]) + share(words, places) + quote.chance
    named = tuple(word for word in missing if word.named)
    against = AGAINST * (_weight(unknown) + _weight(named)) / total(words) + UNMET * (not quote.meets)
    return Support(speaks_for - against, missing, unknown)


def _weight(words: Sequence[Wanted]) -> float:
    return sum(word.weight for word in words)
