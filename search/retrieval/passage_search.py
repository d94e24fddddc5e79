"""Search: the passages and table rows that hold a query's words, best first, each with its most telling line."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from ..model import Document, Passage, Span
from ..query.query import Question
from ..query.search_syntax import Query, meets, parse
from ..store.catalog import Catalog
from ..store.engines.base import FIELDS
from ..store.open import Index
from ..text.sentence_splitter import sentences
from ..text.tokenizer import QUESTION_WORDS, STOP_WORDS, Term, key
from .reranker import cut, ranked

CANDIDATES = 1_000
"""Passages that are looked at where a query filters: beyond these, what meets the filter holds few of its words."""
MAX_SNIPPET = 240
"""Code points of a snippet."""


class Found(NamedTuple):
    """A passage that a query found. ``snippet`` is a span of its text, ``matches`` are spans of the snippet."""

    passage: Passage
    document: Document
    score: float
    snippet: Span
    matches: tuple[Span, ...]


class FoundPage(NamedTuple):
    """A stretch of what a query found: how many passages in all, as far as they were looked at, and those shown."""

    total: int
    found: tuple[Found, ...]


def find(text: str, index: Index, limit: int = 10) -> tuple[Found, ...]:
    """The best passages for a query, at most ``limit``. Raises UsageError for a query that asks for nothing."""
    query = parse(text)
    documents = _Documents(index.catalog)
    telling = _telling(query)
    kept = _kept(query, telling, documents, index, CANDIDATES if query.filters else limit)
    stems = frozenset(term.stem for term in telling)
    return tuple(_found(p, documents[p.document], score, stems) for p, score in islice(kept, limit))


def find_page(text: str, index: Index, start: int, limit: int) -> FoundPage:
    """The passages from place ``start`` on, counted from 0, and how many there are, up to CANDIDATES of each kind."""
    query = parse(text)
    documents = _Documents(index.catalog)
    telling = _telling(query)
    kept = list(islice(_kept(query, telling, documents, index, CANDIDATES), 2 * CANDIDATES))
    stems = frozenset(term.stem for term in telling)
    shown = kept[start : start + limit]
    return FoundPage(len(kept), tuple(_found(p, documents[p.document], score, stems) for p, score in shown))


class _Documents(dict[int, Document]):
    """The documents by their numbers, each read when it is first looked at: an index may have very many."""

    def __init__(self, catalog: Catalog) -> None:
        super().__init__()
        self._catalog = catalog

    def __missing__(self, number: int) -> Document:
        self[number] = self._catalog.document(number)
        return self[number]


def _kept(
    query: Query, telling: tuple[Term, ...], documents: Mapping[int, Document], index: Index, many: int
) -> Iterator[tuple[Passage, float]]:
    candidates = _ranked(query, telling, index, many) if telling else _in_order(index)
    return ((p, score) for p, score in candidates if _keeps(query, p, documents[p.document]))


def _telling(query: Query) -> tuple[Term, ...]:
    """The words that tell what is looked for; "do" and "where" are not among them unless nothing else is there."""
    words = tuple(term for term in query.ranking if term.word not in STOP_WORDS)
    return tuple(term for term in words if term.word not in QUESTION_WORDS) or words


def _ranked(query: Query, telling: tuple[Term, ...], index: Index, many: int) -> Iterator[tuple[Passage, float]]:
    """Prose and rows are ranked apart, each against its own kind, and merged by score."""
    question = Question(query.text, query.ranking, telling)
    fields = [field for field in FIELDS if index.engine.passage_count(field)]
    found = [r for field in fields for r in ranked(question, index, many, field=field)]
    holding = (r for r in found if r.candidate.bm25 > 0)  # who searches for words is not given other words for them
    return ((r.passage, r.score) for r in sorted(holding, key=lambda r: (-r.score, r.passage.id)))


def _in_order(index: Index) -> Iterator[tuple[Passage, float]]:
    """Every passage in reading order: what a query without telling words is filtered from."""
    for document in index.catalog.documents():
        yield from ((passage, 0.0) for passage in index.catalog.passages_of(document.id))


def _keeps(query: Query, passage: Passage, document: Document) -> bool:
    if not query.filters:
        return True
    words = cut(passage.text)
    folded, stems = " ".join(term.word for term in words), frozenset(term.stem for term in words)
    headings = " ".join(map(key, (document.title, *passage.headings)))
    return all(meets(clause, folded, stems, headings, document.path) for clause in query.filters)


def _found(passage: Passage, document: Document, score: float, stems: frozenset[str]) -> Found:
    hits = [term for term in cut(passage.text) if term.stem in stems]
    start, end = _cut_to_size(passage.text, _best_sentence(passage.text, hits), hits)
    matches = tuple((hit.start - start, hit.end - start) for hit in hits if start <= hit.start and hit.end <= end)
    return Found(passage, document, round(score, 4), (start, end), matches)


def _best_sentence(text: str, hits: Sequence[Term]) -> Span:
    """The sentence that holds most of the different words looked for; the first of several."""
    pieces = sentences(text) or [(0, len(text))]
    starts = [start for start, _ in pieces]
    held: dict[int, set[str]] = {0: set()}
    for hit in hits:
        held.setdefault(bisect_right(starts, hit.start) - 1, set()).add(hit.stem)
    return pieces[max(held, key=lambda n: (len(held[n]), -n))]


def _cut_to_size(text: str, sentence: Span, hits: Sequence[Term]) -> Span:
    """A long sentence cut between words to what stands around its first match."""
    start, end = sentence
    if end - start <= MAX_SNIPPET:
        return sentence
    first = next((hit.start for hit in hits if start <= hit.start < end), start)
    wanted = max(start, min(first - MAX_SNIPPET // 4, end - MAX_SNIPPET))
    if wanted > start:
        start = text.find(" ", wanted, first) + 1 or wanted
    cut_at = text.rfind(" ", start + 1, start + MAX_SNIPPET) if start + MAX_SNIPPET < end else end
    return start, cut_at if cut_at > 0 else start + MAX_SNIPPET
