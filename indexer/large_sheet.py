"""A sheet too long to be held whole is read part by part, in memory that does not grow with it.

The first part decides the separator, the header and what each column holds; every later one is a part of the same
table, and its cells are typed one by one as in any other. No quoted field goes on from one part to the next.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Protocol

from ..search.column_kinds import ColumnRole
from ..search.errors import SourceError
from ..search.model import Column, Doubt
from ..search.text.line_index import LineIndex
from .document import Block, ExtractedDocument, ParsedGuide, ParsedPassage, ParsedRow, ParsedTable, Part, TableGrid
from .encoding.decode import encoding_of
from .passages.leftovers import leftovers
from .readers.sheets import csv
from .readers.sheets.table_blocks import first_and_last, padded
from .tables.column_types import ColumnReading
from .tables.typed import columns_of, typed

SHEET_CHUNK = 2**18
"""Bytes that are read at once."""
MAX_RECORD = 2**20
"""Code points of one record at most."""


class Bytes(Protocol):
    """A file to read from its beginning on."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most so many; none at the end."""
        ...


def read_long(file: Bytes, name: str) -> Iterator[Part | ParsedGuide]:
    """The parts of a sheet in order, and last the guide without them.

    Raises SourceError where it is no text, or does not begin with a table of numbers.
    """
    texts = _texts(file)
    first = next(texts)
    reading = csv.read(first)
    sheet = _begun(first, reading, PurePath(name).stem)
    yield sheet.part(first, reading.blocks, reading.doubts)
    for text in texts:
        yield sheet.part(text, *sheet.stretch(text))
    yield sheet.guide()


# From bytes to stretches of whole records


def _texts(file: Bytes) -> Iterator[str]:
    """The text in stretches that end with a record."""
    data = file.read(SHEET_CHUNK)
    encoding, mark = encoding_of(data)
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    held, data = "", data[mark:]
    while data:
        held += decoder.decode(data)
        if cut := _cut(held):
            yield held[:cut]
            held = held[cut:]
        if len(held) > MAX_RECORD:
            raise SourceError(f"holds a record of more than {MAX_RECORD:,} characters", "mend or split it")
        data = file.read(SHEET_CHUNK)
    if held := held + decoder.decode(b"", final=True):
        yield held


def _cut(text: str) -> int:
    """Behind the last line break that does not stand within quotes; a stray quote that seems to hide half is none."""
    end = "\n" if "\n" in text else "\r"
    at = last = text.rfind(end, 0, len(text) - 1) + 1
    quotes = text.count('"', 0, at)
    while quotes % 2 and 2 * at > last:
        before = text.rfind(end, 0, at - 1) + 1
        quotes -= text.count('"', before, at)
        at = before
    return at if 2 * at > last else last


# From stretches to rows


def _begun(text: str, reading: ExtractedDocument, title: str) -> _Sheet:
    """The sheet whose first stretch this is: its longest table goes on in the others."""
    blocks = sorted((block for block in reading.blocks if block.grid), key=_length, reverse=True)
    table = typed(blocks[0], text, title="", headings=(), document_title=title) if blocks else None
    if table is None:
        raise SourceError("is long, and does not begin with a table of numbers", "split it")
    columns = columns_of(blocks[0], text, title)
    sheet = _Sheet(title, csv.delimiter(text), columns, table, [set() for _ in columns], set())
    sheet.odd = len(reading.doubts)
    return sheet


def _length(block: Block) -> int:
    return len(block.grid.records) if block.grid else 0


@dataclass(slots=True)
class _Sheet:
    """What the first stretch decided, and what is known of the whole so far."""

    title: str
    delimiter: str
    columns: list[ColumnReading]
    table: ParsedTable
    """The first stretch's."""
    units: list[set[str | None]]
    """Of each column's numbers."""
    years: set[int]
    start: int = 0
    line: int = 0
    odd: int = 0
    """How many records of another width were reported."""
    damaged: int = 0

    def stretch(self, text: str) -> tuple[list[Block], list[Doubt]]:
        """A later stretch as a part of the table, with what stands below it and the first records of another width."""
        width = len(self.columns)
        records = [record for record in csv.records(text, self.delimiter) if text[slice(*record.span)].strip()]
        _, last = first_and_last(records, width)
        cells = (padded(record, width)[:width] for record in records[: last + 1] if record.filled)
        table = Block("table", (0, records[last].span[1] if last >= 0 else 0), grid=TableGrid((), tuple(cells)))
        doubts = csv.odd(records[: last + 1], width, text, csv.MAX_DOUBTS - self.odd)
        self.odd += len(doubts)
        below = (block for record in records[last + 1 :] for block in csv.outside(record, text))
        return [table, *below], doubts

    def part(self, text: str, blocks: Sequence[Block], found: Sequence[Doubt]) -> Part:
        """What a stretch holds, besides the doubts found already."""
        lines, rows, doubts = LineIndex(text), list[ParsedRow](), list(found)
        passages: list[ParsedPassage] = []
        for block in blocks:
            table = self._table(block, text, lines)
            rows += table.rows if table else ()
            prose, drawing = leftovers(block, table, text, tags=False) if block.is_a("table") else ([block.span], [])
            if block.is_a("dropped"):
                prose, drawing = [], [block.span]
            passages += [ParsedPassage("text", (), span, lines.lines(span)) for span in prose]
            doubts += [Doubt("dropped", block.reason or "markup", span, lines.lines(span)) for span in drawing]
        self._learn(rows)
        self.damaged += text.count("\ufffd")
        part = Part(text, self.start, self.line, tuple(passages), tuple(rows), tuple(doubts), self.table.naming)
        self.start, self.line = self.start + len(text), self.line + len(lines) - 1
        return part

    def guide(self) -> ParsedGuide:
        """The guide without its parts."""
        years = (
            {self.table.year} if not any(column.has_role(ColumnRole.YEAR) for column in self.columns) else self.years
        )
        table = replace(
            self.table,
            columns=tuple(map(_of_units, self.table.columns, self.units)),
            rows=(),
            span=(self.table.span[0], self.start),
            lines=(self.table.lines[0], self.line),
            year=years.pop() if len(years) == 1 else None,
        )
        reason = f"{self.damaged:,} damaged characters"
        doubts = (Doubt("doubt", reason, (0, 0), (1, 1)),) if self.damaged else ()
        return ParsedGuide("csv", "", self.title, None, (), (table,), doubts)

    def _table(self, block: Block, text: str, lines: LineIndex) -> ParsedTable | None:
        """A block as rows of the table; another table beside its first rows is prose."""
        if block.grid is None or any(len(record) != len(self.columns) for record in block.grid.records):
            return None
        return typed(block, text, title="", headings=(), document_title=self.title, lines=lines, columns=self.columns)

    def _learn(self, rows: Sequence[ParsedRow]) -> None:
        years = [n for n, column in enumerate(self.columns) if column.has_role(ColumnRole.YEAR)]
        for row in rows:
            for units, cell in zip(self.units, row.cells, strict=True):
                if cell.number is not None:
                    units.add(cell.unit)
            self.years.update(int(number) for n in years if (number := row.cells[n].number) is not None)


def _of_units(column: Column, units: set[str | None]) -> Column:
    return column._replace(unit=next(iter(units)) if len(units) == 1 else None)
