"""Quotes: verbatim runs of whole sentences, as short as they can be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from citeguide.search.context import Context
from citeguide.search.model import Finding
from citeguide.search.query.answer_type import AnswerSentence, expected
from citeguide.search.query.query import understand
from citeguide.search.reader import extractive
from citeguide.search.retrieval import reranker
from citeguide.search.store.open import Index
from citeguide.search.text.sentence_splitter import lines, sentences
from citeguide.search.text.tokenizer import terms
from hypothesis import given, settings
from hypothesis import strategies as st
from indexed import opened

GUIDE = """# Keeping bees

Bees live in colonies. A colony holds about 40,000 bees in summer. In winter it shrinks to 10,000.

## Gear

To start, you need the following gear:

- A hive with ten frames
- A smoker (e.g. the steel one by Acme Inc. of Ohio)
- A veil and gloves

## Stings

Most keepers are stung in the first year. Because smoke hides the smell of alarm, keepers blow it into the hive. It \
also makes bees eat.

## Law

The Beekeepers Guild of Ohio (BGO) registers every hive. Registration costs $12.50 a year. Who fails to register pays \
a fine.
"""


@pytest.fixture(scope="module")
def bees(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """An index of one guide about bees."""
    with opened(tmp_path_factory.mktemp("bees"), {"bees.md": GUIDE}) as index:
        yield index


def answer(question: str, index: Index, limit: int = 3) -> Finding:
    """What prose answers."""
    asked = understand(question, limit=limit)
    return extractive.answer(asked, Context(index, reranker.ranking), year=2026)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How many bees does a colony hold in summer?", "A colony holds about 40,000 bees in summer."),
        ("What does registration cost?", "Registration costs $12.50 a year."),
        ("What does BGO stand for?", "The Beekeepers Guild of Ohio (BGO) registers every hive."),
        ("Why do keepers blow smoke into the hive?", "Because smoke hides the smell of alarm,"),
    ],
)
def test_the_sentence_that_answers_is_quoted(bees: Index, question: str, sentence: str) -> None:
    """The first quote holds the sentence with the answer, and the answer is that quote on one line."""
    found = answer(question, bees)
    assert found.status == "answered"
    assert sentence in found.quotes[0].text
    assert found.answer == " ".join(found.quotes[0].text.split())


def test_a_sentence_that_asks_is_no_answer(tmp_path: Path) -> None:
    """Where a guide repeats the reader's question, the quote is what stands below it."""
    guide = "# Bees\n\nHow do I calm angry bees?\n\nCalm angry bees with smoke from the bellows.\n"
    with opened(tmp_path, {"bees.md": guide}) as index:
        assert answer("How do I calm angry bees?", index).quotes[0].text.startswith("Calm angry bees")


@pytest.mark.parametrize("question", ["When is the measles vaccine given?", "vaccine schedule for kids"])
def test_a_sentence_that_leads_on_is_no_answer(question: str, tmp_path: Path) -> None:
    """What stands above a table announces it, and says nothing itself."""
    table = "| Shot | Age |\n|---|---|\n| MMR | 12 months |\n| HepB | birth |\n"
    guide = (
        f"# Vaccines for kids\n\nThe measles vaccine and the vaccine schedule for kids are given as follows:\n\n{table}"
    )
    with opened(tmp_path, {"shots.md": guide}) as index:
        found = answer(question, index)
    assert not any(quote.text.endswith(":") for quote in found.quotes)


def test_a_list_is_quoted_whole_with_what_introduces_it(bees: Index) -> None:
    """Who asks what is needed gets every item, not the sentence that promises them."""
    text = answer("What gear do I need to start?", bees).quotes[0].text
    assert text.startswith("To start, you need the following gear:")
    assert text.endswith("- A veil and gloves")


@settings(max_examples=60)
@given(st.lists(st.sampled_from([term.word for term in terms(GUIDE)]), min_size=1, max_size=8), st.integers(1, 5))
def test_quotes_are_verbatim_whole_and_apart(bees: Index, words: list[str], limit: int) -> None:
    """Whatever is asked: a quote slices out of its document, begins and ends with a sentence, and overlaps no other."""
    found = answer(" ".join(words), bees, limit)
    assert len(found.quotes) <= limit
    (document,) = bees.catalog.documents()
    text = bees.catalog.text(document.id)
    units = [*sentences(text), *lines(text)]
    taken: list[tuple[int, int]] = []
    for quote in found.quotes:
        start, end = quote.span
        assert text[start:end] == quote.text
        assert start in {unit[0] for unit in units}
        assert end in {unit[1] for unit in units}
        assert quote.lines == (text.count("\n", 0, start) + 1, text.count("\n", 0, end) + 1)
        assert all(end <= other[0] or other[1] <= start for other in taken)
        taken.append((start, end))


@pytest.mark.parametrize(
    ("question", "sentence", "meets"),
    [
        ("How many hives are there?", "There are twelve hives.", True),
        ("How many hives are there?", "There are some hives.", False),
        ("What does a hive cost?", "A hive costs $90.", True),
        ("What does a hive cost?", "A hive costs a lot.", False),
        ("What does a hive cost?", "A hive holds 90 bees.", False),
        ("How long do bees live?", "Bees live for six weeks.", True),
        ("How long do bees live?", "Bees of 3 kinds live here.", False),
        ("Who should I ask?", "Ask the beekeeper.", True),
        ("When was it founded?", "It was founded in 1901.", True),
        ("Who founded it?", "It was founded by Ann Lee.", True),
        ("Who founded it?", "It was founded by some people.", False),
        ("Why do bees sting?", "They sting because they are afraid.", True),
        ("Why do bees sting?", "They sting now and then.", False),
        ("What does BGO mean?", "The guild (BGO) is old.", True),
        ("What does BGO mean?", "The BGO is old.", False),
        ("What is a smoker?", "A smoker is a can with bellows.", True),
        ("What is a smoker?", "Every keeper owns a smoker.", False),
        ("Where do bees winter?", "They winter in cellars of Ohio.", True),
        ("Where can I learn it?", "It is taught at most trade schools.", True),
        ("Where do bees winter?", "They winter without food.", False),
        ("How does smoke change how long bees live?", "It does no harm.", True),
        ("How many hours a week do keepers work?", "Keepers work 30 hours a week.", True),
        ("How many hours a week do keepers work?", "A course of 130 hours is offered.", False),
        ("What does a hive cost?", "A pine hive costs the most.", True),
        ("What does a hive cost?", "If the cost of a hive is the most crucial point, ask first.", False),
        ("Do bees sleep?", "They may.", True),
    ],
)
def test_a_sentence_meets_what_the_question_expects(question: str, sentence: str, meets: bool) -> None:
    """A question for a figure, a name, a place, a reason, a meaning or a definition is met by nothing else."""
    asked = understand(question)
    kind = expected(asked, {term.stem for term in asked.content})
    assert kind.met(AnswerSentence(sentence, list(terms(sentence)), 0, len(sentence))) is meets


def test_a_sentence_that_two_guides_share_is_quoted_once(tmp_path: Path) -> None:
    """A guide that was saved twice, and changed a little, adds no second quote of the same words."""
    changed = f"{GUIDE}\n## Honey\n\nHoney keeps for years.\n"
    with opened(tmp_path, {"old.md": GUIDE, "new.md": changed}) as index:
        found = answer("How much does it cost to register a hive?", index)
    assert sum("Registration costs $12.50" in quote.text for quote in found.quotes) == 1
