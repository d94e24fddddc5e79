"""Computes a reading over all rows of a table. Sets of rows are integers, a bit a row."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

from ...text.cycles import moments
from . import algebra as a
from .column_view import ValueKind, bits, members
from .question_dates import FIRST_YEAR
from .table_view import TableView

Item = str | float
Numbers = Sequence[float]

CONDITION_TESTS: Mapping[str, Callable[[float, float], bool]] = {
    "=": operator.eq, ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le,
}  # fmt: skip
REDUCTIONS: Mapping[str, Callable[[Numbers], float]] = {
    "sum": sum, "min": min, "max": max, "mean": lambda numbers: sum(numbers) / len(numbers),
    "median": lambda numbers: _median(sorted(numbers)),
    "range": lambda numbers: max(numbers) - min(numbers),
}  # fmt: skip
PAIRINGS: Mapping[str, Callable[[float, float], float | None]] = {
    "difference": operator.sub,
    "sum": operator.add,
    "mean": lambda x, y: (x + y) / 2,
    "ratio": lambda x, y: x / y if y else None,
    "share": lambda x, y: 100 * x / y if y else None,
    "percent change": lambda x, y: 100 * (x - y) / abs(y) if y else None,
}


class Computed(NamedTuple):
    """What came out: items in order, and the rows that they rest on."""

    items: tuple[Item, ...]
    rows: tuple[int, ...] = ()
    column: int | None = None
    """The column whose cells the items are, a row each; None for what was computed."""


class Executor:
    """Of one table and one question: each set of rows is computed once."""

    def __init__(self, view: TableView) -> None:
        self.view = view
        self._masks: dict[a.ColumnCondition, int] = {}
        self._rows: dict[a.Rows, tuple[int, ...]] = {}

    def run(self, value: a.Value) -> Computed | None:
        """The result; None where there is none."""
        run: Callable[[a.Value], Computed | None] = getattr(self, f"_{type(value).__name__.lower()}")
        return run(value)

    def mask(self, condition: a.ColumnCondition) -> int:
        """The rows that meet a condition."""
        if condition not in self._masks:
            self._masks[condition] = self._holding(condition)
        return self._masks[condition]

    def filtered(self, rows: a.Filter) -> int:
        """The rows that a filter lets through; rows that add up others only where nothing else is left."""
        masks = [self.mask(condition) for condition in rows.conditions]
        mask = self.view.body if not masks else masks[0]
        for other in masks[1:]:
            mask = mask | other if rows.union else mask & other
        mask = mask & self.view.body or mask
        return mask & self.view.body & ~self.mask(rows.negated) if rows.negated is not None else mask

    def rows(self, rows: a.Rows) -> tuple[int, ...]:
        """The rows that are meant, in the order meant."""
        if rows not in self._rows:
            self._rows[rows] = tuple(self._found(rows))
        return self._rows[rows]

    def number(self, value: a.Value) -> tuple[float, tuple[int, ...]] | None:
        """The one number that a value is, with its rows."""
        found = self.run(value)
        if found is None or len(found.items) != 1:
            return None
        item = found.items[0]
        if isinstance(item, float):
            return item, found.rows
        number = self.view.columns[found.column].values[found.rows[0]] if found.column is not None else None
        return None if number is None else (number, found.rows)

    # conditions

    def _holding(self, condition: a.ColumnCondition) -> int:
        column = self.view.columns[condition.column]
        if isinstance(condition.value, str) and condition.compares("=", "has"):
            wanted = tuple(condition.value.split())
            whole = condition.compares("=")
            mask = 0
            for number in {number for number, _ in column.postings.get(wanted[0], ())}:
                name = column.names[number]
                if name == wanted if whole else _in_order(wanted, name):
                    mask |= column.rows_of(number)
            return mask
        if condition.compares("blank", "filled"):
            filled = bits((n for n in range(self.view.rows) if column.cell(n) is not None), self.view.rows)
            return filled if condition.compares("filled") else self.view.body & ~filled
        if isinstance(condition.value, str) and condition.compares("within"):
            wanted_moment = moments()[condition.value]
            held = (n for n, spoken in enumerate(column.moments) if wanted_moment in spoken)
            return reduce(or_, map(column.rows_of, held), 0)
        wanted_number = float(condition.value)
        if condition.compares("within"):
            within = (row for row, (low, high) in column.ranges.items() if low <= wanted_number <= high)
            return bits(within, self.view.rows)
        test = CONDITION_TESTS[condition.comparison]
        if column.kind == ValueKind.DATE and wanted_number >= FIRST_YEAR and wanted_number.is_integer():
            met = (n for n, v in enumerate(column.values) if v is not None and test(v // 1, wanted_number))
        else:
            met = (n for n, v in enumerate(column.values) if v is not None and test(v, wanted_number))
        return bits(met, self.view.rows)

    # rows

    def _found(self, rows: a.Rows) -> Sequence[int]:
        if isinstance(rows, a.Filter):
            return members(self.filtered(rows))
        inner = self.rows(rows.rows)
        if not inner:
            return ()
        match rows:
            case a.TopRows():
                return self._ranked(inner, rows)
            case a.Nth():
                return inner[rows.position :][:1] if -len(inner) <= rows.position < len(inner) else ()
            case a.Neighbour():
                return self._neighbour(inner, rows)
            case a.Alike():
                column = self.view.columns[rows.column]
                cells = {column.cell(row) for row in inner} - {None}
                return [n for n in members(self.view.body) if n not in inner and column.cell(n) in cells]
            case a.Beyond():
                return [n for n in members(self.view.body) if (n > inner[-1] if rows.below else n < inner[0])]

    def _ranked(self, inner: Sequence[int], rows: a.TopRows) -> Sequence[int]:
        known = self._known(inner, rows.column)
        known.sort(key=lambda pair: pair[0], reverse=rows.descending)
        chosen = known[rows.skip : rows.skip + rows.most]
        if rows.most == 1 and chosen:
            chosen += [pair for pair in known[rows.skip + 1 :] if pair[0] == chosen[0][0]]
        return [row for _, row in chosen]

    def _neighbour(self, inner: Sequence[int], rows: a.Neighbour) -> Sequence[int]:
        if rows.column is None:
            at = (inner[-1] if rows.step > 0 else inner[0]) + rows.step
            return (at,) if 0 <= at < self.view.rows else ()
        own = [value for value, _ in self._known(inner, rows.column)]
        if not own:
            return ()
        edge = max(own) if rows.step > 0 else min(own)
        others = [
            (value, row)
            for value, row in self._known(members(self.view.body), rows.column)
            if (value > edge if rows.step > 0 else value < edge)
        ]
        nearest = (min if rows.step > 0 else max)((value for value, _ in others), default=None)
        return [row for value, row in others if value == nearest]

    def _known(self, rows: Sequence[int], column: int) -> list[tuple[float, int]]:
        values = self.view.columns[column].values
        return [(value, row) for row in rows if (value := values[row]) is not None]

    # values

    def _select(self, value: a.Select) -> Computed | None:
        column = self.view.columns[value.column]
        shown = [(item, row) for row in self.rows(value.rows) if (item := column.cell(row)) is not None]
        if not shown:
            return None
        items, rows = zip(*shown, strict=True)
        return Computed(tuple(dict.fromkeys(items)), rows, value.column)

    def _count(self, value: a.Count) -> Computed:
        rows = self.rows(value.rows)
        return Computed((float(len(rows)),), rows)

    def _distinct(self, value: a.Distinct) -> Computed:
        rows = self.rows(value.rows)
        column = self.view.columns[value.column]
        return Computed((float(len({column.cell(row) for row in rows} - {None})),), rows)

    def _reduce(self, value: a.Reduce) -> Computed | None:
        known = self._known(self.rows(value.rows), value.column)
        if not known:
            return None
        return Computed((float(REDUCTIONS[value.how]([v for v, _ in known])),), tuple(row for _, row in known))

    def _frequent(self, value: a.Frequent) -> Computed | None:
        tally = self._tally(value.rows, value.column)
        if len(tally) < 2:
            return None
        return _best({item: float(len(rows)) for item, rows in tally.items()}, tally, value.descending)

    def _grouped(self, value: a.Grouped) -> Computed | None:
        tally = self._tally(value.rows, value.column)
        if len(tally) < 2:
            return None
        sums = {item: sum(v for v, _ in self._known(rows, value.numbers)) for item, rows in tally.items()}
        return _best(sums, tally, value.descending)

    def _times(self, value: a.Times) -> Computed | None:
        tally = self._tally(value.rows, value.column)
        chosen = [item for item, rows in tally.items() if len(rows) == value.times]
        return Computed(tuple(chosen), tuple(row for item in chosen for row in tally[item])) if chosen else None

    def _tally(self, rows: a.Rows, column: int) -> dict[Item, list[int]]:
        found: dict[Item, list[int]] = {}
        for row in self.rows(rows):
            if (item := self.view.columns[column].cell(row)) is not None:
                found.setdefault(item, []).append(row)
        return found

    def _pair(self, value: a.Pair) -> Computed | None:
        left, right = self.number(value.left), self.number(value.right)
        if left is None or right is None:
            return None
        paired = PAIRINGS[value.how](left[0], right[0])
        return None if paired is None else Computed((paired,), tuple(dict.fromkeys((*left[1], *right[1]))))

    def _across(self, value: a.Across) -> Computed | None:
        rows = self.rows(value.rows)
        if len(rows) != 1:
            return None
        known = [v for column in value.columns if (v := self.view.columns[column].values[rows[0]]) is not None]
        return Computed((float(REDUCTIONS[value.how](known)),), rows) if len(known) == len(value.columns) else None

    def _scaled(self, value: a.Scaled) -> Computed | None:
        found = self.number(value.value)
        return None if found is None else Computed((found[0] * value.factor,), found[1])

    def _which(self, value: a.Which) -> Computed | None:
        rows = [self.rows(option) for option in value.options]
        numbers = [self._of_option(some, value) for some in rows]
        known = [number for number in numbers if number is not None]
        if len(known) < len(numbers) or len(set(known)) == 1:
            return None
        best = known.index((max if value.descending else min)(known))
        named = str(value.options[best].conditions[0].value)
        return Computed((named,), (*rows[best], *(row for n, some in enumerate(rows) if n != best for row in some)))

    def _of_option(self, rows: Sequence[int], value: a.Which) -> float | None:
        if value.column is None:
            return float(len(rows))
        numbers = [number for number, _ in self._known(rows, value.column)]
        return (max if value.descending else min)(numbers, default=None)

    def _whichcolumn(self, value: a.WhichColumn) -> Computed | None:
        rows = self.rows(value.rows)
        if len(rows) != 1:
            return None
        known = [
            (v, column) for column in value.columns if (v := self.view.columns[column].values[rows[0]]) is not None
        ]
        needed = len(value.columns) if len(value.columns) <= a.COMPARED_COLUMNS else 2
        if len(known) < needed or len({v for v, _ in known}) == 1:
            return None
        _, column = (max if value.descending else min)(known)
        return Computed((self.view.columns[column].name.casefold(),), rows)

    def _holds(self, value: a.Holds) -> Computed | None:
        left = self.number(value.left)
        right = self.number(value.right) if value.right is not None else (0.0, ())
        if left is None or right is None:
            return None
        return Computed(("yes" if left[0] > right[0] else "no",), (*left[1], *right[1]))


def _median(ordered: Numbers) -> float:
    middle, odd = divmod(len(ordered), 2)
    return ordered[middle] if odd else (ordered[middle - 1] + ordered[middle]) / 2


def _in_order(wanted: Sequence[str], name: Sequence[str]) -> bool:
    """Whether a name holds all these words one after the other; others may stand between."""
    rest = iter(name)
    return all(word in rest for word in wanted)


def _best(sizes: Mapping[Item, float], rows: Mapping[Item, list[int]], descending: bool) -> Computed:
    best = (max if descending else min)(sizes.values())
    chosen = [item for item, size in sizes.items() if size == best]
    return Computed(tuple(chosen), tuple(row for item in chosen for row in rows[item]))
