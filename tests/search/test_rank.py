"""Ranking: which passages come first, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from citeguide.search.query.query import understand
from citeguide.search.query.term_weights import share, wanted
from citeguide.search.retrieval.reranker import heading, ranked, ranking
from citeguide.search.store.open import Index
from indexed import opened

Guides = Callable[..., Index]


@pytest.fixture
def guides(tmp_path: Path) -> Iterator[Guides]:
    """Indexes Markdown guides given by name."""
    with ExitStack() as held:

        def index(**texts: str) -> Index:
            return held.enter_context(opened(tmp_path, {f"{name}.md": text for name, text in texts.items()}))

        yield index


def first(question: str, index: Index) -> str:
    """The text of the passage that comes first."""
    return ranked(understand(question), index)[0].passage.text


def test_all_words_once_beat_one_word_often(guides: Guides) -> None:
    """A passage that holds the whole question comes before one that repeats a part of it."""
    index = guides(
        oven="# Ovens\n\nOven oven oven, an oven is an oven and every oven bakes.\n\n"
        "Clean the oven door with vinegar once a week.\n\nA door needs a hinge.",
    )
    assert first("How do I clean the oven door?", index).startswith("Clean the oven door")


def test_words_that_stand_together_beat_scattered_ones(guides: Guides) -> None:
    """Two passages with the same words: the one that holds them next to each other comes first."""
    near = "The trial period lasts a month, and after it the contract holds for all of the people who have signed."
    far = "The trial of all who have signed lasts, and after a month the contract holds for the people of the period."
    index = guides(contract=f"# Contracts\n\n{far}\n\n{near}\n\nOther things are written elsewhere.")
    assert first("trial period", index) == near


def test_the_section_about_what_is_asked_comes_first(guides: Guides) -> None:
    """Of two like passages, the one whose heading speaks of nothing but what is asked comes first."""
    index = guides(
        fees="# Guide\n\n## Rooms and other things\n\nRefunds are paid within ten days of the request made.\n\n"
        "## Refunds\n\nRefunds are paid within nine days of the request made.\n\n## Food\n\nSoup is served at noon.",
    )
    assert "nine days" in first("Refunds?", index)


def test_question_words_and_stop_words_find_nothing(guides: Guides) -> None:
    """A passage is not found for holding "who" and "the"."""
    index = guides(a="# A\n\nWho would do that with the others?\n\nKangaroos hop.")
    assert [r.passage.text for r in ranked(understand("Who would the kangaroos be?"), index)] == ["Kangaroos hop."]


def test_a_synonym_and_a_word_of_the_same_root_are_found(guides: Guides) -> None:
    """The guide's own word need not be the question's."""
    index = guides(a="# A\n\nThe tuition is due in May.\n\nBehaviour in class is noted.\n\nThe yard is green.")
    assert first("price", index) == "The tuition is due in May."
    assert first("class behave", index) == "Behaviour in class is noted."


def test_forms_of_one_word_find_each_other(guides: Guides) -> None:
    """What no stemmer brings together is one word all the same: taught and teach, children and child."""
    index = guides(a="# A\n\nShe taught them to swim.\n\nThe children paint.\n\nThe yard is green.")
    assert first("who can teach me", index) == "She taught them to swim."
    assert first("my child", index) == "The children paint."


def test_someones_age_is_asked_for_as_an_age(guides: Guides) -> None:
    """A guide sets a limit of age and does not name the age of whoever asks."""
    index = guides(a="# A\n\nMinors need a letter from home.\n\nDivers need a year of practice.")
    assert first("can a 16 year old come along", index) == "Minors need a letter from home."
    assert first("can a sixteen-year-old come along", index) == "Minors need a letter from home."


def test_only_the_documents_asked_for_answer(guides: Guides) -> None:
    """A question limited to some guides gets passages from no other."""
    index = guides(a="# A\n\nApples ripen in autumn.", b="# B\n\nApples ripen in cellars.")
    only = next(document.id for document in index.catalog.documents() if document.path == "b.md")
    found = ranked(understand("apples ripen", documents=frozenset({only})), index)
    assert [r.passage.text for r in found] == ["Apples ripen in cellars."]


def test_words_that_no_guide_holds_find_nothing(guides: Guides) -> None:
    """Nothing is ranked where nothing matches, and the question's words are still known."""
    found = ranking(understand("xylophone quartets"), guides(a="# A\n\nApples ripen in autumn."))
    assert found.passages == ()
    assert [word.term.word for word in found.words] == ["xylophone", "quartets"]


def test_what_stands_above_is_the_title_and_the_headings(guides: Guides) -> None:
    """The title is named once, also where it stands as a heading."""
    index = guides(a="# Pets\n\n## Cats\n\nCats sleep most of the day.")
    (passage,) = (r.passage for r in ranked(understand("cats"), index))
    assert heading(passage, index.catalog.document(passage.document)).split() == ["Pets", "Cats"]


def test_rare_words_and_names_weigh_more(guides: Guides) -> None:
    """A rare word weighs more than a frequent one, a name more than another rare word, a common word less."""
    index = guides(a="# A\n\nApples and Oslo.\n\nApples and quinces.\n\nApples and often.\n\nApples alone.")
    weights = {w.term.word: w.weight for w in wanted(understand("are apples in Oslo often quinces"), index)}
    assert weights["apples"] < weights["quinces"] < weights["oslo"]
    assert weights["often"] < weights["quinces"]


def test_what_is_common_in_prose_weighs_less_however_rare_the_guides_make_it(guides: Guides) -> None:
    """Two words that stand in one passage each: "year", which most texts hold, tells less than "quince"."""
    index = guides(a="# A\n\nThis year is good.\n\nThe quince is good.\n\nThe rest is not.")
    weights = {w.term.word: w.weight for w in wanted(understand("year quince"), index)}
    assert weights["year"] < weights["quince"]


def test_a_turn_of_phrase_is_read_as_what_it_means(guides: Guides) -> None:
    """ "From home" finds what is online, and a phrase that says nothing asks for nothing."""
    index = guides(a="# A\n\nClasses are online.\n\nThe home is far.\n\nDays are long.")
    assert first("Can I study from home these days?", index) == "Classes are online."


def test_a_long_name_does_not_outweigh_what_is_asked_of_it(guides: Guides) -> None:
    """A name of three words weighs as the root of three names, 1.73, where a name weighs 1.25 of another word."""
    index = guides(a="# A\n\nZorvik Quandle Brimmet is old.\n\nThe janitor sweeps.")
    words = wanted(understand("Who is the janitor of Zorvik Quandle Brimmet?"), index)
    name = sum(word.weight for word in words if word.named)
    janitor = next(word.weight for word in words if word.term.word == "janitor")
    assert name == pytest.approx(1.25 * 3**0.5 * janitor)


def test_one_word_of_a_guide_does_not_stand_for_two(guides: Guides) -> None:
    """Where the question holds both words of a family of meaning, each needs its own."""
    index = guides(a="# A\n\nThe institution is closed.\n\nThe college is closed.")
    words = wanted(understand("Is an institution a college?"), index)
    assert share(words, ((1.0, {"colleg"}),)) == pytest.approx(0.5)
