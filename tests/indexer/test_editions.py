"""What is new in a guide that changed, and what became of the quotes of saved answers."""

from __future__ import annotations

import json
import time
import tomllib
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from citeguide.indexer.cli.change_lines import change_lines
from citeguide.indexer.diff import changes
from citeguide.indexer.diff.changes import GuideChanges, ValueChange
from citeguide.indexer.parse import parse_guide
from citeguide.indexer.verification.verify import verify
from citeguide.search.cli.main import run
from citeguide.search.cli.settings import Settings
from citeguide.search.model import Answer
from citeguide.search.output.answer_json import to_json
from citeguide.search.pipeline.answer import ask
from citeguide.search.store.open import open_index
from indexed import update

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parents[1] / "cases" / "editions.toml").read_text("utf-8"))[
    "case"
]
GUIDE = """# Coders in California

Coders are legally required to pass a national exam. Bring a photo to it.

| Place | Low hourly wage | Median hourly wage |
|---|---|---|
| Fresno | $11.61 | $16.69 |
| Napa | $12.00 | $18.10 |
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "guides"
    found.mkdir()
    return found


def changed(index: Path, file: Path, before: str, after: str) -> tuple[GuideChanges, ...]:
    file.write_text(before, "utf-8")
    update(index, [file.parent])
    file.write_text(after, "utf-8")
    return update(index).editions


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_changed_is_what_a_person_sees(tmp_path: Path, folder: Path, case: dict[str, Any]) -> None:
    (edition,) = changed(tmp_path / "index", folder / case["file"], case["before"], case["after"])
    assert edition.file == str(folder / case["file"])
    values = [" | ".join((each.row, each.column, each.before, each.after)) for each in edition.values]
    assert values == case.get("values", [])
    assert [f"{each.state} {each.row}" for each in edition.rows] == case.get("rows", [])
    passages = [f"{each.state}: {each.after or each.before}" for each in edition.passages]
    expected: Sequence[str] = case.get("passages", [])
    assert len(passages) == len(expected)
    assert [found for found, begin in zip(passages, expected, strict=True) if not found.startswith(begin)] == []


def test_only_guides_with_other_bytes_are_compared(tmp_path: Path, folder: Path) -> None:
    """A first index, a new file, a file that is gone, one that was only touched: none is an edition."""
    (folder / "a.md").write_text("One.\n")
    assert update(tmp_path / "index", [folder]).editions == ()
    (folder / "b.md").write_text("Two.\n")
    assert update(tmp_path / "index").editions == ()
    (folder / "a.md").touch()
    (folder / "b.md").unlink()
    assert update(tmp_path / "index").editions == ()
    assert update(tmp_path / "index", full=True).editions == ()


def test_a_guide_too_large_to_compare_is_said_to_be(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "MAX_PIECES", 2)
    (edition,) = changed(tmp_path / "index", folder / "a.md", "A.\n\nB.\n\nC.\n", "A.\n\nB.\n\nD.\n")
    assert not edition.is_compared
    assert list(change_lines([edition])) == ["a.md: too large to be compared"]


def test_thousands_of_changes_take_no_square_of_time(tmp_path: Path, folder: Path) -> None:
    """Every row and every passage of a long guide changes, and all is matched in a second or two."""
    rows = range(3_000)
    before, after = (
        "\n\n".join(f"Rule number {n} of place{n} costs {n * by} dollars a year." for n in rows)
        + "\n\n| Place | Median hourly wage |\n|---|---|\n"
        + "\n".join(f"| Place{n} | ${n * by}.50 |" for n in rows)
        + "\n"
        for by in (3, 4)
    )  # fmt: skip
    began = time.process_time()
    (edition,) = changed(tmp_path / "index", folder / "a.md", before, after)
    assert time.process_time() - began < 30
    assert len(edition.values) == 2_999
    assert edition.values[6] == ValueChange(edition.values[6].table, "Place7", "Median hourly wage", "$21.50", "$28.50")
    assert {change.state for change in edition.passages} == {"changed"}
    assert len(edition.passages) == 2_999
    assert [
        change for change in edition.passages if (change.before or "").split()[2] != (change.after or "").split()[2]
    ] == []


def test_people_get_few_lines_and_programs_everything(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = "Place,Median hourly wage\nFresno,$16.69\nNapa,$18.10\nChico,$14.00\nVisalia,$15.00\nLodi,$13.00\n"
    (folder / "wages.csv").write_text(table)
    (folder / "rules.md").write_text("Exams cost 90 dollars in the city of Fresno.\n")
    settings = ["--index", str(tmp_path / "index")]
    run([*settings, "index", str(folder)], Settings())
    (folder / "wages.csv").write_text(table.replace(".00", ".50").replace("16.69", "17.10").replace("Lodi", "Tracy"))
    (folder / "rules.md").write_text("Exams cost 95 dollars in the city of Fresno.\n")
    capsys.readouterr()
    assert run([*settings, "index"], Settings()) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "rules.md: 1 passage changed",
        "wages.csv: Fresno, Median hourly wage $16.69 → $17.10, Chico, Median hourly wage $14.00 → $14.50, "
        "Visalia, Median hourly wage $15.00 → $15.50; 1 row new, 1 gone",
    ]
    (folder / "wages.csv").write_text(table)
    run([*settings, "index", "--json"], Settings())
    (edition,) = json.loads(capsys.readouterr().out)["editions"]
    assert [change["after"] for change in edition["values"]] == ["$16.69", "$14.00", "$15.00"]
    assert [change["state"] for change in edition["rows"]] == ["removed", "added"]


def test_long_lists_of_changes_are_cut_for_people() -> None:
    value = ValueChange("Wages", "Fresno", "Median", "$1", "$2")
    lines = list(change_lines([GuideChanges(f"/g/{n}.csv", (value,) * 5) for n in range(12)]))
    assert lines[0] == "0.csv: " + ", ".join(["Fresno, Median $1 → $2"] * 3) + " and 2 more values"
    assert (len(lines), lines[-1]) == (11, "and 2 more guides; --json tells all of it")


# Verify


def asked(index: Path, folder: Path, *questions: str) -> list[Answer]:
    update(index, [folder])
    with open_index(index) as opened:
        return [ask(question, opened) for question in questions]


def test_verify_says_what_stands_in_place_of_a_value(tmp_path: Path, folder: Path) -> None:
    """The row about the same place, wherever it stands now, and its new figure of the same measure."""
    (folder / "a.md").write_text(GUIDE)
    answers = asked(tmp_path / "index", folder, "What is the median pay in Fresno?", "What is the median pay in Napa?")
    (folder / "a.md").write_text(GUIDE.replace("| Fresno | $11.61 | $16.69 |\n", "") + "| Fresno | $12.20 | $17.10 |\n")
    outcome = verify(answers, [folder])
    fresno, napa = outcome.verdicts
    assert (fresno.state, fresno.note) == (
        "changed", "the file has changed and now says, in line 8: | Fresno | $12.20 | $17.10 |",
    )  # fmt: skip
    assert napa.state == "moved"
    (old,) = outcome.outdated
    assert (old.answer, old.value.value, old.now and old.now.number) == (1, Decimal("16.69"), Decimal("17.10"))


def test_verify_says_what_stands_in_place_of_a_sentence(tmp_path: Path, folder: Path) -> None:
    (folder / "a.md").write_text(GUIDE)
    (saved,) = asked(tmp_path / "index", folder, "Are coders required to pass an exam?")
    assert saved.citations[0].quote.startswith("Coders are legally required")
    (folder / "a.md").write_text(GUIDE.replace("are legally required to pass", "need not pass"))
    verdict = verify([saved], [folder]).verdicts[0]
    assert verdict.now is not None
    assert verdict.now.text.startswith("Coders need not pass a national exam.")
    assert verdict.place is not None
    assert verdict.place[1] == (3, 3)


def test_where_nothing_is_like_it_that_is_said(tmp_path: Path, folder: Path) -> None:
    (folder / "a.md").write_text(GUIDE)
    (saved,) = asked(tmp_path / "index", folder, "What is the median pay in Fresno?")
    (folder / "a.md").write_text("# Gardens\n\nRoses want sun, water and a careful hand in spring.\n")
    outcome = verify([saved], [folder])
    assert outcome.verdicts[0].note == "the file has changed and holds nothing like the quote any more"
    assert outcome.verdicts[0].place is None
    assert outcome.outdated == ()


def test_the_command_tells_people_and_programs_which_answers_are_wrong_now(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.md").write_text(GUIDE)
    answers = asked(tmp_path / "index", folder, "What is the median pay in Fresno?")
    saved = tmp_path / "saved.jsonl"
    saved.write_text("\n".join(json.dumps(to_json(answer)) for answer in answers))
    (folder / "a.md").write_text(GUIDE.replace("16.69", "17.10"))
    command = ["--index", str(tmp_path / "index"), "verify", str(saved)]
    assert run(command, Settings()) == 1
    shown = capsys.readouterr().out.splitlines()
    assert shown[1] == "answer 1, number 16.69 (median of Fresno): now $17.10"
    assert shown[2].endswith("; 1 answer with numbers that are no longer so")
    run([*command, "--json"], Settings())
    found = json.loads(capsys.readouterr().out)
    assert found["outdated"] == [
        {"answer": 1, "citation": 1, "label": "Fresno", "measure": "median", "value": 16.69, "now": 17.1}
    ]
    assert found["problems"][0]["now"]["text"] == "| Fresno | $11.61 | $17.10 |"


def test_the_guide_of_these_tests_is_read_as_a_person_reads_it() -> None:
    (table,) = parse_guide(GUIDE.encode(), "a.md").tables
    assert [column.measure for column in table.columns] == [None, "low", "median"]
