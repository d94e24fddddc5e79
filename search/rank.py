"""Which passages speak of what is asked: BM25 finds candidates, their words put them in order.

The engine's score knows how often words stand in a passage. It does not know whether all of the question's words are
there, whether they stand together, or in which form; these shares are added to it, each from 0 to 1 and each a share of
the question's weight (the sum of its words' idf). docs/quality.md has the gain of every step.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from .engines.base import Engine, Field
from .index import Index
from .model import Document, Passage
from .question import Question
from .words import STOP_WORDS, Term, terms

CANDIDATES = 20
"""Passages whose words are looked at; 50 gain .003 of MRR on 21,000 passages and cost twice the time."""
NEAR = 8
"""Words within which the question's words count as standing together (of 6 to 20, the best on 21,000 passages)."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A word that the question asks for: what it weighs (idf), and the stems that stand for it with their credit."""

    term: Term
    weight: float
    forms: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage with its score and its words: those of its text, and ``above`` those of its title and headings."""

    passage: Passage
    score: float
    above: tuple[Term, ...]
    words: tuple[Term, ...]


def ranked(question: Question, index: Index, limit: int = 10, field: Field = "text") -> list[Ranked]:
    """The passages that hold any of the question's words, best first."""
    wanted = sought(question.content, index.engine, field)
    query = {stem: credit for word in wanted for stem, credit in word.forms.items()}
    hits = index.engine.rank(query, max(limit, CANDIDATES), field=field, documents=question.documents)
    passages = index.catalog.passages(hit.passage for hit in hits)
    documents = {n: index.catalog.document(n) for n in {p.document for p in passages}}
    found = []
    for hit, passage in zip(hits, passages, strict=True):
        above, words = cut(heading(passage, documents[passage.document])), cut(passage.text)
        score = hit.score / hits[0].score + agreement(wanted, above + words)
        found.append(Ranked(passage, score, above, words))
    return sorted(found, key=lambda r: -r.score)[:limit]


def sought(content: Iterable[Term], engine: Engine, field: Field = "text") -> tuple[Sought, ...]:
    """The distinct words of a question with their idf: log((N + 1) / (n + ½)), n of N passages holding the word."""
    distinct = {term.stem: term for term in content}
    total = engine.passage_count(field) + 1
    return tuple(
        Sought(term, math.log(total / (engine.passages_with(stem, field) + 0.5)), {stem: 1.0})
        for stem, term in distinct.items()
    )


def heading(passage: Passage, document: Document) -> str:
    """What stands above a passage: its document's title and its headings."""
    titles = passage.headings if document.title in passage.headings else (document.title, *passage.headings)
    return " \n".join(titles)


@lru_cache(maxsize=1024)
def cut(text: str) -> tuple[Term, ...]:
    """The words of a text, kept for the next question."""
    return tuple(terms(text))


def agreement(wanted: Sequence[Sought], words: Sequence[Term]) -> float:
    """How well words agree with those sought, from 0 to 4: all there, in the same form, in pairs, close together."""
    total = sum(word.weight for word in wanted) or 1.0
    there = share(wanted, ((1.0, {term.stem for term in words}),))
    exact = {term.word for term in words}
    same = sum(s.weight for s in wanted if s.term.word in exact)
    return there + _pairs(wanted, words) + (same + _together(wanted, words)) / total


def share(wanted: Sequence[Sought], places: Sequence[tuple[float, AbstractSet[str]]]) -> float:
    """The share of the words' weight that stands in places; a place is what a word in it counts, and its stems."""
    total = sum(word.weight for word in wanted) or 1.0
    return sum(s.weight * held(s, places) for s in wanted) / total


def held(word: Sought, places: Sequence[tuple[float, AbstractSet[str]]]) -> float:
    """How far a word is found, from 0 to 1: in its best form, in the place that counts most."""
    return max((c * counts for form, c in word.forms.items() for counts, stems in places if form in stems), default=0.0)


def _pairs(wanted: Sequence[Sought], words: Sequence[Term]) -> float:
    """The share of the question's neighbouring words that are neighbours here too, stop words aside."""
    asked = {(a.term.stem, b.term.stem): min(a.weight, b.weight) for a, b in pairwise(wanted)}
    here = set(pairwise(term.stem for term in words if term.word not in STOP_WORDS))
    return sum(w for pair, w in asked.items() if pair in here) / (sum(asked.values()) or 1.0)


def _together(wanted: Sequence[Sought], words: Sequence[Term]) -> float:
    """The most weight of distinct sought words within any NEAR words."""
    weight_of = {stem: (n, s.weight * credit) for n, s in enumerate(wanted) for stem, credit in s.forms.items()}
    places = [(at, *weight_of[term.stem]) for at, term in enumerate(words) if term.stem in weight_of]
    return max((_weight_from(places, first) for first in range(len(places))), default=0.0)


def _weight_from(places: Sequence[tuple[int, int, float]], first: int) -> float:
    """The weight of the distinct sought words from one place on, up to NEAR words further."""
    near: dict[int, float] = {}
    for at, number, weight in places[first : first + NEAR]:
        if at - places[first][0] >= NEAR:
            break
        near[number] = max(near.get(number, 0.0), weight)
    return sum(near.values())
