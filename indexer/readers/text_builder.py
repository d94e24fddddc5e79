"""Puts a document's text together from pieces and remembers where each stands: text and blocks grow side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ...search.model import Span
from ..document import Block, CellText, TableGrid

BETWEEN_BLOCKS, NEXT = "\n\n", "\n"
"""What stands between blocks, and between items of a list or rows of a table."""
BETWEEN_CELLS = " | "
AFTER_TERM = ": "
"""What stands between a term, or the label of a fact, and a short text about it."""
SHORT_TEXT = 80
"""Code points of such a text."""


@dataclass(slots=True)
class OpenItem:
    """A list item that is open: its depth from 1, and its bullet or number."""

    depth: int
    mark: str
    is_term: bool = False
    """Whether what it says first is what the rest is about."""
    block: int = -1
    """The number of its block, once it has one."""


@dataclass(slots=True)
class Writer:
    """A text in the making. Every ``text`` given to it holds content and no blanks at either end."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)

    def text(self) -> str:
        """What was written."""
        return "".join(self.parts)

    def paragraph(self, text: str) -> None:
        """A paragraph."""
        self.blocks.append(Block("paragraph", self._put(text, BETWEEN_BLOCKS)))

    def heading(self, text: str, level: int, title: str) -> None:
        """A heading; ``title`` is what it is called by."""
        self.blocks.append(Block("heading", self._put(text, BETWEEN_BLOCKS), level=level, title=title))

    def item(self, text: str, item: OpenItem) -> None:
        """A list item, or more of the one that was written last."""
        last = len(self.blocks) - 1
        if item.block == last >= 0:
            start, end = self.blocks[last].span
            is_fact = item.is_term and max(end - start, len(text)) <= SHORT_TEXT
            item.is_term = False
            self.blocks[last] = replace(
                self.blocks[last], span=(start, self._put(text, AFTER_TERM if is_fact else NEXT)[1])
            )
            return
        marked = text if item.block >= 0 else f"{'  ' * (item.depth - 1)}{item.mark}{text}"
        between = NEXT if last >= 0 and self.blocks[last].is_a("item") else BETWEEN_BLOCKS
        start, end = self._put(marked, between)
        item.block = len(self.blocks)
        self.blocks.append(Block("item", (start + len(marked) - len(marked.lstrip(" ")), end), level=item.depth))

    def drop(self, text: str, reason: str) -> None:
        """A piece that is not part of the guide; neighbours with the same reason are one."""
        last = self.blocks[-1] if self.blocks else None
        if last is not None and last.is_a("dropped") and last.reason == reason:
            self.blocks[-1] = replace(last, span=(last.span[0], self._put(text, NEXT)[1]))
        else:
            self.blocks.append(Block("dropped", self._put(text, BETWEEN_BLOCKS), reason=reason))

    def rows(self, caption: str, rows: Sequence[Sequence[str]]) -> tuple[Span, list[CellText]]:
        """A caption and rows of cells, a line each: where they stand, and every cell, row by row. No block yet."""
        begin, cells = -1, list[CellText]()
        if caption:
            begin = self._put(caption, BETWEEN_BLOCKS)[0]
        for row in rows:
            start = self.length
            if any(row):
                start = self._put(BETWEEN_CELLS.join(row), BETWEEN_BLOCKS if begin < 0 else NEXT)[0]
                begin = start if begin < 0 else begin
            for text in row:
                cells.append(CellText(text, (start, start + len(text))))
                start += len(text) + len(BETWEEN_CELLS) if any(row) else 0
        return (max(begin, 0), self.length), cells

    def table(self, span: Span, grid: TableGrid) -> None:
        """What ``rows`` wrote is a table."""
        self.blocks.append(Block("table", span, grid=grid))

    def _put(self, text: str, between: str) -> Span:
        separator = between if self.length else ""
        self.parts += (separator, text)
        start = self.length + len(separator)
        self.length = start + len(text)
        return start, self.length
