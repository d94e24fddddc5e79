"""Refusals: a question that no guide covers is not answered, and the reader learns why."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from citeguide.search.context import Context
from citeguide.search.model import Finding
from citeguide.search.params import PARAMS
from citeguide.search.pipeline.answer import ask
from citeguide.search.query.query import understand
from citeguide.search.reader import extractive
from citeguide.search.reader.staleness import age_note
from citeguide.search.retrieval import reranker
from citeguide.search.store.open import Index
from citeguide.search.text.edit_distance import distance
from hypothesis import given
from hypothesis import strategies as st
from indexed import opened

CASES = Path(__file__).parents[1] / "cases"
GUIDE = """# Training as a welder

## Certification

Welders are certified by the American Welding Society (AWS). The certification exam lasts five hours. It has a written
and a practical part.

## Pay

Through 2024, the state projects 8% growth in welding jobs.

## Schools

Technical colleges offer welding programs of nine months. Evening classes are common. Tuition is due in full before the
first day.
"""


@pytest.fixture(scope="module")
def welders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """An index of one guide about welders."""
    with opened(tmp_path_factory.mktemp("welders"), {"welders.md": GUIDE}) as index:
        yield index


def answer(question: str, index: Index) -> Finding:
    """What prose answers."""
    asked = understand(question)
    return extractive.answer(asked, Context(index, reranker.ranking), year=2026)


@pytest.mark.parametrize(
    "question",
    [
        "How long does the certification exam last?",
        "Who certifies welders?",
        "Which colleges offer welding programs?",
        "When is tuition due?",
        "Are there evening classes?",
    ],
)
def test_a_covered_question_is_answered(welders: Index, question: str) -> None:
    """What the guide says is quoted."""
    assert answer(question, welders).status == "answered"


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("Who won the 2022 World Cup?", ("2022", "World", "Cup")),
        ("How do I bake sourdough bread?", ("sourdough",)),
        ("Which gloves do welders wear in Norway?", ("Norway",)),
    ],
)
def test_a_refusal_names_the_words_that_no_guide_holds(welders: Index, question: str, missing: tuple[str, ...]) -> None:
    """``missing`` has the uncovered words as the user wrote them: no covered one, and none of everyday English."""
    found = answer(question, welders)
    assert found.status == "not_found"
    assert found.answer is None
    assert not found.quotes
    assert found.missing == missing


def test_a_missing_word_is_named_with_its_figures(welders: Index) -> None:
    assert answer("Is there a 10th welding course?", welders).missing[0] == "10th"


def test_a_refusal_points_to_the_nearest_section(welders: Index) -> None:
    """A question that comes near names where to look."""
    found = answer("What does gas cost per litre in Norway, and is certification needed?", welders)
    assert found.status == "not_found"
    assert any("Certification" in suggestion for suggestion in found.suggestions)


def test_a_figure_that_is_not_there_is_not_made_up(welders: Index) -> None:
    """Asked for an amount, a passage about the subject without any amount is no answer."""
    assert answer("What does tuition cost?", welders).status == "not_found"


@pytest.mark.parametrize(
    "question",
    [
        "What is the pass rate of the certification exam?",
        "What is the dropout rate of the welding programs?",
        "How many judges watch the certification exam?",
    ],
)
def test_a_passage_about_the_thing_is_no_answer_without_what_is_asked_of_it(welders: Index, question: str) -> None:
    """The guide speaks of the exam and of programs, but of no rate and no judges: at the least that is said."""
    found = answer(question, welders)
    assert found.status == "not_found" or any(note.startswith("No guide has the word") for note in found.notes)


def test_a_misspelled_word_is_read_as_the_guides_word_and_said_so(welders: Index) -> None:
    """One near word of the index: the question is answered, with a note."""
    found = answer("How long does the certifcation exam last?", welders)
    assert found.status == "answered"
    assert "five hours" in found.quotes[0].text
    assert found.notes == ("'certifcation' read as 'certification'",)


def test_a_refusal_asks_whether_another_word_was_meant(welders: Index) -> None:
    """A misspelled word in a question that stays uncovered becomes a suggestion."""
    found = answer("Which sourdough bread do certifcation bakers knead in Lyon or Paris?", welders)
    assert found.status == "not_found"
    assert "did you mean 'certification' instead of 'certifcation'?" in found.suggestions


def test_a_past_projection_gets_a_note(welders: Index) -> None:
    """A figure that was projected for a year that is past says so."""
    found = answer("How fast are welding jobs projected to grow?", welders)
    assert found.status == "answered"
    assert "the projection is for 2024, which is past" in found.notes


def test_everyday_words_are_not_said_to_be_uncovered_but_noted(welders: Index) -> None:
    """That guides lack an everyday word says nothing of what they cover; the asker is told all the same."""
    found = answer("can my kids take the wifi class in the evening", welders)
    assert found.missing == ()
    assert any('"wifi"' in note for note in found.notes)


@pytest.mark.parametrize("question", ["What happens in the certification exam?", "How long is the whole exam?"])
def test_words_that_stand_everywhere_are_not_noted(welders: Index, question: str) -> None:
    """That no guide has "happens" or "whole" is no news; they are as common in English as words can be."""
    assert not any("happens" in note or "whole" in note for note in answer(question, welders).notes)


def test_a_refusal_shows_what_comes_closest(welders: Index) -> None:
    """Up to three quotes of the guide, never part of an answer."""
    found = answer("What do schools in Norway and Denmark teach welders about sourdough?", welders)
    assert found.status == "not_found"
    assert found.answer is None
    assert 1 <= len(found.nearest) <= 3
    assert all(quote.text in GUIDE for quote in found.nearest)


def test_confidence_is_a_probability(welders: Index) -> None:
    """A question in the guide's words is surer than one of other words."""
    sure, unsure = (answer(q, welders).confidence for q in ("Who certifies welders?", "Who paints the mayor's boat?"))
    assert sure is not None
    assert unsure is not None
    assert 0 <= unsure < sure <= 1


@pytest.mark.parametrize(
    "case",
    [json.loads(line) for line in (CASES / "ages.jsonl").read_text(encoding="utf-8").splitlines()],
    ids=lambda case: case["text"][:40],
)
def test_old_figures_get_a_note(case: dict[str, str | None]) -> None:
    """In 2026: projections that ran out and figures of past years are noted, history and fresh figures are not."""
    assert age_note(str(case["text"]), str(case["asked"]), 2026, PARAMS.reader) == case["note"]


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [
        ("fresno", "fresno", 0),
        ("freson", "fresno", 1),
        ("certifcation", "certification", 1),
        ("bakersfeild", "bakersfield", 1),
        ("assosiate", "associate", 1),
        ("practcum", "practicum", 1),
        ("kitten", "sitting", 3),
        ("", "abc", 3),
    ],
)
def test_edits_are_counted(one: str, other: str, edits: int) -> None:
    """A letter added, dropped, changed, or swapped with its neighbour is one edit."""
    assert distance(one, other, 3) == edits


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_the_distance_is_the_same_both_ways(one: str, other: str) -> None:
    """It makes no difference which word was misspelled."""
    assert distance(one, other, 6) == distance(other, one, 6)


@given(st.text(min_size=1, max_size=60).filter(lambda text: any(c.isalnum() for c in text)))
def test_any_question_gets_an_answer_or_a_refusal(welders: Index, text: str) -> None:
    """Whatever is typed, nothing is raised, and an answer always has a quote."""
    found = answer(text, welders)
    assert (found.status == "answered") == bool(found.quotes)


STATE = """# Bakers

## Oregon

A baker in Oregon needs a food handler's card before the first day of work.

## The LA campus

The LA campus teaches bread and pastry.

| Area | Median |
|---|---|
| Salem, OR | $17.20 |
| Bend, OR | $18.05 |
"""


@pytest.fixture(scope="module")
def bakers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """An index of one guide that writes its state out, and calls a campus LA."""
    with opened(tmp_path_factory.mktemp("bakers"), {"bakers.md": STATE}) as index:
        yield index


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        (
            "What does a baker need in OR?",
            "A baker in Oregon needs a food handler's card before the first day of work.",
        ),
        ("What does the LA campus teach?", "The LA campus teaches bread and pastry."),
    ],
)
def test_a_states_abbreviation_stands_for_its_name_unless_a_guide_writes_it(
    bakers: Index, question: str, quote: str
) -> None:
    assert answer(question, bakers).answer == quote


def test_a_place_that_a_table_lists_is_not_said_to_be_missing(bakers: Index) -> None:
    """Salem stands in no sentence, but in a table: what no guide covers is the alderman."""
    finding = answer("Who is the alderman of Salem?", bakers)
    assert (finding.status, finding.missing) == ("not_found", ("alderman",))


PAY = """Area,Occupation,Median
Salem,Bakers,$17.20
Salem,Butchers,$18.40
Bend,Bakers,$18.05
Bend,Butchers,$19.10
"""
TRADES = """# Welders

## What welders earn

Welders earn more than bakers, and less than nurses.

## Shops

Every shop is registered with the city.
"""


@pytest.mark.parametrize(
    ("question", "missing", "said", "near"),
    [
        ("What is the median pay of welders in Salem?", (), '"welders"', "see 'Welders › What welders earn'"),
        ("What is the median pay of plumbers in Salem?", ("plumbers",), None, None),
        ("What is the median pay of registered nurses in Salem?", ("registered nurses",), None, None),
    ],
)
def test_a_word_that_the_table_lacks_and_prose_holds_is_not_said_to_be_missing(
    tmp_path: Path, question: str, missing: tuple[str, ...], said: str | None, near: str | None
) -> None:
    """Nor does a phrase count as held where its words are, apart."""
    with opened(tmp_path, {"pay.csv": PAY, "trades.md": TRADES}) as index:
        found = ask(question, index)
    assert (found.status, found.missing) == ("not_found", missing)
    assert found.notes == ((f"The guides speak of {said}, but not in a table that answers this.",) if said else ())
    assert found.suggestions == ((near,) if near else ())


TERM = """# Swimming

Ducklings learn with a parent. School groups pay 4 pounds for each pupil, and teachers swim free.
"""


def test_words_that_are_looked_for_as_one_are_not_told_to_be_missing_one_by_one(tmp_path: Path) -> None:
    """ "pay for" is looked for as one word, and "7 year old" as another: a guide that has their words lacks neither."""
    with opened(tmp_path, {"term.md": TERM}) as index:
        paid = answer("Do teachers pay for school trips?", index)
        aged = answer("Which polonaise for my 7 year old?", index)
    assert not any('"pay for"' in note for note in paid.notes)
    assert any('"trips"' in note for note in paid.notes)
    assert "old" not in aged.missing
    assert "polonaise" in aged.missing


def test_a_word_at_the_head_of_a_column_is_one_that_a_guide_has(tmp_path: Path) -> None:
    table = "| Vaccine | Diseases | Age |\n|---|---|---|\n| MMR | measles, mumps | 12 months |\n"
    with opened(tmp_path, {"v.md": f"# Vaccines\n\n{table}"}) as index:
        notes = " ".join(ask("What diseases does MMR shield against?", index).notes)
    assert "shield" in notes
    assert "diseases" not in notes
