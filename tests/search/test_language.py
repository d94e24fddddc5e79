"""A question in another language is told that only English is read; an English one about foreign names never is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from citeguide.search.lang.language import other_language
from citeguide.search.pipeline.answer import ask
from citeguide.search.text.tokenizer import terms
from indexed import opened

CASES_FILE = Path(__file__).parents[1] / "cases" / "languages.jsonl"
CASES = [json.loads(line) for line in CASES_FILE.read_text("utf-8").splitlines()]


def told(question: str) -> str | None:
    """What a question's words and letters tell."""
    return other_language(question, [term.word for term in terms(question)])


@pytest.mark.parametrize("case", CASES, ids=[case["question"][:24] for case in CASES])
def test_a_language_is_told_by_what_holds_its_sentences_together(case: dict[str, str | None]) -> None:
    """Each question as the case says; where it is English, nothing is told."""
    assert told(str(case["question"])) == case["language"]


def test_no_english_question_of_strangers_is_taken_for_another_language(shared: Path) -> None:
    """Thousands of questions that people asked in English, names from all over the world among them."""
    files = [*(shared / "data").glob("lay/*/questions.jsonl"), *(shared / "data" / "xquad").glob("questions.jsonl")]
    files += [
        *(shared / "data" / "tables").rglob("questions*.jsonl"),
        *(shared / "data" / "public").rglob("dev*.jsonl"),
    ]
    asked = {json.loads(line)["question"] for file in files for line in file.read_text("utf-8").splitlines()[:600]}
    assert len(asked) > 2_000
    taken = [question for question in asked if told(question)]
    assert taken == []


def test_the_refusal_says_that_only_english_is_read(tmp_path: Path) -> None:
    """One sentence in place of words that no guide covers and of passages that have nothing to do with it."""
    with opened(tmp_path, {"pay.md": "# Pay\n\nElectricians in California earn $38 an hour.\n"}) as index:
        answer = ask("¿Cuánto cuesta una licencia para mi perro?", index)
    assert answer.status == "not_found"
    assert (answer.missing, answer.suggestions, answer.nearest) == ((), (), ())
    assert answer.notes == ("This question seems to be in Spanish: citeguide reads questions in English only.",)
