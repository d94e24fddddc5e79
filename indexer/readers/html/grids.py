"""HTML tables to grids: spans expanded, header rows told from records, layout told from data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...document import CellText, TableGrid
from ..sheets.table_shape import Slot, has_figures, is_named, shape
from ..sheets.table_shape import names as column_names
from .boilerplate import Regions, walk
from .element_names import ELEMENTS, names
from .elements import Element

LAYOUT_ROLES = ELEMENTS.words("roles of layout")
MAX_COLUMNS = 64
"""A wider table, or one whose cells span further, is no table for reading."""
MAX_ROWSPAN = 1_000
CELL_TAGS = ("td", "th")
TABLE_SECTIONS = ("thead", "tbody", "tfoot")
LAYOUT = names("table ul ol dl h1 h2 h3 h4 h5 h6 pre form")
"""Elements whose presence in a cell says that the table only arranges the page."""


@dataclass(frozen=True, slots=True)
class GridSlot:
    """One column of one row: the number of the cell that fills it, and whether the cell begins in this row."""

    cell: int
    own: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """A data table: its cells in document order and the slots that they fill.

    The first ``title_rows`` rows hold one cell each that spans the table, the next ``header_rows`` the column names,
    as far as they are marked as such.
    """

    cells: tuple[Element, ...]
    rows: tuple[tuple[GridSlot | None, ...], ...]
    title_rows: int
    header_rows: int

    def own_cells(self) -> list[list[int]]:
        """The numbers of the cells that begin in each row."""
        return [sorted({slot.cell for slot in row if slot is not None and slot.own}) for row in self.rows]


def layout(table: Element, regions: Regions) -> Layout | None:
    """The layout of a data table; None for a table that only arranges the page, has no two columns, or is malformed."""
    rows = list(_rows(table, regions))
    cells = [cell for row in rows for cell in row]
    if table.get("role") in LAYOUT_ROLES or not cells or _is_layout(table, cells, regions):
        return None
    slots = _expanded(rows)
    if slots is None or max(map(len, slots)) < 2:
        return None
    titles = _title_rows(slots)
    return Layout(tuple(cells), tuple(slots), titles, _header_rows(rows[titles:]))


def headed_columns(table: Element, regions: Regions) -> list[list[Element]]:
    """The columns of a grid of lists, each a header cell and the cells below it; none where it is none.

    Such a grid is read down: its lists belong to the name above them, and not to the list beside.
    """
    rows = list(_rows(table, regions))
    width = len(rows[0]) if rows else 0
    is_even = len(rows) > 1 and width > 1 and all(len(row) == width for row in rows)
    spans = any(cell.attributes.keys() & {"colspan", "rowspan"} for row in rows for cell in row)
    if not is_even or spans or _header_rows(rows) != 1:
        return []
    holds_list = any(isinstance(tag, Element) and tag.is_a("ul", "ol") for cell in rows[1] for tag in cell.below())
    return [list(column) for column in zip(*rows, strict=True)] if holds_list else []


def facts(found: Layout) -> bool:
    """Whether a table is a list of facts: two columns without names, the first of header cells or with colons."""
    first = [found.cells[row[0].cell] for row in found.rows[found.title_rows :] if row and row[0] is not None]
    wide = any(len(row) > 2 for row in found.rows)
    are_named = all(cell.is_a("th") for cell in first) or all(cell.said().endswith(":") for cell in first)
    return not wide and not found.header_rows and are_named


def grid(found: Layout, cells: Sequence[CellText], caption: str) -> TableGrid:
    """The grid of a table whose cells stand in the text as given, one for each of the layout's."""
    width = max(map(len, found.rows))
    empty = CellText("", (cells[0].span[0],) * 2)
    aligned = [
        tuple(cells[slot.cell] if slot is not None else empty for slot in (*row, *[None] * (width - len(row))))
        for row in found.rows
    ]
    titles, head = found.title_rows, found.title_rows + found.header_rows
    header = tuple(_name(column) for column in zip(*aligned[titles:head], strict=True))
    if not found.header_rows:
        titles, head, header = _unmarked(found, aligned)
    above = (" ".join(dict.fromkeys(filter(None, (cell.text for cell in row)))) for row in aligned[:titles])
    records = tuple(row for row in aligned[head:] if any(cell.text for cell in row))
    return TableGrid(header, records, " ".join(filter(None, (caption, *above))))


def _unmarked(found: Layout, aligned: Sequence[Sequence[CellText]]) -> tuple[int, int, tuple[CellText, ...]]:
    """Where column names begin and end, and these, where none is marked as one: told as in a sheet, by the cells."""
    start = found.title_rows
    places = {cell.span: cell for row in aligned for cell in row}
    rows = [tuple(Slot(cell.text, cell.span) if cell.text else None for cell in row) for row in aligned[start:]]
    said = shape(rows)
    if said is None or not (has_figures(rows, said) or is_named(rows, said, alone=False)):
        return start, start, ()
    columns = ([places[slot.place] for slot in column] for column in column_names(rows[said.header : said.body]))
    return start + said.header, start + said.body, tuple(_name(column or [aligned[0][0]]) for column in columns)


def _name(column: Sequence[CellText]) -> CellText:
    """A column's name over several header rows: their texts, each once, at the place of the lowest."""
    named = [cell for cell in column if cell.text]
    text = " ".join(dict.fromkeys(cell.text for cell in named))
    return CellText(text, named[-1].span) if named else CellText("", column[-1].span)


def _children(tag: Element, regions: Regions) -> list[Element]:
    return [child for child in tag.children() if regions.is_shown(child)]


def _rows(table: Element, regions: Regions) -> Iterator[list[Element]]:
    """The cells of each row of a table itself, in document order; cells that stand outside of any row make one."""
    stray: list[Element] = []
    for child in _children(table, regions):
        inside = _children(child, regions) if child.name in TABLE_SECTIONS else [child]
        for tag in inside:
            if tag.name in CELL_TAGS:
                stray.append(tag)
                continue
            if stray:
                yield stray
                stray = []
            if tag.is_a("tr"):
                yield [cell for cell in _children(tag, regions) if cell.name in CELL_TAGS]
    if stray:
        yield stray


def _is_layout(table: Element, cells: Sequence[Element], regions: Regions) -> bool:
    """Whether cells hold structure of their own, or text of the table stands outside of all cells."""
    held = sum(regions.of(cell).text for cell in cells)
    held += sum(regions.of(child).text for child in _children(table, regions) if child.is_a("caption"))
    if held != regions.of(table).text:
        return True
    return any(tag.name in LAYOUT for cell in cells for tag, _ in walk(cell, regions) if isinstance(tag, Element))


def _expanded(rows: Sequence[Sequence[Element]]) -> list[tuple[GridSlot | None, ...]] | None:
    """Every row with a slot for each column, spans filled in (HTML, 4.9.12); None for a table that is too wide."""
    found: list[tuple[GridSlot | None, ...]] = []
    below: dict[int, tuple[GridSlot, int]] = {}
    number = 0
    for members in rows:
        slots: dict[int, GridSlot] = {column: slot for column, (slot, _) in below.items()}
        below = {column: (slot, left - 1) for column, (slot, left) in below.items() if left > 1}
        column = 0
        for cell in members:
            while column in slots:
                column += 1
            width, height = _span(cell, "colspan", MAX_COLUMNS), _span(cell, "rowspan", MAX_ROWSPAN)
            for n in range(column, column + width):
                slots.setdefault(n, GridSlot(number, own=True))
                if height > 1:
                    below[n] = (GridSlot(number, own=False), height - 1)
            number += 1
        if slots and max(slots) >= MAX_COLUMNS:
            return None
        found.append(tuple(slots.get(n) for n in range(max(slots, default=-1) + 1)))
    return found


def _span(cell: Element, name: str, most: int) -> int:
    value = cell.attributes.get(name, "1").strip()
    return min(max(int(value), 1), most) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def _title_rows(slots: Sequence[tuple[GridSlot | None, ...]]) -> int:
    """How many rows at the top are one cell across the table, with others below."""
    width = max(map(len, slots))
    count = 0
    for row in slots[:-1]:
        if len(row) < width or len({slot.cell for slot in row if slot is not None}) != 1:
            break
        count += 1
    return count


def _header_rows(rows: Sequence[Sequence[Element]]) -> int:
    """How many rows at the top are marked as column names: those of a thead, or of header cells only."""
    count = 0
    for cells in rows:
        in_head = any(above.is_a("thead") for above in cells[0].parents()) if cells else False
        names_group = count > 0 and len(cells) == 1 and not in_head
        if not cells or names_group or not (in_head or all(cell.is_a("th") for cell in cells)):
            break
        count += 1
    return 0 if count == len(rows) else count
