"""The numbers that steer answers: each is read somewhere, and those that a caller hands over are used."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from citeguide.search import ask
from citeguide.search.fitted import fitted
from citeguide.search.params import PARAMS, Params
from indexed import opened

GUIDE = "# Bees\n\n" + "\n\n".join(
    f"## {name}\n\nThe brood takes {days} days to hatch in a warm hive.\n\nThe comb of {name} is built of wax."
    for name, days in (("queens", 16), ("drones", 24), ("workers", 21))
)


def test_every_number_is_read_by_a_stage() -> None:
    """A number that nobody reads steers nothing: it is to be deleted."""
    root = Path(str(files("citeguide.search")))
    code = "\n".join(path.read_text("utf-8") for path in root.rglob("*.py") if path.name != "params.py")
    unread = [
        f"{group}.{name}"
        for group, numbers in PARAMS._asdict().items()
        for name in getattr(numbers, "_fields", ())
        if not re.search(rf"\bparams\b[\w.]*\.{name}\b|\b{group}\.{name}\b|\bPARAMS\.{group}\.{name}\b", code)
    ]
    assert not unread


@pytest.mark.parametrize(
    ("question", "changed"),
    [
        ("How many days does the brood take to hatch?", lambda p: p._replace(ask_back=p.ask_back._replace(most=2))),
        ("Which comb is of wax?", lambda p: p._replace(weights=lambda **_: fitted()._replace(least=1.1))),
        ("What does a comb cost in euros?", lambda p: p._replace(reader=p.reader._replace(closest=1))),
    ],
)
def test_the_numbers_that_are_handed_over_steer_the_answer(
    tmp_path: Path, question: str, changed: Callable[[Params], Params]
) -> None:
    """They reach the stage that they are for, and the shipped ones are not in its way."""
    with opened(tmp_path, {"bees.md": GUIDE}) as index:
        usual, other = ask(question, index), ask(question, index, params=changed(PARAMS))
    assert (usual.citations, usual.nearest, usual.choices) != (other.citations, other.nearest, other.choices)


PAY = "# Pay\n\n| job | hourly pay |\n|---|---|\n| Nurse | $40 |\n| Cook | $18 |\n| Clerk | $21 |\n| Guard | $19 |\n"


@pytest.mark.parametrize(
    ("part", "speaks"),
    [("tables", {"lists", "reader"}), ("tables: grammar", {"readings"}), ("tables: readings", {"tables: grammar"})],
)
def test_a_part_can_be_left_silent(tmp_path: Path, part: str, speaks: set[str]) -> None:
    """So its absence shows what it brings: the others answer as if it were not there."""
    silent = PARAMS._replace(pipeline=PARAMS.pipeline._replace(silent=frozenset({part})))
    with opened(tmp_path, {"pay.md": PAY}) as index:
        usual = ask("highest hourly pay", index, explain=True)
        other = ask("highest hourly pay", index, params=silent, explain=True)
    assert [value.label for value in usual.values] == ["Nurse"]
    assert {stage.name: stage.says for stage in other.explain or ()}.get(part, "silent") == "silent"
    assert speaks <= {stage.name for stage in other.explain or ()}
