"""Cuts a guide's text into the pieces that the catalog keeps it in: at line breaks where lines are not overlong."""

from __future__ import annotations

from collections.abc import Iterator

from ...search.store.texts import MOST_OF_A_PIECE
from ...search.text.line_index import NEWLINE


def pieces_of(text: str) -> Iterator[tuple[int, int, str]]:
    """Each piece with the offset and the line number of its first code point; an empty text is one empty piece."""
    start, line = 0, 1
    while True:
        end = _end(text, start)
        piece = text[start:end]
        yield start, line, piece
        if end == len(text):
            return
        start, line = end, line + sum(1 for _ in NEWLINE.finditer(piece))


def _end(text: str, start: int) -> int:
    """Behind the last line break that a piece from here has room for; never between the two halves of one."""
    end = start + MOST_OF_A_PIECE
    if end >= len(text):
        return len(text)
    end = (text.rfind("\n", start, end) + 1) or end
    return end - 1 if text[end - 1 : end + 1] == "\r\n" else end
