"""A guide page by page, drawn with its line numbers, the cited place highlighted; long guides are read in parts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from urllib.parse import quote as url_quote
from urllib.parse import urlencode

from ...search.citation.cite import citation_at
from ...search.model import Citation, Document, Span
from ...search.store.catalog import Catalog
from ...search.store.texts import Stretch
from ...search.text.line_index import LineIndex
from ..citation_formats import Forms, forms
from .source_blocks import (
    LINES_AS_THEY_STAND,
    SHOWN_OF_LEFT_OUT,
    GuideLine,
    SourceBlock,
    Structure,
    blocks,
    structure,
)

SOURCE_WINDOW = 60_000
"""Code points of a guide that are looked at for one page; much of it may be what the reader dropped."""
LINES_A_PAGE = 150
"""Lines of a guide that a page has about."""
LONGEST_LINE = 12_000
"""Code points of a line on one page; it goes on on the next."""
HEAVIEST = 26_000
"""Bytes that a page of a guide weighs about, beside what every page has."""
OF_LINE = 130
"""Bytes of markup that a line needs."""
OF_CELL = 12
"""Bytes of markup that a cell of a table needs."""
LONGEST_CITED = 5_000
"""Code points of a place that can be cited."""
LINES_ABOVE = 20
"""Lines shown above a cited one."""
ABOVE_AT_MOST = 3_000
"""Code points of them."""


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A stretch of a guide, drawn or letter for letter."""

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
    blocks: tuple[SourceBlock, ...]
    question: str
    """The question whose answer led here, for the way back; empty where none did."""
    address: str | None
    """Where the guide lies on the web."""
    original: str | None
    """Where the file itself is to be had, of a PDF at the page that is shown; None for a page of the web."""
    page: int | None
    """That page."""
    other: str
    """The same place letter for letter, or drawn where this is letter for letter."""
    is_exact: bool
    earlier: str | None
    later: str | None
    whole: str | None
    """The address at which any line can be asked for, where the guide has more than this page."""


def source_page(
    document: Document, catalog: Catalog, begin: int, at: Span | None, *, question: str = "", exact: bool = False
) -> SourcePage:
    """The view of a guide from an offset on, with the span ``at`` highlighted where it lies on this page.

    ``question`` is the one whose answer led here; ``exact`` wants every line as it stands, and nothing drawn.
    """
    length, total = catalog.texts.extent(document.id)
    part = catalog.texts.stretch(document.id, (begin, begin + SOURCE_WINDOW))
    held = LINES_AS_THEY_STAND if exact else structure(part, begin + len(part.text), document, catalog)
    lines, end = _shown(part, length, held)
    is_part = begin > 0 or end < length
    cited = _cited(document, catalog, at, (begin, end)) if at else None
    page = catalog.page(document.id, cited.span[0] if cited else begin)
    leads = partial(source_href, document, question=question)
    return SourcePage(
        title=document.title or document.path,
        path=document.path,
        date=document.date,
        first=part.line,
        last=lines[-1].number,
        total=total,
        cited=cited.lines[0] if cited else None,
        permanent=f"/citation/{cited.id}" if cited else None,
        forms=forms(cited, document.date) if cited else None,
        blocks=tuple(blocks(lines, held, at or (0, 0))),
        question=question,
        address=document.address,
        original=_original(document, page) if document.fetched is None else None,
        page=page,
        other=leads(at=at, start=begin, line=cited.lines[0] if cited else None, exact=not exact),
        is_exact=exact,
        earlier=leads(start=_above(document, catalog, begin, LINES_A_PAGE, HEAVIEST // 2), exact=exact)
        if begin
        else None,
        later=leads(start=end, exact=exact) if end < length else None,
        whole=source_href(document) if is_part else None,
    )


def beginning(document: Document, catalog: Catalog, *, start: int = 0, line: int | None = None, at: Span | None) -> int:
    """Where a page begins: at an offset, with a line, a little above a cited span, or at the top."""
    length, total = catalog.texts.extent(document.id)
    if start:
        return min(start, max(0, length - 1))
    if line is not None:
        begin = catalog.texts.line_start(document.id, max(1, min(line, total)))
        return begin if begin < length else _above(document, catalog, length, LINES_ABOVE, ABOVE_AT_MOST)
    if at is None or at[0] >= length:
        return 0
    return _above(document, catalog, at[0], LINES_ABOVE, ABOVE_AT_MOST)


def _original(document: Document, page: int | None) -> str:
    return f"/original/{url_quote(document.path)}{f'#page={page}' if page else ''}"


def _shown(part: Stretch, length: int, held: Structure) -> tuple[list[GuideLine], int]:
    """The lines of a stretch that one page shows, and where in the guide's text they end."""
    spans = LineIndex(part.text).spans()
    ends_here = part.start + len(part.text) >= length
    shown: list[GuideLine] = []
    weight = folded = kept = 0
    for number, (start, end) in enumerate(spans, start=part.line):
        is_whole = ends_here or number < part.line + len(spans) - 1
        line = GuideLine(number, (part.start + start, part.start + end), part.text[start:end])
        is_out = number in held.left_out or (line.is_blank and folded > 0)
        folded = folded + (not line.is_blank) if is_out else 0
        weight += 0 if folded > SHOWN_OF_LEFT_OUT else _weight(line, held)
        kept += not is_out
        if shown and (weight > HEAVIEST or not is_whole or kept > LINES_A_PAGE):
            return shown, line.span[0]
        if end - start > LONGEST_LINE:
            cut = part.start + start + LONGEST_LINE
            return [*shown, GuideLine(number, (line.span[0], cut), line.text[:LONGEST_LINE])], cut
        shown.append(line)
    return shown, part.start + len(part.text)


def _weight(line: GuideLine, held: Structure) -> int:
    cells = sum(len(row.cells) for row in held.rows.get(line.number, ()) if row.lines[0] == line.number)
    return len(line.text.encode()) + OF_CELL * cells + (0 if line.is_blank else OF_LINE)


def source_href(
    document: Document,
    *,
    at: Span | None = None,
    start: int = 0,
    line: int | None = None,
    question: str = "",
    exact: bool = False,
) -> str:
    """The address of a guide, of it from an offset on, or of a quote in the answer to a question."""
    query: dict[str, object] = {"at": f"{at[0]}-{at[1]}"} if at else {"start": start} if start else {}
    query |= {"q": question} if question else {}
    query |= {"as": "text"} if exact else {}
    return f"/source/{url_quote(document.path)}{'?' + urlencode(query) if query else ''}{f'#L{line}' if line else ''}"


def _cited(document: Document, catalog: Catalog, at: Span, shown: Span) -> Citation | None:
    """The highlighted place as a citation, where it begins on this page, is in the text and is no whole chapter."""
    length, _ = catalog.texts.extent(document.id)
    can_be = shown[0] <= at[0] < min(at[1], shown[1]) and at[1] <= min(length, at[0] + LONGEST_CITED)
    return citation_at(document, at, catalog) if can_be else None


def _above(document: Document, catalog: Catalog, offset: int, lines: int, most: int) -> int:
    """The beginning of the line so many above an offset, and at most so many code points before it."""
    window = catalog.texts.stretch(document.id, (max(0, offset - most), offset))
    index = LineIndex(window.text)
    number = max(len(index) - lines, 1 if window.start == 0 else 2)
    return window.start + (index.span(number)[0] if number <= len(index) else 0)
