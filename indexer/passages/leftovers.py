"""What of a table's block is no row of it: footnotes and sources stay prose, what only draws the table is dropped."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ...search.model import Span
from ..document import Block, ParsedTable
from ..encoding.decode import CONTENT
from ..readers.gaps import trimmed
from ..readers.html.fragment import shown


def leftovers(block: Block, table: ParsedTable | None, text: str, *, tags: bool) -> tuple[list[Span], list[Span]]:
    """The pieces that are prose and those that draw the table, for a block that became ``table``, or none.

    The rows of a grid that is no data table are prose, one piece each. ``tags`` says whether HTML tags in the text are
    markup.
    """
    prose = [] if table else list(_rows(block))
    taken = [*table.header, *(row.span for row in table.rows)] if table else prose
    drawing: list[Span] = []
    for gap in _gaps(block.span, taken):
        start, end = trimmed(text, gap)
        piece = shown(text, (start, end)) if tags else (start, end)
        if not any(map(str.isalnum, text[slice(*piece)])):
            piece = (start, start)
        prose += [piece] if piece[0] < piece[1] else []
        drawing += [rest for rest in ((start, piece[0]), (piece[1], end)) if CONTENT.search(text, *rest)]
    return sorted(prose), drawing


def _rows(block: Block) -> Iterator[Span]:
    """Where each row of a grid stands, its header among them."""
    grid = block.grid
    for cells in (grid.header, *grid.records) if grid else ():
        own = [cell.span for cell in cells if cell.text and block.span[0] <= cell.span[0] < cell.span[1]]
        if own:
            yield min(start for start, _ in own), max(end for _, end in own)


def _gaps(span: Span, taken: list[Span]) -> Iterator[Span]:
    """The stretches of a span between the pieces that are taken."""
    reached = span[0]
    for before, after in pairwise([(span[0], span[0]), *sorted(taken), (span[1], span[1])]):
        reached = max(reached, before[1])
        if reached < after[0]:
            yield reached, after[0]
