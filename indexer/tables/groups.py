"""Rows that name a group of those below them become a column: each row carries the name of its group.

What stands once for several rows, a year in the first of them, is carried down in its own column.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ...search.text.tokenizer import key
from ..document import CellText
from .kinds import year_of
from .places import is_place
from .values import parse

Record = Sequence[CellText]

GROUP = "Group"
MAX_GROUP_NAME = 100
"""Code points of the name of a group; what is longer is a note."""
MOST_GROUPS = 1.0
"""Names of groups for each row, at most."""
FULL = 0.9
"""Share of the cells beside such a column that must name something."""
CARRIED = 0.5
"""Share of a column that must be blank for its cells to stand for those below."""


def grouped(names: Sequence[str], records: Sequence[Record]) -> tuple[list[str], list[Record]]:
    """Names and records, with the rows that name groups made a first column."""
    found = [_group(records, n) for n in range(len(records))]
    cells = [cell for cell in found if cell is not None]
    if not 0 < len(cells) <= MOST_GROUPS * (len(records) - len(cells)) or not _stand_out(cells, len(names)):
        return list(names), list(records)
    strong = all(cell.strong for cell in cells)
    blank = CellText("", (records[0][0].span[0],) * 2)
    made, group = list[Record](), blank
    for cell, record in zip(found, records, strict=True):
        if cell is not None:
            group = cell
            continue
        first = _first(record)
        own = blank if strong and first is not None and first.strong else group
        made.append((own, *record))
        group = blank if own is blank or _ends(first, group) else group
    across = all(all(c.text for c in record) for cell, record in zip(found, records, strict=True) if cell is not None)
    titled = len(cells) > 1 or (across and not _stand_out(cells, 2))
    if titled and len({record[0].span for record in made}) == 1:
        return list(names), [record[1:] for record in made]  # what stands above all rows is a title
    return [GROUP, *names], made


def _stand_out(cells: Sequence[CellText], width: int) -> bool:
    """Whether these name groups, and are not rows that lack their one value, or all: places are rows."""
    if any(is_place(cell.text) for cell in cells):
        return False
    return width > 2 or len(cells) > 1 or all(c.strong or c.text.endswith(":") or c.text.isupper() for c in cells)


def _group(records: Sequence[Record], n: int) -> CellText | None:
    """The name of a group, where a record is one: a single cell in the first place, with a full record after it."""
    cell = _only(records[n])
    if cell is None or not _is_name(cell.text):
        return None
    after = next((k for k in range(n + 1, len(records)) if _only(records[k]) is None), None)
    return cell if after is not None and after - n <= 2 else None


def _only(record: Record) -> CellText | None:
    """The one cell that a record has, if it begins the record; one that is written in each column is one as well."""
    filled = [cell for cell in record if cell.text]
    said = {cell.text for cell in filled}
    alone = len({cell.span for cell in filled}) == 1 or len(filled) == len(record) > 2
    return filled[0] if len(said) == 1 and alone and filled[0] == record[0] else None


def _first(record: Record) -> CellText | None:
    return next((cell for cell in record if cell.text), None)


def _is_name(text: str) -> bool:
    if year_of(text) is not None:
        return True
    return (
        len(text) <= MAX_GROUP_NAME and any(map(str.isalpha, text)) and not text.endswith(".") and parse(text) is None
    )


def _ends(first: CellText | None, group: CellText) -> bool:
    """Whether a row sums up its group, which ends with it."""
    name, said = key(group.text), key(first.text) if first is not None else ""
    return bool(name) and said.startswith("total") and (said == "total" or name in said)


def carried(records: Sequence[Record]) -> list[Record]:
    """Records with what stands once for several of them in each: years, names of a first column."""
    rows = [list(record) for record in records]
    for n in range(len(rows[0]) - 1 if rows else 0):
        column = [row[n] for row in rows]
        years = [cell.text for cell in column if cell.text and year_of(cell.text) is not None]
        if not (_are_few(column, years) or _are_names(column, [row[n + 1] for row in rows])):
            break
        for above, row in pairwise(rows):
            if not row[n].text and (not years or year_of(above[n].text) is not None):
                row[n] = above[n]
    return [tuple(row) for row in rows]


def _are_few(column: Sequence[CellText], years: Sequence[str]) -> bool:
    """Whether a column begins with a year and has no year twice, most of it being blank."""
    blank = sum(not cell.text for cell in column)
    different = len(set(years)) == len(years) > 1
    return different and year_of(column[0].text) is not None and blank >= CARRIED * len(column)


def _are_names(column: Sequence[CellText], beside: Sequence[CellText]) -> bool:
    """Whether a column begins with a name and has none twice, most of it being blank, beside a column of names."""
    texts = [cell.text for cell in column if cell.text]
    blank = len(column) - len(texts)
    if not column[0].text or blank < CARRIED * len(column) or len(set(texts)) < max(2, len(texts)):
        return False
    return all(map(_is_name, texts)) and sum(_is_name(cell.text) for cell in beside) >= FULL * len(beside)
