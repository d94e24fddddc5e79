"""Passages and table rows on their way into the catalog: what is stored of each, and what the engine finds it by."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ...search.column_kinds import ColumnRole
from ...search.model import Lines, PassageKind, Span
from ...search.store.engines.base import Field
from ...search.store.records import pack_cells, pack_columns, pack_place
from ...search.text.tokenizer import index_stems
from ..document import ParsedGuide, ParsedPassage, ParsedRow, ParsedTable

Record = tuple[object, ...]
"""A row of one of the catalog's tables."""


@dataclass(frozen=True, slots=True)
class EngineEntry:
    """One passage as the engine needs it."""

    passage: int
    stems: Sequence[str]
    field: Field


@dataclass(frozen=True, slots=True)
class StoredPiece:
    """A passage or table row; its place counts within the text that it is stored with."""

    kind: PassageKind
    headings: tuple[str, ...]
    span: Span
    lines: Lines
    table: int = 0
    number: int = 0
    """Of a row: its table's number and its own in it, from 1."""
    row: ParsedRow | None = None
    title: str = ""
    """Of a row: its table's title."""
    in_words: bool = False
    """Whether it is a row of a table that measures nothing, and is found as prose is."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Where in its document a text stands: how many code points and lines come before it."""

    start: int = 0
    line: int = 0

    def place(self, span: Span, lines: Lines) -> tuple[int, int, int, int]:
        """A span and its lines as they count in the document."""
        return span[0] + self.start, span[1] + self.start, lines[0] + self.line, lines[1] + self.line


def prose(passages: Iterable[ParsedPassage]) -> Iterator[StoredPiece]:
    """Passages that are no rows."""
    return (StoredPiece(p.kind, p.headings, p.span, p.lines) for p in passages)


def rows(guide: ParsedGuide, first: int) -> Iterator[StoredPiece]:
    """The rows of a guide's tables, which are numbered from ``first`` on."""
    for table_number, table in enumerate(guide.tables, start=first):
        for number, row in enumerate(table.rows, start=1):
            yield StoredPiece(
                "row",
                table.headings,
                row.span,
                row.lines,
                table_number,
                number,
                row,
                table.title,
                not table.measures,
            )


def entry(number: int, piece: StoredPiece, title: str, text: str) -> EngineEntry:
    """What a passage of a document with this title, or a row, is found by."""
    if piece.row is None or piece.in_words:
        return _prose_entry(number, title, piece.headings, text[slice(*piece.span)])
    return _row_entry(number, piece.title, (cell.text for cell in piece.row.cells))


def stored_entry(
    number: int, title: str, headings: str, text: Callable[[], str], row: tuple[str, str, str] | None
) -> EngineEntry:
    """The same from what is stored; of a row also its cells, and its table's title and columns."""
    if row is None:
        return _prose_entry(number, title, json.loads(headings), text())
    cells, table, columns = row
    if all(role != ColumnRole.MEASURE for _, role, *_ in json.loads(columns)):
        return _prose_entry(number, title, json.loads(headings), text())
    return _row_entry(number, table, (cell for cell, *_ in json.loads(cells)))


def _prose_entry(number: int, title: str, headings: Iterable[str], text: str) -> EngineEntry:
    return EngineEntry(number, index_stems("\n".join((*dict.fromkeys((title, *headings)), text))), "text")


def _row_entry(number: int, title: str, cells: Iterable[str]) -> EngineEntry:
    return EngineEntry(number, index_stems("\n".join((title, *cells))), "row")


def long_entry(number: int, title: str, text: Callable[[], str], cells: str | None) -> EngineEntry:
    """The same of a guide that was read in parts. Its rows are found by their words alone: each number of a huge table
    would be a word of its own."""
    if cells is None:
        return EngineEntry(number, [*_stems(title), *index_stems(text())], "text")
    words = [title, *(cell for cell, _, _, value, _, mark, *_ in json.loads(cells) if value is None and mark is None)]
    return EngineEntry(number, [stem for cell in words for stem in _stems(cell)], "row")


@lru_cache(maxsize=65_536)
def _stems(text: str) -> tuple[str, ...]:
    return tuple(index_stems(text))


def passage_record(number: int, document: int, piece: StoredPiece, shift: Shift) -> Record:
    """A row of ``passages``."""
    above = json.dumps(piece.headings, ensure_ascii=False)
    place = shift.place(piece.span, piece.lines)
    return (number, document, piece.kind, above, *place, None if piece.row is None else number)


def table_record(number: int, document: int, name: str, table: ParsedTable, rows: int) -> Record:
    """A row of ``tables``."""
    above = json.dumps(table.headings, ensure_ascii=False)
    place = (*table.span, *table.lines, table.year, json.dumps(table.header))
    return (number, document, name, table.title, above, pack_columns(table.columns), rows, *place, table.label)


def stem_records(number: int, table: ParsedTable, title: str) -> Iterator[Record]:
    """Rows of ``table_stems``, of a table in a document with this title."""
    heads = " ".join(column.name for column in table.columns)
    above = " ".join((title, table.title, *table.headings))
    for in_head, text in ((True, heads), (False, above)):
        yield from ((stem, in_head, number) for stem in sorted(set(index_stems(text))))


def row_record(number: int, piece: StoredPiece, row: ParsedRow, shift: Shift) -> Record:
    """A row of ``rows``."""
    place = shift.place(row.span, row.lines)
    held = (pack_place(row.place), pack_cells(row.cells, row.span[0]), row.whole)
    return (number, piece.table, piece.number, *place, *held)
