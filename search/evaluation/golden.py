"""Golden questions: questions with the answers that are expected, read from JSON Lines, and how an answer is judged.

A line is an object with ``kind`` and ``question``, what is expected under the kind's own field, and, where wanted, an
``id`` and the ``documents`` that the question is about; any other field is left alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, NoReturn

from ..errors import UsageError
from ..model import Answer, Status

SAMPLE_LINE = '{"kind": "passage", "question": "What does the exam cost?", "quote": ["$90"]}'
NEAR_EXPECTED = Decimal("0.0051")
"""How far a number may be from the expected one: half a cent, and room for binary floats."""
SLACK = 2
"""How many other numbers may stand among the expected ones, where their order does not matter."""
MAX_EXPECTED_DIGITS = 30
"""Digits that an expected number may have before its point."""


@dataclass(frozen=True, slots=True)
class Golden:
    """A question and what is expected of its answer."""

    line: int
    id: str
    kind: str
    question: str
    values: tuple[Decimal, ...] = ()
    quotes: tuple[str, ...] = ()
    sides: tuple[tuple[str, str], ...] = ()
    """File name of a guide, and what its quote must hold."""
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether an answer is right, and whether it is where any of its first three citations may carry it."""

    right: bool
    in_three: bool


def read_golden(data: bytes) -> list[Golden]:
    """Every question in the order of the file. Raises UsageError, with the line, for what is none."""
    lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    questions = [_read(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    if not questions:
        raise UsageError("there are no questions in the file", f"write one a line: {SAMPLE_LINE}")
    return questions


def judge(expected: Golden, answer: Answer) -> Judgement:
    """Hold an answer against what is expected: see the kinds in ``GOLDEN_KINDS``."""
    return GOLDEN_KINDS[expected.kind].judge(expected, answer)


# How each kind is judged


def _passage(expected: Golden, answer: Answer) -> Judgement:
    """The first quote holds every expected text, whatever the case of its letters."""
    holds = [
        answer.status != Status.NOT_FOUND and all(fold(text).lower() in quote.lower() for text in expected.quotes)
        for quote in _quotes(answer)[:3]
    ]
    return Judgement(holds[:1] == [True], any(holds))


def _list(expected: Golden, answer: Answer) -> Judgement:
    """Every expected text stands in the quotes, taken together."""
    text = " ".join(_quotes(answer)).lower()
    return _both(answer.status != Status.NOT_FOUND and all(fold(each).lower() in text for each in expected.quotes))


def _disagreement(expected: Golden, answer: Answer) -> Judgement:
    """The guides are said to disagree, and each side's text stands in a quote from its guide."""
    told = all(any(fold(text) in quote for quote in _quotes(answer, guide)) for guide, text in expected.sides)
    return _both(answer.status == Status.DISAGREEMENT and told)


def _not_found(_expected: Golden, answer: Answer) -> Judgement:
    """The question is refused."""
    return _both(answer.status == Status.NOT_FOUND)


def _ranked(expected: Golden, answer: Answer) -> Judgement:
    """The numbers begin with the expected ones, in their order."""
    got = _numbers(answer)
    return _both(len(got) >= len(expected.values) and all(map(_near, expected.values, got)))


def _exactly(expected: Golden, answer: Answer) -> Judgement:
    """The numbers are the expected ones and no others, in any order."""
    got = _numbers(answer)
    return _both(len(got) == len(expected.values) and _all_among(expected.values, got))


def _among_the_first(expected: Golden, answer: Answer) -> Judgement:
    """The expected numbers stand among the first ones, with two others at most."""
    got = _numbers(answer)
    many = len(expected.values)
    return _both(len(got) >= many and _all_among(expected.values, got[: many + SLACK]))


def fold(text: str) -> str:
    """Text with its white space folded, for comparing."""
    return " ".join(text.split())


def _quotes(answer: Answer, guide: str | None = None) -> list[str]:
    """The quotes, folded; only those from the guide of this file name, where one is given."""
    return [fold(c.quote) for c in answer.citations if guide is None or c.path.rsplit("/", 1)[-1] == guide]


def _numbers(answer: Answer) -> list[Decimal]:
    return (
        []
        if answer.status == Status.NOT_FOUND
        else [value.value for value in answer.values if isinstance(value.value, Decimal)]
    )


def _all_among(wanted: tuple[Decimal, ...], got: list[Decimal]) -> bool:
    return all(any(_near(want, each) for each in got) for want in wanted)


def _near(want: Decimal, got: Decimal) -> bool:
    return abs(want - got) <= NEAR_EXPECTED


def _both(right: bool) -> Judgement:
    return Judgement(right, right)


class GoldenField(StrEnum):
    """The field of a line that says what is expected."""

    VALUES = "values"
    QUOTE = "quote"
    QUOTE_BY_DOCUMENT = "quote_by_document"


@dataclass(frozen=True, slots=True)
class Kind:
    """How answers to a kind of question are judged, and the field that says what is expected."""

    judge: Callable[[Golden, Answer], Judgement]
    field: GoldenField | None


GOLDEN_KINDS = {
    "look-up": Kind(_among_the_first, GoldenField.VALUES),
    "lookup": Kind(_among_the_first, GoldenField.VALUES),
    "typo": Kind(_among_the_first, GoldenField.VALUES),
    "rank": Kind(_ranked, GoldenField.VALUES),
    "filter": Kind(_exactly, GoldenField.VALUES),
    "compare": Kind(_among_the_first, GoldenField.VALUES),
    "aggregate": Kind(_among_the_first, GoldenField.VALUES),
    "convert": Kind(_among_the_first, GoldenField.VALUES),
    "passage": Kind(_passage, GoldenField.QUOTE),
    "list": Kind(_list, GoldenField.QUOTE),
    "disagreement": Kind(_disagreement, GoldenField.QUOTE_BY_DOCUMENT),
    "not_found": Kind(_not_found, None),
}


# How a line is read


def _read(number: int, line: bytes) -> Golden:
    try:
        item = json.loads(line.decode("utf-8"), parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError, ArithmeticError) as error:
        reason = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else f"it is not JSON ({error})"
        raise _wrong(number, reason) from error
    return _question(number, item)


def _question(number: int, item: Any) -> Golden:
    if not isinstance(item, dict):
        raise _wrong(number, "it is not an object")
    kind = item.get("kind")
    if not isinstance(kind, str) or kind not in GOLDEN_KINDS:
        raise _wrong(number, f"'kind' is none of {', '.join(GOLDEN_KINDS)}")
    field = GOLDEN_KINDS[kind].field
    return Golden(
        line=number,
        id=_id(number, item),
        kind=kind,
        question=_one_line(number, item),
        values=_values(number, item) if field == GoldenField.VALUES else (),
        quotes=_texts(number, item, "quote") if field == GoldenField.QUOTE else (),
        sides=_sides(number, item) if field == GoldenField.QUOTE_BY_DOCUMENT else (),
        documents=_texts(number, item, "documents") if item.get("documents") else (),
    )


def _id(number: int, item: dict[str, Any]) -> str:
    """Its own id, else its line."""
    given = item.get("id")
    named = isinstance(given, str | int) and str(given).strip()
    return fold(clean_text(str(given))) if named else f"line {number}"


def _one_line(number: int, item: dict[str, Any]) -> str:
    question = item.get("question")
    if not isinstance(question, str) or not question.strip():
        raise _wrong(number, "'question' is not a text")
    return fold(clean_text(question))


def _values(number: int, item: dict[str, Any]) -> tuple[Decimal, ...]:
    values = item.get("values")
    if not isinstance(values, list) or not values or not all(_is_number(value) for value in values):
        raise _wrong(number, "'values' is not a list of numbers")
    return tuple(map(Decimal, values))


def _is_number(value: object) -> bool:
    return (
        isinstance(value, int | Decimal)
        and not isinstance(value, bool)
        and Decimal(value).adjusted() < MAX_EXPECTED_DIGITS
    )


def _texts(number: int, item: dict[str, Any], field: str) -> tuple[str, ...]:
    texts = item.get(field)
    if not isinstance(texts, list) or not texts or not all(isinstance(text, str) and text.strip() for text in texts):
        raise _wrong(number, f"'{field}' is not a list of texts")
    return tuple(map(clean_text, texts))


def _sides(number: int, item: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    sides = item.get("quote_by_document")
    if not isinstance(sides, dict) or not sides or not all(isinstance(text, str) for text in sides.values()):
        raise _wrong(number, "'quote_by_document' does not name guides and their texts")
    return tuple((clean_text(guide), clean_text(text)) for guide, text in sides.items())


def clean_text(text: str) -> str:
    """Text that can be written: half of a pair that stands alone becomes ``?``."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _wrong(number: int, reason: str) -> UsageError:
    return UsageError(f"line {number} is no question: {reason}", f"a question looks like {SAMPLE_LINE}")
