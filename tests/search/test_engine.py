"""Each full-text engine that there is does what every engine must do, and questions ask it seldom."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from citeguide.search import ask
from citeguide.search.errors import IndexBrokenError, UsageError
from citeguide.search.output.answer_json import to_json
from citeguide.search.store import engines
from citeguide.search.store.engines import bm25
from citeguide.search.store.engines.base import Wish
from citeguide.search.store.engines.hush import Hush
from citeguide.search.store.open import Index, open_index
from engine_calls import MOST, CountedEngine, calls_of
from engine_conformance import EngineConformance, EngineKind, FolderEngine, opened, text, write
from indexed import update

ROOT = Path(__file__).parents[2]


class TestWhoosh(EngineConformance):
    """The default engine."""

    @pytest.fixture
    def engine(self) -> EngineKind:
        return FolderEngine("whoosh")


class TestTantivy(EngineConformance):
    """The engine for very many passages."""

    @pytest.fixture
    def engine(self) -> EngineKind:
        return FolderEngine("tantivy")


def test_an_engine_that_is_not_installed_is_named_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "find_spec", lambda _: None)
    with pytest.raises(UsageError, match="tantivy is not installed") as caught:
        engines.reader("tantivy")
    assert caught.value.remedy == "pip install 'citeguide[tantivy]'"
    assert engines.reader("whoosh")


def test_every_engine_gives_the_same_answers(shared: Path, tmp_path: Path) -> None:
    """Whole answers to the golden questions, each index made of the other's with its engine changed."""
    questions = [
        json.loads(line)["question"] for line in (shared / "golden/seeds.jsonl").read_text("utf-8").splitlines()
    ]
    answers: dict[str, list[dict[str, object]]] = {}
    for engine in ("whoosh", "tantivy"):
        update(tmp_path, [shared / "seeds"], engine=engine)
        with open_index(tmp_path) as index:
            assert index.engine.name == engine
            answers[engine] = [without_times(to_json(ask(question, index))) for question in questions]
    assert len(questions) >= 50
    assert answers["whoosh"] == answers["tantivy"]


def without_times(answer: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in answer.items() if name not in ("took_ms", "index", "seal")}


def test_words_that_are_gone_are_in_no_file_of_tantivy(tmp_path: Path) -> None:
    """Neither in the index of terms nor in what is stored, and what another generation shares stays as it was."""
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    write("tantivy", first, [text(n, "pay zebra" if n == 5 else "pay", document=n) for n in range(9)])
    before = {path.name: path.read_bytes() for path in first.iterdir()}
    second.mkdir()
    for path in first.iterdir():
        (second / path.name).hardlink_to(path)
    write("tantivy", second, [text(20, "lion")], removed=[5])
    assert any(b"zebra" in data for data in before.values())
    assert not any(b"zebra" in path.read_bytes() for path in second.iterdir())
    assert {path.name: path.read_bytes() for path in first.iterdir()} == before


@pytest.mark.parametrize("cut", [0, 20, 200])
def test_damaged_files_of_tantivy_are_a_broken_index(
    tmp_path: Path, cut: int, capfd: pytest.CaptureFixture[str]
) -> None:
    """Its panics are no errors as Python knows them, and must not end the program, nor write traces by themselves."""
    write("tantivy", tmp_path, [text(n, "pay wage", document=n) for n in range(50)])
    for path in [path for path in tmp_path.iterdir() if path.suffix in (".idx", ".term", ".store", ".json")]:
        whole = path.read_bytes()
        path.write_bytes(whole[: min(cut, len(whole) - 5)])
        with pytest.raises(IndexBrokenError), closing(engines.opened("tantivy", tmp_path)) as reader:
            reader.rank({"pay": 1.0}, 3)
        path.write_bytes(whole)
    assert capfd.readouterr().err == ""


def test_what_others_say_in_the_meantime_is_passed_on(capfd: pytest.CaptureFixture[str]) -> None:
    """Standard error belongs to the whole process; only beside a failure it is dropped."""
    hush = Hush()
    for failed in (False, True):
        hush.enter()
        hush.enter()
        os.write(2, b"within\n")
        hush.leave(failed=failed)
        assert capfd.readouterr().err == ""
        hush.leave(failed=False)
        os.write(2, b"after\n")
        passed_on = "" if failed or not hasattr(os, "memfd_create") else "within\n"
        assert capfd.readouterr().err == f"{passed_on}after\n"


def test_an_unknown_engine_is_refused_by_name() -> None:
    with pytest.raises(IndexBrokenError, match="no engine 'lucene'"):
        engines.reader("lucene")


def test_what_was_learned_of_a_stem_is_not_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where so many stems were asked for that some were forgotten."""
    monkeypatch.setattr(bm25, "STEMS_REMEMBERED", 3)
    with opened("whoosh", tmp_path, [text(1, "pay wage"), text(2, "pay")]) as reader:
        counted = CountedEngine(reader.engine)
        ranker = bm25.Ranker(counted)
        ranker.expect(lambda: ["wage"])
        assert [ranker.passages_with(stem) for stem in ("pay", "wage", "pay")] == [2, 1, 2]
        assert counted.calls == ["retrieve"]
        ranker.know(["cat", "dog", "pay"])
        assert [ranker.passages_with(stem) for stem in ("cat", "wage", "pay", "dog")] == [0, 1, 2, 0]


def test_what_is_foreseen_comes_along_with_what_is_asked_for(tmp_path: Path) -> None:
    """In one call, with the same passages and scores as if asked for alone; the next question knows nothing of it."""
    with opened("whoosh", tmp_path, [text(1, "pay wage"), text(2, "pay"), text(3, "cat", field="row")]) as reader:
        wishes = [Wish({"wage": 1.0, "pay": 0.5}, 5), Wish({"cat": 1.0}, 5, "row")]
        alone = reader.rank_all(wishes)
        counted = CountedEngine(reader.engine)
        ranker = bm25.Ranker(counted)
        ranker.expect(tuple)
        ranker.foresee(lambda: wishes)
        assert ranker.passages_with("pay") == 2
        assert ranker.rank_all(wishes) == alone
        assert counted.calls == ["retrieve"]
        ranker.expect(tuple)
        assert ranker.rank_all(wishes) == alone
        assert counted.calls == ["retrieve", "retrieve"]


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


@pytest.mark.parametrize(
    "question",
    ["Who repairs bicycles on the moon?", "How do certifed coders lern?", "steps to become a codder"],
)
def test_words_that_no_guide_holds_cost_a_look_at_the_vocabulary(corpus: Index, question: str) -> None:
    """One look for all of them."""
    calls = calls_of(question, corpus)
    assert len(calls) <= MOST
    assert calls.count("near") <= 1


def test_no_golden_question_asks_the_engine_more_often(shared: Path, tmp_path: Path) -> None:
    """Those to two strangers' guides: a call is a trip where the engine is another machine."""
    update(tmp_path, [shared / "seeds"])
    asked = (json.loads(line)["question"] for line in (shared / "golden/seeds.jsonl").read_text("utf-8").splitlines())
    with open_index(tmp_path) as index:
        assert [question for question in asked if len(calls_of(question, index)) > MOST] == []
