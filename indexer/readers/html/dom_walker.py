"""A page's tree to its text and blocks: all shown text in order, each block element on lines of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag

from ...encoding.decode import CONTENT
from ..text.label_headings import LABEL_LEVEL, is_label
from ..text_builder import OpenItem, Writer
from .boilerplate import Regions, walk
from .element_hints import is_question
from .grids import Layout, facts, grid, layout
from .tags import BLOCKS, is_tag, names

SPACE = re.compile(r"[ \t\n\r\f]+")
AROUND_BREAK = re.compile(r" ?\n ?")
BULLET = "• "
HEADINGS = {**{f"h{n}": n for n in range(1, 7)}, "summary": LABEL_LEVEL}
LISTS = names("ul ol menu dir dl")
INLINE_APART = names("button select textarea label legend noscript svg")
"""Elements within a line that can be no part of the guide."""


def write(page: BeautifulSoup) -> Writer:
    """The text of a page and the blocks that account for all of it."""
    reader = _Reader(Regions(page))
    skipped: Tag | None = None
    for node, enters in walk(page, reader.regions):
        if skipped is not None:
            skipped = None if node is skipped else skipped
        elif isinstance(node, str):
            reader.say(node)
        elif not enters:
            reader.leave(node)
        elif is_tag(node, "table") and (found := layout(node, reader.regions)) is not None:
            reader.table(node, found)
            skipped = node
        else:
            reader.enter(node)
    reader.end_block()
    return reader.writer


@dataclass(slots=True)
class _List:
    tag: Tag
    number: int
    """Of its last item."""
    item: OpenItem | None = None


class _Said(NamedTuple):
    """A piece of text: whether it only leads to another place of the page, and whether it is bold."""

    text: str
    jumps: bool
    bold: bool


@dataclass(slots=True)
class _Reader:
    """Where the walk through the page stands, and what was said since the last block."""

    regions: Regions
    writer: Writer = field(default_factory=Writer)
    said: list[_Said] = field(default_factory=list)
    """The text of the block being read."""
    lists: list[_List] = field(default_factory=list)
    heading: Tag | None = None
    preformatted: Tag | None = None
    jump: Tag | None = None
    """The open link to a place on the page."""
    bold: Tag | None = None
    apart: Tag | None = None
    """The outermost open element that is not part of the guide."""
    reason: str = ""

    def say(self, text: str) -> None:
        """Add to the block that is being read; white space folds unless it is preformatted."""
        text = text if self.preformatted else SPACE.sub(" ", text)
        self.said.append(_Said(text, self.jump is not None, self.bold is not None))

    def enter(self, tag: Tag) -> None:
        """An element begins."""
        if tag.name in BLOCKS or tag.name in INLINE_APART or is_question(tag):
            self._enter_block(tag)
        elif is_tag(tag, "br"):
            self._break_line()
        elif is_tag(tag, "a") and self.jump is None and str(tag.get("href", "")).startswith("#"):
            self.jump = tag
        elif is_tag(tag, "b", "strong") and self.bold is None:
            self.bold = tag

    def leave(self, tag: Tag) -> None:
        """An element ends."""
        if tag.name in BLOCKS or tag is self.apart or tag is self.heading:
            self.end_block()
        if self.lists and self.lists[-1].tag is tag:
            self.lists.pop()
        elif is_tag(tag, "li") and self.lists:
            self.lists[-1].item = None
        self.heading = None if tag is self.heading else self.heading
        self.preformatted = None if tag is self.preformatted else self.preformatted
        self.jump = None if tag is self.jump else self.jump
        self.bold = None if tag is self.bold else self.bold
        self.apart = None if tag is self.apart else self.apart

    def end_block(self) -> None:
        """What was said since the last block becomes one, if it is anything."""
        text = self._text(jumps=True)
        title = self._text(jumps=False)
        bold = all(said.bold or not said.text.strip() for said in self.said)
        self.said.clear()
        item = next((one.item for one in reversed(self.lists) if one.item), None)
        if not CONTENT.search(text):
            return
        if self.apart is not None:
            self.writer.drop(text, self.reason)
        elif self.heading is not None:
            self.writer.heading(text, HEADINGS.get(self.heading.name, LABEL_LEVEL), " ".join((title or text).split()))
        elif item is not None:
            self.writer.item(text, item)
        elif bold and is_label(text):
            self.writer.heading(text, LABEL_LEVEL, text)
        else:
            self.writer.paragraph(text)

    def table(self, table: Tag, found: Layout) -> None:
        """A data table: its caption, then a line for each row."""
        self.end_block()
        texts = [self._inline(cell) for cell in found.cells]
        caption = " ".join(self._inline(tag) for tag in table.find_all("caption", recursive=False))
        rows = [[texts[n] for n in numbers] for numbers in found.own_cells()]
        reason = self.reason if self.apart else self.regions.reason(table)
        if not any(map(any, rows)) and not caption:
            return
        if reason or facts(found):
            self._lines(caption, rows, reason)
        else:
            span, cells = self.writer.rows(caption, rows)
            self.writer.table(span, grid(found, cells, caption))

    def _lines(self, caption: str, rows: list[list[str]], reason: str) -> None:
        """A table that is not one of data: an item for each row, or a dropped piece."""
        for row in [[caption], *rows]:
            cells = [text for text in row if CONTENT.search(text)]
            if reason and cells:
                self.writer.drop(" ".join(cells), reason)
            elif len(cells) == 1:
                self.writer.paragraph(cells[0])
            elif cells:
                item = OpenItem(1, BULLET, is_term=True)
                for text in cells:
                    self.writer.item(text, item)

    def _enter_block(self, tag: Tag) -> None:
        reason = self.regions.reason(tag) if self.apart is None and self.regions.of(tag).text else ""
        asks = is_question(tag)
        if tag.name in BLOCKS or reason or asks:
            self.end_block()
        if reason:
            self.apart, self.reason = tag, reason
        if tag.name in LISTS:
            self.lists.append(_List(tag, _first_number(tag) - 1))
        elif is_tag(tag, "li", "dt") and self.lists:
            self._begin_item(tag, self.lists[-1])
        elif (tag.name in HEADINGS or asks) and self.heading is None:
            self.heading = tag
        elif is_tag(tag, "pre", "textarea") and self.preformatted is None:
            self.preformatted = tag

    def _begin_item(self, tag: Tag, inside: _List) -> None:
        """An item, unless it holds a heading: then it is a section that a list only arranges."""
        inside.number += 1
        mark = f"{inside.number}. " if is_tag(inside.tag, "ol") else BULLET
        inside.item = (
            None if self.regions.of(tag).heading is not None else OpenItem(len(self.lists), mark, is_tag(tag, "dt"))
        )

    def _break_line(self) -> None:
        """A line break; the second in a row ends the block."""
        if self.said and self.said[-1].text == "\n" and self.heading is None:
            self.end_block()
        else:
            self.said.append(_Said("\n", jumps=False, bold=True))

    def _text(self, *, jumps: bool) -> str:
        pieces = (said.text for said in self.said if jumps or not said.jumps)
        return _folded("".join(pieces), keep=self.preformatted is not None)

    def _inline(self, tag: Tag) -> str:
        """All text of an element on one line."""
        pieces = (
            node if isinstance(node, str) else " " if node.name in BLOCKS or is_tag(node, "br") else ""
            for node, _ in walk(tag, self.regions)
        )
        text = SPACE.sub(" ", "".join(pieces)).strip(" ")
        return text if CONTENT.search(text) else ""


def _folded(text: str, *, keep: bool) -> str:
    return text.strip(" \t\r\n\f") if keep else AROUND_BREAK.sub("\n", re.sub(" +", " ", text)).strip(" \n")


def _first_number(tag: Tag) -> int:
    start = str(tag.get("start", "1"))
    return int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1
