"""Sheets as text: every field where it stands, the right separator, header and footnotes, and no way to hang it."""

from __future__ import annotations

import csv
import io
import time
from pathlib import Path

import pytest
from citeguide.indexer.document import TableGrid
from citeguide.indexer.parse import parse_guide
from citeguide.indexer.readers.sheets.csv import read, records
from hypothesis import given
from hypothesis import strategies as st

FIELDS = st.text(st.sampled_from("ab1 ,;\"'\n\r$.%\té"), max_size=8)


def grid(text: str) -> TableGrid:
    """The grid of the one table of a sheet."""
    (found,) = [block.grid for block in read(text).blocks if block.grid is not None]
    return found


def texts(text: str) -> tuple[list[str], list[list[str]]]:
    """Header and records as words."""
    found = grid(text)
    return [cell.text for cell in found.header], [[cell.text for cell in record] for record in found.records]


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_separators(separator: str) -> None:
    """The separator is the one that cuts all lines alike, whatever else stands in the cells."""
    rows = [["State", "Pay"], ["Ohio", "$20.10"], ["Utah", "$21.00"]]
    assert texts("\n".join(separator.join(row) for row in rows)) == (rows[0], rows[1:])


def test_commas_within_cells_do_not_separate() -> None:
    """Semicolons separate where commas stand in some cells only."""
    assert texts("State;Pay\nOhio, US;1,5\nUtah;2\n") == (["State", "Pay"], [["Ohio, US", "1,5"], ["Utah", "2"]])


def test_quotes() -> None:
    """A quoted field holds separators and line breaks, a doubled quote is one; blanks around the quotes count not."""
    text = 'Name,Pay\n"Fresno, CA", "$1,200"\n"two\nlines",3\n"6"" pipe",4\n'
    assert texts(text) == (["Name", "Pay"], [["Fresno, CA", "$1,200"], ["two\nlines", "3"], ['6" pipe', "4"]])


def test_quotes_that_do_not_close_are_text() -> None:
    """A stray quote spoils its own field at most."""
    assert texts('Name,Pay\n5" pipe,1\n"open,2\nlast,3\n')[1][0] == ['5" pipe', "1"]
    assert texts('Name,Pay\na,1\n"b,2\nc,3\n')[1] == [["a", "1"], ['"b', "2"], ["c", "3"]]


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_line_breaks(line_break: str) -> None:
    """Lines may end in any of the three ways, and blank lines between records do not count."""
    text = line_break.join(["State,Pay", "Ohio,1", "", "Utah,2", ""])
    assert texts(text) == (["State", "Pay"], [["Ohio", "1"], ["Utah", "2"]])


def test_title_above_and_notes_below_are_prose() -> None:
    """Lines that fill one cell only, before the first full record or after the last one, are no records."""
    text = "Wages by state\n\nState,Pay\nOhio,1\nUtah,2\nSource: a bureau\n"
    prose = [text[slice(*block.span)] for block in read(text).blocks if block.kind == "paragraph"]
    assert prose == ["Wages by state", "Source: a bureau"]
    assert texts(text)[0] == ["State", "Pay"]


def test_no_header() -> None:
    """Where the first record has numbers like the others, no record is a header."""
    assert texts("Ohio,1.5\nUtah,2.5\nIowa,3.5\n") == ([], [["Ohio", "1.5"], ["Utah", "2.5"], ["Iowa", "3.5"]])


def test_years_may_be_a_header() -> None:
    """Years name columns of other numbers."""
    assert texts("State,2022,2023\nOhio,1.5,2\nUtah,2.5,3\n")[0] == ["State", "2022", "2023"]


def test_short_and_long_records_are_doubted() -> None:
    """A record of another width stays, padded where it is short, and is reported with its place."""
    reading = read("State,Low,High\nOhio,1,2\nUtah,3\nIowa,4,5\n")
    assert [doubt.lines for doubt in reading.doubts] == [(3, 3)]
    assert texts("State,Low,High\nOhio,1,2\nUtah,3\nIowa,4,5\n")[1][1] == ["Utah", "3", ""]


def test_the_first_record_may_be_too_long() -> None:
    """A header with a separator too many is still the header."""
    assert texts("State,Low,High,\nOhio,1,2\nUtah,3,4\n")[0] == ["State", "Low", "High", ""]


def test_prose_is_no_table() -> None:
    """A text with a comma here and there is prose."""
    assert all(block.grid is None for block in read("One line.\nAnother one.\n").blocks)


@given(st.lists(st.lists(FIELDS, min_size=2, max_size=4), min_size=1, max_size=6))
def test_fields_agree_with_the_standard_library(rows: list[list[str]]) -> None:
    """Written by Python's csv module with every field quoted, any fields are read back, blanks at their ends aside."""
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    found = [[cell.text for cell in record.cells] for record in records(out.getvalue(), ",")]
    assert found == [[field.strip() for field in row] for row in rows]


@given(st.text(st.sampled_from("ab,;\t|\"' \n\r1$"), max_size=120))
def test_nothing_is_lost(text: str) -> None:
    """In any text every character that is not blank lies in a block, blocks are apart, and cells hold what they say."""
    reading = read(text)
    covered: set[int] = set()
    for block in reading.blocks:
        span = set(range(*block.span))
        assert not span & covered
        covered |= span
        for cell in (c for record in (block.grid.records if block.grid else ()) for c in record):
            assert text[slice(*cell.span)] in (cell.text, cell.text.replace('"', '""'))
    assert {n for n, c in enumerate(text) if not c.isspace()} <= covered


@pytest.mark.parametrize(
    "text",
    [
        '"' * 100_000,
        ('a,"b\n' * 20_000),
        ('"a""' * 25_000),
        "," * 100_000,
        "a,b\n" * 25_000,
        ('"a,\n""\n' * 14_000),
        "é" * 100_000,
    ],
    ids=["quotes", "open quotes", "doubled quotes", "separators", "records", "pairs", "one field"],
)
def test_crafted_input_takes_linear_time(text: str) -> None:
    """A hundred thousand characters of the worst kind are read in seconds, not minutes."""
    began = time.process_time()
    read(text)
    assert time.process_time() - began < 10


def test_wage_file(shared: Path) -> None:
    """2,278 rows of 19 columns agree with Python's csv module cell for cell, and are typed within three seconds."""
    path = shared / "data" / "wages" / "oews-states-2023.csv"
    data = path.read_bytes()
    began = time.process_time()
    guide = parse_guide(data, path.name)
    spent = time.process_time() - began
    expected = list(csv.reader(io.StringIO(data.decode("utf-8"))))
    (table,) = guide.tables
    assert [column.name for column in table.columns] == expected[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == expected[1:]
    assert table.year == 2023
    numbers = [cell.number for row in table.rows for cell in row.cells[6:]]
    assert [str(number) for number in numbers] == [text for record in expected[1:] for text in record[6:]]
    assert spent < 3


def tables(text: str) -> list[tuple[str, list[str], list[list[str]]]]:
    """Each table of a sheet once it is typed: title, names of columns, texts of rows."""
    found = parse_guide(text.encode(), "sheet.csv").tables
    return [(t.title, [c.name for c in t.columns], [[c.text for c in row.cells] for row in t.rows]) for t in found]


def test_tables_with_blank_lines_between_them_are_apart() -> None:
    """Each has its title and its names; the second is no rows of the first."""
    text = (
        "Hourly wages by state\nState,Low,High\nOhio,$15.00,$28.50\nUtah,$14.00,$30.00\n\n"
        "Tuition by school\n\nSchool,Tuition (USD),Months\nCity College,1200,9\nValley School,8500,12\n"
    )
    assert tables(text) == [
        (
            "Hourly wages by state",
            ["State", "Low", "High"],
            [["Ohio", "$15.00", "$28.50"], ["Utah", "$14.00", "$30.00"]],
        ),
        (
            "Tuition by school",
            ["School", "Tuition (USD)", "Months"],
            [["City College", "1200", "9"], ["Valley School", "8500", "12"]],
        ),
    ]


@pytest.mark.parametrize("between", ["", "\n", ",,\n"])
def test_a_table_given_again_as_a_whole_is_dropped(between: str) -> None:
    """Its rows count once, and the report says what was dropped."""
    once = "State,Low,High\nOhio,15,28\nUtah,14,30\n"
    guide = parse_guide((once + between + once).encode(), "sheet.csv")
    assert [[cell.text for cell in row.cells] for table in guide.tables for row in table.rows] == [
        ["Ohio", "15", "28"],
        ["Utah", "14", "30"],
    ]
    assert "repeats a table above" in [doubt.reason for doubt in guide.doubts]


def test_names_given_again_go_on_with_the_table() -> None:
    """A printed list repeats them on each page."""
    ((_, _, rows),) = tables("State,Pay\nOhio,15\nUtah,14\nState,Pay\nIowa,16\n")
    assert rows == [["Ohio", "15"], ["Utah", "14"], ["Iowa", "16"]]


def test_facts_above_the_names_are_prose() -> None:
    """Also where a program has padded them to the width of the table."""
    text = "Report,Wages by state,,\nDate,2023-05-01,,\nBy,J. Smith,,\n,,,\nState,Low,High,Jobs\nOhio,15,28,100\n"
    ((_, names, rows),) = tables(text + "Utah,14,30,200\n")
    assert (names, rows) == (
        ["State", "Low", "High", "Jobs"],
        [["Ohio", "15", "28", "100"], ["Utah", "14", "30", "200"]],
    )


def test_names_over_two_lines() -> None:
    """The upper line names groups of columns, or the lower one their units."""
    text = ",Hourly wage,,Annual wage,\nState,Low,High,Low,High\nOhio,15,28,31200,58240\nUtah,14,30,29120,62400\n"
    ((_, names, _),) = tables(text)
    assert names == ["State", "Hourly wage Low", "Hourly wage High", "Annual wage Low", "Annual wage High"]
    ((_, names, rows),) = tables("Area,Wage,Workers\n,USD per hour,people\nOhio,15.5,120\nUtah,14.2,80\n")
    assert (names, rows[0]) == (["Area", "Wage USD per hour", "Workers people"], ["Ohio", "15.5", "120"])


def test_percentiles_name_columns() -> None:
    """Ten percent above wages is a name; above other shares it would be a share."""
    ((_, names, rows),) = tables("Area,10%,Median,90%\nOhio,12,16,20\nUtah,11,15,19\n")
    assert (names, len(rows)) == (["Area", "10%", "Median", "90%"], 2)


def test_the_first_line_may_name_the_separator() -> None:
    """As Excel is told it; the line is no part of the sheet."""
    assert texts("sep=;\nState;Pay, hourly\nOhio;15\nUtah;14\n") == (
        ["State", "Pay, hourly"],
        [["Ohio", "15"], ["Utah", "14"]],
    )


def test_a_total_is_known_as_one() -> None:
    """What the others sum up to can be asked for, and is none of them."""
    guide = parse_guide(b"County,Jobs,Pay\nFresno,120,16\nNapa,30,24\nTotal,150,18\n", "sheet.csv")
    rows = guide.tables[0].rows
    assert [(row.cells[0].text, row.whole) for row in rows] == [("Fresno", False), ("Napa", False), ("Total", True)]


def test_decimal_commas() -> None:
    """Where some numbers can be read in no other way, all commas of the table stand before fractions."""
    text = "Kreis;Stundenlohn;Anteil;Jobs\nOst;1.234,50 €;12,5 %;1.230\nWest;16,69 €;7,25 %;300\n"
    ((first, second),) = [table.rows for table in parse_guide(text.encode(), "sheet.csv").tables]
    assert [str(cell.number) for cell in first.cells[1:]] == ["1234.50", "12.5", "1230"]
    assert [str(cell.number) for cell in second.cells[1:]] == ["16.69", "7.25", "300"]
    assert [cell.unit for cell in first.cells[1:3]] == ["EUR", "percent"]


def test_commas_between_thousands_stay_so() -> None:
    """No number needs another reading, so 1,230 is more than a thousand."""
    (table,) = parse_guide(b"State;Jobs;Pay\nOhio;1,230;16.69\nUtah;12,345;15.10\n", "sheet.csv").tables
    assert [str(row.cells[1].number) for row in table.rows] == ["1230", "12345"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "utf-8"])
def test_tabs_in_any_encoding(encoding: str) -> None:
    """Excel calls tabs in UTF-16 "Unicode text"."""
    data = 'State\tNote\tPay\r\nOhio\t"two\r\nlines"\t15\r\nUtah\tnone\t14\r\n'.encode(encoding)
    (table,) = parse_guide(data, "sheet.tsv").tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Ohio", "two\r\nlines", "15"],
        ["Utah", "none", "14"],
    ]


@pytest.mark.parametrize("text", ["a,b\n1,2\n\n", "a,b\n", "x,1\n\n"], ids=["tables", "names", "records"])
def test_many_tables_take_linear_time(text: str) -> None:
    """Also where each has names of its own."""
    began = time.process_time()
    read(text * 10_000)
    read("".join(text.replace("a", f"a{n}") for n in range(10_000)))
    assert time.process_time() - began < 20


@pytest.mark.parametrize("between", ["\n", ",,\n", ",,\n,,\n"])
def test_a_title_over_blank_lines_is_the_tables(between: str) -> None:
    """A sheet that was saved as text has separators in its blank lines too."""
    found = grid(f"Fares of the county ferry 2024,,\n{between}Line,Adult,Child\nNorth,$4,$2\nSouth,$5,$3\n")
    assert found.caption == "Fares of the county ferry 2024"
