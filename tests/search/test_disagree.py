"""Contradictions between guides on what is asked: found, quoted side by side, and not seen where guides agree."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from citeguide.search import conflicts
from citeguide.search.conflicts.clauses import Statement, statements
from citeguide.search.conflicts.comparable_values import contradict
from citeguide.search.conflicts.conflict_question import ConflictQuestion, asked
from citeguide.search.conflicts.stance import stance
from citeguide.search.conflicts.topic import coverage, may_cover
from citeguide.search.context import Context
from citeguide.search.model import Finding, Passage
from citeguide.search.query.query import understand
from citeguide.search.retrieval.reranker import cut, ranking
from citeguide.search.store.open import Index, open_index
from citeguide.search.text.quantities import quantities
from hypothesis import given
from hypothesis import strategies as st
from indexed import update

CASES = Path(__file__).parents[1] / "cases"
FALSE_ALARMS = 0.005
"""Share of the questions on guides that do not contradict each other."""

CERTIFICATION = [
    "Is certification required by law in California?",
    "Do I have to be certified to work as a coder in California?",
    "Is it mandatory to hold a credential in California?",
    "Can I work as a coder without certification?",
    "Do California coders need certification?",
    "Is certification compulsory for billers?",
    "Must medical coders be certified in California?",
    "do you need to be certified in california",
    "Is certification optional?",
    "Does California mandate certification for medical coders?",
    "Can I become a medical biller in California without being certified?",
    "Am I obliged to be certified?",
]
"""What the two guides of the seeds contradict each other on, in many words."""


def cases(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CASES / name).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def seeds(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """The two real guides."""
    place = tmp_path_factory.mktemp("index")
    update(place, [shared / "seeds"])
    with open_index(place) as index:
        yield index


def found(question: str, index: Index) -> Finding | None:
    """What is found on a question."""
    asking = understand(question)
    return conflicts.answer(asking, Context(index, ranking))


@pytest.mark.parametrize("question", CERTIFICATION)
def test_the_seeds_disagree_on_certification(question: str, seeds: Index) -> None:
    """However it is asked, one guide's "legally required" stands beside the other's "does not require"."""
    finding = found(question, seeds)
    assert finding is not None
    quoted = {seeds.catalog.document(quote.document).path: quote.text for quote in finding.quotes}
    assert "legally required" in quoted["000_c892d1600849e27d.txt"]
    assert "does not require" in quoted["002_d1de611496ce21c2.txt"]


def test_the_finding_names_its_sides_quotes_and_dates(seeds: Index) -> None:
    """Sides point at quotes that stand where their spans say; every source's date, or that it gives none, is noted."""
    finding = found(CERTIFICATION[0], seeds)
    assert finding is not None
    assert finding.status == "disagreement"
    assert {side.stance for side in finding.disagreements[0].sides} == {"required", "not required"}
    assert sorted(n for side in finding.disagreements[0].sides for n in side.citations) == [1, 2]
    assert len(finding.notes) == 2
    assert all("gives no date" in note for note in finding.notes)
    for quote in finding.quotes:
        assert seeds.catalog.text(quote.document)[slice(*quote.span)] == quote.text


def test_no_other_golden_question_raises_an_alarm(shared: Path, seeds: Index) -> None:
    """The seeds contradict each other on nothing else that the golden questions ask."""
    golden = [json.loads(line) for line in (shared / "golden" / "seeds.jsonl").read_text(encoding="utf-8").splitlines()]
    alarms = [c["id"] for c in golden if c["kind"] != "disagreement" and found(c["question"], seeds)]
    assert alarms == []


def test_encyclopedia_articles_raise_hardly_any_alarm(shared: Path, tmp_path: Path) -> None:
    """Of every fifth question on articles that do not contradict each other, next to none raises an alarm."""
    folder = shared / "data" / "xquad"
    update(tmp_path, [folder / "docs"])
    lines = (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()[::5]
    with open_index(tmp_path) as index:
        alarms = [case["question"] for case in map(json.loads, lines) if found(case["question"], index)]
    assert len(alarms) < FALSE_ALARMS * len(lines), alarms


def said(text: str, what: ConflictQuestion) -> list[Statement]:
    """The statements of a text."""
    passage = Passage(1, 1, "text", (), (0, len(text)), (1, 1), text)
    return list(statements(passage, frozenset(term.stem for term in cut(text)), conflicts.telling(what)))


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Do I need a permit?", "You need a permit.", 1),
        ("Do I need a permit?", "A permit is not needed.", -1),
        ("Do I need a permit?", "No permit is required.", -1),
        ("Do I need a permit?", "You need not have a permit.", -1),
        ("Do I need a permit?", "It is not true that no permit is required.", 1),
        ("Do I need a permit?", "You can do it without a permit.", -1),
        ("Do I need a permit?", "You cannot do it without a permit.", 1),
        ("Do I need a permit?", "You may need a permit.", 0),
        ("Do I need a permit?", "Some cities require a permit.", 0),
        ("Do I need a permit?", "If you stay longer, you need a permit.", 0),
        ("Do I need a permit?", "Students who live here need a permit.", 0),
        ("Is certification required?", "Employers require certification.", 0),
        ("Is certification required?", "You need two years of work for certification.", 0),
        ("Is certification required?", "You must pass a test for certification.", 1),
        ("Are dogs allowed?", "Dogs are allowed.", 1),
        ("Are dogs allowed?", "Dogs are banned.", -1),
        ("Are dogs allowed?", "Dogs must not come in.", -1),
        ("Are dogs allowed?", "Dogs are not prohibited.", 1),
        ("Is entry free?", "Entry is free.", 1),
        ("Is entry free?", "There is no charge for entry.", 1),
        ("Is entry free?", "There is a charge for entry.", -1),
    ],
)
def test_the_stance_of_a_sentence(question: str, sentence: str, expected: int) -> None:
    """Denials turn a stance round, twice denied stands; hedges, conditions and other people's wishes are no stance."""
    what = asked(understand(question))
    assert what is not None
    assert what.scale is not None
    found = [stance(statement, what.topic, what.scale) for statement in said(sentence, what)]
    assert max(found, key=abs, default=0) == expected


@pytest.mark.parametrize(
    ("sentence", "kind", "low", "high"),
    [
        ("It takes 12 months or less.", "duration", 0.0, 12 * 730.5),
        ("It takes four to six weeks.", "duration", 4 * 168.0, 6 * 168.0),
        ("It takes an hour and a half.", "duration", 1.5, 1.5),
        ("It costs $1,250.50 in all.", "money", 1250.5, 1250.5),
        ("It grew by 7.5 percent.", "percent", 7.5, 7.5),
        ("It opens at 8:30 pm.", "clock", 20.5, 20.5),
        ("You must be at least 18 years old.", "age", 18.0, float("inf")),
        ("There are forty-five questions.", "count", 45.0, 45.0),
        ("It has 2 million readers.", "count", 2e6, 2e6),
        ("It is 3 km away.", "length", 3000.0, 3000.0),
    ],
)
def test_the_quantity_of_a_sentence(sentence: str, kind: str, low: float, high: float) -> None:
    """Figures and number words are read with their units and bounds, in hours, metres, or as they stand."""
    (quantity,) = quantities(sentence)
    assert quantity.kind == kind
    assert (quantity.low, quantity.high) == pytest.approx((low, high))


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("9 months", "12 months", True),
        ("less than 9 months", "12 months or less", False),
        ("9 months", "12 months or less", False),
        ("one year", "12 months", False),
        ("about 50,000 people", "49,870 people", False),
        ("$40", "€40", False),
        ("$30 an hour", "$62,400 a year", False),
        ("9 am", "10 am", True),
        ("31 March", "30 June", True),
        ("4 weeks", "4 questions", False),
    ],
)
def test_when_figures_contradict(one: str, other: str, apart: bool) -> None:
    """Figures of one kind contradict each other where their ranges do not touch; the order does not matter."""
    (a,), (b,) = quantities(f"It is {one}."), quantities(f"It is {other}.")
    assert contradict(a, b, bounding=False) is apart
    assert contradict(b, a, bounding=False) is apart


def test_a_bound_that_is_asked_for_must_be_the_same() -> None:
    """At least 18 and at least 21 contradict each other only where the bound itself is asked for."""
    (a,), (b,) = quantities("You must be at least 18 years old."), quantities("You must be at least 21 years old.")
    assert contradict(a, b, bounding=True)
    assert not contradict(a, b, bounding=False)


@given(st.text(max_size=300))
def test_any_text_has_quantities_that_stand_in_it(text: str) -> None:
    """Whatever the text, quantities are read without an error, lie within it and are ranges."""
    for quantity in quantities(text):
        assert 0 <= quantity.span[0] < quantity.span[1] <= len(text)
        assert quantity.low <= quantity.high


@given(
    st.text(max_size=300),
    st.sampled_from(["Do I need a permit?", "Is entry free?", "How long is the tour?", "Can I park?"]),
)
def test_any_text_takes_a_stance_or_none(text: str, question: str) -> None:
    """Whatever the text, each of its statements takes a stance or none."""
    what = asked(understand(question))
    assert what is not None
    for statement in said(text, what):
        assert what.scale is None or stance(statement, what.topic, what.scale) in (-1, 0, 1)


def test_a_word_that_is_nothing_but_a_denying_beginning_is_read(tmp_path: Path) -> None:
    """The abbreviation "UN" leaves nothing behind its "un"."""
    for name, kind in (("a.md", "must"), ("b.md", "need not")):
        (tmp_path / name).write_text(f"# UN volunteers\n\nUN volunteers {kind} pass a medical test.\n", "utf-8")
    update(tmp_path / "index", [tmp_path])
    with open_index(tmp_path / "index") as index:
        finding = conflicts.answer(understand("Must UN volunteers pass a medical test?"), Context(index, ranking))
    assert finding is not None
    assert finding.status == "disagreement"


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("Boats are lent for 3 days.", True),
        ("Boats in Salem are lent for 3 days.", True),
        ("Unlent boats of Salem rot in 3 days.", True),
        ("Salem has a hall of 3 rooms.", False),
        ("Boats are lent for 3 days in Dover.", False),
    ],
)
def test_passages_are_left_out_that_no_statement_covers_the_topic_of(text: str, may: bool) -> None:
    """What is left out covers too little; a passage that lacks the place is about another one."""
    what = asked(understand("How long are boats lent in Salem?"))
    assert what is not None
    above = frozenset({"salem"}) if text.startswith(("Boats are lent for 3 days.", "Unlent")) else frozenset[str]()
    around = above | {term.stem for term in cut(text)}
    assert may_cover(what.topic, cut(text), around, 0.75) is may
    found = [coverage(what.topic, each._replace(around=around)) for each in said(text, what)]
    assert may or max(found, default=0.0) < 0.75
