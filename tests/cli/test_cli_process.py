"""The program as a process: exit statuses, one line for an error, pipes, encodings, signals, and what it imports."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from citeguide import corpus
from citeguide.search.cli.main import run
from citeguide.search.cli.program import COMMANDS
from citeguide.search.cli.settings import Settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SHIPPED = corpus.__path__[0]
PROGRAM = [sys.executable, "-c", "from citeguide.search.cli.main import main; main()"]
GUIDE = "Pay – and more\n\nCoders in Fresno earn “$16.69” an hour, says the résumé.\n"

KEPT = ("PATH", "SYSTEMROOT", "COVERAGE_PROCESS_START", "CITEGUIDE_LEXICAL")
Citeguide = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of one small guide and one long one."""
    guides = tmp_path_factory.mktemp("guides")
    (guides / "pay.txt").write_text(GUIDE, "utf-8", newline="")
    (guides / "long.txt").write_text("A sentence that fills a pipe, and then some.\n\n" * 10_000, "utf-8", newline="")
    folder = tmp_path_factory.mktemp("index")
    assert run(["--index", str(folder), "index", str(guides)], Settings()) == 0
    return folder


@pytest.fixture
def environment(index: Path, tmp_path: Path) -> dict[str, str]:
    """A clean environment: this index, an empty home, a plain 80 columns."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data"), "LOCALAPPDATA": str(tmp_path / "data")}
    return kept | home | {"CITEGUIDE_INDEX": str(index), "COLUMNS": "80", "PYTHONWARNINGS": "error"}


@pytest.fixture
def citeguide(environment: dict[str, str], tmp_path: Path) -> Citeguide:
    """Runs the program; keyword arguments add to its environment."""

    def command(*arguments: str | Path, stdin: bytes = b"", **more: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [*PROGRAM, *arguments], input=stdin, capture_output=True, cwd=tmp_path, env=environment | more, timeout=60
        )

    return command


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["--version"], 0),
        (["--help"], 0),
        (["ask", "--help"], 0),
        (["search", "fresno"], 0),
        (["search", "zebra"], 1),
        (["show", "pay.txt:3"], 0),
        (["show", "pay.txt:99"], 2),
        (["check"], 0),
        ([], 0),
        (["aks", "what?"], 2),
        (["--jsn"], 2),
        (["ask"], 2),
        (["ask", "-k", "0", "pay"], 2),
        (["ask", "-k", "many", "pay"], 2),
        (["ask", "???"], 2),
        (["show"], 2),
        (["show", "pay.txt:3", "--text", "pay.txt"], 2),
        (["verify"], 2),
        (["verify", "missing.json"], 2),
        (["verify", "."], 2),
        (["index", "missing"], 2),
        (["--index", "nowhere", "search", "pay"], 2),
        (["search", "pay", "--index", "nowhere"], 2),
    ],
)
def test_every_end_has_its_status(citeguide: Citeguide, arguments: list[str], status: int) -> None:
    """Found 0, nothing found 1, an error 2; an error writes one line to standard error and nothing else anywhere."""
    ended = citeguide(*arguments)
    assert ended.returncode == status, ended.stderr
    assert b"Traceback" not in ended.stderr
    if status == 2:
        assert ended.stdout == b""
        assert ended.stderr.startswith(b"citeguide: ")
        assert ended.stderr.count(b"\n") == 1
        assert b";" in ended.stderr
    if status == 0:
        noted = b"guides are read in a process" if arguments == ["check"] else b""
        assert ended.stderr.startswith(noted)
        assert ended.stderr.count(b"\n") == bool(noted)


def test_a_mistyped_command_is_recognised(citeguide: Citeguide) -> None:
    """The nearest name is offered."""
    assert b"did you mean 'search'?" in citeguide("serach", "pay").stderr


def test_the_index_may_be_named_before_or_after_the_command(citeguide: Citeguide, index: Path) -> None:
    """Both win over the environment; the one behind the command's name wins over the one before it."""
    for arguments in (["--index", index, "search", "fresno"], ["search", "--index", index, "fresno"]):
        assert citeguide(*arguments, CITEGUIDE_INDEX="nowhere").returncode == 0
    assert citeguide("--index", "nowhere", "search", "fresno", "--index", index).returncode == 0
    assert citeguide("--index", index, "search", "fresno", "--index", "nowhere").returncode == 2


def test_the_first_question_indexes_the_shipped_guides(citeguide: Citeguide, tmp_path: Path) -> None:
    """With no index at all, ask makes one in the user's data folder, says so on standard error, and goes on."""
    first = citeguide("ask", "--json", "certification", CITEGUIDE_INDEX="")
    assert b"the 3 guides that come with citeguide were indexed into" in first.stderr
    assert json.loads(first.stdout)["index"]["generation"] == 1
    assert list(tmp_path.rglob("generation-000001"))
    assert citeguide("ask", "--json", "certification", CITEGUIDE_INDEX="").stderr == b""


def test_only_ask_makes_a_first_index(citeguide: Citeguide, tmp_path: Path) -> None:
    """The others say that there is none, and write nothing."""
    for arguments in (["search", "pay"], ["show", "a:1"], ["check"], ["index"]):
        assert citeguide(*arguments, CITEGUIDE_INDEX=str(tmp_path / "none")).returncode == 2


def test_debug_shows_the_traceback(citeguide: Citeguide) -> None:
    """Before or after the command's name, with the same status."""
    for arguments in (["--debug", "show", "pay.txt:99"], ["show", "pay.txt:99", "--debug"]):
        ended = citeguide(*arguments)
        assert ended.returncode == 2
        assert b"Traceback" in ended.stderr
        assert b"NotFoundError" in ended.stderr


@pytest.mark.parametrize(
    ("debug", "shows"), [("False", b"citeguide: internal error: KeyError: 'oh'"), ("True", b"Traceback")]
)
def test_even_an_error_of_ours_is_one_line(environment: dict[str, str], debug: str, shows: bytes) -> None:
    """What nobody expected ends with 2 and asks for a report; --debug shows where it happened."""
    code = (
        "from citeguide.search.cli import main as cli\n"
        "def fail(arguments, settings):\n"
        f"    settings.debug = {debug}\n"
        "    raise KeyError('oh')\n"
        "cli._invoke = fail\n"
        "cli.main()\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment)
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert ended.stderr.startswith(shows)
    assert ended.stderr.count(b"\n") == 1 or debug == "True"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise there")
@pytest.mark.parametrize("arguments", [["show", "--text", "long.txt"], ["search", "-k", "1000", "sentence"]])
def test_a_closed_pipe_ends_quietly(environment: dict[str, str], arguments: list[str]) -> None:
    """``citeguide … | head -1``: no complaint, no traceback, status 0."""
    with subprocess.Popen(
        [*PROGRAM, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_one_line(environment: dict[str, str]) -> None:
    """Where the output cannot be written, the reason is said and the status is 2."""
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run([*PROGRAM, "search", "fresno"], stdout=full, stderr=subprocess.PIPE, env=environment)
    assert (ended.returncode, ended.stderr) == (2, b"citeguide: No space left on device\n")


@pytest.mark.skipif(sys.platform == "win32", reason="shells close streams otherwise there")
def test_closed_streams_are_no_trouble(environment: dict[str, str]) -> None:
    """``citeguide … >&- 2>&-`` still ends with its own status."""
    shell = ["sh", "-c", '"$@" >&- 2>&-', "sh", *PROGRAM]
    assert subprocess.run([*shell, "search", "fresno"], env=environment).returncode == 0
    assert subprocess.run([*shell, "search", "zebra"], env=environment).returncode == 1


@pytest.mark.skipif(sys.platform == "win32", reason="no shell with >&-")
def test_no_file_takes_the_place_of_a_closed_stream(tmp_path: Path) -> None:
    """Else a library's warning would be written into the next file that is opened, an index's among them."""
    program = "import os, sys; from citeguide.search.cli.streams import prepare; prepare(); "
    program += f"number = os.open({str(tmp_path / 'guide')!r}, os.O_CREAT | os.O_RDWR); sys.exit(number)"
    closed = subprocess.run(
        [shutil.which("sh") or "sh", "-c", '"$@" <&- >&- 2>&-', "sh", sys.executable, "-c", program]
    )
    assert closed.returncode > 2


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to a child there")
def test_an_interrupt_ends_quietly(environment: dict[str, str]) -> None:
    """Ctrl-C while questions are awaited: status 130, not a word."""
    with subprocess.Popen(
        [*PROGRAM, "ask", "--json", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b"pay in Fresno\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["question"] == "pay in Fresno"
        process.send_signal(signal.SIGINT)
        assert process.stderr.read() == b""
    assert process.returncode == 130


def test_an_output_without_unicode_gets_plain_forms(citeguide: Citeguide) -> None:
    """ASCII and Latin-1 outputs get straight quotes and hyphens, and escapes for the rest; nothing crashes."""
    plain = citeguide("show", "pay.txt:1-3", PYTHONIOENCODING="ascii")
    assert plain.returncode == 0
    assert b"> 1 | Pay - and more\n" in plain.stdout
    assert b'> 3 | Coders in Fresno earn "$16.69" an hour, says the r\\xe9sum\\xe9.\n' in plain.stdout
    latin = citeguide("show", "pay.txt:3", PYTHONIOENCODING="latin-1")
    assert "an hour, says the résumé.".encode("latin-1") in latin.stdout


def test_json_survives_any_output_encoding(citeguide: Citeguide) -> None:
    """What an ASCII output cannot carry is escaped the way JSON escapes it."""
    for encoding in ("utf-8", "ascii", "latin-1"):
        found = json.loads(citeguide("search", "--json", "fresno", PYTHONIOENCODING=encoding).stdout.decode(encoding))
        assert found["results"][0]["quote"].startswith("Coders in Fresno earn “$16.69”")


@pytest.mark.skipif(sys.platform != "linux", reason="arguments that are no text are a matter of Linux")
def test_arguments_that_are_no_text_are_taken(environment: dict[str, str]) -> None:
    """Bytes that are no UTF-8 in a question become ``?``."""
    ended = subprocess.run(
        [*map(os.fsencode, PROGRAM), b"search", b"--json", b"caf\xe9 fresno"], capture_output=True, env=environment
    )
    assert json.loads(ended.stdout)["query"] == "caf? fresno"


def test_standard_output_carries_no_colour_through_a_pipe(citeguide: Citeguide) -> None:
    """Whatever the environment says of the terminal."""
    ended = citeguide("search", "fresno", TERM="xterm-256color", VTE_VERSION="7000", CLICOLOR_FORCE="1")
    assert b"\x1b" not in ended.stdout


def test_the_shell_completes_commands(citeguide: Citeguide) -> None:
    """The completion that the documentation describes."""
    ended = citeguide(_CITEGUIDE_COMPLETE="zsh_complete", COMP_WORDS="citeguide se", COMP_CWORD="1")
    assert b"search" in ended.stdout
    assert b"search" in citeguide(_CITEGUIDE_COMPLETE="zsh_source").stdout or ended.returncode == 0


def imported(environment: dict[str, str], *arguments: str) -> set[str]:
    """The modules that a command line imports."""
    code = (
        "import sys\n"
        "from citeguide.search.cli.main import main\n"
        "try: main()\n"
        "finally: print(*sys.modules, file=sys.stderr)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, env=environment)
    return set(ended.stderr.split())


def test_help_imports_no_command(environment: dict[str, str]) -> None:
    """The table knows the short helps."""
    modules = imported(environment, "--help")
    assert not {target.partition(":")[0] for target, _ in COMMANDS.values()} & modules


def test_ask_imports_what_it_needs_and_no_more(environment: dict[str, str]) -> None:
    """A cold start is mostly imports: no other command, no reader of guides, no page, nothing heavy."""
    modules = imported(environment, "ask", "pay in Fresno")
    assert "citeguide.search.cli.answering" in modules
    others = ("citeguide.indexer", "citeguide.web", "citeguide.search.cli.search", "citeguide.search.cli.show", "click")
    assert not {name for name in modules if name.startswith(others)}
    assert not modules & {"bs4", "flask", "html.parser", "importlib.metadata", "asyncio", "http.client", "difflib"}
    assert not modules & {"importlib.resources", "tempfile"}
    assert not modules & {f"citeguide.search.{name}" for name in ("output.answer_json", "output.batch", "cli.session")}


def test_a_question_that_a_table_answers_imports_little(environment: dict[str, str]) -> None:
    """Without vectors: nothing of what reads prose, corrects words or refuses, and no library that makes classes."""
    del environment["CITEGUIDE_INDEX"]
    environment["CITEGUIDE_LEXICAL"] = "1"
    imported(environment, "ask", "pay in Fresno")  # makes the index
    modules = imported(environment, "ask", "What is the median hourly wage in Fresno?")
    assert "citeguide.search.tables.answer.finding" in modules
    assert not modules & {"dataclasses", "inspect", "shutil", "uuid", "whoosh.index", "whoosh.fields"}
    silent = ("refusing", "correcting", "shortlist", "chooser", "spelling", "term_weights", "thesaurus", "background")
    assert not {name for name in modules if name.startswith("citeguide.") and name.endswith(silent)}
    assert len({name for name in modules if name.startswith("citeguide.")}) <= 110


@pytest.mark.parametrize("words", [["pay in Fresno"], ["pay", "in", "Fresno"], ["what is the capital of France"]])
def test_a_plain_question_is_answered_as_one_that_click_reads(citeguide: Citeguide, words: list[str]) -> None:
    """Only a question without options passes Click by: ``--`` says that words follow, and changes nothing."""
    plain, read = citeguide("ask", *words), citeguide("ask", "--", *words)
    assert (plain.returncode, plain.stdout, plain.stderr) == (read.returncode, read.stdout, read.stderr)
    assert plain.stdout


def test_a_table_answers_without_what_refuses_or_ranks(environment: dict[str, str]) -> None:
    """Where the first table knows, nothing is loaded that reads prose, chooses quotes, or says what is missing."""
    del environment["CITEGUIDE_INDEX"]  # the first question makes an index of the shipped guides, the second finds it
    _, modules = [imported(environment, "ask", "What is the median hourly wage in Fresno?") for _ in range(2)]
    assert "citeguide.search.tables.answer.finding" in modules
    silent = ("tables.answer.refusing", "choosing", "reader", "retrieval", "conflicts", "lists", "semantic")
    unused = tuple(f"citeguide.search.{name}" for name in silent)
    assert not {name for name in modules if name.startswith(unused)}


@pytest.mark.parametrize("arguments", [["index", SHIPPED], ["index"], ["ask", "pay in Fresno"]])
def test_what_fetches_pages_is_imported_where_one_is_fetched(arguments: list[str], environment: dict[str, str]) -> None:
    """Neither an update of files nor the first question, which makes an index, loads HTTP and TLS."""
    del environment["CITEGUIDE_INDEX"]
    modules = imported(environment, *arguments)
    assert "citeguide.indexer.cli.index" in modules
    assert not modules & {"ssl", "http.client", "citeguide.indexer.web_pages.fetch"}


PARTS = [
    *sorted({*COMMANDS} - {"index", "serve"}),
    "--json", "--help", "--index", "-k", "-k0", "--text", "--context", "--document", "--forget", "--full", "--source",
    "--where", "--sort", "-", "--", "", " ", "pay", "pay.txt:3", "pay.txt:99-", "*", "[", '"', "-x", "0", "-1",
    "9" * 30, "nowhere", "\x1b[31m", "ü\u202e", "document:", "section:x", "median > 1", "a" * 5_000,
]  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=6))
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_command_line_gets_past_the_errors(
    index: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
) -> None:
    """Any mixture of commands, options and rubbish ends with a status of the contract, and errors are one line."""
    monkeypatch.setenv("CITEGUIDE_INDEX", str(index))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    capsys.readouterr()
    status = run(arguments, Settings())
    out, err = capsys.readouterr()
    assert status in (0, 1, 2)
    assert "\x1b" not in out + err
    if status == 2:
        assert err.startswith(("citeguide: ", "Usage: "))
        assert err.count("\n") == 1 or err.startswith("Usage: ")
        assert out == ""
