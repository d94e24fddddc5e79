"""Tables and their rows for programs: JSON objects, and CSV that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

from .jsonform import number
from .model import Cell, Column, Document, Table, TableRow

Json = dict[str, Any]

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would take for a formula (OWASP, "CSV Injection")."""


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
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([_safe(header(column)) for column in columns])
    for cells in rows:
        writer.writerow([_plain(cell) for cell in cells])
    return out.getvalue()


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
    return f"'{text}" if text.startswith(FORMULA) else text
