"""Words that stand for each other: families as data, and how each does."""

from __future__ import annotations

import pytest
from citeguide.search.lang.lexicon import lexicon
from citeguide.search.query.expansion import Likeness, synonyms
from citeguide.search.text.tokenizer import fold, stem


@pytest.mark.parametrize(
    ("asked", "told", "how"),
    [
        ("pay", "paid", Likeness.FORM),
        ("child", "children", Likeness.FORM),
        ("salary", "wage", Likeness.NEAR),
        ("doctor", "physician", Likeness.NEAR),
        ("minimum", "least", Likeness.NEAR),
        ("wish", "want", Likeness.EVERYDAY),
    ],
)
def test_how_a_word_of_the_family_stands_for_another(asked: str, told: str, how: Likeness) -> None:
    """A form of the word is more than one that means the same; of everyday words that do a common one says less."""
    assert synonyms(stem(asked))[stem(told)] == how


@pytest.mark.parametrize(("one", "other"), [("dress", "differ"), ("find", "found"), ("tax", "policy")])
def test_families_do_not_run_into_each_other(one: str, other: str) -> None:
    """The last family under a heading ends there; a form that belongs to two words joins neither."""
    assert stem(other) not in synonyms(stem(one))


def test_no_word_stands_for_itself() -> None:
    """A word is not its own synonym, and an unknown one has none."""
    assert stem("wage") not in synonyms(stem("wage"))
    assert synonyms("xylophon") == {}


FAMILIES = [*lexicon("word_forms").lines(), *lexicon("synonyms").lines("work and study")]
FAMILIES += lexicon("synonyms").lines("everyday")


def test_the_data_is_folded() -> None:
    """Families and turns of phrase are compared with folded words, so they are written folded; N is a number."""
    words = [word for line in (*FAMILIES, *lexicon("phrases").lines("phrases")) for word in line.split()]
    assert [word for word in words if word not in "=N" and fold(word) != word] == []


def test_every_family_has_at_least_two_words() -> None:
    """A family of one says nothing."""
    assert [line for line in FAMILIES if len(set(line.split())) < 2] == []
