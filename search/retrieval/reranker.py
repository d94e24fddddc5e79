"""Which passages speak of what is asked: BM25 finds candidates, their words put them in order.

The engine's score knows how often words stand in a passage. It does not know whether all of the question's words are
there, in which form, whether they stand together, and whether the section is about them; shares that say so, each from
0 to 1, are added to it. docs/quality.md has the gain of every step.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import PurePosixPath
from typing import NamedTuple

from ..model import Document, Passage
from ..query.query import Question
from ..query.term_weights import Wanted, share, total, wanted, with_related
from ..store.engines.base import Field
from ..store.open import Index
from ..text.tokenizer import QUESTION_WORDS, STOP_WORDS, Term, terms
from .topic_filter import Seen, strangers

CANDIDATES = 20
"""Passages whose words are looked at; 50 gain .003 of MRR on 21,000 passages and cost twice the time."""
NEAR = 8
"""Words within which the question's words count as standing together."""
FOCUS = 0.5
"""What it counts that the nearest heading speaks of nothing but what is asked."""
STRANGE = 0.4
"""What counts against it that its document never speaks of a thing that is the subject of others."""


class Ranked(NamedTuple):
    """A passage with its score and its words: those of its text, and ``above`` those of its title and headings."""

    passage: Passage
    score: float
    agreement: float
    """How much of the score is owed to its words, from 0 to 4."""
    strange: bool
    """Whether its document never speaks of a thing that is asked about and is the subject of others."""
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
    titles = [_titles(passage, documents[passage.document]) for passage in passages]
    seen = [
        Seen(passage.document, _subject(documents[passage.document]), _stems((*above, passage.text)))
        for passage, above in zip(passages, titles, strict=True)
    ]
    strange = strangers(words, seen, index.engine)
    words = with_related(words, set().union(*(passage.stems for passage in seen)))
    found = []
    for hit, passage, above in zip(hits, passages, titles, strict=True):
        agrees = agreement(words, (*above, passage.text))
        score = hit.score / hits[0].score + agrees + FOCUS * _focus(words, cut(above[-1]))
        is_strange = passage.document in strange
        score -= STRANGE * is_strange
        found.append(Ranked(passage, score, agrees, is_strange, cut(" \n".join(above)), cut(passage.text)))
    return Ranking(words, tuple(sorted(found, key=lambda r: -r.score)[:limit]))


def heading(passage: Passage, document: Document) -> str:
    """What stands above a passage: its document's title and its headings."""
    return " \n".join(_titles(passage, document))


@lru_cache(maxsize=1024)
def cut(text: str) -> tuple[Term, ...]:
    """The words of a text, kept for the next question."""
    return tuple(terms(text))


def agreement(words: Sequence[Wanted], texts: Sequence[str]) -> float:
    """How well a passage's texts agree with the words wanted, from 0 to 4: all there, as written, paired, close by."""
    here = [term for text in texts for term in cut(text)]
    written = {term.word for term in here}
    there = share(words, ((1.0, {term.stem for term in here}),))
    same = sum(word.weight for word in words if (word.read_as or word.term.word) in written)
    return there + _pairs(words, texts) + (same + _together(words, here)) / total(words)


def _titles(passage: Passage, document: Document) -> tuple[str, ...]:
    """The document's title and the passage's headings, outermost first."""
    return passage.headings if document.title in passage.headings else (document.title, *passage.headings)


def _subject(document: Document) -> tuple[Term, ...]:
    """The words of a document's title and of its file's name."""
    return cut(f"{document.title} {PurePosixPath(document.path).stem}")


def _stems(texts: Iterable[str]) -> set[str]:
    return {term.stem for text in texts for term in cut(text)}


def _pairs(words: Sequence[Wanted], texts: Sequence[str]) -> float:
    """The share of the question's neighbouring words that are neighbours here too; stop words and names aside."""
    asked = {
        (a.term.stem, b.term.stem): min(a.weight, b.weight) for a, b in pairwise(words) if not (a.named and b.named)
    }
    found = sum(weight for pair, weight in asked.items() if any(pair in neighbours(text) for text in texts))
    return found / (sum(asked.values()) or 1.0)


@lru_cache(maxsize=1024)
def neighbours(text: str) -> frozenset[tuple[str, str]]:
    """The pairs of words next to each other, stop words aside; kept for the next question."""
    return frozenset(pairwise(term.stem for term in cut(text) if term.word not in STOP_WORDS))


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


def _focus(words: Sequence[Wanted], title: Sequence[Term]) -> float:
    """The share of a heading's words that are asked for."""
    telling = [term.stem for term in title if term.word not in STOP_WORDS and term.word not in QUESTION_WORDS]
    counts = (max((word.forms.get(stem, 0.0) for word in words), default=0.0) for stem in telling)
    return sum(counts) / (len(telling) or 1)
