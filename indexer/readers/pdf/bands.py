"""What stands between two ruled lines of a table: one record, or several that no line parts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from .cells import PdfCell, Record, is_number
from .rows import SAME_ROW, Row

LABELLED_SHARE = 0.8
"""Share of the lines of figures that must stand beside a line of the label for each to be a record."""


class BandCell(NamedTuple):
    """A cell's lines of text and the columns that it covers; ``height`` counts bands."""

    lines: Sequence[Row]
    first: int
    last: int
    height: int


def in_records(band: Sequence[BandCell], *, whole: bool) -> Iterator[Record]:
    """The records of a band, from top to bottom; one where it is ``whole``, as a cell over several bands reaches in.

    Figures one below the other are of records of their own, if labels stand beside them; any other line goes on in the
    record above it.
    """
    starts = [] if whole else _starts(band)
    if len(starts) < 2:
        yield tuple(_cell(cell, cell.lines) for cell in band)
        return
    for n in range(len(starts)):
        held = ((cell, [line for line in cell.lines if _number(starts, line) == n]) for cell in band)
        yield tuple(_cell(cell, lines) for cell, lines in held if lines)


def begun(lines: Sequence[Record], places: Sequence[int]) -> set[int]:
    """The rows that begin a record between ruled lines: with figures below figures, and labels beside them."""
    found = set[int]()
    for _, group in groupby(range(len(lines)), key=lambda n: places[n]):
        band = list(group)
        held: dict[int, list[int]] = {}
        for row, cell in ((n, cell) for n in band for cell in lines[n] if cell.first):
            held.setdefault(cell.first, []).append(row if is_number(cell.text) else -1)
        figures = max((numbers for numbers in held.values() if min(numbers) >= 0), key=len, default=[])
        if sum(lines[n][0].first == 0 for n in figures) >= LABELLED_SHARE * len(figures):
            found.update(figures[1:])
    return found


def _starts(band: Sequence[BandCell]) -> list[float]:
    """Where each record begins: the lines of the column with the most figures, every one of its lines being one."""
    label, *others = band
    figures = [cell for cell in others if all(is_number(line.text) for line in cell.lines)]
    starts = max(([line.base for line in cell.lines] for cell in figures), key=len, default=[])
    size = label.lines[0].size
    labelled = sum(any(abs(line.base - at) <= SAME_ROW * size for line in label.lines) for at in starts)
    return starts if labelled >= LABELLED_SHARE * len(starts) else []


def _number(starts: Sequence[float], line: Row) -> int:
    return max(0, bisect_right(starts, line.base + SAME_ROW * line.size) - 1)


def _cell(cell: BandCell, lines: Sequence[Row]) -> PdfCell:
    return PdfCell(tuple(line.words for line in lines), cell.first, cell.last, cell.height)
