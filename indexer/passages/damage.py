"""What looks damaged in a guide: link texts and lists that a scraper lost. Nothing is dropped for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...search.lang.lexicon import lexicon
from ...search.model import Doubt
from ...search.text.line_index import LineIndex
from ..document import Block
from ..readers.text.heading_rules import PROMISING

_TEXT = lexicon("guide_text")
LOST_LINK = re.compile(
    rf"\b(?:{'|'.join(_TEXT.ordered('lost link, before and'))})[^\S\n]+(?:and|or)[^\S\n]*[,.;:!?]"
    rf"|\b(?:{_TEXT.pattern('lost link, before a mark')})[^\S\n]*[,.;:!?](?=\s)"
    r"|[^\S\n]\([^\S\n]*\)",
    re.IGNORECASE,
)
"""``data from and,``; ``visit the .``; ``the agency ()``: a gap where the words of a link stood."""


def doubtful(blocks: Sequence[Block], text: str, lines: LineIndex) -> Iterator[Doubt]:
    """What is doubted about these blocks, in order."""
    for block, after in zip(blocks, [*blocks, None][1:], strict=True):
        if not block.is_a("paragraph", "item"):
            continue
        for match in LOST_LINK.finditer(text, *block.span):
            yield Doubt("doubt", "a link's text seems to be missing", match.span(), lines.lines(match.span()))
        promised = PROMISING.search(text, max(block.span[0], block.span[1] - 80), block.span[1])
        if promised and (after is None or after.is_a("heading", "paragraph")):
            span = promised.start(), block.span[1]
            yield Doubt("doubt", "a list seems to be missing after this", span, lines.lines(span))
