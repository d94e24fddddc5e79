"""When a question is one for a table and no table covers it: what is missing, and what comes near."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from ...column_kinds import ColumnRole
from ...context import Context
from ...model import Finding, Passage, Status
from ...query.absent_words import absent_words, unheard_of
from ...query.query import Question
from ...store.open import Index
from ...text.edit_distance import distance
from ...text.measures import label
from ...text.tokenizer import terms
from ..parse.vocabulary import FIRM
from ..plan.reading import Interpretation
from ..schema.profile import Profile

MAX_SUGGESTIONS = 5
PLACES_NAMED = 2
"""Places in prose that are named for a word which no table has."""


def refusal(readings: Sequence[Interpretation], question: Question, context: Context) -> Finding | None:
    """Not found, if the question plainly asks for a table's numbers and prose does not speak of it; else None."""
    plain = [reading for reading in readings if _is_plain(reading, context.index)]
    if not plain:
        return None
    best = min(plain, key=lambda reading: (len(reading.uncovered.missing), not reading.addressed))
    if _prose_may_answer(best, question, context):
        return None
    uncovered = best.uncovered
    missing = _together(uncovered.missing, question)
    elsewhere, places = _elsewhere(missing, question, context)
    missing = [phrase for phrase in missing if phrase not in elsewhere]
    missing, notes = _said_otherwise(missing, question, context)
    near = _near(missing, [r.profile for r in plain], question.params.tables.slips)
    suggestions = dict.fromkeys((*uncovered.suggestions, *near, *_plainer(best), *places))
    return Finding(
        Status.NOT_FOUND,
        missing=tuple(_as_written(phrase, question) for phrase in missing),
        suggestions=tuple(suggestions)[:MAX_SUGGESTIONS],
        notes=tuple(filter(None, (uncovered.note, *_untabled(elsewhere, question), *notes))),
    )


def _together(words: Sequence[str], question: Question) -> list[str]:
    """Words that stand side by side in the question as one phrase: "registered nurses" are not nurses registered."""
    found = list[str]()
    for word in words:
        if found and f"{found[-1]} {word}" in question.text.casefold():
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found


def _elsewhere(phrases: Sequence[str], question: Question, context: Context) -> tuple[list[str], list[str]]:
    """Of what the table lacks, what other tables or prose hold, and the headings of that prose, those nearest first."""
    held, headings = list[str](), list[str]()
    near = _passages(question, context)
    for phrase in phrases:
        stems = _stems([phrase])
        said = [passage.headings for passage in near if set(stems) <= {term.stem for term in terms(passage.text)}]
        if said or (stems and all(context.index.engine.passages_with(stem, "row") for stem in stems)):
            held.append(phrase)
        headings += [f"see '{' › '.join(each[-2:])}'" for each in said[:PLACES_NAMED] if each]
    return held, headings


def _said_otherwise(phrases: Sequence[str], question: Question, context: Context) -> tuple[list[str], Iterator[str]]:
    """The phrases that no guide covers, and a note of the words that guides have relatives of.

    What a table is asked about must stand there, everyday English or not.
    """
    words = {word.term.stem: word for word in context.ranking(question).words}
    asked = [words[stem] for stem in _stems(phrases) if stem in words]
    absent = absent_words(asked, question, context.index)
    otherwise = [word for word in absent.unknown if word not in absent.alien]
    stems = {word.term.stem for word in otherwise}
    kept = [phrase for phrase in phrases if not stems.issuperset(_stems([phrase]))]
    return kept, unheard_of(otherwise, question, context.index.engine)


def _untabled(phrases: Sequence[str], question: Question) -> Iterator[str]:
    """That what the table lacks is in the guides all the same: it is not among what is missing."""
    if phrases:
        written = " and ".join(f'"{_as_written(phrase, question)}"' for phrase in phrases)
        yield f"The guides speak of {written}, but not in a table that answers this."


def _is_plain(reading: Interpretation, index: Index) -> bool:
    """Whether nothing but what the table lacks stands in the way of a table's answer."""
    request, uncovered = reading.request, reading.uncovered
    if not (request.pay or FIRM & set(request.measures)):
        return False
    placed = any(mention.has_role(ColumnRole.PLACE) for mention in request.names)
    if uncovered.kinds or uncovered.suggestions or placed:
        return True
    if uncovered.missing:
        return all(not index.engine.passages_with(stem) for stem in _stems(uncovered.missing))
    return request.ranged is not None or any(threshold.value is not None for threshold in request.thresholds)


def _prose_may_answer(reading: Interpretation, question: Question, context: Context) -> bool:
    """Whether prose knows every word that the table lacks, and speaks of the rows that are named."""
    names = {term.stem for m in reading.request.names for term in question.terms[m.first : m.last + 1]}
    missing = set(_stems(reading.uncovered.missing))
    wanted = names or missing
    if reading.uncovered.kinds or not wanted or not all(context.index.engine.passages_with(stem) for stem in missing):
        return False
    return any(wanted <= {t.stem for t in terms(passage.text)} for passage in _passages(question, context))


def _passages(question: Question, context: Context) -> list[Passage]:
    """The passages of prose that hold most of the question."""
    return [ranked.passage for ranked in context.ranking(question, question.params.ranking.candidates).passages]


def _stems(words: Sequence[str]) -> list[str]:
    return [term.stem for word in words for term in terms(word)]


def _near(missing: Sequence[str], tables: Sequence[Profile], slips: int) -> Iterator[str]:
    """Places whose names are spelled nearly like what is missing."""
    for word in missing:
        for table in tables:
            places = table.dimension("place")
            for key, text in places.names.texts.items() if places is not None else ():
                if any(_is_near(word.lower(), part, slips) for part in key.split()):
                    yield text


@lru_cache(maxsize=16_384)
def _is_near(word: str, part: str, slips: int) -> bool:
    """Many names have parts in common: each is looked at once."""
    return len(part) > slips + 1 and distance(word, part, slips) <= slips


def _plainer(reading: Interpretation) -> Iterator[str]:
    """Plain questions about the rows that are named, where all but the wording is understood."""
    profile, request = reading.profile, reading.request
    if reading.uncovered.missing or reading.uncovered.suggestions:
        return
    measure = next((m for m in (*request.measures, "median") if profile.of_measure(m)), None)
    names = [
        (m, d)
        for m in request.names
        for d in profile.dimensions
        if d.column == m.column and d.has_role(ColumnRole.PLACE)
    ]
    for mention, places in names if measure is not None else ():
        yield f"What is the {label(measure or '')} in {places.text(mention.keys[0])}?"


def _as_written(word: str, question: Question) -> str:
    """A word with the capitals that the question gives it."""
    start = question.text.casefold().find(word)
    return question.text[start : start + len(word)] if start >= 0 else word
