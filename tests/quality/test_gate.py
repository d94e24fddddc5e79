"""The quality gate: no kind of question is answered worse than when its floor was pinned."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import gate
import pytest

SETS: dict[str, Any] = gate.question_sets()


@pytest.mark.parametrize("name", SETS)
def test_answers_reach_their_floors(name: str, request: pytest.FixtureRequest) -> None:
    """Guides and questions are those that the floors were pinned for, every span is its quote, no kind has fallen.

    Where guides or questions were changed on purpose, run ``python tests/quality/gate.py --update``.
    """
    if SETS[name].needs_shared:
        request.getfixturevalue("shared")
    floors = gate.read_floors()
    assert name in floors, "run 'python tests/quality/gate.py --update'"
    assert gate.fingerprint(SETS[name]) == floors[name].sha256, "guides or questions have changed since"
    outcomes = gate.ask_all(SETS[name])
    assert sum(each.faulty for each in outcomes) == 0
    assert gate.fallen({name: floors[name]}, {name: gate.pinned_now(SETS[name], outcomes)}) == []


def test_no_floor_is_left_without_its_set() -> None:
    """Floors and sets name the same."""
    assert set(gate.read_floors()) == set(SETS)


def test_contradictions_are_pinned_where_precision_and_recall_reach_the_bar() -> None:
    """Over planted contradictions and over guides that agree: both sides quoted, and next to no false alarm."""
    floors = gate.read_floors()
    planted, quiet = floors["contradictions"].kinds["disagreement"], floors["agreements"].kinds["agreement"]
    false_alarms = quiet.asked - quiet.right
    assert planted.right / planted.asked >= 0.95
    assert planted.right / (planted.right + false_alarms) >= 0.95


# How the gate itself works

ADOPTED = gate.Floor(asked=10, right=8, in_three=9, words=20)


@pytest.mark.parametrize(
    ("now", "holds"),
    [
        ({}, True),
        ({"right": 9}, True),
        ({"right": 7}, False),
        ({"in_three": 8}, False),
        ({"right": 9, "in_three": 8}, False),
        ({"words": 15}, True),
        ({"words": 21}, False),
        ({"words": None}, False),
        ({"asked": 20, "right": 16, "in_three": 18}, True),
        ({"asked": 20, "right": 15, "in_three": 20}, False),
    ],
)
def test_a_floor_holds_where_no_share_fell(now: dict[str, Any], holds: bool) -> None:
    """Right answers, answers in the first three and the length of a first quote each count alone."""
    assert ADOPTED.holds(replace(ADOPTED, **now)) is holds


def test_floors_survive_their_file() -> None:
    """Written as TOML and read back they are the same."""
    kinds = {"look-up": gate.Floor(3, 3, 3), "passage": ADOPTED, "not_found": gate.Floor(1, 0, 0)}
    floors = {"seeds": gate.Pinned("ab" * 32, kinds), "a-b": gate.Pinned("cd" * 32, {})}
    assert gate.parse_floors(gate.write_floors(floors)) == floors


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """A gate over one question of one guide; call it with what the guide says."""
    monkeypatch.setattr(gate, "ROOT", tmp_path)
    monkeypatch.setattr(gate, "FLOORS", tmp_path / "floors.toml")
    monkeypatch.setattr(gate, "SETS", tmp_path / "sets.toml")
    question = {"id": 1, "kind": "look-up", "question": "median wage in Fresno", "values": [16.69]}
    (tmp_path / "questions.jsonl").write_text(json.dumps(question), "utf-8")
    (tmp_path / "sets.toml").write_text('[own]\nguides = ["guides"]\nquestions = "questions.jsonl"\n', "utf-8")
    (tmp_path / "guides").mkdir()

    def say(median: str) -> None:
        table = f"LocationPay TypeLowMedianHigh\nFresno, CA MSAHourly$11.61${median}$25.39\nNapa, CA MSAHourly$1$2$3\n"
        (tmp_path / "guides" / "pay.txt").write_text(table, "utf-8", newline="")

    return say


def test_an_update_pins_what_is_reached_and_lowers_nothing(
    small: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    """What fell keeps its floor and ends with 1, until ``--lower`` says that it may."""
    small("16.69")
    assert gate.main(["--update"]) == 0
    reached = gate.read_floors()
    assert reached["own"].kinds == {"look-up": gate.Floor(1, 1, 1)}
    small("99.99")
    assert gate.main(["--update"]) == 1
    assert "own: look-up fell from 1 of 1" in capsys.readouterr().out
    assert gate.read_floors() == reached
    assert gate.main(["--update", "--lower"]) == 0
    assert gate.read_floors()["own"].kinds == {"look-up": gate.Floor(1, 0, 0)}


def test_a_changed_guide_or_question_changes_the_hash(small: Callable[[str], None]) -> None:
    """Each byte of either counts, and so does a guide's name."""
    small("16.69")
    chosen = gate.question_sets()["own"]
    first = gate.fingerprint(chosen)
    assert gate.fingerprint(chosen) == first
    small("16.70")
    second = gate.fingerprint(chosen)
    (gate.ROOT / "guides" / "pay.txt").rename(gate.ROOT / "guides" / "wages.txt")
    third = gate.fingerprint(chosen)
    questions = gate.ROOT / "questions.jsonl"
    questions.write_text(questions.read_text("utf-8").replace("16.69", "16.70"), "utf-8")
    assert len({first, second, third, gate.fingerprint(chosen)}) == 4


def test_guides_that_agree_are_right_without_a_disagreement(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions that carry their own guides are asked of these alone, each pair apart from the others."""
    monkeypatch.setattr(gate, "ROOT", tmp_path)
    must, need_not = "You must have a licence to keep bees.", "You do not need a licence to keep bees."
    question = "Do I need a licence to keep bees?"
    rows = [
        {"id": 1, "question": question, "guides": {"a.txt": must, "b.txt": must}},
        {"id": 2, "question": question, "guides": {"a.txt": must, "b.txt": need_not}},
    ]
    (tmp_path / "pairs.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    outcomes = gate.ask_all(gate.QuestionSet("pairs.jsonl", kind="agreement"))
    assert [(each.kind, each.right) for each in outcomes] == [("agreement", True), ("agreement", False)]
