"""Lines of a text: where each begins and ends, and which line an offset lies in."""

from __future__ import annotations

import re
from bisect import bisect_right

from ..model import Lines, Span

NEWLINE = re.compile(r"\r\n|\n|\r")


class LineIndex:
    """Line numbers of a text, from 1. Built once in linear time; each look-up is a binary search."""

    def __init__(self, text: str) -> None:
        breaks = [match.span() for match in NEWLINE.finditer(text)]
        self._starts = [0, *(end for _, end in breaks)]
        self._ends = [*(start for start, _ in breaks), len(text)]

    def __len__(self) -> int:
        return len(self._starts)

    def line(self, offset: int) -> int:
        """The number of the line that holds the code point at ``offset``."""
        return bisect_right(self._starts, offset)

    def lines(self, span: Span) -> Lines:
        """The first and the last line that a span touches."""
        start, end = span
        return self.line(start), self.line(max(start, end - 1))

    def span(self, number: int) -> Span:
        """Where a line stands, without its line break."""
        return self._starts[number - 1], self._ends[number - 1]

    def spans(self) -> list[Span]:
        """Where every line stands, without line breaks."""
        return list(zip(self._starts, self._ends, strict=True))
