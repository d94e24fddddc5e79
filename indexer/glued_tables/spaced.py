"""Finds tables whose columns are set with blanks or tabs, as in plain text that is read in one width of type.

    Name           Role        Telephone
    Ana Brandt     Mayor       555-0101

Their cells begin, or end, at the same place of each line, below short names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from ...search.model import Span
from ..document import Block, CellText, TableGrid
from ..tables.values import parse
from .glued_records import RECORD_BULLET, WIDE_GAP

LEAST_RECORDS = 2
MAX_COLUMN_NAME = 40
"""Code points of a column's name."""
MAX_SPACED_LINE = 400
"""Code points of a line that can be a row."""

Cells = Sequence[Span]


def find(text: str, lines: Sequence[Span]) -> list[Block]:
    """The tables among these lines (given without their line breaks), in order."""
    found: list[Block] = []
    for is_filled, group in groupby(lines, key=lambda line: bool(text[slice(*line)].strip())):
        if is_filled:
            found += _tables(text, list(group))
    return found


def _tables(text: str, lines: Sequence[Span]) -> Iterator[Block]:
    """Those among lines with no blank one between: names, and the rows below that keep to their places."""
    cut = [_cells(text, line) for line in lines]
    n = 0
    while n < len(lines):
        stop = n + 1
        if _are_names(text, cut[n]):
            while stop < len(lines) and len(cut[stop]) == len(cut[n]):
                stop += 1
        while stop - n > LEAST_RECORDS and not _is_set(text, lines[n:stop], cut[n:stop]):
            stop -= 1
        if stop - n > LEAST_RECORDS:
            header, *records = (tuple(CellText(text[a:b], (a, b)) for a, b in row) for row in cut[n:stop])
            yield Block("table", (header[0].span[0], records[-1][-1].span[1]), grid=TableGrid(header, tuple(records)))
            n = stop
        else:
            n += 1


def _cells(text: str, line: Span) -> Cells:
    """The cells of a line: what wide gaps part."""
    start, end = line
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end = start + len(text[start:end].rstrip())
    if end - start > MAX_SPACED_LINE or RECORD_BULLET.match(text, start, end):
        return ()
    found = []
    for gap in WIDE_GAP.finditer(text, start, end):
        found.append((start, gap.start()))
        start = gap.end()
    return (*found, (start, end))


def _are_names(text: str, cells: Cells) -> bool:
    """Whether cells may name columns: short, different, words."""
    said = [text[slice(*cell)] for cell in cells]
    short = all(len(each) <= MAX_COLUMN_NAME and each[:1].isalnum() and each[-1:] not in ".,;:!?" for each in said)
    return len(said) > 1 and short and len(set(said)) == len(said) and all(parse(each) is None for each in said)


def _is_set(text: str, lines: Sequence[Span], rows: Sequence[Cells]) -> bool:
    """Whether the cells of each column begin or end at one place, or tabs part them all."""
    if all("\t" in text[a[1] : b[0]] for row in rows for a, b in pairwise(row)):
        return True
    placed = [[(a - line[0], b - line[0]) for a, b in row] for line, row in zip(lines, rows, strict=True)]
    return all(
        any(len({cell[edge] for cell in column}) == 1 for edge in (0, 1)) for column in zip(*placed, strict=True)
    )
