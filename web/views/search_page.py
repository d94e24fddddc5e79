"""The page of search results: passages, each with its most telling line and the words found in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...search.model import Citation, Span
from ...search.output.search_json import cited
from ...search.output.snippet import snippet
from ...search.query.search_syntax import unknown_fields
from ...search.retrieval.passage_search import CANDIDATES, Found, FoundPage, find, find_page
from ...search.store.catalog import Catalog
from ...search.store.open import Index
from ...search.text.line_index import LineIndex
from ...search.text.tokenizer import QUESTION_WORDS, STOP_WORDS, terms
from ..paging import Pager, listed, pager
from .source_page import source_href

FOUND_A_PAGE = 20
"""Passages on a page of search results."""
NEAREST_SHOWN = 3
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
    pager: Pager
    is_cut: bool
    """Whether there may be more than were looked at."""
    unknown: tuple[str, ...]
    """Fields that the query names and that there are not."""


def search_page(query: str, index: Index, number: int) -> SearchPage:
    """The view of a page of a search, from 1."""
    page = find_page(query, index, (number - 1) * FOUND_A_PAGE, FOUND_A_PAGE) if query else FoundPage(0, ())
    place = pager(number, page.total, lambda n: listed("/search", query, n), FOUND_A_PAGE)
    results = tuple(_results(page.found, index.catalog))
    return SearchPage(query, results, place, page.total >= CANDIDATES, tuple(unknown_fields(query)))


def near(question: str, missing: Sequence[str], index: Index) -> tuple[Result, ...]:
    """What the guides hold on the rest of a question of which they lack some words."""
    lacking = {word.casefold() for word in missing} | STOP_WORDS | QUESTION_WORDS
    words = [term.word for term in terms(question) if term.word not in lacking]
    found = find(" ".join(words), index, NEAREST_SHOWN) if words else ()
    return tuple(_results(found, index.catalog))


def _results(found: Sequence[Found], catalog: Catalog) -> Iterator[Result]:
    for each, citation in zip(found, cited(found, catalog), strict=True):
        yield _result(each, citation, catalog)


def _result(found: Found, citation: Citation, catalog: Catalog) -> Result:
    passage, document = found.passage, found.document
    start, end = passage.span[0] + found.snippet[0], passage.span[0] + found.snippet[1]
    line = passage.lines[0] - 1 + LineIndex(passage.text).line(found.snippet[0])
    return Result(
        pieces=tuple(_pieces(*snippet(found, citation))),
        document=document.title or document.path,
        section=tuple(heading for heading in passage.headings if heading != document.title),
        path=document.path,
        date=document.date,
        page=catalog.page(document.id, start),
        line=line,
        href=source_href(document, at=(start, end), line=line),
    )


def _pieces(text: str, matches: Sequence[Span]) -> Iterator[SnippetRun]:
    at = 0
    for start, end in matches:
        if start > at:
            yield SnippetRun(text[at:start], found=False)
        yield SnippetRun(text[start:end], found=True)
        at = end
    if at < len(text):
        yield SnippetRun(text[at:], found=False)
