"""Lists and steps: the whole list with its items cited, and nothing where no list is asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from citeguide.search import lists
from citeguide.search.context import Context
from citeguide.search.lists.inline import enumerated
from citeguide.search.lists.list_question import asked_list
from citeguide.search.model import Finding
from citeguide.search.params import PARAMS
from citeguide.search.pipeline.answer import ask
from citeguide.search.query.query import understand
from citeguide.search.retrieval.reranker import ranking
from citeguide.search.store.open import Index, open_index
from hypothesis import given
from hypothesis import strategies as st
from indexed import opened, update

CASES = Path(__file__).parents[1] / "cases"
LISTS = [json.loads(line) for line in (CASES / "lists.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def indexes(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Index]]:
    """An index of each folder that the cases ask."""
    folders = {"own": CASES / "lists", "seeds": shared / "seeds", "data/guides": shared / "data" / "guides"}
    with ExitStack() as stack:
        found = {}
        for name, folder in folders.items():
            place = tmp_path_factory.mktemp("index")
            update(place, [folder])
            found[name] = stack.enter_context(open_index(place))
        yield found


@pytest.mark.parametrize("case", [c for c in LISTS if c["quote"]], ids=lambda c: str(c["id"]))
def test_a_question_for_a_list_gets_all_its_items(case: dict[str, Any], indexes: dict[str, Index]) -> None:
    """Every expected item stands in a quote that lies where its span says."""
    if case.get("gap"):
        pytest.xfail(case["gap"])
    index = indexes[case["folder"]]
    finding = lists.answer(understand(case["question"]), Context(index, ranking))
    assert finding is not None
    quoted = " ".join(folded(quote.text) for quote in finding.quotes)
    assert [item for item in case["quote"] if folded(item) not in quoted] == []
    assert_verbatim(finding, index)


@pytest.mark.parametrize("case", [c for c in LISTS if not c["quote"]], ids=lambda c: str(c["id"]))
def test_other_questions_are_left_to_the_passages(case: dict[str, Any], indexes: dict[str, Index]) -> None:
    """A question for one thing, a reason or a number gets no list."""
    assert lists.answer(understand(case["question"]), Context(indexes[case["folder"]], ranking)) is None


def test_passage_questions_keep_their_first_quote(shared: Path, indexes: dict[str, Index]) -> None:
    """Where a passage question of the golden set is answered by a list, the best evidence comes first."""
    for line in (shared / "golden" / "seeds.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        finding = lists.answer(understand(case["question"]), Context(indexes["seeds"], ranking))
        if case["kind"] == "passage" and finding is not None:
            assert all(folded(text) in folded(finding.quotes[0].text) for text in case["quote"]), case["question"]
        elif case["kind"] not in ("passage", "list"):
            assert finding is None, case["question"]


def test_the_answer_is_one_numbered_list(indexes: dict[str, Index]) -> None:
    """The answer names the items in the guide's order, joined by semicolons; the items are quoted in that order."""
    finding = lists.answer(understand("What are the steps to renew a passport?"), Context(indexes["own"], ranking))
    assert finding is not None
    assert finding.answer == (
        "1. Gather your old passport; 2. Take a photo; 3. Fill in the form; 4. Pay the fee; 5. Post everything"
    )
    assert [quote.text for quote in finding.quotes][:2] == ["Step 1: Gather your old passport", "Step 2: Take a photo"]


@pytest.mark.parametrize(
    ("page", "question"),
    [
        ("# Money\n\nOurs.\n\n## Coins\n\n2.\n\n## Holidays\n\n10.\n\n## Bills\n\n4.\n", "What coins are there?"),
        ("# The school\n\nForms:\n\n- Forms\n- Fees\n- Meals\n", "Which forms does the school have?"),
    ],
)
def test_what_is_itself_an_item_is_not_listed_by_its_neighbours(page: str, question: str, tmp_path: Path) -> None:
    """Where one of several things is asked for, the others are no answer."""
    (tmp_path / "page.md").write_text(page, "utf-8")
    update(tmp_path / "index", [tmp_path / "page.md"])
    with open_index(tmp_path / "index") as index:
        assert lists.answer(understand(question), Context(index, ranking)) is None


@pytest.mark.parametrize(
    ("page", "question"),
    [
        (
            "# Baking bread\n\nWhat bread is baked from:\n\n- flour\n- water\n- salt\n",
            "What are the steps of baking bread?",
        ),
        (
            "# The bakery\n\nThe bakery is open on these days:\n\n- Monday\n- Friday\n- Sunday\n",
            "Which machines does the bakery have on its open days?",
        ),
    ],
)
def test_a_list_of_other_things_is_no_answer(page: str, question: str, tmp_path: Path) -> None:
    """However many of the question's words stand around it: ingredients are no steps, and days are no machines."""
    (tmp_path / "page.md").write_text(page, "utf-8")
    update(tmp_path / "index", [tmp_path / "page.md"])
    with open_index(tmp_path / "index") as index:
        assert lists.answer(understand(question), Context(index, ranking)) is None


def test_an_items_mark_is_no_part_of_it(tmp_path: Path) -> None:
    """What is quoted is what the item says, wherever its text begins."""
    (tmp_path / "page.md").write_text("# Tools of a baker\n\n1. A scraper\n2. A bowl\n3. An oven\n", "utf-8")
    update(tmp_path / "index", [tmp_path / "page.md"])
    with open_index(tmp_path / "index") as index:
        finding = lists.answer(understand("List the tools of a baker"), Context(index, ranking))
    assert finding is not None
    assert [quote.text for quote in finding.quotes] == ["A scraper", "A bowl", "An oven"]


@pytest.mark.parametrize(
    ("question", "head"),
    [
        ("What are the steps to become a nurse?", "steps"),
        ("Which certifications are recognized?", "certifications"),
        ("List the documents I need", "documents"),
        ("What kinds of programs are there?", "programs"),
        ("What is the process for renewing a licence?", "process"),
        ("How do I apply, step by step?", "step"),
        ("requirements for admission", "requirements"),
        ("What is the first step?", None),
        ("How many steps are there?", None),
        ("What are phlebotomists?", None),
        ("What does the course teach?", None),
        ("Which degree is best?", None),
        ("What is the CBCS credential?", None),
        ("Who certifies coders?", None),
        ("Which state pays nurses the most?", None),
        ("Which school teaches welding at night?", None),
        ("Which costs does the school name?", "costs"),
        ("What job duties come first?", "duties"),
    ],
)
def test_what_is_to_be_listed(question: str, head: str | None) -> None:
    """The word for what is listed is found, or that no list is asked for."""
    asked = asked_list(understand(question))
    assert (asked.head.word if asked else None) == head


@pytest.mark.parametrize(
    ("sentence", "asked", "items"),
    [
        ("Bring a form, a photo and the fee.", {"bring"}, []),
        ("You need three things: a form, a photo and the fee.", set(), ["a form", "a photo", "fee"]),
        ("It covers topics such as anatomy and billing.", set(), ["anatomy", "billing"]),
        ("It covers anatomy.", {"cover"}, []),
        ("Certificates from the A (AA), B (BB), and C.", {"certif"}, ["A (AA)", "B (BB)", "C"]),
        ("Made from milk, which is heated, and sugar.", {"made"}, []),
    ],
)
def test_enumerations_within_a_sentence(sentence: str, asked: set[str], items: list[str]) -> None:
    """Items stand behind a colon, "including" or a word of the question; clauses are no items."""
    assert enumerated(sentence, asked, PARAMS.lists) == items


@given(st.text(max_size=300), st.sets(st.text(max_size=5), max_size=3))
def test_any_sentence_can_be_looked_at(sentence: str, asked: set[str]) -> None:
    """Whatever the text, items are pieces of it in order."""
    at = 0
    for item in enumerated(sentence, asked, PARAMS.lists):
        at = sentence.index(item, at) + len(item)


@given(st.text(min_size=1, max_size=200).filter(lambda text: any(c.isalnum() for c in text)))
def test_any_question_can_be_asked(text: str) -> None:
    """Whatever is asked, asking for a list is recognised or not, without an error."""
    asked = asked_list(understand(text))
    assert asked is None or asked.question.content


def folded(text: str) -> str:
    """Text with white space and case folded."""
    return " ".join(text.split()).lower()


def assert_verbatim(finding: Finding, index: Index) -> None:
    """Every quote stands in its document where its span says."""
    for quote in finding.quotes:
        assert index.catalog.text(quote.document)[slice(*quote.span)] == quote.text


def test_an_item_that_answers_alone_is_quoted_alone(tmp_path: Path) -> None:
    """What its neighbours cost is not asked for; where none stands out the whole list comes, if only as nearest."""
    page = (
        "# Fines\n\nFines vary. These are common ones.\n\n* Meter out of time - $58\n* Parking in a red zone - $83\n"
        "* Turned wheels on a hill - $45\n* Blocking a bus stop - $265\n"
    )
    (tmp_path / "page.md").write_text(page, "utf-8")
    update(tmp_path / "index", [tmp_path / "page.md"])
    with open_index(tmp_path / "index") as index:
        one = ask("What is the fine for parking in a red zone?", index)
        several = ask("What do the common fines cost?", index)
    assert one.answer is not None
    assert "$83" in one.answer
    assert "$265" not in one.answer
    assert all(
        f"${fine}" in "".join(c.quote for c in (*several.citations, *several.nearest)) for fine in (58, 83, 45, 265)
    )


HOURS = """<h1>Pool rules</h1><p>The hours of the pool are:</p>
<p>A. From October through March, the pool is open from 10:00 am to 6:00 pm.</p>
<p>B. From April through September, the pool is open from 8:00 am to 9:00 pm.</p>
<p>Adopted this 4th day of June, 2015.</p>"""


def test_items_that_letters_count_are_named_by_what_they_say(tmp_path: Path) -> None:
    with opened(tmp_path, {"pool.html": HOURS}) as index:
        said = ask("What are the hours of the pool?", index).answer
    assert said is not None
    assert "From October through March" in said
    assert "From April through September" in said


def test_a_question_that_names_a_month_asks_for_the_items_about_it(tmp_path: Path) -> None:
    """It is no question for the whole list, and no date that names the month is its answer."""
    with opened(tmp_path, {"pool.html": HOURS}) as index:
        assert lists.answer(understand("What are the pool hours in June?"), Context(index, ranking)) is None
        assert "April through September" in ask("What are the pool hours in June?", index).citations[0].quote
