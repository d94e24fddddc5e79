"""Plain text, as scraped from a page or typed: headings, lists and tables are told by their looks alone."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ....search.model import Doubt, Span
from ....search.text.line_index import LineIndex
from ...dates import stated_date
from ...document import Block, ExtractedDocument
from ...glued_tables import glued, stacked
from .block_roles import ParagraphRole, Roles, roles
from .heading_rules import ANNOUNCING, levels
from .text_paragraphs import Paragraph, paragraphs

LOST_HEADINGS = "the sections announced here seem to have lost their headings"


def read(text: str) -> ExtractedDocument:
    """The blocks of a plain text."""
    index = LineIndex(text)
    tables = glued.find(text, index.spans())
    tables = sorted([*tables, *stacked.find(text, _outside(index.spans(), tables))], key=lambda block: block.span)
    pieces = paragraphs(text, _outside(index.spans(), tables))
    found = roles(pieces, _before_table(pieces, tables))
    blocks = sorted([*tables, *_blocks(pieces, found)], key=lambda block: block.span)
    doubts = [_doubt(pieces[run.start].span[0], pieces[run.stop - 1].span[1], index) for run in found.lost]
    return ExtractedDocument(text, tuple(blocks), date=stated_date(text), doubts=tuple(doubts))


def _outside(lines: Sequence[Span], tables: Sequence[Block]) -> list[Span]:
    """The lines that no table takes up, with an empty one in the place of each table."""
    kept, waiting = [], list(reversed(tables))
    for start, end in lines:
        while waiting and waiting[-1].span[1] <= start:
            waiting.pop()
        inside = waiting and waiting[-1].span[0] < end and start < waiting[-1].span[1]
        kept.append((start, start) if inside else (start, end))
    return kept


def _before_table(pieces: Sequence[Paragraph], tables: Sequence[Block]) -> list[bool]:
    """For each paragraph whether a table comes before the next one."""
    starts = [table.span[0] for table in tables]
    bounds = [bisect_left(starts, piece.span[0]) for piece in pieces] + [len(starts)]
    return [here < after for here, after in pairwise(bounds)]


def _blocks(pieces: Sequence[Paragraph], found: Roles) -> Iterator[Block]:
    depths = iter(_heading_levels(pieces, found))
    indents: list[int] = []
    for piece, role in zip(pieces, found.of, strict=True):
        if role == ParagraphRole.ITEM:
            yield Block("item", piece.span, level=_depth(indents, piece.indent))
            continue
        indents.clear()
        if role == ParagraphRole.HEADING:
            yield Block("heading", piece.span, level=next(depths), title=" ".join(piece.text.split()))
        elif role == ParagraphRole.PARAGRAPH:
            yield Block("paragraph", piece.span)
        else:
            yield Block("dropped", piece.span, reason=str(role))


def _heading_levels(pieces: Sequence[Paragraph], found: Roles) -> list[int]:
    """The depth of each heading; one is above a numbered series that it, or the little text below it, announces."""
    places = [n for n, role in enumerate(found.of) if role == ParagraphRole.HEADING]
    announced = [
        after - n == 1 or (after - n == 2 and ANNOUNCING.search(pieces[n + 1].text) is not None)
        for n, after in zip(places, [*places, len(pieces)][1:], strict=True)
    ]
    return levels([pieces[n].text for n in places], announced)


def _depth(indents: list[int], indent: int) -> int:
    """The depth of an item, from 1; ``indents`` are those of the items it stands in."""
    while indents and indents[-1] >= indent:
        indents.pop()
    indents.append(indent)
    return len(indents)


def _doubt(start: int, end: int, index: LineIndex) -> Doubt:
    return Doubt("doubt", LOST_HEADINGS, (start, end), index.lines((start, end)))
