"""The texts of a catalog's documents, which lie there in pieces: any part is read without the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from ..errors import IndexBrokenError
from ..model import Lines, Span
from ..text.line_index import LineIndex


class Stretch(NamedTuple):
    """A part of a document's text: where it starts, and the number of the line that it starts in."""

    text: str
    start: int
    line: int

    def lines(self, span: Span) -> Lines:
        """The first and the last line that a span of the document touches; it must lie in this part."""
        first, last = LineIndex(self.text).lines((span[0] - self.start, span[1] - self.start))
        return first + self.line - 1, last + self.line - 1


class Texts:
    """Reads texts by way of ``select``, which runs a statement with its values and gives the rows."""

    def __init__(self, select: Callable[..., Iterator[Any]]) -> None:
        self._select = select

    def whole(self, document: int) -> str:
        """A document's whole text."""
        return "".join(text for _, _, text in self._pieces(document, "ORDER BY start"))

    def stretch(self, document: int, span: Span) -> Stretch:
        """The part of a document's text that a span names; a span beyond the text is cut to it."""
        start, end = max(0, span[0]), max(0, *span)
        held = "start >= (SELECT max(start) FROM texts WHERE document = ? AND start <= ?) AND start < ?"
        pieces = list(self._pieces(document, f"AND {held} ORDER BY start", document, start, max(end, start + 1)))
        first, line, _ = pieces[0]
        text = "".join(piece for _, _, piece in pieces)
        part = text[start - first : end - first]
        return Stretch(part, min(start, first + len(text)), line + LineIndex(text).line(start - first) - 1)

    def line_start(self, document: int, number: int) -> int:
        """Where a line begins; for a number past the last line, the text's end."""
        held = "start >= (SELECT max(start) FROM texts WHERE document = ? AND (first_line < ? OR start = 0))"
        end = 0
        for start, line, text in self._pieces(document, f"AND {held} ORDER BY start", document, number):
            lines = LineIndex(text)
            if number - line < len(lines):
                return start + lines.span(number - line + 1)[0]
            end = start + len(text)
        return end

    def extent(self, document: int) -> tuple[int, int]:
        """How many code points and how many lines a document's text has."""
        start, line, text = next(self._pieces(document, "ORDER BY start DESC LIMIT 1"))
        return start + len(text), line + len(LineIndex(text)) - 1

    def _pieces(self, document: int, which: str, *values: int) -> Iterator[tuple[int, int, str]]:
        """Pieces with their offset and line; an empty text has one too. Raises IndexBrokenError where there is none."""
        piece = None
        for piece in self._select(f"{_PIECES} {which}", document, *values):
            yield piece
        if piece is None:
            raise IndexBrokenError("the index lacks the text of a guide", "run 'citeguide index --full'")


_PIECES = "SELECT start, first_line, text FROM texts WHERE document = ?"
