"""Contradictions in other words than the question's: two guides' best answers, read as values and stances."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from citeguide.search import conflicts
from citeguide.search.conflicts.answer_pair import PAIR_SIGNALS, AnswerPair
from citeguide.search.conflicts.best_answers import pairs
from citeguide.search.context import Context
from citeguide.search.fitted import fitted
from citeguide.search.query.query import understand
from citeguide.search.reader.sentence_selector import sentences
from citeguide.search.retrieval.reranker import ranking
from citeguide.search.signals import values
from citeguide.search.text.quantities import quantities
from indexed import opened

CLUB = "# The club\n\nCoats hang in the hall.\n\n## Boats\n\n{}\n"


def pair(place: Path, question: str, one: str, other: str) -> AnswerPair:
    """The best answers of two guides of one sentence that matters each."""
    with opened(place, {"one.md": CLUB.format(one), "other.md": CLUB.format(other)}) as index:
        asked = understand(question)
        (found,) = pairs(sentences(asked, ranking(asked, index), fitted()))
    return found


def signals(found: AnswerPair) -> dict[str, float]:
    """What speaks for and against a contradiction, by name."""
    return dict(zip((s.name for s in PAIR_SIGNALS), values(PAIR_SIGNALS, found), strict=True))


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("You can keep a boat for three days.", "Boats are lent for a week at most.", True),
        ("You can keep a boat for seven days.", "Boats are lent for one week.", False),
        ("A boat takes half a kilo of wax.", "Wax the boat with 750 grams.", True),
        ("Boats are back by 18:00.", "Boats are back by 6 p.m.", False),
        ("Boats are back by 17:30.", "Boats are back by 6 p.m.", True),
    ],
)
def test_values_are_compared_whatever_the_words(tmp_path: Path, one: str, other: str, differ: bool) -> None:
    """Figures of one kind, in whichever unit, differ or are the same."""
    found = pair(tmp_path, "how long can I keep a boat", one, other)
    assert bool(found.clash) is differ


@pytest.mark.parametrize(
    ("sentence", "obliges", "permits"),
    [
        ("You have to sign the boat book.", 1, 0),
        ("The boat book is optional.", -1, 0),
        ("You do not need to sign the boat book.", -1, -1),
        ("Dogs may ride in the boat.", 0, 1),
        ("Dogs are prohibited in the boat.", 0, -1),
        ("Dogs may not ride in the boat.", 0, -1),
    ],
)
def test_a_stance_is_read_without_the_question(tmp_path: Path, sentence: str, obliges: int, permits: int) -> None:
    """Duty and leave, each with what denies it."""
    found = pair(tmp_path, "what about the boat", sentence, "The boat is green.")
    side = next(s for s in (found.a, found.b) if s.text == sentence)
    assert (side.obliges, side.permits) == (obliges, permits)


def test_what_sets_two_answers_apart_is_seen(tmp_path: Path) -> None:
    """An earlier state that only one of them names, and prepositions that part a range."""
    one, other = "Formerly children paid $5 for a boat before noon.", "A boat is $9 after noon."
    found = signals(pair(tmp_path, "how much is a boat", one, other))
    assert found["former, one side"] == found["placed opposed"] == 1.0
    assert found["figure differs"] == 1.0


ROOM = "# Reading room\n\nCoats hang in the hall.\n\n## Volumes\n\n{}\n"


def test_a_contradiction_in_other_words_is_shown_with_both_quotes(tmp_path: Path) -> None:
    """The guides speak of children and volumes, never of kids and books; both sides are quoted where they stand."""
    one, other = "Children can have a volume for 14 days.", "Children can have a volume for 30 days."
    with opened(tmp_path, {"a.md": ROOM.format(one), "b.md": ROOM.format(other)}) as index:
        found = conflicts.answer(understand("how many days can my kids have a book"), Context(index, ranking))
    assert found is not None
    assert found.status == "disagreement"
    assert {quote.text for quote in found.quotes} == {one, other}
    assert {side.stance for side in found.disagreements[0].sides} == {"14 days", "30 days"}


def test_the_same_in_other_units_is_no_contradiction(tmp_path: Path) -> None:
    """Two weeks are fourteen days."""
    one, other = "Children can have a volume for 14 days.", "Children can have a volume for two weeks."
    with opened(tmp_path, {"a.md": ROOM.format(one), "b.md": ROOM.format(other)}) as index:
        asked = understand("how many days can my kids have a book")
        assert conflicts.answer(asked, Context(index, ranking)) is None


@pytest.mark.parametrize(
    ("text", "kind", "low"),
    [
        ("half a litre of milk", "volume", 0.5),
        ("three quarters of an hour", "duration", 0.75),
        ("a third of a mile", "length", 1609.344 / 3),
        ("a fortnight", "duration", 336),
        ("seven nights", "duration", 168),
        ("at 18:45", "clock", 18.75),
    ],
)
def test_parts_of_a_unit_and_hours_of_the_day_are_quantities(text: str, kind: str, low: float) -> None:
    """In words and in figures."""
    (found,) = quantities(text)
    assert found.kind == kind
    assert found.low == pytest.approx(low)


def test_no_hour_is_read_from_what_is_none() -> None:
    """A verse or a score that looks like an hour beyond the day stays a count."""
    draw = random.Random(7)  # noqa: S311 - nothing secret
    for _ in range(50):
        hour, minute = draw.randint(25, 99), draw.randint(0, 59)
        assert all(found.kind != "clock" for found in quantities(f"Psalm {hour}:{minute:02d}"))


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        ("how long can I keep a boat", "You can keep a boat for three days.", "Boats are lent for a week at most."),
        ("can I take my dog on a boat", "No dog may ride in the boat.", "Your dog may be in the boat on any day."),
        ("who lends the boats", "Ann Miller lends the boats.", "The boats are lent by Ben Stone in the hall."),
        ("what do I do with a boat", "You should wax the boat, unless it is wet.", "Carry the boat on the cart."),
    ],
)
def test_signals_lie_between_their_bounds(tmp_path: Path, question: str, one: str, other: str) -> None:
    """No pair is passed over that could be a contradiction."""
    found = pair(tmp_path, question, one, other)
    for signal in PAIR_SIGNALS:
        low, high = signal.bounds(found) if signal.bounds else (signal.value(found),) * 2
        assert low <= signal.value(found) <= high + 1e-9, signal.name
