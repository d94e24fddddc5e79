"""Glued tables inside the paragraphs of a text with markup: pages are scraped into Markdown and line breaks as well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ....search.model import Span
from ....search.text.line_index import LineIndex
from ...document import Block
from ...glued_tables import glued
from ..gaps import filled


def unglued(blocks: Sequence[Block], text: str, index: LineIndex) -> Iterator[Block]:
    """The blocks, with every paragraph that holds a glued table cut into what it holds."""
    for block in blocks:
        lines = _lines(block, index) if block.is_a("paragraph") else []
        tables = glued.find(text, lines) if len(lines) > 1 else []
        yield from filled(tables, text, block.span, lambda span: Block("paragraph", span)) if tables else [block]


def _lines(block: Block, index: LineIndex) -> list[Span]:
    """The lines of a block, as far as they lie in it."""
    first, last = index.lines(block.span)
    spans = (index.span(number) for number in range(first, last + 1))
    return [(max(start, block.span[0]), min(end, block.span[1])) for start, end in spans]
