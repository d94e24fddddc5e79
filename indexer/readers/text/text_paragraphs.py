"""Plain text cut into paragraphs: which line breaks end one, and which only fill a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ....search.model import Span

MARKER = re.compile(r"[^\S\r\n]*(?:[•·▪▫‣◦●○◆■□➢➤✓✔*+–—-]|\(?\d{1,3}[.)]|\(?(?:[A-Za-z]|[ivx]{2,5})\))[^\S\r\n]+(?=\S)")
"""A list item's bullet or number, with the blanks around it."""
DRAWN_LINE = re.compile(r"[^\S\r\n]*([=\-_*~#+.•—–])(?:[^\S\r\n]*\1){2,}[^\S\r\n]*")
"""A line drawn with one character, repeated."""
WRAP_WIDTHS = range(40, 161)
"""Longest line of a block, in code points, for which its line breaks may come from filling lines to a width."""
NEARLY = 0.75
"""Share of that width from which on a line is full."""
BLANK = " \t\r\n\x0b\x0c\xa0\u200b\u200c\u200d\u2060\ufeff\u00ad\u3000"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of lines that belong together. ``text`` is what stands at ``span``, without blanks at either end."""

    text: str
    span: Span
    gap: bool
    """Whether a blank line stands before it (or it is the first)."""
    indent: int
    marker: str = ""
    """Its bullet or number, where it begins with one."""

    @property
    def is_divider(self) -> bool:
        """Whether it is a line drawn with one character."""
        return DRAWN_LINE.fullmatch(self.text) is not None


def paragraphs(text: str, lines: Sequence[Span]) -> list[Paragraph]:
    """The paragraphs of these lines in order."""
    found: list[Paragraph] = []
    for block in _blocks(text, lines):
        width = _fill_width(text, block)
        group = [block[0]]
        for line in block[1:]:
            if _continues(text, group, line, width):
                group.append(line)
            else:
                found.append(_paragraph(text, group, gap=group[0] is block[0]))
                group = [line]
        found.append(_paragraph(text, group, gap=group[0] is block[0]))
    return found


def _blocks(text: str, lines: Sequence[Span]) -> Iterator[list[Span]]:
    """Runs of lines with no blank line between."""
    block: list[Span] = []
    for start, end in lines:
        if text[start:end].strip(BLANK):
            block.append((start, end))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _fill_width(text: str, block: Sequence[Span]) -> int | None:
    """The width to which these lines were filled; None where none of them breaks off within a sentence near its end."""
    width = max(end - start for start, end in block)
    if width not in WRAP_WIDTHS:
        return None
    broken = (text[start:end].rstrip(BLANK) for start, end in block[:-1])
    return width if any(len(line) > NEARLY * width and line[-1] not in ".!?:" for line in broken) else None


def _continues(text: str, group: Sequence[Span], line: Span, width: int | None) -> bool:
    """Whether the break before ``line`` only fills lines: its first word would not have fitted on the line above."""
    current, above = text[slice(*line)], text[slice(*group[-1])].rstrip(BLANK)
    if MARKER.match(current) or DRAWN_LINE.fullmatch(current) or DRAWN_LINE.fullmatch(above):
        return False
    if MARKER.match(text[slice(*group[0])]) and _indent(current) > _indent(text[slice(*group[0])]):
        return True
    first_word = current.split(maxsplit=1)[0] if current.split() else ""
    return width is not None and len(above) + 1 + len(first_word) > width


def _paragraph(text: str, lines: Sequence[Span], *, gap: bool) -> Paragraph:
    start, end = lines[0][0], lines[-1][1]
    piece = text[start:end]
    body = piece.strip(BLANK)
    begin = start + len(piece) - len(piece.lstrip(BLANK))
    marker = MARKER.match(body)
    return Paragraph(body, (begin, begin + len(body)), gap, _indent(piece), marker.group().strip() if marker else "")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(BLANK))
