"""Workbooks as text: each sheet under its name, the tables found in it, and around them titles and notes as prose."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain, islice, takewhile

from ....search.errors import SourceError
from ....search.model import Doubt, Span
from ....search.text.line_index import LineIndex
from ...dates import iso_date
from ...document import CellText, ExtractedDocument, TableGrid
from ..text.heading_rules import MAX_TITLE, is_title
from ..text_builder import Writer
from .cells import Sheet, Workbook
from .table_detection import Piece, pieces, repeats, rows_of
from .table_shape import Row, Shape, Slot, has_figures, is_named, names, shape

HIDDEN_SHEET = "hidden sheet"
REPEATED = "repeats the table above"
MAX_TITLE_ROWS = 3
MAX_SPREAD = 200_000
"""Cells of a sheet that merged ones may take up."""


def reading(book: Workbook) -> ExtractedDocument:
    """The text and blocks of a workbook. What is hidden is dropped, what cannot be read is doubted."""
    sheets = [sheet for sheet in book.sheets if sheet.rows]
    if not sheets:
        raise SourceError("no sheet of it holds anything", "put something in it or leave it out")
    writer = Writer()
    said: list[tuple[Span, str]] = [((0, 0), _counted(*item)) for item in book.oddities.items()]
    for sheet in sheets:
        start = len(writer.blocks)
        _write(writer, sheet)
        place = writer.blocks[min(start, len(writer.blocks) - 1)].span  # hidden sheets beside each other are one piece
        said += [(place, f"sheet “{sheet.name}”: {_counted(*each)}") for each in sheet.oddities.items() if each[1]]
    text = writer.text()
    lines = LineIndex(text)
    doubts = tuple(Doubt("doubt", reason, span, lines.lines(span)) for span, reason in said)
    return ExtractedDocument(text, tuple(writer.blocks), book.title, iso_date(book.date or ""), doubts)


def _counted(what: str, count: int) -> str:
    return f"{what} ({count:,})"


def _write(writer: Writer, sheet: Sheet) -> None:
    """A sheet's name, then what it holds."""
    name = " ".join(sheet.name.split()) or "Sheet"
    if sheet.hidden:
        for line in (name, *(" ".join(cells[n] for n in sorted(cells)) for _, cells in sorted(sheet.rows.items()))):
            writer.drop(line, HIDDEN_SHEET)
        return
    writer.heading(name, 1, name)
    _pieces(writer, pieces(_slots(sheet)))


def _pieces(writer: Writer, found: Sequence[Piece]) -> None:
    """Tables and prose; what could be a title waits for the table below it, and a table given again is dropped."""
    titles: list[Row] = []
    before: Piece = {}
    for piece in found:
        rows = rows_of(piece)
        table = shape(rows)
        if table is not None and not has_figures(rows, table) and not is_named(rows, table, alone=len(found) == 1):
            table = Shape(table.header, table.header, table.end)
        if table is None:
            _prose(writer, titles)
            titles = rows if _is_title(rows) else _prose(writer, rows)
        elif repeats(piece, before):
            for row in rows:
                writer.drop(" ".join(_said(row)), REPEATED)
        else:
            _piece(writer, titles, rows, table)
            titles, before = [], piece
    _prose(writer, titles)


def _slots(sheet: Sheet) -> Piece:
    """The cells of a sheet, merged ones in every row and column that they stand in and others begin in."""
    found = {row: {c: Slot(text, (row, c)) for c, text in cells.items()} for row, cells in sheet.rows.items()}
    columns = sorted({column for cells in sheet.rows.values() for column in cells})
    rows = sorted(sheet.rows)
    left = MAX_SPREAD
    for top, first, bottom, last in sheet.merged:
        slot = found.get(top, {}).get(first)
        if slot is None or left <= 0:
            continue
        for row in _between(rows, top, bottom):
            for column in _between(columns, first, last):
                left -= 1
                found[row].setdefault(column, slot)
    return found


def _between(numbers: Sequence[int], first: int, last: int) -> Iterator[int]:
    start = bisect_left(numbers, first)
    return takewhile(lambda number: number <= last, islice(numbers, start, start + MAX_SPREAD))


def _is_title(rows: Sequence[Row]) -> bool:
    """Whether a piece that is no table could be the title of one below it."""
    return len(rows) <= MAX_TITLE_ROWS and all(is_title(" ".join(_said(row))) for row in rows)


def _piece(writer: Writer, titles: list[Row], rows: Sequence[Row], found: Shape) -> None:
    """A table with its titles, and what stands above and below it as prose."""
    above = [*titles, *rows[: found.header]]
    captions = list(takewhile(_is_caption, reversed(above)))[::-1]
    _prose(writer, above[: len(above) - len(captions)])
    _table(writer, captions, rows[found.header : found.body], rows[found.body : found.end])
    _prose(writer, rows[found.end :])


def _is_caption(row: Row) -> bool:
    return sum(map(len, _said(row))) <= MAX_TITLE


def _prose(writer: Writer, rows: Sequence[Row]) -> list[Row]:
    """Writes a paragraph for each row; nothing is left of them."""
    for row in rows:
        writer.paragraph(" ".join(_said(row)))
    return []


def _said(row: Row) -> list[str]:
    """What the cells of a row say, each once."""
    return list({slot.place: slot.text for slot in row if slot is not None}.values())


def _table(writer: Writer, captions: Sequence[Row], header: Sequence[Row], records: Sequence[Row]) -> None:
    """A line for each title and row of a table; a merged cell stands where it begins."""
    begun: set[tuple[int, int]] = set()
    lines: list[list[Slot | None]] = [[slot for slot in _begun(row, begun) if slot] for row in captions]
    lines += [_trimmed(_begun(row, begun)) for row in (*header, *records)]
    span, written = writer.rows("", [[slot.text if slot else "" for slot in line] for line in lines])
    cells = {slot.place: cell for slot, cell in zip(chain(*lines), written, strict=True) if slot}
    empty = CellText("", (span[0], span[0]))

    def cell(slot: Slot | None) -> CellText:
        return cells.get(slot.place, empty) if slot else empty

    grid = TableGrid(
        tuple(_name([cell(slot) for slot in column], empty) for column in names(header)),
        tuple(tuple(map(cell, row)) for row in records),
        " ".join(text for row in captions for text in _said(row)),
    )
    writer.table(span, grid)


def _begun(row: Row, begun: set[tuple[int, int]]) -> list[Slot | None]:
    """The cells of a row that begin in it, None in the place of the others."""
    found: list[Slot | None] = []
    for slot in row:
        found.append(None if slot is None or slot.place in begun else slot)
        begun |= {slot.place} if slot else set()
    return found


def _trimmed(line: list[Slot | None]) -> list[Slot | None]:
    while line and line[-1] is None:
        line.pop()
    return line


def _name(named: Sequence[CellText], empty: CellText) -> CellText:
    """A column's name over several rows, at the place of the lowest."""
    return CellText(" ".join(cell.text for cell in named), named[-1].span) if named else empty
