"""OpenDocument sheets (ISO/IEC 26300): every filled cell as its sheet shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...document import ExtractedDocument
from ..ooxml import opened
from ..sheets.cells import MAX_RANGES, Sheet, Workbook, clean
from ..sheets.workbook import reading
from .odt import facts

MOST_FILLED = 1_000
"""Cells, or rows, with the same content that are told from a layout: more are a background."""
LAST_ROW = 1_048_576
"""Rows and columns of the largest sheet."""


def read(data: bytes) -> ExtractedDocument:
    """The text and blocks of a workbook. Raises SourceError where it is damaged, protected or no workbook."""
    package = opened(data, "ods")
    title, date = facts(package)
    found = _Sheets(Workbook(title=title, date=date))
    for begins, name, said, text in package.events("content.xml"):
        if begins:
            found.begin(name, said, text)
        else:
            found.end(name, text)
    return reading(found.book)


@dataclass(slots=True)
class _Sheets:
    """Fills a workbook from the elements of its file."""

    book: Workbook
    row: int = 0
    column: int = 0
    rows: int = 1
    """How many rows the open one stands for."""
    columns: int = 1
    """How many cells the open one stands for."""
    cell: list[str] = field(default_factory=list)
    cells: list[tuple[int, int, str]] = field(default_factory=list)
    """Of the open row: the column, how many, the text."""
    depth: int = 0
    """Of paragraphs within the open cell."""
    aside: int = 0
    """Elements that are open from a comment on."""

    def begin(self, name: str, said: Mapping[str, str], text: str) -> None:
        """An element begins, after a text."""
        self._hear(text)
        if self.aside:
            self.aside += 1
            return
        match name:
            case "annotation":
                self.aside = 1
                if self.book.sheets:
                    self.book.sheets[-1].oddities["comments on cells that are not read"] += 1
            case "table":
                self.book.sheets.append(Sheet(said.get("table:name", ""), said.get("table:display") == "false"))
                self.row = 0
            case "table-row":
                self.column, self.rows, self.cells = 0, _times(said, "table:number-rows-repeated"), []
            case "table-cell" | "covered-table-cell" if self.book.sheets:
                self.columns, self.cell, self.depth = _times(said, "table:number-columns-repeated"), [], 0
                self._merge(said)
            case "p":
                self.depth += 1
            case "s" | "tab" | "line-break":
                self.cell.append(" ")

    def end(self, name: str, text: str) -> None:
        """An element ends, after a text."""
        self._hear(text)
        if self.aside:
            self.aside -= 1
            return
        match name:
            case "p":
                self.depth -= 1
                self.cell.append(" ")
            case "table-cell" | "covered-table-cell":
                if said := clean("".join(self.cell)):
                    self.cells.append((self.column, min(self.columns, MOST_FILLED), said))
                self.column += self.columns
                self.cell = []
            case "table-row" if self.book.sheets:
                self._fill()
                self.row += self.rows

    def _fill(self) -> None:
        """Put the open row's cells in every row that it stands for."""
        for row in range(self.row, self.row + (min(self.rows, MOST_FILLED) if self.cells else 0)):
            for start, times, said in self.cells:
                for column in range(start, start + times):
                    self.book.put(self.book.sheets[-1], row, column, said)

    def _hear(self, text: str) -> None:
        if self.depth > 0 and not self.aside:
            self.cell.append(text)

    def _merge(self, said: Mapping[str, str]) -> None:
        width, height = _times(said, "table:number-columns-spanned"), _times(said, "table:number-rows-spanned")
        merged = self.book.sheets[-1].merged
        if (width > 1 or height > 1) and len(merged) < MAX_RANGES:
            merged.append((self.row, self.column, self.row + height - 1, self.column + width - 1))


def _times(said: Mapping[str, str], name: str) -> int:
    value = said.get(name, "1")
    return min(max(int(value), 1), LAST_ROW) if value.isascii() and value.isdigit() and len(value) < 9 else 1
