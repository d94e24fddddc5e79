"""Excel workbooks before 2007, read through xlrd: every filled cell as its sheet shows it."""

from __future__ import annotations

import struct
from io import StringIO
from types import ModuleType
from typing import Any

from ...document import ExtractedDocument
from ...extras import SHEETS
from ..file_signatures import damaged, expect, kind
from .cells import MAX_RANGES, Sheet, Workbook, clean
from .number_formats import shown
from .workbook import reading

XLS_DAMAGE = (ArithmeticError, AssertionError, AttributeError, LookupError, OSError, RuntimeError, TypeError,
          ValueError, struct.error)  # fmt: skip
"""What xlrd raises for damaged files, beside its own error."""


def read(data: bytes) -> ExtractedDocument:
    """The text and blocks of a workbook. Raises SourceError where it cannot be read, or xlrd is not installed."""
    return reading(workbook(data))


def workbook(data: bytes) -> Workbook:
    """All sheets of a workbook, in its order. Raises SourceError where it is damaged, protected or no workbook."""
    expect(kind(data), "xls")
    xlrd = SHEETS.load()
    try:
        source = xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, on_demand=True, logfile=StringIO()
        )
        book = Workbook()
        for number in range(source.nsheets):
            _add(book, source, source.sheet_by_index(number), xlrd)
            source.unload_sheet(number)
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            expect("locked")
        raise damaged() from error
    except (xlrd.compdoc.CompDocError, *XLS_DAMAGE) as error:
        raise damaged() from error
    return book


def _add(book: Workbook, source: Any, grid: Any, xlrd: ModuleType) -> None:
    sheet = Sheet(grid.name, grid.visibility != 0)
    book.sheets.append(sheet)
    for row in range(grid.nrows):
        for column in range(grid.row_len(row)):
            text = _shown(source, grid, row, column, xlrd)
            if text and grid.cell_type(row, column) == xlrd.XL_CELL_ERROR:
                sheet.oddities[f"cells with the error {text}"] += 1
            book.put(sheet, row, column, text)
    sheet.merged += [(top, left, bottom - 1, right - 1) for top, bottom, left, right in grid.merged_cells[:MAX_RANGES]]
    hidden_rows = sum(bool(each.hidden) for each in grid.rowinfo_map.values())
    hidden_columns = sum(bool(each.hidden) for each in grid.colinfo_map.values())
    sheet.oddities["hidden rows, read like the others"] += hidden_rows
    sheet.oddities["hidden columns, read like the others"] += hidden_columns
    sheet.oddities["comments on cells that are not read"] += len(grid.cell_note_map)


def _shown(source: Any, grid: Any, row: int, column: int, xlrd: ModuleType) -> str:
    """What a cell shows, by its type."""
    type_, value = grid.cell_type(row, column), grid.cell_value(row, column)
    if type_ == xlrd.XL_CELL_TEXT:
        return clean(str(value))
    if type_ == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if value else "FALSE"
    if type_ == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(value, "#N/A"))
    if type_ in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        style = source.xf_list[grid.cell_xf_index(row, column)]
        return shown(value, source.format_map[style.format_key].format_str, from_1904=source.datemode == 1)
    return ""
