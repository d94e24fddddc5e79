"""What every operation works with: the rows in question with their numbers, and the result it builds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from ...model import TableRow
from ...store.catalog import Catalog
from ...store.scan import Line, Scan
from ...text.amounts import amount
from ..plan.measure_selection import MeasureSelection
from ..plan.request import Request
from ..plan.scope import Scope, Where, identifying
from ..schema.profile import Dimension, Profile

TENTH = Decimal("0.1")
"""What shares are rounded to, in percent."""
MAX_ROWS_CITED = 100
"""Rows that an answer gives and cites; of more it gives the first, and says how many there are."""


class Number(NamedTuple):
    """One number of a result, with the row that states it or that it is reckoned from first."""

    value: Decimal
    unit: str | None
    measure: str
    label: str
    computed: bool = False
    row: TableRow | None = None

    def __str__(self) -> str:
        return amount(self.value, self.unit)


class ResultSet:
    """What an operation found."""

    def __init__(
        self,
        numbers: Iterable[Number] = (),
        *,
        rows: Iterable[TableRow] = (),
        matched: int = 0,
        skipped: int = 0,
        total: int = 0,
    ) -> None:
        """``rows`` are those that the answer rests on, the most telling first, at most MAX_ROWS; ``total`` are those
        with a number, among which was ranked, counted or reckoned."""
        self.numbers, self.rows = list(numbers), list(rows)
        self.matched, self.skipped, self.total = matched, skipped, total
        self.formula: str | None = None
        self.notes: list[str] = []
        self.limits: list[Number] = []
        """What conditions held rows against, in order."""
        self.holds: bool | None = None
        """Whether the one row asked about meets the conditions."""


class Task(NamedTuple):
    """One request on one table."""

    profile: Profile
    request: Request
    scope: Scope
    wanted: Sequence[MeasureSelection]
    catalog: Catalog
    called: Dimension | None = None
    """The column of labels whose names the question asks for by its head: "which company"."""

    def scan(self, wanted: MeasureSelection, where: Where, beside: Sequence[int] = ()) -> Scan:
        """The rows that meet the conditions, with their numbers."""
        return self.catalog.scan(self.profile.table.id, wanted.columns, (*wanted.series.where, *where), beside)

    def lines(self, wanted: MeasureSelection, where: Where) -> list[Line]:
        """The same one by one, in source order."""
        return self.scan(wanted, where).lines()

    def rows(self, lines: Sequence[Line]) -> list[TableRow]:
        """The rows of the first lines, in their order."""
        return self.catalog.rows_numbered(self.profile.table.id, (line[0] for line in lines[:MAX_ROWS_CITED]))

    def result(self, wanted: MeasureSelection, scan: Scan, shown: Sequence[Line], matched: int) -> ResultSet:
        """A result of a scan: the first rows that matched, each with its number; the rest has none or did not."""
        rows = self.rows(shown)
        skipped = scan.total - scan.known
        result = ResultSet(rows=rows, matched=matched, skipped=skipped, total=scan.known)
        result.numbers = [self.number(wanted, line, row) for line, row in zip(shown, rows, strict=False)]
        result.notes += self.reasons(wanted, skipped, scan)
        return result

    def number(self, wanted: MeasureSelection, line: Line, row: TableRow) -> Number:
        """A row's number: as the cell states it, or as it is reckoned."""
        stated = None if wanted.computed else row.cells[wanted.series.column].number
        value = wanted.value(line) if stated is None else stated
        return Number(value or Decimal(), wanted.unit, wanted.label, self.label(row), wanted.computed, row)

    def label(self, row: TableRow) -> str:
        """How an answer names a row: by what is asked for, or by place and occupation, or by its label; in a turned
        table by the column."""
        if self.profile.name:
            return self.profile.name
        telling = [self.called] if self.called is not None else identifying(self.profile) or self.profile.dimensions[:1]
        names = (" ".join(row.cells[d.column].text.split()) for d in telling)
        return ", ".join(dict.fromkeys(name for name in names if name))

    def reasons(self, wanted: MeasureSelection, skipped: int, scan: Scan) -> list[str]:
        """Why rows were skipped, in words."""
        if not skipped:
            return []
        rows = self.catalog.rows_numbered(self.profile.table.id, scan.missing(MAX_ROWS_CITED))
        marks = sorted({mark for row in rows for mark in self.marks(wanted, row)})
        verb = "row was" if skipped == 1 else "rows were"
        higher = ", and may be higher than any number given" if "top-coded" in marks else ""
        return [f"{skipped:,} {verb} skipped: the {wanted.label} is {' or '.join(marks)}{higher}."]

    def marks(self, wanted: MeasureSelection, row: TableRow) -> list[str]:
        """What stands in a row instead of the number wanted."""
        cells = [row.cells[column] for column in wanted.columns]
        return [cell.mark or "not available" for cell in cells if cell.number is None]
