"""What each page is given to show: dataclasses made from answers and catalog, with no HTML in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from ...search.citation.drawing import ITEM_MARK, drawn_beside
from ...search.model import Answer, Citation, Disagreement, Document, DrawnRows, Receipt, Status, Value
from ...search.output.drawn_together import together
from ...search.store.catalog import Catalog
from ...search.store.open import Index
from ..citation_formats import Forms, forms
from ..suggesting.suggestions import Suggestion, suggestion
from .pay_period import Switch, sentence, switch
from .search_page import Result, near
from .source_page import source_href

CONTEXT = 160
"""Code points of the same paragraph shown on each side of a quote."""
RECEIPT_CELLS = 200
"""Cells of a receipt's rows shown with an answer: with its quotes it stays a light page."""
NUMBERED_ITEM = re.compile(r"(?:^|; )\d{1,3}\. ")


@dataclass(frozen=True, slots=True)
class ShownCitation:
    """One citation as shown: the quote within its paragraph, where it stands, and the forms to paste."""

    citation: Citation
    before: str
    after: str
    section: tuple[str, ...]
    """The headings above it, without one that only repeats the document's title."""
    date: str | None
    lines: str
    href: str
    permanent: str
    forms: Forms


@dataclass(frozen=True, slots=True)
class ShownRows:
    """Citations that are rows of one table, shown as that table."""

    heads: tuple[str, ...]
    rows: tuple[tuple[ShownCitation, tuple[str, ...]], ...]
    """Each row with the citation that it stands in."""
    items: tuple[ShownCitation, ...]


Evidence = tuple[ShownCitation | ShownRows, ...]


@dataclass(frozen=True, slots=True)
class SideView:
    """One stance with its evidence."""

    stance: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class DisagreementView:
    """What the guides disagree on."""

    topic: str
    sides: tuple[SideView, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One item of an answer that is a list, and the citations that it rests on."""

    text: str
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """An answer, its evidence and its receipt."""

    answer: Answer
    heading: str
    """The answer's sentence, or what stands before its list."""
    marks: tuple[int, ...]
    """The citations that the heading rests on."""
    items: tuple[Item, ...]
    """The items where the answer is a list."""
    evidence: Evidence
    disagreements: tuple[DisagreementView, ...]
    table: Receipt | None
    rows: tuple[tuple[str, ...], ...]
    """The receipt's rows, as many as have room."""
    suggestions: tuple[Suggestion, ...]
    pay: Switch | None
    converted: tuple[str, ...]
    """The answer's numbers by the other period, where the reader asked for it."""
    nearest: Evidence
    """What comes closest to a question that no guide answers, told apart from an answer."""
    near: tuple[Result, ...]
    """Where nothing comes close: passages on the rest of the question."""
    search: str
    """The address that finds the question's words in the guides."""
    within: tuple[str, ...] = ()
    """The guides that were asked, where not all were."""


def answer_page(answer: Answer, index: Index, *, pay: str = "", within: tuple[str, ...] = ()) -> AnswerPage:
    """The view of an answer; ``pay`` is "hour" or "year" where its numbers are wanted by that period too.

    ``within`` are the globs of the guides that were asked, where not all were.
    """
    cited = (*answer.citations, *answer.nearest)
    documents = {(d.path, d.sha256): d for d in index.catalog.documents()} if cited else {}
    evidence = {c.n: _evidence(c, documents[c.path, c.sha256], index.catalog, answer.question) for c in cited}
    nearest = _together([evidence.pop(c.n) for c in answer.nearest])
    in_sides = {n for d in answer.disagreements for s in d.sides for n in s.citations}
    heading, items = _heading(answer)

    def address(period: str) -> str:
        asked = [("q", answer.question), *(("document", glob) for glob in within)]
        return f"/ask?{urlencode([*asked, *([('pay', period)] if period else [])])}"

    return AnswerPage(
        answer=answer,
        heading=heading,
        marks=()
        if items or answer.status != Status.ANSWERED
        else _marks(answer.values) or (1,) * bool(answer.citations),
        items=tuple(_items(items, answer)),
        evidence=_together([e for n, e in evidence.items() if n not in in_sides]),
        disagreements=tuple(_disagreement(d, evidence) for d in answer.disagreements),
        table=answer.table,
        rows=answer.table.rows[: max(1, RECEIPT_CELLS // max(1, len(answer.table.columns)))] if answer.table else (),
        suggestions=tuple(suggestion(said, answer.question, answer.missing) for said in answer.suggestions),
        pay=switch((value.unit for value in answer.values), pay, address),
        converted=tuple(said for value in answer.values if (said := sentence(value, pay))),
        nearest=nearest,
        near=near(answer.question, answer.missing, index) if answer.status == Status.NOT_FOUND and not nearest else (),
        search=f"/search?{urlencode({'q': answer.question})}",
        within=within,
    )


def shown_citation(citation: Citation, catalog: Catalog, question: str) -> ShownCitation:
    """One citation as a page shows it."""
    document = next(d for d in catalog.documents_at(citation.path) if d.sha256 == citation.sha256)
    return _evidence(citation, document, catalog, question)


def _evidence(citation: Citation, document: Document, catalog: Catalog, question: str) -> ShownCitation:
    start, end = citation.span
    is_table = any(isinstance(part, DrawnRows) for part in citation.drawn)
    before = catalog.texts.stretch(document.id, (start - CONTEXT, start)).text.rpartition("\n")[2]
    after = catalog.texts.stretch(document.id, (end, end + CONTEXT)).text.partition("\n")[0]
    first, last = citation.lines
    return ShownCitation(
        citation=citation,
        before="" if is_table else ("…" if len(before) == CONTEXT else "") + drawn_beside(before, document),
        after="" if is_table else drawn_beside(after, document) + ("…" if len(after) == CONTEXT else ""),
        section=tuple(heading for heading in citation.section if heading != citation.document),
        date=document.date,
        lines=f"line {first}" if first == last else f"lines {first}–{last}",
        href=source_href(document, at=citation.span, line=first, question=question),
        permanent=f"/citation/{citation.id}",
        forms=forms(citation, document.date),
    )


def _together(shown: Sequence[ShownCitation]) -> Evidence:
    """Citations in their order, those that are rows of one table as one table."""
    by_number = {each.citation.n: each for each in shown}
    return tuple(
        ShownRows(
            one.heads,
            tuple((by_number[citation.n], cells) for citation, cells in one.rows),
            tuple(by_number[citation.n] for citation in one.citations),
        )
        if one.rows
        else by_number[one.citations[0].n]
        for one in together([each.citation for each in shown])
    )


def _heading(answer: Answer) -> tuple[str, tuple[str, ...]]:
    """What stands over an answer, and its items where it is a list, by lines or numbered ("1. …; 2. …")."""
    if answer.status == Status.NOT_FOUND:
        return "No guide says this outright." if answer.nearest else "The guides do not answer this.", ()
    if answer.disagreements:
        return "The guides disagree.", ()
    text = answer.answer or ""
    if text.startswith("1. "):
        return "What the guides list", tuple(item for item in NUMBERED_ITEM.split(text) if item)
    first, *lines = text.split("\n")
    if ITEM_MARK.match(first) and any(map(ITEM_MARK.match, lines)):
        first, lines = "What the guide lists", [first, *lines]
    return ITEM_MARK.sub("", first, count=1), tuple(ITEM_MARK.sub("", line, count=1) for line in lines if line.strip())


def _items(texts: Sequence[str], answer: Answer) -> Iterator[Item]:
    """Each item with the citation of its number, or of the quote that it stands in."""
    if len(answer.values) == len(texts):
        yield from (Item(text, _marks([value])) for text, value in zip(texts, answer.values, strict=True))
        return
    quotes = {c.n: " ".join(c.quote.split()) for c in answer.citations}
    for text in texts:
        yield Item(text, tuple(n for n, quote in quotes.items() if text in quote)[:1])


def _marks(values: Sequence[Value]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(value.citation for value in values if value.citation is not None))


def _disagreement(disagreement: Disagreement, shown: Mapping[int, ShownCitation]) -> DisagreementView:
    """Its sides, each stance as a heading."""
    sides = ((side.stance, _together([shown[n] for n in side.citations])) for side in disagreement.sides)
    return DisagreementView(
        disagreement.topic, tuple(SideView(s[:1].upper() + s[1:], evidence) for s, evidence in sides)
    )
