"""What each page is given to show: dataclasses made from answers and catalog, with no HTML in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote as url_quote
from urllib.parse import urlencode

from ..search.catalog import Catalog
from ..search.index import Index
from ..search.lines import LineIndex
from ..search.model import Answer, Citation, Disagreement, Document, Receipt
from .citeforms import Forms, forms
from .pay import Switch, sentence, switch
from .suggest import Suggestion, suggestion

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
    permanent: str
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
    heading: str
    """The answer's sentence, or what stands before its list."""
    items: tuple[str, ...]
    """The items where the answer is a list."""
    evidence: tuple[Evidence, ...]
    disagreements: tuple[DisagreementView, ...]
    table: Receipt | None
    suggestions: tuple[Suggestion, ...]
    pay: Switch | None
    converted: tuple[str, ...]
    """The answer's numbers by the other period, where the reader asked for it."""
    search: str
    """The address that finds the question's words in the guides."""


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


def answer_page(answer: Answer, index: Index, *, pay: str = "") -> AnswerPage:
    """The view of an answer; ``pay`` is "hour" or "year" where its numbers are wanted by that period too."""
    shown = {c.n: _evidence(c, index.catalog) for c in answer.citations}
    in_sides = {n for d in answer.disagreements for s in d.sides for n in s.citations}
    heading, items = _heading(answer)

    def address(period: str) -> str:
        return f"/ask?{urlencode({'q': answer.question} | ({'pay': period} if period else {}))}"

    return AnswerPage(
        answer=answer,
        heading=heading,
        items=items,
        evidence=tuple(e for n, e in shown.items() if n not in in_sides),
        disagreements=tuple(_disagreement(d, shown) for d in answer.disagreements),
        table=answer.table,
        suggestions=tuple(suggestion(said, answer.question, answer.missing) for said in answer.suggestions),
        pay=switch((value.unit for value in answer.values), pay, address),
        converted=tuple(said for value in answer.values if (said := sentence(value, pay))),
        search=f"/search?{urlencode({'q': answer.question})}",
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
        permanent=f"/citation/{citation.id}",
        forms=forms(citation, document.date),
    )


def _heading(answer: Answer) -> tuple[str, tuple[str, ...]]:
    """What stands over an answer, and its items where it is a list, by lines or numbered ("1. …; 2. …")."""
    if answer.status == "not_found":
        return "The guides do not answer this.", ()
    if answer.disagreements:
        return "The guides disagree.", ()
    text = answer.answer or ""
    if text.startswith("1. "):
        return "What the guides list", tuple(item for item in ITEM.split(text) if item)
    first, *lines = text.split("\n")
    return first, tuple(line for line in lines if line.strip())


def _disagreement(disagreement: Disagreement, shown: Mapping[int, Evidence]) -> DisagreementView:
    """Its sides, each stance as a heading."""
    sides = ((side.stance, tuple(shown[n] for n in side.citations)) for side in disagreement.sides)
    return DisagreementView(
        disagreement.topic, tuple(SideView(s[:1].upper() + s[1:], evidence) for s, evidence in sides)
    )


def _line(text: str, span: tuple[int, int], number: int, at: tuple[int, int] | None) -> SourceLine:
    start, end = span
    if at is None or at[1] <= start or at[0] >= end:
        return SourceLine(number, text[start:end], "", "", cited=False)
    a, b = max(start, at[0]), min(end, at[1])
    return SourceLine(number, text[start:a], text[a:b], text[b:end], cited=True)
