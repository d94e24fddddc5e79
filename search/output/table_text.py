"""Tables as text for a terminal: the list of them, and rows in columns that fit its width."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from ..model import Cell, Column, Document, Table, TableRow
from ..tables.row_filter import Selection
from ..text.amounts import figure
from .drawn_text import COLUMN_GAP, shared_room
from .table_summary import askable
from .terminal import Terminal, bold, clean, columns, dim, place

MIN_WORDS_WIDTH, MIN_NUMBERS = 12, 16
"""Columns of the terminal that a long column of words, or of numbers, gets at least."""
MAX_SHOWN_CELL = 300
"""Characters that are shown of a cell; CSV and JSON have all of them."""
ROLE_RANKS = {"place": 0, "occupation": 0, "year": 1, "pay type": 1, "label": 2, "measure": 3, "code": 4}
"""Which columns are shown first where there is no room for all; those that were asked by go before them."""

_PIECE = re.compile(r"[^\s-]+-*\s*|-+\s*|\s+")


class Shown(NamedTuple):
    """A table's rows as text, and the names of the columns for which there was no room."""

    text: str
    hidden: tuple[str, ...]


def render_tables(tables: Sequence[Table], documents: Mapping[int, Document], terminal: Terminal) -> str:
    """Each table with its size, its place, and what it can be asked for."""
    return "\n\n".join(_entry(table, documents[table.document], terminal) for table in tables)


def render_rows(table: Table, document: Document, found: Selection, wanted: Sequence[int], terminal: Terminal) -> Shown:
    """These columns of the rows, under the table's title and place; signs for missing numbers are explained below."""
    rows = found.rows
    cells = {n: [shown(row.cells[n]) for row in rows] for n in wanted}
    order = sorted(wanted, key=lambda n: (n not in found.columns, ROLE_RANKS[table.columns[n].role]))
    widths = _widths(table.columns, order, cells, terminal.width)
    kept = [n for n in wanted if n in widths]
    lines = [title_line(table, document, terminal), ""]
    lines += _line([_wrapped(_name(table.columns[n]), widths[n]) for n in kept], kept, table, widths)
    lines.append(COLUMN_GAP.join("-" * widths[n] for n in kept))
    for at in range(len(rows)):
        lines += _line([_wrapped(cells[n][at], widths[n]) for n in kept], kept, table, widths)
    if legend := _legend(rows, kept):
        lines += ["", terminal.wrap(legend, rest="  ")]
    return Shown("\n".join(lines), tuple(table.columns[n].name for n in wanted if n not in widths))


def title_line(table: Table, document: Document, terminal: Terminal) -> str:
    """``Title (2023)  guide.txt:92-121``."""
    year = f" ({table.year})" if table.year is not None else ""
    return terminal.wrap(
        f"{bold(_flat(table.title or table.name) + year)}  {place(_where(table, document))}", rest="  "
    )


def _entry(table: Table, document: Document, terminal: Terminal) -> str:
    rows = "1 row" if table.row_count == 1 else f"{table.row_count:,} rows"
    year = f", {table.year}" if table.year is not None else ""
    return "\n".join(
        (
            terminal.wrap(f"{bold(clean(table.name))}  {rows}{year}  {place(_where(table, document))}", rest="  "),
            terminal.wrap(_flat(table.title), "  "),
            *(terminal.wrap(dim(_flat(line)), "  ", "    ") for line in askable(table)),
        )
    )


def _where(table: Table, document: Document) -> str:
    return _flat(f"{document.path}:{table.lines[0]}-{table.lines[1]}")


def _flat(text: str) -> str:
    return " ".join(clean(text).split())


def shown(cell: Cell) -> str:
    """A cell on one line: its number with its sign, else what the source has in its place."""
    if cell.number is not None:
        return figure(cell.number, cell.unit)
    text = _flat(cell.text[: MAX_SHOWN_CELL + 1])
    return (text if len(text) <= MAX_SHOWN_CELL else f"{text[:MAX_SHOWN_CELL]} ...") or ("-" if cell.mark else "")


def _name(column: Column) -> str:
    """The name, with the period where its amounts have one: "Median /hour"."""
    period = (column.unit or "").partition("/")[2]
    known = period and (period in column.name.casefold() or column.name.casefold().startswith(("h_", "a_")))
    return _flat(column.name) + (f" /{period}" if period and not known else "")


def _widths(
    shape: Sequence[Column], order: Sequence[int], cells: Mapping[int, Sequence[str]], room: int
) -> dict[int, int]:
    """How wide each column is: numbers whole, words cut into lines where needed, the last in order left out."""
    natural = {n: max(map(columns, [*_name(shape[n]).split(), *cells[n]]), default=1) for n in order}
    least = {n: min(natural[n], MIN_NUMBERS if shape[n].is_measure else MIN_WORDS_WIDTH) for n in order}
    kept: dict[int, int] = {}
    for n in order:
        if kept and sum(kept.values()) + len(kept) * len(COLUMN_GAP) + least[n] > room:
            break
        kept[n] = min(least[n], room)
    gaps = len(COLUMN_GAP) * (len(kept) - 1)
    return dict(zip(kept, shared_room([natural[n] for n in kept], [*kept.values()], room - gaps), strict=True))


def _line(pieces: Sequence[list[str]], kept: Sequence[int], table: Table, widths: Mapping[int, int]) -> Iterable[str]:
    """One record, as many lines high as its highest cell; numbers stand right."""
    for parts in zip_longest(*pieces, fillvalue=""):
        cells = (_set(part, widths[n], right=table.columns[n].is_measure) for part, n in zip(parts, kept, strict=True))
        yield COLUMN_GAP.join(cells).rstrip()


def _set(text: str, width: int, *, right: bool) -> str:
    blank = " " * (width - columns(text))
    return blank + text if right else text + blank


def _wrapped(text: str, width: int) -> list[str]:
    """The text in lines of this width, cut between words and behind hyphens, a longer piece anywhere."""
    lines = [""]
    for piece in (part for token in _PIECE.findall(text) for part in _chunks(token, width)):
        if columns(lines[-1] + piece.rstrip()) <= width:
            lines[-1] += piece
        else:
            lines.append(piece.lstrip())
    return [line.rstrip() for line in lines]


def _chunks(piece: str, width: int) -> Iterable[str]:
    while columns(piece.rstrip()) > width:
        cut = next(n for n in range(len(piece), 0, -1) if columns(piece[:n]) <= width or n == 1)
        yield piece[:cut]
        piece = piece[cut:]
    yield piece


def _legend(rows: Sequence[TableRow], kept: Sequence[int]) -> str:
    """What the signs for missing numbers mean: "# top-coded, (8) - withheld"."""
    found = {shown(row.cells[n]): str(row.cells[n].mark) for row in rows for n in kept if row.cells[n].mark is not None}
    return "No number: " + ", ".join(f"{sign} {mark}" for sign, mark in sorted(found.items())) if found else ""
