"""Files that hang, crash or bloat their reader cost themselves alone."""

from __future__ import annotations

import os
import pickle
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from citeguide.indexer import update as build
from citeguide.indexer.sandbox.guarded import Limits, Reader
from citeguide.indexer.sandbox.timed import RENEWALS, Timed
from citeguide.indexer.update import update
from citeguide.search.column_kinds import ColumnKind, ColumnRole
from citeguide.search.errors import SourceError
from citeguide.search.store.open import open_index

MB = 2**20
TIGHT = Limits(seconds=1, memory=256 * MB, answer=MB)

PARSER = """
import ctypes, os, re, signal, sys
from citeguide.indexer.document import ParsedGuide, ParsedPassage

held = []

def stated(fd):
    try:
        status = os.fstat(fd)
    except OSError:
        return ""
    return f"{status.st_dev}:{status.st_ino}"

class Evil:
    def __reduce__(self):
        return os.mkdir, ("made-by-a-pickle",)

def parse(data, name):
    text = data.decode()
    match text.strip():
        case "hang":
            while True:
                pass
        case "hang in C":
            re.match(r"(a+)+$", "a" * 60 + "b")
        case "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "error":
            raise ValueError("a bug")
        case "end":
            sys.exit(0)
        case "bloat":
            bytearray(2**30)
        case "leave behind":
            held.append(bytearray(150 * 2**20))
        case "need much":
            bytearray(150 * 2**20)
        case "say much":
            text *= 2**20
        case "print":
            os.write(1, b"noise")
            print("noise", flush=True)
        case "be interrupted":
            os.kill(os.getpid(), signal.SIGINT)
        case "evil":
            return ParsedGuide("text", text, Evil(), None, (), ())
        case "open files":
            text = "\\n".join(stated(fd) for fd in range(64) if stated(fd))
    whole = ParsedPassage("text", (), (0, len(text)), (1, 1))
    return ParsedGuide("text", text, str(os.getpid()), None, (whole,), ())
"""
"""Does what a file says, and tells in the title which process it was."""


@pytest.fixture
def parser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "obedient.py").write_text(PARSER)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "lib"))
    return "obedient:parse"


@pytest.fixture
def reader(parser: str) -> Iterator[Reader]:
    with Reader(TIGHT, parser) as reader:
        yield reader


def put(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / f"{text.replace(' ', '-')}.txt"
    file.write_text(text)
    return file


def refusal(reader: Reader, file: Path) -> str:
    with pytest.raises(SourceError) as raised:
        reader(file)
    return raised.value.message


@pytest.mark.parametrize(
    ("deed", "message"),
    [
        ("hang", "took longer than 1 s"),
        ("hang in C", "took longer than 1 s"),
        ("crash", "the reader crashed on it"),
        ("error", "the reader crashed on it"),
        ("end", "the reader crashed on it"),
        ("say much", "gives more than 1 MB to keep"),
        ("evil", "the reader crashed on it"),
        pytest.param(
            "bloat",
            "needs more than 256 MB of memory",
            marks=pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is not limited here"),
        ),
    ],
)
def test_a_file_that_goes_over_a_limit_is_named_with_the_limit_and_the_next_one_is_read(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deed: str, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert refusal(reader, put(tmp_path, deed)) == message
    assert reader(put(tmp_path, "a guide")).guide.text == "a guide"
    assert not Path("made-by-a-pickle").exists()


def test_an_update_skips_what_fails_and_indexes_the_rest(
    parser: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "Reader", partial(Reader, TIGHT, parser))
    for deed in ("a guide", "crash", "hang", "zebras"):
        put(tmp_path / "guides", deed)
    report = update(tmp_path / "index", [tmp_path / "guides"])
    assert [(Path(f.path).name, f.reason) for f in report.failed] == [
        ("crash.txt", "the reader crashed on it"),
        ("hang.txt", "took longer than 1 s"),
    ]
    with open_index(tmp_path / "index") as index:
        assert [document.path for document in index.catalog.documents()] == ["a-guide.txt", "zebras.txt"]


def test_one_process_reads_many_files(reader: Reader, tmp_path: Path) -> None:
    titles = {reader(put(tmp_path, f"guide {n}")).guide.title for n in range(20)}
    assert len(titles) == 1
    assert titles != {str(os.getpid())}


def test_what_a_file_leaves_behind_is_not_held_against_the_next(reader: Reader, tmp_path: Path) -> None:
    """Together the two need more memory than there is; each alone does not."""
    before = reader(put(tmp_path, "leave behind")).guide.title
    assert reader(put(tmp_path, "need much")).guide.title != before


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is not limited here")
def test_a_file_that_needs_too_much_memory_is_tried_once_after_others_too(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else it could take twice the time that a file has."""
    reader(put(tmp_path, "a guide"))
    started: list[object] = []
    start = subprocess.Popen

    def counted(*arguments: Any, **named: Any) -> subprocess.Popen[bytes]:
        started.append(arguments)
        return start(*arguments, **named)

    monkeypatch.setattr(subprocess, "Popen", counted)
    assert refusal(reader, put(tmp_path, "bloat")) == "needs more than 256 MB of memory"
    assert started == []


def test_what_a_reader_prints_disturbs_nothing(
    reader: Reader, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert reader(put(tmp_path, "print")).guide.text == "print"
    assert capfd.readouterr() == ("", "")


def test_an_interruption_is_for_the_parent_to_see(reader: Reader, tmp_path: Path) -> None:
    assert reader(put(tmp_path, "be interrupted")).guide.text == "be interrupted"


@pytest.mark.skipif(sys.platform == "win32", reason="files have no numbers to know them by")
def test_the_reading_process_holds_no_file_of_the_index(
    parser: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the writer's lock would outlive the writer."""
    monkeypatch.setattr(build, "Reader", partial(Reader, TIGHT, parser))
    update(tmp_path / "index", [put(tmp_path / "guides", "open files")])
    with open_index(tmp_path / "index") as index:
        (document,) = index.catalog.documents()
        held = index.catalog.text(document.id).split()
    files = {f"{status.st_dev}:{status.st_ino}" for status in map(Path.stat, (tmp_path / "index").rglob("*"))}
    assert len(held) >= 3
    assert files.intersection(held) == set()


def test_nothing_to_read_starts_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    guide = put(tmp_path / "guides", "zebras graze")
    os.utime(guide, (1_600_000_000, 1_600_000_000))
    update(tmp_path / "index", [guide])

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    assert update(tmp_path / "index").unchanged == (str(guide),)


def test_modules_beside_the_guides_are_never_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever may put a guide into the current folder may not run a program through it."""
    for name in ("html", "pickle", "bs4", "citeguide"):
        (tmp_path / f"{name}.py").write_text("import os; os.mkdir('was-run')")
    monkeypatch.chdir(tmp_path)
    page = tmp_path / "page.html"
    page.write_text("<h1>Zebras</h1><p>They graze on the plains of Kenya.</p>")
    with Reader() as reader:
        assert "plains of Kenya" in reader(page).guide.text
    assert not Path("was-run").exists()


PARENT = """
import sys
from pathlib import Path
from citeguide.indexer.sandbox.guarded import Limits, Reader
from citeguide.indexer.sandbox.timed import RENEWALS, Timed

reader = Reader(Limits(seconds=600), "obedient:parse")
print(reader(Path(sys.argv[1])).guide.title, flush=True)
reader(Path(sys.argv[2]))
"""


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="needs a way to wait for a process that is not a child")
def test_the_reading_process_ends_with_its_parent_while_it_is_busy(parser: str, tmp_path: Path) -> None:
    files = [str(put(tmp_path, text)) for text in ("a guide", "hang")]
    assert parser == "obedient:parse"
    with subprocess.Popen([sys.executable, "-c", PARENT, *files], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        worker = os.pidfd_open(int(parent.stdout.readline()))
        parent.kill()
        assert parent.wait() == -signal.SIGKILL
    try:
        assert select.select([worker], [], [], 30)[0] == [worker]
    finally:
        os.close(worker)


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe cannot be waited for")
def test_what_is_kept_from_its_work_gets_its_time_again_but_not_for_ever() -> None:
    """The clock alone ends only what waits by itself."""
    ends = os.pipe()
    with os.fdopen(ends[0], "rb") as reading, os.fdopen(ends[1], "wb"):
        for told, times in (([False], 1), ([True, False], 2), ([True] * 99, RENEWALS)):
            said = iter(told)
            heard = Timed(reading, 0.001, partial(next, said))
            assert heard.read(1) == b""
            assert heard.is_late
            assert len(told) - len(list(said)) == times


def test_a_document_of_many_pages_may_take_longer() -> None:
    """One of three hundred pages is no bomb."""
    assert Limits().seconds_for(Path("a.txt")) == 10
    assert Limits().seconds_for(Path("A.PDF")) == 60


def test_what_is_dropped_of_a_text_comes_through(tmp_path: Path) -> None:
    """Reasons are plain words: the asking process takes nothing else."""
    menu = "Home\nFees\nHours\nContact\n\nThe desk is open from nine to five on all days.\n\n* * *\n\nCome in.\n"
    (tmp_path / "desk.txt").write_text(menu, "utf-8")
    with Reader() as reader:
        doubts = reader(tmp_path / "desk.txt").guide.doubts
    assert {doubt.reason for doubt in doubts if doubt.kind == "dropped"} == {"navigation", "divider"}


def test_names_of_columns_come_through_as_text() -> None:
    """They are sent as their class and their text, never as a way to an attribute, which some versions would send."""
    for name in (*ColumnRole, *ColumnKind):
        assert name.__reduce_ex__(5) == (type(name), (name.value,))
        assert pickle.loads(pickle.dumps(name)) is name  # noqa: S301 - our own bytes
