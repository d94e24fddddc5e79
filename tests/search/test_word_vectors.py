"""Vectors of words: what the file holds, and what is near in meaning."""

from __future__ import annotations

from importlib.resources import files

import pytest
from citeguide.search.lang.word_vectors import HASH, VECTORS_HEAD, text_vector
from citeguide.search.model import Passage
from citeguide.search.retrieval.word_meaning import passage_cosine, sentence_cosines
from citeguide.search.text.tokenizer import terms

FILE = files("citeguide.search.lang") / "en" / "word_vectors.bin"
PASSAGE = Passage(
    1, 1, "text", ("Accounts",), (0, 0), (1, 1), "We delete your data within a year. The office is in Leeds."
)


def near(a: str, b: str) -> float:
    """The cosine of two texts."""
    one, other = (text_vector(term.stem for term in terms(text)) for text in (a, b))
    return one.cosine(other)


@pytest.mark.parametrize(
    ("asked", "nearer", "farther"),
    [
        ("can kids come along", "Children may attend with a parent.", "The price is five dollars."),
        ("my stuff when I shut my account", "When you close it, we delete your data.", "Letters are printed at noon."),
        ("sick at work", "Employees who are ill tell their supervisor.", "Parking is free on Sundays."),
    ],
)
def test_texts_are_near_that_share_no_word(asked: str, nearer: str, farther: str) -> None:
    assert near(asked, nearer) > near(asked, farther) + 0.1


def test_a_text_without_known_words_is_near_nothing() -> None:
    assert near("qqzx", "qqzx") == near("", "children") == 0.0


def test_a_word_that_comes_twice_counts_twice() -> None:
    once, twice = (text_vector(stems) for stems in (["child"], ["child", "child"]))
    assert twice.numbers == tuple(2 * each for each in once.numbers)
    assert once.cosine(twice) == pytest.approx(1.0)


def test_the_file_is_as_long_as_its_head_says_and_below_three_megabytes() -> None:
    data = FILE.read_bytes()
    _, size, count = VECTORS_HEAD.unpack_from(data)
    assert len(data) == VECTORS_HEAD.size + count * (HASH + size) < 3_000_000


def test_a_passage_and_each_of_its_sentences_get_a_cosine() -> None:
    asked = "when is my account erased"
    delete, office = sentence_cosines(asked, PASSAGE, None)
    assert delete > office
    assert passage_cosine(asked, PASSAGE, PASSAGE.headings, None) > passage_cosine(asked, PASSAGE, (), None)
