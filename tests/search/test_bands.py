"""Numbers that set groups apart: ages, sizes and amounts that a sentence limits itself to, and who asks about which."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from citeguide.indexer.update import update
from citeguide.search.pipeline.answer import ask
from citeguide.search.store.open import Index, open_index
from citeguide.search.tables.semantic_parsing.wording import wording
from citeguide.search.text.number_bands import are_apart, bands, fit, points
from indexed import opened

CASES = Path(__file__).parent.parent / "cases"
QUESTIONS = [json.loads(line) for line in (CASES / "group_questions.jsonl").read_text("utf-8").splitlines()]


SEARCH = Path(str(files("citeguide.search")))


def test_one_module_says_how_a_year_is_written() -> None:
    """Every reader of numbers asks it, so that a year is the same to tables, sentences, editions and figures' age."""
    spelled = [path.name for path in SEARCH.rglob("*.py") if "19|20" in path.read_text("utf-8")]
    assert spelled == ["number_words.py"]


@pytest.mark.parametrize(
    ("question", "bound"),
    [("boats with more than fifteen seats", 15.0), ("boats with more than 2 bn seats", 2e9)],
)
def test_questions_to_tables_read_numbers_as_prose_does(question: str, bound: float) -> None:
    """In words beyond twelve too, and with what stands short for thousands and millions."""
    assert [figure.value for figure in wording(question).figures] == [bound]


@pytest.mark.parametrize(
    ("asked", "said", "fits"),
    [
        ("a pass for a 12 year old", "Children under age 16 pay half.", 1),
        ("a pass for a 16 year old", "Children under 16 pay half.", -1),
        ("I'm 16, what do I pay?", "Aged 16 and under: half.", 1),
        ("my mother is 70", "Seniors 65+ ride free.", 1),
        ("what do people over 65 pay", "Guests aged 26 to 64 pay $9.", -1),
        ("a 7 foot fence", "Fences over 6 feet need a permit.", 1),
        ("a fence of 5 feet", "Fences over 6 feet need a permit.", -1),
        ("a group of 12 people", "Groups of 10 or more people book ahead.", 1),
        ("after 3 years of service", "Less than 2 years of service", -1),
        ("after 4 years of service", "Staff with 7 or more years of service may rest.", -1),
        ("after 9 years of service", "Staff with 7 or more years of service may rest.", 1),
        ("a pole of 3 feet", "Poles of 12 or fewer inches are free.", -1),
        ("work worth $5,000", "Work worth $2,001 to $10,000 costs $95.", 1),
        ("a 12 year old", "You may borrow up to 10 books.", 0),
        ("a 12 year old", "The pass is valid for 5 years.", 0),
        ("how long is a pass valid", "Children under 16 pay half.", 0),
        ("are 12 people allowed?", "Children under 16 pay half.", 0),
    ],
)
def test_a_number_lies_in_a_band_or_not(asked: str, said: str, fits: int) -> None:
    """A band that holds the number speaks for a sentence, one that does not against it, one of other things not."""
    assert fit(points(asked), bands(said)) == fits


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("Children under 16 pay $3.", "Ages 16-17 pay $5.", True),
        ("Children under 16 pay $3.", "Ages 12-17 pay $5.", False),
        ("Vans over 7 metres", "Vans between 5 and 7 metres", True),
        ("Children under 16 pay $3.", "Fences over 20 feet need a permit.", False),
        ("Children under 16 pay $3.", "Adults pay $5.", False),
    ],
)
def test_bands_are_apart_that_have_no_number_in_common(one: str, other: str, apart: bool) -> None:
    """Of one kind alone."""
    assert are_apart(bands(one), bands(other)) is apart


@pytest.fixture(scope="module")
def groups(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """Ten guides that tell groups apart, and count things."""
    place = tmp_path_factory.mktemp("groups")
    update(place, [CASES / "groups"])
    with open_index(place) as index:
        yield index


def test_what_holds_for_another_group_is_no_answer(tmp_path: Path) -> None:
    """It is shown as the nearest."""
    guide = "# Leave\n\nStaff with 7 or more years of service get an unpaid break of 4 weeks.\n"
    with opened(tmp_path, {"leave.md": guide}) as index:
        assert ask("How long a break do staff with 9 years of service get?", index).status == "answered"
        other = ask("How long a break do staff with 4 years of service get?", index)
    assert (other.status, len(other.nearest)) == ("not_found", 1)


ANSWERED = "heldn7"
"""The one that is answered and should be refused."""


@pytest.mark.parametrize("golden", [g for g in QUESTIONS if g["id"].startswith("held")], ids=lambda g: g["id"])
def test_what_the_weights_were_not_fitted_on(
    golden: dict[str, Any], groups: Index, request: pytest.FixtureRequest
) -> None:
    """The group that holds the number comes first, and the sentence with the count; else it is refused."""
    if golden["id"] == ANSWERED:
        request.applymarker(pytest.mark.xfail(strict=True, reason="a count of something else is taken for it"))
    answer = ask(golden["question"], groups)
    if golden["kind"] == "not_found":
        assert answer.status == "not_found"
        return
    first = (*answer.citations, *answer.nearest)[0]
    assert all(quote in first.quote for quote in golden["quote"])


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        ("How long is a child's pass valid?", "Passes for children ages 16-17 are valid for 10 years.",
         "Passes for children under age 16 are only valid for 5 years."),
        ("How much is the ferry for a van?", "Vans shorter than 5 metres pay $30 on the ferry.",
         "Vans over 7 metres pay $60 on the ferry."),
        ("How long do dogs stay in quarantine?", "Dogs of 10 kg or more stay in quarantine for 20 days.",
         "Dogs under 10 kg stay in quarantine for 8 days."),
    ],
)  # fmt: skip
def test_groups_set_apart_by_numbers_do_not_contradict(question: str, one: str, other: str, tmp_path: Path) -> None:
    """What holds for one age, length or weight says nothing of another."""
    guides = {"a.md": f"# A\n\n{one}\n", "b.md": f"# B\n\n{other}\n"}
    with opened(tmp_path, guides) as index:
        assert ask(question, index).status != "disagreement"


def test_bounds_that_are_asked_for_contradict(tmp_path: Path) -> None:
    """Where the bound itself is the answer, it tells no groups apart."""
    guides = {
        "a.md": "# A\n\nYou must be at least 18 years old to drive a van.\n",
        "b.md": "# B\n\nYou must be at least 21 years old to drive a van.\n",
    }
    with opened(tmp_path, guides) as index:
        assert ask("How old must you be to drive a van?", index).status == "disagreement"
