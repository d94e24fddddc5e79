"""What an answer says beside its quotes is proved by asking again: fields that nothing in the guides tells."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from citeguide.indexer.update import update
from citeguide.indexer.verification.verify import verify
from citeguide.search import ask, open_index
from citeguide.search.citation.drawing import undrawn
from citeguide.search.cli.main import run
from citeguide.search.cli.settings import Settings
from citeguide.search.evaluation.saved_answers import read_answers
from citeguide.search.output.answer_json import to_json
from citeguide.search.output.seal import seal
from citeguide.search.store.generation import MANIFEST
from citeguide.search.store.open import Index
from citeguide.search.store.seal_key import SEAL_KEY_FILE
from forgeries import altered, is_readable, is_true, judged, questions, save

GUIDE = """# Pay of beekeepers

The pay of beekeepers by county, in dollars per hour.

| County | Low | Median | High |
|---|---|---|---|
| Marin | $12.10 | $18.40 | $27.00 |
| Napa | $11.90 | $17.20 | $25.50 |
| Yolo | $10.80 | $16.00 | $24.10 |

# Rules

A beekeeper must register every hive with the county before the first of March. A licence costs $45 a year.
"""
Json = dict[str, Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("asked")
    (folder / "guides").mkdir()
    (folder / "guides" / "pay.md").write_text(GUIDE, "utf-8")
    update(folder / "index", [folder / "guides"])
    return folder


@pytest.fixture
def index(folder: Path) -> Iterator[Index]:
    with open_index(folder / "index") as opened:
        yield opened


def outcome(answers: list[Json], index: Index) -> tuple[set[int], int, set[str]]:
    """The places of answers that are flagged, how many came out the same, and why others were not asked again."""
    found = verify(read_answers("\n".join(map(json.dumps, answers)).encode()), index.sources, index)
    flagged = {each.answer - 1 for wrong in (found.problems, found.unfounded, found.unproved) for each in wrong}
    return flagged, found.same, {each.reason for each in found.not_asked}


def test_true_answers_come_out_the_same(index: Index) -> None:
    saved = [save(question, index) for question in questions(index, 40, random.Random(2))]  # noqa: S311 - no secrets
    saved.append(json.loads(json.dumps(to_json(ask("a licence", index, documents=["pay*"], limit=1, explain=True)))))
    assert outcome(saved, index) == (set(), 41, set())


def test_forgeries_are_flagged_though_they_are_sealed(index: Index) -> None:
    """One field of one answer at a time says something else, of every field there is."""
    chance = random.Random(5)  # noqa: S311 - fields to alter, no secrets
    saved = [save(question, index) for question in questions(index, 12, chance)]
    made = [altered(chance.choice(saved), chance) for _ in range(200)]
    forged = [a for _, a in made if is_readable(a) and not is_true(a, index)]
    assert len(forged) > 100
    assert judged(forged, index) == (set(range(len(forged))), set())


@pytest.mark.parametrize(
    "change",
    [
        {"notes": ["Guaranteed by the county."]}, {"confidence": 0.99}, {"question": "What does a hive cost?"},
        {"missing": []}, {"suggestions": ["ask another"]}, {"reading": "all rows"},
        {"asked": {"documents": ["x"], "k": 3, "chooser": None}},
        {"index": {"generation": 7, "engine": "whoosh"}}, {"index": {"generation": 1, "engine": "other"}},
        {"index": {"generation": 0, "engine": "whoosh"}}, {"explain": [{"stage": "choose", "says": "tables"}]},
    ],
)  # fmt: skip
def test_what_no_guide_tells_is_flagged(change: Json, index: Index) -> None:
    forged = save("What is the median pay in Nowhere?", index) | change
    assert outcome([forged | {"seal": seal(forged)}], index)[0] == {0}


def test_an_answer_of_an_older_generation_is_not_flagged_but_named(tmp_path: Path) -> None:
    """What has been added since may well change notes and what comes closest: then its seal is all there is."""
    (tmp_path / "guides").mkdir()
    (tmp_path / "guides" / "pay.md").write_text(GUIDE, "utf-8")
    update(tmp_path / "index", [tmp_path / "guides"])
    with open_index(tmp_path / "index") as first:
        saved = [save(question, first) for question in ("How much does a licence cost?", "How long is a comet's tail?")]
    (tmp_path / "guides" / "comets.md").write_text("# Comets\n\nA comet's tail is long.\n", "utf-8")
    update(tmp_path / "index")
    with open_index(tmp_path / "index") as second:
        flagged, same, reasons = outcome(saved, second)
    assert flagged == set()
    assert same + len(reasons) == 2
    assert reasons == {"it is from generation 1, and the index has 2 now"}


def test_an_older_generation_is_proved_by_the_seal_alone(tmp_path: Path) -> None:
    """What this index sealed is named; what somebody without its key sealed is flagged, each field that is forged."""
    (tmp_path / "pay.md").write_text(GUIDE, "utf-8")
    update(tmp_path / "index", [tmp_path / "pay.md"])
    with open_index(tmp_path / "index") as first:
        saved = [save(question, first) for question in ("How much does a licence cost?", "How long is a comet's tail?")]
    (tmp_path / "comets.md").write_text("# Comets\n\nA comet's tail is long.\n", "utf-8")
    update(tmp_path / "index", [tmp_path / "comets.md"])
    with open_index(tmp_path / "index") as second:
        forged = [answer | {"notes": ["Guaranteed by the county."]} for answer in saved]
        forged.append(save("How much does a licence cost?", second) | {"index": saved[0]["index"]})
        forged = [answer | {"seal": seal(answer)} for answer in forged]
        forged += [{name: held for name, held in answer.items() if name != "seal"} for answer in forged]
        flagged, same, reasons = outcome([*saved, *forged], second)
        assert second.seal_key
        named = verify(read_answers(json.dumps(saved).encode()), second.sources, second).not_asked
    assert flagged == set(range(2, 8))
    assert same + len(named) == 2
    assert [each.sealed for each in named] == [True] * len(named) != []
    assert reasons == {"it is from generation 1, and the index has 2 now"}


def test_what_is_older_than_the_key_is_named(tmp_path: Path) -> None:
    """An index that got its key late gave answers before; whether this is one of them nothing tells."""
    (tmp_path / "pay.md").write_text(GUIDE, "utf-8")
    update(tmp_path / "index", [tmp_path / "pay.md"])
    (tmp_path / "index" / SEAL_KEY_FILE).unlink()
    with open_index(tmp_path / "index") as first:
        assert first.seal_key is None
        saved = save("How long is a comet's tail?", first)
    (tmp_path / "comets.md").write_text("# Comets\n\nA comet's tail is long.\n", "utf-8")
    update(tmp_path / "index", [tmp_path / "comets.md"])
    with open_index(tmp_path / "index") as second:
        assert outcome([saved], second) == (set(), 0, {"it is from generation 1, and the index has 2 now"})
        later = saved | {"index": {"generation": 2, "engine": "whoosh"}}
        assert outcome([later | {"seal": seal(later)}], second)[0] == {0}


def test_quotes_that_are_shown_as_they_stand_are_right_as_well(index: Index) -> None:
    """What 'ask --exact --json' gives; and a quote that is shown otherwise than either way is flagged."""
    answer = undrawn(ask("What is the median pay in Napa?", index))
    saved = json.loads(json.dumps(to_json(answer, index.seal_key)))
    assert outcome([saved], index) == (set(), 1, set())
    saved["citations"][0]["shown"] += "!"
    assert outcome([saved | {"seal": seal(saved)}], index)[0] == {0}


def test_notes_of_another_year_are_named(tmp_path: Path) -> None:
    """How old a figure is changes with the year, whatever else stays as it is."""
    (tmp_path / "pay.md").write_text(GUIDE, "utf-8")
    update(tmp_path / "index", [tmp_path / "pay.md"])
    with open_index(tmp_path / "index") as index:
        saved = save("How much does a licence cost?", index)
        other = saved | {"notes": ["the figure is from 2019"]}
        sealed = other | {"seal": seal(other, index.seal_key)}
        assert outcome([sealed], index) == ({0}, 0, set())
        os.utime(index.folder / MANIFEST, (1e9, 1e9))
        flagged, _, reasons = outcome([saved, sealed], index)
    assert flagged == set()
    assert [reason.partition(",")[0] for reason in reasons] == ["its notes may tell how old figures are"]


def test_the_command_says_what_was_asked_again(
    folder: Path, tmp_path: Path, index: Index, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the index; and with the guides alone, where some fields rest on the seal."""
    (tmp_path / "saved.json").write_text(json.dumps(save("How much does a licence cost?", index)), "utf-8")
    verifying = ["--index", str(folder / "index"), "verify", str(tmp_path / "saved.json")]
    assert run(verifying, Settings()) == 0
    assert "1 answer came out the same when asked again" in capsys.readouterr().out
    assert run([*verifying, "--source", str(folder / "guides"), "--json"], Settings()) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["asked_again"] == {
        "same": 0, "not_asked": [{"answer": 1, "reason": "there is no index to ask", "sealed": False}],
    }  # fmt: skip
    assert "notes" in said["on_seal_where_not_asked"]


class Chooser:
    """A model that chooses as it is told."""

    name = "a model"

    def __init__(self, says: str) -> None:
        self._says = says

    def reply(self, _: str, __: object) -> str:
        return self._says


@pytest.mark.parametrize("says", ["1", "2", "3, 1", "0", "I think so"])
def test_what_a_model_chose_is_chosen_again(says: str, index: Index) -> None:
    """From the quotes, without the model; and what is forged beside them is found out."""
    answer = ask("When must a beekeeper register every hive?", index, chooser=Chooser(says))
    saved = json.loads(json.dumps(to_json(answer, index.seal_key)))
    flagged, same, reasons = outcome([saved], index)
    assert flagged == set()
    assert same == 1 or reasons == {"a model found no answer among the sentences"}
    if answer.status == "answered":
        forged = saved | {"notes": [*saved["notes"], "Guaranteed."]}
        assert outcome([forged | {"seal": seal(forged)}], index)[0] == {0}
