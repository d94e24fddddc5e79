"""The sheets of a workbook, whatever file they come from: filled cells as a person sees them, merged ranges."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from ....search.errors import SourceError
from ...encoding.decode import CONTENT, CONTROL_CHARACTERS

MAX_CELLS = 500_000
"""Filled cells of a workbook."""
MAX_SHEET_TEXT = 32 * 2**20
"""Code points of all of them: one long text may be named by a million cells."""
MAX_RANGES = 100_000
"""Merged ranges of a sheet."""
SURROGATE = re.compile(r"[\ud800-\udfff]")

Range = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0."""


@dataclass(slots=True)
class Sheet:
    """A sheet: its filled cells by row and column, from 0."""

    name: str
    hidden: bool = False
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    oddities: Counter[str] = field(default_factory=Counter)
    """What a reader should know of it, with how often it occurs: ``formulas without a stored result``."""


@dataclass(slots=True)
class Workbook:
    """A workbook in the making."""

    sheets: list[Sheet] = field(default_factory=list)
    title: str = ""
    date: str | None = None
    oddities: Counter[str] = field(default_factory=Counter)
    cells_left: int = MAX_CELLS
    text_left: int = MAX_SHEET_TEXT

    def put(self, sheet: Sheet, row: int, column: int, text: str) -> None:
        """Fill a cell, with a text that is clean. Raises SourceError for more than is read."""
        if not text:
            return
        self.cells_left -= 1
        self.text_left -= len(text)
        if self.cells_left < 0 or self.text_left < 0:
            raise too_much()
        sheet.rows.setdefault(row, {})[column] = text


def clean(text: str) -> str:
    """A cell's text on one line, without what no text may hold; empty where it shows nothing."""
    text = " ".join(CONTROL_CHARACTERS.sub(" ", SURROGATE.sub("\ufffd", text)).split())
    return text if CONTENT.search(text) else ""


def too_much() -> SourceError:
    """A workbook that holds more than is read."""
    said = f"more than {MAX_CELLS:,} cells or {MAX_SHEET_TEXT // 2**20} million characters"
    return SourceError(said, "save its large sheets as CSV, or split it")
