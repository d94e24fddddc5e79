"""A guide that never speaks of what is asked about does not answer where another guide is about it."""

from __future__ import annotations

from collections.abc import Iterator

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
