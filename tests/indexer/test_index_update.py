"""What an update notices, keeps, drops and says."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from citeguide.indexer import plan
from citeguide.indexer import update as build
from citeguide.indexer.document import ParsedGuide, ParsedPassage
from citeguide.indexer.sandbox import guarded
from citeguide.indexer.update import Report, update
from citeguide.search.errors import IndexMissingError, SourceError, UsageError
from citeguide.search.store.open import open_index

LONG_AGO = 1_600_000_000
"""Seconds: a time for files that are not fresh any more."""


class Parser:
    """Every line is a passage; a file that begins with BAD fails. Remembers which files it was given."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def __call__(self, data: bytes, name: str) -> ParsedGuide:
        self.names.append(name)
        text = data.decode()
        if text.startswith("BAD"):
            raise SourceError("no guide at all", "write one")
        passages, start = [], 0
        for number, line in enumerate(text.splitlines(keepends=True), start=1):
            if line.strip():
                passages.append(ParsedPassage("text", (), (start, start + len(line.rstrip())), (number, number)))
            start += len(line)
        return ParsedGuide("text", text, name, None, tuple(passages), ())


@pytest.fixture
def parser() -> Parser:
    return Parser()


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def guides(tmp_path: Path) -> Path:
    folder = tmp_path / "guides"
    folder.mkdir()
    return folder


@pytest.fixture
def run(index: Path, parser: Parser) -> Callable[..., Report]:
    def run(*paths: Path, **options: object) -> Report:
        return update(index, paths, parse=parser, **options)  # type: ignore[arg-type]

    return run


Run = Callable[..., Report]


def put(path: Path, text: str, seconds: int | None = LONG_AGO) -> Path:
    """Write a guide, by default one that was not touched for long."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    if seconds is not None:
        os.utime(path, (seconds, seconds))
    return path


def served(index: Path) -> dict[str, str]:
    """The text of every passage that the index holds, by its document's whole path."""
    with open_index(index) as opened:
        return {
            str(Path(d.root, d.path)): " | ".join(p.text for p in opened.catalog.passages_of(d.id))
            for d in opened.catalog.documents()
        }


def found(index: Path, stem: str) -> list[str]:
    """The passages that the engine ranks for a stem."""
    with open_index(index) as opened:
        hits = opened.engine.rank({stem: 1.0}, 100)
        return [passage.text for passage in opened.catalog.passages(hit.passage for hit in hits)]


# What changed


def test_added_changed_removed_and_unchanged_are_told_apart(index: Path, guides: Path, run: Run) -> None:
    kept, edited, deleted = (put(guides / f"{name}.txt", f"{name} zebra\n") for name in ("kept", "edited", "deleted"))
    first = run(guides)
    assert first.added == (str(deleted), str(edited), str(kept))
    assert (first.generation, first.passages, first.tables) == (1, 3, 0)

    put(edited, "edited lion\n", LONG_AGO + 1)
    deleted.unlink()
    new = put(guides / "new.txt", "new zebra\n")
    second = run()
    assert second._replace(editions=()) == Report(
        added=(str(new),), changed=(str(edited),), removed=(str(deleted),), unchanged=(str(kept),),
        failed=(), generation=2, passages=3, tables=0,
    )  # fmt: skip
    assert served(index) == {str(kept): "kept zebra", str(edited): "edited lion", str(new): "new zebra"}
    assert sorted(found(index, "zebra")) == ["kept zebra", "new zebra"]


def test_where_nothing_changed_no_generation_is_written_and_no_file_read(
    index: Path, guides: Path, run: Run, parser: Parser, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(guides / "a.txt", "zebra\n")
    run(guides)
    parser.names.clear()
    monkeypatch.setattr(plan, "read", lambda _: pytest.fail("read a file whose size and time stayed"))
    assert run().generation == run(guides).generation == 1
    assert parser.names == []
    assert [folder.name for folder in index.glob("generation-*")] == ["generation-000001"]


def test_a_file_with_another_time_and_the_same_bytes_is_unchanged(guides: Path, run: Run, parser: Parser) -> None:
    a = put(guides / "a.txt", "zebra\n")
    run(guides)
    os.utime(a, (LONG_AGO + 50, LONG_AGO + 50))
    report = run()
    assert (report.unchanged, report.generation) == ((str(a),), 1)
    assert parser.names == ["a.txt"]


def test_a_change_right_after_indexing_is_noticed_though_size_and_time_stayed(guides: Path, run: Run) -> None:
    """File times are coarse: a file written twice within one tick keeps its time."""
    a = put(guides / "a.txt", "zebra\n", seconds=None)
    time = a.stat().st_mtime_ns
    run(guides)
    a.write_text("lions\n")
    os.utime(a, ns=(time, time))
    assert run().changed == (str(a),)


def test_only_the_paths_named_are_looked_at(tmp_path: Path, index: Path, run: Run) -> None:
    one, two = put(tmp_path / "one" / "a.txt", "zebra\n"), put(tmp_path / "two" / "a.txt", "lion\n")
    run(one.parent, two.parent)
    one.unlink()
    put(two, "tiger\n", LONG_AGO + 1)
    report = run(two.parent)
    assert (report.changed, report.removed, report.unchanged) == ((str(two),), (), ())
    assert served(index) == {str(one): "zebra", str(two): "tiger"}
    assert run().removed == (str(one),)


def test_full_reads_every_file_again(index: Path, guides: Path, run: Run, parser: Parser) -> None:
    a = put(guides / "a.txt", "zebra\n")
    run(guides)
    report = run(full=True)
    assert (report.unchanged, report.generation) == ((str(a),), 2)
    assert parser.names == ["a.txt", "a.txt"]
    assert served(index) == {str(a): "zebra"}


def test_another_version_of_citeguide_reads_every_file_again(
    guides: Path, run: Run, parser: Parser, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(guides / "a.txt", "zebra\n")
    run(guides)
    monkeypatch.setattr(build, "version", lambda _: "99.0")
    assert run().generation == 2
    assert parser.names == ["a.txt", "a.txt"]


def test_progress_tells_what_is_read_next(guides: Path, run: Run) -> None:
    for name in "ab":
        put(guides / f"{name}.txt", "zebra\n")
    told: list[tuple[int, int, str]] = []
    run(guides, progress=lambda *step: told.append(step))
    assert told == [(0, 2, "a.txt"), (1, 2, "b.txt")]


def test_nothing_of_a_removed_text_is_left_in_the_new_generation(index: Path, guides: Path, run: Run) -> None:
    put(guides / "kept.txt", "".join(f"lion number {n}\n" for n in range(50)))
    secret = put(guides / "secret.txt", "".join(f"zebra number {n}\n" for n in range(50)))
    run(guides)
    secret.unlink()
    assert run().removed == (str(secret),)
    (generation,) = index.glob("generation-*")
    assert all(b"zebra" not in file.read_bytes() for file in generation.iterdir())


# What fails


def test_a_file_that_fails_is_told_and_the_rest_is_indexed(index: Path, guides: Path, run: Run) -> None:
    bad, good = put(guides / "bad.txt", "BAD\n"), put(guides / "good.txt", "zebra\n")
    report = run(guides)
    assert [failure.line() for failure in report.failed] == [f"{bad}: no guide at all; write one"]
    assert served(index) == {str(good): "zebra"}
    with open_index(index) as opened:
        assert [skipped.path for skipped in opened.catalog.skipped()] == [str(bad)]


def test_a_file_that_failed_is_told_again_and_read_again_only_when_it_changed(
    index: Path, guides: Path, run: Run, parser: Parser
) -> None:
    bad = put(guides / "bad.txt", "BAD\n")
    put(guides / "good.txt", "zebra\n")
    run(guides)
    again = run()
    assert [failure.path for failure in again.failed] == [str(bad)]
    assert (again.generation, parser.names) == (1, ["bad.txt", "good.txt"])
    put(bad, "lion\n", LONG_AGO + 1)
    mended = run()
    assert (mended.added, mended.failed) == ((str(bad),), ())
    with open_index(index) as opened:
        assert opened.catalog.skipped() == []


def test_a_file_that_is_no_guide_any_more_is_dropped(index: Path, guides: Path, run: Run) -> None:
    a, b = put(guides / "a.txt", "zebra\n"), put(guides / "b.txt", "lion\n")
    run(guides)
    put(a, "BAD\n", LONG_AGO + 1)
    assert [failure.path for failure in run().failed] == [str(a)]
    assert served(index) == {str(b): "lion"}


def test_a_file_that_cannot_be_opened_stays_as_it_was_read_last(
    index: Path, guides: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    a = put(guides / "a.txt", "zebra\n")
    run(guides)
    put(a, "changed\n", LONG_AGO + 1)

    def refuse(_: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(guarded, "read", refuse)
    report = run()
    assert [f.line() for f in report.failed] == [f"{a}: cannot be read (Permission denied); check its permissions"]
    assert served(index) == {str(a): "zebra"}
    monkeypatch.undo()
    assert run().changed == (str(a),)


def test_a_path_that_does_not_exist_is_told_and_not_remembered(index: Path, guides: Path, run: Run) -> None:
    put(guides / "a.txt", "zebra\n")
    report = run(guides, guides / "missing.txt")
    assert [failure.line() for failure in report.failed] == [f"{guides}/missing.txt: not there; check its spelling"]
    assert len(report.added) == 1
    assert run().failed == ()
    with open_index(index) as opened:
        assert opened.sources == (guides,)


def test_a_folder_without_guides_is_told(guides: Path, run: Run) -> None:
    put(guides / "picture.png", "no guide")
    folder, picture = sorted(run(guides).failed, key=lambda failure: failure.path)
    assert (picture.path, picture.is_passed_over) == (str(guides / "picture.png"), True)
    assert (folder.path, folder.reason) == (str(guides), "holds no guides")
    assert ".txt" in folder.remedy


def test_where_nothing_could_be_indexed_there_is_no_index(index: Path, guides: Path, run: Run) -> None:
    put(guides / "bad.txt", "BAD\n")
    report = run(guides)
    assert (report.generation, len(report.failed)) == (0, 1)
    with pytest.raises(IndexMissingError):
        open_index(index)


def test_an_update_of_nothing_is_refused(run: Run) -> None:
    with pytest.raises(UsageError, match="nothing is remembered"):
        run()


def test_a_file_over_the_limit_is_told_unread(guides: Path, run: Run, parser: Parser) -> None:
    put(guides / "a.txt", "zebra\n")
    with (guides / "huge.txt").open("wb") as huge:
        huge.truncate(200 * 2**20)
    report = run(guides)
    assert [(Path(f.path).name, f.reason) for f in report.failed] == [("huge.txt", "more than 128 MB")]
    assert parser.names == ["a.txt"]


# What is remembered


def test_a_remembered_folder_that_is_not_there_keeps_what_was_indexed(tmp_path: Path, index: Path, run: Run) -> None:
    a, b = put(tmp_path / "one" / "a.txt", "zebra\n"), put(tmp_path / "two" / "b.txt", "lion\n")
    run(a.parent, b.parent)
    a.parent.rename(tmp_path / "away")
    report = run()
    assert report.removed == ()
    assert [(f.path, f.remedy) for f in report.failed] == [
        (str(a.parent), f"bring it back, or forget it: citeguide index --forget {a.parent}")
    ]
    assert served(index) == {str(a): "zebra", str(b): "lion"}
    (tmp_path / "away").rename(a.parent)
    back = run()
    assert (back.failed, set(back.unchanged)) == ((), {str(a), str(b)})


def test_a_folder_where_a_drive_used_to_be_mounted_keeps_what_was_indexed(
    index: Path, guides: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    a = put(guides / "a.txt", "zebra\n")
    monkeypatch.setattr(plan, "mount_of", lambda _: str(guides))
    run(guides)
    a.unlink()
    monkeypatch.setattr(plan, "mount_of", lambda _: "/")
    report = run()
    assert (report.removed, [f.path for f in report.failed]) == ((), [str(guides)])
    assert served(index) == {str(a): "zebra"}


def test_a_folder_that_was_emptied_is_emptied_in_the_index(index: Path, guides: Path, run: Run) -> None:
    a = put(guides / "a.txt", "zebra\n")
    run(guides)
    a.unlink()
    assert run().removed == (str(a),)
    assert served(index) == {}


def test_a_remembered_file_that_is_gone_is_dropped_and_told(tmp_path: Path, index: Path, run: Run) -> None:
    a, b = put(tmp_path / "a.txt", "zebra\n"), put(tmp_path / "b.txt", "lion\n")
    run(a, b)
    a.unlink()
    report = run()
    assert (report.removed, [f.path for f in report.failed]) == ((str(a),), [str(a)])
    assert served(index) == {str(b): "lion"}


def test_what_is_forgotten_goes(tmp_path: Path, index: Path, run: Run) -> None:
    one, two = put(tmp_path / "one" / "a.txt", "zebra\n"), put(tmp_path / "two" / "a.txt", "lion\n")
    run(one.parent, two.parent)
    report = run(forget=[one.parent])
    assert report.removed == (str(one),)
    assert served(index) == {str(two): "lion"}
    with open_index(index) as opened:
        assert opened.sources == (two.parent,)


def test_a_lost_folder_can_be_forgotten(tmp_path: Path, run: Run) -> None:
    one, two = put(tmp_path / "one" / "a.txt", "zebra\n"), put(tmp_path / "two" / "a.txt", "lion\n")
    run(one.parent, two.parent)
    one.parent.rename(tmp_path / "away")
    assert run(forget=[one.parent]).removed == (str(one),)


def test_what_is_not_remembered_cannot_be_forgotten(guides: Path, run: Run) -> None:
    put(guides / "a.txt", "zebra\n")
    run(guides)
    (failure,) = run(forget=[guides / "a.txt"]).failed
    assert failure.line() == f"{guides}/a.txt: not remembered; what is remembered: {guides}"


def test_a_path_inside_a_remembered_one_is_indexed_once(index: Path, guides: Path, run: Run) -> None:
    outer, inner = put(guides / "a.txt", "zebra\n"), put(guides / "below" / "b.txt", "lion\n")
    for paths in ((guides,), (inner.parent,), (inner,), (guides, inner.parent)):
        run(*paths)
        assert served(index) == {str(outer): "zebra", str(inner): "lion"}
    run(forget=[guides])
    assert served(index) == {str(inner): "lion"}
    run(guides)
    assert served(index) == {str(outer): "zebra", str(inner): "lion"}
    with open_index(index) as opened:
        assert {document.root for document in opened.catalog.documents()} == {str(guides)}


def test_a_single_file_goes_by_its_name(tmp_path: Path, index: Path, run: Run) -> None:
    run(put(tmp_path / "deep" / "a.txt", "zebra\n"))
    with open_index(index) as opened:
        assert [document.path for document in opened.catalog.documents()] == ["a.txt"]
