"""When a question is one for a table and no table covers it: what is missing, and what comes near."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..index import Index
from ..measures import label
from ..model import Finding
from ..question import Question
from ..words import terms
from .profile import Profile
from .reading import Reading
from .spelling import distance
from .vocabulary import FIRM

MAX_SUGGESTIONS = 5
NEAR = 2
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
    near = _near(uncovered.missing, [r.profile for r in plain])
    suggestions = dict.fromkeys((*uncovered.suggestions, *near, *_plainer(best)))
    return Finding(
        "not_found",
        missing=tuple(_as_written(word, question) for word in uncovered.missing),
        suggestions=tuple(suggestions)[:MAX_SUGGESTIONS],
        notes=(uncovered.note,) if uncovered.note else (),
    )


def _is_plain(reading: Reading, index: Index) -> bool:
    """Whether nothing but what the table lacks stands in the way of a table's answer."""
    request, uncovered = reading.request, reading.uncovered
    if not (request.pay or FIRM & set(request.measures)):
        return False
    placed = any(mention.role == "place" for mention in request.names)
    if uncovered.kinds or uncovered.suggestions or placed:
        return True
    if uncovered.missing:
        return all(not index.engine.passages_with(stem) for stem in _stems(uncovered.missing))
    return request.ranged is not None or any(threshold.value is not None for threshold in request.thresholds)


def _prose_may_answer(reading: Reading, question: Question, index: Index) -> bool:
    """Whether prose knows every word that the table lacks, and speaks of the rows that are named."""
    names = {term.stem for m in reading.request.names for term in question.terms[m.first : m.last + 1]}
    missing = set(_stems(reading.uncovered.missing))
    wanted = names or missing
    if reading.uncovered.kinds or not wanted or not all(index.engine.passages_with(stem) for stem in missing):
        return False
    hits = index.engine.rank(dict.fromkeys(wanted, 1.0), PASSAGES, documents=question.documents)
    passages = index.catalog.passages(hit.passage for hit in hits)
    return any(wanted <= {term.stem for term in terms(passage.text)} for passage in passages)


def _stems(words: Sequence[str]) -> list[str]:
    return [term.stem for word in words for term in terms(word)]


def _near(missing: Sequence[str], tables: Sequence[Profile]) -> Iterator[str]:
    """Places whose names are spelled nearly like what is missing."""
    for word in missing:
        for table in tables:
            places = table.dimension("place")
            for key, text in places.names.texts.items() if places is not None else ():
                if any(distance(word.lower(), part, NEAR) is not None for part in key.split() if len(part) > NEAR + 1):
                    yield text


def _plainer(reading: Reading) -> Iterator[str]:
    """Plain questions about the rows that are named, where all but the wording is understood."""
    profile, request = reading.profile, reading.request
    if reading.uncovered.missing or reading.uncovered.suggestions:
        return
    measure = next((m for m in (*request.measures, "median") if profile.of_measure(m)), None)
    names = [(m, d) for m in request.names for d in profile.dimensions if d.column == m.column and d.role == "place"]
    for mention, places in names if measure is not None else ():
        yield f"What is the {label(measure or '')} in {places.text(mention.keys[0])}?"


def _as_written(word: str, question: Question) -> str:
    """A word with the capitals that the question gives it."""
    start = question.text.casefold().find(word)
    return question.text[start : start + len(word)] if start >= 0 else word
