"""Answers from prose: the sentences that answer, the ones that come closest, or a refusal that says what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from ..context import Context
from ..model import Finding, Quote, Status
from ..params import ReaderParams
from ..query.absent_words import absent_words, as_written, unheard_of
from ..query.query import Question
from ..query.term_weights import Wanted
from ..retrieval.reranker import Ranking
from ..store.open import Index
from .answerability import answerability
from .asking_back import Offer, offers
from .model_choice import ModelChoice, choose
from .sentence_selector import Window, best, sentences, windows
from .staleness import age_note


def answer(question: Question, context: Context, *, year: int | None = None) -> Finding:
    """The quotes that answer a question, best first; or ``not_found`` with those that come closest and what is missing.

    ``year`` is the current year (by default the clock's), against which figures are old.
    """
    index, ranking = context.index, context.ranking(question)
    weights, params = question.params.weights(semantic=index.meaning is not None), question.params.reader
    found = context.once("sentences", lambda: sentences(question, ranking, weights, index.meaning))
    chosen = best(windows(found, params), max(question.limit, params.closest), weights.price, params)
    if not chosen:
        return _refused(question, ranking, ranking.words, index)._replace(confidence=0.0)
    choice = choose(question, found, context.chooser) if context.chooser else ModelChoice(None, "")
    if choice.quotes == []:
        refused = _refused(question, ranking, ranking.words, index)
        return _nearest(refused, chosen, params)._replace(confidence=0.0, notes=(*refused.notes, choice.note))
    own, chosen = chosen, choice.quotes or chosen
    evidence = answerability(ranking, chosen, index.engine, weights)
    if evidence.right < weights.least or chosen[0].ranked.candidate.strange or _is_beside_a_sheet(chosen[0], index):
        refused = _refused(question, ranking, evidence.missing, index)
        return _nearest(refused, own, params)._replace(confidence=evidence.right)
    by = context.chooser.name if context.chooser and choice.quotes else None
    meant = offers(found, chosen[0], question.params.ask_back) if by is None else []
    cited = tuple(quote._replace(chosen_by=by) for quote in _cited(chosen, meant, question.limit))
    year = year or datetime.now(UTC).year
    ages = (age_note(quote.text, question.text, year, params) for quote in cited[:1])
    return Finding(
        Status.ANSWERED,
        answer=" ".join(cited[0].text.split()),
        quotes=cited,
        confidence=evidence.right,
        choices=tuple(offer.choice(n) for n, offer in enumerate(meant, 1)),
        notes=(
            *_readings(ranking, chosen[0]),
            *unheard_of(absent_words(evidence.missing, question, index).unknown, question, index.engine),
            *_by_meaning(chosen[0]),
            *(note for note in ages if note),
            *((choice.note,) if choice.note else ()),
        ),
    )


def _is_beside_a_sheet(quote: Window, index: Index) -> bool:
    """Whether a quote is a caption or a note of a sheet: it says what the rows are, and answers nothing itself."""
    passage = quote.ranked.passage
    return not passage.is_a("row") and index.catalog.document(passage.document).is_sheet


def _nearest(refused: Finding, closest: Sequence[Window], params: ReaderParams) -> Finding:
    """A refusal with the quotes that come closest."""
    return refused._replace(nearest=tuple(window.quote() for window in closest[: params.closest]))


def _cited(chosen: Sequence[Window], meant: Sequence[Offer], limit: int) -> tuple[Quote, ...]:
    """The quotes of an answer: where several things may be meant, the best one's and that of each of the others."""
    if meant:
        return (chosen[0].quote(), *(offer.quote() for offer in meant[1:]))
    return tuple(window.quote() for window in chosen[:limit])


def _refused(question: Question, ranking: Ranking, lacking: Sequence[Wanted], index: Index) -> Finding:
    """Not found: what no guide speaks of is missing; what they hold, but not beside the rest, is noted."""
    absent = absent_words(lacking, question, index)
    return Finding(
        Status.NOT_FOUND,
        missing=tuple(dict.fromkeys(as_written(word, question.text) for word in absent.missing)),
        suggestions=(*_spellings(question, ranking), *_near(ranking, question.params.reader.places)),
        notes=tuple(
            unheard_of(absent.perhaps, question, index.engine) if absent.unknown else _apart(absent.telling, question)
        ),
    )


def _apart(words: Sequence[Wanted], question: Question) -> Iterator[str]:
    """That guides speak of these words, but not where they speak of the rest."""
    if words:
        written = " and ".join(dict.fromkeys(f'"{as_written(word, question.text)}"' for word in words))
        yield f"The guides speak of {written}, but not together with the rest of the question."


def _by_meaning(quote: Window) -> Iterator[str]:
    """That an answer was found by meaning: its passage would not have been found by the question's words."""
    if not quote.ranked.candidate.bm25:
        yield "Found by its meaning: the passage shares few words with the question."


def _readings(ranking: Ranking, quote: Window) -> Iterator[str]:
    """Which misspelled words were read as which, where the answer rests on it."""
    held = quote.stems
    for word in ranking.words:
        if word.read_as and not held.isdisjoint(word.forms):
            yield f"'{word.term.word}' read as '{word.read_as}'"


def _spellings(question: Question, ranking: Ranking) -> Iterator[str]:
    for word in ranking.words:
        if word.read_as:
            yield f"did you mean '{word.read_as}' instead of '{question.text[word.term.start : word.term.end]}'?"


def _near(ranking: Ranking, most: int) -> list[str]:
    """The headings of the passages that come nearest, each once."""
    found = dict.fromkeys(" › ".join(r.passage.headings[-2:]) for r in ranking.passages)
    return [f"see '{heading}'" for heading in found if heading][:most]
