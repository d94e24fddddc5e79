"""The main act: a question goes in, an answer made of quotes and numbers comes out."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from ..citation.cite import cite
from ..citation.drawing import said
from ..context import Context
from ..errors import NotFoundError
from ..lang.language import other_language
from ..model import Answer, Asked, Citation, Finding, Status
from ..params import PARAMS, Params, PipelineParams
from ..query.query import Question, understand
from ..store.open import Index
from .answerers import ANSWERERS
from .newest import newest
from .scale import Bearing, bearing, chance

if TYPE_CHECKING:
    from ..choosing.chooser import Chooser
    from ..retrieval.reranker import Ranking


def ask(
    text: str,
    index: Index,
    *,
    documents: Sequence[str] = (),
    limit: int = 3,
    explain: bool = False,
    params: Params = PARAMS,
    chooser: Chooser | None = None,
) -> Answer:
    """Answer a question from the guides of an index: analyse, let the answerers find, choose, cite.

    ``documents`` are globs over the guides' paths (none: all guides may answer); ``limit`` is how many passages an
    answer in prose cites at most; ``explain`` keeps what each stage did; a ``chooser`` chooses among the sentences of
    guides where prose answers. Raises UsageError for an empty or overlong question, NotFoundError where no guide's path
    matches, IndexBrokenError where the index turns out damaged, ChooserError where the chooser cannot be asked.
    """
    began = time.perf_counter()
    question = read(text, index, documents, limit, params)
    context = Context(index, retrieve, traced=explain, chooser=chooser)
    context.trace("analyse", "looked for: " + ", ".join(term.word for term in question.content))
    finding = _in_english(_of_newest(_best(question, context), question, context), question)
    citations = cite((*finding.quotes, *finding.nearest), index.catalog)
    return Answer(
        question=text,
        status=finding.status,
        answer=finding.answer and said(finding.answer, finding.quotes, citations[: len(finding.quotes)]),
        values=finding.values,
        table=finding.table,
        disagreements=finding.disagreements,
        citations=citations[: len(finding.quotes)],
        missing=finding.missing,
        suggestions=finding.suggestions,
        notes=(*finding.notes, *_of_pictures(citations[: len(finding.quotes)])),
        generation=index.generation,
        engine=index.engine.name,
        took_ms=round((time.perf_counter() - began) * 1000, 1),
        confidence=finding.confidence,
        nearest=citations[len(finding.quotes) :],
        choices=finding.choices,
        reading=finding.reading,
        asked=Asked(tuple(documents), limit, chooser.name if chooser else None),
        explain=context.stages,
    )


def read(text: str, index: Index, documents: Sequence[str] = (), limit: int = 3, params: Params = PARAMS) -> Question:
    """The question as the answerers of an index take it."""
    index.catalog.start_anew()
    question = understand(text, documents=_matching(index, documents), limit=limit, params=params)
    index.engine.expect(lambda: _stems(question))
    return question


def _best(question: Question, context: Context) -> Finding:
    """The answer that is most likely right, of equals the earlier, more exact answerer's; or a refusal."""
    found: list[Weighed] = []
    params, weights = question.params.pipeline, question.params.weights(semantic=context.index.meaning is not None)
    for name, finding in findings(question, context):
        likely = chance(name, finding, [(each.name, each.finding) for each in found], weights.answerers)
        context.trace(name, f"{finding.status}, confidence {likely:.2f}: {finding.answer or '-'}")
        found.append(Weighed(name, finding, likely))
        if bearing(finding) == Bearing.ANSWERING and (finding.confidence is None or likely >= params.sure):
            break  # understood to the last word, or as good as that: what comes after would be less exact
    refusals = [each for each in found if bearing(each.finding) == Bearing.REFUSING]
    least = params.sure if refusals else weights.least  # beside a refusal only what is sure is given
    given = [each for each in found if bearing(each.finding) == Bearing.ANSWERING and each.likely >= least]
    best = max(given, key=lambda each: each.likely) if given else (*refusals, found[-1])[0]
    context.trace("choose", best.name)
    others = [each.finding for each in found]
    if given:
        return _with_others(best.finding._replace(confidence=best.likely), others, params)
    nothing = Finding(Status.NOT_FOUND, nearest=best.finding.quotes[: params.nearest])
    refused = best.finding if best.finding.status == Status.NOT_FOUND else nothing
    return _with_others(refused._replace(confidence=found[-1].likely), others, params)


class Weighed(NamedTuple):
    """An answerer's finding, and the probability that it is right."""

    name: str
    finding: Finding
    likely: float


def findings(question: Question, context: Context) -> Iterator[tuple[str, Finding]]:
    """What each answerer finds that does not stay silent, with its name, in their order."""
    for answerer in ANSWERERS:
        silent = answerer.name in question.params.pipeline.silent
        finding = None if silent else answerer.load().answer(question, context)
        if finding is None:
            context.trace(answerer.name, "silent")
        else:
            yield answerer.name, finding


def _of_newest(finding: Finding, question: Question, context: Context) -> Finding:
    """The finding, or what the newest edition of its guide says."""

    def answering(narrowed: Question) -> Finding:
        context.trace("editions", "there is a newer one: asked again without the older ones")
        afresh = Context(context.index, retrieve, chooser=context.chooser)
        return _best(narrowed, afresh)

    return newest(finding, question, context.index.catalog, question.params.pipeline.newer, answering)


def _of_pictures(citations: Sequence[Citation]) -> Iterator[str]:
    """A note where quotes were read by OCR."""
    if numbers := [f"[{citation.n}]" for citation in citations if citation.scanned]:
        yield f"Read by OCR, which may take a letter or digit for another: {', '.join(numbers)}"


def _in_english(finding: Finding, question: Question) -> Finding:
    """The finding; of a question in another language a refusal says that alone, and an answer notes it."""
    language = other_language(question.text, [term.word for term in question.terms])
    if language is None:
        return finding
    note = f"This question seems to be in {language}: citeguide reads questions in English only."
    if finding.status == Status.NOT_FOUND:
        return Finding(Status.NOT_FOUND, notes=(note,), confidence=finding.confidence)
    return finding._replace(notes=(*finding.notes, note))


def _with_others(best: Finding, found: Sequence[Finding], params: PipelineParams) -> Finding:
    """A refusal with what others found: readings that one was not sure enough of, with the rows that they rest on, or
    what one would have quoted. Where a name or a figure is missing nothing is near: it would speak of another one."""
    if best.status != Status.NOT_FOUND or best.choices:
        return best
    offers = next((finding for finding in found if finding.choices), None)
    if offers is not None:
        return best._replace(choices=offers.choices, nearest=offers.nearest)
    if any(phrase[:1].isupper() or phrase[:1].isdigit() for phrase in best.missing):
        return best
    closest = next((near for finding in found if (near := finding.nearest or finding.quotes)), ())
    return best if best.nearest else best._replace(nearest=closest[: params.nearest])


def retrieve(question: Question, index: Index, limit: int) -> Ranking:
    """Rank passages, by a module that is imported when the first passage is needed."""
    ranking: Ranking = import_module("..retrieval.reranker", __package__).ranking(question, index, limit)
    return ranking


def _stems(question: Question) -> set[str]:
    """The stems that the question may come to; a question that needs none does not pay for the import."""
    stems: set[str] = import_module("..query.term_weights", __package__).stems_of(question)
    return stems


def _matching(index: Index, globs: Sequence[str]) -> frozenset[int] | None:
    """The documents whose path, or file name, matches any of the globs; None where no glob is given."""
    if not globs:
        return None
    found = frozenset(
        document.id
        for document in index.catalog.documents()
        if any(
            fnmatchcase(document.path, glob) or fnmatchcase(document.path.rsplit("/", 1)[-1], glob) for glob in globs
        )
    )
    if not found:
        raise NotFoundError(f"no guide matches {' or '.join(globs)}", "run 'citeguide check' to list the guides")
    return found
