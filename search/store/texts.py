"""The texts of a catalog's documents, which lie there in pieces: any part is read without the rest."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from ..errors import IndexBrokenError
from ..model import Lines, Span
from ..text.line_index import LineIndex

MOST_OF_A_PIECE = 16_384
"""Code points of a piece."""
MOST_PIECE_BYTES = 4 * MOST_OF_A_PIECE


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
    """Reads texts by way of ``select``, which runs a statement with its values and gives the rows.

    ``reach`` is told first which part of a document is going to be read; None stands for all of it.
    """

    def __init__(
        self, select: Callable[..., Iterator[Any]], reach: Callable[[int, Span | None], None] = lambda *_: None
    ) -> None:
        self._select = select
        self._reach = reach
        self._last = (0, 0, "")
        """A document, and the part of its text that was read last with where that starts: the next is often in it."""

    def whole(self, document: int) -> str:
        """A document's whole text."""
        self._reach(document, None)
        return "".join(text for _, _, text in self._pieces(document, "ORDER BY start"))

    def part(self, document: int, span: Span) -> str:
        """What a span of a document's text holds, as far as there is any."""
        known, first, text = self._last
        if known != document or not first <= span[0] <= span[1] <= first + len(text):
            pieces = self._around(document, *span)
            first, text = pieces[0][0], "".join(piece for _, _, piece in pieces)
            self._last = (document, first, text)
        return text[span[0] - first : span[1] - first] if span[0] >= first else ""

    def stretch(self, document: int, span: Span) -> Stretch:
        """The part of a document's text that a span names; a span beyond the text is cut to it."""
        start, end = max(0, span[0]), max(0, *span)
        pieces = self._around(document, start, end)
        first, line, _ = pieces[0]
        text = "".join(piece for _, _, piece in pieces)
        part = text[start - first : end - first]
        return Stretch(part, min(start, first + len(text)), line + LineIndex(text).line(start - first) - 1)

    def line_start(self, document: int, number: int) -> int:
        """Where a line begins; for a number past the last line, the text's end."""
        held = "start >= (SELECT max(start) FROM texts WHERE document = ? AND (first_line < ? OR start = 0))"
        end = 0
        self._reach(document, None)
        for start, line, text in self._pieces(document, f"AND {held} ORDER BY start", document, number):
            lines = LineIndex(text)
            if number - line < len(lines):
                return start + lines.span(number - line + 1)[0]
            end = start + len(text)
        return end

    def extent(self, document: int) -> tuple[int, int]:
        """How many code points and how many lines a document's text has."""
        self._reach(document, None)
        start, line, text = next(self._pieces(document, "ORDER BY start DESC LIMIT 1"))
        return start + len(text), line + len(LineIndex(text)) - 1

    def _around(self, document: int, start: int, end: int) -> list[tuple[int, int, str]]:
        held = "start >= (SELECT max(start) FROM texts WHERE document = ? AND start <= ?) AND start < ?"
        start = max(0, start)
        self._reach(document, (start, end))
        return list(self._pieces(document, f"AND {held} ORDER BY start", document, start, max(end, start + 1)))

    def _pieces(self, document: int, which: str, *values: int) -> Iterator[tuple[int, int, str]]:
        """Pieces with their offset and line; an empty text has one too. Raises IndexBrokenError where there is none."""
        start = None
        for start, line, piece in self._select(f"{_PIECES} {which}", document, *values):
            yield start, line, unpacked(piece)
        if start is None:
            raise IndexBrokenError("the index lacks the text of a guide", "run 'citeguide index --full'")


def packed(piece: str) -> str | bytes:
    """A piece as it is stored: packed where that makes it smaller."""
    data = piece.encode()
    smaller = zlib.compress(data, wbits=-zlib.MAX_WBITS)
    return smaller if len(smaller) < len(data) else piece


def unpacked(piece: str | bytes) -> str:
    """A piece as it is in its text. Raises IndexBrokenError for what was never packed, and for what grows too large."""
    if isinstance(piece, str):
        return piece
    unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        text = unpacking.decompress(piece, MOST_PIECE_BYTES).decode()
    except (zlib.error, TypeError, ValueError) as error:
        raise _damaged() from error
    if not unpacking.eof:
        raise _damaged()
    return text


def _damaged() -> IndexBrokenError:
    return IndexBrokenError("the catalog holds a damaged text", "run 'citeguide index --full'")


_PIECES = "SELECT start, first_line, text FROM texts WHERE document = ?"
