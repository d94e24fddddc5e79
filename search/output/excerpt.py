"""The source around a place: a citation's id, or a path and a line, becomes the lines that stand there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from ..citation.cite import is_citation_id, resolve
from ..errors import NotFoundError
from ..model import Document, Passage, Quote, Span
from ..store.catalog import Catalog
from ..text.line_index import LineIndex

EXCERPT_MARGIN = 300
"""Code points that are shown of a long line on either side of what is quoted in it."""

_PLACE = re.compile(r"(.+?):(\d{1,9})(?:-(\d{1,9}))?")


class SourceLine(NamedTuple):
    """A line of a source, a very long one only in part.

    ``start`` is where ``text`` begins in the line, ``is_cut`` whether more follows; ``quoted`` is a span of ``text``.
    """

    number: int
    text: str
    start: int
    is_cut: bool
    quoted: Span | None = None


class Excerpt(NamedTuple):
    """A place in a document with the lines around it."""

    document: Document
    quote: Quote
    lines: tuple[SourceLine, ...]
    page: int | None
    """Of its first character."""
    printed: str | None = None
    """What is printed on it, where that is not this number."""
    scanned: bool = False
    """Whether any of the quote was read by OCR."""


def excerpt(where: str, catalog: Catalog, context: int = 3) -> Excerpt:
    """The lines around a citation's id, ``PATH:LINE`` or ``PATH:FIRST-LAST``.

    Raises NotFoundError for what is not there.
    """
    document, span = resolve(where, catalog) if is_citation_id(where) else _at_line(where, catalog)
    text = catalog.text(document.id)
    index = LineIndex(text)
    passage = _passage_at(span, catalog.passages_of(document.id))
    quote = Quote(
        document=document.id,
        headings=passage.headings if passage else (),
        lines=index.lines(span),
        span=span,
        text=text[span[0] : span[1]],
    )
    around = tuple(_around(text, index, quote, context))
    page, printed = catalog.numbered_page(document.id, span[0])
    return Excerpt(document, quote, around, page, printed, catalog.is_scanned(document.id, span))


def document_named(path: str, catalog: Catalog) -> Document:
    """The document of this path, as citations give it, as it lies on disk, or by its end where only one has it."""
    documents = catalog.documents()
    wanted = PurePosixPath(path)
    exact = [d for d in documents if d.path == path or Path(d.root, d.path) == Path(path).absolute()]
    found = exact or [d for d in documents if PurePosixPath(d.path).parts[-len(wanted.parts) :] == wanted.parts]
    if not found:
        raise NotFoundError(f"no guide in this index is called {path}", "run 'citeguide check' to list the guides")
    if len(found) > 1:
        several = ", ".join(str(Path(d.root, d.path)) for d in found[:5])
        raise NotFoundError(f"{len(found)} guides are called {path}", f"name one in full: {several}")
    return found[0]


def _at_line(where: str, catalog: Catalog) -> tuple[Document, Span]:
    match = _PLACE.fullmatch(where)
    if match is None:
        raise NotFoundError(
            f"'{where}' is no place in a guide",
            "give PATH:LINE, or a citation's id (1f0c9a3e-120-180) from 'citeguide ask --json'",
        )
    document = document_named(match[1], catalog)
    index = LineIndex(catalog.text(document.id))
    first, last = int(match[2]), int(match[3] or match[2])
    if not 1 <= first <= last <= len(index):
        raise NotFoundError(f"{document.path} has {len(index):,} lines", f"give a line from 1 to {len(index)}")
    return document, (index.span(first)[0], index.span(last)[1])


def _passage_at(span: Span, passages: list[Passage]) -> Passage | None:
    """The passage that the place begins in, or the last before it."""
    return next((passage for passage in reversed(passages) if passage.span[0] <= span[0]), None)


def _around(text: str, index: LineIndex, quote: Quote, context: int) -> Iterator[SourceLine]:
    first, last = quote.lines
    for number in range(max(1, first - context), min(len(index), last + context) + 1):
        yield _line(number, text, index.span(number), quote.span if first <= number <= last else None)


def _line(number: int, text: str, line: Span, quote: Span | None) -> SourceLine:
    start, end = line
    if quote is None:
        shown = start, min(end, start + 2 * EXCERPT_MARGIN)
        return SourceLine(number, text[slice(*shown)], 0, shown[1] < end)
    first, last = min(max(quote[0], start), end), min(quote[1], end)
    shown = max(start, first - EXCERPT_MARGIN), min(end, last + EXCERPT_MARGIN)
    quoted = first - shown[0], max(first, last) - shown[0]
    return SourceLine(number, text[slice(*shown)], shown[0] - start, shown[1] < end, quoted)
