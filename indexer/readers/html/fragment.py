"""HTML tags inside a text that is kept as it stands: paragraphs, lists and tables between them, with exact spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ....search.model import Span
from ...document import Block, CellText, TableGrid
from ...encoding.decode import CONTENT
from ..gaps import dropped, filled, trimmed
from ..templates import parts
from .element_names import BLOCKS, names

TAG = re.compile(r"<!--|-->|<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9]{0,20})\b[^<>]*>")
UNSEEN_TAGS = names("script style template")
PARTING_TAGS = BLOCKS | {"br"}
HEADINGS = {f"h{n}": n for n in range(1, 7)}


def html_blocks(text: str, span: Span) -> list[Block]:
    """The blocks of a stretch of text with tags in it; the tags around them are dropped pieces."""
    scan = _Scan(text)
    for tag, run in _runs(text, span):
        for part in parts(text, run):
            scan.text(part)
        if tag is not None:
            scan.tag(tag)
    scan.end_table()
    return filled(scan.blocks, text, span, dropped("markup"))


def shown(text: str, span: Span) -> Span:
    """The span without tags and blanks at either end; empty where nothing else is in it."""
    pieces, at = [], span[0]
    for tag in TAG.finditer(text, *span):
        pieces.append((at, tag.start()))
        at = tag.end()
    pieces = [piece for piece in (*pieces, (at, span[1])) if CONTENT.search(text, *piece)]
    return trimmed(text, (pieces[0][0], pieces[-1][1])) if pieces else (span[0], span[0])


def without_tags(piece: str) -> str:
    """What shows of a piece of text with tags in it, on one line."""
    return " ".join(TAG.sub("", piece).split())


def _runs(text: str, span: Span) -> Iterator[tuple[re.Match[str] | None, Span]]:
    """Every tag that structures the text, with the stretch before it; comments and scripts are no stretches."""
    start, hidden = span[0], ""
    for match in TAG.finditer(text, *span):
        name = (match["name"] or "").lower()
        ends = match.group() == "-->" if hidden == "<!--" else bool(match["close"]) and name == hidden
        if hidden:
            start, hidden = match.end(), "" if ends else hidden
        elif match.group() == "<!--" or (name in UNSEEN_TAGS and not match["close"]):
            yield None, (start, match.start())
            hidden = name or "<!--"
        elif name in PARTING_TAGS:
            yield match, (start, match.start())
            start = match.end()
    if not hidden:
        yield None, (start, span[1])


@dataclass(slots=True)
class _Scan:
    """What was found so far, and which elements are open."""

    source: str
    blocks: list[Block] = field(default_factory=list)
    depth: int = 0
    item: bool = False
    heading: int = 0
    rows: list[list[tuple[str, CellText]]] | None = None
    """The rows of the table that is open: its cells by the names of their elements."""
    cell: str = ""
    """The name of the cell that is open."""

    def text(self, run: Span) -> None:
        """A stretch of text between two tags."""
        start, end = trimmed(self.source, run)
        if not CONTENT.search(without_tags(self.source[start:end])):
            return
        if self.rows and self.cell:
            self._add_to_cell(self.rows[-1], (start, end))
        elif self.heading:
            title = without_tags(self.source[start:end])
            self.blocks.append(Block("heading", (start, end), level=self.heading, title=title))
        elif self.item and self.rows is None:
            self.blocks.append(Block("item", (start, end), level=max(self.depth, 1)))
        elif self.rows is None:
            self.blocks.append(Block("paragraph", (start, end)))
        else:
            self.end_table()
            self.text(run)

    def tag(self, tag: re.Match[str]) -> None:
        """An element begins or ends."""
        name, opens = tag["name"].lower(), not tag["close"]
        match name:
            case "td" | "th" if self.rows is not None:
                self.cell = name if opens else ""
                if opens:
                    self.rows = self.rows or [[]]
                    self.rows[-1].append((name, CellText("", (tag.end(), tag.end()))))
            case "tr" if self.rows is not None:
                self.cell = ""
                if opens:
                    self.rows.append([])
            case "table":
                self.end_table()
                self.rows = [] if opens else None
            case "ul" | "ol":
                self.depth = max(0, self.depth + (1 if opens else -1))
            case "li":
                self.item = opens
            case _ if name in HEADINGS:
                self.heading = HEADINGS[name] if opens else 0

    def end_table(self) -> None:
        """The table that is open, if any, becomes a block."""
        rows = [row for row in self.rows or [] if any(cell.text for _, cell in row)]
        self.rows, self.cell = None, ""
        if not rows:
            return
        spans = [cell.span for row in rows for _, cell in row if cell.text]
        cells = [tuple(cell for _, cell in row) for row in rows]
        named = len(rows) > 1 and all(name == "th" for name, _ in rows[0])
        grid = TableGrid(cells[0] if named else (), tuple(cells[1:] if named else cells))
        self.blocks.append(Block("table", (spans[0][0], spans[-1][1]), grid=grid))

    def _add_to_cell(self, row: list[tuple[str, CellText]], span: Span) -> None:
        name, cell = row[-1]
        start = cell.span[0] if cell.text else span[0]
        row[-1] = (name, CellText(without_tags(self.source[start : span[1]]), (start, span[1])))
