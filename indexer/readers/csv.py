"""Sheets as text: values separated by commas, tabs, semicolons or bars, the first full record naming the columns.

Quotes follow RFC 4180: a field in double quotes may hold separators, line breaks and doubled quotes. A cell's text is
what stands in the file between its separators or quotes, so it keeps doubled quotes doubled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from ...search.lines import NEWLINE, LineIndex
from ...search.model import Doubt, Span
from ..parsed import Block, CellText, Reading, TableGrid
from ..values import parse

DELIMITERS = ",\t;|"
SAMPLE = 200
"""Records from which separator, width and header are told."""
SAMPLE_SIZE = 100_000
"""Code points of them at most."""
MAX_DOUBTS = 20
"""Records of another width that are reported one by one."""

Cells = tuple[CellText, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its whole stretch of text, separators and quotes included, and its cells."""

    span: Span
    cells: Cells

    @property
    def filled(self) -> int:
        """How many of its cells hold anything."""
        return sum(1 for cell in self.cells if cell.text)


def read(text: str) -> Reading:
    """The table of a sheet, with what stands before and after it as prose."""
    found = [record for record in records(text, delimiter(text)) if text[slice(*record.span)].strip()]
    width = _width(found)
    first, last = first_and_last(found, width)
    blocks = [outside(record) for n, record in enumerate(found) if not first <= n <= last]
    table = [record for record in found[first : last + 1] if record.filled]
    if table:
        blocks.append(Block("table", (table[0].span[0], table[-1].span[1]), grid=_grid(table, width)))
    doubts = tuple(odd(table, width, text, MAX_DOUBTS))
    return Reading(text, tuple(sorted(blocks, key=lambda block: block.span)), doubts=doubts)


def records(text: str, delimiter: str) -> Iterator[Record]:
    """Every record of the text, blank ones included, each field trimmed of blanks and of the quotes around it."""
    at, size = 0, len(text)
    while at < size:
        line_break = NEWLINE.search(text, at)
        end, after = line_break.span() if line_break else (size, size)
        if text.find('"', at, end) < 0:
            cells = tuple(_plain(text, at, end, delimiter))
        else:
            cells, end, after = _quoted(text, at, delimiter)
        yield Record((at, end), cells)
        at = after


def _plain(text: str, at: int, end: int, delimiter: str) -> Iterator[CellText]:
    for field in text[at:end].split(delimiter):
        cell = field.strip()
        start = at + field.find(cell) if cell else at
        yield CellText(cell, (start, start + len(cell)))
        at += len(field) + 1


def _quoted(text: str, at: int, delimiter: str) -> tuple[Cells, int, int]:
    """A record with quotes, which may go on over line breaks: its cells, its end, and where the next one begins."""
    cells: list[CellText] = []
    while True:
        opening = at
        while text[opening : opening + 1] == " ":
            opening += 1
        closing = _closing(text, opening + 1) if text[opening : opening + 1] == '"' else -1
        end = _field_end(text, closing + 1 if closing >= 0 else at, delimiter)
        if closing >= 0 and not text[closing + 1 : end].strip():
            cells.append(_cell(text, opening + 1, closing))
        else:
            cells.append(_cell(text, at, end))
        if text[end : end + 1] != delimiter:
            return tuple(cells), end, end + (2 if text.startswith("\r\n", end) else 1)
        at = end + 1


def _closing(text: str, at: int) -> int:
    """Where the quote stands that closes a field; -1 where none does."""
    while (found := text.find('"', at)) >= 0:
        if text[found + 1 : found + 2] != '"':
            return found
        at = found + 2
    return -1


def _field_end(text: str, at: int, delimiter: str) -> int:
    """The next separator or line break, or the end of the text."""
    line_break = NEWLINE.search(text, at)
    end = line_break.start() if line_break else len(text)
    separator = text.find(delimiter, at, end)
    return separator if separator >= 0 else end


def _cell(text: str, start: int, end: int) -> CellText:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return CellText(text[start:end], (start, end))


# What the records are


def delimiter(text: str) -> str:
    """The separator that cuts most records of a sample into the same number of fields, two at least."""

    def merit(separator: str) -> tuple[float, int]:
        sample = [r for r in islice(records(text[:SAMPLE_SIZE], separator), SAMPLE) if r.filled]
        width = _width(sample)
        return (sum(len(r.cells) == width for r in sample) / len(sample), width) if width > 1 else (0.0, 1)

    return max(DELIMITERS, key=merit)


def _width(found: Sequence[Record]) -> int:
    """The number of fields that most records have."""
    counts = Counter(len(record.cells) for record in found)
    return max(counts, key=lambda width: (counts[width], width), default=0)


def first_and_last(found: Sequence[Record], width: int) -> tuple[int, int]:
    """The table's first and last record: full ones. A title above it and footnotes below have but one cell filled."""
    full = [n for n, record in enumerate(found) if len(record.cells) >= width and record.filled > 1]
    return (full[0], full[-1]) if full else (0, -1)


def outside(record: Record) -> Block:
    """A record that is no part of the table."""
    if record.filled:
        return Block("paragraph", record.span)
    return Block("dropped", record.span, reason="separators with nothing between them")


def _grid(table: Sequence[Record], width: int) -> TableGrid:
    wide = tuple(padded(record, width) for record in table)
    return TableGrid(wide[0], wide[1:]) if _is_header(wide[0], wide[1:SAMPLE], width) else TableGrid((), wide)


def padded(record: Record, width: int) -> Cells:
    """A record's cells, with empty ones behind them up to the width."""
    return record.cells + (CellText("", (record.span[1], record.span[1])),) * (width - len(record.cells))


def _is_header(first: Cells, others: Sequence[Cells], width: int) -> bool:
    """Whether the first record names the columns: most columns of numbers do not begin with one, a year aside."""
    numeric = [n for n in range(width) if 2 * sum(_is_number(cells[n].text) for cells in others) > len(others)]
    named = sum(not _is_number(first[n].text) or _is_year(first[n].text) for n in numeric)
    return bool(others) and 2 * named >= len(numeric) and not any(_is_money(cell.text) for cell in first)


def _is_number(text: str) -> bool:
    value = parse(text)
    return value is not None and value.number is not None


def _is_year(text: str) -> bool:
    return text.isdigit() and len(text) == 4


def _is_money(text: str) -> bool:
    value = parse(text)
    return value is not None and value.number is not None and value.unit is not None


def odd(found: Iterable[Record], width: int, text: str, most: int) -> list[Doubt]:
    """The first records that are of another width."""
    other = list(islice((record for record in found if len(record.cells) != width and record.filled), most))
    index = LineIndex(text if other else "")
    return [
        Doubt("doubt", f"a record of {len(r.cells)} cells among records of {width}", r.span, index.lines(r.span))
        for r in other
    ]
