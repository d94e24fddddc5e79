"""The lines of a flow to paragraphs, each a heading, a list's item or prose, told by how they are set."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Literal

from ..text.heading_rules import MAX_TITLE, ends_openly, is_capitals, is_labelled, is_title
from ..text.label_headings import LABEL_LEVEL
from ..text.text_paragraphs import MARKER
from .flow import Flow, Line, Placed

LARGER = 1.12
"""Times the size of most text, from which on type is that of headings."""
SAME = 0.08
"""Share of its size by which the type of one paragraph may differ."""
SPREAD = 1.3
"""Times the usual step from line to line, from which on a new paragraph begins."""
FURTHEST = 2.5
"""Type sizes from line to line that may be usual at most."""
INDENT = 0.8
"""Type sizes that the first line of a paragraph is set in, at least."""
MAX_HEADING_LENGTH = 2 * MAX_TITLE
"""Code points."""
CAPITALS_LEVEL = LABEL_LEVEL - 1

Kind = Literal["heading", "item", "paragraph"]


@dataclass(slots=True)
class PdfParagraph:
    """Lines that belong together; ``depth`` is a heading's level or an item's depth, from 1."""

    lines: list[Line]
    kind: Kind = "paragraph"
    depth: int = 0
    mark: str = ""
    """An item's bullet or number, as it is set or as a drawn one is written."""

    def is_a(self, *kinds: str) -> bool:
        """Whether it is of one of these kinds."""
        return self.kind in kinds

    @property
    def page(self) -> int:
        """The page that it begins on."""
        return self.lines[0].page

    @property
    def text(self) -> str:
        """Its lines with a blank between."""
        return " ".join(line.row.text for line in self.lines)


@dataclass(slots=True)
class Styles:
    """How most of a document is set, and the sizes of its headings, largest first."""

    body: float
    is_bold: bool
    steps: dict[int, float]
    """The usual step from line to line for each size of type, in whole points."""
    sizes: list[float] = field(default_factory=list)


def paragraphs(found: Flow) -> list[PdfParagraph | Placed]:
    """The paragraphs and tables of a document in order."""
    styles = _styles([part for part in found.parts if isinstance(part, Line)])
    parts = list(_gathered(found.parts, styles))
    for part in parts:
        if isinstance(part, PdfParagraph):
            part.kind = _kind(part, styles)
    styles.sizes = sorted(
        {_size(p) for p in parts if isinstance(p, PdfParagraph) and _is_large(p, styles)}, reverse=True
    )
    indents: list[float] = []
    for part in parts:
        if isinstance(part, Placed) or part.is_a("paragraph"):
            indents.clear()
        elif part.is_a("heading"):
            indents.clear()
            part.depth = _level(part, styles)
        else:
            part.depth = _depth(indents, part)
    return parts


def _styles(lines: Sequence[Line]) -> Styles:
    sizes: Counter[float] = Counter()
    bold = total = 0
    for line in lines:
        for word in line.row.words:
            sizes[round(word.size, 1)] += len(word.text)
            bold += len(word.text) * word.bold
            total += len(word.text)
    steps: dict[int, list[float]] = {}
    for one, other in itertools.pairwise(lines):
        step = other.row.base - one.row.base
        if one.column == other.column and 0 < step <= FURTHEST * other.row.size:
            steps.setdefault(round(other.row.size), []).append(step)
    body = max(sizes, key=lambda size: sizes[size], default=1.0)
    return Styles(body, 2 * bold > total, {size: median(found) for size, found in steps.items()})


# Which lines belong together


def _gathered(parts: Sequence[Line | Placed], styles: Styles) -> Iterator[PdfParagraph | Placed]:
    open_one: PdfParagraph | None = None
    for part in parts:
        if isinstance(part, Line) and open_one is not None and _goes_on(open_one, part, styles):
            open_one.lines.append(part)
            continue
        if open_one is not None:
            yield open_one
        open_one = _begun(part) if isinstance(part, Line) else None
        if isinstance(part, Placed):
            yield part
    if open_one is not None:
        yield open_one


def _begun(line: Line) -> PdfParagraph:
    marker = MARKER.match(line.row.text)
    mark = "•" if line.bullet is not None else marker.group().strip() if marker else ""
    return PdfParagraph([line], mark=mark)


def _goes_on(paragraph: PdfParagraph, line: Line, styles: Styles) -> bool:
    """Whether a line belongs to the paragraph that is open."""
    last, row = paragraph.lines[-1], line.row
    if line.bullet is not None or MARKER.match(row.text) or not _is_alike(paragraph, line):
        return False
    if line.column != last.column:
        return _runs_over(paragraph, line)
    usual = styles.steps.get(round(row.size), 1.2 * row.size)
    if row.base - last.row.base > SPREAD * usual:
        return False
    if paragraph.mark:
        hangs = row.x0 < _left(paragraph) - INDENT * row.size and not _has_room(last, line)
        return row.x0 > _left(paragraph) + 1 or hangs
    if ends_openly(last.row.text) and row.text[0].islower():
        return True
    is_set_in = row.x0 > last.row.x0 + INDENT * row.size
    return not is_set_in and not _has_room(last, line)


def _is_alike(paragraph: PdfParagraph, line: Line) -> bool:
    """Whether a line is set in the paragraph's type."""
    size = paragraph.lines[0].row.size
    bold = [all(word.bold for word in row.words) for row in (paragraph.lines[-1].row, line.row)]
    return abs(line.row.size - size) <= SAME * size and (bold[0] == bold[1] or bool(paragraph.mark))


def _runs_over(paragraph: PdfParagraph, line: Line) -> bool:
    """Whether a paragraph goes on in the next column or on the next page: its sentence is open, and goes on there."""
    last = paragraph.lines[-1].row.text
    return line.row.text[0].islower() and (ends_openly(last) or last.endswith((",", ";")))


def _has_room(last: Line, line: Line) -> bool:
    """Whether a line ends although the next one's first word had room on it."""
    first = line.row.words[0]
    return last.right - last.row.x1 > first.x1 - first.x0 + 0.6 * line.row.size


# What each is


def _kind(paragraph: PdfParagraph, styles: Styles) -> Kind:
    text = paragraph.text
    if len(text) <= MAX_HEADING_LENGTH and any(map(str.isalpha, text)) and not text.rstrip().endswith((",", ";")):
        if _is_large(paragraph, styles) and paragraph.mark != "•":
            return "heading"
        if _is_label(paragraph, text, styles):
            return "heading"
    return "item" if paragraph.mark else "paragraph"


def _is_large(paragraph: PdfParagraph, styles: Styles) -> bool:
    return _size(paragraph) >= LARGER * styles.body and len(paragraph.text) <= MAX_HEADING_LENGTH


def _is_label(paragraph: PdfParagraph, text: str, styles: Styles) -> bool:
    """Whether a paragraph is a title in bold or in capitals, where the text around it is not."""
    if paragraph.mark in ("•", "-", "–") or not (is_title(text.removesuffix(":")) or is_labelled(text)):
        return False
    bold = not styles.is_bold and all(word.bold for line in paragraph.lines for word in line.row.words)
    return bold or (is_capitals(text) and len(paragraph.lines) == 1)


def _level(paragraph: PdfParagraph, styles: Styles) -> int:
    """By size for large type, below those for what is only in capitals or bold."""
    if _is_large(paragraph, styles):
        return min(styles.sizes.index(_size(paragraph)) + 1, CAPITALS_LEVEL - 1)
    return CAPITALS_LEVEL if is_capitals(paragraph.text) else LABEL_LEVEL


def _size(paragraph: PdfParagraph) -> float:
    """Of its type, to half a point."""
    return round(paragraph.lines[0].row.size * 2) / 2


def _left(paragraph: PdfParagraph) -> float:
    """Where an item begins, its bullet included."""
    line = paragraph.lines[0]
    return line.row.x0 if line.bullet is None else line.bullet


def _depth(indents: list[float], paragraph: PdfParagraph) -> int:
    """The depth of an item, from 1; ``indents`` are those of the items it stands in."""
    left = _left(paragraph)
    while indents and indents[-1] >= left - 2:
        indents.pop()
    indents.append(left)
    return len(indents)
