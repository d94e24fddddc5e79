"""Words near in meaning: a sorted file, searched where it lies."""

from __future__ import annotations

from importlib.resources import files

import pytest
from citeguide.search.lang.thesaurus import UNLISTED, entry, zipf
from citeguide.search.text.tokenizer import stem

LINES = (files("citeguide.search.lang") / "en" / "thesaurus.tsv").read_text("ascii").splitlines()


def test_every_line_is_found_by_bisection() -> None:
    """The file is in the order that the search relies on: first, last and every hundredth stem are found."""
    stems = [line.partition("\t")[0] for line in LINES]
    assert stems == sorted(stems)
    assert [s for s in (stems[0], *stems[::100], stems[-1]) if entry(s) is None] == []


@pytest.mark.parametrize("word", ["", "zzzzqq", "naïve", "3rd", "a\tb"])
def test_what_is_not_listed_is_none(word: str) -> None:
    """An unknown word, or what is no word, has no entry and counts as rare."""
    assert entry(word) is None
    assert zipf(word) == UNLISTED


@pytest.mark.parametrize(
    ("word", "near"),
    [("kids", "children"), ("wife", "spouse"), ("cops", "police"), ("sick", "ill"), ("wifi", "wireless")],
)
def test_everyday_words_are_near_what_guides_say(word: str, near: str) -> None:
    """People's words lead to the words of guides."""
    found = entry(stem(word))
    assert found is not None
    assert stem(near) in found.near


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("cheap", "expensive"),
        ("open", "closed"),
        ("free", "paid"),
        ("june", "august"),
        ("fifty", "sixty"),
        ("legal", "illegal"),
    ],
)
def test_opposites_and_numbers_are_no_neighbours(word: str, other: str) -> None:
    """A guide that says the opposite, or another number, does not answer."""
    found = entry(stem(word))
    assert found is None or stem(other) not in found.near


def test_common_words_are_known_as_common() -> None:
    """The Zipf frequency of an everyday word lies far above a rare one's."""
    assert zipf(stem("house")) > 5 > 4 > zipf(stem("phlebotomist"))
