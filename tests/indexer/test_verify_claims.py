"""Verify proves what an answer says: whatever is altered or forged is flagged, and nothing that is true."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from citeguide.indexer.update import update
from citeguide.indexer.verification.reckoning import equations
from citeguide.indexer.verification.verify import verify
from citeguide.search import ask, open_index
from citeguide.search.errors import UsageError
from citeguide.search.evaluation.saved_answers import read_answers
from citeguide.search.output.answer_json import to_json
from citeguide.search.output.seal import seal

PAY = """# Pay of beekeepers

The pay of beekeepers by county, in dollars per hour.

| County | Low | Median | High |
|---|---|---|---|
| Marin | $12.10 | $18.40 | $27.00 |
| Napa | $11.90 | $17.20 | $25.50 |
| Yolo | $10.80 | $16.00 | $24.10 |
| Kern | $10.20 | $15.10 | $22.30 |

# Rules

A beekeeper must register every hive with the county before the first of March. A licence costs $45 a year.
"""
QUESTIONS = [
    "What is the median pay in Napa?",
    "What is the annual median pay of beekeepers in Yolo?",
    "Which county has the highest median pay?",
    "What is the average median pay over all counties?",
    "How many counties have a median above $16.50?",
    "What is the difference between high and low in Kern?",
    "When must a beekeeper register every hive?",
    "How much does a licence cost?",
]
Json = dict[str, Any]


@pytest.fixture(scope="module")
def guides(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("guides")
    (folder / "pay.md").write_text(PAY, "utf-8")
    return folder


@pytest.fixture(scope="module")
def true(guides: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Json]:
    """What is really answered, as it is saved."""
    index = tmp_path_factory.mktemp("index")
    update(index, [guides])
    with open_index(index) as opened:
        found = [json.loads(json.dumps(to_json(ask(question, opened)))) for question in QUESTIONS]
    assert sum(answer["status"] == "answered" for answer in found) >= 6
    assert any(value["computed"] for answer in found for value in answer["values"])
    return found


def flagged(answers: list[Json], guides: Path) -> set[int]:
    """The places, from 0, of the answers that verify finds fault with."""
    saved = read_answers("\n".join(map(json.dumps, answers)).encode())
    outcome = verify(saved, [guides])
    wrong = (*outcome.problems, *outcome.unfounded, *outcome.unproved)
    assert outcome.is_sound == (not wrong)
    return {each.answer - 1 for each in wrong}  # type: ignore[attr-defined]


def forged(answer: Json, /, **fields: object) -> Json:
    """An answer with other fields, sealed anew as a forger would."""
    made = deepcopy(answer) | fields
    return made | {"seal": seal(made)}


def test_no_true_answer_is_flagged(true: list[Json], guides: Path) -> None:
    assert flagged(true, guides) == set()
    unsealed = [{name: value for name, value in answer.items() if name != "seal"} for answer in true]
    assert flagged(unsealed, guides) == set()


def test_any_altered_field_is_flagged(true: list[Json], guides: Path) -> None:
    """One leaf of the object after the other says something else; how long it took is no part of what it says."""
    rng = random.Random(5)  # noqa: S311 - fields to alter, no secrets
    paths = [(answer, path) for answer in true for path in leaves(answer) if path[0] not in ("took_ms", "seal")]
    read = [made for made in (other(*each, rng) for each in paths) if is_readable(made)]
    assert len(read) > 150
    assert flagged(read, guides) == set(range(len(read)))


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for name, each in items:
            yield from leaves(each, (*path, name))
    else:
        yield path


def other(answer: Json, path: tuple[str | int, ...], rng: random.Random) -> Json:
    made: Any = deepcopy(answer)
    at = made
    for name in path[:-1]:
        at = at[name]
    before = at[path[-1]]
    if isinstance(before, bool) or before is None:
        at[path[-1]] = not before or None
        if before is None:
            at[path[-1]] = "x"
    elif isinstance(before, str):
        place = rng.randrange(len(before)) if before else 0
        at[path[-1]] = f"{before[:place]}{'q' if before[place : place + 1] != 'q' else 'k'}{before[place + 1 :]}"
    else:
        at[path[-1]] = before + 1
    result: Json = made
    return result


def is_readable(answer: Json) -> bool:
    try:
        read_answers(json.dumps(answer).encode())
    except UsageError:
        return False
    return True


def test_forged_words_are_flagged_though_they_are_sealed(true: list[Json], guides: Path) -> None:
    """A word changed, put in or left out of an answer in prose, and one of a table's that stands nowhere."""
    made = []
    for answer in true:
        text = answer["answer"] or ""
        words = text.split()
        if answer["table"] is None and len(words) > 6:
            made += [forged(answer, answer=" ".join(words[:3] + words[4:])), forged(answer, answer=f"Never: {text}")]
        elif answer["table"]:
            made += [forged(answer, answer=text.replace("median", "guaranteed", 1) + " Guaranteed.")]
    assert len(made) >= 6
    assert flagged(made, guides) == set(range(len(made)))


def test_forged_numbers_are_flagged_though_they_are_sealed(true: list[Json], guides: Path) -> None:
    """In the text, in the values, computed or quoted, in the formula and in the receipt."""
    made = []
    for answer in true:
        if answer["table"] is None:
            continue
        values, table = answer["values"], answer["table"]
        made += [
            forged(answer, answer=f"{answer['answer']} $777.77"),
            forged(answer, values=[{**values[0], "value": 777.77}, *values[1:]]),
            forged(answer, table={**table, "scanned": table["scanned"] + 1}),
            forged(answer, table={**table, "formula": "$1.00 + $1.00 = $3.00"}),
            forged(answer, table={**table, "rows": [["Marin", "$1", "$2", "$3"]]}),
            forged(answer, table={**table, "title": "Another table"}),
        ]
    assert len(made) >= 30
    assert flagged(made, guides) == set(range(len(made)))


def test_forged_places_are_flagged_though_they_are_sealed(true: list[Json], guides: Path) -> None:
    """A citation's id, lines, title, section and hash are held against the guide as well as its quote."""
    first = next(answer for answer in true if answer["citations"])
    cited = first["citations"][0]
    changes: list[Json] = [
        {"id": "0" * 8 + cited["id"][8:]}, {"lines": [1, 1]}, {"document": "Another"}, {"section": ["Nowhere"]},
        {"sha256": "0" * 64}, {"page": 4}, {"printed_page": "iv"}, {"n": 7},
    ]  # fmt: skip
    made = [forged(first, citations=[{**cited, **change}, *first["citations"][1:]]) for change in changes]
    assert flagged(made, guides) == set(range(len(made)))


def test_a_forged_drawing_is_flagged_though_it_is_sealed(true: list[Json], guides: Path) -> None:
    """How a quote is seen is drawn anew: of a row of a table with its heads, of prose without its marks."""
    citing = [answer for answer in true if answer["citations"]]
    row = next(answer for answer in citing if "County: Napa" in answer["citations"][0]["shown"])
    prose = next(answer for answer in citing if "register" in answer["citations"][0]["shown"])
    made = []
    for answer, was, says in ((row, "$17.20", "$99.20"), (row, "Median", "Low"), (prose, "must", "need not")):
        cited = answer["citations"][0]
        assert was in cited["shown"]
        changed = {**cited, "shown": cited["shown"].replace(was, says)}
        made.append(forged(answer, citations=[changed, *answer["citations"][1:]]))
    assert flagged(made, guides) == set(range(len(made)))


def test_an_answer_from_before_quotes_were_drawn_is_no_forgery(true: list[Json], guides: Path) -> None:
    """It says nothing of how its quotes are seen."""
    older = [
        forged(answer, citations=[{k: v for k, v in cited.items() if k != "shown"} for cited in answer["citations"]])
        for answer in true
    ]
    assert flagged(older, guides) == set()


def test_a_question_that_failed_in_a_batch_claims_nothing(true: list[Json], guides: Path) -> None:
    failed = {"question": "", "error": {"code": "usage", "message": "the question is empty", "remedy": "ask"}}
    assert flagged([failed, true[0]], guides) == set()


@pytest.mark.parametrize(
    ("formula", "holds"),
    [
        ("$19.44 per hour × 2,080 = $40,435.20 per year", True),
        ("$19.44 per hour × 2,080 = $40,435.30 per year", False),
        ("3 / 29 = 10.3%", True),
        ("3 / 29 = 11.3%", False),
        ("($10.00 + $20.00) / 2 = $15.00", True),
        ("$5 - $2 = $3; $3 / $2 = 150%", True),
        ("$.50 × 2 = $1.00", True),
        ("1 / 0 = 1", True),
        ("9 ** 9 ** 9 = 1", True),
        ("the sum of 4 rows = 12", True),
    ],
)
def test_a_formula_is_reckoned_again(formula: str, holds: bool) -> None:
    """What is no arithmetic is left to others, and takes no time."""
    assert all(equation.holds for equation in equations(formula)) is holds


def test_a_result_is_what_the_left_side_comes_to() -> None:
    (equation,) = equations("100 / 3 = 33.33")
    assert equation.gives(Decimal("33.33"))
    assert not equation.gives(Decimal("33.43"))
