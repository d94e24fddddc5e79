"""``citeguide eval``: what it counts, prints, keeps and compares, and how it ends."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from citeguide.search.cli.main import run
from citeguide.search.cli.settings import Settings
from citeguide.search.errors import UsageError
from citeguide.search.evaluation import scores
from citeguide.search.evaluation.golden import Golden
from citeguide.search.evaluation.runs import compare, read_run, run_to_json
from citeguide.search.evaluation.scores import JudgedQuestion, Share, Tally, figures, measure
from citeguide.search.model import Answer, Citation, Status
from citeguide.search.store.open import Index, open_index
from commands import Result, ended
from indexed import indexed

ROOT = Path(__file__).resolve().parents[2]
TIMES = re.compile(r"took .*")
TABLE = "Pay\n\nLocationPay TypeLowMedianHigh\n" + "".join(
    f"{place}, CA MSAHourly${low}${median}${high}\n"
    for place, low, median, high in [
        ("Fresno", "11.61", "16.69", "25.39"),
        ("Napa", "17.43", "22.29", "31.04"),
        ("Redding", "15.20", "25.51", "39.30"),
        ("Chico", "10.32", "15.88", "24.22"),
    ]
)
RANK = {"id": "R1", "kind": "rank", "question": "top 2 areas by median wage", "values": [25.51, 22.29]}
LOOK_UP = {"id": "L1", "kind": "look-up", "question": "median wage in Fresno", "values": [16.69]}
NOT_FOUND = {"id": "N1", "kind": "not_found", "question": "Who won the 2022 World Cup?"}
MISTAKEN = {"id": "L2", "kind": "look-up", "question": "median wage in Napa", "values": [99]}


Evaluate = Callable[..., Result]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of two guides: one with a wage table, one without."""
    guides = {"pay.txt": TABLE, "exam.md": "# Exams\n\nThe certification exam costs $90.\n"}
    return indexed(tmp_path_factory.mktemp("eval"), guides)


@pytest.fixture
def evaluate(
    index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Evaluate:
    """Runs ``citeguide eval`` over the questions given, with further arguments."""
    monkeypatch.setenv("CITEGUIDE_INDEX", str(index))
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)

    def command(questions: Sequence[dict[str, Any]], *arguments: str) -> Result:
        lines = "".join(json.dumps(question) + "\n" for question in questions)
        (tmp_path / "questions.jsonl").write_text(lines, "utf-8")
        return ended(capsys, "eval", "questions.jsonl", *arguments)

    return command


def test_all_right_is_a_table_by_kind_and_status_0(evaluate: Evaluate) -> None:
    """Each kind has its line, and one for all; refusals, spans and times follow; nothing is listed as wrong."""
    result = evaluate([LOOK_UP, RANK, NOT_FOUND])
    rows = [line.split() for line in result.out.splitlines()]
    assert result.status == 0
    assert rows[:5] == [
        ["kind", "asked", "right", "in", "first", "3"],
        ["look-up", "1", "1", "100.0%", "100.0%"],
        ["rank", "1", "1", "100.0%", "100.0%"],
        ["not_found", "1", "1", "100.0%", "100.0%"],
        ["all", "3", "3", "100.0%", "100.0%"],
    ]
    assert "refused: 1 of 1 (100.0%) that no guide answers" in result.out
    assert "wrongly refused: 0 of 2 (0.0%) that a guide answers" in result.out
    assert "faulty spans: 0" in result.out
    assert re.search(r"an answer took [\d.]+ ms \(median\), [\d.]+ ms \(95th percentile\)", result.out)
    assert "Wrong" not in result.out
    assert result.err == ""


def test_a_wrong_answer_is_listed_with_what_was_expected(evaluate: Evaluate) -> None:
    """Question, what came, what was expected; the status is 1."""
    result = evaluate([LOOK_UP, MISTAKEN])
    assert result.status == 1
    listed = result.out.split("Wrong (1):\n")[1].splitlines()
    assert listed[0] == "  L2  look-up: median wage in Napa"
    assert "came:" in listed[1]
    assert "22.29" in listed[1]
    assert listed[2] == "      expected: 99"


def test_a_refusal_where_an_answer_was_due_is_counted(evaluate: Evaluate) -> None:
    """It is wrong, and it counts as wrongly refused."""
    result = evaluate([NOT_FOUND | {"kind": "passage", "quote": ["Argentina"]}])
    assert result.status == 1
    assert "wrongly refused: 1 of 1 (100.0%)" in result.out
    assert "came:     refused" in result.out


def test_json_holds_the_figures_and_every_question(evaluate: Evaluate) -> None:
    """Standard output is one JSON value; each question has what came and whether it was right."""
    result = evaluate([LOOK_UP, MISTAKEN, NOT_FOUND], "--json")
    data = json.loads(result.out)
    assert result.status == 1
    assert data["figures"]["kinds"]["look-up"] == {"asked": 2, "right": 1, "in_three": 1}
    assert data["figures"]["total"] == {"asked": 3, "right": 2, "in_three": 2}
    assert data["figures"]["refused"] == {"part": 1, "whole": 1}
    assert [(each["id"], each["right"], each["status"]) for each in data["questions"]] == [
        ("L1", True, "answered"),
        ("L2", False, "answered"),
        ("N1", True, "not_found"),
    ]


def test_a_saved_run_compares_equal_with_itself(evaluate: Evaluate) -> None:
    """Nothing changed, so the status is 0 although an answer is wrong."""
    evaluate([LOOK_UP, MISTAKEN], "--save", "run.json")
    result = evaluate([LOOK_UP, MISTAKEN], "--compare", "run.json")
    assert result.status == 0
    assert "No kind got better or worse." in result.out


def test_what_got_worse_is_listed_and_ends_with_1(evaluate: Evaluate) -> None:
    """A kind with fewer right answers than before is named with both numbers, and so is the question."""
    evaluate([LOOK_UP, RANK], "--save", "run.json")
    result = evaluate([LOOK_UP | {"values": [99]}, RANK], "--compare", "run.json")
    assert result.status == 1
    assert "look-up got worse: 1 to 0 right, 1 to 0 in the first three, of 1" in result.out
    assert "Worse (1):\n  L1  look-up: median wage in Fresno" in result.out
    assert "Better" not in result.out


def test_what_got_better_is_listed_and_ends_with_0(evaluate: Evaluate) -> None:
    """Also where other answers are wrong still."""
    evaluate([LOOK_UP | {"values": [99]}, MISTAKEN], "--save", "run.json")
    result = evaluate([LOOK_UP, MISTAKEN, RANK], "--compare", "run.json")
    assert result.status == 0
    assert "look-up got better: 0 to 1 right" in result.out
    assert "Better (1):\n  L1  look-up" in result.out
    assert "Not compared: 1 new question, 0 no longer asked." in result.out


def test_a_run_may_be_compared_and_saved_to_one_file(evaluate: Evaluate) -> None:
    """The earlier run is read before the new one takes its place."""
    evaluate([LOOK_UP], "--save", "run.json")
    assert evaluate([MISTAKEN], "--compare", "run.json", "--save", "run.json").status == 0
    assert [each["id"] for each in json.loads(Path("run.json").read_text("utf-8"))["questions"]] == ["L2"]


def test_a_question_may_be_asked_of_its_own_documents_alone(evaluate: Evaluate) -> None:
    """With --by-document the guide that holds the table is out of reach; without, it answers."""
    elsewhere = LOOK_UP | {"documents": ["exam.md"]}
    assert evaluate([elsewhere]).status == 0
    assert evaluate([elsewhere], "--by-document").status == 1
    assert evaluate([LOOK_UP | {"documents": ["pay.txt"]}], "--by-document").status == 0


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ({"kind": "rank", "question": "q"}, "line 2 is no question: 'values' is not a list of numbers"),
        ({"kind": "not_found", "question": "x" * 2001}, "line 2 cannot be asked: the question has 2,001 characters"),
        ({"kind": "not_found", "question": "?!"}, "line 2 cannot be asked: the question holds no words"),
        (NOT_FOUND | {"documents": ["none.txt"]}, "line 2 cannot be asked: no guide matches none.txt"),
    ],
)
def test_a_question_that_cannot_be_asked_is_an_error(
    evaluate: Evaluate, question: dict[str, Any], message: str
) -> None:
    """One line with the question's line and what to do; standard output stays empty."""
    result = evaluate([LOOK_UP, question], "--by-document")
    assert result.status == 2
    assert message in result.err
    assert result.err.count("\n") == 1
    assert result.out == ""


@pytest.mark.parametrize(
    "saved",
    [
        b"",
        b"{",
        b"\xff",
        b"[" * 100_000,
        b"[]",
        b'{"form": 2, "questions": []}',
        b'{"form": 1, "questions": {}}',
        b'{"form": 1, "questions": [7]}',
        b'{"form": 1, "questions": [{"id": "L1"}]}',
    ],
)
def test_what_is_no_saved_run_is_refused(evaluate: Evaluate, saved: bytes) -> None:
    """One line names the file and how one is made; no question is asked."""
    Path("run.json").write_bytes(saved)
    result = evaluate([LOOK_UP], "--compare", "run.json")
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("citeguide: run.json is no saved run: ")
    assert "--save RUN.json" in result.err
    assert result.err.count("\n") == 1


def test_a_run_that_cannot_be_written_is_an_error(evaluate: Evaluate) -> None:
    """One line names the file."""
    result = evaluate([LOOK_UP], "--save", "missing/run.json")
    assert result.status == 2
    assert result.err == "citeguide: missing/run.json: No such file or directory\n"


def test_a_hostile_guide_steers_no_terminal(evaluate: Evaluate) -> None:
    """Control characters of a question are shown as nothing."""
    result = evaluate([MISTAKEN | {"question": "median wage in \x1b[31mNapa", "id": "\x1b]0;"}])
    assert "\x1b" not in result.out


def outcome(kind: str = "passage", status: Any = "answered", *, right: bool = True, **fields: Any) -> JudgedQuestion:
    """An outcome as plain as can be."""
    plain = JudgedQuestion("1", kind, "q", (), "e", status, "a", right, right, 10, 0, 1.0)
    return replace(plain, **fields)


def test_figures_are_counted_by_hand() -> None:
    """Shares, the upper median of words as the scoring program takes it, and the nearest-rank percentile."""
    found = figures(
        [
            outcome(right=False, in_three=True, words=30, took_ms=1.0),
            outcome(words=10, took_ms=2.0, faulty=2),
            outcome(right=False, status="not_found", words=None, took_ms=3.0),
            outcome("not_found", "not_found", words=None, took_ms=40.0),
            outcome("not_found", "answered", right=False, words=20, took_ms=5.0),
        ]
    )
    assert found.kinds == {"passage": Tally(3, 1, 2), "not_found": Tally(2, 1, 1)}
    assert found.total == Tally(5, 2, 3)
    assert (found.refused, found.wrongly_refused) == (Share(1, 2), Share(1, 3))
    assert (found.words, found.faulty) == (20, 2)
    assert (found.median_ms, found.p95_ms) == (3.0, 40.0)


def test_falling_out_of_the_first_place_is_worse() -> None:
    """Also where the first three still hold the answer, and where the kind's other questions make up for it."""
    before = [outcome(question="a"), outcome(question="b", right=False), outcome(question="c")]
    now = [outcome(question="a", right=False, in_three=True), outcome(question="b"), outcome(question="d")]
    comparison = compare(before, now)
    assert [each.question for each in comparison.worse] == ["a"]
    assert [each.question for each in comparison.better] == ["b"]
    assert (comparison.added, comparison.dropped, comparison.is_worse) == (1, 1, False)


def test_one_kind_does_not_make_up_for_another() -> None:
    """A run is worse where any kind is."""
    before = [outcome("list"), outcome("passage", right=False)]
    assert compare(before, [outcome("list", right=False), outcome("passage")]).is_worse


def test_a_run_is_read_back_as_it_was() -> None:
    """Through JSON and back every field keeps its value."""
    outcomes = [outcome(documents=("a.txt",), words=None, took_ms=2), outcome("not_found", "not_found")]
    data = json.dumps(run_to_json(outcomes, figures(outcomes))).encode()
    assert read_run(data, "run.json") == outcomes


@pytest.mark.parametrize("wrong", [{"status": "perhaps"}, {"documents": [1]}, {"right": "yes"}, {"took_ms": None}])
def test_a_field_of_another_type_is_refused(wrong: dict[str, Any]) -> None:
    """A run that somebody edited is not compared with."""
    run_data = run_to_json([outcome()], figures([outcome()]))
    run_data["questions"][0] |= wrong
    with pytest.raises(UsageError, match="question 1"):
        read_run(json.dumps(run_data).encode(), "run.json")


def test_a_citation_that_is_not_its_span_is_counted(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A quote that does not stand at its span is faulty, and so is one from a document that the index lacks."""
    with open_index(index) as opened:
        document = next(each for each in opened.catalog.documents() if each.path == "exam.md")
        start = opened.catalog.text(document.id).index("costs")

        def cited(quote: str = "costs", path: str = "exam.md", sha256: str = document.sha256) -> Citation:
            return Citation("0-0-0", 1, "", path, (), None, (3, 3), (start, start + 5), quote, sha256)

        citations = (cited(), cited(quote="Costs"), cited(path="x.md"), cited(sha256="00"))

        def canned(text: str, index: Index, documents: Sequence[str]) -> Answer:  # noqa: ARG001 - ask's signature
            return Answer(text, Status.ANSWERED, "a", citations=citations)

        monkeypatch.setattr(scores, "ask", canned)
        found = measure([Golden(1, "1", "passage", "q", quotes=("costs",))], opened)
    assert [each.faulty for each in found] == [3]


def test_a_run_over_the_seeds_agrees_with_the_scoring_program(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both ask the same questions of the same index: the same counts by kind, the same words, no faulty span."""
    golden, folder = shared / "golden" / "seeds.jsonl", tmp_path / "index"
    assert run(["index", "--index", str(folder), str(shared / "seeds")], Settings()) == 0
    capsys.readouterr()
    run(["eval", "--index", str(folder), "--json", str(golden)], Settings())
    ours = json.loads(capsys.readouterr().out)["figures"]
    program = shlex.join([sys.executable, "-c", "from citeguide.search.cli.main import main; main()"])
    score = [sys.executable, str(shared / "golden" / "score"), str(golden), "--index", str(folder)]
    theirs = subprocess.run(
        [*score, "--command", program, "--sources", str(shared / "seeds")], capture_output=True, text=True, check=True
    ).stdout
    rows = re.findall(r"^(\S+) +(\d+)/(\d+) .*?top3 +([\d.]+)%$", theirs, re.MULTILINE)
    assert len(rows) == len(ours["kinds"]) + 1
    for kind, right, asked, in_three in rows:
        tally = ours["total"] if kind == "ALL" else ours["kinds"][kind]
        assert (tally["right"], tally["asked"]) == (int(right), int(asked)), kind
        assert round(tally["in_three"] / tally["asked"] * 100, 1) == float(in_three), kind
    assert f"median {ours['words']}, " in theirs
    assert ours["faulty"] == 0
    assert "faulty spans: 0 " in theirs


def test_the_sample_in_the_document_is_what_comes_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The questions in docs/evaluation.md, asked of the shipped guides, print what stands below them; times aside."""
    document = (ROOT / "docs" / "evaluation.md").read_text("utf-8")
    questions, shown = re.findall(r"^```(?:jsonl|text)\n(.*?)^```$", document, re.MULTILINE | re.DOTALL)[:2]
    (tmp_path / "questions.jsonl").write_text(questions, "utf-8")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("CITEGUIDE_INDEX", str(tmp_path / "index"))
    assert run(["index", str(ROOT / "corpus")], Settings()) == 0
    capsys.readouterr()
    assert run(["eval", str(tmp_path / "questions.jsonl")], Settings()) == 1
    assert TIMES.sub("took", capsys.readouterr().out) == TIMES.sub("took", shown)
