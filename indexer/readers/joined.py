"""Several readings as one: chapters of a book, slides, messages, each with its own number where pages count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ...search.errors import SourceError
from ...search.model import Doubt, Span
from ...search.text.line_index import LineIndex
from ..dates import iso_date
from ..document import Block, CellText, ExtractedDocument, Pages

BETWEEN_READINGS = "\n\n"


def joined(
    readings: Iterable[ExtractedDocument],
    *,
    title: str = "",
    date: str | None = None,
    paged: bool = False,
    said: Iterable[str] = (),
) -> ExtractedDocument:
    """The readings one below the other; with ``paged`` each is a page. ``said`` is what is in doubt of the whole.

    Raises SourceError where none of them shows any text.
    """
    texts: list[str] = []
    blocks: list[Block] = []
    doubts = [Doubt("doubt", reason, (0, 0), (1, 1)) for reason in said]
    pages: list[tuple[int, int]] = []
    length = lines = 0
    for number, reading in enumerate(readings, start=1):
        if not reading.text.strip():
            continue
        pages.append((length, number))
        blocks += [_moved(block, length) for block in reading.blocks]
        doubts += [_later(doubt, length, lines) for doubt in reading.doubts]
        texts.append(reading.text)
        length += len(reading.text) + len(BETWEEN_READINGS)
        lines += len(LineIndex(reading.text)) + 1
    if not texts:
        raise SourceError("shows no text", "leave it out, or save what it shows as text")
    title = title or next((block.title for block in blocks if block.is_a("heading") and block.title), "")
    found: Pages = tuple(pages) if paged else ()
    return ExtractedDocument(
        BETWEEN_READINGS.join(texts), tuple(blocks), title, iso_date(date or ""), tuple(doubts), found
    )


def _moved(block: Block, by: int) -> Block:
    if block.grid is None:
        return replace(block, span=_span(block.span, by))
    header = tuple(_cell(cell, by) for cell in block.grid.header)
    records = tuple(tuple(_cell(cell, by) for cell in record) for record in block.grid.records)
    return replace(block, span=_span(block.span, by), grid=replace(block.grid, header=header, records=records))


def _cell(cell: CellText, by: int) -> CellText:
    return CellText(cell.text, _span(cell.span, by))


def _later(doubt: Doubt, by: int, lines: int) -> Doubt:
    first, last = doubt.lines
    return doubt._replace(span=_span(doubt.span, by), lines=(first + lines, last + lines))


def _span(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by
