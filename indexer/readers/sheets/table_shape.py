"""Which rows of a table are titles, column names, records and notes, told by what their cells hold.

The first record is the first row with a value in a column of numbers: the row of words above it names the columns, and
what fills one cell only, above or below, is a title or a note. It is the same for sheets, records of a file, and tables
of a page whose names are not marked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from ....search.text.units import DURATIONS
from ...tables.values import parse

SAMPLED_ROWS = 400
"""Rows from which the columns of numbers are told."""
MAX_HEADER_ROWS = 4
"""Rows that column names may take up, and rows in which a column of numbers must begin."""
MAX_LABELS = 2
"""Rows of one cell that may stand between the column names and the first record."""
COLUMN_SIGNS = frozenset("#№%$€£±+")
"""Signs that name a column where they stand alone."""
TIME_UNITS = frozenset(DURATIONS.values())
"""Units by which a head may say what its column is of: ``53 weeks`` above amounts of money."""
MANY_COLUMNS = 5
"""Columns of numbers of which one may have a number above the first record: that of the table, or of a section."""
MIN_HEADER_WORDS = 2
"""Records of a table of words."""
NAMING = re.compile(r"(?:19|20)\d\d|\d{1,2} ?%")
"""Numbers that may name a column of others: years and percentiles."""
NAMING_KINDS = ("year", "percent")
"""Their kinds; of one such and one other value, the other is what the column holds."""


class Slot(NamedTuple):
    """A cell in a row: what it says, and where it begins, which is elsewhere for the rest of a merged cell."""

    text: str
    place: tuple[int, int]


Row = Sequence[Slot | None]


@dataclass(frozen=True, slots=True)
class Shape:
    """What the rows of a table are: titles before ``header``, column names before ``body``, records before ``end``."""

    header: int
    body: int
    end: int


def shape(rows: Sequence[Row]) -> Shape | None:
    """What the rows of a piece are, all of one width; None where they are no table."""
    width = len(rows[0]) if rows else 0
    full = [n for n, row in enumerate(rows) if filled(row) > 1]
    if width < 2 or not full:
        return None
    kinds = number_kinds(rows)
    enough = len(kinds) // MANY_COLUMNS + 1
    valued = next((n for n in full if _values(rows[n], kinds) >= enough), None)
    body = full[0] + 1 if valued is None else valued
    above = [n for n in range(max(0, body - MAX_LABELS - 1), body) if _could_name(rows[n], kinds)]
    if not above:
        body = full[0] if valued is None else valued
    while (
        above
        and above[-1] == body - 1 < len(rows) - 2
        and _is_merged(rows[body - 1])
        and _shares(*rows[body - 1 : body + 1])
    ):
        above.append(body)
        body += 1
    last = max((n for n in full if n >= body and _is_record(rows[n], kinds)), default=body - 1)
    first = above[-1] if above else body
    while first and above and above[-1] - first < MAX_HEADER_ROWS and _groups(rows[first - 1], rows[first], kinds):
        first -= 1
    return Shape(first, above[-1] + 1 if above else body, last + 1)


def has_figures(rows: Sequence[Row], found: Shape) -> bool:
    """Whether any column of a table holds numbers below its name."""
    return bool(number_kinds(rows[found.body : found.end]))


def is_named(rows: Sequence[Row], found: Shape, *, alone: bool) -> bool:
    """Whether the first row of a table of words names its columns: else it is a list of facts, the first one of them.

    Names stand above every column and are none of the cells below. Of two columns only a table ``alone`` in its file
    is believed, since facts in a sheet look the same.
    """
    body = rows[found.body : found.end]
    if found.header >= found.body or len(body) < MIN_HEADER_WORDS:
        return False
    head = rows[found.body - 1]
    used = [n for n in range(len(head)) if any(row[n] is not None for row in body)]
    if len(used) < 3 and not alone:
        return False
    named = [slot.text for n in used if (slot := head[n]) is not None]
    below = {slot.text for row in body for slot in row if slot is not None}
    return len(named) == len(used) == len(set(named)) and below.isdisjoint(named)


def names(header: Sequence[Row]) -> list[list[Slot]]:
    """The cells that name each column, from above, each text once.

    A cell of an upper row that nobody merged stands for the columns to its right as well, up to the next cell.
    """
    spread: list[Row] = []
    for n, row in enumerate(header):
        spread.append(_spread(row, header[:n], header[n + 1 :]))
    return [
        list({slot.text: slot for slot in column if slot is not None}.values()) for column in zip(*spread, strict=True)
    ]


def filled(row: Row) -> int:
    """How many cells a row has."""
    return len({slot.place for slot in row if slot is not None})


# What a row is


def number_kinds(rows: Sequence[Row]) -> dict[int, str]:
    """The columns of numbers, each with the kind of most of them: from their first value on most cells are values."""
    found = {}
    full = [row for row in rows[:SAMPLED_ROWS] if filled(row) > 1]
    for n in range(len(rows[0]) if rows else 0):
        cells = [slot.text for row in full if (slot := row[n]) is not None and not _reaches_over(row, n)]
        first = next((k for k, text in enumerate(cells) if _kind(text)), len(cells))
        kinds = Counter(kind for text in cells[first:] if (kind := _kind(text)))
        if 2 * kinds.total() >= len(cells) - first > 0 and first <= max(MAX_HEADER_ROWS, len(cells) // 2):
            found[n] = max(kinds, key=lambda kind: (kinds[kind], kind not in NAMING_KINDS))
    return found


def _kind(text: str) -> str:
    """The kind of value that a cell is; empty for words."""
    if text in COLUMN_SIGNS:
        return "sign"
    if NAMING.fullmatch(text):
        return "percent" if text.endswith("%") else "year"
    value = parse(text) or parse(text, decimal_comma=True)
    if value is None:
        return ""
    return value.unit if value.unit in TIME_UNITS else "number"


def _has_value(row: Row, kinds: Mapping[int, str]) -> bool:
    """Whether a row has a value in a column of numbers: a year above other numbers is a name."""
    return _values(row, kinds) > 0


def _values(row: Row, kinds: Mapping[int, str]) -> int:
    """How many values a row has; a percentage alone, above the one column of numbers, is the first of them."""
    found = [
        (kind, _kind(slot.text))
        for n, kind in kinds.items()
        if (slot := row[n]) is not None and not _reaches_over(row, n)
    ]
    lone = len(kinds) == 1
    return sum(own == "number" or (own != "" and own == kind) or (lone and own == "percent") for kind, own in found)


def _could_name(row: Row, kinds: Mapping[int, str]) -> bool:
    """Whether most columns have words in a row, or most of those with numbers and no other."""
    words = sum(any(map(str.isalnum, slot.text)) or slot.text in COLUMN_SIGNS for slot in row if slot is not None)
    above = all(n in kinds for n, slot in enumerate(row) if slot is not None)
    return filled(row) > 1 and (2 * words >= len(row) or (above and 2 * words >= len(kinds)))


def _is_record(row: Row, kinds: Mapping[int, str]) -> bool:
    return _has_value(row, kinds) or 2 * filled(row) >= len(row)


def _groups(upper: Row, lower: Row, kinds: Mapping[int, str]) -> bool:
    """Whether a row names groups of the columns that the row below it names: it is merged, or leaves the first out."""
    if _has_value(upper, kinds) or (filled(upper) < 2 and (upper[0] is not None or not _is_merged(upper))):
        return False
    if upper[0] is None and (filled(upper) < filled(lower) or _completes(upper, lower)):
        return True
    return _is_merged(upper) or _shares(upper, lower) or (upper[0] is None) != (lower[0] is None)


def _completes(upper: Row, lower: Row) -> bool:
    """Whether two rows name columns in turn, each those that the other leaves out."""
    return not any(a is not None and b is not None for a, b in zip(upper, lower, strict=True))


def _is_merged(row: Row) -> bool:
    """Whether a cell stands above several columns, and not all."""
    return 0 < filled(row) < sum(slot is not None for slot in row)


def _reaches_over(row: Row, n: int) -> bool:
    """Whether the cell in a column stands in one beside it as well: it is about several, and no value of one."""
    slot, beside = row[n], (*row[max(0, n - 1) : n], *row[n + 1 : n + 2])
    return slot is not None and any(other is not None and other.place == slot.place for other in beside)


def _shares(upper: Row, lower: Row) -> bool:
    """Whether a cell goes down through both rows."""
    return any(a is not None and b is not None and a.place == b.place for a, b in zip(upper, lower, strict=True))


def _spread(row: Row, above: Sequence[Row], below: Sequence[Row]) -> Row:
    """A row of names with its cells in the columns to their right as well: up to the next cell, here or above.

    The last one goes no further than the others do.
    """
    if not below or _is_merged(row):
        return row
    starts = [n for n, slot in enumerate(row) if slot is not None]
    ends = {n for upper in above for n, slot in enumerate(upper) if slot is not None and _begins(upper, n)}
    found = list(row)
    widest = max((b - a for a, b in pairwise(starts)), default=len(row))
    for start, end in pairwise([*starts, len(row)]):
        for n in range(start + 1, end if end < len(row) else min(end, start + widest)):
            if n in ends:
                break
            if any(other[n] is not None for other in below):
                found[n] = row[start]
    return found


def _begins(row: Row, n: int) -> bool:
    """Whether another cell begins in a column than stands in the one before."""
    before = row[n - 1] if n else None
    return before is None or row[n] is None or before.place != row[n].place  # type: ignore[union-attr]  # neither is None
