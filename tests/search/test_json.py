"""The contract's JSON: every field as promised, nothing lost on the way back, nothing foreign taken in."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from citeguide.search.errors import UsageError
from citeguide.search.evaluation.saved_answers import read_answers
from citeguide.search.model import (
    Answer,
    Asked,
    Choice,
    Citation,
    Disagreement,
    DrawnText,
    Piece,
    Receipt,
    Side,
    Stage,
    Status,
    Value,
)
from citeguide.search.output.answer_json import error_to_json, from_json, number, to_json
from citeguide.search.output.seal import seal
from hypothesis import given
from hypothesis import strategies as st

FRESNO = Answer(
    question="What is the median hourly wage in Fresno?",
    status=Status.ANSWERED,
    answer="Fresno, CA MSA: median $16.69 per hour.",
    values=(Value(Decimal("16.69"), "USD/hour", "median", "Fresno, CA MSA", False, 1),),
    table=Receipt("look-up", "Wages", ("Location", "Median"), (("Fresno, CA MSA", "$16.69"),), 29, 1, 0, None),
    citations=(
        Citation(
            "0123abcd-9310-9349", 1, "Guide", "guide.txt", ("Pay",), None, (120, 120), (9310, 9349), "q", "ab" * 32
        ),
    ),
    notes=("an old figure",),
    generation=3,
    engine="whoosh",
    took_ms=4.1,
    confidence=0.9,
    choices=(Choice("the year 2019", Decimal("16.5"), 1),),
    reading="row where Location is Fresno",
    asked=Asked(("wages/*",), 5, "a model"),
)

FRESNO_JSON: dict[str, Any] = {
    "question": "What is the median hourly wage in Fresno?",
    "status": "answered",
    "answer": "Fresno, CA MSA: median $16.69 per hour.",
    "values": [
        {
            "value": 16.69,
            "unit": "USD/hour",
            "measure": "median",
            "label": "Fresno, CA MSA",
            "computed": False,
            "citation": 1,
            "period": None,
        }
    ],
    "table": {
        "operation": "look-up",
        "title": "Wages",
        "columns": ["Location", "Median"],
        "rows": [["Fresno, CA MSA", "$16.69"]],
        "scanned": 29,
        "matched": 1,
        "skipped": 0,
        "formula": None,
    },
    "disagreements": [],
    "citations": [
        {
            "id": "0123abcd-9310-9349",
            "n": 1,
            "document": "Guide",
            "path": "guide.txt",
            "section": ["Pay"],
            "page": None,
            "printed_page": None,
            "lines": [120, 120],
            "span": [9310, 9349],
            "quote": "q",
            "shown": "q",
            "sha256": "ab" * 32,
            "address": None,
            "fetched": None,
            "chosen_by": None,
            "ocr": False,
        }
    ],
    "missing": [],
    "suggestions": [],
    "notes": ["an old figure"],
    "confidence": 0.9,
    "nearest": [],
    "choices": [{"reading": "the year 2019", "value": 16.5, "unit": None, "citation": 1}],
    "reading": "row where Location is Fresno",
    "asked": {"documents": ["wages/*"], "k": 5, "chooser": "a model"},
    "index": {"generation": 3, "engine": "whoosh"},
    "took_ms": 4.1,
}
FRESNO_JSON["seal"] = seal(FRESNO_JSON)

words = st.text(max_size=20)
counts = st.integers(0, 10**9)
pairs = st.tuples(counts, counts)
decimals = st.decimals(-(10**9), 10**9, places=2)
answers = st.builds(
    Answer,
    question=words,
    status=st.sampled_from(["answered", "disagreement", "not_found"]),
    answer=st.none() | words,
    values=st.lists(
        st.builds(
            Value,
            decimals | words,
            st.none() | words,
            st.none() | words,
            words,
            st.booleans(),
            st.none() | st.integers(1, 99),
            st.none() | words,
        ),
        max_size=3,
    ).map(tuple),
    table=st.none()
    | st.builds(
        Receipt,
        words,
        words,
        st.tuples(words, words),
        st.lists(st.tuples(words, words), max_size=2).map(tuple),
        counts,
        counts,
        counts,
        st.none() | words,
    ),
    disagreements=st.lists(
        st.builds(
            Disagreement, words, st.lists(st.builds(Side, words, st.tuples(counts)), min_size=2, max_size=2).map(tuple)
        ),
        max_size=1,
    ).map(tuple),
    citations=st.lists(
        st.builds(
            Citation,
            *(words, counts, words, words, st.tuples(words), st.none() | counts, pairs, pairs, words, words),
            drawn=st.just(()) | words.filter(bool).map(lambda shown: (DrawnText((Piece(f"{shown} shown"),)),)),
            chosen_by=st.none() | words,
            printed=st.none() | words,
        ),
        max_size=2,
    ).map(tuple),
    missing=st.lists(words, max_size=2).map(tuple),
    suggestions=st.lists(words, max_size=2).map(tuple),
    notes=st.lists(words, max_size=2).map(tuple),
    generation=counts,
    engine=words,
    took_ms=st.floats(0, 1e6),
    confidence=st.none() | st.floats(0, 1),
    nearest=st.just(()),
    choices=st.lists(st.builds(Choice, words, decimals | words | st.none(), st.none() | counts), max_size=2).map(tuple),
    reading=st.none() | words,
    asked=st.builds(Asked, st.lists(words, max_size=2).map(tuple), counts, st.none() | words),
    seal=st.none(),
    explain=st.none()
    | st.lists(
        st.builds(
            Stage, words, words, st.dictionaries(words, st.floats(-1, 1), max_size=2).map(lambda each: (*each.items(),))
        ),
        max_size=2,
    ).map(tuple),
)


def test_an_answer_has_every_field_of_the_contract_in_its_form() -> None:
    """The contract's example, field by field and in its order."""
    assert to_json(FRESNO) == FRESNO_JSON
    assert list(to_json(FRESNO)) == list(FRESNO_JSON)


@given(answers)
def test_an_answer_survives_being_saved(answer: Answer) -> None:
    """What is written as a line of JSON reads back as the same answer, exact numbers included."""
    line = json.dumps(to_json(answer), ensure_ascii=False)
    assert [read._replace(seal=None) for read in read_answers(line.encode())] == [answer]


@pytest.mark.parametrize(("decimal", "written"), [("24.00", "24"), ("16.69", "16.69"), ("0.1", "0.1"), ("-3", "-3")])
def test_numbers_are_written_as_people_write_them(decimal: str, written: str) -> None:
    """A whole number has no fraction, a fraction keeps its digits."""
    assert json.dumps(number(Decimal(decimal))) == written


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("status",), "maybe", "'status' is not one of answered, disagreement, not_found"),
        (("question",), None, "'question' is not text"),
        (("citations",), {}, "'citations' is not a list"),
        (("citations", 0), "guide.txt", "'citations' is not an object"),
        (("citations", 0, "span"), [1], "'span' is not two whole numbers"),
        (("citations", 0, "span"), [1, -2], "'number' is not a whole number"),
        (("citations", 0, "page"), True, "'page' is not a whole number"),
        (("values", 0, "value"), [16.69], "'value' is not a number"),
        (("values", 0, "value"), float("nan"), "'value' is not a finite number"),
        (("notes", 0), 5, "'list' is not text"),
    ],
)
def test_a_foreign_shape_is_refused_by_the_fields_name(
    path: tuple[str | int, ...], value: object, message: str
) -> None:
    """Saved answers come from anywhere: what is not of the contract's form is named."""
    data = json.loads(json.dumps(FRESNO_JSON))
    place: Any = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(UsageError, match=message):
        from_json(data)


def test_an_error_has_the_one_shape() -> None:
    """Code, message and remedy, under ``error``."""
    shape = {"error": {"code": "usage", "message": "no words", "remedy": "use words"}}
    assert error_to_json(UsageError("no words", "use words")) == shape


@pytest.mark.parametrize(
    "form",
    ["{0}", "{0}\n{0}\n", "\n{0}\n\n{0}", "[{0}, {0}]", "\ufeff{0}\n"],
    ids=["one", "lines", "gaps", "array", "mark"],
)
def test_saved_answers_may_be_lines_an_array_or_one_object(form: str) -> None:
    """The three forms that people save, blank lines and a byte-order mark aside."""
    text = form.replace("{0}", json.dumps(FRESNO_JSON))
    found = read_answers(text.encode())
    assert [read._replace(seal=None) for read in found] == [FRESNO] * form.count("{0}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "there are no answers"),
        ("[]", "there are no answers"),
        (json.dumps(FRESNO_JSON) + "\nnonsense", "line 2 is not JSON"),
        (json.dumps(FRESNO_JSON) + "\n[]", "line 2: 'answer' is not an object"),
        ("[" * 100_000, "line 1 is not JSON"),
        ('{"took_ms": 1e99999999999999999999}', "line 1 is not JSON"),
        ("[5]", "answer 1: 'answer' is not an object"),
    ],
)
def test_what_is_no_answer_is_named_with_its_place(text: str, message: str) -> None:
    """The line or the number of the answer stands in the message; nothing crashes."""
    with pytest.raises(UsageError, match=message):
        read_answers(text.encode())


def test_a_field_that_stands_twice_is_refused() -> None:
    """Which of them is meant differs from program to program, and so would what was sealed."""
    line = json.dumps(to_json(FRESNO)).replace('"status"', '"answer": "Fresno: $99.", "status"', 1)
    with pytest.raises(UsageError, match="stands twice"):
        read_answers(line.encode())
