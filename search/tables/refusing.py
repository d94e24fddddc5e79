"""When a question is one for a table and no table covers it: what is missing, and what comes near."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..index import Index
from ..model import Finding
from ..question import Question
from ..words import STOP_WORDS, stem
from ..words import terms as words_of
from .profile import Profile
from .reading import Reading
from .spelling import distance

MAX_SUGGESTIONS = 5
NEAR = 3
"""Slips within which a place's name is offered, though it is not taken for it."""
PASSAGES = 10
"""Passages of prose that are searched for the rows and words of the question before it is refused."""


def refusal(readings: Sequence[Reading], question: Question, index: Index) -> Finding | None:
    """Not found, if the question plainly asks for a table's numbers and prose does not speak of it; else None."""
    plain = [reading for reading in readings if _is_plain(reading, index)]
    if not plain:
        return None
    best = min(plain, key=lambda reading: (len(reading.uncovered.missing), not reading.addressed))
    if _prose_may_answer(best, question, index):
        return None
    uncovered = best.uncovered
    suggestions = dict.fromkeys((*uncovered.suggestions, *_near(uncovered.missing, [r.profile for r in plain])))
    return Finding(
        "not_found",
        missing=tuple(_as_written(word, question) for word in uncovered.missing),
        suggestions=tuple(suggestions)[:MAX_SUGGESTIONS],
        notes=(uncovered.note,) if uncovered.note else (),
    )


def _is_plain(reading: Reading, index: Index) -> bool:
    """Whether nothing but what the table lacks stands in the way of a table's answer."""
    request, missing = reading.request, reading.uncovered.missing
    if not (request.pay or request.measures or reading.addressed):
        return False
    if request.not_understood:
        return bool(request.names) and request.pay
    strange = all(not index.engine.passages_with(stem(part)) for word in missing for part in word.lower().split())
    return reading.addressed or bool(missing and strange) or bool(request.states or reading.uncovered.suggestions)


def _prose_may_answer(reading: Reading, question: Question, index: Index) -> bool:
    """Whether a passage of prose holds both the names and the words that the table says nothing of."""
    if not reading.request.words:
        return False
    stems = {term.stem for term in question.content if term.word not in STOP_WORDS}
    hits = index.engine.rank(dict.fromkeys(stems, 1.0), PASSAGES, documents=question.documents) if stems else []
    wanted = {stem(part) for word in reading.uncovered.missing for part in word.lower().split()}
    names = {t.stem for m in reading.request.names for t in question.terms[m.first : m.last + 1]}
    for passage in index.catalog.passages(hit.passage for hit in hits):
        held = {term.stem for term in words_of(passage.text)}
        if wanted | names and (wanted | names) <= held:
            return True
    return False


def _near(missing: Sequence[str], tables: Sequence[Profile]) -> Iterator[str]:
    """Places whose names are spelled nearly like what is missing."""
    for word in missing:
        for table in tables:
            places = table.dimension("place")
            for key, text in places.names.texts.items() if places is not None else ():
                if any(distance(word.lower(), part, NEAR) is not None for part in key.split() if len(part) > NEAR + 1):
                    yield text


def _as_written(word: str, question: Question) -> str:
    """A word with the capitals that the question gives it."""
    start = question.text.casefold().find(word)
    return question.text[start : start + len(word)] if start >= 0 else word
