"""The language that a question about one table is read into: rows, and what is made of them.

Frozen and small. Whatever a column's type allows can be asked of it; ``execute`` computes it over all rows.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from ...params import PARAMS

Comparison = Literal["=", "has", ">", ">=", "<", "<=", "within", "blank", "filled"]
"""``within`` holds of a cell with a range of numbers that the value lies in."""
Reduction = Literal["sum", "mean", "median", "min", "max", "range"]
EXTREMES: tuple[Reduction, ...] = ("max", "min")
"""What gives a number that stands in a cell."""
Pairing = Literal["difference", "ratio", "percent change", "share", "sum", "mean"]


class ColumnCondition(NamedTuple):
    """One column held against a value: a folded text, or a number (a date counts in years)."""

    column: int
    comparison: Comparison
    value: str | float = ""

    def compares(self, *ways: Comparison) -> bool:
        """Whether it compares in one of these ways."""
        return self.comparison in ways


class Filter(NamedTuple):
    """The rows that meet all conditions, or any, or (``negated``) not; without conditions all rows but totals."""

    conditions: tuple[ColumnCondition, ...] = ()
    union: bool = False
    negated: ColumnCondition | None = None


class TopRows(NamedTuple):
    """The first rows in order of a column, ``skip`` left out; ties with the last are kept."""

    rows: Rows
    column: int
    descending: bool
    most: int = 1
    skip: int = 0


class Nth(NamedTuple):
    """The n-th row in the order of the table, from 0, or from the end below 0."""

    rows: Rows
    position: int


class Neighbour(NamedTuple):
    """The row after or before a row: in the order of the table, or of a column."""

    rows: Rows
    step: int
    column: int | None = None


class Alike(NamedTuple):
    """The other rows that share a row's value in a column."""

    rows: Rows
    column: int


class Beyond(NamedTuple):
    """All rows below a row of the table, or above it."""

    rows: Rows
    below: bool


Rows = Filter | TopRows | Nth | Neighbour | Alike | Beyond


class Select(NamedTuple):
    """The values of a column."""

    rows: Rows
    column: int


class Count(NamedTuple):
    """How many rows."""

    rows: Rows


class Distinct(NamedTuple):
    """How many different values a column has."""

    rows: Rows
    column: int


class Reduce(NamedTuple):
    """All numbers of a column made one."""

    how: Reduction
    rows: Rows
    column: int


class Frequent(NamedTuple):
    """The value that most rows have in a column, or fewest."""

    rows: Rows
    column: int
    descending: bool


class Grouped(NamedTuple):
    """The value of a column whose rows' numbers, added up, are greatest or least."""

    rows: Rows
    column: int
    numbers: int
    descending: bool


class Times(NamedTuple):
    """The values of a column that so many rows have."""

    rows: Rows
    column: int
    times: int


class Pair(NamedTuple):
    """Two values made one: how they differ, what share one is of the other."""

    how: Pairing
    left: Value
    right: Value


AcrossReduction = Literal["sum", "mean"]


class Across(NamedTuple):
    """Several columns of one row made one."""

    how: AcrossReduction
    rows: Rows
    columns: tuple[int, ...]


class Scaled(NamedTuple):
    """A number by so many: pay by the hour as pay by the year."""

    value: Value
    factor: float


class Which(NamedTuple):
    """Which of several row sets has the most or least: by a column, or by how many rows there are."""

    options: tuple[Filter, ...]
    column: int | None
    descending: bool


COMPARED_COLUMNS = PARAMS.reading_model.compared_columns


class WhichColumn(NamedTuple):
    """Which of several columns has the most or least in one row."""

    rows: Rows
    columns: tuple[int, ...]
    descending: bool


class Holds(NamedTuple):
    """Whether there is such a row, or the first value is above the second."""

    left: Value
    right: Value | None = None


Value = (
    Select
    | Count
    | Distinct
    | Reduce
    | Frequent
    | Grouped
    | Times
    | Pair
    | Across
    | Scaled
    | Which
    | WhichColumn
    | Holds
)
