"""``index --watch``: every change is followed, whatever happens on the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from threading import Event, Thread
from typing import IO

import pytest
from citeguide.indexer import watch
from citeguide.indexer.files.ignored import IGNORE_FILE
from citeguide.indexer.storage import generations
from citeguide.indexer.update import Report, update
from citeguide.search.cli.main import run
from citeguide.search.cli.settings import Settings
from citeguide.search.errors import CiteguideError, IndexBusyError, IndexMissingError, StorageError
from citeguide.search.store.open import open_index

PATIENCE = 120
"""Seconds after which something that was to be told counts as never told."""

Told = Report | CiteguideError


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def guides(tmp_path: Path) -> Path:
    folder = tmp_path / "guides"
    folder.mkdir()
    (folder / "a.txt").write_text("The first guide.\n")
    return folder


@contextmanager
def watching(index: Path) -> Iterator[Callable[[Callable[[Told], bool]], list[Told]]]:
    """Watch in a thread; gives what waits until something of a kind is told, with all that was told till then."""
    told: Queue[Told] = Queue()
    stop = Event()
    thread = Thread(target=watch.watch, args=(index, told.put, stop))

    def until(is_it: Callable[[Told], bool]) -> list[Told]:
        found = [told.get(timeout=PATIENCE)]
        while not is_it(found[-1]):
            found.append(told.get(timeout=PATIENCE))
        return found

    thread.start()
    try:
        yield until
    finally:
        stop.set()
        thread.join(PATIENCE)
    assert not thread.is_alive()


def added(*names: str) -> Callable[[Told], bool]:
    return lambda told: isinstance(told, Report) and {Path(path).name for path in told.added} >= set(names)


def any_report(told: Told) -> bool:
    return isinstance(told, Report)


def texts(index: Path) -> list[str]:
    with open_index(index) as opened:
        return [opened.catalog.text(document.id).strip() for document in opened.catalog.documents()]


def test_files_that_come_change_and_go_are_followed(index: Path, guides: Path) -> None:
    update(index, [guides])
    with watching(index) as until:
        (guides / "deep").mkdir()
        (guides / "deep" / "b.txt").write_text("The second guide.\n")
        until(added("b.txt"))
        (guides / "a.txt").write_text("The first guide, changed.\n")
        until(lambda told: isinstance(told, Report) and len(told.changed) == 1)
        (guides / "deep" / "b.txt").unlink()
        until(lambda told: isinstance(told, Report) and len(told.removed) == 1)
    assert texts(index) == ["The first guide, changed."]


def test_a_change_before_the_watch_began_is_found(index: Path, guides: Path) -> None:
    update(index, [guides])
    (guides / "b.txt").write_text("The second guide.\n")
    with watching(index) as until:
        assert len(until(added("b.txt"))) == 1


def test_a_burst_of_changes_is_one_update(index: Path, guides: Path, tmp_path: Path) -> None:
    """A folder of 200 guides that is moved in is told by the system as one change or as many: the index takes one."""
    update(index, [guides])
    (tmp_path / "many").mkdir()
    names = [f"{number}.txt" for number in range(200)]
    for name in names:
        (tmp_path / "many" / name).write_text(f"Guide {name}.\n")
    with watching(index) as until:
        until(any_report)
        (tmp_path / "many").rename(guides / "many")
        assert len(until(added(*names))) == 1


def test_a_file_that_was_named_itself_is_followed(index: Path, guides: Path) -> None:
    """Also where an editor puts a new file in its place, which a watch on the old one would never see."""
    update(index, [guides / "a.txt"])
    with watching(index) as until:
        until(any_report)
        (guides / "new").write_text("The first guide, changed.\n")
        (guides / "new").rename(guides / "a.txt")
        until(lambda told: isinstance(told, Report) and len(told.changed) == 1)


def test_a_folder_that_vanishes_and_returns_is_followed_again(index: Path, guides: Path, tmp_path: Path) -> None:
    update(index, [guides])
    with watching(index) as until:
        until(any_report)
        guides.rename(tmp_path / "away")
        until(lambda told: isinstance(told, Report) and [f.path for f in told.failed] == [str(guides)])
        assert texts(index) == ["The first guide."]
        (tmp_path / "away").rename(guides)
        until(lambda told: isinstance(told, Report) and not told.failed)
        (guides / "b.txt").write_text("The second guide.\n")
        until(added("b.txt"))


def test_ignore_rules_are_followed(index: Path, guides: Path) -> None:
    update(index, [guides])
    with watching(index) as until:
        until(any_report)
        (guides / IGNORE_FILE).write_text("a.txt\n")
        until(lambda told: isinstance(told, Report) and len(told.removed) == 1)


def test_what_another_command_remembers_is_followed_too(index: Path, guides: Path, tmp_path: Path) -> None:
    update(index, [guides])
    other = tmp_path / "other"
    other.mkdir()
    (other / "b.txt").write_text("The second guide.\n")
    with watching(index) as until:
        until(any_report)
        update(index, [other])
        until(lambda told: isinstance(told, Report) and len(told.unchanged) == 2)
        (other / "c.txt").write_text("The third guide.\n")
        until(added("c.txt"))


def test_another_writer_is_told_once_and_waited_for(index: Path, guides: Path) -> None:
    update(index, [guides])
    with watching(index) as until:
        until(any_report)
        with generations.writing(index):
            (guides / "b.txt").write_text("The second guide.\n")
            until(lambda told: isinstance(told, IndexBusyError))
        between = until(added("b.txt"))
        assert [told for told in between if isinstance(told, CiteguideError)] == []


def test_an_update_that_fails_is_told_and_the_watch_goes_on(
    index: Path, guides: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    update(index, [guides])
    with watching(index) as until, monkeypatch.context() as patched:
        until(any_report)

        def fails(_: Path, **__: object) -> Report:
            raise StorageError("the disk is full")

        patched.setattr(watch, "update", fails)
        (guides / "b.txt").write_text("The second guide.\n")
        until(lambda told: isinstance(told, StorageError))
        patched.undo()
        (guides / "c.txt").write_text("The third guide.\n")
        until(added("b.txt", "c.txt"))


def test_an_index_inside_the_watched_folder_does_not_wake_its_own_watch(guides: Path) -> None:
    """The index's own writes are no changes, by whatever path: else every update would be followed by the next."""
    (guides / "index").mkdir()
    index = guides.with_name("link")
    index.symlink_to(guides / "index")
    update(index, [guides])
    with watching(index) as until:
        until(any_report)
        (guides / "b.txt").write_text("The second guide.\n")
        until(added("b.txt"))
        (guides / "c.txt").write_text("The third guide.\n")
        assert len(until(added("c.txt"))) <= 2


def test_there_must_be_something_to_watch(index: Path) -> None:
    with pytest.raises(IndexMissingError):
        watch.watch(index, lambda _: None, Event())


def test_a_missing_library_is_named_before_anything_is_done(
    index: Path, guides: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    assert run(["--index", str(index), "index", "--watch", str(guides)], Settings()) == 2
    assert capsys.readouterr().err == "citeguide: watching needs the watch extra; pip install 'citeguide[watch]'\n"
    assert not index.exists()


# The command


@contextmanager
def command(index: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], IO[str], IO[str]]]:
    program = "from citeguide.search.cli.main import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", program, "--index", str(index), "index", "--watch", *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        try:
            yield process, process.stdout, process.stderr
        finally:
            process.kill()


def test_the_command_says_each_update_and_ends_quietly(index: Path, guides: Path) -> None:
    """A line for each update that found something; Ctrl-C is how a watch ends, and no error."""
    with command(index, "--json", str(guides)) as (process, output, errors):
        first = json.loads(output.readline())
        assert [Path(path).name for path in first["added"]] == ["a.txt"]
        assert errors.readline() == "citeguide: watching; Ctrl-C ends it\n"
        (guides / "a.txt").write_text("The first guide, changed.\n")
        second = json.loads(output.readline())
        assert [Path(path).name for path in second["changed"]] == ["a.txt"]
        assert second["editions"][0]["passages"][0]["after"] == "The first guide, changed."
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
        assert (output.read(), errors.read()) == ("", "")


def test_where_the_first_update_fails_there_is_nothing_to_watch(index: Path, tmp_path: Path) -> None:
    with command(index, str(tmp_path / "nowhere")) as (process, _, errors):
        assert process.wait(PATIENCE) == 2
        assert "not there" in errors.read()
