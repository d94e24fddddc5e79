"""A question that goes on from the one before keeps what it does not replace; a new question starts afresh."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from citeguide.search.cli.session import answered
from citeguide.search.pipeline.answer import ask
from citeguide.search.query.follow_up import readings
from indexed import opened

FERRIES = """# Island ferries

## Fares

| Island | Adult fare | Child fare | Crossing |
|--------|------------|------------|----------|
| Tresco | $14 | $6 | 20 minutes |
| Lundy  | $38 | $19 | 2 hours |
| Herm   | $11 | $5 | 15 minutes |

## Dogs

Dogs travel free on the ferry to Herm but must be kept on a lead.
"""


@pytest.mark.parametrize(
    ("before", "typed", "meant"),
    [
        ("What is the adult fare to Tresco?", "and to Lundy?", "What is the adult fare to Lundy?"),
        ("What is the adult fare to Tresco?", "Lundy", "What is the adult fare to Lundy?"),
        ("What is the median wage in San Jose?", "what about Napa", "What is the median wage in Napa?"),
        ("how long is the crossing to Herm", "and to Tresco", "how long is the crossing to Tresco"),
    ],
)
def test_what_is_not_replaced_is_kept(before: str, typed: str, meant: str) -> None:
    """Among the readings is the one that a listener would take."""
    assert meant in readings(before, typed)


@pytest.mark.parametrize("typed", ["How do I bring a dog on board?", "who runs the ferries in winter months"])
def test_a_question_of_its_own_starts_afresh(typed: str) -> None:
    """What asks something by itself is asked as it is."""
    assert readings("What is the adult fare to Tresco?", typed) == [typed]


def test_a_follow_up_is_always_asked_as_it_stands_too() -> None:
    """The last reading is what was typed, and there are never many."""
    found = readings("one two three four five six seven eight nine ten eleven in twelve", "and in Napa?")
    assert found[-1] == "and in Napa?"
    assert len(found) <= 12


def test_a_session_keeps_the_topic(tmp_path: Path) -> None:
    """One value after the other: another island, another fare, and then a question of its own."""
    with opened(tmp_path, {"ferries.md": FERRIES}) as index:
        answer_it = partial(ask, index=index)
        said = []
        before = ""
        for typed in ("What is the adult fare to Tresco?", "and to Lundy?", "and the child fare?", "Herm?"):
            found = answered(before, typed, answer_it)
            said.append([str(value.value) for value in found.values])
            before = found.question
        assert said == [["14"], ["38"], ["19"], ["5"]]
        dogs = answered(before, "Do dogs travel free?", answer_it)
        assert dogs.question == "Do dogs travel free?"
        assert "kept on a lead" in (dogs.answer or "")
