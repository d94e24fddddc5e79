"""Sheets as text: values separated by commas, tabs, semicolons or bars, the first full record naming the columns.

Quotes follow RFC 4180: a field in double quotes may hold separators, line breaks and doubled quotes. A cell's text is
what stands in the file between its separators or quotes, so it keeps doubled quotes doubled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
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

Record = tuple[CellText, ...]


def read(text: str) -> Reading:
    """The table of a sheet, with what stands before and after it as prose."""
    found = [record for record in records(text, _delimiter(text)) if not _is_blank(text, record)]
    width = _width(found)
    first, last = _first_and_last(found, width)
    blocks = [_outside(text, record) for n, record in enumerate(found) if not first <= n <= last]
    table = [record for record in found[first : last + 1] if _filled(record)]
    if table:
        blocks.append(Block("table", _stretch(text, table[0], table[-1]), grid=_grid(table, width)))
    return Reading(text, tuple(sorted(blocks, key=lambda block: block.span)), doubts=_doubts(table, width, text))


def records(text: str, delimiter: str) -> Iterator[Record]:
    """Every record of the text, blank ones included, each field trimmed of blanks and of the quotes around it."""
    at, size = 0, len(text)
    while at < size:
        line_break = NEWLINE.search(text, at)
        end = line_break.start() if line_break else size
        if text.find('"', at, end) < 0:
            yield tuple(_plain(text, at, end, delimiter))
            at = line_break.end() if line_break else size
        else:
            record, at = _quoted(text, at, delimiter)
            yield record


def _plain(text: str, at: int, end: int, delimiter: str) -> Iterator[CellText]:
    for field in text[at:end].split(delimiter):
        cell = field.strip()
        start = at + field.find(cell) if cell else at
        yield CellText(cell, (start, start + len(cell)))
        at += len(field) + 1


def _quoted(text: str, at: int, delimiter: str) -> tuple[Record, int]:
    """A record with quotes in it, which may go on over line breaks; and where the next one begins."""
    cells: list[CellText] = []
    while True:
        opening = at
        while text[opening : opening + 1] == " ":
            opening += 1
        closing = _closing(text, opening + 1) if text[opening : opening + 1] == '"' else -1
        searched = closing + 1 if closing >= 0 else at
        end = _field_end(text, searched, delimiter)
        if closing >= 0 and not text[closing + 1 : end].strip():
            cells.append(_cell(text, opening + 1, closing))
        else:
            cells.append(_cell(text, at, end))
        if text[end : end + 1] != delimiter:
            return tuple(cells), end + (2 if text.startswith("\r\n", end) else 1)
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


def _delimiter(text: str) -> str:
    """The separator that cuts most records of a sample into the same number of fields, two at least."""

    def merit(delimiter: str) -> tuple[float, int]:
        widths = Counter(
            len(r) for r in islice(records(text[:SAMPLE_SIZE], delimiter), SAMPLE) if any(c.text for c in r)
        )
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
        return (count / max(1, widths.total()), width) if width > 1 else (0.0, 1)

    return max(DELIMITERS, key=merit)


def _width(found: Sequence[Record]) -> int:
    """The number of fields that most records have."""
    counts = Counter(map(len, found))
    return max(counts, key=lambda width: (counts[width], width), default=0)


def _first_and_last(found: Sequence[Record], width: int) -> tuple[int, int]:
    """The table's first and last record: full ones. A title above it and footnotes below have fewer cells filled."""
    full = [n for n, record in enumerate(found) if len(record) >= width and _filled(record) > min(2, width) - 1]
    return (full[0], full[-1]) if full and width > 1 else (0, -1)


def _is_blank(text: str, record: Record) -> bool:
    return not text[record[0].span[0] : record[-1].span[1]].strip()


def _filled(record: Record) -> int:
    return sum(1 for cell in record if cell.text)


def _grid(table: Sequence[Record], width: int) -> TableGrid:
    wide = tuple(record if len(record) >= width else _padded(record, width) for record in table)
    return TableGrid(wide[0], wide[1:]) if _is_header(wide[0], wide[1:SAMPLE]) else TableGrid((), wide)


def _padded(record: Record, width: int) -> Record:
    end = record[-1].span[1]
    return record + (CellText("", (end, end)),) * (width - len(record))


def _is_header(first: Record, others: Sequence[Record]) -> bool:
    """Whether the first record names the columns: most columns of numbers do not begin with one, a year aside."""
    numeric = [n for n in range(len(first)) if 2 * sum(_is_number(record[n].text) for record in others) > len(others)]
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


def _outside(text: str, record: Record) -> Block:
    span = _stretch(text, record, record)
    return (
        Block("paragraph", span)
        if _filled(record)
        else Block("dropped", span, reason="separators with nothing between")
    )


def _stretch(text: str, first: Record, last: Record) -> Span:
    """From the beginning of the first record's line to the end of the last one's, separators and quotes included."""
    start, end = first[0].span[0], last[-1].span[1]
    while start > 0 and text[start - 1] not in "\r\n":
        start -= 1
    while end < len(text) and text[end] not in "\r\n":
        end += 1
    return start, end


def _doubts(table: Sequence[Record], width: int, text: str) -> tuple[Doubt, ...]:
    """The first records that are of another width."""
    other = list(islice((record for record in table if len(record) != width), MAX_DOUBTS))
    index = LineIndex(text if other else "")
    spans = [(record[0].span[0], record[-1].span[1]) for record in other]
    reasons = [f"a record of {len(record)} cells among records of {width}" for record in other]
    return tuple(Doubt("doubt", reason, span, index.lines(span)) for reason, span in zip(reasons, spans, strict=True))
