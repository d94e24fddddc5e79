"""A drawn quote at a terminal: words with their links, rows as a small table under their heads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from ..citation.drawing import leads_on
from ..model import DrawnRows, DrawnText
from .terminal import Terminal, clean, columns, dim

COLUMN_GAP = "  "
NARROWEST = 20
"""Columns of the terminal that a long cell needs at least for words to be read in it; a short one may be halved."""


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
    """Columns under their heads where they have room side by side, heads and long cells over several lines if need be;
    else each row as a list of heads and cells."""
    heads = [_flat(head) for head in part.heads]
    rows = [[_flat(cell) for cell in row] for row in part.rows]
    widths = _widths(heads, rows, room - len(COLUMN_GAP) * (len(heads) - 1))
    if widths is not None:
        yield from (dim(line) for line in _lines(heads, widths))
        for row in rows:
            yield from _lines(row, widths)
        return
    longest = max(map(columns, heads))
    for n, row in enumerate(rows):
        if n:
            yield ""
        for head, cell in zip(heads, row, strict=True):
            blank = " " * (longest - columns(head)) + COLUMN_GAP if 2 * longest < room else "  "
            if cell:
                yield f"{dim(head)}{blank}{cell}" if head else cell


def _widths(heads: Sequence[str], rows: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """How wide each column is, the widest narrowed as long as they have no room; None where they have none then."""
    cells = [max(map(columns, column)) for column in zip(*rows, strict=True)]
    least = [
        max(_longest([head]), min(NARROWEST, max(_longest(column), -(-cell // 2))))
        for head, column, cell in zip(heads, zip(*rows, strict=True), cells, strict=True)
    ]
    widths = [max(columns(head), cell) for head, cell in zip(heads, cells, strict=True)]
    return None if sum(least) > room else shared_room(widths, least, room)


def shared_room(natural: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """The width of each column where so much is shared: what it needs, and of the widest as much less as it takes.

    None is narrower than its least, so all are wider than the room where that has none for these.
    """
    widths = [*natural]
    while sum(widths) > room and (wide := [n for n in range(len(widths)) if widths[n] > least[n]]):
        widths[max(wide, key=widths.__getitem__)] -= 1
    return widths


def _longest(texts: Iterable[str]) -> int:
    """The columns of the longest word."""
    return max((columns(word) for text in texts for word in text.split()), default=0)


def _lines(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """A row, whose cells may go over several lines."""
    wrapped = [
        Terminal(width=width).wrap(cell, rest="  " if columns(cell) > 2 * NARROWEST else "").split("\n")
        for cell, width in zip(cells, widths, strict=True)
    ]
    yield from (_line(line, widths) for line in zip_longest(*wrapped, fillvalue=""))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return COLUMN_GAP.join(
        cell + " " * (width - columns(cell)) for cell, width in zip(cells, widths, strict=True)
    ).rstrip()


def _flat(text: str) -> str:
    return " ".join(clean(text).split())
