"""Golden questions asked of an index, and the figures that come of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median

from ..errors import NotFoundError, UsageError
from ..model import Answer, Status
from ..pipeline.answer import ask
from ..store.open import Index
from .golden import GOLDEN_KINDS, Golden, GoldenField, fold, judge

MAX_ANSWER_SHOWN = 300
"""Characters that are kept of an answer."""


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """A golden question, what came of it, and whether that was right."""

    id: str
    kind: str
    question: str
    documents: tuple[str, ...]
    expected: str
    status: Status
    answer: str
    right: bool
    in_three: bool
    """Right where any of the first three citations may carry the answer."""
    words: int | None
    """Words of the first quote; None where nothing is quoted."""
    faulty: int
    """Citations whose span does not slice to their quote."""
    took_ms: float


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How the questions of one kind went."""

    asked: int
    right: int
    in_three: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What a run comes to."""

    kinds: dict[str, Tally]
    """By kind, in the order of the questions."""
    total: Tally
    refused: Share
    """Of the questions that no guide answers."""
    wrongly_refused: Share
    """Of the questions that a guide answers."""
    words: int | None
    """Median words of a first quote."""
    faulty: int
    """Citations whose span does not slice to their quote."""
    median_ms: float
    p95_ms: float


def measure(
    questions: Sequence[Golden],
    index: Index,
    *,
    by_document: bool = False,
    progress: Callable[[int, int, str], None] | None = None,
) -> list[JudgedQuestion]:
    """Ask each question of the index, and judge what comes; ``by_document`` asks its own documents alone.

    ``progress`` is told how many are done, of how many, and the next question. Raises UsageError, with the line, for
    a question that cannot be asked.
    """
    outcomes = []
    spans = _SpanCheck(index)
    for done, golden in enumerate(questions):
        if progress is not None:
            progress(done, len(questions), golden.question)
        answer = _ask(golden, index, golden.documents if by_document else ())
        outcomes.append(_outcome(golden, answer, spans.faulty(answer)))
    return outcomes


def figures(outcomes: Sequence[JudgedQuestion]) -> Figures:
    """The figures of a run of at least one question."""
    covered = [each.status == Status.NOT_FOUND for each in outcomes if each.kind != "not_found"]
    uncovered = [each.status == Status.NOT_FOUND for each in outcomes if each.kind == "not_found"]
    words = sorted(each.words for each in outcomes if each.words is not None)
    times = sorted(each.took_ms for each in outcomes)
    return Figures(
        kinds=tallies(outcomes),
        total=_tally(outcomes),
        refused=Share(sum(uncovered), len(uncovered)),
        wrongly_refused=Share(sum(covered), len(covered)),
        words=words[len(words) // 2] if words else None,
        faulty=sum(each.faulty for each in outcomes),
        median_ms=round(median(times), 1),
        p95_ms=times[ceil(0.95 * len(times)) - 1],
    )


def tallies(outcomes: Iterable[JudgedQuestion]) -> dict[str, Tally]:
    """How each kind went, in the order in which the kinds come first."""
    kinds: dict[str, list[JudgedQuestion]] = {}
    for outcome in outcomes:
        kinds.setdefault(outcome.kind, []).append(outcome)
    return {kind: _tally(each) for kind, each in kinds.items()}


def _tally(outcomes: Sequence[JudgedQuestion]) -> Tally:
    right = sum(each.right for each in outcomes)
    return Tally(len(outcomes), right, sum(each.in_three for each in outcomes))


def _ask(golden: Golden, index: Index, documents: Sequence[str]) -> Answer:
    try:
        return ask(golden.question, index, documents=documents)
    except (NotFoundError, UsageError) as error:
        raise UsageError(f"line {golden.line} cannot be asked: {error.message}", error.remedy) from error


def _outcome(golden: Golden, answer: Answer, faulty: int) -> JudgedQuestion:
    verdict = judge(golden, answer)
    return JudgedQuestion(
        id=golden.id,
        kind=golden.kind,
        question=golden.question,
        documents=golden.documents,
        expected=_expected(golden),
        status=answer.status,
        answer=fold(answer.answer or "")[:MAX_ANSWER_SHOWN],
        right=verdict.right,
        in_three=verdict.in_three,
        words=len(answer.citations[0].quote.split()) if answer.citations else None,
        faulty=faulty,
        took_ms=answer.took_ms,
    )


def _expected(golden: Golden) -> str:
    """What is expected, for a reader."""
    field = GOLDEN_KINDS[golden.kind].field
    if field == GoldenField.VALUES:
        return ", ".join(f"{value:,f}" for value in golden.values)
    if field == GoldenField.QUOTE:
        return " … ".join(golden.quotes)
    if field == GoldenField.QUOTE_BY_DOCUMENT:
        return "disagreement: " + "; ".join(f"{guide}: {text}" for guide, text in golden.sides)
    return "not_found"


class _SpanCheck:
    """Holds citations against the text of their documents."""

    def __init__(self, index: Index) -> None:
        self._catalog = index.catalog
        self._documents = {(each.path, each.sha256): each.id for each in index.catalog.documents()}

    def faulty(self, answer: Answer) -> int:
        """How many citations name another document than the index holds, or a span that is not their quote."""
        return sum(
            self._slice(citation.path, citation.sha256, *citation.span) != citation.quote
            for citation in answer.citations
        )

    def _slice(self, path: str, sha256: str, start: int, end: int) -> str | None:
        document = self._documents.get((path, sha256))
        return None if document is None else self._catalog.texts.stretch(document, (start, end)).text
