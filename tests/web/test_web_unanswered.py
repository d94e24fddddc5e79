"""Questions that no guide answered, counted for whoever keeps the guides: nothing of who asked, and never too many."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from citeguide.search.errors import UsageError
from citeguide.web import unanswered
from citeguide.web.unanswered import LONGEST_QUESTION, UnansweredQuestions, folded
from commands import ended
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from indexed import indexed, served

LOST = "Which zebra paints the mayor's boat?"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of one small guide."""
    return indexed(tmp_path_factory.mktemp("unanswered"), {"bees.md": "# Bees\n\nA hive holds about 50,000 bees.\n"})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where they are counted."""
    return tmp_path / "unanswered.sqlite"


@pytest.fixture
def client(index: Path, file: Path) -> Iterator[FlaskClient]:
    """A client of pages that count."""
    with served(index, unanswered=UnansweredQuestions(file)) as client:
        yield client


def test_what_was_not_answered_is_counted_whoever_asks(client: FlaskClient, file: Path) -> None:
    """On the page, by the API and in batches; what was answered is not."""
    client.get("/ask", query_string={"q": LOST})
    client.get("/api/v1/ask", query_string={"q": LOST.upper() + "??"})
    client.post("/api/v1/ask", json={"questions": [LOST, "How many bees does a hive hold?"]})
    client.get("/ask", query_string={"q": "How many bees does a hive hold?"})
    (kept,) = UnansweredQuestions(file).listed()
    assert (kept.question, kept.times) == ("which zebra paints the mayor's boat", 3)
    assert len(kept.last) == len("2026-11-30")


def test_nothing_but_words_times_and_a_day_is_kept(client: FlaskClient, file: Path) -> None:
    """The file has three columns, and no address of who asked."""
    client.get(
        "/ask", query_string={"q": LOST}, headers={"User-Agent": "spy"}, environ_base={"REMOTE_ADDR": "10.9.8.7"}
    )
    columns = [row[1] for row in sqlite3.connect(file).execute("PRAGMA table_info(unanswered)")]
    assert columns == ["question", "times", "last"]
    assert b"10.9.8.7" not in file.read_bytes()
    assert b"spy" not in file.read_bytes()


def test_without_the_option_there_is_no_page(index: Path) -> None:
    """Nothing is kept, and nothing shown."""
    with served(index) as client:
        assert client.get("/unanswered").status_code == 404


def test_the_page_lists_them_as_text(client: FlaskClient) -> None:
    """Those asked most first; what is hostile is shown and never run. The page is not kept by browsers or engines."""
    for question in (LOST, LOST, "<script>alert(1)</script> zebra"):
        client.get("/ask", query_string={"q": question})
    response = client.get("/unanswered")
    assert response.headers["Cache-Control"] == "no-store"
    soup = BeautifulSoup(response.get_data(as_text=True), "html.parser")
    assert [cell.text for cell in soup.select("tbody td:first-child")] == [
        "which zebra paints the mayor's boat",
        "<script>alert(1)</script> zebra",
    ]
    assert soup.select("main script") == []
    assert "Disallow: /unanswered" in client.get("/robots.txt").get_data(as_text=True)


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("  What   does\tit\ncost?! ", "what does it cost"),
        ("call me at +1 (503) 555-0100 please", "call me at … please"),
        ("I am Jo, jo@example.org, is it open", "i am …, … is it open"),
        ("My name is Maria Gonzalez-Smith. What does it cost?", "my name is … …. what does it cost"),
        ("What did Dr. O’Neill say of the GED? I’ve lost it", "what did …. … say of the ged? i’ve lost it"),
        ("IS IT OPEN ON MONDAY", "is it open on monday"),
        ("my account 123456789 is locked", "my account … is locked"),
        ("is it $1,200 in 2024", "is it $1,200 in 2024"),
        ("\x1b[31mred\u202e text", "[31mred text"),
        ("?", ""),
    ],
)
def test_a_question_is_kept_folded_and_without_what_is_personal(question: str, kept: str) -> None:
    """One line of small letters, without control characters, addresses and long numbers."""
    assert folded(question) == kept


@given(st.text(max_size=2_000))
def test_whatever_is_asked_is_cut_short_and_printable(question: str) -> None:
    """No question is kept longer than so many characters, and folding it again changes nothing more."""
    kept = folded(question)
    assert len(kept) <= LONGEST_QUESTION
    assert kept == kept.strip()
    assert all(character.isprintable() for character in kept)


def test_the_least_asked_give_way(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file keeps so many questions, and the one that was asked last among them."""
    monkeypatch.setattr(unanswered, "MOST_KEPT", 3)
    questions = UnansweredQuestions(file)
    for question in ("a a", "a a", "b b", "c c", "c c", "d d"):
        questions.count(question, today="2026-11-30")
    assert [(each.question, each.times) for each in questions.listed()] == [("a a", 2), ("c c", 2), ("d d", 1)]


def test_several_processes_count_in_one_file(file: Path) -> None:
    """None is lost, as with --workers."""
    UnansweredQuestions(file)
    code = (
        "import sys; from pathlib import Path; from citeguide.web.unanswered import UnansweredQuestions as U; "
        "u = U(Path(sys.argv[1])); [u.count(f'question {n % 5}') for n in range(50)]"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(file)]) for _ in range(3)]
    assert [process.wait() for process in running] == [0, 0, 0]
    assert [each.times for each in UnansweredQuestions(file).listed()] == [30] * 5


def test_a_file_that_cannot_be_written_holds_no_answer_up(client: FlaskClient, file: Path) -> None:
    """Counting fails with a line in the log; the page answers as ever."""
    file.unlink()
    file.mkdir()
    assert client.get("/ask", query_string={"q": LOST}).status_code == 200


@pytest.mark.parametrize("data", [b"no database at all, but a text of some length", None])
def test_what_is_no_such_file_is_refused(file: Path, data: bytes | None) -> None:
    """With what to do; a folder is none either."""
    file.mkdir() if data is None else file.write_bytes(data)
    with pytest.raises(UsageError) as error:
        UnansweredQuestions(file)
    assert error.value.remedy


def test_the_command_prints_them(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Times, day and question, or JSON; 1 where there are none, 2 where there is no such file."""
    assert ended(capsys, "unanswered", file).status == 2
    questions = UnansweredQuestions(file)
    assert ended(capsys, "unanswered", file).status == 1
    questions.count("Is there a \x1b[31mzebra?", today="2026-11-30")
    shown = ended(capsys, "unanswered", file)
    assert (shown.status, shown.out) == (0, "1 × 2026-11-30  is there a [31mzebra\n")
    listed = ended(capsys, "unanswered", "--json", file).json
    assert listed == [{"question": "is there a [31mzebra", "times": 1, "last": "2026-11-30"}]
    assert json.dumps(listed)
