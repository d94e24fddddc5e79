"""Tables between ruled lines: cells are what the lines enclose, however many lines of text each holds."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from ..html.grids import MAX_COLUMNS
from .bands import BandCell, in_records
from .cells import PdfTable
from .page import Drawing, Rule, Word
from .rows import Row, rows

RULES_WITHIN = 3.0
"""Points within which two ruled lines are one, or meet."""
MAX_RULES = 3_000
"""Of one direction on a page: of more, they draw a picture."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Lines that meet: where they stand, from left to right and from top to bottom, and the lines themselves."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    across: tuple[Rule, ...]
    down: tuple[Rule, ...]


def grids(drawing: Drawing) -> list[Grid]:
    """The grids on a page, of two rows and two columns at least, none within another."""
    found = [_grid(group) for group in _meeting(drawing.across[:MAX_RULES], drawing.down[:MAX_RULES])]
    large = sorted((g for g in found if min(len(g.xs), len(g.ys)) > 2 and len(g.xs) <= MAX_COLUMNS), key=_extent)
    return [g for n, g in enumerate(large) if not any(_holds(other, g) for other in large[n + 1 :])]


def boxes(drawing: Drawing) -> list[Grid]:
    """Frames of a single cell that stand side by side with others, as on a form, each a whole for its reader."""
    found = [_grid(group) for group in _meeting(drawing.across[:MAX_RULES], drawing.down[:MAX_RULES])]
    frames = sorted((g for g in found if len(g.xs) == len(g.ys) == 2), key=_extent)
    within = [
        g for n, g in enumerate(frames) if not any(_holds(other, g) for other in (*frames[n + 1 :], *grids(drawing)))
    ]
    return [g for g in within if any(_is_beside(g, other) for other in within)]


def table(grid: Grid, words: Sequence[Word]) -> PdfTable | None:
    """The table that a grid and the words within it make; None where fewer than two of its cells hold any."""
    held: dict[tuple[int, int], list[Word]] = {}
    cells = _enclosed(grid)
    for word in words:
        column = bisect_right(grid.xs, (word.x0 + word.x1) / 2) - 1
        row = bisect_right(grid.ys, word.base - 0.3 * word.size) - 1
        held.setdefault(cells[row, column][:2], []).append(word)
    if len(held) < 2:
        return None
    bands: list[list[BandCell]] = [[] for _ in grid.ys[1:]]
    for (row, column), (top, left, height, width) in sorted(cells.items()):
        if (row, column) == (top, left) and held.get((row, column)):
            bands[row] += _cells(rows(held[row, column]), range(column, column + width), height, grid.xs)
    reaches = ((row, cell.height) for row, band in enumerate(bands) for cell in band)
    tall = {n for row, height in reaches if height > 1 for n in range(row, row + height)}
    records = tuple(record for n, band in enumerate(bands) if band for record in in_records(band, whole=n in tall))
    return PdfTable(records, len(grid.xs) - 1)


def _cells(lines: Sequence[Row], columns: range, height: int, xs: Sequence[float]) -> list[BandCell]:
    """The cells of what lines enclose: one, or one for each column where no line parts them, and wide gaps do."""
    pieces: dict[int, list[Row]] = {}
    for row in lines:
        for segment in row.segments:
            first, last = (
                bisect_right(xs, segment.x0 + RULES_WITHIN) - 1,
                bisect_left(xs, segment.x1 - RULES_WITHIN) - 1,
            )
            pieces.setdefault(first if first == last else -1, []).append(Row((segment,), row.base))
    if len(pieces) < 2 or -1 in pieces:
        return [BandCell(lines, columns[0], columns[-1], height)]
    return [BandCell(found, column, column, height) for column, found in sorted(pieces.items())]


def is_within(word: Word, grid: Grid) -> bool:
    """Whether a word stands within a grid."""
    x, y = (word.x0 + word.x1) / 2, word.base - 0.3 * word.size
    return grid.xs[0] < x < grid.xs[-1] and grid.ys[0] < y < grid.ys[-1]


def _meeting(across: Sequence[Rule], down: Sequence[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Groups of lines that meet, directly or through others."""
    ordered = sorted(down, key=attrgetter("at"))
    places = [rule.at for rule in ordered]
    group = list(range(len(ordered)))
    members: dict[int, tuple[list[Rule], list[int]]] = {n: ([], [n]) for n in group}
    for rule in across:
        near = range(bisect_left(places, rule.start - RULES_WITHIN), bisect_right(places, rule.end + RULES_WITHIN))
        met = sorted(
            {group[n] for n in near if ordered[n].start - RULES_WITHIN <= rule.at <= ordered[n].end + RULES_WITHIN}
        )
        for other in met[1:]:
            lines, numbers = members.pop(other)
            members[met[0]][0].extend(lines)
            members[met[0]][1].extend(numbers)
            for n in numbers:
                group[n] = met[0]
        if met:
            members[met[0]][0].append(rule)
    for lines, numbers in members.values():
        yield lines, [ordered[n] for n in numbers]


def _grid(lines: tuple[list[Rule], list[Rule]]) -> Grid:
    across, down = lines
    return Grid(_places(down), _places(across), tuple(across), tuple(down))


def _places(rules: Sequence[Rule]) -> tuple[float, ...]:
    """Where lines stand; those that nearly touch are one."""
    found: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not found or at - found[-1] > RULES_WITHIN:
            found.append(at)
    return tuple(found)


def _extent(grid: Grid) -> float:
    return (grid.xs[-1] - grid.xs[0]) * (grid.ys[-1] - grid.ys[0])


def _holds(outer: Grid, inner: Grid) -> bool:
    wide = outer.xs[0] - RULES_WITHIN <= inner.xs[0] and inner.xs[-1] <= outer.xs[-1] + RULES_WITHIN
    return wide and outer.ys[0] - RULES_WITHIN <= inner.ys[0] and inner.ys[-1] <= outer.ys[-1] + RULES_WITHIN


def _is_beside(one: Grid, other: Grid) -> bool:
    """Whether the middle of each is as high as a part of the other, and neither reaches over the other."""
    level = all(a.ys[0] < (b.ys[0] + b.ys[-1]) / 2 < a.ys[-1] for a, b in ((one, other), (other, one)))
    return level and (one.xs[-1] <= other.xs[0] or other.xs[-1] <= one.xs[0])


def _enclosed(grid: Grid) -> dict[tuple[int, int], tuple[int, int, int, int]]:
    """For each place of the grid, by row and column, its cell: first row, first column, height, width."""
    found: dict[tuple[int, int], tuple[int, int, int, int]] = {}
    walls, floors = _Lines(grid.down, grid.xs), _Lines(grid.across, grid.ys)
    height, width = len(grid.ys) - 1, len(grid.xs) - 1
    for row in range(height):
        for column in range(width):
            if (row, column) in found:
                continue
            right, bottom = column + 1, row + 1
            while right < width and (row, right) not in found and not walls.has(right, *grid.ys[row : row + 2]):
                right += 1
            while bottom < height and not floors.has(bottom, *grid.xs[column : column + 2]):
                bottom += 1
            cell = (row, column, bottom - row, right - column)
            found |= {(r, c): cell for r in range(row, bottom) for c in range(column, right)}
    return found


class _Lines:
    """Lines of one direction, by their place."""

    def __init__(self, rules: Sequence[Rule], places: Sequence[float]) -> None:
        self._at: dict[int, list[Rule]] = {}
        for rule in rules:
            self._at.setdefault(bisect_right(places, rule.at) - 1, []).append(rule)

    def has(self, number: int, start: float, end: float) -> bool:
        """Whether a line is drawn at a place along the middle between two others."""
        middle = (start + end) / 2
        return any(rule.start <= middle <= rule.end for rule in self._at.get(number, ()))
