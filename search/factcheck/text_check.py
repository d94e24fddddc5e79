"""The main act: each sentence of a text is supported by the guides, contradicted by them, or not in them.

Two logistic regressions over the signals of a claim and a quote say how likely the quote bears on the claim, and how
likely one that does denies it; the likeliest quote decides, and where none is likely enough the claim is not in the
guides.
``bench/claims.py --fit`` fits them.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from enum import StrEnum
from typing import NamedTuple

from ..citation.cite import cite
from ..errors import UsageError
from ..fitted import fitted
from ..model import Citation, Span
from ..signals import Signal, summed
from ..store.open import Index
from .claim_signals import CLAIM_SIGNALS, ClaimComparison, compared
from .claim_windows import Claim, EvidenceWindow, subjects, windows
from .claimed_text import WrittenSentence, written_sentences


class ClaimVerdict(StrEnum):
    """What the guides say of a sentence."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_FOUND = "not_found"
    SKIPPED = "skipped"


MAX_TEXT = 200_000
"""Code points of a text; longer ones are refused."""
MAX_SENTENCES = 500
"""Sentences of a text; more are refused."""


class CheckedSentence(NamedTuple):
    """A sentence and what the guides say of it."""

    text: str
    span: Span
    """In the text that was checked."""
    verdict: ClaimVerdict
    why: str
    """Why it was skipped, or what contradicts it; otherwise empty."""
    confidence: float | None
    """How likely the verdict is right; None for what was skipped."""
    citation: Citation | None
    """The quote that supports or contradicts it, numbered over the whole text."""


class CheckedText(NamedTuple):
    """A text, sentence by sentence."""

    sentences: tuple[CheckedSentence, ...]
    generation: int
    engine: str
    took_ms: float

    def count(self, verdict: ClaimVerdict) -> int:
        """How many sentences have this verdict."""
        return sum(each.verdict == verdict for each in self.sentences)

    @property
    def is_supported(self) -> bool:
        """Whether it claims something, and the guides support all of it."""
        return (
            self.count(ClaimVerdict.SUPPORTED) > 0
            and not self.count(ClaimVerdict.CONTRADICTED)
            and not self.count(ClaimVerdict.NOT_FOUND)
        )


def check_text(
    text: str,
    index: Index,
    *,
    most: int = MAX_SENTENCES,
    each_anew: bool = True,
    told: Callable[[int, int], None] | None = None,
) -> CheckedText:
    """Hold every sentence of a text against the guides.

    ``most`` is how many sentences it may have. ``each_anew`` gives each of them the time that the index gives to a
    question, and not to all of them together; ``told`` hears after each how many are done, and of how many. Raises
    UsageError for a text that is empty or too long, TimeLimitError where that time is over.
    """
    began = time.perf_counter()
    found = list(_bounded(text, most))
    checked: list[CheckedSentence] = []
    cited, telling = 0, subjects(index.catalog)
    for sentence in found:
        if each_anew:
            index.catalog.start_anew()
        checked.append(_checked(sentence, index, telling, cited + 1))
        cited += checked[-1].citation is not None
        if told:
            told(len(checked), len(found))
    took = round((time.perf_counter() - began) * 1000, 1)
    return CheckedText(tuple(checked), index.generation, index.engine.name, took)


def _bounded(text: str, most: int) -> Iterator[WrittenSentence]:
    if len(text) > MAX_TEXT:
        raise UsageError(f"the text has {len(text):,} characters", f"check at most {MAX_TEXT:,} at once")
    number = 0
    for number, sentence in enumerate(written_sentences(text), start=1):
        if number > most:
            raise UsageError(f"the text has more than {most:,} sentences", "check it in parts")
        yield sentence
    if not number:
        raise UsageError("the text holds no words", "give a text in plain English")


def _checked(
    sentence: WrittenSentence, index: Index, telling: Mapping[int, AbstractSet[str]], number: int
) -> CheckedSentence:
    nothing = CheckedSentence(sentence.text, sentence.span, ClaimVerdict.SKIPPED, sentence.silent or "", None, None)
    if sentence.silent:
        return nothing
    judged = judge(compared(windows(Claim(sentence.text), index), telling), fitted().claims)
    said = nothing._replace(verdict=judged.verdict, confidence=round(judged.confidence, 3))
    if judged.by is None:
        return said
    quote = judged.by.window.quote()
    citation = cite([quote], index.catalog)[0]._replace(n=number)
    return said._replace(why=_reason(judged), citation=citation)


class Judged(NamedTuple):
    """What the quotes that bear on a claim come to, and the one that decides."""

    verdict: ClaimVerdict
    confidence: float
    by: ClaimComparison | None


def judge(found: Sequence[ClaimComparison], weights: Mapping[str, Mapping[str, float]]) -> Judged:
    """Supported or contradicted by the likeliest quote; neither, where one quote supports it and another denies it."""
    likely = [chances(each, weights) for each in found]
    best = {v: max(((each[v], n) for n, each in enumerate(likely)), default=(0.0, -1)) for v in VERDICTS}
    enough = [verdict for verdict in VERDICTS if best[verdict][0] >= weights["least"][verdict]]
    likeliest, number = max(best.values())
    verdict = max(VERDICTS, key=lambda each: best[each])
    if enough[:1] != [verdict]:
        return Judged(ClaimVerdict.NOT_FOUND, 1 - min(best[each][0] for each in enough or [verdict]), None)
    return Judged(verdict, likeliest, found[number])


VERDICTS: tuple[ClaimVerdict, ...] = (ClaimVerdict.SUPPORTED, ClaimVerdict.CONTRADICTED)
"""What a quote can say of a claim; of equals the first."""


def chances(comparison: ClaimComparison, weights: Mapping[str, Mapping[str, float]]) -> Mapping[ClaimVerdict, float]:
    """The probability that a quote says this of a claim: that it bears on it, times that it then denies it or not."""
    bears, denies = (_chance(comparison, weights[name], signals) for name, signals in CLAIM_SIGNALS.items())
    return {ClaimVerdict.SUPPORTED: bears * (1 - denies), ClaimVerdict.CONTRADICTED: bears * denies}


def _chance(of: ClaimComparison, weights: Mapping[str, float], signals: Sequence[Signal[ClaimComparison]]) -> float:
    score = summed(weights, signals, of) + weights["constant"]
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def _reason(judged: Judged) -> str:
    """Of a contradiction by a value: both values, as they are written."""
    by = judged.by
    if judged.verdict != ClaimVerdict.CONTRADICTED or by is None or not by.different:
        return ""
    (mine, theirs), window = by.different[0], by.window
    return f"{_written(window, theirs.span)}, not {by.claim.text[slice(*mine.span)]}"


def _written(window: EvidenceWindow, span: Span) -> str:
    return window.text[slice(*span)]
