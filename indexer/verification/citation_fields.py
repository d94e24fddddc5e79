"""What a citation says beside its quote, id, lines, page, title, section and drawing, held against the guide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ...search.citation.cite import citation_key
from ...search.citation.drawing import draw, words
from ...search.model import Citation, Document, Quote, Span, Table, TableRow
from ..document import ParsedGuide
from .cited_sources import CurrentSource


def wrong_fields(citation: Citation, source: CurrentSource | None) -> Iterator[tuple[str, str]]:
    """Each field that is not so, and why; ``source`` is the file where it is as it was cited."""
    start, end = citation.span
    if citation.id != f"{citation_key(citation.path, citation.sha256)}-{start}-{end}":
        yield "id", "it is that of another place"
    if source is None or source.trouble or source.text[start:end] != citation.quote:
        return
    if citation.lines != source.line_index.lines(citation.span):
        yield "lines", "the quote stands in others"
    if (guide := source.guide) is None:
        return
    if citation.document != guide.title:
        yield "document", "the guide has another title"
    pages = [page for begin, page in guide.pages if begin <= start]
    page = pages[-1] if pages else None
    if citation.page != page:
        yield "page", "the quote stands on another"
    if citation.printed != dict(guide.printed).get(page or 0):
        yield "printed_page", "another number is printed there, or none"
    if citation.scanned != guide.is_scanned(citation.span):
        yield "ocr", "the quote was read by OCR" if not citation.scanned else "the quote stands in the file as text"
    if not source.headings.issuperset(citation.section):
        yield "section", "the guide has no such heading"
    if citation.drawn and words(citation.drawn) != _shown(citation, guide):
        yield "shown", "the quote is not seen so"


class GuideRows(NamedTuple):
    """The tables of a guide that was read anew, as what draws quotes asks for them."""

    guide: ParsedGuide

    def rows_within(self, document: int, span: Span) -> list[TableRow]:  # noqa: ARG002 - there is one document
        """The rows that a span touches, in order of place."""
        rows = ((n, row) for n, table in enumerate(self.guide.tables) for row in table.rows)
        met = [(n, row) for n, row in rows if row.span[0] < span[1] and row.span[1] > span[0]]
        met.sort(key=lambda each: each[1].span)
        return [TableRow(0, n, 0, row.span, row.lines, row.cells, row.place, row.whole) for n, row in met]

    def table_numbered(self, number: int) -> Table:
        """The table that a row names: its place among the guide's."""
        table = self.guide.tables[number]
        return Table(
            id=number, document=0, name="", title=table.title, headings=table.headings, columns=table.columns,
            row_count=len(table.rows), span=table.span, lines=table.lines, year=table.year, header=table.header,
            label=table.label,
        )  # fmt: skip


def _shown(citation: Citation, guide: ParsedGuide) -> str:
    """How a reader sees the quote, drawn anew from the guide."""
    quote = Quote(0, citation.section, citation.lines, citation.span, citation.quote)
    document = Document(0, "", citation.path, guide.format, guide.title, guide.date, citation.sha256, 0)
    return words(draw(quote, document, GuideRows(guide))) or citation.quote
