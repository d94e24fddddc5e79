"""Tables and their rows for programs: JSON objects, and CSV that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import chain, islice
from typing import Any

from ..model import Cell, Column, Document, Table, TableRow
from .answer_json import number

Json = dict[str, Any]

LINES_A_PART = 500
"""Lines of CSV in one part."""
FORMULA = re.compile(r"""(?:^|(?<=[;\t\r\n]))(?=[\s\u200b-\u200f\ufeff'"]{0,20}[=+\-@＝＋－＠]|[\t\r])""")
"""Where a spreadsheet would see a formula begin, full-width signs included: with the cell, or within it where the
spreadsheet splits at semicolons or tabs (OWASP, "CSV Injection")."""


def table_to_json(table: Table, document: Document) -> Json:
    """A table without its rows."""
    return {
        "name": table.name,
        "title": table.title,
        "document": document.title,
        "path": document.path,
        "section": list(table.headings),
        "lines": list(table.lines),
        "span": list(table.span),
        "year": table.year,
        "row_count": table.row_count,
        "columns": [_column(column) for column in table.columns],
    }


def row_to_json(row: TableRow) -> Json:
    """A row with its place in the source; ``value`` is null where the source gives no number, ``mark`` says why."""
    place = row.place
    return {
        "number": row.number,
        "lines": list(row.lines),
        "span": list(row.span),
        "place": None if place is None else {"name": place.name, "kind": place.kind, "state": place.state},
        "cells": [_cell(cell) for cell in row.cells],
    }


def to_csv(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> str:
    """Comma separated values: numbers plain, marks and words as the source has them, units in the header.

    A cell that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    return "".join(csv_parts(columns, rows))


def csv_parts(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The same, some lines at a time."""
    lines = chain([[_safe(header(column)) for column in columns]], ([_plain(cell) for cell in cells] for cells in rows))
    while some := list(islice(lines, LINES_A_PART)):
        out = StringIO()
        csv.writer(out, lineterminator="\n").writerows(some)
        yield out.getvalue()


def header(column: Column) -> str:
    """A column's name with the unit of its numbers, where all have the same: "Median (USD/hour)"."""
    return f"{column.name} ({column.unit})" if column.unit else column.name


def _column(column: Column) -> Json:
    return {"name": column.name, "role": column.role, "measure": column.measure, "unit": column.unit}


def _cell(cell: Cell) -> Json:
    value = None if cell.number is None else number(cell.number)
    return {"text": cell.text, "value": value, "unit": cell.unit, "mark": cell.mark}


def _plain(cell: Cell) -> str:
    return _safe(cell.text) if cell.number is None else f"{cell.number:f}"


def _safe(text: str) -> str:
    """Line ends become the one that csv quotes."""
    return FORMULA.sub("'", text).replace("\r\n", "\n").replace("\r", "\n")
