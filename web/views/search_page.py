"""The page of search results: passages, each with its most telling line and the words found in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...search.retrieval.passage_search import Found, find
from ...search.store.catalog import Catalog
from ...search.store.open import Index
from ...search.text.line_index import LineIndex
from ...search.text.tokenizer import QUESTION_WORDS, STOP_WORDS, terms
from .source_page import source_href

NEAR = 3
"""Passages shown beside a refusal."""


@dataclass(frozen=True, slots=True)
class SnippetRun:
    """A run of a snippet; ``found`` where it is a word that was looked for."""

    text: str
    found: bool


@dataclass(frozen=True, slots=True)
class Result:
    """One passage that was found."""

    pieces: tuple[SnippetRun, ...]
    document: str
    section: tuple[str, ...]
    path: str
    date: str | None
    page: int | None
    line: int
    href: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A query and what it found."""

    query: str
    results: tuple[Result, ...]


def search_page(query: str, found: Sequence[Found], catalog: Catalog) -> SearchPage:
    """The view of a search."""
    return SearchPage(query, tuple(_result(each, catalog) for each in found))


def near(question: str, missing: Sequence[str], index: Index) -> tuple[Result, ...]:
    """What the guides hold on the rest of a question of which they lack some words."""
    lacking = {word.casefold() for word in missing} | STOP_WORDS | QUESTION_WORDS
    words = [term.word for term in terms(question) if term.word not in lacking]
    found = find(" ".join(words), index, NEAR) if words else ()
    return search_page(question, found, index.catalog).results


def _result(found: Found, catalog: Catalog) -> Result:
    passage, document = found.passage, found.document
    start, end = passage.span[0] + found.snippet[0], passage.span[0] + found.snippet[1]
    line = passage.lines[0] - 1 + LineIndex(passage.text).line(found.snippet[0])
    return Result(
        pieces=tuple(_pieces(found)),
        document=document.title or document.path,
        section=tuple(heading for heading in passage.headings if heading != document.title),
        path=document.path,
        date=document.date,
        page=catalog.page(document.id, start),
        line=line,
        href=source_href(document, at=(start, end), line=line),
    )


def _pieces(found: Found) -> Iterator[SnippetRun]:
    text, at = found.passage.text[slice(*found.snippet)], 0
    for start, end in found.matches:
        if start > at:
            yield SnippetRun(text[at:start], found=False)
        yield SnippetRun(text[start:end], found=True)
        at = end
    if at < len(text):
        yield SnippetRun(text[at:], found=False)
