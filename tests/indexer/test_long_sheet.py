"""A sheet that is read part by part is the sheet that it is as a whole."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

import pytest
from citeguide.indexer import large_sheet
from citeguide.indexer.diagnostics.coverage import uncovered
from citeguide.indexer.document import ParsedGuide, ParsedRow, ParsedTable, Part
from citeguide.indexer.large_sheet import read_long
from citeguide.indexer.parse import parse_guide
from citeguide.indexer.readers import LONG_SHEET
from citeguide.indexer.update import update
from citeguide.search.errors import SourceError
from citeguide.search.pipeline.answer import ask
from citeguide.search.store.open import open_index

HEADER = "Area,Pay ($/hour),Workers\n"


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large_sheet, "SHEET_CHUNK", 20_000)


def read(data: bytes) -> tuple[list[Part], ParsedGuide]:
    *parts, guide = read_long(io.BytesIO(data), "wages.csv")
    assert isinstance(guide, ParsedGuide)
    return [part for part in parts if isinstance(part, Part)], guide


def table(guide: ParsedGuide) -> ParsedTable:
    (found,) = guide.tables
    return found


def rows(start: int, stop: int) -> str:
    return "".join(f'"Town {n}, TX",{10 + n % 50}.{n % 100:02},{n}\n' for n in range(start, stop))


def in_document(part: Part, row: ParsedRow) -> tuple[object, ...]:
    """A row with its places as they count in the document."""
    cells = [(c.text, (c.span[0] + part.start, c.span[1] + part.start), c.number, c.unit, c.mark) for c in row.cells]
    lines = (row.lines[0] + part.line, row.lines[1] + part.line)
    return (row.span[0] + part.start, row.span[1] + part.start), lines, cells, row.place


def all_rows(parts: Iterable[Part]) -> list[tuple[object, ...]]:
    return [in_document(part, row) for part in parts for row in part.rows]


def test_in_parts_a_sheet_has_the_rows_columns_and_text_that_it_has_as_a_whole(shared: Path) -> None:
    data = (shared / "data" / "wages" / "oews-states-2023.csv").read_bytes()
    parts, guide = read(data)
    whole = parse_guide(data, "wages.csv")
    assert len(parts) > 10
    assert "".join(part.text for part in parts) == whole.text
    assert table(guide).columns == table(whole).columns
    assert (table(guide).header, table(guide).year) == (table(whole).header, table(whole).year)
    assert all_rows(parts) == all_rows([Part("", 0, 0, rows=table(whole).rows)])
    assert len(all_rows(parts)) == 2_278


def test_every_character_of_every_part_is_accounted_for() -> None:
    parts, guide = read(f"Pay by town\n{HEADER}{rows(0, 3_000)},,\nSource: a survey, 2023\n".encode())
    for number, part in enumerate(parts):
        header = table(guide).header if number == 0 else ()
        stands_in = ParsedTable("", (), (), part.rows, (0, 0), (1, 1), header=header)
        assert uncovered(ParsedGuide("csv", part.text, "", None, part.passages, (stands_in,), part.doubts)) == []
    assert parts[-1].text[slice(*parts[-1].passages[-1].span)] == "Source: a survey, 2023"


def test_what_comes_late_is_typed_cell_by_cell() -> None:
    """A withheld number, one with a currency sign, and the header again, far behind the first part."""
    late = f'{HEADER}"Late Town, TX",*,7\n"Last Town, TX","$1,250.50",8\n'
    parts, _ = read((HEADER + rows(0, 3_000) + late).encode())
    withheld, last = [row for part in parts for row in part.rows][-2:]
    assert [(cell.number, cell.mark) for cell in withheld.cells[1:]] == [(None, "withheld"), (7, None)]
    assert (str(last.cells[1].number), last.cells[1].unit) == ("1250.50", "USD/hour")
    assert [part.text[slice(*p.span)] for part in parts for p in part.passages] == [HEADER.strip()]
    assert sum(len(part.rows) for part in parts) == 3_002


def test_a_line_break_within_quotes_ends_no_record() -> None:
    broken = "".join(f'"Town {n},\nTX",12.50,{n}\n' for n in range(3_000))
    parts, _ = read((HEADER + broken).encode())
    assert len(parts) > 2
    assert [row.cells[0].text for part in parts for row in part.rows] == [f"Town {n},\nTX" for n in range(3_000)]


def test_a_quote_that_is_never_closed_hides_nothing_but_its_own_record() -> None:
    stray = HEADER + '"Stray,12.50,1\n' + "".join(f"Town {n},12.50,{n}\n" for n in range(5_000))
    parts, _ = read(stray.encode())
    assert [row.cells[0].text for row in parts[-1].rows][-1] == "Town 4999"
    assert sum(len(part.rows) for part in parts) >= 5_000


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_the_first_part_says_in_which_encoding_all_are(encoding: str) -> None:
    text = HEADER + "".join(f"Cañon {n} – “west”,12.50,{n}\n" for n in range(2_000))
    parts, _ = read(text.encode(encoding))
    assert "".join(part.text for part in parts) == text


def test_a_small_table_above_the_long_one_does_not_decide_its_columns() -> None:
    above = "Year,Towns surveyed\n2022,2\n2023,3\n\n"
    parts, guide = read((above + HEADER + rows(0, 3_000)).encode())
    assert [column.name for column in table(guide).columns] == ["Area", "Pay ($/hour)", "Workers"]
    assert sum(len(part.rows) for part in parts) == 3_000


def test_a_record_without_end_is_refused() -> None:
    with pytest.raises(SourceError, match="holds a record of more than"):
        read((HEADER + rows(0, 2_000) + "x" * 3_000_000).encode())


def test_a_long_file_without_a_table_is_refused() -> None:
    with pytest.raises(SourceError, match="does not begin with a table"):
        read(b"words\n" * 20_000)


def long_file(folder: Path, end: str) -> Path:
    """Rows enough for the reading process to take them part by part, the last of them given."""
    file = folder / "wages.csv"
    body = "".join(f'"Town {n}, TX","{"a remark of many words, " * 8}{n}",12.50\n' for n in range(6_000))
    file.write_text(f"Area,Remark,Median pay ($/hour)\n{body}{end}")
    assert file.stat().st_size > LONG_SHEET
    return file


def test_a_long_file_is_indexed_and_its_last_row_answers(tmp_path: Path) -> None:
    file = long_file(tmp_path, '"Zebra City, TX",none,33.25\n')
    report = update(tmp_path / "index", [file])
    assert (report.failed, report.passages, report.tables) == ((), 6_001, 1)
    with open_index(tmp_path / "index") as index:
        (document,) = index.catalog.documents()
        text = index.catalog.text(document.id)
        assert text == file.read_text()
        answer = ask("What is the median pay in Zebra City?", index)
        assert [str(value.value) for value in answer.values] == ["33.25"]
        (citation,) = answer.citations
        assert text[slice(*citation.span)] == citation.quote == '"Zebra City, TX",none,33.25'
        assert citation.lines == (6_002, 6_002)


def test_a_long_file_of_dates_and_ranges_is_indexed(tmp_path: Path) -> None:
    """Their cells hold more than others, and rows are found by their words all the same."""
    file = tmp_path / "hired.csv"
    body = "".join(f'"Town {n}",{"word " * 36}{n},2019-02-{n % 28 + 1:02},3 - 5 years\n' for n in range(6_000))
    file.write_text(f"Area,Remark,Hired,Experience\n{body}Zebra City,none,2020-01-31,6 - 9 years\n")
    assert file.stat().st_size > LONG_SHEET
    report = update(tmp_path / "index", [file])
    assert (report.failed, report.tables) == ((), 1)
    with open_index(tmp_path / "index") as index:
        assert index.engine.passages_with("zebra", "row") + index.engine.passages_with("zebra", "text") == 1


def test_of_a_long_file_that_fails_late_nothing_is_left(tmp_path: Path) -> None:
    file = long_file(tmp_path, "x" * 3_000_000)
    (tmp_path / "other.txt").write_text("Zebras graze on the plains of Kenya.\n")
    report = update(tmp_path / "index", [tmp_path])
    assert [(f.path, f.reason) for f in report.failed] == [
        (str(file), "holds a record of more than 1,048,576 characters")
    ]
    assert (report.passages, report.tables) == (1, 0)
    with open_index(tmp_path / "index") as index:
        assert list(index.engine.stems("row")) == []
