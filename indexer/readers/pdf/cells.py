"""A table as it is set on a page: records of cells, each over one or more columns."""

from __future__ import annotations

from dataclasses import dataclass

from ...tables.values import parse
from .page import Word


@dataclass(frozen=True, slots=True)
class PdfCell:
    """A cell: its lines of words, the columns that it covers, ``first`` to ``last``, and of how many records it is."""

    lines: tuple[tuple[Word, ...], ...]
    first: int
    last: int
    height: int = 1

    @property
    def text(self) -> str:
        """Its words with a blank between."""
        return " ".join(word.text for line in self.lines for word in line)

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(word.bold for line in self.lines for word in line)


Record = tuple[PdfCell, ...]
"""From left to right; places without text have no cell."""


@dataclass(frozen=True, slots=True)
class PdfTable:
    """Records over ``width`` columns."""

    records: tuple[Record, ...]
    width: int


def is_number(text: str) -> bool:
    """Whether a cell holds a figure, or the mark of one that its source withholds."""
    value = parse(text)
    return value is not None and (value.number is not None or value.mark is not None)
