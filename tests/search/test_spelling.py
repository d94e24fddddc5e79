"""Spelling: words that people mistype are read as what they meant; words of English, however rare, as themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from citeguide.search.lang.thesaurus import word_zipf, words_from
from citeguide.search.params import PARAMS
from citeguide.search.pipeline.answer import ask
from citeguide.search.query.query import understand
from citeguide.search.query.spelling import in_english
from citeguide.search.query.term_weights import wanted
from hypothesis import given
from hypothesis import strategies as st
from indexed import opened

SLIPS = (
    "maried married, reciept receipt, recieve receive, adress address, accomodation accommodation, freind friend, "
    "goverment government, calender calendar, tommorow tomorrow, apointment appointment, libary library, neice niece, "
    "definately definitely, restaraunt restaurant, hosptial hospital, salery salary, enviroment environment"
)
GUIDE = "# Fees\n\nYour husband or wife pays half. A receipt is posted in May.\n"


@pytest.mark.parametrize(("typed", "meant"), [pair.split() for pair in SLIPS.split(", ")])
def test_a_common_slip_is_read_as_the_word_of_english(typed: str, meant: str) -> None:
    """Letters swapped, dropped, doubled or taken for others: one edit, two in a long word."""
    assert in_english(typed, PARAMS.spelling) == meant


@pytest.mark.parametrize(
    "word",
    "quilt kayak lien dosage notary zoning septic moose sewer quite quiet form angel desert moral casual kerb easement "
    "married receipt felons".split(),
)
def test_a_word_of_english_stays_as_it_is(word: str) -> None:
    """None becomes a commoner neighbour: "quilt" is no "quit"."""
    assert in_english(word, PARAMS.spelling) is None


@given(st.text(max_size=80))
def test_whatever_is_typed_becomes_a_listed_word_or_nothing(text: str) -> None:
    """No text breaks it, and what it gives is a common word of English with the same first letter."""
    found = in_english(text, PARAMS.spelling)
    assert found is None or (found[0] == text[0] and word_zipf(found) >= 3)


def test_words_are_found_by_how_they_begin() -> None:
    """All of the list's words with a beginning, and no other."""
    found = [word for word, _ in words_from("recei")]
    assert "receipt" in found
    assert all(word.startswith("recei") for word in found)
    assert list(words_from("qqq")) == []


def test_a_slip_finds_what_guides_say_instead(tmp_path: Path) -> None:
    """No guide has "maried" or "reciept": each is looked for as what was meant, with what stands for that."""
    with opened(tmp_path, {"fees.md": GUIDE}) as index:
        words = {word.term.word: word for word in wanted(understand("when do maried people get their reciept"), index)}
        assert words["reciept"].read_as == "receipt"
        assert words["maried"].read_as == "married"
        found = ask("when is the reciept posted", index)
    assert found.status == "answered"
    assert "'reciept' read as 'receipt'" in found.notes


def test_a_name_is_never_corrected(tmp_path: Path) -> None:
    """What is written with a capital inside the question is a name."""
    with opened(tmp_path, {"fees.md": GUIDE}) as index:
        words = {word.term.word: word.read_as for word in wanted(understand("does Maried pay half"), index)}
    assert words["maried"] is None
