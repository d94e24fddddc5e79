"""A PDF's pages to one flow of lines and tables, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from .aligned import Columns, aligned
from .cells import PdfTable
from .columns import in_reading_order
from .margins import without_margins
from .page import Dot, Page, Word
from .rows import INSET, Row, rows
from .ruled import boxes, grids, is_within, table


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a column: where it stands, and how far the column's lines reach to the right."""

    page: int
    column: int
    """A number of its own for every column of every page."""
    row: Row
    right: float
    bullet: float | None = None
    """Where a bullet is drawn before it, from the left."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A table and the page that it stands on."""

    page: int
    table: PdfTable
    columns: Columns = ()
    """Where they stand, if no lines part them."""


@dataclass(frozen=True, slots=True)
class Flow:
    """What is read, in order, and the rows at the pages' edges that are not."""

    parts: list[Line | Placed]
    margins: list[tuple[int, str]]


Held = PdfTable | list[Word]
"""What lines enclose: a table, or the words of a box."""


def flow(pages: Sequence[Page]) -> Flow:
    """The lines and tables of all pages."""
    parts: list[Line | Placed] = []
    margins: list[tuple[int, str]] = []
    columns = count(1)
    for page, (words, edges) in zip(pages, without_margins(pages), strict=True):
        margins += [(page.number, row.text) for row in edges]
        rest, held = _enclosed(words, page)
        for group in in_reading_order(rest, page.drawing.across):
            open_columns = parts[-1].columns if parts and isinstance(parts[-1], Placed) else ()
            parts += _column(page, columns, group, held, open_columns)
    return Flow(parts, margins)


def _enclosed(words: Sequence[Word], page: Page) -> tuple[list[Word], dict[int, Held]]:
    """The words, with one that is empty in the place of what lines enclose, and that by their words' identity."""
    rest, held = list(words), dict[int, Held]()
    frames = [(grid, True) for grid in grids(page.drawing)] + [(box, False) for box in boxes(page.drawing)]
    for grid, is_table in frames:
        inside = [word for word in rest if is_within(word, grid)]
        found = table(grid, inside) if is_table else inside
        if found:
            gone = {id(word) for word in inside}
            place = Word("", grid.xs[0], grid.xs[-1], inside[0].base, inside[0].size, bold=False)
            rest = [place, *(word for word in rest if id(word) not in gone)]
            held[id(place)] = found
    return rest, held


def _column(
    page: Page, columns: Iterator[int], words: Sequence[Word], held: Mapping[int, Held], open_columns: Columns = ()
) -> Iterator[Line | Placed]:
    column = next(columns)
    group = rows((word for word in words if id(word) not in held), page.drawing.down)
    right = max((row.x1 for row in group), default=0.0)
    places = sorted((word.base, word.x0, id(word)) for word in words if id(word) in held)
    for base, _, place in [*places, (float("inf"), 0.0, 0)]:
        above = [row for row in group if row.base < base]
        yield from _unruled(page, column, above, right, open_columns)
        group, open_columns = group[len(above) :], ()
        found = held.get(place)
        if isinstance(found, PdfTable):
            yield Placed(page.number, found)
        elif found:
            yield from _column(page, columns, found, {})
            column = next(columns)


def _unruled(
    page: Page, column: int, group: Sequence[Row], right: float, open_columns: Columns
) -> Iterator[Line | Placed]:
    reached = 0
    for found in aligned(group, page.drawing, open_columns):
        yield from (_line(page, column, row, right) for row in group[reached : found.rows.start])
        yield Placed(page.number, found.table, found.columns)
        reached = found.rows.stop
    yield from (_line(page, column, row, right) for row in group[reached:])


def _line(page: Page, column: int, row: Row, right: float) -> Line:
    return Line(page.number, column, row, right, _bullet(row, page.drawing.dots))


def _bullet(row: Row, dots: Sequence[Dot]) -> float | None:
    """Where a bullet is drawn for a row, close before its first word and on its line."""
    return next(
        (
            dot.x0 for dot in dots
            if row.base - row.size < dot.middle < row.base + 0.2 * row.size
            and 0 <= row.x0 - dot.x1 <= INSET * row.size
        ),
        None,
    )  # fmt: skip
