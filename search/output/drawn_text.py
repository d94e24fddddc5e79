"""A drawn quote at a terminal: words with their links, rows as a small table under their heads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..citation.drawing import leads_on
from ..model import DrawnRows, DrawnText
from .terminal import Terminal, clean, columns, dim

COLUMN_GAP = "  "
NARROWEST = 20
"""Columns of the terminal that a cell needs at least for words to be read in it."""


def drawn_lines(drawn: Sequence[DrawnText | DrawnRows], terminal: Terminal, room: int) -> Iterator[str]:
    """The lines of a drawing, those of a table at most ``room`` columns wide; whoever shows them wraps words."""
    for part in drawn:
        if isinstance(part, DrawnText):
            yield from _said(part, terminal).split("\n")
        else:
            yield from _table(part, room)


def _said(part: DrawnText, terminal: Terminal) -> str:
    """The words; where a terminal follows no links, an address stands behind what leads there."""
    text = ""
    for piece in part.pieces:
        said = clean(piece.text)
        is_named = leads_on(piece) and not terminal.links
        text += f"{said} ({clean(piece.link or '')})" if is_named else said
    return text


def _table(part: DrawnRows, room: int) -> Iterator[str]:
    """Columns under their heads where they have room side by side, the widest one's cells over several lines if need
    be; else each row as a list of heads and cells."""
    heads = [_flat(head) for head in part.heads]
    rows = [[_flat(cell) for cell in row] for row in part.rows]
    widths = [max(map(columns, cells)) for cells in zip(heads, *rows, strict=True)]
    widest = max(range(len(widths)), key=widths.__getitem__)
    over = sum(widths) + len(COLUMN_GAP) * (len(widths) - 1) - room
    widths[widest] -= max(over, 0)
    if over <= 0 or widths[widest] >= max(NARROWEST, columns(heads[widest])):
        yield dim(_line(heads, widths))
        for row in rows:
            yield from _lines(row, widths, widest)
        return
    longest = max(map(columns, heads))
    for n, row in enumerate(rows):
        if n:
            yield ""
        for head, cell in zip(heads, row, strict=True):
            blank = " " * (longest - columns(head)) + COLUMN_GAP if 2 * longest < room else "  "
            if cell:
                yield f"{dim(head)}{blank}{cell}" if head else cell


def _lines(cells: Sequence[str], widths: Sequence[int], widest: int) -> Iterator[str]:
    """A row, of which one cell may go over several lines."""
    first, *more = Terminal(width=widths[widest]).wrap(cells[widest], rest="  ").split("\n")
    yield _line([*cells[:widest], first, *cells[widest + 1 :]], widths)
    yield from (_line([""] * widest + [further], widths[: widest + 1]) for further in more)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return COLUMN_GAP.join(
        cell + " " * (width - columns(cell)) for cell, width in zip(cells, widths, strict=True)
    ).rstrip()


def _flat(text: str) -> str:
    return " ".join(clean(text).split())
