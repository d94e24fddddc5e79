"""Questions to tables: hundreds of wordings with answers reckoned from the raw files, and what no answer may do."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from citeguide.search.context import Context
from citeguide.search.model import Finding
from citeguide.search.query.query import understand
from citeguide.search.retrieval.reranker import ranking
from citeguide.search.store.open import Index, open_index
from citeguide.search.tables import answer
from citeguide.search.tables.answer import finding
from citeguide.search.text.tokenizer import terms
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from indexed import update

CASES = Path(__file__).parents[1] / "cases"
SOURCES = {"seeds": "seeds/000_c892d1600849e27d.txt", "sheet": "data/wages/oews-states-2023.csv"}
SMALL: list[dict[str, Any]] = tomllib.loads((CASES / "table_questions_small.toml").read_text("utf-8"))["table"]


@pytest.fixture(scope="module")
def indexes(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Index]]:
    """The seeds' wage table and the sheet of states, each in an index of its own."""
    opened = {}
    for name, path in SOURCES.items():
        folder = tmp_path_factory.mktemp(name)
        update(folder, [shared / path])
        opened[name] = open_index(folder)
    yield opened
    for index in opened.values():
        index.close()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Index]]:
    """Each small table in an index of its own."""
    opened = {}
    for table in SMALL:
        folder = tmp_path_factory.mktemp("small")
        (folder / table["name"]).write_text(table["text"].lstrip("\n"), "utf-8")
        update(folder / "index", [folder / table["name"]])
        opened[table["name"]] = open_index(folder / "index")
    yield opened
    for index in opened.values():
        index.close()


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CASES / name).read_text("utf-8").splitlines()]


def ask(question: str, index: Index) -> Finding | None:
    return answer(understand(question), Context(index, ranking))


def values(found: Finding | None) -> list[Decimal]:
    return [value.value for value in found.values] if found is not None else []  # type: ignore[misc]


def test_every_wording_gets_the_numbers_reckoned_from_the_raw_table(indexes: dict[str, Index]) -> None:
    wrong = []
    for case in lines("table_questions.jsonl"):
        got, want = values(ask(case["question"], indexes[case["source"]])), [Decimal(v) for v in case["values"]]
        same = sorted(got) == sorted(want) if case["match"] == "set" else got[: len(want)] == want
        wrong += [] if same else [(case["question"], got[:5], want[:5])]
    assert not wrong


def test_the_grammar_refuses_an_odd_question_or_answers_it_right(indexes: dict[str, Index]) -> None:
    """What it does not understand to the last word it leaves to readings, which say how sure they are."""
    wrong = []
    for case in lines("table_questions_outside.jsonl"):
        context = Context(indexes[case["source"]], ranking)
        found, want = finding.answer(understand(case["question"]), context), [Decimal(v) for v in case["values"]]
        answered = found is not None and found.status == "answered"
        if answered and (not want or sorted(values(found)[: len(want)]) != sorted(want)):
            wrong.append((case["question"], found.answer if found else None))
    assert not wrong


@pytest.mark.parametrize(
    ("name", "case"), [pytest.param(t["name"], c, id=f"{t['name']}-{c['ask']}") for t in SMALL for c in t["questions"]]
)
def test_small_tables_answer_as_worked_out_by_hand(small: dict[str, Index], name: str, case: dict[str, Any]) -> None:
    found = ask(case["ask"], small[name])
    if found is not None and found.choices and case.get("status") == "none":
        found = None  # readings to choose from are no answer
    assert (found.status if found else "none") == case.get("status", "answered")
    if found is None:
        return
    want = [Decimal(value) for value in case.get("values", [])]
    assert (sorted(values(found)) if case.get("any_order") else values(found)) == (
        sorted(want) if case.get("any_order") else want
    )
    if "receipt" in case and found.table is not None:
        assert [found.table.scanned, found.table.matched, found.table.skipped] == case["receipt"]
    if "formula" in case:
        assert found.table is not None
        assert found.table.formula == case["formula"]
    assert list(found.missing) == case.get("missing", [])
    assert list(found.suggestions) == case.get("suggests", list(found.suggestions))
    assert case.get("says", "") in " ".join((found.answer or "", *found.notes))


def test_a_stated_number_stands_in_its_citation_and_a_computed_one_has_a_formula(indexes: dict[str, Index]) -> None:
    for case in lines("table_questions.jsonl"):
        index = indexes[case["source"]]
        found = ask(case["question"], index)
        assert found is not None
        for value in found.values:
            if not value.computed:
                assert value.citation is not None, case["question"]
                quote = found.quotes[value.citation - 1]
                assert quote.text == index.catalog.text(quote.document)[slice(*quote.span)]
                assert f"{value.value}" in quote.text.replace(",", ""), case["question"]
        if any(value.computed and value.unit != "count" for value in found.values):
            assert found.table is not None
            assert found.table.formula, case["question"]


def test_a_receipt_adds_up_and_shows_the_rows_that_matched(indexes: dict[str, Index]) -> None:
    for case in lines("table_questions.jsonl"):
        found = ask(case["question"], indexes[case["source"]])
        assert found is not None
        assert found.table is not None
        assert 0 <= found.table.matched + found.table.skipped <= found.table.scanned
        assert all(len(row) == len(found.table.columns) for row in found.table.rows)
        assert not found.table.skipped or any("skipped" in note or " is " in note for note in found.notes)


WORDS = st.sampled_from(
    "median low high pay wage hourly annual salary highest lowest top most least average mean Fresno Napa San Jose LA "
    "US national areas area where which how many much than more less above below between and or not except 3 5 $24 "
    "16 17 20% an hour year compare difference gap percent rank second range total number of in for the coders nurses "
    "California Texas 2019 all by".split()
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, min_size=1, max_size=14).map(" ".join) | st.text(min_size=1, max_size=80).filter(str.strip))
def test_no_question_breaks_it_and_every_answer_is_whole(indexes: dict[str, Index], text: str) -> None:
    assume(any(terms(text)))
    question = understand(text)
    found = answer(question, Context(indexes["seeds"], ranking))
    if found is None or found.status != "answered":
        return
    assert found.answer
    assert found.table is not None
    assert found.table.scanned == 29
    assert found.table.matched + found.table.skipped <= 29
    assert all(value.citation is None or 1 <= value.citation <= len(found.quotes) for value in found.values)


def test_two_states_are_compared_though_no_column_names_states(indexes: dict[str, Index]) -> None:
    """What each is called comes from its rows; a reading that is not sure is offered."""
    found = ask("Which is bigger, Texas or Iowa?", indexes["sheet"])
    assert found is None or found.status in ("answered", "not_found")


def test_answers_are_the_same_when_asked_again(indexes: dict[str, Index]) -> None:
    question = "Which three areas have the highest median wage?"
    assert ask(question, indexes["seeds"]) == ask(question, indexes["seeds"])


def test_only_the_documents_asked_may_answer(indexes: dict[str, Index]) -> None:
    assert (
        answer(understand("median pay in Fresno", documents=frozenset({-1})), Context(indexes["seeds"], ranking))
        is None
    )
