"""A guide that never speaks of what is asked about does not answer where another guide is about it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from citeguide.search.pipeline.answer import ask
from citeguide.search.store.open import Index
from indexed import opened

GUIDES = {
    "welding.md": """# Welding

The welding course takes nine months. Welders need a certificate from the state.

## Where it is taught

Welding is taught in the evening, at the college in Salem.
""",
    "baking.md": """# Baking

The baking course is offered online, and it takes four months. Bakers start work before dawn.

## Exams

The final exam costs $80, and students need a current food handler's card.
""",
    "library.md": """# Library cards

A card is free. Courses, some of them online, are announced in the library.
""",
}


@pytest.fixture(scope="module")
def trades(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """An index of guides on two trades, and one on something else."""
    with opened(tmp_path_factory.mktemp("trades"), GUIDES) as index:
        yield index


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("Is the baking course offered online?", "The baking course is offered online, and it takes four months."),
        ("How long is the course for bakers?", "The baking course is offered online, and it takes four months."),
        ("How long does the welding course take?", "The welding course takes nine months."),
        ("Are courses announced in the library?", "Courses, some of them online, are announced in the library."),
    ],
)
def test_the_guide_on_the_subject_answers(trades: Index, question: str, quote: str) -> None:
    """By its title's word, or by the name of who does it: bakers for baking."""
    assert quote in ask(question, trades).citations[0].quote


@pytest.mark.parametrize(
    "question", ["Is the welding course offered online?", "What does the final exam cost welders?"]
)
def test_the_guide_on_another_subject_does_not(trades: Index, question: str) -> None:
    """Though it alone has the sentence: what it says of its own subject is not true of this one."""
    found = ask(question, trades)
    assert "baking.md" not in {citation.path for citation in found.citations[:1]}


def test_a_word_that_no_guide_is_about_changes_nothing(trades: Index) -> None:
    """Both guides speak of a course, and neither has it in its title."""
    assert ask("Which course takes four months?", trades).status == "answered"


PARKING = """# Scholarship members' parking

## Parking for members

| Ticket | Fine | Appeal |
|---|---|---|
| 1st | $15 | No |
| 2nd | $40 | Yes |
| 3rd | $95 | Yes |
"""


def test_an_ordinal_finds_its_row_in_words_and_in_figures(tmp_path: Path) -> None:
    """And a word of the question of which the table's title has another form is no other subject."""
    with opened(tmp_path, {"parking.md": PARKING}) as index:
        said = ask("What is the fine for the second ticket?", index).answer
        written = ask("fine of the 2nd ticket under the membership", index).answer
    assert said is not None
    assert "$40" in said
    assert written is not None
    assert "$40" in written


def test_a_word_of_which_a_guide_has_another_form_is_not_missing(tmp_path: Path) -> None:
    """ "No guide covers" is said of what no guide has in any form."""
    with opened(tmp_path, {"parking.md": PARKING.replace("member", "apprentice")}) as index:
        found = ask("What do apprenticeships and dentists pay for a fourth ticket?", index)
    assert "apprenticeships" not in found.missing
