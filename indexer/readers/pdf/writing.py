"""Paragraphs and tables to text and blocks, with pages and repairs told in places of that text."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from ....search.model import Span
from ..html.grids import GridSlot, Layout, grid
from ..text_builder import OpenItem, Writer
from .joining import Text, joined
from .longtables import LongTable
from .paragraphs import PdfParagraph

MARGIN_REASON = "page header or footer"
SLANTED = "set at an angle, as a watermark is"
HEADER_AGAIN = "the table's header again"


@dataclass(slots=True)
class PageWriter:
    """A writer that knows on which page it writes."""

    vocabulary: Collection[str]
    writer: Writer = field(default_factory=Writer)
    pages: list[tuple[int, int]] = field(default_factory=list)
    repairs: list[tuple[Span, str]] = field(default_factory=list)

    def paragraph(self, paragraph: PdfParagraph) -> None:
        """A paragraph, heading or item."""
        text = joined(((line.page, line.row.words) for line in paragraph.lines), self.vocabulary)
        shown = text.text
        if paragraph.is_a("heading"):
            self.writer.heading(shown, paragraph.depth, shown)
        elif paragraph.is_a("item"):
            set_mark = shown.startswith(paragraph.mark)
            self.writer.item(shown, OpenItem(paragraph.depth, "" if set_mark else f"{paragraph.mark} "))
        else:
            self.writer.paragraph(shown)
        self._note(text, self.writer.length - len(shown))

    def table(self, table: LongTable) -> None:
        """A table, a line for each record; its header where it comes again is dropped behind it."""
        cells = [(page, cell) for page, record in table.records for cell in record]
        texts = [joined(((page, line) for line in cell.lines), self.vocabulary) for page, cell in cells]
        slots = _slots(table)
        own = Layout((), slots, 0, 0).own_cells()
        span, written = self.writer.rows("", [[texts[n].text for n in row] for row in own])
        self.writer.table(span, grid(Layout((), slots, 0, table.header), written, ""))
        for text, cell in zip(texts, written, strict=True):
            self._note(text, cell.span[0])
        for page, line in table.again:
            self.drop(page, line, HEADER_AGAIN)

    def drop(self, page: int, text: str, reason: str) -> None:
        """A piece that is not part of the guide."""
        self.writer.drop(text, reason)
        self._on_page(self.writer.length - len(text), page)

    def _note(self, text: Text, start: int) -> None:
        for at, page in text.pages:
            self._on_page(start + at, page)
        self.repairs += [((start + a, start + b), reason) for (a, b), reason in text.repairs]

    def _on_page(self, start: int, page: int) -> None:
        if not self.pages or self.pages[-1][1] != page:
            self.pages.append((start, page))


def _reach(table: LongTable, n: int, at: int) -> int:
    """The last column that a head stands over, where those below it name more columns up to its neighbour."""
    record = table.records[n][1]
    if n + 1 >= table.header or not record[at].first:
        return 0
    end = record[at + 1].first if at + 1 < len(record) else table.width
    below = {cell.first for _, row in table.records[n + 1 : table.header] for cell in row}
    reach = record[at].last
    while reach + 1 < end and reach + 1 in below:
        reach += 1
    return reach


def _slots(table: LongTable) -> tuple[tuple[GridSlot | None, ...], ...]:
    """For each record and column the number of the cell that fills it."""
    rows: list[list[GridSlot | None]] = [[None] * table.width for _ in table.records]
    number = 0
    for n, (_, record) in enumerate(table.records):
        for at, cell in enumerate(record):
            last = max(cell.last, _reach(table, n, at))
            for row in rows[n : n + cell.height]:
                own = row is rows[n]
                row[cell.first : last + 1] = [GridSlot(number, own)] * (last + 1 - cell.first)
            number += 1
    return tuple(map(tuple, rows))
