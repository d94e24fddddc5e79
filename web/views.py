"""What each page is given to show: dataclasses made from answers and catalog, with no HTML in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote as url_quote

from ..search.catalog import Catalog
from ..search.index import Index
from ..search.lines import LineIndex
from ..search.model import Answer, Citation, Document, Receipt
from .citeforms import Forms, forms

CONTEXT = 160
"""Code points of the same paragraph shown on each side of a quote."""
SOURCE_LINES = 400
"""Lines of a guide on one page."""
ITEM = re.compile(r"(?:^|; )\d{1,3}\. ")


@dataclass(frozen=True, slots=True)
class HomePage:
    """The question box, with examples made from what the guides hold."""

    guides: int
    tables: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One citation as shown: the quote within its paragraph, where it stands, and the forms to paste."""

    citation: Citation
    before: str
    after: str
    date: str | None
    lines: str
    href: str
    forms: Forms


@dataclass(frozen=True, slots=True)
class SideView:
    """One stance with its evidence."""

    stance: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class DisagreementView:
    """What the guides disagree on."""

    topic: str
    sides: tuple[SideView, ...]


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """An answer, its evidence and its receipt."""

    answer: Answer
    items: tuple[str, ...]
    """The items where the answer is one numbered list."""
    evidence: tuple[Evidence, ...]
    disagreements: tuple[DisagreementView, ...]
    table: Receipt | None


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of a guide, cut where a quote begins and ends."""

    number: int
    before: str
    quoted: str
    after: str
    cited: bool


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
    lines: tuple[SourceLine, ...]
    earlier: str | None
    later: str | None


def answer_page(answer: Answer, index: Index) -> AnswerPage:
    """The view of an answer."""
    shown = {c.n: _evidence(c, index.catalog) for c in answer.citations}
    sides = tuple(
        DisagreementView(d.topic, tuple(SideView(s.stance, tuple(shown[n] for n in s.citations)) for s in d.sides))
        for d in answer.disagreements
    )
    in_sides = {n for d in answer.disagreements for s in d.sides for n in s.citations}
    return AnswerPage(
        answer=answer,
        items=_items(answer.answer or ""),
        evidence=tuple(e for n, e in shown.items() if n not in in_sides),
        disagreements=sides,
        table=answer.table,
    )


def source_page(document: Document, text: str, *, at: tuple[int, int] | None, first: int) -> SourcePage:
    """The view of a guide from line ``first``, with the span ``at`` highlighted where it lies on this page."""
    index = LineIndex(text)
    total = len(index)
    first = max(1, min(first, total))
    last = min(total, first + SOURCE_LINES - 1)
    return SourcePage(
        title=document.title or document.path,
        path=document.path,
        date=document.date,
        first=first,
        last=last,
        total=total,
        cited=index.line(at[0]) if at else None,
        lines=tuple(_line(text, index.span(n), n, at) for n in range(first, last + 1)),
        earlier=source_href(document, first=max(1, first - SOURCE_LINES)) if first > 1 else None,
        later=source_href(document, first=last + 1) if last < total else None,
    )


def source_href(
    document: Document, *, at: tuple[int, int] | None = None, first: int = 1, line: int | None = None
) -> str:
    """The address of a guide's text, of its lines, or of a quote in it."""
    query = [f"at={at[0]}-{at[1]}"] if at else []
    if first > 1:
        query.append(f"from={first}")
    return f"/source/{url_quote(document.path)}{'?' + '&'.join(query) if query else ''}{f'#L{line}' if line else ''}"


def _evidence(citation: Citation, catalog: Catalog) -> Evidence:
    document = next(d for d in catalog.documents() if d.path == citation.path and d.sha256 == citation.sha256)
    text = catalog.text(document.id)
    start, end = citation.span
    before = text[max(0, start - CONTEXT) : start].rpartition("\n")[2]
    after = text[end : end + CONTEXT].partition("\n")[0]
    first, last = citation.lines
    page = max(1, first - 20) if first > SOURCE_LINES else 1
    return Evidence(
        citation=citation,
        before=("…" if len(before) == CONTEXT else "") + before,
        after=after + ("…" if len(after) == CONTEXT else ""),
        date=document.date,
        lines=f"line {first}" if first == last else f"lines {first}–{last}",
        href=source_href(document, at=citation.span, first=page, line=first),
        forms=forms(citation, document.date),
    )


def _items(answer: str) -> tuple[str, ...]:
    """The items of an answer that is one numbered list ("1. …; 2. …"); nothing where it is a sentence."""
    if not answer.startswith("1. "):
        return ()
    return tuple(item for item in ITEM.split(answer) if item)


def _line(text: str, span: tuple[int, int], number: int, at: tuple[int, int] | None) -> SourceLine:
    start, end = span
    if at is None or at[1] <= start or at[0] >= end:
        return SourceLine(number, text[start:end], "", "", cited=False)
    a, b = max(start, at[0]), min(end, at[1])
    return SourceLine(number, text[start:a], text[a:b], text[b:end], cited=True)
