"""What each guide answers best to a question, and which two of these answers contradict each other."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from ..fitted import Fitted
from ..meaning import Meaning
from ..params import PARAMS
from ..reader.sentence_selector import Sentence, chances
from ..signals import falls_short, summed
from .answer_pair import PAIR_SIGNALS, AnswerPair, BestAnswer

OPEN_ENDS = ("?", ":")
"""What ends a sentence that states nothing."""


def contradicting(found: Sequence[Sequence[Sentence]], weights: Fitted, meaning: Meaning | None) -> AnswerPair | None:
    """The two guides' answers that most likely contradict each other; None where likely none do."""
    judged = [
        (chance(pair, weights), pair)
        for pair in compared(found, meaning)
        if not falls_short(weights.clash, PAIR_SIGNALS, pair, _least(weights)) and not pair.groups_apart
    ]
    likely, pair = max(judged, default=(0.0, None), key=lambda each: each[0])
    return pair if likely >= weights.clash["least"] else None


def pairs(found: Sequence[Sequence[Sentence]], meaning: Meaning | None = None) -> Iterator[AnswerPair]:
    """The pairs that are compared, of guides that limit themselves to no other group."""
    return (pair for pair in compared(found, meaning) if not pair.groups_apart)


def compared(found: Sequence[Sequence[Sentence]], meaning: Meaning | None = None) -> Iterator[AnswerPair]:
    """The best answer of all, beside the best ones of a few other guides."""
    likely = chances([sentence for passage in found for sentence in passage])
    best: dict[int, BestAnswer] = {}
    for sentence in sorted((s for passage in found for s in passage), key=lambda s: -s.score):
        document = sentence.ranked.passage.document
        if document not in best and sentence.words and not sentence.view.text.endswith(OPEN_ENDS):
            best[document] = BestAnswer(sentence, likely[sentence.said])
    answers = list(best.values())[: PARAMS.conflicts.guides]
    yield from (AnswerPair(answers[0], other, meaning) for other in answers[1:])


def chance(pair: AnswerPair, weights: Fitted) -> float:
    """The chance that two answers contradict each other."""
    score = summed(weights.clash, PAIR_SIGNALS, pair) + weights.clash["constant"]
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def _least(weights: Fitted) -> float:
    """What the signals must sum up to for two answers to contradict each other."""
    least = weights.clash["least"]
    return math.log(least / (1 - least)) - weights.clash["constant"]
