"""The command ``tables``: what it lists, which rows it picks, and every form that it writes them in."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from citeguide.search.cli.main import run
from citeguide.search.cli.settings import Settings
from citeguide.search.column_kinds import ColumnRole
from citeguide.search.model import Cell, Column
from citeguide.search.output.table_chart import chart
from citeguide.search.output.table_export import to_csv
from citeguide.search.output.terminal import Terminal
from citeguide.search.store.open import open_index
from citeguide.search.tables.row_filter import parts, select, table_named
from commands import Result, ended
from indexed import indexed

WAGES = """Pay of clerks, May 2023

LocationPay TypeLowMedianHigh
United StatesHourly$12.05$18.29$30.21
San Jose-Sunnyvale-Santa Clara, CA MSAHourly$15.86$27.19$48.34
Fresno, CA MSAHourly$11.61$16.69$25.39
North Coast Region (BOS)Hourly$12.40$15.98(8)  -
El Centro, CA MSAHourly$10.51#$25.40
"""
COSTS = "Item;Fee;Change\n=Tuition;$900;5%\nBooks, used;$100;-3%\n"
BOTH = "Place,Pay type,Median\nReno,Hourly,20.10\nReno,Annual,41808\nElko,Hourly,19.00\n"


Tables = Callable[..., Result]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of three guides with a table each: clerks-pay, costs and both."""
    return indexed(tmp_path_factory.mktemp("tables"), {"wages.txt": WAGES, "costs.csv": COSTS, "both.csv": BOTH})


@pytest.fixture
def tables(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, index: Path) -> Tables:
    """Runs ``citeguide tables`` with these arguments."""
    monkeypatch.setenv("CITEGUIDE_INDEX", str(index))
    monkeypatch.setenv("COLUMNS", "80")

    def command(*arguments: str) -> Result:
        return ended(capsys, "tables", *arguments)

    return command


@pytest.fixture
def wages(tables: Tables) -> str:
    """The name of the wage table."""
    return str(next(table["name"] for table in tables("--json").json if table["path"] == "wages.txt"))


def places(result: Result) -> list[str]:
    """The first cell of each row."""
    return [row["cells"][0]["text"] for row in result.json["rows"]]


def test_list(tables: Tables, wages: str) -> None:
    """Every table is listed with its size, year and place, and with what it can be asked for."""
    found = tables()
    assert found.status == 0
    assert found.err == ""
    assert f"{wages}  5 rows, 2023  wages.txt:3-8" in found.out
    assert "rows: Location\n" in found.out
    assert "numbers: Low (USD/hour), Median (USD/hour), High (USD/hour)\n" in found.out
    assert "words: Pay Type\n" in found.out
    assert {table["row_count"] for table in tables("--json").json} == {5, 2, 3}


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (["median > 16.69"], ["United States", "San Jose-Sunnyvale-Santa Clara, CA MSA"]),
        (["Median >= $16.69", "Low<12"], ["Fresno, CA MSA"]),
        (["median = 18.29"], ["United States"]),
        (["median != 18.29", "high > 30"], ["San Jose-Sunnyvale-Santa Clara, CA MSA"]),
        (["place = Fresno"], ["Fresno, CA MSA"]),
        (["location = santa clara"], ["San Jose-Sunnyvale-Santa Clara, CA MSA"]),
        (["place = Santa"], []),
        (["place ~ cent"], ["El Centro, CA MSA"]),
        (["place != Fresno", "kind = MSA"], ["San Jose-Sunnyvale-Santa Clara, CA MSA", "El Centro, CA MSA"]),
        (["state = ca", "low > 11"], ["San Jose-Sunnyvale-Santa Clara, CA MSA", "Fresno, CA MSA"]),
        (["kind = nation"], ["United States"]),
        (["high ~ 25."], ["Fresno, CA MSA", "El Centro, CA MSA"]),
    ],
)
def test_where(tables: Tables, wages: str, where: list[str], expected: list[str]) -> None:
    """Conditions pick exactly the rows that meet all of them; values that are no numbers meet none."""
    found = tables(wages, "--json", *(part for condition in where for part in ("--where", condition)))
    assert places(found) == expected
    assert found.status == (0 if expected else 1)
    assert found.json["matched"] == len(expected)


def test_sort_and_limit(tables: Tables, wages: str) -> None:
    """Sorted by number, rows without one are left out and counted; words sort by letter; the limit is said."""
    down = tables(wages, "--json", "--sort", "-median", "--limit", "2")
    assert places(down) == ["San Jose-Sunnyvale-Santa Clara, CA MSA", "United States"]
    assert down.json["matched"] == 5
    assert "1 of 5 rows left out: no number to sort by" in down.err
    assert "2 of 5 rows shown, 2 more without --limit" in down.err
    assert places(tables(wages, "--json", "--sort", "high"))[0] == "Fresno, CA MSA"
    assert places(tables(wages, "--json", "--sort", "place"))[0] == "El Centro, CA MSA"
    ranked = tables(wages, "--json", "--sort", "-median", "--where", "state = CA")
    assert places(ranked) == ["San Jose-Sunnyvale-Santa Clara, CA MSA", "Fresno, CA MSA"]
    assert ranked.json["matched"] == 3


def test_json_carries_exact_numbers_places_and_marks(tables: Tables, wages: str) -> None:
    """A row has its lines and span in the source, its place, and for each cell the number or why there is none."""
    (row,) = tables(wages, "--json", "--where", "place = El Centro").json["rows"]
    assert row["lines"] == [8, 8]
    assert WAGES[slice(*row["span"])] == "El Centro, CA MSAHourly$10.51#$25.40"
    assert row["place"] == {"name": "El Centro, CA MSA", "kind": "MSA", "state": "CA"}
    assert row["cells"][2:4] == [
        {"text": "$10.51", "value": 10.51, "unit": "USD/hour", "mark": None},
        {"text": "#", "value": None, "unit": "USD/hour", "mark": "top-coded"},
    ]


def test_text_fits_the_terminal_and_explains_signs(tables: Tables, wages: str) -> None:
    """No line is wider than the terminal; numbers stand right; a sign for a missing number is explained."""
    found = tables(wages)
    assert found.status == 0
    assert max(map(len, found.out.splitlines())) <= 80
    assert "Fresno, CA MSA                          Hourly  $11.61  $16.69  $25.39" in found.out
    assert found.out.endswith("No number: # top-coded, (8) - withheld\n")


def test_columns_can_be_chosen(tables: Tables, wages: str) -> None:
    """Only the columns asked for are shown, in that order, in every form."""
    assert tables(wages, "--column", "high", "--column", "place", "--csv").out.splitlines()[:2] == [
        "High (USD/hour),Location",
        "30.21,United States",
    ]
    assert "Low" not in tables(wages, "--column", "place", "--column", "high").out


def test_csv_reads_back(tables: Tables, wages: str) -> None:
    """CSV holds plain numbers, the source's words and signs, and the unit in the header."""
    rows = list(csv.reader(io.StringIO(tables(wages, "--csv").out)))
    assert rows[0] == ["Location", "Pay Type", "Low (USD/hour)", "Median (USD/hour)", "High (USD/hour)"]
    assert rows[2] == ["San Jose-Sunnyvale-Santa Clara, CA MSA", "Hourly", "15.86", "27.19", "48.34"]
    assert rows[4][4] == "(8)  -"


def test_csv_runs_nothing_in_a_spreadsheet(tables: Tables) -> None:
    """A cell that begins like a formula gets an apostrophe; a negative number stays a number."""
    rows = list(csv.reader(io.StringIO(tables("costs", "--csv").out)))
    assert rows[1:] == [["'=Tuition", "900", "5"], ["Books, used", "100", "-3"]]


@pytest.mark.parametrize("cell", [*'=1 +1 -1 @a ＝1＋1 －1 ＠a \ufeff=1 "=1'.split(), " =1", "\t1", "\r1"])
def test_no_way_to_begin_a_formula_is_left(cell: str) -> None:
    """Whatever sign a spreadsheet takes for one: at the beginning, and where it may split a cell."""
    column = Column("Name", ColumnRole.LABEL)
    for text in (cell, f"a;{cell}"):
        (_, (written,)) = csv.reader(io.StringIO(to_csv([column], [[Cell(text, (0, 0))]]), newline=""))
        assert written == text.replace(cell, f"'{cell}").replace("\r", "\n")


@pytest.mark.parametrize("text", ["plain, -5", "a-b", "x@example.org", "a; b = c", "2 + 2", "–"])
def test_other_cells_are_written_as_they_stand(text: str) -> None:
    column = Column("Name", ColumnRole.LABEL)
    (_, (written,)) = csv.reader(io.StringIO(to_csv([column], [[Cell(text, (0, 0))]])))
    assert written == text


def test_chart_of_ranges(tables: Tables, wages: str) -> None:
    """Each row has its range with the median in it, and its numbers beside; nothing is wider than the terminal."""
    found = tables(wages, "--chart", "--where", "median > 0")
    assert found.status == 0
    lines = found.out.splitlines()
    assert max(map(len, lines)) <= 80
    fresno = next(line for line in lines if line.startswith("Fresno"))
    assert fresno.endswith("$11.61  $16.69  $25.39")
    assert fresno.index("├") < fresno.index("●") < fresno.index("┤")
    coast = next(line for line in lines if line.startswith("North Coast"))
    assert "┤" not in coast
    assert coast.endswith("$12.40  $15.98   (8) -")


def test_chart_of_bars(tables: Tables) -> None:
    """One column is drawn as bars whose lengths are in proportion; those below zero go the other way."""
    lines = tables("costs", "--chart", "--column", "fee").out.splitlines()
    tuition, books = (next(line for line in lines if word in line) for word in ("Tuition", "Books"))
    assert abs(tuition.count("█") - 9 * books.count("█")) <= 9
    lines = tables("costs", "--chart", "--column", "change").out.splitlines()
    tuition, books = (next(line for line in lines if word in line) for word in ("Tuition", "Books"))
    assert books.rindex("█") <= tuition.index("█")


def test_chart_without_unicode(index: Path) -> None:
    """Where the terminal's encoding has no block characters, plain ones draw the same."""
    with open_index(index) as opened:
        for table in opened.catalog.tables():
            rows = select(opened.catalog, table, ["pay type = Hourly"] if table.name == "both" else []).rows
            assert chart(table, rows, Terminal(width=60, unicode=False)).isascii()


def test_chart_of_different_units_is_refused(tables: Tables) -> None:
    """Hourly and annual pay are never drawn on one scale."""
    found = tables("both", "--chart")
    assert (found.status, found.out) == (2, "")
    assert "different units (USD/hour and USD/year)" in found.err
    assert tables("both", "--chart", "--where", "pay type = Hourly").status == 0


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["nothing-like-it"], 2, "there is no table nothing-like-it"),
        (["cost"], 2, "did you mean costs?"),
        (["costs", "--where", "size > 3"], 2, "has no column size; its columns are Item, Fee, Change"),
        (["costs", "--sort", "size"], 2, "has no column size"),
        (["costs", "--column", "size"], 2, "has no column size"),
        (["costs", "--where", "fee"], 2, "write 'column operator value'"),
        (["costs", "--where", "fee > lots"], 2, "is no number"),
        (["costs", "--where", "item > 3"], 2, "use =, != or ~"),
        (["costs", "--where", "fee > 1000"], 1, "none of the 2 rows of costs meets the conditions"),
        (["both", "--where", "kind > MSA"], 2, "only be compared by = and !="),
        (["costs", "--limit", "0"], 2, "--limit"),
        (["--chart"], 2, "name the table"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(tables: Tables, arguments: list[str], status: int, said: str) -> None:
    """Every refusal ends with the contract's status, one line on standard error and nothing on standard output."""
    found = tables(*arguments)
    assert (found.status, found.out) == (status, "")
    assert said in found.err
    assert "Traceback" not in found.err


def test_no_tables_at_all(tables: Tables, tmp_path: Path) -> None:
    """An index without any table has nothing to list."""
    (tmp_path / "guide.txt").write_text("Only a sentence stands here.\n", "utf-8")
    assert run(["--index", str(tmp_path / "index"), "index", str(tmp_path / "guide.txt")], Settings()) == 0
    found = tables("--index", str(tmp_path / "index"))
    assert (found.status, found.out) == (1, "")
    assert tables("--json", "--index", str(tmp_path / "index")).json == []


def test_a_name_is_found_whatever_its_case(index: Path) -> None:
    """Table names are matched folded."""
    with open_index(index) as opened:
        assert table_named("COSTS", opened.catalog).name == "costs"


def test_parts_of_compound_names() -> None:
    """A compound name is met by its whole and by each of its parts."""
    assert parts("San Jose-Sunnyvale-Santa Clara, CA MSA") == {
        "san jose sunnyvale santa clara",
        "san jose",
        "sunnyvale",
        "santa clara",
    }
