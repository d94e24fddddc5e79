"""Where the tables of a sheet lie, and what of each is title, column names, records and notes.

A sheet is cut along its empty rows and columns until no piece has any; a piece that goes on with the numbers of the one
before it belongs to it. In a piece the first record is the first row with a value in a column of numbers: the row of
words above it names the columns, and what fills one cell only, above or below, is a title or a note.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from ...tables.values import parse
from .table_shape import MAX_HEADER_ROWS, MAX_LABELS, Row, Slot, filled, names, number_kinds, shape

MAX_SLOTS = 4_000_000
"""Cells, empty ones included, of a piece that may be a table."""
MAX_CUTS = 8
"""Cuts inside one another."""

Piece = dict[int, dict[int, Slot]]
"""Filled cells by row and column."""


def pieces(cells: Piece) -> list[Piece]:
    """The pieces of a sheet, in reading order."""
    found: list[Piece] = []
    head: _Facts | None = None
    for piece in _cut(cells, MAX_CUTS):
        facts = _facts(piece)
        if head is not None and _goes_on(head, facts) and not (facts.header and repeats(piece, found[-1])):
            found[-1] |= piece
        else:
            found.append(piece)
            head = facts
    return found


def repeats(piece: Piece, before: Piece) -> bool:
    """Whether all rows of a piece, two at least, say what the first ones of another say."""
    pairs = list(zip(piece.values(), before.values(), strict=False))
    return 1 < len(piece) == len(pairs) and all(_texts(own) == _texts(other) for own, other in pairs)


def _texts(cells: Mapping[int, Slot]) -> list[tuple[int, str]]:
    return [(column, slot.text) for column, slot in sorted(cells.items())]


def rows_of(piece: Piece) -> list[Row]:
    """The rows of a piece, as wide as it has columns in which cells begin; of one too wide, a row for each cell."""
    columns = _columns(piece)
    if len(piece) * len(columns) > MAX_SLOTS:
        return [[cells[n]] for _, cells in sorted(piece.items()) for n in sorted(cells)]
    return [tuple(piece[row].get(column) for column in columns) for row in sorted(piece)]


# Cutting


def _cut(piece: Piece, cuts_left: int) -> Iterator[Piece]:
    """Cut along empty rows, then along empty columns, and the parts again."""
    for band in _with_names(_bands(piece)):
        parts = _parts(band)
        if len(parts) == 1 or not cuts_left:
            yield band
        else:
            for part in parts:
                yield from _cut(part, cuts_left - 1)


def _with_names(bands: Iterable[Piece]) -> Iterator[Piece]:
    """Bands, each with the one above it that names its columns."""
    above: Piece = {}
    for band in bands:
        if above and _names_of(above, _facts(band)):
            above = above | band
            continue
        if above:
            yield above
        above = band
    if above:
        yield above


def _names_of(above: Piece, piece: _Facts) -> bool:
    """Whether a piece of a few words names the columns of the piece below, whose own names do not tell them apart."""
    own = [" ".join(named) for named in piece.header if named]
    rows = [row for row in rows_of(above) if filled(row) > 1]
    if len(set(own)) < len(own) or (not own and piece.numeric):
        under = {column for cells in above.values() for column in cells}
        return (
            0 < len(above) <= MAX_HEADER_ROWS
            and bool(rows)
            and under <= {*piece.columns}
            and not number_kinds(rows[-1:])
        )
    return False


def _bands(piece: Piece) -> Iterator[Piece]:
    """Runs of rows in which cells begin."""
    begun = sorted(row for row, cells in piece.items() if any(slot.place[0] == row for slot in cells.values()))
    for _, run in groupby(enumerate(begun), key=lambda pair: pair[1] - pair[0]):
        yield {row: piece[row] for _, row in run}


def _parts(band: Piece) -> list[Piece]:
    """Runs of columns in which cells begin; one that is no table of its own stays with the run to its left."""
    runs: list[list[int]] = []
    begun = _columns(band)
    if len(begun) * len(band) > MAX_SLOTS:
        return [band]
    for _, run in groupby(enumerate(begun), key=lambda pair: pair[1] - pair[0]):
        columns = [column for _, column in run]
        if runs and not _stands_alone(_slice(band, columns)):
            runs[-1] += columns
        else:
            runs.append(columns)
    return [_slice(band, columns) for columns in runs] if len(runs) > 1 else [band]


def _stands_alone(part: Piece) -> bool:
    """Whether columns beside others are a table or a note of their own: words first, or a few words only."""
    kinds = number_kinds(rows_of(part))
    if len(_columns(part)) == 1:
        said = [slot.text for cells in part.values() for slot in cells.values()]
        return len(part) <= MAX_LABELS and any(parse(text) is None for text in said)
    return 0 not in kinds and any(filled(row) > 1 for row in rows_of(part))


def _slice(band: Piece, columns: Sequence[int]) -> Piece:
    cut = {row: {c: cells[c] for c in columns if c in cells} for row, cells in band.items()}
    return {row: cells for row, cells in cut.items() if any(s.place == (row, c) for c, s in cells.items())}


def _columns(piece: Piece) -> list[int]:
    """The columns in which cells of the piece begin."""
    return sorted(
        {column for row, cells in piece.items() for column, slot in cells.items() if slot.place == (row, column)}
    )


class _Facts(NamedTuple):
    """What tells whether a piece goes on with the one before it: its columns, those of numbers, its column names."""

    columns: list[int]
    numeric: set[int]
    header: list[list[str]]
    """The texts that name each column; empty where nothing does."""
    open: set[int]
    """Those that have a name and nothing below it so far."""
    bare: bool
    """Whether nothing stands above its names or records."""


def _facts(piece: Piece) -> _Facts:
    columns, rows = _columns(piece), rows_of(piece)
    found = shape(rows)
    if found is None:
        return _Facts([], set(), [], set(), bare=False)
    header = [[slot.text for slot in named] for named in names(rows[found.header : found.body])]
    body = rows[found.body :]
    blank = {columns[n] for n, named in enumerate(header) if named and all(row[n] is None for row in body)}
    return _Facts(columns, {columns[n] for n in number_kinds(rows)}, header, blank, found.header == 0)


def _goes_on(head: _Facts, piece: _Facts) -> bool:
    """Whether a piece has the columns of a table before it, numbers where that has some, and no names of its own."""
    if not (piece.bare and piece.numeric and piece.columns[0] == head.columns[0] if head.columns else False):
        return False
    if piece.header:
        return (piece.columns, piece.header) == (head.columns, head.header)
    return piece.numeric <= head.numeric | head.open and {*piece.columns} <= {*head.columns}
