"""Two sentences held against each other: values, bounds, denials, opposites, and what else is apart."""

from __future__ import annotations

import pytest
from citeguide.search.conflicts.said import Said
from citeguide.search.conflicts.sentence_pair import SentencePair
from citeguide.search.text.tokenizer import terms


def said(text: str) -> Said:
    """A sentence, read."""
    return Said(text, tuple(terms(text)))


def held_against(one: str, other: str) -> SentencePair:
    """Two sentences, beside each other."""
    pair = SentencePair()
    pair.mine, pair.theirs = said(one), said(other)
    return pair


@pytest.mark.parametrize(
    ("text", "bound", "number"),
    [
        ("Nobody may stay for longer than 7 days.", "at most", 7 * 24),
        ("You cannot stay for less than 2 days.", "at least", 2 * 24),
        ("A stay of more than 7 days is long.", "at least", 7 * 24),
        ("No, more than 7 days are needed.", "at least", 7 * 24),
    ],
)
def test_a_bound_that_is_denied_bounds_from_the_other_side(text: str, bound: str, number: float) -> None:
    """A denial in the same clause turns it."""
    (value,) = said(text).values
    assert value.bound == bound
    assert (value.high if bound == "at most" else value.low) == number


@pytest.mark.parametrize(
    ("one", "other", "turned"),
    [
        ("At the green line you may park for 12 minutes at most.", "No parking for longer than 12 minutes.", False),
        ("At the green line you may park for 12 minutes at most.", "You may not park at the green line.", True),
        ("Unpaid leave may last a year.", "Leave without pay may last a year.", False),
        ("Sending mail costs nothing.", "There is no charge for sending mail.", False),
        ("Unused leave can be kept.", "Used leave can be kept.", True),
        ("Dogs, cats and birds are forbidden here.", "Dogs are welcome here.", True),
        ("Dogs may ride, but cats may not ride.", "Dogs may ride.", False),
        ("Helping is up to you.", "You have to help.", True),
        ("The fee comes back if you choose a seat.", "The fee comes back if a seat is chosen.", False),
    ],
)
def test_one_that_denies_what_the_other_says_is_turned(one: str, other: str, turned: bool) -> None:
    """In the clauses that speak of the same; whichever stands first."""
    assert held_against(one, other).turned == turned
    assert held_against(other, one).turned == turned


@pytest.mark.parametrize(
    ("one", "other", "freed"),
    [
        ("Parking is free on Sundays.", "Parking costs $3 on Sundays.", True),
        ("There is no fee for the card.", "The fee for the card is $3.", True),
        ("Feel free to park here.", "Parking costs $3.", False),
        ("The $25 fee is non-refundable.", "The fee of $25 is not paid back.", False),
    ],
)
def test_free_is_held_against_an_amount(one: str, other: str, freed: bool) -> None:
    """What is denied before a price is the price, and nothing else."""
    assert held_against(one, other).freed == freed


def test_a_month_of_a_date_sets_nothing_apart() -> None:
    """Two dates are two values; two days of the week by themselves exclude each other."""
    dates = held_against("The rent is due on 31 January.", "The rent is due on 31 March.")
    days = held_against("The hall is open on Mondays.", "The hall is open on Fridays.")
    assert not dates.excluded
    assert len(dates.different) == 1
    assert dates.left == (0, 0)
    assert days.excluded


@pytest.mark.parametrize(
    ("one", "other", "left"),
    [
        ("The landlord clears the snow.", "The tenants clear the snow.", (1, 1)),
        ("Adults pay $12 for a session.", "Children pay $7 for a session.", (1, 1)),
        ("A cover letter is compulsory.", "A cover letter is voluntary.", (0, 0)),
        ("A car is lent for 3 days.", "Vehicles are borrowed for 5 days.", (0, 0)),
    ],
)
def test_what_is_left_has_no_name_in_the_other(one: str, other: str, left: tuple[int, int]) -> None:
    """Beside values and words for how a sentence stands to what it is about."""
    assert held_against(one, other).left == left


def test_a_case_that_is_excepted_stands_against_every_case() -> None:
    """ "On any day", and "except at weekends"."""
    one, other = "Machines may not run on any day of the week.", "Machines may not run, except at weekends."
    assert held_against(one, other).excepted == held_against(other, one).excepted == 1.0
    assert held_against(one, one).excepted == 0.0
