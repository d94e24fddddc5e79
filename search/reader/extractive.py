"""Answers from prose: the sentences that answer best, or a refusal that says which words no guide covers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from ..context import Context
from ..model import Finding
from ..query.query import Question
from ..query.term_weights import Wanted
from ..retrieval.reranker import Ranking
from ..store.open import Index
from ..text.tokenizer import COMMON_WORDS, terms
from . import sentence_selector
from .answerability import support
from .sentence_selector import Window
from .staleness import age_note

SUGGESTED = 3
"""Near places that a refusal names at most."""


def answer(question: Question, context: Context, *, year: int | None = None) -> Finding:
    """The quotes that answer a question, best first, or ``not_found`` with what is missing and where to look instead.

    ``year`` is the current year (by default the clock's), against which figures are old.
    """
    index, ranking = context.index, context.ranking(question)
    chosen = sentence_selector.best(sentence_selector.windows(question, ranking), question.limit)
    if not chosen:
        return _refused(question, ranking, ranking.words, index)
    evidence = support(question, ranking, chosen[0], index.engine)
    if not evidence.enough:
        return _refused(question, ranking, evidence.missing, index)
    cited = tuple(window.quote() for window in chosen)
    year = year or datetime.now(UTC).year
    ages = (age_note(quote.text, question.text, year) for quote in cited[:1])
    return Finding(
        "answered",
        answer=" ".join(cited[0].text.split()),
        quotes=cited,
        notes=(*_readings(ranking, chosen[0]), *(note for note in ages if note)),
    )


def _refused(question: Question, ranking: Ranking, lacking: Sequence[Wanted], index: Index) -> Finding:
    """Not found: what no guide holds is missing; what guides hold elsewhere, that the best evidence lacks, is noted.

    Common words tell nothing, and a word that a table has is covered, though no sentence speaks of it.
    """
    headers = {term.stem for table in index.catalog.tables() for c in table.columns for term in terms(c.name)}
    engine = index.engine
    in_tables = [w for w in lacking if w.term.stem in headers or engine.passages_with(w.term.stem, "row")]
    telling = [w for w in lacking if w.term.word not in COMMON_WORDS and w not in in_tables]
    missing = [w for w in telling if not engine.passages_with(w.term.stem)]
    return Finding(
        "not_found",
        missing=tuple(dict.fromkeys(_written(word, question.text) for word in missing)),
        suggestions=(*_spellings(question, ranking), *_near(ranking)),
        notes=() if missing else tuple(_apart(telling, question)),
    )


def _apart(words: Sequence[Wanted], question: Question) -> Iterator[str]:
    """That guides speak of these words, but not where they speak of the rest."""
    if words:
        written = " and ".join(dict.fromkeys(f'"{_written(word, question.text)}"' for word in words))
        yield f"The guides speak of {written}, but not together with the rest of the question."


def _written(word: Wanted, text: str) -> str:
    """The word as the question has it, with what is written together with it: "10th", not "10" and "th"."""
    start, end = word.term.start, word.term.end
    while start and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return text[start:end]


def _readings(ranking: Ranking, quote: Window) -> Iterator[str]:
    """Which misspelled words were read as which, where the answer rests on it."""
    held = {term.word for term in quote.ranked.above + quote.ranked.words}
    for word in ranking.words:
        if word.read_as in held:
            yield f"'{word.term.word}' read as '{word.read_as}'"


def _spellings(question: Question, ranking: Ranking) -> Iterator[str]:
    for word in ranking.words:
        if word.read_as:
            yield f"did you mean '{word.read_as}' instead of '{question.text[word.term.start : word.term.end]}'?"


def _near(ranking: Ranking) -> list[str]:
    """The headings of the passages that come nearest, each once."""
    found = dict.fromkeys(" › ".join(r.passage.headings[-2:]) for r in ranking.passages)
    return [f"see '{heading}'" for heading in found if heading][:SUGGESTED]
