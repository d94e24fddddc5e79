"""What the list of tables says that each can be asked for."""

from __future__ import annotations

from citeguide.search.column_kinds import ColumnKind, ColumnRole
from citeguide.search.model import Column, Table
from citeguide.search.output.table_summary import MOST_NAMES_GIVEN, askable


def table(*columns: Column, label: int | None = 0) -> Table:
    return Table(1, 1, "towns", "Towns", (), columns, 9, (0, 1), (1, 1), label=label)


def test_columns_that_are_years_of_one_measure_are_one() -> None:
    """Ten years of a measure are named by the first and the last; another measure stays by itself."""
    years = [
        Column(f"Jobs {year}", ColumnRole.MEASURE, unit="count", kind=ColumnKind.NUMBER, year=year)
        for year in range(2010, 2020)
    ]
    said = list(
        askable(
            table(
                Column("Town", ColumnRole.PLACE, kind=ColumnKind.PLACE),
                *years,
                Column("Area", ColumnRole.MEASURE, kind=ColumnKind.NUMBER),
            )
        )
    )
    assert said == ["rows: Town", "numbers: Jobs 2010 to 2019 (count), Area"]


def test_dates_and_groups_are_told_from_numbers() -> None:
    """A code is no number to reckon with, though it be made of figures."""
    columns = (
        Column("Code", ColumnRole.CODE, kind=ColumnKind.CODE),
        Column("Name", ColumnRole.LABEL),
        Column("Closed", ColumnRole.LABEL, kind=ColumnKind.DATE),
        Column("Fee", ColumnRole.MEASURE, unit="USD", kind=ColumnKind.MONEY),
    )
    said = list(askable(table(*columns, label=1)))
    assert said == ["rows: Name", "numbers: Fee (USD)", "dates: Closed", "words: Code"]


def test_many_columns_are_counted() -> None:
    """A line stays a line."""
    columns = [
        Column(f"Measure {chr(65 + n)}", ColumnRole.MEASURE, kind=ColumnKind.NUMBER)
        for n in range(MOST_NAMES_GIVEN + 3)
    ]
    assert next(iter(askable(table(*columns, label=None)))).endswith("Measure L, and 3 more")
