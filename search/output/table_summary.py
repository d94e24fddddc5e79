"""What a table can be asked for, in a person's words: what its rows are, their numbers, years, dates and groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..column_kinds import ColumnKind
from ..model import Column, Table

MOST_NAMES_GIVEN = 12
"""Names of one kind that are given; the rest is counted."""
OF_GROUPS = ("text", "code", "place", "range", "year")
"""Kinds of columns that tell rows apart."""


def askable(table: Table) -> Iterator[str]:
    """Lines such as ``numbers: Low, Median (USD/hour)``; columns that are years of one measure are one."""
    label = table.columns[table.label] if table.label is not None and table.label < len(table.columns) else None
    if label is not None:
        yield f"rows: {label.name}"
    others = [column for column in table.columns if column is not label]
    yield from _line("numbers", _numbers([column for column in others if column.is_measure]))
    yield from _line("dates", (column.name for column in others if column.kind == ColumnKind.DATE))
    groups = (column.name for column in others if not column.is_measure and column.kind in OF_GROUPS)
    yield from _line("words", groups)


def _line(what: str, names: Iterator[str]) -> Iterator[str]:
    found = list(dict.fromkeys(name for name in names if name.strip()))
    more = f", and {len(found) - MOST_NAMES_GIVEN} more" if len(found) > MOST_NAMES_GIVEN else ""
    if found:
        yield f"{what}: {', '.join(found[:MOST_NAMES_GIVEN])}{more}"


def _numbers(columns: list[Column]) -> Iterator[str]:
    """Measures with their units; a measure that has a column a year by its first and last."""
    years: defaultdict[tuple[str, str | None], list[int]] = defaultdict(list)
    for column in columns:
        if column.year is not None:
            years[_without_year(column), column.unit].append(column.year)
    said = set()
    for column in columns:
        measure = _without_year(column)
        of = years.get((measure, column.unit), []) if column.year is not None else []
        name = f"{measure} {min(of)} to {max(of)}".strip() if len(of) > 1 else column.name
        if (name, column.unit) not in said:
            said.add((name, column.unit))
            yield f"{name} ({column.unit})" if column.unit else name


def _without_year(column: Column) -> str:
    return " ".join(column.name.replace(str(column.year), " ").split())
