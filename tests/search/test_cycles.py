"""Months and days of the week, and what lies between two of them."""

from __future__ import annotations

import pytest
from citeguide.search.text.cycles import implied, moments, named_in, spoken_of
from citeguide.search.text.tokenizer import stem, terms


@pytest.mark.parametrize(
    ("cell", "inside", "outside"),
    [
        ("november to march", "january", "april"),
        ("jan apr", "march", "may"),
        ("june and august", "august", "july"),
        ("june july august", "july", "september"),
        ("mon fri", "wednesday", "saturday"),
        ("sat sun", "sunday", "monday"),
    ],
)
def test_a_cell_speaks_of_both_ends_and_all_between(cell: str, inside: str, outside: str) -> None:
    spoken = spoken_of(tuple(cell.split()))
    assert moments()[inside] in spoken
    assert moments()[outside] not in spoken


def test_a_month_beside_a_day_of_the_week_is_no_range() -> None:
    assert not spoken_of(("monday", "may"))


@pytest.mark.parametrize(
    ("text", "month", "is_implied"),
    [
        ("From May through October the park closes late.", "july", True),
        ("Open November-February from 9 to 4.", "december", True),
        ("Closed in May, October and December.", "july", False),
        ("Adopted in May. Amended in October.", "july", False),
    ],
)
def test_a_sentence_implies_what_lies_between_joined_months_alone(text: str, month: str, is_implied: bool) -> None:
    assert (stem(month) in set(implied(tuple(terms(text)), text))) is is_implied


def test_may_is_a_month_behind_a_word_that_says_so() -> None:
    assert set(named_in("how long may i keep it in may".split())) == {7}
