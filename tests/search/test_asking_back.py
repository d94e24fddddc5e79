"""Where several things of the guides fit a question, it names them; where it says which, that alone is given."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from citeguide.search.pipeline.answer import ask
from citeguide.search.store.open import Index
from indexed import opened

COURSES = """\
# Evening school

## Welding course

The course lasts 12 weeks. It costs $900.

## Baking course

The course takes 6 weeks. It costs $350.

## Pottery course

The course lasts 10 weeks. It costs $420.

## Getting here

Take the bus to Mill Lane. The bus runs every 20 minutes.
"""
PERMITS = """\
# Permits

## Fishing permit

The permit is valid for one year. The fee is $25.

## Hunting permit

The permit is valid for 3 years. The fee is $60.

## Boats

You may bring up to 4 guests on a boat.
"""
HOSTELS = """\
# Hostels

## Beach house

There are 40 beds in the house. Breakfast is at eight.

## Forest house

There are 64 beds in the house. Breakfast is at eight.
"""
NORTH = "# North clinic\n\nParking costs $3. The clinic closes at 5 pm.\n"
SOUTH = "# South clinic\n\nParking costs $5. The clinic closes at 7 pm.\n"


@pytest.fixture(scope="module")
def guides(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """Guides that say alike things of several courses, permits, houses and clinics."""
    files = {"school.md": COURSES, "permits.md": PERMITS, "hostels.md": HOSTELS, "north.md": NORTH, "south.md": SOUTH}
    with opened(tmp_path_factory.mktemp("guides"), files) as index:
        yield index


@pytest.mark.parametrize(
    ("question", "choices"),
    [
        (
            "How long is the course?",
            {"Welding course": "12 weeks", "Baking course": "6 weeks", "Pottery course": "10 weeks"},
        ),
        ("How long is a permit valid?", {"Fishing permit": "one year", "Hunting permit": "3 years"}),
        pytest.param(
            "What is the fee for a permit?",
            {"Fishing permit": "$25", "Hunting permit": "$60"},
            marks=pytest.mark.xfail(strict=True, reason="the fee of a course is taken for a contradiction"),
        ),
        ("How many beds are in the house?", {"Beach house": "40", "Forest house": "64"}),
        ("How much does parking cost?", {"North clinic": "$3", "South clinic": "$5"}),
        ("When does the clinic close?", {"North clinic": "5 pm", "South clinic": "7 pm"}),
    ],
)
def test_the_things_that_may_be_meant_are_named(question: str, choices: dict[str, str], guides: Index) -> None:
    """Each with what it gives, and the quote that says so."""
    answer = ask(question, guides)
    assert answer.status == "answered"
    assert {choice.reading: choice.value for choice in answer.choices} == choices
    for choice in answer.choices:
        assert choice.citation is not None
        assert str(choice.value) in answer.citations[choice.citation - 1].quote


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("How long is the welding course?", "12 weeks"),
        ("How much is the baking course?", "$350"),
        ("How long is a hunting permit valid?", "3 years"),
        ("How many beds are in the forest house?", "64 beds"),
        ("When does the south clinic close?", "7 pm"),
        ("How many guests may I bring on a boat?", "4 guests"),
    ],
)
def test_who_says_which_is_meant_is_not_asked_back(question: str, quote: str, guides: Index) -> None:
    """The thing that is named is the one."""
    answer = ask(question, guides)
    assert not answer.choices
    assert quote in answer.citations[0].quote


def test_what_all_of_them_give_alike_is_an_answer(guides: Index) -> None:
    """Breakfast is at eight in both houses: nothing is to be chosen."""
    assert not ask("When is breakfast?", guides).choices


def test_two_papers_on_one_thing_still_disagree(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A handbook and a guide are no two things of one kind."""
    files = {
        "a.md": "# Staff handbook\n\nThe probation period lasts 3 months.\n",
        "b.md": "# Employee handbook\n\nThe probation period lasts 6 months.\n",
    }
    with opened(tmp_path_factory.mktemp("papers"), files) as index:
        assert ask("How long is the probation period?", index).status == "disagreement"
