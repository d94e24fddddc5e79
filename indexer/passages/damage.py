"""What looks damaged in a guide: link texts and lists that a scraper lost, tables without names or with glued rows.

Nothing is dropped for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...search.lang.lexicon import any_of, lexicon
from ...search.model import Doubt
from ...search.text.line_index import LineIndex
from ..document import Block, CellText
from ..readers.text.heading_rules import PROMISING
from ..readers.text.label_headings import LABEL_LEVEL
from ..readers.text.text_paragraphs import MARKER

_TEXT = lexicon("guide_text")
LOST_LINK = re.compile(
    rf"\b{any_of(_TEXT.ordered('lost link, before and'))}[^\S\n]+(?:and|or)[^\S\n]*[,.;:!?]"
    rf"|\b(?:{_TEXT.pattern('lost link, before a mark')})[^\S\n]*[,.;:!?](?=\s)"
    r"|[^\S\n]\([^\S\n]*\)",
    re.IGNORECASE,
)
"""``data from and,``; ``visit the .``; ``the agency ()``: a gap where the words of a link stood."""

SOON = 3
"""Blocks after a promise in which its list may begin."""
DAMAGED_FIGURE = re.compile(r"[$€£¥(+-]{0,3}\d(?:[\d.,]*\d)?[%)*]{0,2}")
LEAST_SERIES = 3
"""Records from which on a table of several columns of figures without names is in doubt."""
GLUED = 0.3
"""Share of a table's records that look glued for them to be so: a range, or a figure and its share, may look alike."""


def doubtful(blocks: Sequence[Block], text: str, lines: LineIndex) -> Iterator[Doubt]:
    """What is doubted about these blocks, in order."""
    level = 0
    for n, block in enumerate(blocks):
        yield from _of_table(block, lines)
        level = block.level if block.is_a("heading") else level
        if not block.is_a("paragraph", "item"):
            continue
        for match in LOST_LINK.finditer(text, *block.span):
            yield Doubt("doubt", "a link's text seems to be missing", match.span(), lines.lines(match.span()))
        promised = PROMISING.search(text, max(block.span[0], block.span[1] - 80), block.span[1])
        if promised and not any(_keeps(after, level, text) for after in blocks[n + 1 : n + 1 + SOON]):
            span = promised.start(), block.span[1]
            yield Doubt("doubt", "a list seems to be missing after this", span, lines.lines(span))


def _keeps(after: Block, level: int, text: str) -> bool:
    """Whether a block is of the list that was promised: an item, a row, a section below the one that promised it."""
    is_section = after.is_a("heading") and (after.level > level or after.level == LABEL_LEVEL)
    is_listed = after.is_a("paragraph") and MARKER.match(text, *after.span) is not None
    return is_section or is_listed or after.is_a("item", "table", "dropped")


def _of_table(block: Block, lines: LineIndex) -> Iterator[Doubt]:
    """A table whose columns nothing names, and rows in whose cells several figures stand side by side."""
    if block.grid is None:
        return
    records = block.grid.records
    is_named = any(cell.text.strip() for cell in block.grid.header)
    if not is_named and len(records) >= LEAST_SERIES and _columns_of_figures(records) > 1:
        yield Doubt("doubt", "nothing names the columns of this table", block.span, lines.lines(block.span))
    glued = [record for record in records if _is_glued(record)]
    if glued and len(glued) >= GLUED * len(records):
        span = glued[0][0].span[0], glued[-1][-1].span[1]
        yield Doubt("doubt", f"{len(glued):,} rows seem to be several each, glued together", span, lines.lines(span))


def _columns_of_figures(records: Sequence[Sequence[CellText]]) -> int:
    """How many columns hold figures alone; one beside its labels needs no name but the heading above."""
    columns = zip(*records, strict=False)
    return sum(sum(_figures(cell.text) > 0 for cell in column) > len(column) / 2 for column in columns)


def _is_glued(record: Sequence[CellText]) -> bool:
    """Whether at least two cells hold the same number of figures, more than one, and nothing else."""
    counts = [count for cell in record if (count := _figures(cell.text)) > 1]
    return len(counts) > 1 and len(set(counts)) == 1


def _figures(text: str) -> int:
    """How many figures a cell consists of; 0 where it holds anything else."""
    pieces = text.split()
    return len(pieces) if pieces and all(map(DAMAGED_FIGURE.fullmatch, pieces)) else 0
