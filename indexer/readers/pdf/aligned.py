"""Tables without lines around their cells: short texts that stand in columns, one below the other."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ..html.grids import MAX_COLUMNS
from .bands import begun
from .cells import PdfCell, PdfTable, Record, is_number
from .page import Drawing, Word, whole_rules
from .rows import Row, RowSegment

GRID_WITHIN = 3.0
"""Points within which two ruled lines are one, or meet."""
FILLED = 0.6
"""Share of its columns that a row of a table fills, at least, to show where they stand."""
RIVER = 0.1
"""The least gap between two columns, in type sizes."""
BEGIN_WITHIN = 1.0
"""Points within which words of one column begin."""
OTHER_TYPE = 0.15
"""Share of its size by which the type of one table may differ from row to row."""
PRINTED_BULLET = re.compile(r"[•▪◦●○■□➢✓]\s")
TIGHT = 1.25
"""Type sizes from line to line within a paragraph, at most."""
RECORD_LINES_APART = 1.9
"""Type sizes between two lines of one record of a table, at most."""
MOST_ALIGNED_ROWS = 80
"""Rows that may be a table in part, if they are none as a whole: a page has fewer."""
TOGETHER = 4.0
"""Type sizes between two rows of one table, at most."""
LEAST_NUMBERS = 0.5
"""Share of numbers in a column of numbers, at least."""


Columns = Sequence[tuple[float, float]]
"""From where to where each column reaches."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """A table, the rows that it takes up, and where its columns stand."""

    rows: range
    table: PdfTable
    columns: Columns


def aligned(group: Sequence[Row], drawing: Drawing, open_columns: Columns = ()) -> list[Aligned]:
    """The tables among the rows of a column, from top to bottom.

    ``open_columns`` are those of a table with which the column or page before ended: it may go on here.
    """
    rest = _rest(group, drawing, open_columns) if group and open_columns else None
    found = [rest] if rest is not None else []
    n = rest.rows.stop if rest is not None else 0
    while n < len(group):
        run = _run(group, n)
        floor = found[-1].rows.stop if found else 0
        table = _table(group, run, floor, drawing) if len(run) > 1 else None
        found += [table] if table is not None else []
        n = table.rows.stop if table is not None else run.stop if len(run) > MOST_ALIGNED_ROWS else n + 1
    return found


def _rest(group: Sequence[Row], drawing: Drawing, columns: Columns) -> Aligned | None:
    """The rows at the top that go on in the columns of another page; None where none does or they have their own."""
    cells = _cells(group[0], columns)
    in_place = [_begins(cell.lines[0][-1], *columns[cell.first]) for cell in cells if 0 < cell.first == cell.last]
    if len(cells) < 2 or not any(in_place):
        return None
    run = range(_extended(group, range(1), 0, columns, drawing)[1])
    own, alone = _columns([group[n] for n in run]), _run(group, 0)
    if len(alone) > len(run) and len(_columns([group[n] for n in alone])) != len(columns):
        return None  # these rows belong to those below, which are another table
    return _made(group, run, drawing, own if len(own) == len(columns) else columns)


def _run(group: Sequence[Row], start: int) -> range:
    """The rows from ``start`` on that may be one table: each of several segments, or one line within its width."""
    if len(group[start].segments) < 2 or PRINTED_BULLET.match(group[start].text):
        return range(start, start)
    stop = last = start + 1
    while stop < len(group) and group[stop].base - group[stop - 1].base <= TOGETHER * group[stop].size:
        row = group[stop]
        if not _is_alike(row, group[start]):
            break
        close = row.base - group[stop - 1].base <= RECORD_LINES_APART * row.size
        if len(row.segments) > 1:
            last = stop + 1
        elif not (close and (_is_within(row, group[start:stop]) or _is_between(group, stop))):
            break
        stop += 1
    return range(start, last)


def _is_alike(row: Row, other: Row) -> bool:
    """Whether a row is set in the type of another, and begins with no bullet."""
    return abs(row.size - other.size) <= OTHER_TYPE * row.size and not PRINTED_BULLET.match(row.text)


def _is_within(row: Row, above: Sequence[Row]) -> bool:
    """Whether a row of one segment lies within the width of the table above it."""
    return row.x1 <= max(one.x1 for one in above) + row.size and row.x0 >= min(one.x0 for one in above) - row.size


def _table(group: Sequence[Row], run: range, floor: int, drawing: Drawing) -> Aligned | None:
    """The table of these rows, or None where no columns hold them together; it may begin as early as at ``floor``."""
    columns = _columns([group[n] for n in run])
    if not 2 <= len(columns) <= MAX_COLUMNS:
        return None
    found = _made(group, range(*_extended(group, run, floor, columns, drawing)), drawing, columns)
    return found if _is_table(found.table.records, len(columns)) else None


def _made(group: Sequence[Row], run: range, drawing: Drawing, columns: Columns) -> Aligned:
    members = [group[n] for n in run]
    lines = [_cells(row, columns) for row in members]
    records = tuple(_joined(lines[a:b]) for a, b in _records(members, lines, drawing, columns))
    return Aligned(run, PdfTable(records, len(columns)), columns)


def _extended(group: Sequence[Row], run: range, floor: int, columns: Columns, drawing: Drawing) -> tuple[int, int]:
    """The run with the rows right above and below that fall into its columns, though no wide gap parts them.

    Below it, the lines of a cell that goes on belong to it as well. Nothing does beyond the lines across that the table
    begins and ends with.
    """
    first, last = run.start, run.stop
    drawn = _across(drawing, columns)
    opening = drawn[0] if len(drawn) > 1 and group[run.start].base > drawn[0] else 0.0
    closing = drawn[-1] if len(drawn) > 1 and group[run.start].base < drawn[-1] else float("inf")
    while first > floor and _step(group, first) <= RECORD_LINES_APART and _is_alike(group[first - 1], group[first]):
        is_alone = len(_cells(group[first - 1], columns)) < 2 and not _is_between(group, first - 1)
        if is_alone or group[first - 1].base <= opening < group[first].base:
            break
        first -= 1
    while last < len(group) and _step(group, last) <= RECORD_LINES_APART and _is_alike(group[last], group[last - 1]):
        if group[last - 1].base <= closing < group[last].base:
            break
        cells = _cells(group[last], columns)
        goes_on = cells[0].last == cells[0].first > 0 or (cells[0].last == 0 and _step(group, last) < TIGHT)
        if len(cells) == 1 and not goes_on:
            break
        last += 1
    return first, last


def _is_between(group: Sequence[Row], n: int) -> bool:
    """Whether a row stands between two lines of others, as a name does in the middle of a cell of several lines."""
    return 0 < n < len(group) - 1 and _step(group, n) < 1 and _step(group, n + 1) < 1


def _step(group: Sequence[Row], n: int) -> float:
    """From the row before to row ``n``, in its type sizes."""
    return (group[n].base - group[n - 1].base) / group[n].size


def _columns(members: Sequence[Row]) -> Columns:
    """The widths of the columns: what the rows with many cells cover, cut where a gap runs through all of them.

    Where half of these rows have the most cells, and theirs are more columns, a cell of another reaches over several.
    """
    most = max(len(row.segments) for row in members)
    full = [row for row in members if len(row.segments) >= max(2, FILLED * most)]
    fullest = [row for row in full if len(row.segments) == most]
    columns = _covered(full)
    return max(columns, _covered(fullest), key=len) if 2 * len(fullest) >= max(4, len(full)) else columns


def _covered(full: Sequence[Row]) -> Columns:
    """What the cells of some rows cover, from left to right."""
    covered: list[tuple[float, float]] = []
    for x0, x1, size in sorted((s.x0, s.x1, s.size) for row in full for s in row.segments):
        if covered and x0 - covered[-1][1] < RIVER * size:
            covered[-1] = (covered[-1][0], max(covered[-1][1], x1))
        else:
            covered.append((x0, x1))
    return covered


def _cells(row: Row, columns: Columns) -> Record:
    """A row's cells; a segment that covers several columns is one cell over them."""
    found: list[PdfCell] = []
    for words, end in (part for segment in row.segments for part in _parted(segment, columns)):
        first = next((n for n, (_, x1) in enumerate(columns[:end]) if x1 > words[0].x0 + GRID_WITHIN), end - 1)
        last = max((n for n, (x0, _) in enumerate(columns[:end]) if x0 < words[-1].x1 - GRID_WITHIN), default=first)
        last = max(first, last)
        if found and found[-1].last >= first:
            words, first = (*found[-1].lines[0], *words), found.pop().first
        found.append(PdfCell((words,), first, last))
    return tuple(found)


def _parted(segment: RowSegment, columns: Columns) -> Iterator[tuple[tuple[Word, ...], int]]:
    """A segment's words in parts, each with the column before which it ends.

    A column's words may follow its neighbour's without a wide gap: they begin exactly where the column does, or are a
    number that ends where it does.
    """
    reached = 0
    for column, (x0, x1) in enumerate(columns[1:], start=1):
        if segment.words[reached].x0 >= x0 - GRID_WITHIN:
            continue  # these words are this column's, or a further one's
        starts = (n for n, word in enumerate(segment.words) if n > reached and _begins(word, x0, x1))
        if (start := next(starts, None)) is not None:
            yield segment.words[reached:start], column
            reached = start
    yield segment.words[reached:], len(columns)


def _begins(word: Word, x0: float, x1: float) -> bool:
    return abs(word.x0 - x0) < BEGIN_WITHIN or (abs(word.x1 - x1) < BEGIN_WITHIN and is_number(word.text))


def _records(
    members: Sequence[Row], lines: Sequence[Record], drawing: Drawing, columns: Columns
) -> Iterator[tuple[int, int]]:
    """Which rows make up each record: those between ruled lines, else those that stand close and go on.

    Between two lines there may be several records, one below the other.
    """
    drawn = _across(drawing, columns)
    places = [bisect_right(drawn, row.base - 0.3 * row.size) for row in members]
    ruled = len(set(places)) > 2
    starts = begun(lines, places) if ruled else set[int]()
    steps = [after.base - before.base for before, after in pairwise(members)]
    usual = median(steps) if steps else 0.0
    start, record = 0, lines[0]
    for n in range(1, len(members) + 1):
        goes_on = n < len(members) and (
            places[n] == places[n - 1] and n not in starts and not _is_parted(record, lines[n])
            if ruled
            else steps[n - 1] <= RECORD_LINES_APART * members[n].size
            and not _is_parted(record, lines[n])
            and _continues(record, lines[n], steps[n - 1] < 0.85 * usual)
        )
        if not goes_on:
            yield start, n
            start = n
        if n < len(members):
            record = _joined((record, lines[n])) if goes_on else lines[n]


def _across(drawing: Drawing, columns: Columns) -> list[float]:
    """Where lines are drawn across all columns, from top to bottom."""
    left, right = columns[0][0], columns[-1][1]
    return sorted(
        rule.at
        for rule in whole_rules(drawing.across)
        if rule.start <= left + GRID_WITHIN and rule.end >= right - GRID_WITHIN
    )


def _continues(above: Record, line: Record, is_tight: bool) -> bool:
    """Whether a line without a label of its own goes on in the record above it: in its cells, or beside them all."""
    has_label = line[0].first == 0
    if not has_label and above[0].first == 0 and not _meet(above, line):
        return True
    numbers = any(is_number(cell.text) for cell in line)
    return not numbers and (not has_label or (len(line) == 1 and is_tight) or (is_tight and len(line) < len(above)))


def _is_parted(above: Record, line: Record) -> bool:
    """Whether several cells of a line stand below one cell, as names do below the name of a group of columns.

    That name may be no wider than the first of them: then those of several groups find nothing above them.
    """
    beside = [cell for cell in line if not _meet(above, (cell,))]
    are_names = len(above) > 1 and len(beside) > 1 and not any(is_number(cell.text) for cell in line)
    return are_names or any(
        sum(one.first <= cell.first and cell.last <= one.last for cell in line) > 1 for one in above
    )


def _meet(one: Record, other: Record) -> bool:
    """Whether two lines hold anything in the same column."""
    return any(a.first <= b.last and b.first <= a.last for a in one for b in other)


def _joined(lines: Sequence[Record]) -> Record:
    """One record of the lines that make it up: cells of the same column, one below the other, are one."""
    found: dict[int, PdfCell] = {}
    for line in lines:
        for cell in line:
            at = next((n for n, one in found.items() if one.first <= cell.last and cell.first <= one.last), cell.first)
            if at in found:
                one = found[at]
                found[at] = PdfCell(one.lines + cell.lines, min(one.first, cell.first), max(one.last, cell.last))
            else:
                found[at] = cell
    return tuple(sorted(found.values(), key=lambda cell: cell.first))


def _is_table(records: Sequence[Record], width: int) -> bool:
    """Whether the records hold a column of numbers beside one of something else, or are full in nearly every one.

    Two columns of which the first only counts are a list.
    """
    full = [record for record in records if len(record) >= max(2, FILLED * width)]
    if len(full) < 2:
        return False
    numbers = [sum(is_number(cell.text) for record in full for cell in record if cell.first == n) for n in range(width)]
    counts = [sum(cell.first == n for record in full for cell in record) for n in range(width)]
    numeric = [n for n in range(1, width) if counts[n] and numbers[n] >= LEAST_NUMBERS * counts[n]]
    counted = width == 2 and counts[0] == numbers[0]
    return bool(numeric) or (len(full) > 2 and len(full) >= 0.8 * len(records) and not counted)
