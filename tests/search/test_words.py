"""Words: how they are cut, folded and stemmed, for guides and questions alike."""

from __future__ import annotations

import pytest
from citeguide.search.text.number_words import ordinal_in_figures
from citeguide.search.text.tokenizer import (
    COMMON_WORDS,
    QUESTION_WORDS,
    STOP_WORDS,
    fold,
    index_stems,
    key,
    stem,
    terms,
)
from hypothesis import given
from hypothesis import strategies as st


@given(st.text())
def test_words_stand_where_they_say(text: str) -> None:
    """Every word's span slices to what was folded, in order, without overlap."""
    at = 0
    for term in terms(text):
        assert at <= term.start < term.end <= len(text)
        assert term.word == fold(text[term.start : term.end])
        assert term.stem == stem(term.word)
        at = term.end


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The 130-hour practicum", ["the", "130", "hour", "practicum"]),
        ("$40,350 a year", ["40350", "a", "year"]),
        ("Bachelor’s résumé", ["bachelor", "resume"]),
        ("don't STOP", ["don't", "stop"]),
        ("ICD-10 at 3.5%", ["icd", "10", "at", "3.5"]),
        ("", []),
    ],
)
def test_words_are_cut_and_folded(text: str, words: list[str]) -> None:
    """Case, accents, typographic apostrophes, possessives and thousands separators make no difference."""
    assert [term.word for term in terms(text)] == words


@pytest.mark.parametrize(
    "family",
    [
        ("certified", "certification", "certificate", "certifications"),
        ("electrician", "electricians", "electrical"),
        ("phlebotomist", "phlebotomists", "phlebotomy"),
        ("specialist", "special"),
        ("biology", "biologist", "biological"),
        ("require", "required", "requires", "requirement"),
        ("study", "studies"),
        ("plan", "planned", "planning", "plans"),
        ("admit", "admitted", "admitting"),
    ],
)
def test_words_of_one_family_have_one_stem(family: tuple[str, ...]) -> None:
    """A guide that speaks of certification is found by who asks how to get certified."""
    assert len({stem(word) for word in family}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("party", "part"), ("assist", "ass"), ("county", "count"), ("dentist", "dent"), ("army", "arm")]
)
def test_short_words_keep_their_endings(one: str, other: str) -> None:
    """What a short word would lose makes another word of it."""
    assert stem(one) != stem(other)


def test_stop_words_are_not_indexed() -> None:
    """A passage is found by the words that carry meaning."""
    assert index_stems("The exam is for you and the coders") == ["exam", "coder"]


def test_word_lists_do_not_overlap() -> None:
    """A word is a stop word, a question word or a common word, never two of them."""
    assert not STOP_WORDS & QUESTION_WORDS
    assert not STOP_WORDS & COMMON_WORDS
    assert not QUESTION_WORDS & COMMON_WORDS


def test_a_key_is_the_words_with_one_blank_between() -> None:
    """Cells and names are compared without case, accents, punctuation and spacing."""
    assert key("  San José--Sunnyvale,\tCA ") == "san jose sunnyvale ca"


def test_a_very_long_word_is_cut_short() -> None:
    """Noise does not reach the stemmer whole."""
    assert len(fold("x" * 10_000)) == 64


def test_an_ordinal_in_figures_is_one_word_and_that_of_its_name() -> None:
    """Guides write "3rd year" where people say "third year"; a number before other letters stays one by itself."""
    assert key("the 3rd time, 21ST floor") == "the 3rd time 21st floor"
    assert stem("3rd") == stem("third")
    assert stem("21st") == "21st"
    assert key("10th, 5gb, 4streets, 113th") == "10th 5 gb 4 streets 113th"


@pytest.mark.parametrize(("word", "number"), [("3rd", 3), ("11th", 11), ("125th", 125), ("1000th", None), ("7", None)])
def test_an_ordinal_in_figures_says_its_number(word: str, number: int | None) -> None:
    """Of three figures at most; a bare number is none."""
    assert ordinal_in_figures(word) == number
