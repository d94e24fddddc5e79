"""Finds tables whose cells were stacked when a page was scraped: one cell a line, record after record.

    Location
    Median
    Fresno, CA MSA
    $16.69
    Napa, CA MSA
    $22.29

Lines that are a value as a whole and lines that are a label take turns in a fixed rhythm, so many labels and so many
values to a record. The labels before the first record are the column names if there is one for each cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from ...search.model import Span
from ..document import Block, CellText, TableGrid
from .glued_header import is_name
from .glued_records import CERTAIN_FORMS, RECORD_BULLET, VALUE, is_prose, trim

MAX_STACKED_CELL = 100
"""Code points of a line that can be a cell."""
MIN_RECORDS = 3
"""Records that make a table without column names; with them, two do."""


class LineKind(StrEnum):
    """What a line may be in a table that has a cell a line."""

    LABEL = "label"
    VALUE = "value"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class _Lines:
    """Neighbouring lines of labels, or of values; ``certain`` where one is a value by its form alone."""

    kind: LineKind
    spans: tuple[Span, ...]
    certain: bool


def find(text: str, lines: Sequence[Span]) -> list[Block]:
    """The stacked tables among these lines (given without their line breaks), as blocks of kind ``table``, in order."""
    found: list[Block] = []
    runs = list(_runs(text, lines))
    at = 0
    while at + 1 < len(runs):
        records = _records(runs, at)
        table = _table(text, runs[at], records) if records else None
        if table is not None:
            found.append(table)
        at += 2 * len(records) if table is not None else 1
    return found


def _runs(text: str, lines: Sequence[Span]) -> Iterator[_Lines]:
    """The lines that are not blank, grouped by what they are."""
    cells = [(span, *_kind(text, span)) for span in (trim(text, line) for line in lines) if span[0] < span[1]]
    for kind, group in groupby(cells, key=lambda cell: cell[1]):
        members = list(group)
        yield _Lines(kind, tuple(span for span, _, _ in members), any(certain for _, _, certain in members))


def _kind(text: str, span: Span) -> tuple[LineKind, bool]:
    """What a line is, and whether it is a value for certain."""
    start, end = span
    if end - start > MAX_STACKED_CELL:
        return LineKind.OTHER, False
    if (value := VALUE.fullmatch(text, start, end)) is not None:
        return LineKind.VALUE, value.lastgroup in CERTAIN_FORMS
    if RECORD_BULLET.match(text, start, end) or text[end - 1] in ".!?:;," or is_prose(text[start:end]):
        return LineKind.OTHER, False
    return LineKind.LABEL, False


def _records(runs: Sequence[_Lines], at: int) -> list[tuple[Span, ...]]:
    """The cells of the records that begin in the labels at ``at``: the rhythm is that of the second record."""
    if runs[at].kind != LineKind.LABEL or runs[at + 1].kind != LineKind.VALUE or at + 3 >= len(runs):
        return []
    labels, values = len(runs[at + 2].spans), len(runs[at + 1].spans)
    if runs[at + 2].kind != LineKind.LABEL or len(runs[at].spans) < labels:
        return []
    records = [(*runs[at].spans[-labels:], *runs[at + 1].spans)]
    for n in range(at + 2, len(runs) - 1, 2):
        first, second = runs[n], runs[n + 1]
        if (first.kind, second.kind, len(first.spans), len(second.spans)) != (
            LineKind.LABEL,
            LineKind.VALUE,
            labels,
            values,
        ):
            break
        records.append((*first.spans, *second.spans))
    return records if len(records) > 1 and any(run.certain for run in runs[at + 1 : at + 2 * len(records) : 2]) else []


def _table(text: str, first: _Lines, records: Sequence[tuple[Span, ...]]) -> Block | None:
    """The block, if there are names for the columns, or records enough to do without."""
    above = first.spans[: first.spans.index(records[0][0])]
    header = above[-len(records[0]) :] if len(above) >= len(records[0]) else ()
    if not any(is_name(text[slice(*span)]) for span in header):
        header = ()
    if not header and len(records) < MIN_RECORDS:
        return None
    grid = TableGrid(_cells(text, header), tuple(_cells(text, record) for record in records))
    return Block("table", ((*header, records[0][0])[0][0], records[-1][-1][1]), grid=grid)


def _cells(text: str, spans: Sequence[Span]) -> tuple[CellText, ...]:
    return tuple(CellText(text[start:end], (start, end)) for start, end in spans)
