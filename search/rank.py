"""Which passages speak of what is asked: BM25 finds candidates, their words put them in order.

The engine's score knows how often words stand in a passage. It does not know whether all of the question's words are
there, in which form, and whether they stand together; these shares of the question's weight, each from 0 to 1, are
added to it. docs/quality.md has the gain of every step.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from .engines.base import Field
from .index import Index
from .model import Document, Passage
from .question import Question
from .wanted import Wanted, share, total, wanted, with_related
from .words import STOP_WORDS, Term, terms

CANDIDATES = 20
"""Passages whose words are looked at; 50 gain .003 of MRR on 21,000 passages and cost twice the time."""
NEAR = 8
"""Words within which the question's words count as standing together."""


class Ranked(NamedTuple):
    """A passage with its score and its words: those of its text, and ``above`` those of its title and headings."""

    passage: Passage
    score: float
    agreement: float
    """How much of the score is owed to its words, from 0 to 4."""
    above: tuple[Term, ...]
    words: tuple[Term, ...]


class Ranking(NamedTuple):
    """What was looked for, with every form that stands for it in the passages found, and these, best first."""

    words: tuple[Wanted, ...]
    passages: tuple[Ranked, ...]


def ranked(question: Question, index: Index, limit: int = 10, field: Field = "text") -> list[Ranked]:
    """The passages that hold any of the question's words, best first."""
    return list(ranking(question, index, limit, field).passages)


def ranking(question: Question, index: Index, limit: int = 10, field: Field = "text") -> Ranking:
    """The passages that hold any of the question's words, best first, and how these words were understood."""
    words = wanted(question, index, field)
    query = {form: counts for word in words for form, counts in word.forms.items()}
    hits = index.engine.rank(query, max(limit, CANDIDATES), field=field, documents=question.documents)
    passages = index.catalog.passages(hit.passage for hit in hits)
    documents = {number: index.catalog.document(number) for number in {p.document for p in passages}}
    texts = [(cut(heading(p, documents[p.document])), cut(p.text)) for p in passages]
    words = with_related(words, {term.stem for above, text in texts for term in above + text})
    found = []
    for hit, passage, (above, text) in zip(hits, passages, texts, strict=True):
        agrees = agreement(words, above + text)
        found.append(Ranked(passage, hit.score / hits[0].score + agrees, agrees, above, text))
    return Ranking(words, tuple(sorted(found, key=lambda r: -r.score)[:limit]))


def heading(passage: Passage, document: Document) -> str:
    """What stands above a passage: its document's title and its headings."""
    titles = passage.headings if document.title in passage.headings else (document.title, *passage.headings)
    return " \n".join(titles)


@lru_cache(maxsize=1024)
def cut(text: str) -> tuple[Term, ...]:
    """The words of a text, kept for the next question."""
    return tuple(terms(text))


def agreement(words: Sequence[Wanted], here: Sequence[Term]) -> float:
    """How well a text's words agree with those wanted, from 0 to 4: all there, as written, in pairs, close together."""
    written = {term.word for term in here}
    there = share(words, ((1.0, {term.stem for term in here}),))
    same = sum(word.weight for word in words if (word.read_as or word.term.word) in written)
    return there + _pairs(words, here) + (same + _together(words, here)) / total(words)


def _pairs(words: Sequence[Wanted], here: Sequence[Term]) -> float:
    """The share of the question's neighbouring words that are neighbours here too, stop words aside."""
    asked = {(a.term.stem, b.term.stem): min(a.weight, b.weight) for a, b in pairwise(words)}
    found = set(pairwise(term.stem for term in here if term.word not in STOP_WORDS))
    return sum(weight for pair, weight in asked.items() if pair in found) / (sum(asked.values()) or 1.0)


def _together(words: Sequence[Wanted], here: Sequence[Term]) -> float:
    """The most weight of distinct wanted words within any NEAR words."""
    of = {form: (n, word.weight * counts) for n, word in enumerate(words) for form, counts in word.forms.items()}
    places = [(at, *of[term.stem]) for at, term in enumerate(here) if term.stem in of]
    return max((_weight_from(places, first) for first in range(len(places))), default=0.0)


def _weight_from(places: Sequence[tuple[int, int, float]], first: int) -> float:
    """The weight of the distinct wanted words from one place on, up to NEAR words further."""
    near: dict[int, float] = {}
    for at, number, weight in places[first : first + NEAR]:
        if at - places[first][0] >= NEAR:
            break
        near[number] = max(near.get(number, 0.0), weight)
    return sum(near.values())
