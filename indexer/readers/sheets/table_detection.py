"""Where the tables of a sheet lie, and what of each is title, column names, records and notes.

A sheet is cut along its empty rows and columns until no piece has any; a piece that goes on with the numbers of the one
before it belongs to it. In a piece the first record is the first row with a value in a column of numbers: the row of
words above it names the columns, and what fills one cell only, above or below, is a title or a note.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from ...tables.values import parse

SAMPLE = 400
"""Rows from which the columns of numbers are told."""
MAX_HEADER = 4
"""Rows that column names may take up, and rows in which a column of numbers must begin."""
MAX_LABELS = 2
"""Rows of one cell that may stand between the column names and the first record."""
MAX_SLOTS = 4_000_000
"""Cells, empty ones included, of a piece that may be a table."""
MAX_CUTS = 8
"""Cuts inside one another."""
NAMING = re.compile(r"(?:19|20)\d\d|\d{1,2} ?%")
"""Numbers that may name a column of others: years and percentiles."""


class Slot(NamedTuple):
    """A cell in a row: what it says, and where it begins, which is elsewhere for the rest of a merged cell."""

    text: str
    place: tuple[int, int]


Row = Sequence[Slot | None]
Piece = dict[int, dict[int, Slot]]
"""Filled cells by row and column."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What the rows of a table are: titles before ``header``, column names before ``body``, records before ``end``."""

    header: int
    body: int
    end: int


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


def shape(rows: Sequence[Row]) -> Shape | None:
    """What the rows of a piece are, all of one width; None where they are no table."""
    width = len(rows[0]) if rows else 0
    full = [n for n, row in enumerate(rows) if filled(row) > 1]
    if width < 2 or not full:
        return None
    kinds = _kinds(rows)
    valued = next((n for n in full if _has_value(rows[n], kinds)), None)
    body = full[0] + 1 if valued is None else valued
    above = [n for n in range(max(0, body - MAX_LABELS - 1), body) if _could_name(rows[n])]
    if not above:
        body = full[0] if valued is None else valued
    last = max((n for n in full if n >= body and _is_record(rows[n], kinds)), default=body - 1)
    first = above[-1] if above else body
    while first and above and above[-1] - first < MAX_HEADER and _groups(rows[first - 1], rows[first], kinds):
        first -= 1
    return Shape(first, above[-1] + 1 if above else body, last + 1)


def names(header: Sequence[Row]) -> list[list[Slot]]:
    """The cells that name each column, from above, each text once.

    A cell of an upper row that nobody merged stands for the columns to its right as well, up to the next cell.
    """
    spread = [_spread(row, header[n + 1 :]) for n, row in enumerate(header)]
    return [
        list({slot.text: slot for slot in column if slot is not None}.values()) for column in zip(*spread, strict=True)
    ]


def filled(row: Row) -> int:
    """How many cells a row has."""
    return len({slot.place for slot in row if slot is not None})


# Cutting


def _cut(piece: Piece, cuts_left: int) -> Iterator[Piece]:
    """Cut along empty rows, then along empty columns, and the parts again."""
    for band in _bands(piece):
        parts = _parts(band)
        if len(parts) == 1 or not cuts_left:
            yield band
        else:
            for part in parts:
                yield from _cut(part, cuts_left - 1)


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
    kinds = _kinds(rows_of(part))
    if len(_columns(part)) == 1:
        return not kinds and len(part) <= MAX_LABELS
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
    bare: bool
    """Whether nothing stands above its names or records."""


def _facts(piece: Piece) -> _Facts:
    columns, rows = _columns(piece), rows_of(piece)
    found = shape(rows)
    if found is None:
        return _Facts([], set(), [], bare=False)
    header = [[slot.text for slot in named] for named in names(rows[found.header : found.body])]
    return _Facts(columns, {columns[n] for n in _kinds(rows)}, header, found.header == 0)


def _goes_on(head: _Facts, piece: _Facts) -> bool:
    """Whether a piece has the columns of a table before it, numbers where that has some, and no names of its own."""
    if not (piece.bare and piece.numeric and piece.columns[0] == head.columns[0] if head.columns else False):
        return False
    if piece.header:
        return (piece.columns, piece.header) == (head.columns, head.header)
    return piece.numeric <= head.numeric and {*piece.columns} <= {*head.columns}


# What a row is


def _kinds(rows: Sequence[Row]) -> dict[int, str]:
    """The columns of numbers, each with the kind of most of them: from their first value on most cells are values."""
    found = {}
    for n in range(len(rows[0]) if rows else 0):
        cells = [slot.text for row in rows[:SAMPLE] if (slot := row[n]) is not None]
        first = next((k for k, text in enumerate(cells) if _kind(text)), len(cells))
        kinds = Counter(kind for text in cells[first:] if (kind := _kind(text)))
        if 2 * kinds.total() >= len(cells) - first > 0 and first <= max(MAX_HEADER, len(cells) // 2):
            found[n] = kinds.most_common(1)[0][0]
    return found


def _kind(text: str) -> str:
    """The kind of value that a cell is; empty for words."""
    if NAMING.fullmatch(text):
        return "percent" if text.endswith("%") else "year"
    return "number" if parse(text) is not None or parse(text, decimal_comma=True) is not None else ""


def _has_value(row: Row, kinds: Mapping[int, str]) -> bool:
    """Whether a row has a value in a column of numbers: a year above other numbers is a name."""
    found = ((kind, _kind(slot.text)) for n, kind in kinds.items() if (slot := row[n]) is not None)
    return any(own == "number" or (own and own == kind) for kind, own in found)


def _could_name(row: Row) -> bool:
    """Whether most columns have words in a row."""
    words = sum(any(map(str.isalnum, slot.text)) for slot in row if slot is not None)
    return filled(row) > 1 and 2 * words >= len(row)


def _is_record(row: Row, kinds: Mapping[int, str]) -> bool:
    return _has_value(row, kinds) or 2 * filled(row) >= len(row)


def _groups(upper: Row, lower: Row, kinds: Mapping[int, str]) -> bool:
    """Whether a row names groups of the columns that the row below it names: it is merged, or leaves the first out."""
    if _has_value(upper, kinds) or (filled(upper) < 2 and (upper[0] is not None or not _is_merged(upper))):
        return False
    return _is_merged(upper) or _shares(upper, lower) or (upper[0] is None) != (lower[0] is None)


def _is_merged(row: Row) -> bool:
    """Whether a cell stands above several columns, and not all."""
    return 0 < filled(row) < sum(slot is not None for slot in row)


def _shares(upper: Row, lower: Row) -> bool:
    """Whether a cell goes down through both rows."""
    return any(a is not None and b is not None and a.place == b.place for a, b in zip(upper, lower, strict=True))


def _spread(row: Row, below: Sequence[Row]) -> Row:
    if not below or _is_merged(row):
        return row
    found, last = list(row), None
    for n, slot in enumerate(row):
        last = slot or last
        if slot is None and any(other[n] is not None for other in below):
            found[n] = last
    return found
