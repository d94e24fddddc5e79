"""Index folders from elsewhere: nothing outside them is touched, no code runs, nothing waits or grows without end."""

from __future__ import annotations

import json
import os
import pickle
import sqlite3
import struct
import zlib
from collections.abc import Callable
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path

import pytest
from citeguide.indexer.ingest import bring
from citeguide.indexer.web_pages.address import parse
from citeguide.indexer.web_pages.terms import Terms
from citeguide.search.errors import CiteguideError, IndexBrokenError
from citeguide.search.pipeline.answer import ask
from citeguide.search.store.generation import FileRecord, hashes, read_manifest
from citeguide.search.store.open import open_index
from indexed import update

OWN = "The user's own.\n"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    guide = tmp_path / "guide.txt"
    guide.write_text("The old guide speaks of zebras.\n")
    update(tmp_path / "index", [guide])
    return tmp_path / "index"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file of the user outside the index, which nothing may change."""
    path = tmp_path / "home" / "diary.txt"
    path.parent.mkdir()
    path.write_text(OWN)
    return path


def forged(index: Path) -> None:
    """Make the generation's hashes fit what now lies in it, as whoever crafts an index can."""
    (folder,) = index.glob("generation-*")
    manifest = read_manifest(folder, sha256((folder / "manifest.json").read_bytes()).hexdigest())
    records = {name: FileRecord((folder / name).stat().st_size, hashes(folder / name)) for name in manifest.files}
    data = manifest._replace(files=records).to_json()
    (folder / "manifest.json").write_bytes(data)
    (index / "current").write_text(f"{folder.name} {sha256(data).hexdigest()}\n")


def use(index: Path) -> None:
    """Everything that reads or writes an index."""
    for act in (read, lambda index: update(index), lambda index: bring(index, terms=Terms(), progress=print)):
        with suppress(CiteguideError):
            act(index)


def read(index: Path) -> None:
    with open_index(index) as opened:
        opened.catalog.stop_after(5)
        hits = opened.engine.rank({"guid": 1.0, "zebra": 1.0}, 10)
        opened.catalog.passages(hit.passage for hit in hits)
        list(opened.engine.stems())
        for document in opened.catalog.documents():
            opened.catalog.text(document.id)


@pytest.mark.parametrize("path", ["../../home/diary.txt", "/etc/passwd", "h/../../../home/diary.txt", ".x.txt", ""])
def test_a_saved_page_lies_where_its_address_says_and_nowhere_else(index: Path, secret: Path, path: str) -> None:
    """A plain update brings pages up to date, and deletes what lies where a page used to be."""
    page = {"address": "http://127.0.0.1:9/x", "path": path, "sha256": "0", "fetched": "", "etag": "", "modified": ""}
    (index / "pages").mkdir()
    (index / "pages" / ".addresses.json").write_text(json.dumps({"format": 1, "pages": [page]}))
    with pytest.raises(IndexBrokenError, match=r"\.addresses\.json is damaged"):
        bring(index, terms=Terms(), progress=print)
    assert secret.read_text() == OWN


def test_no_link_among_the_pages_is_followed(index: Path, secret: Path) -> None:
    page = {"address": "http://a.example/diary.txt", "path": "a.example/diary.txt", "sha256": "0", "fetched": ""}
    (index / "pages").mkdir()
    (index / "pages" / ".addresses.json").write_text(json.dumps({"pages": [page | {"etag": "", "modified": ""}]}))
    (index / "pages" / "a.example").symlink_to(secret.parent)
    with pytest.raises(IndexBrokenError, match="is a link"):
        bring(index, forget=[parse("http://a.example/diary.txt")], terms=Terms(), progress=print)
    assert secret.read_text() == OWN


@pytest.mark.parametrize("name", ["lock", ".current.new", "current", "verified", ".verified.new", "pages"])
def test_what_is_a_link_is_never_written_through(index: Path, secret: Path, name: str) -> None:
    (index / name).unlink(missing_ok=True)
    (index / name).symlink_to(secret)
    (index.parent / "guide.txt").write_text("The new guide speaks of lions.\n")
    use(index)
    assert secret.read_text() == OWN


def test_a_lock_that_is_another_name_of_a_file_is_not_written_to(index: Path, secret: Path) -> None:
    (index / "lock").unlink()
    os.link(secret, index / "lock")
    update(index)
    assert secret.read_text() == OWN


@pytest.mark.parametrize("folder", ["generation-000001", "generation-000009", "unfinished-000002", "pages"])
def test_a_folder_that_is_a_link_is_not_swept(index: Path, secret: Path, folder: str) -> None:
    if (index / folder).exists():
        (index / folder).rename(index.parent / "moved")
    (index / folder).symlink_to(secret.parent)
    use(index)
    assert secret.read_text() == OWN


@pytest.mark.parametrize("name", ["current", "lock", "manifest.json", "catalog.sqlite", "segments.json", "verified"])
def test_a_pipe_is_waited_for_by_nobody(index: Path, name: str) -> None:
    (generation,) = index.glob("generation-*")
    path = generation / name if (generation / name).exists() else index / name
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    use(index)


SCHEMAS = {
    "a view without an end": """
        ALTER TABLE documents RENAME TO d;
        CREATE VIEW documents AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)
        SELECT d.* FROM d, n WHERE x < 0""",
    "a trigger": "CREATE TRIGGER t AFTER DELETE ON passages BEGIN DELETE FROM documents; END",
    "an index that computes": "CREATE INDEX i ON documents (abs(size))",
    "a column that computes": "ALTER TABLE documents ADD COLUMN more TEXT AS (zeroblob(900000000))",
    "a further table": "CREATE TABLE sqlite (x)",
    "a table of its own module": "CREATE VIRTUAL TABLE f USING fts5(x)",
}


@pytest.mark.parametrize("what", SCHEMAS)
def test_a_catalog_with_another_schema_is_refused(index: Path, what: str) -> None:
    (catalog,) = index.glob("*/catalog.sqlite")
    with closing(sqlite3.connect(catalog)) as db, suppress(sqlite3.OperationalError):
        db.executescript(SCHEMAS[what])
    forged(index)
    for act in (read, update):
        with pytest.raises(IndexBrokenError, match="other tables than a catalog has"):
            act(index)


def test_a_cell_of_gigabytes_is_refused(index: Path) -> None:
    (catalog,) = index.glob("*/catalog.sqlite")
    with closing(sqlite3.connect(catalog)) as db:
        db.execute("UPDATE texts SET text = zeroblob(400 << 20)")
        db.commit()
    forged(index)
    with pytest.raises(IndexBrokenError, match="too big"):
        read(index)


@pytest.mark.parametrize("number", ["1e999999999", "-1E-999999999", "NaN", "Infinity", "x"])
def test_a_cell_whose_number_is_beyond_all_measure_is_refused(tmp_path: Path, number: str) -> None:
    guide = tmp_path / "pay.csv"
    guide.write_text("Place,Median\nFresno,$16.69\nNapa,$18.10\n")
    index = tmp_path / "index"
    update(index, [guide])
    (catalog,) = index.glob("*/catalog.sqlite")
    with closing(sqlite3.connect(catalog)) as db:
        assert db.execute("UPDATE rows SET cells = replace(cells, '16.69\"', ?)", (f'{number}"',)).rowcount
        db.commit()
    forged(index)
    with open_index(index) as opened, pytest.raises(IndexBrokenError, match="damaged record"):
        opened.catalog.rows(opened.catalog.tables()[0].id)


def block(info: object, data: bytes) -> bytes:
    header = pickle.dumps(info, 2)
    return b"W3Bl" + struct.pack("!i", -len(header + data)) + header + data


BLOCKS: dict[str, Callable[[], bytes]] = {
    "packed gigabytes": lambda: block((1, 1, 1.0, 3, 0, 0), zlib.compress(bytes(300 << 20), 9)),
    "a memory of gigabytes": lambda: block((1, 1, 1.0, 0, 0, 0), b"\x80\x02Nr\xff\xff\xff\x7f0(K\x01tNN\x87."),
    "a memory of gigabytes by its older name": lambda: block((1, 1, 1.0, 0, 0, 0), b"\x80\x02Np2147483647\n0N."),
    "lists that double": lambda: block((99, 1, 1.0, 0, 0, 0), pickle.dumps((([[0] * 999] * 99), None, None), 2)),
}


@pytest.mark.parametrize("what", BLOCKS)
def test_postings_that_unpack_without_end_are_refused(index: Path, what: str) -> None:
    for postings in index.glob("*/*.pst"):
        postings.write_bytes(BLOCKS[what]())
    forged(index)
    with pytest.raises(IndexBrokenError, match="damaged"):
        read(index)


@pytest.mark.parametrize("size", [10**15, 10**9, 3, 0, -1, "x", None])
def test_a_segment_that_claims_other_passages_than_it_has_is_refused(index: Path, size: object) -> None:
    (segments,) = index.glob("*/segments.json")
    (record,) = json.loads(segments.read_text())
    segments.write_text(json.dumps([record | {"size": size}]))
    forged(index)
    with pytest.raises(IndexBrokenError, match="damaged"):
        read(index)


@pytest.mark.parametrize("name", ["../x", "catalog.sqlite-journal", "a/b", "", ".hidden", "a\0b"])
def test_a_manifest_names_plain_files_and_no_journal(index: Path, name: str) -> None:
    """SQLite rolls back what a journal says, and deletes files that it names."""
    (folder,) = index.glob("generation-*")
    manifest = read_manifest(folder, sha256((folder / "manifest.json").read_bytes()).hexdigest())
    data = manifest._replace(files={**manifest.files, name: FileRecord(0, ())}).to_json()
    (folder / "manifest.json").write_bytes(data)
    (index / "current").write_text(f"{folder.name} {sha256(data).hexdigest()}\n")
    with pytest.raises(IndexBrokenError, match=r"manifest\.json is damaged"):
        open_index(index)


def test_a_generation_that_claims_more_than_any_index_has_is_not_hashed(index: Path) -> None:
    """A file without blocks on disk may be as long as it likes."""
    (catalog,) = index.glob("*/catalog.sqlite")
    os.truncate(catalog, 1 << 40)
    (folder,) = index.glob("generation-*")
    manifest = read_manifest(folder, sha256((folder / "manifest.json").read_bytes()).hexdigest())
    data = manifest._replace(files={**manifest.files, "catalog.sqlite": FileRecord(1 << 40, ("0",))}).to_json()
    (folder / "manifest.json").write_bytes(data)
    (index / "current").write_text(f"{folder.name} {sha256(data).hexdigest()}\n")
    with pytest.raises(IndexBrokenError, match="more than any index"):
        open_index(index)


PLACES = {
    "passages beyond their text": "UPDATE passages SET end = 1 << 40",
    "passages before their text": "UPDATE passages SET start = -5",
    "passages from back to front": "UPDATE passages SET start = end, end = start",
    "rows beyond their text": "UPDATE rows SET start = 1 << 40, end = 1 << 41",
    "rows before their text": "UPDATE rows SET start = -9, end = -1",
    "a table beyond its text": "UPDATE tables SET start = 1 << 40, end = 1 << 41, header = '[[-5, 1099511627776]]'",
    "headings beyond their text": "UPDATE headings SET start = 1 << 40, end = 1 << 41",
    "pieces that lie elsewhere": "UPDATE texts SET start = 1 << 40",
    "rows of no table": "UPDATE rows SET table_id = 99",
    "words in rows that are not there": "UPDATE keys SET rows = x'ffffffff'",
    "a name in no column": "UPDATE tables SET label = 99",
}


@pytest.mark.parametrize("what", PLACES)
def test_places_that_are_nowhere_are_refused_or_passed_over(what: str, tmp_path: Path) -> None:
    """No place leads out of a text, and nothing but a clear refusal comes of one that would."""
    (tmp_path / "pay.csv").write_text("Place,Median hourly wage\nFresno,$16.69\nNapa,$18.10\nChico,$14.20\n")
    (tmp_path / "a.md").write_text("# Cards\n\nA card for a year costs ten dollars.\n")
    update(tmp_path / "index", [tmp_path / "pay.csv", tmp_path / "a.md"])
    (catalog,) = tmp_path.glob("index/*/catalog.sqlite")
    with closing(sqlite3.connect(catalog)) as db:
        db.executescript(PLACES[what])
    forged(tmp_path / "index")
    with suppress(IndexBrokenError), open_index(tmp_path / "index") as opened:
        for question in ("top 3 areas by median wage", "What does a card cost?", "What is the median wage in Fresno?"):
            assert ask(question, opened).status
