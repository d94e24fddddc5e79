"""The Whoosh engine against hostile and damaged files, and its bounds on how many there are."""

from __future__ import annotations

import pickle
import struct
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from citeguide.search.errors import IndexBrokenError
from citeguide.search.store.engines import whoosh, whoosh_files, whoosh_pool, whoosh_writer
from citeguide.search.store.engines.bm25 import Ranker
from citeguide.search.store.engines.whoosh_storage import SCHEMA
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import index
from whoosh.codec.whoosh3 import STORED_COLUMN, W3TermInfo
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.filetables import OrderedHashWriter


class Evil:
    """Unpickled without a guard, it makes a file."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.mark,)


def build(folder: Path, passages: int = 3) -> Path:
    folder.mkdir(exist_ok=True)
    writer = whoosh_writer.open_writer(folder, fresh=True)
    for number in range(passages):
        writer.add(number, number, ["pay", f"word{number}"])
    writer.commit()
    return folder


def one_by_one(writer: Any, _: int) -> Any:
    """Whoosh's own writer and pool."""

    def take(field: str, passage: int, counts: dict[str, int]) -> None:
        for stem, often in counts.items():
            writer.pool.add((field, stem.encode(), passage, float(often), b""))

    writer.pool.take = take
    return writer


def test_lists_written_at_once_are_the_bytes_that_whoosh_writes_posting_by_posting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where a list fills several blocks, where counts differ, and where a segment is rewritten."""
    monkeypatch.setattr(whoosh_writer, "POSTINGS_A_BLOCK", 8)
    written = []
    for name, attach in (("ours", whoosh_pool.attach), ("theirs", one_by_one)):
        monkeypatch.setattr(whoosh_writer, "attach", attach)
        folder = tmp_path / name
        folder.mkdir()
        for fresh in (True, False):
            writer = whoosh_writer.open_writer(folder, fresh=fresh)
            if not fresh:
                writer.remove(3)
            for n in range(40):
                writer.add(n + 100 * fresh, n, ["pay"] * (1 + n % 3) + ["été", f"word{n}"], "row" if n % 5 else "text")
            writer.commit()
        files = [path for path in folder.iterdir() if path.suffix in (".pst", ".trm", ".col")]
        written.append(sorted((path.suffix, path.read_bytes()) for path in files))
    assert len(written[0]) > 4
    assert written[0] == written[1]


def ask(folder: Path) -> list[int]:
    with closing(Ranker(whoosh.open_reader(folder))) as reader:
        reader.stems()
        reader.passage_count()
        return [hit.passage for hit in reader.rank({"pay": 1.0, "word1": 1.0}, 10, documents=range(1000))]


def rewrite(folder: Path) -> None:
    """Makes the writer read every file: it rewrites the segment that loses a document for good."""
    writer = whoosh_writer.open_writer(folder, fresh=False)
    try:
        writer.remove(0)
        writer.commit()
    finally:
        writer.cancel()


def only(folder: Path, ending: str) -> Path:
    (found,) = folder.glob(f"*{ending}")
    return found


def in_table_of_contents(folder: Path, evil: bytes) -> None:
    toc = only(folder, ".toc")
    data = toc.read_bytes()
    toc.write_bytes(data[: data.rindex(b"\x80\x05")] + evil)


def in_old_table_of_contents(folder: Path, evil: bytes) -> None:
    toc = only(folder, ".toc")
    version = struct.pack("!i", -111)
    toc.write_bytes(toc.read_bytes().replace(version, struct.pack("!i", -110), 1).partition(b"\x80")[0] + evil * 3)


def in_block_header(folder: Path, evil: bytes) -> None:
    only(folder, ".pst").write_bytes(b"W3Bl" + struct.pack("!i", -len(evil)) + evil)


def in_block_data(folder: Path, evil: bytes) -> None:
    header = pickle.dumps((3, 2, 1.0, 0, 0, 0), 2)
    only(folder, ".pst").write_bytes(b"W3Bl" + struct.pack("!i", -len(header + evil)) + header + evil)


def in_term_extras(folder: Path, evil: bytes) -> None:
    terms = only(folder, ".trm")
    terms.write_bytes(terms.read_bytes()[:13] + b"\0" * 4096 + evil + struct.pack("!i", len(evil)))


def in_inlined_postings(folder: Path, evil: bytes) -> None:
    table = OrderedHashWriter(FileStorage(str(folder)).create_file(only(folder, ".trm").name))
    table.extras["fieldmap"] = {"text": 0}
    info = W3TermInfo()
    info.set_inlined((), (), ())
    table.add(b"\0\0pay", info.to_bytes()[: W3TermInfo._struct.size] + evil)
    table.close()


def in_stored_fields(folder: Path, evil: bytes) -> None:
    with FileStorage(str(folder)).create_file(only(folder, "_stored.col").name) as file:
        writer = STORED_COLUMN.writer(file)
        for number in range(3):
            writer._child.add(number, evil)
        writer.finish(3)


PLANTED = {
    in_table_of_contents: rewrite,
    in_old_table_of_contents: rewrite,
    in_stored_fields: rewrite,
    in_block_header: ask,
    in_block_data: ask,
    in_term_extras: ask,
    in_inlined_postings: ask,
}
"""Where code can be planted, and what reads it first."""


@pytest.mark.parametrize(("plant", "read"), [*PLANTED.items(), *((plant, rewrite) for plant in PLANTED)])
def test_a_crafted_file_runs_no_code(
    tmp_path: Path, plant: Callable[[Path, bytes], None], read: Callable[[Path], object]
) -> None:
    """Whoosh's files hold pickles; whatever these name beyond an index's own classes is refused by both sides."""
    mark = tmp_path / "mark"
    evil = pickle.dumps(Evil(mark), 2)
    pickle.loads(evil)  # noqa: S301 - shows that the pickle is live
    assert mark.exists()
    mark.unlink()
    folder = build(tmp_path / "index")
    plant(folder, evil)
    with pytest.raises(IndexBrokenError, match="damaged"):
        read(folder)
    assert not mark.exists()


@settings(max_examples=100)
@given(data=st.data())
def test_damage_that_no_manifest_caught_raises_nothing_but_a_broken_index(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        index = build(Path(folder), passages=40)
        file = data.draw(st.sampled_from(sorted(index.iterdir(), key=lambda path: path.suffixes)))
        content = bytearray(file.read_bytes())
        place = data.draw(st.integers(0, len(content)))
        if data.draw(st.booleans()):
            del content[place:]
        elif place < len(content):
            content[place] ^= data.draw(st.integers(1, 255))
        file.write_bytes(content)
        with suppress(IndexBrokenError):
            ask(index)


def test_many_small_commits_leave_few_segments(tmp_path: Path) -> None:
    """Each segment is more than twice as large as all smaller ones together: there are at most log3 of the passages."""
    build(tmp_path, passages=100)
    for number in range(100, 164):
        writer = whoosh_writer.open_writer(tmp_path, fresh=False)
        writer.add(number, number, ["pay"])
        writer.commit()
    assert len(list(tmp_path.glob("*.trm"))) <= 5
    assert len(ask(tmp_path)) == 10


def test_segments_stay_small_against_the_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whoosh_writer, "SEGMENT", 10)
    build(tmp_path, passages=100)
    assert len(list(tmp_path.glob("*.trm"))) == 10
    before = {file.name for file in tmp_path.glob("*.trm")}
    remove(tmp_path, 55)
    after = {file.name for file in tmp_path.glob("*.trm")}
    assert len(before - after) == len(after - before) == 1
    assert 55 not in ask(tmp_path)


def test_the_stems_of_a_removed_document_are_gone_from_the_files(tmp_path: Path) -> None:
    build(tmp_path, passages=100)
    remove(tmp_path, 77)
    assert all(b"word77" not in file.read_bytes() for file in tmp_path.iterdir())
    assert any(b"word78" in file.read_bytes() for file in tmp_path.iterdir())


def test_replaced_passages_are_rewritten_away_from_a_fifth_on(tmp_path: Path) -> None:
    build(tmp_path, passages=100)
    for number in range(19):
        remove(tmp_path, number, replaced=True)
    assert b"word18" in only(tmp_path, ".trm").read_bytes()
    remove(tmp_path, 19, replaced=True)
    assert b"word18" not in only(tmp_path, ".trm").read_bytes()


def test_a_segment_without_living_passages_goes(tmp_path: Path) -> None:
    build(tmp_path, passages=3)
    writer = whoosh_writer.open_writer(tmp_path, fresh=False)
    for number in range(3):
        writer.remove(number)
    writer.commit()
    assert {file.suffix for file in tmp_path.iterdir()} == {".toc", ".json"}


def test_opening_for_reading_changes_nothing(tmp_path: Path) -> None:
    folder = build(tmp_path / "index")
    before = copytree(folder, tmp_path / "copy")
    ask(folder)
    assert {f.name: f.read_bytes() for f in folder.iterdir()} == {f.name: f.read_bytes() for f in before.iterdir()}


def remove(folder: Path, document: int, *, replaced: bool = False) -> None:
    writer = whoosh_writer.open_writer(folder, fresh=False)
    writer.remove(document, replaced=replaced)
    writer.commit()


@settings(max_examples=60)
@given(
    passages=st.lists(st.lists(st.sampled_from(["pay", "wage", "été", "x", "2024", "zebra"]), max_size=6), max_size=60),
    block=st.integers(1, 20),
)
def test_posting_lists_are_read_as_whoosh_itself_reads_them(passages: list[list[str]], block: int) -> None:
    """The files are read here without Whoosh; its own reader is the judge."""
    with TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        folder = Path(name)
        patch.setattr(whoosh_writer, "POSTINGS_A_BLOCK", block)
        writer = whoosh_writer.open_writer(folder, fresh=True)
        for number, stems in enumerate(passages):
            writer.add(number, number, stems)
        writer.commit()
        segments = whoosh_files.read_segments(folder)
        with closing(index.open_dir(name, schema=SCHEMA).reader()) as judge:
            for stem in ("pay", "wage", "été", "x", "2024", "zebra", "unknown"):
                found = [segment.postings("text", stem) for segment in segments]
                if ("text", stem) in judge:
                    matcher = judge.postings("text", stem)
                    expected = list(zip(matcher.all_ids(), strict=False))
                    assert [numbers for numbers, _ in found] == [[number for (number,) in expected]]
                    assert found[0][1] == [float(passages[number].count(stem)) for (number,) in expected]
                    assert segments[0].frequency("text", stem) == judge.doc_frequency("text", stem)
                else:
                    assert all(numbers == [] for numbers, _ in found)
            stems = [stem for segment in segments for stem in segment.stems("text")]
            assert stems == [stem.decode() for stem in (judge.lexicon("text") if segments else ())]
        whoosh_files.close_all(segments)
