"""A reading as an answer: a sentence, its values, the rows that it rests on, and the receipt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from ...model import Column, Quote, Receipt, Table, TableRow, Value
from ...store.catalog import Catalog
from ...text.amounts import amount
from . import algebra as a
from .linking.link import How
from .peers import peers
from .scoring import Reading
from .verbalise import Verbaliser

MAX_READING_ROWS = 100
"""Rows that an answer gives and cites."""
MAX_VALUES_SAID = 40
"""Values that stand in the answer's sentence; the rest is counted."""
VALUES_IN_LINE = 3
DIGITS, ENDLESS_FROM, NOISE = 6, 4, 1e-9
"""Decimals of a computed number, those from which on a quotient does not end, and what floating point may add."""
_DIFFERENT_UNIT = {"percent change": "percent", "share": "percent", "ratio": None}
_COUNTED = (a.Count, a.Distinct)


class ReadingAnswer:
    """What a reading says, with the rows fetched that it shows."""

    def __init__(self, reading: Reading, table: Table, catalog: Catalog) -> None:
        self.reading, self.table = reading, table
        self.candidate, self.computed = reading.candidate, reading.computed
        self.view = reading.beam.view
        self.columns = peers(reading)
        """The columns that are shown, where several fit the question alike."""
        shown = [row + 1 for row in self.computed.rows[:MAX_READING_ROWS]]
        self.rows: Sequence[TableRow] = catalog.rows_numbered(table.id, shown) if shown else ()
        self.values = tuple(self._values())

    def words(self) -> str:
        """The reading in words."""
        return self._words(self.columns)

    def offers(self) -> Sequence[tuple[str, Decimal | str | None, str | None]]:
        """It as a choice: in words, with what it gives and its unit; of several columns that fit alike each by itself.

        Several values are said in words: one of them alone would be taken for all.
        """
        if len(self.rows) == 1 and len(self.columns) == len(self.values):
            by_column = zip(self.columns, self.values, strict=True)
            return [(self._words((column,)), value.value, value.unit) for column, value in by_column]
        if len(self.values) > 1 or self._names_by_number():
            rest = len(self.values) - VALUES_IN_LINE
            named = (value._replace(measure=None) for value in self.values[:VALUES_IN_LINE])
            said = [*map(self._said, named), *([f"and {rest:,} more"] if rest > 0 else [])]
            return [(self.words(), "; ".join(said), None)]
        return [(self.words(), value.value, value.unit) for value in self.values] or [(self.words(), None, None)]

    def _names_by_number(self) -> bool:
        """Whether names are given beside the numbers that they were chosen by."""
        value = self.candidate.value
        return (
            isinstance(value, a.Select)
            and not self.view.columns[value.column].is_measure
            and self._chosen_by() is not None
        )

    def _words(self, columns: Sequence[int]) -> str:
        asked, title = self.reading.beam.asked, self.table.title
        return Verbaliser(self.candidate, asked, self.view, title, columns, self._written).sentence()

    def _written(self, condition: a.ColumnCondition) -> str:
        """How the first row that is shown and meets a condition writes it."""
        column = self.view.columns[condition.column]
        if condition.compares("=") and condition.column < len(self.table.columns):
            for row in self.rows:
                if column.cell(row.number - 1) == condition.value:
                    return _plain(row.cells[condition.column].text)
        return ""

    def sentence(self) -> str:
        """The answer."""
        shown = [self._said(value) for value in self.values[:MAX_VALUES_SAID]]
        if self.columns:
            rows = groupby(self.values, key=lambda value: value.citation)
            shown = ["; ".join(self._beside(list(values))) for _, values in rows]
        rest = len(self.values) - MAX_VALUES_SAID
        if rest > 0:
            shown.append(f"and {rest:,} more")
        if isinstance(self.candidate.value, a.Count) and len(self.computed.rows) == len(self.rows) <= VALUES_IN_LINE:
            shown = [f"{shown[0]}{self._names()}"]
        if len(shown) <= VALUES_IN_LINE:
            return f"{'; '.join(shown)}."
        return "\n".join(shown)

    def _names(self) -> str:
        """The rows by their names, where these tell them apart."""
        names = dict.fromkeys(map(self._label, self.rows))
        return f": {'; '.join(names)}" if 0 < len(names) == len(self.rows) else ""

    def _beside(self, values: Sequence[Value]) -> Iterator[str]:
        """Several values of one row: what it is called stands before the first."""
        return (self._said(value._replace(label=value.label if value is values[0] else "")) for value in values)

    def receipt(self) -> Receipt:
        """Of a scan of all rows."""
        return Receipt(
            operation=self.candidate.operation.partition(" ")[0],
            title=self.table.title,
            columns=tuple(column.name for column in self.table.columns),
            rows=tuple(tuple(cell.text for cell in row.cells) for row in self.rows),
            scanned=self.table.row_count,
            matched=len(self.computed.rows),
            skipped=0,
            formula=self._formula(),
        )

    def quotes(self, catalog: Catalog) -> tuple[Quote, ...]:
        """The rows as they stand in their guide."""
        passages = catalog.passages(row.id for row in self.rows)
        return tuple(Quote(p.document, p.headings, p.lines, p.span, p.text) for p in passages)

    # values

    def _values(self) -> Iterator[Value]:
        value = self.candidate.value
        match value:
            case a.Select():
                shown = [found for column in self.columns or (value.column,) for found in self._of_cells(column)]
                yield from sorted(shown, key=lambda found: found.citation or 0) if self.columns else shown
            case a.Which():
                yield from self._options(value)
            case a.Holds():
                yes_or_no = str(self.computed.items[0]).capitalize()
                yield Value(yes_or_no, None, None, yes_or_no, True, 1 if self.rows else None)
            case a.WhichColumn():
                cells = [self._cell(self.rows[0], column, 1) for column in value.columns]
                known = [cell for cell in cells if isinstance(cell.value, Decimal)]
                ordered = sorted(known, key=_by_number, reverse=value.descending)
                yield from ordered if len(value.columns) <= a.COMPARED_COLUMNS else ordered[:1]
            case _:
                yield from self._computed(value)

    def _options(self, value: a.Which) -> Iterator[Value]:
        """Each of the things compared with its number, the one that is meant first."""
        run = self.reading.beam.run
        places = {row.number - 1: n for n, row in enumerate(self.rows)}
        found = []
        for option in value.options:
            rows = run.rows(option)
            first = next((places[row] for row in rows if row in places), None)
            if first is None:
                found.append(Value(Decimal(0), "count", "rows", str(option.conditions[0].value), True, None))
                continue
            label = self._named_by(self.rows[first], option.conditions[0].column)
            if value.column is None:
                found.append(Value(Decimal(len(rows)), "count", "rows", label, True, first + 1))
            else:
                found.append(self._cell(self.rows[first], value.column, first + 1)._replace(label=label))
        yield from sorted(found, key=_by_number, reverse=value.descending)

    def _named_by(self, row: TableRow, column: int) -> str:
        """What a row was found by; its name where that is a state, which has no column of its own."""
        return _plain(row.cells[column].text) if column < len(row.cells) else self._label(row)

    def _of_cells(self, shown: int) -> Iterator[Value]:
        """Cells that hold numbers; names with the number that they were chosen by; other cells as they are."""
        said: set[tuple[str, str]] = set()
        by = self._chosen_by() if not self.view.columns[shown].is_measure else None
        for n, row in enumerate(self.rows):
            cell = row.cells[shown]
            if by is not None and row.cells[by].number is not None:
                yield self._cell(row, by, n + 1)._replace(label=_plain(cell.text))
            elif cell.number is not None:
                yield self._cell(row, shown, n + 1)
            elif text := _plain(cell.text):
                label = text if shown == self.view.label.place else self._label(row)
                if (label, text) in said:
                    continue
                said.add((label, text))
                yield Value(text, None, self._head(shown), label, False, n + 1)

    def _chosen_by(self) -> int | None:
        """The column of numbers that rows were chosen or put in order by."""
        if isinstance(self.candidate.value, a.Select) and isinstance(self.candidate.value.rows, a.TopRows):
            return self.candidate.value.rows.column
        return next((link.column for link in self.candidate.chosen.links if link.how == How.COMPARED), None)

    def _cell(self, row: TableRow, column: int, citation: int) -> Value:
        cell = row.cells[column]
        value: Decimal | str = cell.number if cell.number is not None else _plain(cell.text)
        return Value(value, cell.unit, self._head(column), self._label(row), False, citation)

    def _computed(self, value: a.Value) -> Iterator[Value]:
        first = 1 if self.rows else None
        for item in self.computed.items:
            if isinstance(item, float):
                yield Value(_exact(item), self._unit(value), self._named(value), self._label_of_all(), True, first)
            elif isinstance(value, a.Frequent | a.Times | a.Grouped):
                yield Value(*self._tallied(item, value))
            else:
                yield Value(item, None, None, self._label_of_all(), True, first)

    def _tallied(self, item: str, value: a.Frequent | a.Times | a.Grouped) -> tuple[Decimal, str, str, str, bool, int]:
        """A name that many rows have: as they write it, how many there are, and the first of them."""
        column = self.view.columns[value.column]
        rows = [row for row in self.computed.rows if column.cell(row) == item]
        citation = next((n for n, row in enumerate(self.rows, 1) if row.number - 1 in rows[:1]), 1)
        text = _plain(self.rows[citation - 1].cells[value.column].text)
        return Decimal(len(rows)), "count", "rows", text, True, citation

    def _unit(self, value: a.Value) -> str | None:
        if isinstance(value, _COUNTED):
            return "count"
        if isinstance(value, a.Pair):
            return _DIFFERENT_UNIT[value.how] if value.how in _DIFFERENT_UNIT else self._unit(value.left)
        if isinstance(value, a.Scaled) and isinstance(value.value, a.Select):
            unit = self._unit(value.value)
            period = next(iter(self.reading.beam.asked.periods), "")
            return f"{unit.partition('/')[0]}/{period}" if unit else None
        column = value.columns[0] if isinstance(value, a.Across) else getattr(value, "column", None)
        return self.view.columns[column].unit if isinstance(column, int) else None

    def _named(self, value: a.Value) -> str:
        if isinstance(value, _COUNTED):
            return "rows" if isinstance(value, a.Count) else self._head(value.column)
        return value.how if isinstance(value, a.Reduce | a.Pair | a.Across) else self._head(self.candidate.select)

    def _label_of_all(self) -> str:
        """What a computed number is of: its column, or the one row."""
        if len(self.computed.rows) == 1 and self.rows:
            return self._label(self.rows[0])
        return self._head(self.candidate.select) if self.candidate.select >= 0 else self.table.title

    def _label(self, row: TableRow) -> str:
        """What the row is called; in a table with several rows of a name, with what sets it apart."""
        names = [row.cells[self.view.label.place].text]
        if not self.view.label.is_key:
            conditions = {link.column for link in self.candidate.chosen.links}
            names += [
                row.cells[c].text for c in sorted(conditions) if c < len(row.cells) and c != self.view.label.place
            ]
        return ", ".join(dict.fromkeys(filter(None, map(_plain, names))))

    def _head(self, column: int) -> str:
        columns: Sequence[Column] = self.table.columns
        return _plain(columns[column].name) if 0 <= column < len(columns) else ""

    def _said(self, value: Value) -> str:
        """One value in words."""
        said = amount(value.value, value.unit) if isinstance(value.value, Decimal) else str(value.value)
        if isinstance(self.candidate.value, a.Count):
            return f"{said} {'row' if said == '1' else 'rows'}"
        if isinstance(value.value, str) and value.value == value.label:
            return said
        head = f"{value.measure} " if value.measure and value.measure != value.label else ""
        return f"{value.label}: {head}{said}" if value.label else f"{head}{said}"

    def _formula(self) -> str | None:
        """The sum with its operands, where it has few."""
        value = self.candidate.value
        if not isinstance(value, a.Pair) or not self.values or not isinstance(self.values[0].value, Decimal):
            return None
        run = self.reading.beam.run
        left, right = run.number(value.left), run.number(value.right)
        if left is None or right is None:
            return None
        one, other = (f"{_exact(number[0]):,f}" for number in (left, right))
        result = amount(self.values[0].value, self.values[0].unit)
        return f"{_FORMULAS[value.how].format(one, other)} = {result}"


_FORMULAS = {
    "difference": "{0} − {1}", "sum": "{0} + {1}", "mean": "({0} + {1}) ÷ 2", "ratio": "{0} ÷ {1}",
    "share": "{0} ÷ {1} × 100", "percent change": "({0} − {1}) ÷ {1} × 100",
}  # fmt: skip


def _by_number(value: Value) -> Decimal:
    return value.value if isinstance(value.value, Decimal) else Decimal(0)


def _exact(number: float) -> Decimal:
    """A computed number without the noise of floating point; a quotient that does not end is rounded to hundredths,
    where that leaves something of it."""
    if not number % 1:
        return Decimal(int(number))
    ends = abs(number - round(number, ENDLESS_FROM)) < NOISE
    digits = DIGITS if ends or abs(number) < 1 else 2
    return Decimal(repr(round(number, digits))).normalize() + 0


def _plain(text: str) -> str:
    return " ".join(text.split())
