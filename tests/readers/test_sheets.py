"""Excel workbooks: what a person reads in a sheet is what is quoted, tabulated and typed."""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from citeguide.indexer.diagnostics.coverage import uncovered
from citeguide.indexer.document import ParsedGuide, ParsedTable
from citeguide.indexer.extras import Extra
from citeguide.indexer.parse import parse_guide
from citeguide.search.errors import SourceError
from citeguide.search.store.open import open_index
from hypothesis import given, settings
from hypothesis import strategies as st
from indexed import update
from zips import zipped

openpyxl: Any = import_module("openpyxl")
xlwt: Any = import_module("xlwt")

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORKBOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="One" sheetId="1" r:id="r1"/></sheets>'
    "</workbook>"
)
LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{RELATIONS}/worksheet" Target="/xl/worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)


def saved(book: Any) -> bytes:
    """The bytes of a workbook."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx(rows: list[list[object]], **formats: str) -> bytes:
    """A workbook of one sheet with these rows; ``formats`` gives the number formats of columns by their letters."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for letter, code in formats.items():
        for cell in book.active[letter]:
            cell.number_format = code
    return saved(book)


def xls(rows: list[list[object]]) -> bytes:
    """The same in the format before 2007."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet")
    for n, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(n, column, value)
    return saved(book)


def by_hand(sheet: str, **parts: str) -> bytes:
    """A workbook of which every part is written out; ``sheet`` is what stands inside its one sheet."""
    body = f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>'
    members = {
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": LINKS,
        "xl/worksheets/sheet1.xml": body,
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{parts.pop("shared", "")}</sst>',
        **{name.replace("__", "/") + ".xml": text for name, text in parts.items()},
    }
    return zipped(members)


def read(data: bytes, name: str = "book.xlsx") -> ParsedGuide:
    """The guide, of which nothing vanished and whose spans hold what they say."""
    guide = parse_guide(data, name)
    assert uncovered(guide) == []
    for cell in (cell for table in guide.tables for row in table.rows for cell in row.cells):
        assert guide.text[slice(*cell.span)] == cell.text
    return guide


def texts(table: ParsedTable) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def prose(guide: ParsedGuide) -> list[str]:
    return [guide.text[slice(*passage.span)] for passage in guide.passages]


# Tables in a sheet


def county_book() -> bytes:
    """A sheet as an office keeps it: titles, names over two rows, marks, a total, notes, and a second table below."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Pay"
    sheet["A1"], sheet["A2"] = "Wages of medical coders by county", "May 2023 estimates"
    sheet.merge_cells("A1:E1")
    for place, name in {"A4": "County", "B4": "Hourly wage", "D4": "Employment", "E4": "Growth"}.items():
        sheet[place] = name
    sheet["B5"], sheet["C5"] = "Median", "90th percentile"
    for merged in ("A4:A5", "B4:C4", "D4:D5", "E4:E5"):
        sheet.merge_cells(merged)
    sheet.append(["Fresno", 16.69, 25.39, 1230, 0.25])
    sheet.append(["Napa", 24.5, "#", 300, 0.055])
    sheet.append(["Kern", "*", "*", "**", -0.012])
    sheet.append(["All counties", 20, None, 13875])
    for row in range(6, 10):
        sheet[f"B{row}"].number_format = sheet[f"C{row}"].number_format = '"$"#,##0.00'
        sheet[f"D{row}"].number_format, sheet[f"E{row}"].number_format = "#,##0", "0.0%"
    sheet["A10"], sheet["A11"] = "* Not released.", "Source: a survey of employers in May 2023."
    sheet["A14"], sheet["B14"], sheet["C14"] = "School", "Starts", "Tuition (USD)"
    sheet["A15"], sheet["B15"], sheet["C15"] = "City College", datetime.date(2024, 1, 15), 1200
    sheet["A16"], sheet["B16"], sheet["C16"] = "Valley School", datetime.date(2024, 2, 1), 8500.5
    sheet["H4"], sheet["I4"], sheet["H5"], sheet["I5"], sheet["H6"], sheet["I6"] = (
        "Rate",
        "Share",
        "low",
        0.5,
        "high",
        1,
    )
    sheet["I5"].number_format = sheet["I6"].number_format = "0%"
    return saved(book)


def test_tables_are_found_inside_a_sheet() -> None:
    """Three tables, each with its title, its names over two rows joined, and its rows as they are shown."""
    wages, rates, schools = read(county_book()).tables
    assert wages.title == "Wages of medical coders by county May 2023 estimates"
    assert [column.name for column in wages.columns] == [
        "County", "Hourly wage Median", "Hourly wage 90th percentile", "Employment", "Growth",
    ]  # fmt: skip
    assert texts(wages) == [
        ["Fresno", "$16.69", "$25.39", "1,230", "25.0%"],
        ["Napa", "$24.50", "#", "300", "5.5%"],
        ["Kern", "*", "*", "**", "-1.2%"],
        ["All counties", "$20.00", "", "13,875", ""],
    ]
    assert [column.name for column in rates.columns] == ["Rate", "Share"]
    assert texts(rates) == [["low", "50%"], ["high", "100%"]]
    assert [column.name for column in schools.columns] == ["School", "Starts", "Tuition (USD)"]
    assert texts(schools) == [["City College", "2024-01-15", "1200"], ["Valley School", "2024-02-01", "8500.5"]]


def test_tables_of_a_sheet_are_typed() -> None:
    """Units from the cells, the period and the year from the names around them, marks for what is withheld."""
    wages = read(county_book()).tables[0]
    assert wages.year == 2023
    assert [column.unit for column in wages.columns] == [None, "USD/hour", "USD/hour", "count", "percent"]
    assert [str(cell.number) for cell in wages.rows[0].cells[1:]] == ["16.69", "25.39", "1230", "25.0"]
    assert [cell.mark for cell in wages.rows[1].cells] == [None, None, "top-coded", None, None]
    assert [cell.mark for cell in wages.rows[2].cells[1:4]] == ["withheld", "withheld", "withheld"]


def test_notes_below_a_table_are_prose() -> None:
    """They stand under the sheet's name and in no table."""
    guide = read(county_book())
    assert prose(guide) == ["* Not released.", "Source: a survey of employers in May 2023."]
    assert {passage.headings for passage in guide.passages} == {("Pay",)}


def test_an_empty_row_within_a_table_does_not_end_it() -> None:
    """Rows after a gap go on with the columns of those before it; a heading of their own begins a new table."""
    rows: list[list[object]] = [["State", "Pay"], ["Ohio", 20], ["Utah", 21], [], ["Iowa", 19], [], ["City", "Rent"]]
    one, other = read(xlsx([*rows, ["Ames", 800]])).tables
    assert texts(one) == [["Ohio", "20"], ["Utah", "21"], ["Iowa", "19"]]
    assert texts(other) == [["Ames", "800"]]


def test_a_first_record_set_apart_that_leaves_a_column_out_begins_the_table() -> None:
    """The rows below have numbers in a column of which the first record has none."""
    rows: list[list[object]] = [
        ["Industry", "Code", "Jobs 2010", "Jobs 2020"],
        ["All industries", None, 143068, 163537],
        [],
        ["Mining", 21, 656, 681],
        ["Logging", 1133, 50, 53],
        ["Fishing", 1141, 31, 30],
    ]
    (table,) = read(xlsx(rows)).tables
    assert texts(table) == [
        ["All industries", "", "143068", "163537"],
        ["Mining", "21", "656", "681"],
        ["Logging", "1133", "50", "53"],
        ["Fishing", "1141", "31", "30"],
    ]


def test_a_table_given_again_on_each_printed_page_is_one() -> None:
    """The same names over the same columns go on with the table."""
    head: list[object] = ["State", "Pay"]
    (table,) = read(xlsx([head, ["Ohio", 20], ["Utah", 21], [], head, ["Iowa", 19]])).tables
    assert texts(table) == [["Ohio", "20"], ["Utah", "21"], ["Iowa", "19"]]


def test_a_table_given_twice_counts_once() -> None:
    """The second is dropped, and the report says so."""
    rows: list[list[object]] = [["State", "Pay"], ["Ohio", 20], ["Utah", 21]]
    guide = read(xlsx([*rows, [], *rows]))
    assert [texts(table) for table in guide.tables] == [[["Ohio", "20"], ["Utah", "21"]]]
    assert [doubt.reason for doubt in guide.doubts] == ["repeats the table above"]


def test_an_empty_column_within_a_table_does_not_end_it() -> None:
    """Numbers beside a gap are columns of the same table."""
    (table,) = read(xlsx([["State", None, "Low", "High"], ["Ohio", None, 1.5, 2], ["Utah", None, 2.5, 3]])).tables
    assert [column.name for column in table.columns] == ["State", "Low", "High"]


def test_few_amounts_beyond_an_empty_column_stay_with_their_labels() -> None:
    """A section below a table, without names of its own, and with a column left out."""
    rates: list[list[object]] = [["Weight", "Service", "Price"], ["2 kg", "Standard", 4.9], ["5 kg", "Express", 9.9]]
    guide = read(xlsx([*rates, [], ["Surcharges"], ["Island", None, 5], ["Oversize", None, 12.5], ["without VAT"]]))
    assert texts(guide.tables[1])[-2:] == [["Island", "5"], ["Oversize", "12.5"]]


def test_years_and_percentiles_name_columns() -> None:
    """They are numbers as well, but of another kind than those below them."""
    by_year = read(xlsx([["State", 2022, 2023], ["Ohio", 1.5, 2], ["Utah", 2.5, 3]])).tables[0]
    assert [column.name for column in by_year.columns] == ["State", "2022", "2023"]
    by_share = read(xlsx([["Hourly wage", "10%", "90%"], ["Ohio", 15, 28.5], ["Utah", 14, 30]])).tables[0]
    assert [column.measure for column in by_share.columns] == [None, "p10", "p90"]


def test_names_of_groups_stand_for_the_columns_to_their_right() -> None:
    """An upper row that nobody merged, with the first column left out of it."""
    rows: list[list[object]] = [
        [None, "Hourly wage", None, "Annual wage", None],
        ["State", "Low", "High", "Low", "High"],
        ["Ohio", 15, 28, 31200, 58240],
        ["Utah", 14, 30, 29120, 62400],
    ]
    (table,) = read(xlsx(rows)).tables
    names = ["State", "Hourly wage Low", "Hourly wage High", "Annual wage Low", "Annual wage High"]
    assert [column.name for column in table.columns] == names
    assert [column.unit for column in table.columns] == [None, "USD/hour", "USD/hour", "USD/year", "USD/year"]


def test_a_merged_label_belongs_to_each_of_its_rows() -> None:
    """It stands once in the text, and every row refers to it."""
    book = openpyxl.Workbook()
    for row in (["State", "Level", "Pay"], ["Ohio", "low", 15], [None, "high", 28], ["Utah", "low", 14]):
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    guide = read(saved(book))
    assert texts(guide.tables[0]) == [["Ohio", "low", "15"], ["Ohio", "high", "28"], ["Utah", "low", "14"]]
    assert guide.text.count("Ohio") == 1


def test_a_sheet_of_words_is_prose() -> None:
    """A line for each row, under the sheet's name; a line that titles the next paragraph stays with it."""
    guide = read(xlsx([["How to read these tables."], [], ["Call", "555-0100"], ["Write", "office@example.org"]]))
    assert guide.tables == ()
    assert [line for line in guide.text.split("\n") if line] == [
        "Sheet", "How to read these tables.", "Call | 555-0100", "Write | office@example.org",
    ]  # fmt: skip


def test_every_sheet_is_read_under_its_name_and_hidden_ones_are_said() -> None:
    """What nobody sees is not answered from, and the report says so; hidden rows are counted."""
    book = openpyxl.Workbook()
    book.active.title = "Ohio"
    for sheet in (book.active, book.create_sheet("Utah"), book.create_sheet("Lists")):
        for row in (["Job", "Pay"], ["coder", 20], ["biller", 18]):
            sheet.append([f"{sheet.title} {row[0]}", row[1]])
    book["Lists"].sheet_state = "veryHidden"
    book["Utah"].row_dimensions[2].hidden = True
    guide = read(saved(book))
    assert [table.headings for table in guide.tables] == [("Ohio",), ("Utah",)]
    (hidden,) = [doubt for doubt in guide.doubts if doubt.kind == "dropped"]
    assert hidden.reason == "hidden sheet"
    assert guide.text[slice(*hidden.span)].split("\n") == [
        "Lists",
        "Lists Job Pay",
        "Lists coder 20",
        "Lists biller 18",
    ]
    assert [d.reason for d in guide.doubts if d.kind == "doubt"] == [
        "sheet “Utah”: hidden rows, read like the others (1)"
    ]


def test_hidden_sheets_beside_each_other_are_one_piece() -> None:
    """Neither is lost."""
    book = openpyxl.Workbook()
    book.active.append(["Job", "Pay"])
    for name in ("Lists", "Codes"):
        book.create_sheet(name).append(["hidden", 1])
        book[name].sheet_state = "hidden"
    guide = read(saved(book))
    hidden = [doubt for doubt in guide.doubts if doubt.kind == "dropped"]
    assert [guide.text[slice(*doubt.span)].split() for doubt in hidden] == [
        ["Lists", "hidden", "1", "Codes", "hidden", "1"]
    ]


def test_the_file_says_its_title_and_its_date() -> None:
    """From the properties that Office keeps in it."""
    core = (
        '<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t"><dc:title>Pay book</dc:title>'
        "<dcterms:modified>2024-05-06T09:00:00Z</dcterms:modified></cp:coreProperties>"
    )
    guide = read(
        by_hand('<sheetData><row><c t="inlineStr"><is><t>a</t></is></c></row></sheetData>', docProps__core=core)
    )
    assert (guide.title, guide.date) == ("Pay book", "2024-05-06")


# Cells


def test_cells_of_every_type() -> None:
    """Shared texts in runs, without hints of pronunciation; escapes; results of formulas; errors; truth; ISO dates."""
    shared = "<si><r><t>Medical </t></r><r><t>coder</t></r><rPh><t>hint</t></rPh></si><si><t>two_x000D_\nlines</t></si>"
    cells = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'
        '<c r="C1" t="inlineStr"><is><t>in</t></is></c></row>'
        '<row r="2"><c r="A2" t="str"><f>A1</f><v>said</v></c><c r="B2" t="e"><v>#DIV/0!</v></c>'
        '<c r="C2" t="b"><v>1</v></c></row>'
        '<row><c t="d"><v>2024-01-15T00:00:00</v></c><c><f>1+1</f></c><c><v>0.30000000000000004</v></c></row>'
    )
    guide = read(by_hand(f"<sheetData>{cells}</sheetData>", shared=shared))
    assert [line for line in guide.text.split("\n") if line][1:] == [
        "Medical coder | two lines | in", "said | #DIV/0! | TRUE", "2024-01-15 |  | 0.3",
    ]  # fmt: skip
    assert [doubt.reason for doubt in guide.doubts if doubt.kind == "doubt"] == [
        "sheet “One”: cells with the error #DIV/0! (1)",
        "sheet “One”: formulas without a stored result: open the file in Excel and save it (1)",
    ]


def test_names_with_prefixes_are_the_same_names() -> None:
    """Some programs write every element with a prefix."""
    plain = (
        '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>State</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>Pay</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>Ohio</t></is></c><c r="B2"><v>20.5</v></c></row>'
        "</sheetData></worksheet>"
    )
    prefixed = plain.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:")
    data = by_hand("", xl__worksheets__sheet1=prefixed.replace("<x:worksheet", f'<x:worksheet xmlns:x="{MAIN}"', 1))
    assert texts(read(data).tables[0]) == [["Ohio", "20.5"]]


VALUES = st.one_of(
    st.none(),
    st.integers(-(10**9), 10**9),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12).filter(lambda t: "_x" not in t),
    st.booleans(),
    st.dates(datetime.date(1901, 1, 1)),
)


@settings(max_examples=60)
@given(st.lists(st.lists(VALUES, max_size=5), max_size=8), st.lists(st.tuples(*[st.integers(1, 6)] * 4), max_size=3))
def test_no_cell_of_a_sheet_vanishes(rows: list[list[object]], merged: list[tuple[int, int, int, int]]) -> None:
    """Whatever a sheet holds, and whatever is merged in it, each cell is in the text, and all text is accounted for."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(
            [f"'{value}" if isinstance(value, str) and value.startswith("=") else value for value in row]
        )
    for a, b, c, d in merged:
        book.active.merge_cells(start_row=min(a, b), end_row=max(a, b), start_column=min(c, d), end_column=max(c, d))
    data = saved(book)
    left = openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True)
    said = [
        str(value) for row in left for value in row if value is not None and not isinstance(value, bool | datetime.date)
    ]
    try:
        guide = read(data)
    except SourceError:
        return
    assert [word for text in said for word in text.split() if word not in guide.text and word.isalnum()] == []


# The same figures in three formats


@pytest.mark.parametrize("name", ["wages.xlsx", "wages.xls"])
def test_a_workbook_gives_the_tables_of_the_same_csv(shared: Path, name: str) -> None:
    """2,278 rows of wages: the numbers, units, marks and places of the workbook are those of the CSV file."""
    path = shared / "data" / "wages" / "oews-states-2023.csv"
    rows = list(csv.reader(path.read_text("utf-8").splitlines()))
    numbers: list[list[object]] = [
        [float(text) if n > 5 and text[:1].isdigit() else text for n, text in enumerate(row)] for row in rows
    ]
    data = xlsx(numbers) if name.endswith("x") else xls(numbers)
    (found,) = read(data, name).tables
    (expected,) = parse_guide(path.read_bytes(), path.name).tables
    assert found.columns == expected.columns
    assert [row.place for row in found.rows] == [row.place for row in expected.rows]
    assert [[(c.number, c.unit, c.mark) for c in row.cells] for row in found.rows] == [
        [(c.number, c.unit, c.mark) for c in row.cells] for row in expected.rows
    ]


def test_the_format_before_2007() -> None:
    """Numbers as shown, dates, errors and hidden sheets are those of its own library."""
    book = xlwt.Workbook()
    sheet, hidden = book.add_sheet("Pay"), book.add_sheet("Lists")
    hidden.visibility = 1
    hidden.write(0, 0, "secret")
    for column, name in enumerate(["State", "Pay", "Share", "Since"]):
        sheet.write(0, column, name)
    codes = ["General", '"$"#,##0.00', "0.0%", "yyyy-mm-dd"]
    for column, value in enumerate(["Ohio", 20.5, 0.25, datetime.date(2024, 1, 15)]):
        sheet.write(1, column, value, xlwt.easyxf(num_format_str=codes[column]))
    guide = read(saved(book), "pay.xls")
    assert texts(guide.tables[0]) == [["Ohio", "$20.50", "25.0%", "2024-01-15"]]
    assert [doubt.reason for doubt in guide.doubts] == ["hidden sheet"]


# What is no workbook, or a hostile one


def bomb() -> bytes:
    """A sheet that unpacks to 300 MB of blanks."""
    return by_hand(" " * (300 * 2**20))


def dense_bomb() -> bytes:
    return by_hand(" " * (100 * 2**20))


def laughs() -> bytes:
    entities = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return by_hand("", xl__worksheets__sheet1=f"{entities}<worksheet><c><v>&b;</v></c></worksheet>")


def outside() -> bytes:
    entity = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    return by_hand("", xl__worksheets__sheet1=f"{entity}<worksheet><c><v>&a;</v></c></worksheet>")


def deep() -> bytes:
    return by_hand("<row>" * 5_000 + "</row>" * 5_000)


def shared_flood() -> bytes:
    """A long text that many cells refer to."""
    cells = '<c t="s"><v>0</v></c>' * 40_000
    return by_hand(f"<sheetData><row>{cells}</row></sheetData>", shared=f"<si><t>{'ha ' * 10_000}</t></si>")


def locked() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(2_000)


def locked_member() -> bytes:
    data = bytearray(by_hand("<sheetData/>"))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def word_document() -> bytes:
    return zipped({"word/document.xml": "<document/>"})


def open_document() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<html><body><table><tr><td>State</td></tr></table>", "is a web page"),
        (b"State,Pay\nOhio,20\n", "is plain text"),
        ("State;Pay\nOhio;20\n".encode("utf-16"), "is plain text"),
        (b"%PDF-1.7\n...", "is a PDF file"),
        (b"{\\rtf1 ...}", "is a rich text file"),
        (xls([["a", 1]]), "is an Excel workbook in the format before 2007"),
        (word_document(), "is a Word document"),
        (open_document(), "is an OpenDocument sheet"),
        (zipped({"a.txt": "a"}), "is a ZIP archive of other files"),
        (locked(), "is protected by a password"),
        (locked_member(), "is protected by a password"),
        (b"", "is empty"),
        (bytes(range(256)), "is damaged or of another kind"),
        (xlsx([["a", 1]])[:-200], "is damaged or cut off"),
        (xlsx([["a", 1]])[:40], "is damaged or cut off"),
        (xlsx([[]]), "no sheet of it holds anything"),
        (zipped({"xl/workbook.xml": "<workbook><sheets/></workbook>"}), "no sheet of it holds anything"),
        (by_hand("<sheetData><row>"), "is damaged or cut off"),
        (by_hand("", xl__workbook="no XML at all"), "is damaged or cut off"),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_what_is_no_workbook_is_said_in_one_line(data: bytes, said: str) -> None:
    """What the file is, or what is wrong with it, and what to do."""
    with pytest.raises(SourceError) as caught:
        parse_guide(data, "book.xlsx")
    assert caught.value.message.startswith(said)
    assert caught.value.remedy
    assert "\n" not in caught.value.line()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<html><body><table><tr><td>State</td></tr></table>", "is a web page"),
        (b"State\tPay\nOhio\t20\n", "is plain text"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "is an XML file"),
        (xlsx([["a", 1]]), "is an Excel workbook"),
        (locked(), "is protected by a password"),
        (xls([["a", 1]])[:900], "is damaged"),
        (xls([["a", 1]])[:-1_000], "is damaged"),
    ],
)
def test_what_is_no_workbook_of_before_2007_is_said_in_one_line(data: bytes, said: str) -> None:
    """Reports saved as web pages often end in .xls."""
    with pytest.raises(SourceError) as caught:
        parse_guide(data, "book.xls")
    assert caught.value.message.startswith(said)
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (bomb, "unpacks to 300 MB"),
        (dense_bomb, "unpacks to 100 MB"),
        (laughs, "declares a document type"),
        (outside, "declares a document type"),
        (deep, "holds more elements"),
        (shared_flood, "more than 500,000 cells"),
    ],
)
def test_a_hostile_workbook_is_refused(make: Any, said: str) -> None:
    """Before it takes the memory or the time that it is made to take."""
    with pytest.raises(SourceError, match=said):
        parse_guide(make(), "book.xlsx")


def test_a_sheets_stated_size_is_of_no_concern() -> None:
    """A size of a million rows, a million empty cells, a merge over everything: what counts is what stands there."""
    empty = "".join(f'<c r="{letter}1" s="1"/>' for letter in ("XFD", "XFC", "AAA")) + '<c s="1"/>' * 100_000
    sheet = (
        f'<dimension ref="A1:XFD1048576"/><sheetData><row r="1">{empty}</row><row r="1048576">'
        '<c r="A1048576"><v>1</v></c><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row></sheetData>'
        '<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="A1048576:XFC1048576"/></mergeCells>'
    )
    assert read(by_hand(sheet)).text.split() == ["One", "1", "far"]


def test_cells_strewn_over_a_sheet_are_prose() -> None:
    """A rectangle around them would have nine million cells."""
    rows = "".join(f'<row r="{n}"><c r="{column(n)}{n}"><v>{n}</v></c></row>' for n in range(1, 3_001))
    guide = read(by_hand(f"<sheetData>{rows}</sheetData>"))
    assert guide.text.split() == ["One", *map(str, range(1, 3_001))]


def column(number: int) -> str:
    """The letters of a column, from 1."""
    letters = ""
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


ROWS: list[list[object]] = [["State", "Pay"], ["Ohio", 20.5], ["Utah", 0.25]]
SOUND = {"book.xlsx": xlsx(ROWS), "book.xls": xls(ROWS)}


@settings(max_examples=60)
@given(st.data())
def test_a_damaged_workbook_is_read_or_refused(data: st.DataObject) -> None:
    """Bytes changed, cut and doubled anywhere in a workbook of either kind raise nothing but our own error."""
    name = data.draw(st.sampled_from(sorted(SOUND)))
    damaged = bytearray(SOUND[name])
    for _ in range(data.draw(st.integers(1, 12))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    with suppress(SourceError):
        read(bytes(damaged[: data.draw(st.integers(len(damaged) // 2, len(damaged)))]), name)


# A missing extra


def test_a_missing_extra_is_named_and_the_file_is_read_once_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The failure names the command, the rest is indexed, and nothing is written anew until something changes."""
    guides = (tmp_path / "guides").resolve()
    guides.mkdir()
    (guides / "pay.xls").write_bytes(xls([["State", "Pay"], ["Ohio", 20.5]]))
    (guides / "zebras.txt").write_text("Zebras graze on the plains of Kenya.\n")
    with monkeypatch.context() as patch:
        patch.setattr(Extra, "is_missing", lambda _: True)
        report = update(tmp_path / "index", [guides])
        assert report.added == (str(guides / "zebras.txt"),)
        assert [f.line() for f in report.failed] == [
            f"{guides / 'pay.xls'}: needs the sheets extra; pip install 'citeguide[sheets]'"
        ]
        assert update(tmp_path / "index").generation == report.generation
        with pytest.raises(SourceError, match="needs the sheets extra"):
            parse_guide((guides / "pay.xls").read_bytes(), "pay.xls")
    report = update(tmp_path / "index")
    assert (report.added, report.failed) == ((str(guides / "pay.xls"),), ())


def test_what_was_read_with_an_extra_stays_when_it_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A guide that did not change is answered from as before; one that did is reported and stays as it was."""
    guide = (tmp_path / "pay.xls").resolve()
    guide.write_bytes(xls([["State", "Pay"], ["Ohio", 20.5]]))
    update(tmp_path / "index", [guide])
    monkeypatch.setattr(Extra, "is_missing", lambda _: True)
    guide.write_bytes(xls([["State", "Pay"], ["Ohio", 20.5], ["Utah", 21]]))
    (failure,) = update(tmp_path / "index").failed
    assert failure.reason == "needs the sheets extra"
    with open_index(tmp_path / "index") as index:
        assert len(index.catalog.documents()) == 1
