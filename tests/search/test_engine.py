"""Each full-text engine that there is does what every engine must do, and questions ask it seldom."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

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


def test_passages_left_out_of_the_sum_early_are_not_among_the_best(tmp_path: Path) -> None:
    """Against all passages summed to the end, with words from rare to in nearly every one, and lengths that vary."""
    random = Random(5)  # noqa: S311 - the same in every run
    words = [f"w{n}" for n in range(12)]
    passages = [random.choices(words, [2.0**n for n in range(12)], k=random.randint(8, 12)) for _ in range(1_500)]
    weights = {word: 0.3 + n % 3 for n, word in enumerate(words)}
    with opened("whoosh", tmp_path, [(n, n % 40, stems, "text") for n, stems in enumerate(passages)]) as reader:
        everything = reader.rank(weights, len(passages))
        of_two = [hit for hit in everything if hit.passage % 40 in {3, 17}]
        for limit in (1, 5, 40):
            assert reader.rank(weights, limit) == everything[:limit]
            assert reader.rank(weights, limit, documents={3, 17}) == of_two[:limit]
            assert reader.rank(weights, limit, documents={3, 17, *range(1_000, 1_300)}) == of_two[:limit]


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
