"""Cells of a table that look wrong: out of line with their column, in the wrong order, shifted, at odds with others.

Nothing is changed for it; a person is to look at the source.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from math import exp, log
from statistics import median

from ...search.column_kinds import ColumnKind, ColumnRole
from ...search.model import Cell, Column, Doubt, Table, TableRow
from ...search.text.measures import Period, is_percentile, is_statistic
from ...search.text.tokenizer import key
from ..tables.column_types import MONEY_UNITS
from ..tables.moments import are_ambiguous
from ..tables.values import parse

MOST_SUSPECTS = 20
"""Suspicious cells of a table that are listed."""
FEWEST_AMOUNTS = 5
"""Numbers of a column from which on one can be out of line."""
FAR = 15
"""Times the column's median, or part of it, from which on an amount of money is out of line."""
LEAST_GAP = 5
"""Times that an amount out of line is apart from the next one towards the median: nearer ones are the end of a tail."""
ONCE_OR_TWICE = 2
SUSPECT_SHARE = 0.1
"""Share of a column's amounts that may be so far off for each to be an error: of more, they are of unlike things."""
USUAL_TIMES = 4
"""Times the column's median, or part of it, within which its usual amounts lie, where they are of one kind."""
SPREADS = 6
"""Times the usual distance from the median, both as logarithms, from which on an amount is out of line."""
USUAL = Decimal("0.8")
"""Share of a column's numbers that must share a unit for another one to be suspicious."""
YEARLY_HOURS = range(1_000, 3_000)
"""Working hours of a year that an annual and an hourly figure of one row may differ by."""
PERCENTILE_RANKS = {"low": 0, "median": 50, "high": 100}
"""Statistics by the share of people who are paid less."""

WORDS = re.compile(r"[^\W_]+")

Rule = Callable[[Table, TableRow], Iterator[tuple[Cell, str]]]


def suspects(table: Table, rows: Sequence[TableRow]) -> list[Doubt]:
    """The suspicious cells of a table, in order, with what is wrong: at most ``MOST_SUSPECTS`` of them."""
    rules: list[Rule] = [*_columns(table, rows), _out_of_order, _no_working_year, _shifted, _twice(table, rows)]
    found = list(_ambiguous(table, rows))
    for row in rows:
        for cell, reason in (hit for rule in rules for hit in rule(table, row)):
            found.append(Doubt("doubt", f"{_called(table, row)}: {reason}", cell.span, row.lines))
            if len(found) == MOST_SUSPECTS:
                return found
    return found


def _ambiguous(table: Table, rows: Sequence[TableRow]) -> Iterator[Doubt]:
    """Columns of dates that may be read with the day or the month first."""
    for n, column in enumerate(table.columns):
        if column.kind == ColumnKind.DATE and rows and are_ambiguous([row.cells[n].text for row in rows]):
            reason = f"the dates of {column.name} are read with the month first, but may have the day first"
            yield Doubt("doubt", reason, rows[0].cells[n].span, rows[0].lines)


def _called(table: Table, row: TableRow) -> str:
    """What a row goes by: its place, else its first words."""
    words = (cell.text for cell, column in zip(row.cells, table.columns, strict=True) if not column.is_measure)
    return row.place.name if row.place else next(filter(None, words), f"row {row.number}")


# Against the column


def _columns(table: Table, rows: Sequence[TableRow]) -> Iterator[Rule]:
    """For each column of numbers, what is out of line with it or in another unit."""
    varies = any(column.has_role(ColumnRole.PAY_TYPE) for column in table.columns) or not _is_down(table.columns)
    for n, column in enumerate(table.columns):
        if not column.is_measure or varies:
            continue
        cells = [row.cells[n] for row in rows if row.cells[n].number is not None]
        units = Counter(cell.unit for cell in cells).most_common(1)
        if len(cells) >= FEWEST_AMOUNTS and units[0][1] >= USUAL * len(cells):
            yield _against(n, column.name, units[0][0], [abs(c.number) for c in cells if c.number is not None])


def _is_down(columns: Sequence[Column]) -> bool:
    """Whether columns hold measures, not each row one of its own."""
    return any(c.is_measure and (is_statistic(c.measure) or c.unit is not None) for c in columns)


def _against(n: int, name: str, usual: str | None, numbers: Sequence[Decimal]) -> Rule:
    middle = median(numbers)
    is_money = (usual or "").partition("/")[0] in MONEY_UNITS
    apart = _apart(numbers, middle) if is_money and middle else frozenset()

    def rule(_table: Table, row: TableRow) -> Iterator[tuple[Cell, str]]:
        cell = row.cells[n]
        if cell.number is None:
            return
        if cell.unit != usual:
            yield cell, f"{cell.text} is in {cell.unit or 'no unit'}, the column {name} in {usual or 'no unit'}"
        elif abs(cell.number) in apart:
            yield cell, f"{cell.text} is far from the other amounts of the column {name} (median {middle:,f})"

    return rule


def _apart(numbers: Sequence[Decimal], middle: Decimal) -> frozenset[Decimal]:
    """The amounts that are far from the median and apart from all that lie nearer to it: not the end of a long tail.

    How far is far depends on how far apart the others are, as fees are and wages are not. Nothing at all is no slip of
    a digit, nor is what stands there again and again.
    """
    times = Counter(numbers)
    ordered = sorted(times)
    bound = max(FAR, exp(SPREADS * median(abs(log(number / middle)) for number in numbers if number)))
    low, high = float(middle) / bound, float(middle) * bound
    near = sum(middle / USUAL_TIMES < number < middle * USUAL_TIMES for number in numbers)
    if near < USUAL * len(numbers) or sum(not low < n < high for n in numbers) > max(1, SUSPECT_SHARE * len(numbers)):
        return frozenset()
    below = [n for n, number in enumerate(ordered) if number <= low and number * LEAST_GAP <= ordered[n + 1]]
    above = [n for n, number in enumerate(ordered) if number >= high and number >= LEAST_GAP * ordered[n - 1]]
    found = ordered[: max(below, default=-1) + 1] + ordered[min(above, default=len(ordered)) :]
    return frozenset(number for number in found if number and times[number] <= ONCE_OR_TWICE)


# Within the row


def _out_of_order(table: Table, row: TableRow) -> Iterator[tuple[Cell, str]]:
    """A low that is above the high, a percentile above a later one."""
    ranked = [
        (rank, column, cell)
        for column, cell in zip(table.columns, row.cells, strict=True)
        if (rank := _rank(column)) is not None and cell.number is not None
    ]
    for (rank, column, cell), (other, later, above) in combinations(sorted(ranked, key=lambda each: each[0]), 2):
        if rank < other and cell.unit == above.unit and cell.number > above.number:  # type: ignore[operator]  # numbers
            lows = [each for at, each, of in ranked if at == rank and of.unit == cell.unit]
            highs = [each for at, each, of in ranked if at == other and of.unit == cell.unit]
            if _are_of_one_thing(column, later, lows, highs):
                yield cell, f"{column.name} {cell.text} is above {later.name} {above.text}"


def _are_of_one_thing(low: Column, high: Column, lows: Sequence[Column], highs: Sequence[Column]) -> bool:
    """Whether the names of two columns share more words than those of any others of their kinds."""
    shared = len(_words(low) & _words(high))
    others = [_words(low) & _words(each) for each in highs if each is not high]
    others += [_words(each) & _words(high) for each in lows if each is not low]
    return all(shared > len(other) for other in others)


def _words(column: Column) -> set[str]:
    return set(WORDS.findall(column.name.lower()))


def _rank(column: Column) -> int | None:
    measure = column.measure or ""
    return PERCENTILE_RANKS.get(measure, int(measure[1:]) if is_percentile(measure) else None)


def _no_working_year(table: Table, row: TableRow) -> Iterator[tuple[Cell, str]]:
    """An hourly and an annual figure of one measure that are no year of work apart."""
    pay = [
        (column.measure, cell)
        for column, cell in zip(table.columns, row.cells, strict=True)
        if column.measure and cell.number and (cell.unit or "").endswith(("/hour", "/year"))
    ]
    for (measure, one), (also, other) in combinations(pay, 2):
        hourly, annual = (one, other) if (one.unit or "").endswith("/hour") else (other, one)
        units = (hourly.unit or "").partition("/"), (annual.unit or "").partition("/")
        if measure != also or units[0][0] != units[1][0] or (units[0][2], units[1][2]) != (Period.HOUR, Period.YEAR):
            continue
        if hourly.number and annual.number and int(annual.number / hourly.number) not in YEARLY_HOURS:
            yield annual, f"{annual.text} a year does not go with {hourly.text} an hour"


def _shifted(table: Table, row: TableRow) -> Iterator[tuple[Cell, str]]:
    """Words where numbers belong, and an amount of money where words do."""
    pairs = list(zip(table.columns, row.cells, strict=True))
    money = [
        cell
        for column, cell in pairs
        if column.has_role(ColumnRole.PLACE, ColumnRole.OCCUPATION, ColumnRole.LABEL) and _is_money(cell.text)
    ]
    words = [cell for column, cell in pairs if column.is_measure and _is_words(cell.text)]
    if money and words:
        reason = f"{money[0].text} stands among words, {words[0].text} among numbers"
        yield money[0], f"the row seems to be shifted: {reason}"


def _is_money(text: str) -> bool:
    value = parse(text)
    return value is not None and value.number is not None and (value.unit or "").partition("/")[0] in MONEY_UNITS


def _is_words(text: str) -> bool:
    return any(map(str.isalpha, text)) and parse(text) is None


# Against other rows


def _twice(table: Table, rows: Sequence[TableRow]) -> Rule:
    """A row that says otherwise than an earlier one of the same name."""
    words = [n for n, column in enumerate(table.columns) if not column.is_measure]
    names = Counter(tuple(key(row.cells[n].text) for n in words) for row in rows)
    if sum(times for times in names.values() if times > 1) > max(2, SUSPECT_SHARE * len(rows)):
        return _nothing  # these words do not tell the rows apart
    first: dict[tuple[str, ...], TableRow] = {}

    def rule(_table: Table, row: TableRow) -> Iterator[tuple[Cell, str]]:
        name = tuple(key(row.cells[n].text) for n in words)
        same = first.setdefault(name, row)
        if same is row or names[name] > ONCE_OR_TWICE:  # what comes again and again names a part of each group
            return
        for one, other in zip(same.cells, row.cells, strict=True):
            if one.number is not None and other.number is not None and one.number != other.number:
                yield other, f"{other.text} here, {one.text} in row {same.number}"
                return

    return rule if rows else _nothing


def _nothing(_table: Table, _row: TableRow) -> Iterator[tuple[Cell, str]]:
    yield from ()
