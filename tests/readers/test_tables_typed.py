"""Tables become typed: what columns, cells, places and years mean, and which tables hold no data at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from citeguide.indexer.document import Block, CellText, ParsedTable, TableGrid
from citeguide.indexer.glued_tables.glued import find
from citeguide.indexer.tables.typed import remainder, typed
from citeguide.search.text.line_index import LineIndex
from hypothesis import given
from hypothesis import strategies as st

Rows = Sequence[Sequence[str]]
CELLS = st.sampled_from(
    ["", "Fresno, CA MSA", "United States", "CA", "Hourly", "Annual", "$12.05", "45,700", "6%", "#", "(8) -", "2023",
     "31-9091", "Median", "Note: see below", "* of some", "7", "x y z", "64 hours"]
)  # fmt: skip
GRIDS = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.one_of(CELLS, st.text(max_size=12)), min_size=width, max_size=width), max_size=7)
)


def laid_out(header: Sequence[str], rows: Rows, before: str = "", caption: str = "") -> tuple[Block, str]:
    """A document's text with a table of tabs and line breaks in it, and the table's block."""
    text = before
    start = len(text)
    lines: list[tuple[CellText, ...]] = []
    for record in [header, *rows] if header else rows:
        cells = []
        for cell in record:
            cells.append(CellText(cell, (len(text), len(text) + len(cell))))
            text += f"{cell}\t"
        lines.append(tuple(cells))
        text += "\n"
    grid = TableGrid(lines[0], tuple(lines[1:]), caption) if header else TableGrid((), tuple(lines), caption)
    return Block("table", (start, len(text)), grid=grid), text


def table(
    header: Sequence[str], rows: Rows, *, before: str = "", caption: str = "", title: str = ""
) -> ParsedTable | None:
    """The typed table of a header and rows."""
    block, text = laid_out(header, rows, before, caption)
    return typed(block, text, title=title, headings=(title,) if title else (), document_title="A guide")


def data(header: Sequence[str], rows: Rows, *, before: str = "", caption: str = "", title: str = "") -> ParsedTable:
    """The same, where it must be a table of data."""
    found = table(header, rows, before=before, caption=caption, title=title)
    assert found is not None
    return found


def shape(found: ParsedTable) -> list[tuple[str, str | None, str | None]]:
    """Role, measure and unit of each column."""
    return [(column.role, column.measure, column.unit) for column in found.columns]


def numbers(found: ParsedTable, column: int) -> list[tuple[str | None, str | None, str | None]]:
    """Number, unit and mark of each cell of a column."""
    cells = [row.cells[column] for row in found.rows]
    return [(None if cell.number is None else str(cell.number), cell.unit, cell.mark) for cell in cells]


def test_wage_table_of_the_seeds(shared: Path) -> None:
    """The glued wage table is 29 rows: kinds of area, states, exact dollars an hour, each with its line."""
    text = (shared / "seeds" / "000_c892d1600849e27d.txt").read_text("utf-8")
    lines = LineIndex(text)
    (block,) = find(text, lines.spans())
    found = typed(block, text, title="Salary", headings=("Salary",), document_title="")
    assert found is not None
    assert shape(found) == [
        ("place", None, None),
        ("pay type", None, None),
        ("measure", "low", "USD/hour"),
        ("measure", "median", "USD/hour"),
        ("measure", "high", "USD/hour"),
    ]
    kinds = Counter(row.place.kind for row in found.rows if row.place)
    assert kinds == {"nation": 1, "MSA": 22, "metropolitan division": 3, "BOS region": 3}
    assert Counter(row.place.state for row in found.rows if row.place) == {"CA": 25, None: 4}
    assert [row.lines for row in found.rows] == [(n, n) for n in range(93, 122)]
    fresno = next(row for row in found.rows if "Fresno" in row.cells[0].text)
    assert [str(cell.number) for cell in fresno.cells[2:]] == ["11.61", "16.69", "25.39"]
    assert text[slice(*fresno.span)] == "Fresno, CA MSAHourly$11.61$16.69$25.39"
    assert found.year is None
    assert remainder(block, found, text) == []


def test_pay_type_decides_the_unit_row_by_row() -> None:
    """Where rows are hourly and annual, the unit is the cell's, and the column has none; bare numbers are pay too."""
    found = data(["Place", "Pay type", "Median"], [["Fresno", "Hourly", "16.69"], ["Fresno", "Annual", "34,720"]])
    assert shape(found)[2] == ("measure", "median", None)
    assert numbers(found, 2) == [("16.69", "USD/hour", None), ("34720", "USD/year", None)]


def test_unit_on_the_first_row_counts_for_the_column() -> None:
    """The dollar or percent sign of the first row carries down."""
    assert numbers(data([], [["A b", "$48,450"], ["C d", "45,700"]]), 1) == [
        ("48450", "USD", None),
        ("45700", "USD", None),
    ]
    assert numbers(data([], [["A b", "36%"], ["C d", "32"]]), 1) == [("36", "percent", None), ("32", "percent", None)]


def test_the_sentence_before_the_table_says_what_its_numbers_are() -> None:
    """A table without column names takes measure, period and year from the sentence that introduces it."""
    before = "In May 2024, the median annual wages for clerks in the top industries were as follows:\n"
    found = data([], [["Hospitals", "$48,450"], ["Laboratories", "45,700"]], before=before)
    assert shape(found) == [("label", None, None), ("measure", "median", "USD/year")]
    assert [column.name for column in found.columns] == ["name", "median"]
    assert found.year == 2024


def test_prose_before_the_table_that_does_not_point_to_it_says_nothing() -> None:
    """A year in the paragraph above is not the table's."""
    assert data(["Area", "Median"], [["A", "$1"], ["B", "$2"]], before="In 2019 wages fell.\n").year is None


@pytest.mark.parametrize(
    ("sign", "mark"),
    [("#", "top-coded"), ("*", "withheld"), ("**", "withheld"), ("(8)  -", "withheld"), ("-", "not available"),
     ("N/A", "not available"), ("", "not available"), ("varies", "not available"), ("$239,200+", "top-coded")],
)  # fmt: skip
def test_signs_are_no_numbers(sign: str, mark: str) -> None:
    """A sign instead of a number is typed as what it means, and its text stays."""
    found = data(["Area", "Median wage"], [["Napa", "$20.00"], ["Mono County, CA", sign], ["Kern", "$21.00"]])
    cell = found.rows[1].cells[1]
    assert (cell.text, cell.number, cell.mark) == (sign, None, mark)


def test_units_of_what_is_not_pay() -> None:
    """Counts, percentages, rates and durations keep to their own units, in a table about pay as well."""
    found = data(
        ["State", "Employment", "Percent change", "Location quotient", "Course", "Median age"],
        [["Ohio", "1,200", "5", "0.9", "9 months", "41"], ["Utah", "900", "7", "1.2", "12 months", "38"]],
        title="Salary and outlook",
    )
    assert shape(found)[1:] == [
        ("measure", "employment", "count"),
        ("measure", "change", "percent"),
        ("measure", "location quotient", None),
        ("measure", "course", "months"),
        ("measure", "median", None),
    ]


def test_costs_are_no_pay() -> None:
    """Fees in a guide that speaks of salaries are dollars without a period."""
    rows = [["Tuition", "$900"], ["Books", "$100"]]
    found = data(["Item", "Fee"], rows, title="What it costs and the annual salary afterwards")
    assert shape(found) == [("label", None, None), ("measure", "cost", "USD")]


def test_codes_years_and_short_states() -> None:
    """Codes and years are no measures, and abbreviations beside state names are codes that still give the state."""
    found = data(
        ["area", "name", "st", "occ_code", "occ_title", "year", "h_median", "a_median"],
        [["6", "California", "CA", "31-9091", "Dental assistants", "2023", "22.1", "45970"],
         ["32", "Nevada", "NV", "31-9091", "Dental assistants", "2023", "20.2", "42020"]],
    )  # fmt: skip
    assert [column.role for column in found.columns] == [
        "code", "place", "code", "code", "occupation", "year", "measure", "measure",
    ]  # fmt: skip
    assert [column.unit for column in found.columns[6:]] == ["USD/hour", "USD/year"]
    assert [row.place.state for row in found.rows if row.place] == ["CA", "NV"]
    assert found.rows[0].cells[5].number == Decimal(2023)
    assert found.year == 2023


@pytest.mark.parametrize(
    ("rows", "wholes"),
    [
        ([("11-0000", "Managers", "30"), ("11-1011", "Chiefs", "10"), ("11-2011", "Planners", "20")], {0}),
        ([("47-2030", "Carpenters", "9"), ("47-2031", "Carpenters", "9"), ("47-2111", "Roofers", "5")], {0}),
        ([("2400", "Engineering", "7"), ("3700", "Maths", "4"), ("2401", "Space", "2"), ("2405", "Roads", "3")], set()),
        ([("2410", "Bridges", "7"), ("2411", "Roads", "4"), ("2415", "Rails", "2"), ("3700", "Maths", "3")], set()),
        ([("0099", "Bridges", "7"), ("0100", "Roads", "4"), ("0101", "Rails", "2"), ("0102", "Maths", "3")], set()),
        ([("3700", "Maths", "7"), ("2400", "Roads", "4"), ("2401", "Rails", "2"), ("1106", "Ships", "3")], set()),
    ],
)
def test_a_code_in_noughts_sums_up_what_follows_it_at_once(rows: Rows, wholes: set[int]) -> None:
    """In a table in another order, or where codes count the rows, it is a row as others are; with one nought, only
    where both rows have one name."""
    found = data(["Code", "Name", "Jobs"], rows)
    assert {n for n, row in enumerate(found.rows) if row.whole} == wholes


def test_state_from_the_column_beside_the_city() -> None:
    """A city's state may stand in a column of its own."""
    found = data(["City", "State", "Median wage"], [["Reno", "Nevada", "$20"], ["Salem", "Oregon", "$21"]])
    assert [(row.place.kind, row.place.state) for row in found.rows if row.place] == [("city", "NV"), ("city", "OR")]


@pytest.mark.parametrize(
    ("caption", "title", "header", "year"),
    [
        ("Wages, May 2023", "Salary in 2019", "Median", 2023),
        ("", "Salary in 2019", "Median", 2019),
        ("", "Salary", "2024 median", 2024),
        ("Projections, 2024–34", "", "Median", None),
        ("", "", "Median", None),
    ],
)
def test_year(caption: str, title: str, header: str, year: int | None) -> None:
    """The nearest that names one year gives it."""
    assert data(["Area", header], [["A", "$1"], ["B", "$2"]], caption=caption, title=title).year == year


def test_footnotes_sources_and_repeated_headers_are_no_rows() -> None:
    """They are left over, to be prose; nothing of the block is lost."""
    rows = [
        ["Napa", "$20", "$30"],
        ["Area", "Low", "High"],
        ["Mono", "#", "$31"],
        ["# wage above $100", "", ""],
        ["Source: BLS", "", ""],
    ]
    block, text = laid_out(["Area", "Low", "High"], rows)
    found = typed(block, text, title="", headings=(), document_title="")
    assert found is not None
    assert [row.cells[0].text for row in found.rows] == ["Napa", "Mono"]
    assert [text[slice(*span)].split("\t")[0] for span in remainder(block, found, text)] == [
        "Area",
        "# wage above $100",
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [["Home", "About"], ["News", "Contact"]],
        [["1", "2", "3"], ["4", "5", "6"]],
        [["Monday", "Closed"], ["Tuesday", "Open"]],
        [["Median pay", "$43,660 per year"], ["Education", "Certificate"], ["Outlook", "Good"]],
        [["", ""], ["", ""]],
        [],
    ],
    ids=["links", "calendar", "hours", "facts", "blank", "nothing"],
)
def test_no_data(rows: Rows) -> None:
    """Layout, calendars and lists of facts are no tables of data."""
    assert table([], rows) is None


@given(GRIDS, st.booleans(), st.sampled_from(["", "The median annual wages were as follows:\n"]))
def test_any_grid_is_read(rows: list[list[str]], headed: bool, before: str) -> None:
    """Any grid is typed or refused, never an error; every character that is not blank is header, row or left over."""
    header, body = (rows[0], rows[1:]) if headed and rows else ([], rows)
    block, text = laid_out(header, body, before)
    found = typed(block, text, title="", headings=(), document_title="")
    if found is None:
        return
    spans = sorted([*found.header, *(row.span for row in found.rows), *remainder(block, found, text)])
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    covered = {n for span in spans for n in range(*span)}
    assert {n for n in range(*block.span) if not text[n].isspace()} <= covered
    for row in found.rows:
        assert len(row.cells) == len(found.columns)
        for cell in row.cells:
            assert cell.number is None or cell.mark is None
            assert text[slice(*cell.span)] == cell.text


@pytest.mark.parametrize(
    ("caption", "median", "unit"),
    [
        ("Wages 2023 (annual average)", "$39.55", "USD"),
        ("Annual wages 2023", "$39,550", "USD/year"),
        ("Hourly wages 2023", "$39,550", "USD"),
        ("Hourly wages 2023", "$39.55", "USD/hour"),
    ],
)
def test_a_captions_period_is_believed_of_amounts_that_can_be_of_it(caption: str, median: str, unit: str) -> None:
    """Nobody is paid forty dollars a year, or forty thousand an hour."""
    found = data(["Job", "Median wage"], [["Nurses", median], ["Cooks", median]], caption=caption)
    assert found.columns[1].unit == unit
