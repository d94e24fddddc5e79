"""Golden questions: how a line is read, what is refused, and how answers are judged."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest
from citeguide.search.errors import UsageError
from citeguide.search.evaluation.golden import GOLDEN_KINDS, Golden, Judgement, judge, read_golden
from citeguide.search.model import Answer, Citation, Value
from citeguide.search.output.answer_json import to_json
from hypothesis import given
from hypothesis import strategies as st

RIGHT, WRONG, LATER = Judgement(True, True), Judgement(False, False), Judgement(False, True)
PASSAGE = {"kind": "passage", "question": "What does the exam cost?", "quote": ["$90"]}


def one(**fields: Any) -> Golden:
    """The question that an object holds."""
    return read_golden(json.dumps(fields).encode())[0]


def answer(*quotes: str, values: tuple[str, ...] = (), status: Any = "answered", path: str = "a.txt") -> Answer:
    """An answer with these quotes and numbers."""
    cited = tuple(
        Citation(f"0000000{n}-0-1", n, "A", path, (), None, (1, 1), (0, len(q)), q, "ab")
        for n, q in enumerate(quotes, start=1)
    )
    numbers = tuple(Value(Decimal(value), "USD/hour", "median", "x", False, None) for value in values)
    return Answer("q", status, "a", values=numbers, citations=cited)


def test_each_field_of_a_line_is_read() -> None:
    """Numbers are exact, white space in a question is folded, and what the form does not know is left alone."""
    line = (
        '{"id": "R1", "kind": "rank", "question": " top\\n2  areas ", "values": [27.19, 25], "rows": ["x"],'
        ' "documents": ["a.txt"]}'
    )
    assert read_golden(line.encode()) == [
        Golden(1, "R1", "rank", "top 2 areas", values=(Decimal("27.19"), Decimal(25)), documents=("a.txt",))
    ]


def test_a_question_without_an_id_goes_by_its_line() -> None:
    """Blank lines, a byte-order mark and Windows line breaks count as lines and are nothing else."""
    line = json.dumps(PASSAGE)
    read = read_golden(f"\ufeff{line}\r\n\r\n{line}\r\n".encode())
    assert [(each.line, each.id, each.quotes) for each in read] == [(1, "line 1", ("$90",)), (3, "line 3", ("$90",))]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "is not JSON"),
        (b"\xff\xfe{", "is not UTF-8"),
        (b"[]", "is not an object"),
        (b'"text"', "is not an object"),
        (b"[" * 100_000, "is not JSON"),
        (b'{"question": "q"}', "'kind' is none of look-up"),
        (b'{"kind": ["rank"], "question": "q"}', "'kind' is none of look-up"),
        (b'{"kind": "ranks", "question": "q"}', "'kind' is none of look-up"),
        (b'{"kind": "not_found"}', "'question' is not a text"),
        (b'{"kind": "not_found", "question": "  "}', "'question' is not a text"),
        (b'{"kind": "not_found", "question": 7}', "'question' is not a text"),
        (b'{"kind": "rank", "question": "q"}', "'values' is not a list of numbers"),
        (b'{"kind": "rank", "question": "q", "values": []}', "'values' is not a list of numbers"),
        (b'{"kind": "rank", "question": "q", "values": [true]}', "'values' is not a list of numbers"),
        (b'{"kind": "rank", "question": "q", "values": ["1"]}', "'values' is not a list of numbers"),
        (b'{"kind": "rank", "question": "q", "values": [1e400]}', "'values' is not a list of numbers"),
        (b'{"kind": "rank", "question": "q", "values": [NaN]}', "is not JSON (NaN is no number)"),
        (b'{"kind": "rank", "question": "q", "values": [1e99999999999999999999]}', ""),
        (b'{"kind": "rank", "question": "q", "values": [' + b"9" * 5000 + b"]}", ""),
        (b'{"kind": "passage", "question": "q", "quote": "text"}', "'quote' is not a list of texts"),
        (b'{"kind": "list", "question": "q", "quote": [""]}', "'quote' is not a list of texts"),
        (b'{"kind": "not_found", "question": "q", "documents": "a.txt"}', "'documents' is not a list of texts"),
        (b'{"kind": "disagreement", "question": "q"}', "'quote_by_document' does not name"),
        (b'{"kind": "disagreement", "question": "q", "quote_by_document": {"a.txt": 1}}', "'quote_by_document' does"),
    ],
)
def test_what_is_no_question_is_named_by_its_line(line: bytes, reason: str) -> None:
    """One line says where it stands, what is wrong with it, and what a question looks like."""
    with pytest.raises(UsageError) as caught:
        read_golden(json.dumps(PASSAGE).encode() + b"\n\n" + line)
    assert caught.value.message.startswith("line 3 is no question: ")
    assert reason in caught.value.message
    assert '{"kind": "passage"' in caught.value.remedy


@pytest.mark.parametrize("data", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    """Nothing to ask is an error, not a perfect score."""
    with pytest.raises(UsageError, match="no questions"):
        read_golden(data)


@given(st.lists(st.one_of(st.binary(max_size=60), st.just(json.dumps(PASSAGE).encode())), max_size=5))
def test_any_bytes_are_questions_or_an_error_of_ours(lines: list[bytes]) -> None:
    """Whatever the file holds, reading it ends in questions or in a UsageError."""
    try:
        read = read_golden(b"\n".join(lines))
    except UsageError:
        return
    assert all(each.kind in GOLDEN_KINDS for each in read)


@given(
    st.dictionaries(
        st.sampled_from(["id", "kind", "question", "values", "quote", "quote_by_document", "documents"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from(sorted(GOLDEN_KINDS)),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
            max_leaves=6,
        ),
    )
)
def test_any_object_is_a_question_or_an_error_of_ours(item: dict[str, Any]) -> None:
    """Fields of any type are either what is expected or refused; a question's texts can always be written."""
    try:
        read = read_golden(json.dumps(item).encode())[0]
    except UsageError:
        return
    assert "".join([read.id, read.question, *read.quotes, *read.documents]).encode("utf-8")


@pytest.mark.parametrize(
    ("quotes", "verdict"),
    [
        (("The exam\n costs  $90 today.",), RIGHT),
        (("THE EXAM costs $90.",), RIGHT),
        (("Bring a pen.", "And paper.", "The exam costs $90."), LATER),
        (("Bring a pen.", "And paper.", "Or both.", "The exam costs $90."), WRONG),
        (("The exam", "costs $90."), WRONG),
        ((), WRONG),
    ],
)
def test_a_passage_is_right_by_one_quote_that_holds_all(quotes: tuple[str, ...], verdict: Judgement) -> None:
    """Case and white space aside, every text stands in the first quote; or in one of the first three."""
    golden = one(kind="passage", question="q", quote=["the exam costs", "$90"])
    assert judge(golden, answer(*quotes)) == verdict


def test_a_list_is_right_by_its_quotes_together() -> None:
    """The items may come from several quotes; one that is missing makes it wrong."""
    golden = one(kind="list", question="q", quote=["AAPC", "ahima"])
    assert judge(golden, answer("• AAPC", "• AHIMA")) == RIGHT
    assert judge(golden, answer("• AAPC", "• NHA")) == WRONG


@pytest.mark.parametrize(
    ("kind", "wanted", "got", "verdict"),
    [
        ("look-up", [16.69], ("16.69",), RIGHT),
        ("look-up", [18.3], ("16.695", "20", "18.29"), WRONG),
        ("look-up", [16.69], (), WRONG),
        ("compare", [16.69, 18.29], ("18.29", "16.69", "1.60"), RIGHT),
        ("compare", [16.69, 18.29], ("1", "2", "16.69", "18.29"), RIGHT),
        ("compare", [16.69, 18.29], ("1", "2", "3", "16.69", "18.29"), WRONG),
        ("compare", [16.69, 18.29], ("16.69",), WRONG),
        ("rank", [16.69, 18.29], ("16.69", "18.29", "20"), RIGHT),
        ("rank", [16.69, 18.29], ("18.29", "16.69"), WRONG),
        ("rank", [16.69, 18.29], ("16.69",), WRONG),
        ("filter", [16.69, 18.29], ("18.29", "16.69"), RIGHT),
        ("filter", [16.69, 18.29], ("18.29", "16.69", "20"), WRONG),
        ("filter", [16.69, 18.29], ("16.69", "16.69"), WRONG),
        ("filter", [16.69, 18.29], ("16.694", "18.286"), RIGHT),
        ("filter", [16.69, 18.29], ("16.70", "18.29"), WRONG),
    ],
)
def test_numbers_are_judged_by_kind(kind: str, wanted: list[float], got: tuple[str, ...], verdict: Judgement) -> None:
    """In order for a ranking, no others for a filter, among the first ones elsewhere; half a cent is near enough."""
    assert judge(one(kind=kind, question="q", values=wanted), answer(values=got)) == verdict


def test_a_disagreement_needs_each_side_from_its_guide() -> None:
    """The status alone is not enough, nor is a quote from another guide."""
    golden = one(kind="disagreement", question="q", quote_by_document={"a.txt": "is required"})
    assert judge(golden, answer("It is required.", status="disagreement", path="folder/a.txt")) == RIGHT
    assert judge(golden, answer("It is required.", status="disagreement", path="b.txt")) == WRONG
    assert judge(golden, answer("It is required.", status="answered")) == WRONG


@pytest.mark.parametrize("kind", sorted(GOLDEN_KINDS))
def test_a_refusal_is_right_only_where_nothing_is_covered(kind: str) -> None:
    """For every other kind a refusal is wrong, whatever else the answer carries."""
    golden = one(kind=kind, question="q", values=[1], quote=["x"], quote_by_document={"a.txt": "x"})
    assert judge(golden, answer("x", values=("1",), status="not_found")) == (RIGHT if kind == "not_found" else WRONG)


NUMBERS = st.sampled_from(["1", "16.69", "16.694", "16.70", "18.29", "25.4"])
TEXTS = st.sampled_from(["the exam", "The Exam", "costs  $90", "AAPC", "is required", "the exam\ncosts $90", "x"])
ANSWERS = st.builds(
    answer,
    status=st.sampled_from(["answered", "disagreement", "not_found"]),
    values=st.lists(NUMBERS, max_size=5).map(tuple),
    path=st.sampled_from(["a.txt", "folder/b.md"]),
) | st.lists(TEXTS, max_size=4).flatmap(
    lambda quotes: st.builds(
        lambda status, path: answer(*quotes, status=status, path=path),
        st.sampled_from(["answered", "disagreement", "not_found"]),
        st.sampled_from(["a.txt", "folder/a.txt", "b.md"]),
    )
)
QUESTIONS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(sorted(GOLDEN_KINDS)),
        "question": st.just("q"),
        "values": st.lists(NUMBERS.map(float), min_size=1, max_size=3),
        "quote": st.lists(TEXTS, min_size=1, max_size=2),
        "quote_by_document": st.dictionaries(st.sampled_from(["a.txt", "b.md"]), TEXTS, min_size=1),
    }
)


Judge = Callable[[dict[str, Any], dict[str, Any]], tuple[bool, bool]]


@pytest.fixture(scope="module")
def score(shared: Path) -> Judge:
    """The judge of the program that scores answers independently of this one."""
    judge_there: Judge = run_path(str(shared / "golden" / "score"))["judge"]
    return judge_there


def test_judging_agrees_with_the_scoring_program(score: Judge) -> None:
    """Over arbitrary questions and answers, the two give the same verdict."""

    @given(QUESTIONS, ANSWERS)
    def holds(row: dict[str, Any], given_answer: Answer) -> None:
        verdict = judge(one(**row), given_answer)
        assert (verdict.right, verdict.in_three) == score(row, to_json(given_answer))

    holds()
