"""Claims that somebody else wrote: what the guides say of each sentence, and that nothing hostile stops it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from citeguide.search.conflicts.comparable_values import comparable, same
from citeguide.search.errors import UsageError
from citeguide.search.factcheck import text_check
from citeguide.search.factcheck.claimed_text import written_sentences
from citeguide.search.factcheck.text_check import CheckedSentence, check_text
from citeguide.search.store.open import Index
from citeguide.search.text.quantities import quantities
from hypothesis import given
from hypothesis import strategies as st
from indexed import opened

LIBRARY = """# Elm Street library

The library is open from 9 a.m. to 6 p.m. and closed on Mondays. A card costs $5 per year.

Readers may borrow up to 12 books for three weeks. Food is not allowed in the reading room.

| Item | Fee |
| --- | --- |
| Lost card | $4 |
| Late book | $1 |
"""
GARAGE = """# Elm Street garage

Parking costs $3 per hour. Tickets are not refundable. Bicycles can be left in the yard without paying.
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """An index of two guides."""
    with opened(tmp_path_factory.mktemp("town"), {"library.md": LIBRARY, "garage.md": GARAGE}) as index:
        yield index


def only(text: str, index: Index) -> CheckedSentence:
    """The one sentence of a text, checked."""
    (sentence,) = check_text(text, index).sentences
    return sentence


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        ("Readers may borrow up to 12 books.", "up to 12 books"),
        ("Parking costs three dollars per hour.", "$3 per hour"),
        ("A library card costs $5 per year.", "$5 per year"),
    ],
)
def test_what_a_guide_says_is_supported_by_its_quote(town: Index, claim: str, holds: str) -> None:
    """With a citation whose quote holds the words that say so."""
    found = only(claim, town)
    assert (found.verdict, found.why) == ("supported", "")
    assert found.citation is not None
    assert holds in found.citation.quote


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        ("Readers may borrow up to 30 books for three weeks.", "12, not 30"),
        ("Parking costs $9 per hour.", "$3, not $9"),
        ("Parking tickets are refundable.", ""),
        ("Food is allowed in the reading room.", ""),
    ],
)
def test_what_differs_from_a_guide_in_value_or_stance_is_contradicted(town: Index, claim: str, why: str) -> None:
    """With the quote that says otherwise, and both values where a value differs."""
    found = only(claim, town)
    assert (found.verdict, found.why) == ("contradicted", why)
    assert found.citation is not None


@pytest.mark.parametrize(
    "claim",
    ["The mayor opened the library in 1911.", "Parking is watched by cameras.", "Readers in Ohio prefer novels."],
)
def test_what_no_guide_says_is_not_in_the_guides(town: Index, claim: str) -> None:
    """Without a quote: that nothing was found makes no sentence wrong."""
    found = only(claim, town)
    assert (found.verdict, found.citation) == ("not_found", None)


def test_where_quotes_say_both_neither_is_said(monkeypatch: pytest.MonkeyPatch, town: Index) -> None:
    """One quote that supports a claim and another that denies it more surely: that is no contradiction."""
    likely = {"supported": 0.8, "contradicted": 0.9}

    def chances(comparison: object, weights: object) -> dict[str, float]:
        assert comparison
        assert weights
        return likely

    monkeypatch.setattr(text_check, "chances", chances)
    assert only("Parking costs $3 per hour.", town).verdict == "not_found"
    likely["supported"] = 0.1
    assert only("Parking costs $3 per hour.", town).verdict == "contradicted"


SWIMMING = """# Swimming hall

## Rules

Swimmers need not:

- wear a cap
- bring a lock

Swimmers must:

- shower before they swim
- leave glass bottles at home
"""


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("Swimmers in the hall must shower before they swim.", "supported"),
        ("Swimmers in the hall must wear a cap.", "contradicted"),
    ],
)
def test_an_item_is_read_with_the_line_that_leads_its_list(tmp_path: Path, claim: str, verdict: str) -> None:
    """Of two lists that follow each other each with its own."""
    with opened(tmp_path, {"hall.md": SWIMMING, "garage.md": GARAGE}) as index:
        assert only(claim, index).verdict == verdict


def test_quotes_stand_letter_for_letter_in_their_guides(town: Index) -> None:
    """A citation's span is its quote, and citations are numbered over the whole text."""
    checked = check_text("Parking costs $3 per hour. Nobody knows why.\n\n- Readers may borrow up to 12 books.", town)
    cited = [each.citation for each in checked.sentences if each.citation]
    assert [citation.n for citation in cited] == [1, 2]
    for citation in cited:
        document = next(d for d in town.catalog.documents() if d.path == citation.path)
        assert town.catalog.text(document.id)[slice(*citation.span)] == citation.quote


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Hello!", "no claim"),
        ("I hope this helps!", "no claim"),
        ("How much is a card?", "a question"),
        ("## Fees", "a heading"),
        ("Here is what I found:", "a heading"),
        ("word " * 600 + ".", "too long to be one sentence"),
    ],
)
def test_what_claims_nothing_is_skipped_with_its_reason(town: Index, text: str, why: str) -> None:
    """Greetings, questions and headings are neither true nor false."""
    found = only(text, town)
    assert (found.verdict, found.why, found.confidence) == ("skipped", why, None)


def test_sentences_stand_where_they_say() -> None:
    """A span leads to the sentence in the text that was given, without the marks of its line."""
    text = "# Title\n\nFirst one. Second **one**.\n\n- An item here\n3. Another item there"
    found = list(written_sentences(text))
    assert [text[slice(*each.span)] for each in found][1:] == [
        "First one.",
        "Second **one**.",
        "An item here",
        "Another item there",
    ]
    assert [each.text for each in found][2] == "Second one."


@pytest.mark.parametrize("text", ["", "   \n", "…", "Cats sleep. " * 501, "a" * 200_001])
def test_a_text_without_words_or_too_long_is_refused(town: Index, text: str) -> None:
    """With what to do instead."""
    with pytest.raises(UsageError) as error:
        check_text(text, town)
    assert error.value.remedy


@given(st.text(max_size=300))
def test_no_text_breaks_the_cutting(text: str) -> None:
    """Spans stand in order and never overlap, whatever is written."""
    spans = [each.span for each in written_sentences(text)]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


@pytest.mark.parametrize(
    "text",
    [
        "((((" * 400 + "pay $3",
        "| a | b |\n" * 150,
        "not " * 450,
        "1,2,3," * 300,
        "\ud800 costs $3",
        "<b>" * 300 + "5 cats",
    ],
)
def test_hostile_texts_get_verdicts(town: Index, text: str) -> None:
    """Nothing that is written stops the check."""
    assert check_text(text, town).sentences


@pytest.mark.parametrize(
    ("a", "b", "equal"),
    [
        ("two dollars", "$2", True),
        ("up to 12 minutes", "longer than 12 minutes", True),
        ("6 months", "six (6) months", True),
        ("35¢", "35 cents", True),
        ("$3", "$4", False),
        ("3 weeks", "3 books", False),
        ("between 2024 and 2034", "from 2024 to 2034", True),
    ],
)
def test_values_are_compared_by_what_they_mean(a: str, b: str, equal: bool) -> None:
    """However they are written, and whichever bound they are."""
    (mine,), (theirs,) = quantities(f"It is {a} here."), quantities(f"It is {b} here.")
    assert same(mine, theirs) is equal
    assert comparable(mine, theirs) or not equal


def test_under_thirty_may_is_no_date() -> None:
    """A month that is written small in a sentence with capitals is a verb."""
    assert [q.kind for q in quantities("People under 30 may buy it.")] == ["count"]
    assert [q.kind for q in quantities("it is due 30 may")] == ["date"]
    assert [q.kind for q in quantities("It is due on 30 May.")] == ["date"]


def test_a_guide_on_another_subject_supports_nothing(tmp_path: Path) -> None:
    """What one place's guide says is no support for a claim about another place that has a guide."""
    pools = {
        "alder.md": "# Alder pool\n\nThe pool opens at 9 a.m. Lockers cost $1.\n",
        "birch.md": "# Birch pool\n\nClubs can rent a lane for $40 per hour.\n",
    }
    with opened(tmp_path, pools) as index:
        assert only("Clubs can rent a lane in Birch for $40 per hour.", index).verdict == "supported"
        assert only("Clubs can rent a lane in Alder for $40 per hour.", index).verdict != "supported"


def test_a_guide_is_named_by_its_own_name_whatever_others_call_theirs(tmp_path: Path) -> None:
    """The claim calls a park a pool, as the titles of other guides do; the park's name says which guide is meant."""
    pools = {
        "alder.md": "# Alder pool\n\nThe pool opens at 9 a.m. Lockers cost $1.\n",
        "birch.md": "# Birch pool\n\nClubs can rent a lane for $40 per hour.\n",
        "cedar.md": "# Cedar water park\n\nChildren under 5 swim free. Dogs stay outside.\n",
    }
    with opened(tmp_path, pools) as index:
        assert only("The pool in Cedar is free for children under 5.", index).verdict == "supported"
        assert only("The pool in Alder is free for children under 5.", index).verdict != "supported"


PAY = """# Elm Street zoo

Keepers look after the animals.

Hourly pay

| Grade | Under 18 | 18 and over |
| --- | --- | --- |
| Keeper | – | $13 |
| Groom | $9 | $12 |
"""


@pytest.mark.parametrize("claim", ["Zoo keepers need to be 18 years old.", "Zoo grooms need to be 18 years old."])
def test_a_number_in_a_head_says_whom_a_cell_is_of_and_supports_nothing(tmp_path: Path, claim: str) -> None:
    """What the table tells is pay."""
    with opened(tmp_path, {"zoo.md": PAY}) as index:
        assert only(claim, index).verdict == "not_found"
