"""What stands on a page of a guide, drawn: headings, lists, tables and paragraphs, and what the reader dropped.

Markup is never the guide's own: each line becomes a block of these kinds, from what the index knows of it, and the
template says how a kind is shown. A part that is quoted is marked in whatever block it falls into.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import groupby, pairwise
from typing import ClassVar

from ...search.citation.drawing import ITEM_MARK
from ...search.model import Document, Heading, Lines, Span, Table, TableRow
from ...search.store.catalog import Catalog
from ...search.store.texts import Stretch
from ...search.text.line_index import LineIndex
from ...search.text.markup import MARKED, pieces, unmarked
from ...search.text.regex import compiled

SHOWN_OF_LEFT_OUT = 25
"""Lines of a dropped run that are folded away on the page; of a longer run a link leads to the rest."""
DEEPEST_ITEM = 3
"""Steps by which items of lists are set in."""
BEGIN, END = "\ufdd0", "\ufdd1"
"""Where a quote begins and ends while the marks around it are taken out: no character has these numbers."""
OPENING_MARKS = r"[ \t]*(?:(?:[>#]+|[•*+–-]|\d{1,3}[.)])[ \t]+)*"
"""The marks that a line of a marked-up text opens with."""


@dataclass(frozen=True, slots=True)
class MarkedRun:
    """Words of a block; ``quoted`` where they are part of the highlighted place."""

    text: str
    link: str | None = None
    quoted: bool = False
    anchor: int | None = None
    """The line whose address leads here: where a quote begins, however far down its paragraph."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """A line, or in Markdown the lines of a paragraph; ``depth`` and ``sign`` where it is an item of a list."""

    kind: ClassVar[str] = "text"
    line: int
    inner: tuple[int, ...]
    """Further lines that it holds, which links may lead to."""
    runs: tuple[MarkedRun, ...]
    sign: str = ""
    depth: int = 0

    @property
    def cited(self) -> bool:
        """Whether the highlighted place touches it."""
        return any(run.quoted for run in self.runs)

    @property
    def is_entered_at_its_top(self) -> bool:
        """Whether its first line's address leads to its beginning, and to no quote in it."""
        return all(run.anchor != self.line for run in self.runs)


@dataclass(frozen=True, slots=True)
class SourceItems:
    """Items of a list that stand together."""

    kind: ClassVar[str] = "items"
    items: tuple[SourceText, ...]


@dataclass(frozen=True, slots=True)
class SourceHeading:
    """A heading, at most one level below the one above it."""

    kind: ClassVar[str] = "heading"
    line: int
    inner: tuple[int, ...]
    level: int
    text: str
    cited: bool


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row of a table: its cells, each with whether it is quoted."""

    line: int | None
    """Its line, where no row before it stands on the same one."""
    inner: tuple[int, ...]
    cells: tuple[tuple[str, bool], ...]

    @property
    def cited(self) -> bool:
        """Whether the highlighted place touches it."""
        return any(quoted for _, quoted in self.cells)


@dataclass(frozen=True, slots=True)
class SourceRows:
    """Rows of a table that stand together, under the names of the columns in which they hold something."""

    kind: ClassVar[str] = "rows"
    line: int
    name: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[SourceRow, ...]


@dataclass(frozen=True, slots=True)
class LeftOutLines:
    """Lines that the reader took for no part of the guide, and why; the first of them, where they are many."""

    kind: ClassVar[str] = "left out"
    lines: tuple[SourceText, ...]
    count: int
    reason: str
    end: int
    """Where in the guide's text those that are shown end."""


@dataclass(frozen=True, slots=True)
class PageStart:
    """A page of the guide begins here."""

    kind: ClassVar[str] = "page"
    number: int


SourceBlock = SourceText | SourceItems | SourceHeading | SourceRows | LeftOutLines | PageStart


@dataclass(frozen=True, slots=True)
class GuideLine:
    """A line of the stretch that is shown: its number, and its place in the guide's text."""

    number: int
    span: Span
    text: str

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands on it."""
        return not self.text.strip()


class LineRole(StrEnum):
    """What a line is part of."""

    BLANK = "blank"
    DRAWING = "drawing"
    LEFT_OUT = "left out"
    HEADING = "heading"
    ROWS = "rows"
    PARAGRAPH = "paragraph"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Structure:
    """What the index knows of the lines of a stretch of one guide."""

    draws: bool
    """Whether anything is drawn; else every line is shown as it stands."""
    is_marked: bool
    """Whether its text has the marks of Markdown or HTML."""
    flows: bool
    """Whether a line break within a paragraph is no more than a blank."""
    left_out: Mapping[int, str]
    headings: Mapping[int, Heading] = field(default_factory=dict)
    rows: Mapping[int, list[TableRow]] = field(default_factory=dict)
    tables: Mapping[int, Table] = field(default_factory=dict)
    pages: Mapping[int, int] = field(default_factory=dict)


def structure(part: Stretch, end: int, document: Document, catalog: Catalog) -> Structure:
    """What the index knows of a stretch, up to an offset in the guide's text."""
    rows = catalog.rows_within(document.id, (part.start, end))
    by_line: dict[int, list[TableRow]] = defaultdict(list)
    for row in rows:
        for line in range(row.lines[0], row.lines[1] + 1):
            by_line[line].append(row)
    index = LineIndex(part.text)
    return Structure(
        draws=True,
        is_marked=document.format in MARKED,
        flows=document.format == "markdown",
        left_out=left_out(document, catalog),
        headings={line: heading for heading in catalog.headings(document.id) for line in _lines(heading.lines)},
        rows=by_line,
        tables={number: catalog.table_numbered(number) for number in {row.table for row in rows}},
        pages={
            part.line + index.line(offset - part.start) - 1: page
            for offset, page in catalog.pages(document.id, (part.start, end))
        },
    )


LINES_AS_THEY_STAND = Structure(draws=False, is_marked=False, flows=False, left_out={})
"""No structure at all: every line as it stands."""


def left_out(document: Document, catalog: Catalog) -> dict[int, str]:
    """The lines that the reader dropped from first to last, each with the reason: menus, footers, what is repeated."""
    dropped = [doubt for doubt in catalog.doubts(document.id) if doubt.is_a("dropped")]
    return {number: doubt.reason for doubt in dropped for number in _lines(doubt.lines)}


def blocks(lines: Sequence[GuideLine], held: Structure, at: Span) -> list[SourceBlock]:
    """The lines as blocks, in order; ``at`` is the place that is highlighted, empty where none is."""
    levels: list[int] = []
    found: list[SourceBlock] = []
    for role, run in groupby(_roles(lines, held, at), key=lambda each: each[0]):
        together = [line for _, line in run]
        if number := held.pages.get(together[0].number):
            found.append(PageStart(number))
        match role[0]:
            case LineRole.LEFT_OUT:
                found.append(_left_out(together, held))
            case LineRole.HEADING:
                found.append(_heading(together, held.headings[together[0].number], levels, at))
            case LineRole.ROWS:
                found.append(_rows(together, held, at))
            case LineRole.PARAGRAPH | LineRole.ITEM:
                found.append(_text(together, held, at, is_item=role[0] == LineRole.ITEM))
    return list(_listed(found))


def _roles(lines: Iterable[GuideLine], held: Structure, at: Span) -> Iterator[tuple[tuple[LineRole, int], GuideLine]]:
    """Each line with what it is part of: lines with the same role that stand together make one block."""
    role, turn = (LineRole.BLANK, 0), 0
    for line in lines:
        turn += line.number in held.pages
        before, role = role, _role(line, held, at, role, turn)
        if role[0] in (LineRole.BLANK, LineRole.DRAWING) and before[0] == LineRole.LEFT_OUT:
            role = before  # blank lines between two dropped pieces part nothing
        yield role, line


def _role(line: GuideLine, held: Structure, at: Span, before: tuple[LineRole, int], turn: int) -> tuple[LineRole, int]:
    if line.number in held.left_out and not _meet(line.span, at):
        return LineRole.LEFT_OUT, turn
    if line.is_blank:
        return LineRole.BLANK, 0
    if (heading := held.headings.get(line.number)) and _says_nothing(line, [heading.span]):
        return LineRole.HEADING, heading.span[0]
    if (role := _of_table(line, held)) is not None:
        return role
    if not held.draws or not ITEM_MARK.match(line.text):
        goes_on = held.flows and before[0] in (LineRole.PARAGRAPH, LineRole.ITEM)
        return before if goes_on else (LineRole.PARAGRAPH, line.number)
    return LineRole.ITEM, line.number


def _of_table(line: GuideLine, held: Structure) -> tuple[LineRole, int] | None:
    """Whether a line is rows of a table, or only draws one, or draws a rule between paragraphs."""
    rows = held.rows.get(line.number, [])
    headers = [span for table in held.tables.values() for span in table.header if _meet(span, line.span)]
    if not _says_nothing(line, [*(row.span for row in rows), *headers]):
        return None
    if rows:
        return LineRole.ROWS, rows[0].table
    return (LineRole.DRAWING, 0) if headers or held.is_marked else None


def _says_nothing(line: GuideLine, spans: Iterable[Span]) -> bool:
    """Whether a line says nothing beside these places."""
    rest = line.text
    for start, end in spans:
        first, last = max(start, line.span[0]) - line.span[0], min(end, line.span[1]) - line.span[0]
        if first < last:
            rest = rest[:first] + " " * (last - first) + rest[last:]
    return not any(map(str.isalnum, rest))


def _left_out(lines: Sequence[GuideLine], held: Structure) -> LeftOutLines:
    told = [line for line in lines if not line.is_blank]
    reasons = dict.fromkeys(held.left_out[line.number] for line in told if line.number in held.left_out)
    kept = told[:SHOWN_OF_LEFT_OUT]
    shown = tuple(SourceText(line.number, (), (MarkedRun(line.text),)) for line in kept)
    return LeftOutLines(shown, len(told), ", ".join(reasons), kept[-1].span[1] if kept else lines[-1].span[1])


def _heading(lines: Sequence[GuideLine], heading: Heading, levels: list[int], at: Span) -> SourceBlock:
    while levels and levels[-1] >= heading.level:
        levels.pop()
    levels.append(heading.level)
    first, *inner = (line.number for line in lines)
    text = unmarked(heading.text).strip() or heading.text
    return SourceHeading(first, tuple(inner), min(len(levels) + 1, 6), text, _meet(heading.span, at))


def _rows(lines: Sequence[GuideLine], held: Structure, at: Span) -> SourceRows:
    table = held.tables[held.rows[lines[0].number][0].table]
    rows = list({row.id: row for line in lines for row in held.rows[line.number] if row.table == table.id}.values())
    kept = [n for n in range(len(table.columns)) if any(row.cells[n].text.strip() for row in rows)]
    shown, seen = [], set[int]()
    for row in rows:
        numbers = [line for line in _lines(row.lines) if line not in seen]
        seen.update(numbers)
        shown.append(SourceRow(next(iter(numbers), None), tuple(numbers[1:]), tuple(_cells(row, kept, at))))
    heads = tuple(" ".join(table.columns[n].name.split()) for n in kept)
    return SourceRows(lines[0].number, table.name, table.title, heads, tuple(shown))


def _cells(row: TableRow, kept: Sequence[int], at: Span) -> Iterator[tuple[str, bool]]:
    """The cells of a row; where a quote of it holds no cell that has a place, all are quoted."""
    of_quote = {n for n in kept if _meet(row.cells[n].span, at)}
    if not of_quote and _meet(row.span, at):
        of_quote = set(kept)
    return ((" ".join(row.cells[n].text.split()), n in of_quote) for n in kept)


def _text(lines: Sequence[GuideLine], held: Structure, at: Span, *, is_item: bool) -> SourceText:
    start, end = lines[0].span[0], lines[-1].span[1]
    text = lines[0].text
    for line, after in pairwise(lines):
        text += "\n" * (after.span[0] - line.span[1]) + after.text
    cut = tuple(min(max(offset, start), end) - start for offset in at)
    first = lines[0].number
    anchor = next((line.number for line in reversed(lines) if line.span[0] <= max(at[0], start)), first)
    inner = tuple(line.number for line in lines[1:] if line.number != anchor or cut[0] >= cut[1])
    if not is_item:
        return SourceText(first, inner, _anchored(_runs(text, cut, held), anchor))
    mark = ITEM_MARK.match(text)
    said = mark[0] if mark else ""
    sign = said.strip() if said.strip()[:1].isdigit() else "•"
    depth = min((len(said) - len(said.lstrip())) // 2, DEEPEST_ITEM)
    rest = tuple(max(0, offset - len(said)) for offset in cut)
    return SourceText(first, inner, _anchored(_runs(text[len(said) :], rest, held), anchor), sign, depth)


def _anchored(runs: Sequence[MarkedRun], line: int) -> tuple[MarkedRun, ...]:
    """The same, with the line's address at the first words that are quoted."""
    first = next((n for n, run in enumerate(runs) if run.quoted), None)
    return tuple(replace(run, anchor=line) if n == first else run for n, run in enumerate(runs))


def _runs(text: str, cut: Sequence[int], held: Structure) -> tuple[MarkedRun, ...]:
    """A text without its marks, cut where the quote begins and ends."""
    start, end = cut
    if not held.is_marked:
        parts = ((text[:start], False), (text[start:end], True), (text[end:], False))
        return tuple(MarkedRun(part, None, quoted) for part, quoted in parts if part)
    if start >= end:
        return tuple(MarkedRun(*piece) for piece in pieces(text, flows=held.flows))
    drawn = pieces(_with_edges(text, start, end), flows=held.flows)
    said = "".join(piece.text for piece in drawn)
    if (said.count(BEGIN), said.count(END)) != (1, 1):  # the quote's edge fell into what is a mark
        return tuple(MarkedRun(piece.text, piece.link, True) for piece in pieces(text, flows=held.flows))
    return tuple(_cut(drawn))


def _with_edges(text: str, start: int, end: int) -> str:
    """The text with both edges of the quote; the marks that a line opens with stay in front of its beginning."""
    text = text.translate({ord(BEGIN): None, ord(END): None}) if BEGIN in text or END in text else text
    of_line = text.rfind("\n", 0, start) + 1
    opening = compiled(OPENING_MARKS).match(text, of_line)
    start = min(max(start, opening.end() if opening else 0), end)
    return text[:start] + BEGIN + text[start:end] + END + text[end:]


def _cut(drawn: Iterable[tuple[str, str | None]]) -> Iterator[MarkedRun]:
    quoted = False
    for text, link in drawn:
        for part in re.split(f"([{BEGIN}{END}])", text):
            if part in (BEGIN, END):
                quoted = part == BEGIN
            elif part:
                yield MarkedRun(part, link, quoted)


def _listed(found: Iterable[SourceBlock]) -> Iterator[SourceBlock]:
    """The same blocks, items of a list together."""
    for sign, run in groupby(found, key=_kind_of_sign):
        if sign:
            yield SourceItems(tuple(block for block in run if isinstance(block, SourceText)))
        else:
            yield from run


def _kind_of_sign(block: SourceBlock) -> str:
    """Whether an item of a list has a bullet or a number; empty where it is none."""
    sign = block.sign if isinstance(block, SourceText) else ""
    return "number" if sign[:1].isdigit() else sign


def _lines(lines: Lines) -> range:
    return range(lines[0], lines[1] + 1)


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
