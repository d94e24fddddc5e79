"""Markdown: CommonMark with tables and front matter. The text is the file as it stands; blocks are lines of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ....search.model import Span
from ....search.text.line_index import LineIndex
from ...document import Block, CellText, ExtractedDocument, TableGrid
from ...encoding.decode import CONTENT
from ..gaps import filled, trimmed
from ..html.fragment import html_blocks, without_tags
from ..templates import TEMPLATE_MARK, parts
from .frontmatter import front_matter
from .label_headings import LABEL_LEVEL, is_label, settled
from .unglued import unglued

IMAGES = re.compile(r"(?:!\[\s*\]\([^()]*\)\s*)+")
"""Images without a text of their own."""
LINK_DEFINITION = re.compile(r"\[[^\]]{1,999}\]:")
INLINE = re.compile(r"!?\[(?P<text>[^\[\]]*)\]\([^()]*\)|(?P<mark>\*{1,3}|_{2,3}|`+|~~)|\\(?=[^\w\s])|<[^<>]*>")
BOLD_TITLE = re.compile(r"(?P<mark>\*\*|__)(?P<title>[^*_\n]{1,120})(?P=mark)")
BLOCK_TAG = re.compile(r"</?(?:br|p|li|ul|ol|div)\b[^<>]{0,200}>", re.IGNORECASE)
EMPTY_LINE = re.compile(r"<br\s{0,9}/?>\s{0,200}<br\s{0,9}/?>(?:\s{0,200}<br\s{0,9}/?>)*", re.IGNORECASE)
BOLD_OPENERS = ("**", "__", "<b>", "<strong>")
"""How a cell begins that is set in bold."""
CELL_BAR = re.compile(r"\\.|\|")
TABLE_DIVIDER = re.compile(r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t\r\n]*")
"""The line below the names of a pipe table."""
TABLE_END = re.compile(r"</table", re.IGNORECASE)
CONTAINER_MARKS = re.compile(r"(?:[ \t]|>)*")
MAX_TABLE_LINES = 2_000
"""Lines in which the end of an HTML table is looked for."""

LIST_OPENERS = frozenset(["bullet_list_open", "bullet_list_close", "ordered_list_open", "ordered_list_close"])
MARKDOWN_PARSER = MarkdownIt("commonmark").enable("table").disable("inline")
"""Blocks only: what is inside a line stays as it is."""


def read(text: str) -> ExtractedDocument:
    """The blocks of a Markdown text."""
    lines = LineIndex(text)
    head = front_matter(text, lines)
    start = lines.span(head.end)[1] if head.end else 0
    body = _Body(text, lines, head.end)
    if head.end < len(lines):
        body.read(MARKDOWN_PARSER.parse(text[lines.span(head.end + 1)[0] :]))
    blocks = filled(body.blocks, text, (start, len(text)), lambda span: _leftover(text, span))
    cut = unglued(settled([*head.blocks, *blocks]), text, lines)
    return ExtractedDocument(text, tuple(cut), head.title, head.date)


@dataclass(slots=True)
class _Item:
    start: int
    level: int
    block: int = -1


@dataclass(slots=True)
class _Body:
    """Walks over the tokens of the file's body and makes blocks of their lines."""

    text: str
    lines: LineIndex
    above: int
    """Lines of the file above the body."""
    blocks: list[Block] = field(default_factory=list)
    items: list[_Item] = field(default_factory=list)
    done: int = 0
    """Where what was made into blocks ends."""

    def read(self, tokens: Sequence[Token]) -> None:
        """Make blocks of these tokens."""
        depth = 0
        for token, after in zip(tokens, [*tokens, None][1:], strict=True):
            if token.type in LIST_OPENERS:
                depth += token.nesting
            elif token.type == "list_item_open":
                self.items.append(_Item(self._span(token)[0], depth))
            elif token.type == "list_item_close":
                self.items.pop()
            elif token.map and self._span(token)[0] >= self.done:
                for block in self._made(token, after.content if after else ""):
                    self._add(block)

    def _made(self, token: Token, content: str) -> list[Block]:
        """The blocks of one token; ``content`` is what its lines hold without their marks."""
        span = self._span(token)
        match token.type:
            case "heading_open":
                return [Block("heading", span, level=int(token.tag[1]), title=plain(content))]
            case "paragraph_open":
                return [
                    _paragraph(self.text, line, content)
                    for part in parts(self.text, span)
                    for line in self._lines(part)
                ]
            case "fence" | "code_block":
                return [Block("paragraph", span)]
            case "hr":
                return [Block("dropped", span, reason="divider")]
            case "html_block":
                return list(self._html((span[0], self._end_of_html(span))))
            case "table_open":
                return [Block("table", span, grid=self._grid(span))]
        return []

    def _add(self, block: Block) -> None:
        """Keep a block; within a list a paragraph is an item, or more of the item before."""
        self.done = max(self.done, block.span[1])
        item = self.items[-1] if self.items else None
        if item is not None and block.is_a("heading") and block.level == LABEL_LEVEL:
            block = Block("paragraph", block.span)  # an item's name in bold heads no section
        if block.is_a("paragraph") and item is not None:
            last = len(self.blocks) - 1
            if item.block == last >= 0 and not TEMPLATE_MARK.search(
                self.text, self.blocks[last].span[1], block.span[0]
            ):
                self.blocks[last] = replace(self.blocks[last], span=(self.blocks[last].span[0], block.span[1]))
                return
            start = item.start if item.block < 0 else block.span[0]
            item.block = last + 1
            block = Block("item", (start, block.span[1]), level=item.level)
        self.blocks.append(block)

    def _span(self, token: Token) -> Span:
        first, end = token.map or [0, 1]
        count = len(self.lines)
        start = self.lines.span(min(self.above + first + 1, count))[0]
        return trimmed(self.text, (start, self.lines.span(min(self.above + max(end, first + 1), count))[1]))

    def _lines(self, span: Span) -> Iterator[Span]:
        """The parts of a paragraph that an empty line in HTML's way sets apart."""
        ends = [(gap.start(), gap.end()) for gap in EMPTY_LINE.finditer(self.text, *span)]
        for start, end in pairwise([span[0], *(place for gap in ends for place in gap), span[1]]):
            if (start, end) not in ends and CONTENT.search(self.text, start, end):
                yield trimmed(self.text, (start, end))

    def _end_of_html(self, span: Span) -> int:
        """Where a block of HTML ends: with the table that it leaves open, if that is closed further down."""
        start, end = span
        source = self.text[start:end].lower()
        if source.count("<table") <= source.count("</table"):
            return end
        last = min(self.lines.line(end) + MAX_TABLE_LINES, len(self.lines))
        closing = TABLE_END.search(self.text, end, self.lines.span(last)[1])
        return self.lines.span(self.lines.line(closing.start()))[1] if closing else end

    def _html(self, span: Span) -> Iterator[Block]:
        """A block of HTML; pipe tables that follow a tag without a blank line are tables all the same."""
        start = span[0]
        first, last = self.lines.lines(span)
        rows = [self.lines.span(number) for number in range(first, last + 1)]
        for n in range(1, len(rows)):
            if rows[n - 1][0] < start or not TABLE_DIVIDER.fullmatch(self.text, *rows[n]):
                continue
            stop = next((k for k in range(n + 1, len(rows)) if self.text.find("|", *rows[k]) < 0), len(rows))
            if self.text.find("|", *rows[n - 1]) >= 0:
                table = trimmed(self.text, (rows[n - 1][0], rows[stop - 1][1]))
                yield from html_blocks(self.text, (start, table[0]))
                yield Block("table", table, grid=self._grid(table))
                start = table[1]
        yield from html_blocks(self.text, (start, span[1]))

    def _grid(self, span: Span) -> TableGrid:
        first, last = self.lines.lines(span)
        rows = [_cells(self.text, self.lines.span(number)) for number in range(first, last + 1)]
        width = max(map(len, rows))
        padded = [(*row, *[CellText("", (row[-1].span[1],) * 2)] * (width - len(row))) for row in rows]
        return TableGrid(padded[0], tuple(padded[2:]))


def plain(content: str) -> str:
    """The words of a line without its inline markup."""
    return " ".join(INLINE.sub(lambda match: match["text"] or "", TEMPLATE_MARK.sub("", content)).split())


def _paragraph(text: str, span: Span, content: str) -> Block:
    if not CONTENT.search(without_tags(text[slice(*span)])):
        return Block("dropped", span, reason="markup")
    if IMAGES.fullmatch(content.strip()):
        return Block("dropped", span, reason="image")
    bold = BOLD_TITLE.fullmatch(content.strip())
    if bold and is_label(bold["title"]):
        return Block("heading", span, level=LABEL_LEVEL, title=bold["title"].strip())
    return Block("paragraph", span)


def _cells(text: str, line: Span) -> tuple[CellText, ...]:
    """The cells of a table's line: what stands between its bars, an escaped bar being none."""
    start, end = trimmed(text, line)
    start = CONTAINER_MARKS.match(text, start, end).end()  # type: ignore[union-attr]  # matches the empty string
    bars = [match.start() for match in CELL_BAR.finditer(text, start, end) if match.group() == "|"]
    edges = [start - 1, *bars, end]
    if bars and bars[0] == start:
        edges = edges[1:]
    if bars and bars[-1] == end - 1 and len(edges) > 2:
        edges = edges[:-1]
    return tuple(_cell(text, trimmed(text, (a + 1, b))) for a, b in pairwise(edges))


def _cell(text: str, span: Span) -> CellText:
    """What a cell says without its marks, at the place where it stands whole, if it does."""
    raw = text[slice(*span)]
    said = plain(unescape(BLOCK_TAG.sub(" ", raw))) or raw
    at = raw.find(said)
    return CellText(said, span if at < 0 else (span[0] + at, span[0] + at + len(said)), raw.startswith(BOLD_OPENERS))


def _leftover(text: str, span: Span) -> Block:
    """What no token accounts for: definitions of links, marks without content, nesting beyond the parser's limit."""
    piece = text[slice(*span)]
    if LINK_DEFINITION.match(piece):
        return Block("dropped", span, reason="link definition")
    if TEMPLATE_MARK.match(piece) and not parts(text, span):
        return Block("dropped", span, reason="template")
    says = any(map(str.isalnum, without_tags(piece)))
    return Block("paragraph", span) if says else Block("dropped", span, reason="markup")
