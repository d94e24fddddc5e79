"""A page's tree to its text and blocks: all shown text in order, each block element on lines of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from ...encoding.decode import CONTENT
from ..templates import spoken
from ..text.label_headings import LABEL_LEVEL, is_label
from ..text.ordinals import ROMAN_NUMERALS
from ..text_builder import OpenItem, Writer
from .boilerplate import Regions, walk
from .element_hints import is_question
from .element_names import BLOCKS, names
from .elements import Element, PageTree
from .grids import Layout, facts, grid, headed_columns, layout

SPACE = re.compile(r"[ \t\n\r\f]+")
AROUND_BREAK = re.compile(r" ?\n ?")
RUN_OF_BLANKS = re.compile(r"[ \xa0]{2,}")
"""Spaces that do not break set things apart as others do, where they stand in rows."""
WRITTEN_BULLET = "• "
ALPHABET = 26
HEADINGS_AND_LABELS = {**{f"h{n}": n for n in range(1, 7)}, "summary": LABEL_LEVEL}
LIST_TAGS = names("ul ol menu dir dl")
INLINE_APART = names("button select textarea label legend noscript svg")
"""Elements within a line that can be no part of the guide."""
VERBATIM_TAGS = names("code pre kbd samp tt textarea")
"""Elements in which marks are what is written about."""


def write(page: PageTree) -> Writer:
    """The text of a page and the blocks that account for all of it."""
    reader = _Reader(Regions(page))
    reader.go_through(reader.regions.nodes)
    reader.end_block()
    for template in reader.templates:
        reader.writer.drop(template, "template")
    return reader.writer


@dataclass(slots=True)
class _List:
    tag: Element
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
    heading: Element | None = None
    preformatted: Element | None = None
    jump: Element | None = None
    """The open link to a place on the page."""
    bold: Element | None = None
    apart: Element | None = None
    """The outermost open element that is not part of the guide."""
    reason: str = ""
    verbatim: Element | None = None
    templates: list[str] = field(default_factory=list)
    """Shortcodes that nobody has replaced; they stand at the end, so that no sentence is read around them."""

    def go_through(self, nodes: Iterable[tuple[Element | str, bool]]) -> None:
        """Read shown nodes in order, as ``walk`` gives them."""
        skipped: Element | None = None
        for node, enters in nodes:
            if skipped is not None:
                skipped = None if node is skipped else skipped
            elif isinstance(node, str):
                self.say(node)
            elif not enters:
                self.leave(node)
            elif node.is_a("table") and self._is_grid(node):
                skipped = node
            else:
                self.enter(node)

    def _is_grid(self, table: Element) -> bool:
        """Write a table that is one of data, or of lists below names; false where it only arranges the page."""
        if (found := layout(table, self.regions)) is not None:
            self.table(table, found)
            return True
        columns = headed_columns(table, self.regions) if self.apart is None else []
        for head, *cells in columns:
            self.end_block()
            if name := self._inline(head):
                self.writer.heading(name, LABEL_LEVEL, name)
            for cell in cells:
                self.go_through(walk(cell, self.regions))
                self.end_block()
        return bool(columns)

    def say(self, text: str) -> None:
        """Add to the block that is being read; white space folds unless it is preformatted."""
        text = text if self.preformatted else SPACE.sub(" ", text)
        if text == " " and not self.said:
            return
        if "{" in text and self.verbatim is None and self.apart is None:
            text = self._spoken(text)
        self.said.append(_Said(text, self.jump is not None, self.bold is not None))

    def enter(self, tag: Element) -> None:
        """An element begins."""
        if tag.name in BLOCKS or tag.name in INLINE_APART or is_question(tag):
            self._enter_block(tag)
        elif tag.is_a("br"):
            self._break_line()
        elif tag.is_a("a") and self.jump is None and tag.get("href").startswith("#"):
            self.jump = tag
        elif tag.is_a("b", "strong") and self.bold is None:
            self.bold = tag
        if tag.name in VERBATIM_TAGS and self.verbatim is None:
            self.verbatim = tag

    def leave(self, tag: Element) -> None:
        """An element ends."""
        if tag.name in BLOCKS or tag is self.apart or tag is self.heading:
            self.end_block()
        if self.lists and self.lists[-1].tag is tag:
            self.lists.pop()
        elif tag.is_a("li") and self.lists:
            self.lists[-1].item = None
        self.heading = None if tag is self.heading else self.heading
        self.preformatted = None if tag is self.preformatted else self.preformatted
        self.jump = None if tag is self.jump else self.jump
        self.bold = None if tag is self.bold else self.bold
        self.verbatim = None if tag is self.verbatim else self.verbatim
        self.apart = None if tag is self.apart else self.apart

    def end_block(self) -> None:
        """What was said since the last block becomes one, if it is anything."""
        text = self._text(jumps=True) if self.said else ""
        if not CONTENT.search(text):
            self.said.clear()
            return
        title = self._text(jumps=False) if any(said.jumps for said in self.said) else text
        bold = all(said.bold or not said.text.strip() for said in self.said)
        self.said.clear()
        item = next((one.item for one in reversed(self.lists) if one.item), None)
        self._write(text, title, bold=bold, item=item)

    def _write(self, text: str, title: str, *, bold: bool, item: OpenItem | None) -> None:
        if self.apart is not None:
            self.writer.drop(text, self.reason)
        elif self.heading is not None:
            self.writer.heading(
                text, HEADINGS_AND_LABELS.get(self.heading.name, LABEL_LEVEL), " ".join((title or text).split())
            )
        elif item is not None:
            self.writer.item(text, item)
        elif bold and is_label(text):
            self.writer.heading(text, LABEL_LEVEL, text)
        else:
            self.writer.paragraph(text)

    def table(self, table: Element, found: Layout) -> None:
        """A data table: its caption, then a line for each row."""
        self.end_block()
        texts = [self._inline(cell) for cell in found.cells]
        caption = " ".join(self._inline(tag) for tag in table.children() if tag.is_a("caption"))
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
                item = OpenItem(1, WRITTEN_BULLET, is_term=True)
                for text in (cells[0].removesuffix(":"), *cells[1:]):
                    self.writer.item(text, item)

    def _enter_block(self, tag: Element) -> None:
        reason = self.regions.reason(tag) if self.apart is None and self.regions.of(tag).text else ""
        asks = is_question(tag)
        if tag.name in BLOCKS or reason or asks:
            self.end_block()
        if reason:
            self.apart, self.reason = tag, reason
        if tag.name in LIST_TAGS:
            self.lists.append(_List(tag, _first_number(tag) - 1))
        elif tag.is_a("li", "dt") and self.lists:
            self._begin_item(tag, self.lists[-1])
        elif (tag.name in HEADINGS_AND_LABELS or asks) and self.heading is None:
            self.heading = tag
        elif tag.is_a("pre", "textarea") and self.preformatted is None:
            self.preformatted = tag

    def _begin_item(self, tag: Element, inside: _List) -> None:
        """An item, unless it holds a heading: then it is a section that a list only arranges."""
        inside.number += 1
        mark = f"{_ordinal(inside)}. " if inside.tag.is_a("ol") else WRITTEN_BULLET
        inside.item = (
            None if self.regions.of(tag).heading is not None else OpenItem(len(self.lists), mark, tag.is_a("dt"))
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

    def _spoken(self, text: str) -> str:
        said, templates = spoken(text)
        self.templates += (each for each in map(str.strip, templates) if CONTENT.search(each))
        return said

    def _inline(self, tag: Element) -> str:
        """All text of an element on one line."""
        pieces = (
            node if isinstance(node, str) else " " if node.name in BLOCKS or node.is_a("br") else ""
            for node, _ in walk(tag, self.regions)
        )
        text = self._spoken(SPACE.sub(" ", "".join(pieces))).strip(" ")
        return text if CONTENT.search(text) else ""


def _folded(text: str, *, keep: bool) -> str:
    if keep:
        return text.strip(" \t\r\n\f")
    text = RUN_OF_BLANKS.sub(" ", text)
    return (AROUND_BREAK.sub("\n", text) if "\n" in text else text).strip(" \n")


def _ordinal(inside: _List) -> str:
    """The number of a list's item as its ``type`` has it written: ``b`` for the second of ``type="a"``."""
    kind, number = inside.tag.get("type"), inside.number
    if kind in ("a", "A") and 0 < number <= ALPHABET:
        return chr(ord(kind) + number - 1)
    if kind in ("i", "I") and 0 < number <= len(ROMAN_NUMERALS):
        return ROMAN_NUMERALS[number - 1] if kind == "i" else ROMAN_NUMERALS[number - 1].upper()
    return str(number)


def _first_number(tag: Element) -> int:
    start = tag.attributes.get("start", "1")
    return int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1
