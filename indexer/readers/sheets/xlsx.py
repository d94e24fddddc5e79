"""Excel workbooks since 2007 (ECMA-376-1, 18): every filled cell as its sheet shows it.

They are read part by part and cell by cell: a sheet's stated size, empty cells, and whatever lies outside of the file
are of no concern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from ...document import ExtractedDocument
from ..ooxml import Event, Package, PartLink, opened
from .cells import MAX_RANGES, MAX_SHEET_TEXT, Range, Sheet, Workbook, clean, too_much
from .number_formats import BUILT_IN, shown
from .workbook import reading

BOOK = "xl/workbook.xml"
CELL_REFERENCE = re.compile(r"[A-Za-z]{1,3}[1-9]\d{0,6}")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""How characters are written that XML cannot hold (22.4.2.4)."""
MAX_PLAIN = 15
"""Characters of a stored number that cannot have digits beyond those that a sheet shows."""
XLSX_TRUE = ("1", "true", "on")
UNREAD_IN_SHEETS = {"comments": "comments on cells", "drawing": "charts or drawings with text"}
"""Parts of a sheet, by their relations, that are not read: what people are told of them."""
TELLING_ELEMENTS = ("text", "t", "chart")
"""Elements of such parts that say something; a picture has none."""


class _CellType(StrEnum):
    """What a cell's value is (18.18.11); any other is a number."""

    SHARED = "s"
    BOOLEAN = "b"
    DATE = "d"
    STRING = "str"
    INLINE = "inlineStr"
    ERROR = "e"


@dataclass(slots=True)
class _Shared:
    """What the cells of all sheets refer to."""

    texts: list[str]
    formats: list[str]
    """The number format of each cell style."""
    from_1904: bool


@dataclass(slots=True)
class _Cell:
    """A cell that is being read."""

    row: int
    column: int
    type: str
    style: str
    value: str = ""
    computed: bool = False


def read(data: bytes) -> ExtractedDocument:
    """The text and blocks of a workbook. Raises SourceError where it is damaged, protected or no workbook."""
    return reading(workbook(data))


def workbook(data: bytes) -> Workbook:
    """All sheets of a workbook, in its order. Raises SourceError where it is damaged, protected or no workbook."""
    package = opened(data, "xlsx")
    links = package.links(BOOK)
    parts = [(name, attributes) for begins, name, attributes, _ in package.events(BOOK) if begins]
    shared = _Shared(
        list(_texts(package, _target(links, "sharedStrings"))),
        _formats(package, _target(links, "styles")),
        any(name == "workbookPr" and said.get("date1904") in XLSX_TRUE for name, said in parts),
    )
    title, date = package.properties()
    book = Workbook(title=title, date=date)
    for name, said in parts:
        link = links.get(said.get(next((key for key in said if key.endswith(":id")), "id"), ""))
        if name == "sheet" and link is not None:
            _add(book, package, said, link, shared)
    return book


def _target(links: Mapping[str, PartLink], relation: str) -> str:
    return next((link.target for link in links.values() if link.relation == relation), "")


def _add(book: Workbook, package: Package, named: Mapping[str, str], link: PartLink, shared: _Shared) -> None:
    """One sheet; a chart that has a tab of its own is none, but is said."""
    if link.relation != "worksheet":
        book.oddities["sheets without cells, such as charts, that are not read"] += 1
        return
    sheet = Sheet(named.get("name", ""), named.get("state", "visible") != "visible")
    book.sheets.append(sheet)
    _fill(book, sheet, package.events(link.target), shared)
    for other in package.links(link.target).values():
        if other.relation in UNREAD_IN_SHEETS and any(
            name in TELLING_ELEMENTS for _, name, _, _ in package.events(other.target)
        ):
            sheet.oddities[f"{UNREAD_IN_SHEETS[other.relation]} that are not read"] += 1


# What sheets refer to


def _texts(package: Package, part: str) -> Iterator[str]:
    """The texts that cells share, each put together from its runs; hints of pronunciation left out (18.4)."""
    said, hint, left = "", False, MAX_SHEET_TEXT
    for begins, name, _, text in package.events(part):
        match name:
            case "rPh":
                hint = begins
            case "si" if begins:
                said = ""
            case "si":
                yield _clean(said)
            case "t" if not begins and not hint:
                said += text
                left -= len(text)
                if left < 0:
                    raise too_much()


def _formats(package: Package, part: str) -> list[str]:
    """The number format of each cell style: a code of the file's own, or one that goes by its number (18.8)."""
    own: dict[str, str] = {}
    styles: list[str] = []
    inside = False
    for begins, name, said, _ in package.events(part):
        match name:
            case "cellXfs":
                inside = begins
            case "numFmt" if begins:
                own[said.get("numFmtId", "")] = said.get("formatCode", "")
            case "xf" if begins and inside:
                styles.append(said.get("numFmtId", "0"))
    return [own.get(number) or BUILT_IN.get(int(number) if number.isdecimal() else 0, "") for number in styles]


# The cells of a sheet


def _fill(book: Workbook, sheet: Sheet, events: Iterator[Event], shared: _Shared) -> None:
    """Read a sheet's cells and merged ranges, and note what of it is hidden."""
    row = column = -1
    cell: _Cell | None = None
    for begins, name, said, text in events:
        match name:
            case "c" if begins:
                row, column = _place(said.get("r", ""), (row, column + 1))
                cell = _Cell(row, column, said.get("t", "n"), said.get("s", "0"))
            case "c" if cell is not None:
                _put(book, sheet, cell, shared)
                cell = None
            case "v" | "t" if cell is not None and not begins:
                cell.value += text
            case "f" if cell is not None and begins:
                cell.computed = True
            case "row" if begins:
                row, column = (int(said["r"]) - 1 if said.get("r", "").isdecimal() else row + 1), -1
                sheet.oddities["hidden rows, read like the others"] += said.get("hidden") in XLSX_TRUE
            case "col" if begins and said.get("hidden") in XLSX_TRUE:
                sheet.oddities["ranges of hidden columns, read like the others"] += 1
            case "mergeCell" if begins:
                sheet.merged += _ranges(said.get("ref", ""), len(sheet.merged))


def _put(book: Workbook, sheet: Sheet, cell: _Cell, shared: _Shared) -> None:
    """A cell that is complete joins the sheet."""
    if cell.computed and not cell.value and cell.type != _CellType.STRING:
        sheet.oddities["formulas without a stored result: open the file in Excel and save it"] += 1
    text = _shown(cell, shared)
    if cell.type == _CellType.ERROR:
        sheet.oddities[f"cells with the error {text}"] += 1
    book.put(sheet, cell.row, cell.column, text)


def _shown(cell: _Cell, shared: _Shared) -> str:
    """What a cell shows, by its type (18.18.11)."""
    value = cell.value.strip()
    match cell.type:
        case _CellType.SHARED:
            return shared.texts[int(value)] if value.isdecimal() and int(value) < len(shared.texts) else ""
        case _CellType.BOOLEAN:
            return "TRUE" if value in XLSX_TRUE else "FALSE" if value else ""
        case _CellType.DATE:
            day = value.removesuffix("Z").removesuffix("T00:00:00").removesuffix("T00:00:00.000")
            return clean(day.replace("T", " "))
        case _CellType.STRING | _CellType.INLINE | _CellType.ERROR:
            return _clean(cell.value)
    return _number(value, _format(cell.style, shared.formats), shared.from_1904)


def _format(style: str, formats: Sequence[str]) -> str:
    return formats[int(style)] if style.isdecimal() and int(style) < len(formats) else ""


def _number(value: str, code: str, from_1904: bool) -> str:
    if code in ("", "General") and len(value) <= MAX_PLAIN and value.isascii() and value.isdecimal():
        return value
    try:
        return shown(float(value), code, from_1904=from_1904)
    except ValueError:
        return clean(value)


def _clean(text: str) -> str:
    return clean(ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text)


def _place(reference: str, otherwise: tuple[int, int]) -> tuple[int, int]:
    """Row and column of a cell from its name (``B7`` is 6, 1); where it has none it follows the one before."""
    letters = reference.rstrip("0123456789")
    number = reference[len(letters) :]
    return (int(number) - 1, _column(letters)) if CELL_REFERENCE.fullmatch(reference) else otherwise


@lru_cache(maxsize=20_000)
def _column(letters: str) -> int:
    column = 0
    for letter in letters.upper():
        column = 26 * column + ord(letter) - ord("A") + 1
    return column - 1


def _ranges(reference: str, so_far: int) -> Iterator[Range]:
    first, _, last = reference.partition(":")
    if CELL_REFERENCE.fullmatch(first) and CELL_REFERENCE.fullmatch(last) and so_far < MAX_RANGES:
        (top, left), (bottom, right) = _place(first, (0, 0)), _place(last, (0, 0))
        yield top, left, bottom, right
