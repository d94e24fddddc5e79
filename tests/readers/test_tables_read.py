"""Real tables are read as a person reads them, every column typed; ``bench/table_reading.py`` gives the figures."""

from __future__ import annotations

from decimal import Decimal

import pytest
import table_reading
from citeguide.indexer.parse import parse_guide
from citeguide.indexer.tables.moments import days_first, moment
from citeguide.indexer.tables.ranges import bounds
from citeguide.indexer.tables.values import parse
from citeguide.search.model import Bounds, Column


@pytest.mark.usefixtures("shared")
def test_real_tables_are_read_as_a_person_reads_them() -> None:
    """Heads, kinds, units, years, rows, totals and labels of all tables written down, but for those in doubt."""
    wrong = dict(table_reading.wrong())
    doubted = {f"{case['file']} {case['n']}" for case in table_reading.cases() if "doubt" in case}
    assert {name: said for name, said in wrong.items() if name not in doubted} == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [("3-5 years", (3, 5)), ("10+ years", (10, None)), ("over 150", (150, None)), ("Up to $97", (None, 97)),
     ("$23,201 - $94,300", (23201, 94300)), ("65 years and over", (65, None)), ("90 days or less", (None, 90)),
     ("2–1", None), ("2019-20", None), ("555-0100", None), ("Monday", None), ("40", None)],
)  # fmt: skip
def test_ranges(text: str, expected: tuple[int | None, int | None] | None) -> None:
    """Two ends or one, the lower first; neither a score, a season nor a telephone number is a range."""
    ends: Bounds | None = None
    if expected is not None:
        low, high = expected
        ends = (None if low is None else Decimal(low), None if high is None else Decimal(high))
    assert bounds(text) == ends


@pytest.mark.parametrize(
    ("text", "expected"),
    [("02/11/2019 12:00:00 AM", "2019-02-11"), ("April 28, 1985", "1985-04-28"), ("12-Mar-98", "1998-03-12"),
     ("Nov. 1971", "1971-11"), ("25 Feb", "--02-25"), ("2010", None), ("31/02/2019", None), ("March hare", None)],
)  # fmt: skip
def test_moments(text: str, expected: str | None) -> None:
    """What the calendar does not have is no date, and a year alone is a year."""
    assert moment(text) == expected


def test_the_day_stands_first_where_some_date_could_not_be_read_otherwise() -> None:
    assert days_first(["14/08/2017", "03/04/2018"])
    assert not days_first(["08/14/2017", "03/04/2018"])


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [("$.50", "0.50", "USD"), ("25¢", "0.25", "USD"), ("67.0 cents", "0.670", "USD"), ("() $29.56", "29.56", "USD"),
     ("$1.5 million", "1500000.0", "USD"), ("$(500)", "-500", "USD"), ("(0.5)%", "-0.5", "percent"),
     ("7.75(g)", "7.75", None)],
)  # fmt: skip
def test_amounts_as_books_and_price_lists_write_them(text: str, number: str, unit: str | None) -> None:
    value = parse(text)
    assert value is not None
    assert (value.number, value.unit) == (Decimal(number), unit)


def columns(text: str, name: str = "guide.md") -> tuple[Column, ...]:
    (table,) = parse_guide(text.encode(), name).tables
    return table.columns


def test_group_rows_carry_into_their_rows_and_marks_are_no_part_of_names() -> None:
    """A bold row with an amount of its own belongs to no group."""
    text = "| Item | Fee |\n|---|---|\n| **Large** | |\n| Draft | $90 |\n| **Small** | |\n"
    text += "| Draft | $60 |\n| **Permit** | $15 |\n"
    (table,) = parse_guide(text.encode(), "guide.md").tables
    assert [tuple(cell.text for cell in row.cells) for row in table.rows] == [
        ("Large", "Draft", "$90"), ("Small", "Draft", "$60"), ("", "Permit", "$15"),
    ]  # fmt: skip


def test_a_row_that_lacks_its_value_is_no_group() -> None:
    (table,) = parse_guide(
        b"| Area | Pay |\n|---|---|\n| Napa | $20 |\n| Kern | |\n| Mono | $21 |\n", "guide.md"
    ).tables
    assert len(table.rows) == 3


def test_signs_in_cells_of_their_own_join_their_numbers() -> None:
    page = "<table><tr><th></th><th colspan=3>2019</th></tr>" + "".join(
        f"<tr><td>{name}</td><td>$</td><td>{number}</td><td>{end}</td></tr>"
        for name, number, end in (("Sales", "1,200.5", ""), ("Loss", "(300.5", ")"))
    )
    (table,) = parse_guide(f"{page}</table>".encode(), "page.html").tables
    assert [row.cells[1].number for row in table.rows] == [Decimal("1200.5"), Decimal("-300.5")]
    assert (table.columns[1].kind, table.columns[1].year) == ("money", 2019)


def test_a_unit_that_arithmetic_shows_is_said() -> None:
    rows = "".join(f"{name},{hour * 2080},{hour}\n" for name, hour in zip("ABCDEF", range(15, 21), strict=True))
    _, annual, hourly = columns(f"Job,a,b\n{rows}", "pay.csv")
    assert (annual.unit, hourly.unit) == ("USD/year", "USD/hour")
    assert "2,080" in annual.note


def test_the_currency_of_a_head_is_that_of_its_amounts() -> None:
    assert columns("| City | Hourly wage (EUR) |\n|---|---|\n| Ulm | 17.85 |\n")[1].unit == "EUR/hour"
    assert columns("| City | Rent (C$) |\n|---|---|\n| Ulm | 900 |\n")[1].unit == "CAD"


def test_amounts_are_in_the_currency_that_their_row_names() -> None:
    (table,) = parse_guide(b"Job,salary,salary_currency\nAnn,70000,EUR\nBob,60000,GBP\n", "pay.csv").tables
    assert [row.cells[1].unit for row in table.rows] == ["EUR", "GBP"]
