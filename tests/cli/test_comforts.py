"""What makes a terminal pleasant: help where it is looked for, a status, completion, a session, a pager, a man page."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import cli_reference
import click
import pytest
from citeguide.search.cli import progress, writing
from citeguide.search.cli.program import COMMANDS, group
from click.shell_completion import ShellComplete
from commands import ended
from indexed import indexed

PAY = "# Pay\n\n| Town | Low pay | High pay |\n|---|---|---|\n| Ely | $10 | $20 |\n| Rye | $12 | $24 |\n"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """The index of one guide with a table."""
    return indexed(tmp_path, {"pay.md": PAY})


def test_help_is_where_people_look_for_it(capsys: pytest.CaptureFixture[str]) -> None:
    """The bare program, ``-h`` and ``--help`` say the same, on standard output and with status 0."""
    whole = ended(capsys, "--help")
    assert whole.status == 0
    assert "Commands:" in whole.out
    assert ended(capsys) == whole
    assert ended(capsys, "-h") == whole
    assert ended(capsys, "ask", "-h") == ended(capsys, "ask", "--help")


@pytest.mark.parametrize(
    "arguments",
    [("tables", "nosuch"), ("show", "nosuch.md:3"), ("show", "0123abcd-1-2"), ("ask", "--document", "x", "pay")],
)
def test_a_name_that_does_not_exist_is_an_error(
    index: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    """Status 2 and one line: nothing found is something else than nothing there."""
    found = ended(capsys, *arguments, "--index", index)
    assert (found.status, found.out, found.err.count("\n")) == (2, "", 1)


def test_status_says_what_is_indexed(index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Folders, counts, age, engine and protection, for people and as JSON."""
    told = ended(capsys, "status", "--json", "--index", index).json
    assert told["sources"] == [{"path": str(tmp_path / "guides"), "is_there": True}]
    assert (told["guides"], told["tables"], told["engine"]) == (1, 1, "whoosh")
    assert 0 <= told["age_seconds"] < 3_600
    shown = ended(capsys, "status", "--index", index)
    assert shown.status == 0
    assert str(tmp_path / "guides") in shown.out
    assert "1 guide, " in shown.out
    assert ended(capsys, "status", "--index", tmp_path / "none").status == 2


@pytest.mark.parametrize(
    ("arguments", "begun", "offered"),
    [
        (["tables"], "pa", {"pay"}),
        (["tables", "pay", "--sort"], "", {"Town", "Low pay", "High pay"}),
        (["tables", "pay", "--column"], "hi", {"High pay"}),
        (["show"], "p", {"pay.md"}),
        (["ask", "--document"], "", {"pay.md"}),
    ],
)
def test_the_shell_completes_names(index: Path, arguments: list[str], begun: str, offered: set[str]) -> None:
    """Tables, their columns and guides are offered as the index has them."""
    completing = ShellComplete(group, {}, "citeguide", "_CITEGUIDE_COMPLETE")
    found = completing.get_completions(["--index", str(index), *arguments], begun)
    assert {item.value for item in found} == offered
    assert completing.get_completions(["--index", str(index.parent / "none"), *arguments], begun) == []


def test_the_shell_completes_folders_of_guides(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As the globs that ask takes, the folders before what lies in them."""
    (tmp_path / "guides" / "town" / "fees").mkdir(parents=True)
    guides = {"town/pool.md": "# Pool\n\nA swim is $4.\n", "town/fees/fines.md": "# Fines\n\nA fine is $9.\n"}
    index = indexed(tmp_path, {**guides, "zoo.md": "# Zoo\n\nGoats eat hay.\n"})
    completing = ShellComplete(group, {}, "citeguide", "_CITEGUIDE_COMPLETE")
    found = completing.get_completions(["--index", str(index), "ask", "--document"], "to")
    assert [item.value for item in found] == ["town/*", "town/fees/*", "town/fees/fines.md", "town/pool.md"]
    assert "$9" in ended(capsys, "ask", "--index", index, "--document", "town/*", "What is a fine?").out


def test_a_session_answers_one_question_after_the_other(
    index: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """At a terminal ``ask`` alone asks for questions; what a follow-up was taken as is said beside the answer."""
    typed = io.StringIO("what is the high pay in Ely\nand in Rye?\n???\n\n")
    monkeypatch.setattr(sys, "stdin", typed)
    monkeypatch.setattr(typed, "isatty", lambda: True)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: typed.readline().rstrip("\n"))
    found = ended(capsys, "ask", "--index", index)
    assert found.status == 0
    assert "$20" in found.out
    assert "$24" in found.out
    assert "taken as: what is the high pay in Rye" in found.err
    assert "holds no words" in found.err


def test_nothing_asked_from_a_pipe_is_an_error(
    index: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No session waits where nobody can type."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    found = ended(capsys, "ask", "--index", index)
    assert (found.status, found.out) == (2, "")


def test_more_than_a_screen_goes_through_a_pager(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal alone, and only what does not fit."""
    paged: list[str] = []
    monkeypatch.setattr(click, "echo_via_pager", lambda text, **_: paged.append(text))
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    monkeypatch.setenv("LINES", "10")
    writing.write("short")
    assert paged == []
    writing.write("line\n" * 50)
    assert len(paged) == 1
    monkeypatch.setattr(sys.stdout, "isatty", lambda: False)
    writing.write("line\n" * 50)
    assert len(paged) == 1


def test_progress_is_a_line_now_and_then_where_nobody_watches(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a log each line stays, so there are few; how long the rest takes is said as soon as that can be told."""
    clock = iter([0.0, 1.0, 30.0, 31.0, 60.0])
    monkeypatch.setattr("citeguide.search.cli.progress.time.monotonic", lambda: next(clock))
    with progress.Progress() as tell:
        for done in (1, 30, 31, 60):
            tell(done, 300, "guide.txt")
    assert capsys.readouterr().err.splitlines() == [
        "citeguide: 30 of 300, about 4 min left, guide.txt",
        "citeguide: 60 of 300, about 4 min left, guide.txt",
    ]


def test_the_man_page_is_current() -> None:
    """Run ``python docs/cli_reference.py`` where this fails; every command has its section."""
    manual = cli_reference.MANUAL.read_text("utf-8")
    assert manual == cli_reference.manual()
    assert all(f'.SH "CITEGUIDE {name.upper()}"' in manual for name in COMMANDS)
