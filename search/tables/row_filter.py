"""Rows of one table by conditions in the user's words: ``median > 20``, ``place = Fresno``, sorted and limited."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from difflib import get_close_matches
from typing import NamedTuple

from ..column_kinds import ColumnRole
from ..errors import NotFoundError, UsageError
from ..model import Table, TableRow
from ..store.catalog import Catalog
from ..store.columns import PLACE_KIND, PLACE_STATE, Kind
from ..store.scan import Condition, Scan
from ..store.sorted_scan import Comparison, RowOrder
from ..text.measures import label
from ..text.tokenizer import key

OPERATORS = "=  !=  <  <=  >  >=  ~ (contains)"
ORDERING = ("<", "<=", ">", ">=")
NUMBER_ROLES = ("measure", "year")
"""Roles of columns whose cells are numbers."""
OF_PLACES = {"kind": PLACE_KIND, "state": PLACE_STATE}
"""What can be asked of a row's place without a column of that name."""

_CONDITION = re.compile(r"\s*([^=!<>~]{1,200}?)\s*(!=|<=|>=|=|<|>|~)\s*(.*?)\s*", re.DOTALL)
_NUMBER = re.compile(r"(-?)\s?[$€£]?\s?(\d{1,15}(?:,\d{3}){0,5}(?:\.\d{1,15})?|\.\d{1,15})\s?%?")

Test = Callable[[TableRow], bool]


class Selection(NamedTuple):
    """The rows that meet the conditions, sorted and limited, and how many there are without the limit."""

    rows: list[TableRow]
    matched: int
    left_out: int
    """How many of the matched rows have no number to sort by, and so are not among ``rows``."""
    columns: frozenset[int]
    """The columns that conditions and sorting ask for."""


def table_named(name: str, catalog: Catalog) -> Table:
    """The table of this name, however it is cased. Raises NotFoundError that says which names are near."""
    if (exact := catalog.table(name)) is not None:
        return exact
    folded, tables = key(name), catalog.tables()
    for table in tables:
        if key(table.name) == folded:
            return table
    names = [table.name for table in tables]
    near = get_close_matches(name, names, n=3) or [n for n in names if folded and folded in key(n)][:3]
    hint = f"did you mean {' or '.join(near)}? " if near else ""
    raise NotFoundError(f"there is no table {name}", f"{hint}'citeguide tables' lists them")


def column_named(name: str, table: Table) -> int:
    """The position of the column that is called so: by its name, its measure or its role, or uniquely by a part of it.

    Raises UsageError that names the columns where there is none, or the columns in question where there are several.
    """
    folded = key(name)
    columns = range(len(table.columns))
    for found in (
        [n for n in columns if key(table.columns[n].name) == folded],
        [n for n in columns if folded in _measure_names(table.columns[n].measure)],
        [n for n in columns if table.columns[n].role == folded != ColumnRole.MEASURE][:1],
        [n for n in columns if folded and f" {folded}" in f" {key(table.columns[n].name)}"],
    ):
        if len(found) > 1:
            raise UsageError(f"{name} may be any of {_listed(table, found)}", "give the column's own name")
        if found:
            return found[0]
    raise UsageError(f"table {table.name} has no column {name}", f"its columns are {_listed(table, columns)}")


def select(
    catalog: Catalog,
    table: Table,
    where: Iterable[str] = (),
    *,
    sort: str | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> Selection:
    """The rows of a table that meet every condition; ``sort`` is a column's name, with ``-`` before it descending.

    Raises UsageError for a condition that cannot be read, or a column that does not exist.
    """
    found = _asked(catalog, table, where, sort)
    if found.scan is None:
        rows = list(_one_by_one(catalog, table, found))
        ordered = _sorted(rows, found)
        return Selection(ordered[offset:][:limit], len(rows), len(rows) - len(ordered), found.columns)
    rows = list(catalog.scanned(found.scan, found.order, limit, offset))
    return Selection(rows, found.scan.total, found.scan.total - found.scan.known, found.columns)


def each(catalog: Catalog, table: Table, where: Iterable[str] = (), *, sort: str | None = None) -> Iterator[TableRow]:
    """All the rows of ``select``; one at a time from the catalog where it can filter and sort them by itself."""
    found = _asked(catalog, table, where, sort)
    if found.scan is None:
        rows = _one_by_one(catalog, table, found)
        return rows if found.by is None else iter(_sorted(rows, found))
    return catalog.scanned(found.scan, found.order)


class _Asked(NamedTuple):
    """What was asked for, as read; ``scan`` is None where rows must be looked at one by one."""

    conditions: list[Condition]
    tests: list[Test]
    by: int | None
    of_numbers: bool
    """Whether that column holds numbers, and no words."""
    descending: bool
    columns: frozenset[int]
    scan: Scan | None

    @property
    def order(self) -> RowOrder:
        """How the scan's rows are put in order."""
        if self.by is None:
            return RowOrder.SOURCE
        return RowOrder.DESCENDING if self.descending else RowOrder.ASCENDING


def _asked(catalog: Catalog, table: Table, where: Iterable[str], sort: str | None) -> _Asked:
    read = [_condition(text, table, catalog) for text in where]
    conditions = [condition for condition in read if isinstance(condition, Condition)]
    tests = [test for test in read if not isinstance(test, Condition)]
    by = None if sort is None else column_named(sort.removeprefix("-"), table)
    columns = frozenset(c.column for c in conditions if c.column >= 0).union(() if by is None else (by,))
    of_numbers = by is None or table.columns[by].role in NUMBER_ROLES
    scan = None
    if not tests and (by is None or of_numbers or catalog.has_words(table.id, by)):
        kind: Kind = "numbers" if of_numbers else "words"
        scan = catalog.scan(table.id, () if by is None else (by,), conditions, kind=kind)
    return _Asked(conditions, tests, by, of_numbers, (sort or "").startswith("-"), columns, scan)


def _one_by_one(catalog: Catalog, table: Table, asked: _Asked) -> Iterator[TableRow]:
    """The rows that meet every condition, in source order."""
    rows = catalog.scanned(catalog.scan(table.id, (), asked.conditions))
    return (row for row in rows if all(test(row) for test in asked.tests))


def _sorted(rows: Iterable[TableRow], asked: _Asked) -> list[TableRow]:
    """By number, rows without one left out; or by folded words. Ties keep the source's order."""
    if (by := asked.by) is None:
        return list(rows)
    if not asked.of_numbers:
        return sorted(rows, key=lambda row: key(row.cells[by].text), reverse=asked.descending)
    numbered = [(number, row) for row in rows if (number := row.cells[by].number) is not None]
    return [row for _, row in sorted(numbered, key=lambda pair: -pair[0] if asked.descending else pair[0])]


# One condition


def _condition(text: str, table: Table, catalog: Catalog) -> Condition | Test:
    match = _CONDITION.fullmatch(text)
    if match is None:
        raise UsageError(f"cannot read the condition {text!r}", f"write 'column operator value', operators {OPERATORS}")
    name, operator, value = match.groups()
    if key(name) in OF_PLACES and not any(key(column.name) == key(name) for column in table.columns):
        return _of_place(key(name), operator, value, table, catalog)
    column = column_named(name, table)
    if table.columns[column].role in NUMBER_ROLES and operator != "~":
        return Condition(column, _comparison(operator), _number(value, text))
    if operator in ORDERING:
        raise UsageError(f"{table.columns[column].name} holds words, not numbers", "use =, != or ~ with it")
    return _of_words(column, operator, value, table, catalog)


def _comparison(operator: str) -> Comparison:
    comparisons: dict[str, Comparison] = {c: c for c in ("=", "!=", "<", "<=", ">", ">=")}
    return comparisons[operator]


def _number(value: str, condition: str) -> Decimal:
    match = _NUMBER.fullmatch(value)
    if match is None:
        raise UsageError(f"{value!r} in the condition {condition!r} is no number", "write it like 20, $1,250 or 3.5%")
    return Decimal(match[1] + match[2].replace(",", ""))


def _of_words(column: int, operator: str, value: str, table: Table, catalog: Catalog) -> Condition | Test:
    """Words are compared folded. ``=`` takes a part of a compound name as well: "Long Beach" for the whole area."""
    folded = key(value)
    if operator == "~":
        if table.columns[column].role in NUMBER_ROLES:
            return lambda row: value.casefold() in row.cells[column].text.casefold()
        return Condition(column, "in", tuple(catalog.keys_containing(table.id, column, folded)))
    near = catalog.names_among(table.id, column, catalog.keys_containing(table.id, column, folded))
    named = tuple(k for k, (text, _) in near.items() if folded == k or folded in parts(text))
    return Condition(column, "in" if operator == "=" else "not in", named)


def parts(name: str) -> set[str]:
    """The names that a compound place name is made of, folded: "San Jose", "Sunnyvale" and "Santa Clara"."""
    head = re.split(r",|\(", name, maxsplit=1)[0]
    return {key(head), *(key(part) for part in re.split(r"--?|/", head))}


def _of_place(attribute: str, operator: str, value: str, table: Table, catalog: Catalog) -> Condition:
    if operator not in ("=", "!="):
        raise UsageError(f"{attribute} can only be compared by = and !=", f"write for example '{attribute} = {value}'")
    wanted, column = value.casefold(), OF_PLACES[attribute]
    held = catalog.keys(table.id, column)
    return Condition(
        column, "in" if operator == "=" else "not in", tuple(k for k in held if wanted in (k, *k.split("-")))
    )


def _measure_names(measure: str | None) -> set[str]:
    return {key(measure), key(label(measure))} if measure else set()


def _listed(table: Table, columns: Sequence[int]) -> str:
    return ", ".join(table.columns[n].name for n in columns)
