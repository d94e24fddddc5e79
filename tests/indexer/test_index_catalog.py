"""What is stored of a guide comes back as it was, and how the index came about makes no difference."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from citeguide.indexer.document import ParsedGuide, ParsedHeading, ParsedPassage, ParsedRow, ParsedTable
from citeguide.indexer.storage import text_pieces
from citeguide.indexer.storage.catalog_writer import CatalogWriter, check
from citeguide.indexer.storage.contents import Facts, contents
from citeguide.indexer.storage.entries import long_entry
from citeguide.indexer.storage.table_names import TableNames
from citeguide.search.column_kinds import ColumnRole
from citeguide.search.errors import IndexBrokenError, SourceError
from citeguide.search.model import Cell, Column, Doubt, Passage, Place, Table
from citeguide.search.store.catalog import Catalog
from citeguide.search.store.open import open_index
from citeguide.search.text.line_index import LineIndex
from citeguide.search.text.tokenizer import stem
from hypothesis import given, settings
from hypothesis import strategies as st
from indexed import update

TEXT = "Pay\nWhat clerks earn.\nFresno, CA MSA $16.69\nTexas  #\nThe end.\n"
ROWS = (
    ParsedRow(
        (22, 43), (3, 3),
        (Cell("Fresno, CA MSA", (22, 36)), Cell("$16.69", (37, 43), Decimal("16.69"), "USD/hour")),
        Place("Fresno, CA MSA", "MSA", "CA"),
    ),
    ParsedRow((44, 52), (4, 4), (Cell("Texas", (44, 49)), Cell("#", (51, 52), None, "USD/hour", "withheld"))),
)  # fmt: skip
COLUMNS = (Column("Location", ColumnRole.PLACE), Column("Median", ColumnRole.MEASURE, "median", "USD/hour"))
GUIDE = ParsedGuide(
    format="text",
    text=TEXT,
    title="Clerks",
    date="2024-05",
    passages=(
        ParsedPassage("text", ("Pay",), (4, 21), (2, 2)),
        ParsedPassage("text", ("Pay",), (53, 61), (5, 5)),
    ),
    tables=(ParsedTable("Pay of clerks", ("Pay",), COLUMNS, ROWS, (22, 52), (3, 4), 2024, ((0, 3),)),),
    doubts=(Doubt("doubt", "looks cut off", (53, 61), (5, 5)),),
    headings=(ParsedHeading("Pay", 1, (0, 3), (1, 1)),),
    pages=((0, 1), (44, 2), (53, 4)),
)


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    path = tmp_path / "catalog.sqlite"
    with closing(CatalogWriter(path, fresh=True)) as writer:
        writer.add(Facts("/root", "deep/clerks.txt", 66, 5, "ab" * 32), GUIDE)
        writer.commit()
    reader = Catalog(path)
    yield reader
    reader.close()


def test_a_document_comes_back_with_its_text_headings_and_doubts(catalog: Catalog) -> None:
    (document,) = catalog.documents()
    assert (document.root, document.path, document.format, document.title) == (
        "/root",
        "deep/clerks.txt",
        "text",
        "Clerks",
    )
    assert (document.date, document.sha256, document.size) == ("2024-05", "ab" * 32, 66)
    assert catalog.text(document.id) == TEXT
    assert catalog.doubts(document.id) == list(GUIDE.doubts)
    (heading,) = catalog.headings(document.id)
    assert (heading.text, heading.level, heading.span, heading.lines) == ("Pay", 1, (0, 3), (1, 1))


@pytest.mark.parametrize(("at", "page"), [(0, 1), (43, 1), (44, 2), (52, 2), (53, 4), (61, 4)])
def test_each_place_is_on_its_page(catalog: Catalog, at: int, page: int) -> None:
    """Each page holds from where it begins to where the next one does."""
    (document,) = catalog.documents()
    assert catalog.page(document.id, at) == page


def test_passages_and_rows_are_numbered_in_reading_order(catalog: Catalog) -> None:
    (document,) = catalog.documents()
    found = catalog.passages_of(document.id)
    assert [passage.text for passage in found] == ["What clerks earn.", "Fresno, CA MSA $16.69", "Texas  #", "The end."]
    assert [passage.id for passage in found] == list(range(found[0].id, found[0].id + 4))
    assert found[3] == Passage(found[3].id, document.id, "text", ("Pay",), (53, 61), (5, 5), "The end.", None)
    assert [(passage.kind, passage.row is not None) for passage in found[1:3]] == [("row", True)] * 2
    assert all(passage.text == TEXT[slice(*passage.span)] for passage in found)


def test_a_table_comes_back_cell_by_cell(catalog: Catalog) -> None:
    (table,) = catalog.tables()
    (document,) = catalog.documents()
    assert table == Table(
        table.id, document.id, "pay-clerks", "Pay of clerks", ("Pay",), COLUMNS, 2, (22, 52), (3, 4), 2024, ((0, 3),)
    )
    first, second = catalog.rows(table.id)
    assert (first.number, first.cells, first.place) == (1, ROWS[0].cells, ROWS[0].place)
    assert (second.number, second.cells, second.place) == (2, ROWS[1].cells, None)
    (passage,) = catalog.passages([first.id])
    assert passage.row == first.id
    assert catalog.keys(table.id, 0) == ["fresno ca msa", "texas"]


def test_rows_are_found_by_their_cells_and_table_and_prose_by_what_stands_above_it(tmp_path: Path) -> None:
    with closing(CatalogWriter(tmp_path / "catalog.sqlite", fresh=True)) as writer:
        _, entries = writer.add(Facts("/root", "a.txt", 66, 5), GUIDE)
        found = [(entry.field, " ".join(entry.stems)) for entry in entries]
        writer.commit()
    assert found == [
        ("text", "clerk pai what clerk earn"),
        ("row", "pai clerk fresno ca msa 16.69"),
        ("row", "pai clerk texa"),
        ("text", "clerk pai end"),
    ]


def test_the_same_path_in_two_folders_makes_two_documents(tmp_path: Path) -> None:
    with closing(CatalogWriter(tmp_path / "catalog.sqlite", fresh=True)) as writer:
        numbers = {writer.add(Facts(root, "a.txt", 66, 5), GUIDE)[0] for root in ("/one", "/two")}
        assert len(numbers) == 2
        assert writer.counts() == (8, 2)
        writer.commit()
    assert {known.file for known in contents(tmp_path / "catalog.sqlite").documents} == {"/one/a.txt", "/two/a.txt"}


def test_half_a_surrogate_pair_cannot_be_stored() -> None:
    broken = ParsedGuide("text", "half a \ud800 pair", "t", None, (), ())
    with pytest.raises(SourceError, match="surrogate"):
        check(broken)


def test_a_catalog_that_is_none_is_a_broken_index(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite"
    with pytest.raises(IndexBrokenError):
        Catalog(path)
    path.write_bytes(b"SQLite format 3\0 and then junk" * 100)
    with pytest.raises(IndexBrokenError):
        Catalog(path)


# Names of tables


def test_names_are_short_plain_and_unique() -> None:
    names = TableNames()
    assert names.give(1, ["Median pay of clerks, by area", "Pay", "Pay", ""]) == [
        "median-pay-clerks-area", "pay", "pay-2", "table",
    ]  # fmt: skip
    assert names.give(2, ["PAY", "The of and", "word " * 50]) == [
        "pay-3",
        "table-2",
        "word-word-word-word-word-word-word-word",
    ]
    assert names.give(3, ["x" * 100]) == ["table-3"]


def test_a_table_read_again_keeps_its_name_whatever_else_comes_and_goes() -> None:
    names = TableNames([("pay", 1), ("pay-2", 2), ("pay-3", 2), ("pay-2-rates", 2)])
    names.release(1)
    assert names.give(3, ["Pay"]) == ["pay"]
    assert names.give(2, ["Pay", "Pay", "Pay"]) == ["pay-2", "pay-3", "pay-4"]


def test_thousands_of_tables_of_one_title_are_named_at_once() -> None:
    names = TableNames()
    assert names.give(1, ["Pay"] * 20_000)[-1] == "pay-20000"


# History makes no difference

WORDS = st.sampled_from(["zebra lion", "zebra", "pay in Fresno", "lion pay", "été 2024"])
FILES = st.dictionaries(
    st.sampled_from(["a.txt", "b.txt", "deep/a.txt", "deep/c.md"]), st.lists(WORDS, max_size=4), min_size=1
)


@settings(max_examples=25)
@given(steps=st.lists(FILES, min_size=2, max_size=4))
def test_an_index_that_grew_holds_and_ranks_the_same_as_one_built_at_once(
    steps: Sequence[dict[str, list[str]]],
) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder, "root").resolve()
        for time, files in enumerate(steps, start=1):
            lay(root, files, time)
            update(Path(folder, "grown"), [root], parse=lines)
        update(Path(folder, "fresh"), [root], parse=lines)
        grown, fresh = Path(folder, "grown"), Path(folder, "fresh")
        if (grown / "current").exists() and (fresh / "current").exists():
            assert dump(grown) == dump(fresh)
            assert ranks(grown) == ranks(fresh)


def lay(root: Path, files: dict[str, list[str]], time: int) -> None:
    """Make these the files below the root; only what differs gets a new time."""
    root.mkdir(exist_ok=True)
    for old in [path for path in root.rglob("*") if path.is_file()]:
        if old.relative_to(root).as_posix() not in files:
            old.unlink()
    for name, passages in files.items():
        path, text = root / name, "\n".join(passages)
        path.parent.mkdir(exist_ok=True)
        if not path.exists() or path.read_text() != text:
            path.write_text(text)
            os.utime(path, (time, time))


def lines(data: bytes, name: str) -> ParsedGuide:
    """Each line a passage; a guide without lines is none."""
    text, passages, start = data.decode(), [], 0
    for number, line in enumerate(text.splitlines(), start=1):
        passages.append(ParsedPassage("text", (), (start, start + len(line)), (number, number)))
        start += len(line) + 1
    if not passages:
        raise SourceError("empty", "write something")
    return ParsedGuide("text", text, name, None, tuple(passages), ())


def dump(index: Path) -> dict[str, list[object]]:
    """Everything in the catalog but the times of files."""
    (path,) = index.glob("*/catalog.sqlite")
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE documents SET mtime_ns = 0")
        db.execute("UPDATE skipped SET mtime_ns = 0")
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {table: sorted(db.execute(f"SELECT * FROM {table}"), key=repr) for table in tables}  # noqa: S608
        db.rollback()
    return found


def ranks(index: Path) -> list[object]:
    with open_index(index) as opened:
        return [opened.engine.rank({stem: 1.0}, 50) for stem in ("zebra", "lion", "pai", "2024")]


@given(st.text("ab \r\n", max_size=60), st.integers(2, 9), st.integers(0, 60), st.integers(0, 60), st.integers(1, 60))
@settings(max_examples=40)
def test_any_stretch_of_a_text_is_what_the_whole_text_has_there(
    text: str, piece: int, start: int, length: int, number: int
) -> None:
    """Whatever the text, wherever it was cut into pieces: the same words, line numbers and sizes."""
    whole, lines = text, LineIndex(text)
    with TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_pieces, "MOST_OF_A_PIECE", piece)
        with closing(CatalogWriter(Path(place, "c.sqlite"), fresh=True)) as writer:
            document, entries = writer.add(Facts("/", "a.txt", 1, 1), ParsedGuide("text", text, "A", None, (), ()))
            assert list(entries) == []
            writer.commit()
        with closing(Catalog(Path(place, "c.sqlite"))) as catalog:
            part = catalog.texts.stretch(document, (start, start + length))
            assert catalog.text(document) == whole
            assert part.text == whole[start : start + length]
            assert catalog.texts.extent(document) == (len(whole), len(lines))
            if part.text:
                assert part.start == start
                assert part.line == lines.line(start)
                span = (start, start + len(part.text))
                assert part.lines(span) == lines.lines(span)
            expected = lines.span(number)[0] if number <= len(lines) else len(whole)
            assert catalog.texts.line_start(document, number) == expected


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ((Decimal(1), Decimal(2)), "has a table whose rows are not alike"),
        ((), "has a table whose rows are not alike"),
        ((Decimal("inf"),), "has a table with a number beyond all measure"),
        ((Decimal("nan"),), "has a table with a number beyond all measure"),
        ((Decimal("-1e300"),), "has a table with a number beyond all measure"),
    ],
)
def test_a_table_that_no_reader_makes_is_refused(cells: tuple[Decimal, ...], reason: str) -> None:
    """What comes from the process that reads files is not believed."""
    row = ParsedRow((0, 3), (1, 1), tuple(Cell("1.5", (0, 3), number) for number in cells))
    table = ParsedTable("Pay", (), (Column("Pay", ColumnRole.MEASURE),), (row,), (0, 3), (1, 1))
    with pytest.raises(SourceError) as raised:
        check(ParsedGuide("text", "1.5", "Pay", None, (), (table,)))
    assert raised.value.message == reason


def test_a_row_of_a_long_sheet_is_found_by_its_words_whatever_else_its_cells_say() -> None:
    """A date or a range stands behind a cell's other fields; its words are looked for, numbers are not."""
    cells = json.dumps(
        [["Police officer", 0, 14, None, None, None, [None, None], "2019-02-11"], ["500", 15, 18, "500", None, None]]
    )
    assert set(long_entry(1, "Pay", str, cells).stems) == {stem("pay"), stem("police"), stem("officer")}
