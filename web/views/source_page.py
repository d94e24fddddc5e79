"""A guide's text page by page with its line numbers, the cited span highlighted; long guides are read in parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote as url_quote
from urllib.parse import urlencode

from ...search.citation.cite import citation_at
from ...search.model import Citation, Document, Span
from ...search.store.catalog import Catalog
from ...search.store.texts import Stretch
from ...search.text.line_index import LineIndex
from ..citation_formats import Forms, forms

LINES = 400
MOST = 60_000
"""Lines and code points of a guide on one page; a longer line goes on on the next."""
LONGEST = 5_000
"""Code points of a place that can be cited."""
ABOVE = 20
"""Lines shown above a cited one."""
FOLDED = 4
"""So many lines that are no part of the guide, and more, are folded away."""


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of a guide, cut where a quote begins and ends."""

    number: int
    before: str
    quoted: str
    after: str
    page: int | None
    """The page of the guide that begins here, where it has pages."""


@dataclass(frozen=True, slots=True)
class LineRun:
    """Lines that belong together; those that the reader took for no part of the guide are folded away."""

    left_out: bool
    lines: tuple[ShownLine, ...]


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A stretch of a guide's text with its line numbers."""

    title: str
    path: str
    date: str | None
    first: int
    last: int
    total: int
    cited: int | None
    permanent: str | None
    """The permanent address of the highlighted place, where that is a quote."""
    forms: Forms | None
    stretches: tuple[LineRun, ...]
    question: str
    """The question whose answer led here, for the way back; empty where none did."""
    address: str | None
    """Where the guide lies on the web."""
    earlier: str | None
    later: str | None
    whole: str | None
    """The address at which any line can be asked for, where the guide has more than this page."""


def source_page(document: Document, catalog: Catalog, begin: int, at: Span | None, *, question: str = "") -> SourcePage:
    """The view of a guide from an offset on, with the span ``at`` highlighted where it lies on this page.

    ``question`` is the one whose answer led here.
    """
    length, total = catalog.texts.extent(document.id)
    part = catalog.texts.stretch(document.id, (begin, begin + MOST))
    lines = LineIndex(part.text)
    shown = min(LINES, len(lines) - (begin + len(part.text) < length)) or 1
    end = begin + (lines.span(shown + 1)[0] if shown < len(lines) else len(part.text))
    pages = {
        part.line + lines.line(offset - begin) - 1: page for offset, page in catalog.pages(document.id, (begin, end))
    }
    is_part = begin > 0 or end < length
    cited = _cited(document, catalog, at, (begin, end)) if at else None
    return SourcePage(
        title=document.title or document.path,
        path=document.path,
        date=document.date,
        first=part.line,
        last=part.line + shown - 1,
        total=total,
        cited=cited.lines[0] if cited else None,
        permanent=f"/citation/{cited.id}" if cited else None,
        forms=forms(cited, document.date) if cited else None,
        stretches=tuple(
            _runs(list(_lines(part, lines.spans()[:shown], at or (0, 0), pages)), _left_out(document, catalog))
        ),
        question=question,
        address=document.address,
        earlier=source_href(document, start=_above(document, catalog, begin, LINES, MOST)) if begin else None,
        later=source_href(document, start=end) if end < length else None,
        whole=source_href(document) if is_part else None,
    )


def beginning(document: Document, catalog: Catalog, *, start: int = 0, line: int | None = None, at: Span | None) -> int:
    """Where a page begins: at an offset, with a line, a little above a cited span, or at the top."""
    length, total = catalog.texts.extent(document.id)
    if start:
        return min(start, max(0, length - 1))
    if line is not None:
        return catalog.texts.line_start(document.id, max(1, min(line, total)))
    if (
        at is None
        or at[0] >= length
        or (at[1] <= MOST and catalog.texts.stretch(document.id, at).line <= LINES - ABOVE)
    ):
        return 0
    return _above(document, catalog, at[0], ABOVE, MOST // 2)


def source_href(
    document: Document, *, at: Span | None = None, start: int = 0, line: int | None = None, question: str = ""
) -> str:
    """The address of a guide's text, of it from an offset on, or of a quote in the answer to a question."""
    query: dict[str, object] = {"at": f"{at[0]}-{at[1]}"} if at else {"start": start} if start else {}
    query |= {"q": question} if question else {}
    return f"/source/{url_quote(document.path)}{'?' + urlencode(query) if query else ''}{f'#L{line}' if line else ''}"


def _cited(document: Document, catalog: Catalog, at: Span, shown: Span) -> Citation | None:
    """The highlighted place as a citation, where it begins on this page, is in the text and is no whole chapter."""
    length, _ = catalog.texts.extent(document.id)
    can_be = shown[0] <= at[0] < min(at[1], shown[1]) and at[1] <= min(length, at[0] + LONGEST)
    return citation_at(document, at, catalog) if can_be else None


def _above(document: Document, catalog: Catalog, offset: int, lines: int, most: int) -> int:
    """The beginning of the line so many above an offset, and at most so many code points before it."""
    window = catalog.texts.stretch(document.id, (max(0, offset - most), offset))
    index = LineIndex(window.text)
    number = max(len(index) - lines, 1 if window.start == 0 else 2)
    return window.start + (index.span(number)[0] if number <= len(index) else 0)


def _left_out(document: Document, catalog: Catalog) -> frozenset[int]:
    """The lines that the reader dropped from first to last: menus, footers, what stands there twice."""
    dropped = (doubt for doubt in catalog.doubts(document.id) if doubt.is_a("dropped"))
    return frozenset(number for doubt in dropped for number in range(doubt.lines[0], doubt.lines[1] + 1))


def _runs(lines: list[ShownLine], left_out: frozenset[int]) -> Iterator[LineRun]:
    """Lines in runs; blank ones go with what stands above them, and a cited one, or a few, are never folded."""
    marked: list[bool] = []
    for line in lines:
        is_blank = not (line.before + line.quoted + line.after).strip()
        marked.append(bool(marked) and marked[-1] if is_blank else line.number in left_out)
    for is_out, run in groupby(zip(marked, lines, strict=True), key=lambda each: each[0]):
        held = tuple(line for _, line in run)
        yield LineRun(is_out and len(held) >= FOLDED and not any(line.quoted for line in held), held)


def _lines(part: Stretch, spans: list[Span], at: Span, pages: dict[int, int]) -> Iterator[ShownLine]:
    for number, (start, end) in enumerate(spans, start=part.line):
        first, last = (min(max(offset - part.start, start), end) for offset in at)
        text = part.text
        yield ShownLine(number, text[start:first], text[first:last], text[last:end], pages.get(number))
