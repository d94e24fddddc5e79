"""Tables that go on over the next page are one, and what names a table's columns is told from its records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .cells import PdfTable, Record, is_number
from .flow import Placed
from .paragraphs import PdfParagraph

MAX_HEADER_RECORDS = 5
"""Records at a table's top that may name its columns."""


@dataclass(slots=True)
class LongTable:
    """A table over one or more pages: its records, each with its page, of which the first ``header`` name columns."""

    width: int
    header: int
    records: list[tuple[int, Record]]
    again: list[tuple[int, str]] = field(default_factory=list)
    """The header's lines where a later page repeats them."""

    @property
    def last_page(self) -> int:
        """The page that it ends on."""
        return self.records[-1][0]


def with_long_tables(parts: Sequence[PdfParagraph | Placed]) -> list[PdfParagraph | LongTable]:
    """The parts in order, with tables that go on from page to page put together."""
    found: list[PdfParagraph | LongTable] = []
    for part in parts:
        last = found[-1] if found else None
        if isinstance(part, PdfParagraph):
            found.append(part)
        elif isinstance(last, LongTable) and part.page == last.last_page + 1 and part.table.width == last.width:
            _go_on(last, part)
        else:
            found.append(_begun(part.page, part.table))
    return found


def _begun(page: int, table: PdfTable) -> LongTable:
    header = _header(table.records)
    header = (
        0 if table.width == 2 and header > 1 else header
    )  # words beside words are no heads: a form, a list of facts
    return LongTable(table.width, header, [(page, record) for record in table.records])


def _header(records: Sequence[Record]) -> int:
    """How many records at the top hold no figure but years, where others do; else one where only the first is bold."""
    for n, record in enumerate(records[: MAX_HEADER_RECORDS + 1]):
        if any(is_number(cell.text) and not _is_year(cell.text) for cell in record if cell.first > 0):
            return n
    bold = [all(cell.bold for cell in record) for record in records[:2]]
    return int(bold == [True, False])


def _is_year(text: str) -> bool:
    return text.isdigit() and len(text) == 4 and text[:2] in ("19", "20")


def _go_on(table: LongTable, part: Placed) -> None:
    named = [_texts(record) for _, record in table.records[: table.header]]
    repeated = [_texts(record) for record in part.table.records[: table.header]] == named and bool(named)
    begin = table.header if repeated else 0
    table.again += [(part.page, " ".join(_texts(record))) for record in part.table.records[:begin]]
    table.records += [(part.page, record) for record in part.table.records[begin:]]


def _texts(record: Record) -> list[str]:
    return [cell.text for cell in record]
