"""Each full-text engine that there is does what every engine must do, and questions ask it seldom."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from citeguide.search.errors import IndexBrokenError
from citeguide.search.store import engines
from citeguide.search.store.engines import bm25
from citeguide.search.store.open import Index, open_index
from engine_calls import MOST, CountedEngine, calls_of
from engine_conformance import EngineConformance, opened, text
from indexed import update

ROOT = Path(__file__).parents[2]


class TestWhoosh(EngineConformance):
    """The default engine."""

    @pytest.fixture
    def name(self) -> str:
        return "whoosh"


def test_an_unknown_engine_is_refused_by_name() -> None:
    with pytest.raises(IndexBrokenError, match="no engine 'lucene'"):
        engines.reader("lucene")


def test_what_was_learned_of_a_stem_is_not_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where so many stems were asked for that some were forgotten."""
    monkeypatch.setattr(bm25, "REMEMBERED", 3)
    with opened("whoosh", tmp_path, [text(1, "pay wage"), text(2, "pay")]) as reader:
        counted = CountedEngine(reader.engine)
        ranker = bm25.Ranker(counted)
        ranker.expect(lambda: ["wage"])
        assert [ranker.passages_with(stem) for stem in ("pay", "wage", "pay")] == [2, 1, 2]
        assert counted.calls == ["retrieve"]
        ranker.know(["cat", "dog", "pay"])
        assert [ranker.passages_with(stem) for stem in ("cat", "wage", "pay", "dog")] == [0, 1, 2, 0]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("corpus")
    update(folder, [ROOT / "corpus"])
    with open_index(folder) as index:
        yield index


@pytest.mark.parametrize(
    "question",
    [
        "What is the median hourly wage in Fresno?",
        "How long does it take to become a medical coder?",
        "Is certification required for medical coders?",
        "What are the steps to become a certified coder?",
        "What does a medical biller do?",
    ],
)
def test_a_question_asks_the_engine_at_most_three_times(corpus: Index, question: str) -> None:
    assert len(calls_of(question, corpus)) <= MOST


def test_words_that_no_guide_holds_cost_a_look_at_the_vocabulary_each(corpus: Index) -> None:
    assert calls_of("Who repairs bicycles on the moon?", corpus).count("retrieve") <= MOST
