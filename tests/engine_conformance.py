"""What every full-text engine must do: a class of tests that an engine passes by overriding one fixture."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import pytest
from citeguide.search.store import engines
from citeguide.search.store.engines.base import EngineWriter, Field, Hit, Slip, Wish
from citeguide.search.store.engines.bm25 import K1, B, Ranker
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SHARED_BY_ENGINES = (HealthCheck.function_scoped_fixture, HealthCheck.differing_executors)
"""A test of this class runs once for each engine, whose name is a fixture: neither changes from example to example."""
Passage = tuple[int, int, Sequence[str], Field]
Guides = dict[int, list[tuple[list[str], Field]]]
STEMS = st.lists(st.sampled_from(["pay", "median", "wage", "fresno", "été", "2024"]), max_size=6)
DOCUMENTS = st.dictionaries(st.integers(1, 8), st.lists(st.tuples(STEMS, st.sampled_from(["text", "row"])), max_size=4))


class EngineKind(Protocol):
    """An engine under test: how an index of it is written and opened. A folder stands for each index."""

    def write(self, folder: Path, passages: Iterable[Passage], removed: Iterable[int] = ()) -> None:
        """One commit: on top of what is there, if anything is."""
        ...

    def cancel(self, folder: Path, passage: Passage) -> None:
        """Add one passage, and give up."""
        ...

    def reader(self, folder: Path) -> Ranker:
        """What is there, opened."""
        ...


class FolderEngine:
    """An engine whose files lie in a folder, by its name."""

    def __init__(self, name: str) -> None:
        self.name = name

    def write(self, folder: Path, passages: Iterable[Passage], removed: Iterable[int] = ()) -> None:
        """One commit."""
        writer = engines.writer(self.name).open_writer(folder, fresh=not any(folder.iterdir()))
        fill(writer, passages, removed)
        writer.commit()

    def cancel(self, folder: Path, passage: Passage) -> None:
        """Add one passage, and give up."""
        writer = engines.writer(self.name).open_writer(folder, fresh=False)
        fill(writer, [passage])
        writer.cancel()

    def reader(self, folder: Path) -> Ranker:
        """What is there, opened."""
        return engines.opened(self.name, folder)


def fill(writer: EngineWriter, passages: Iterable[Passage], removed: Iterable[int] = ()) -> None:
    """Remove and add, and leave the rest to others."""
    for document in removed:
        writer.remove(document)
    for passage, document, stems, field in passages:
        writer.add(passage, document, stems, field)


def write(name: str, folder: Path, passages: Iterable[Passage], removed: Iterable[int] = ()) -> None:
    """One commit of an engine by its name."""
    FolderEngine(name).write(folder, passages, removed)


@contextmanager
def opened(engine: EngineKind | str, folder: Path, passages: Iterable[Passage] = ()) -> Iterator[Ranker]:
    """An engine over the folder, after a commit of these passages."""
    kind = FolderEngine(engine) if isinstance(engine, str) else engine
    kind.write(folder, passages)
    reader = kind.reader(folder)
    try:
        yield reader
    finally:
        reader.close()


def text(number: int, words: str, document: int = 1, field: Field = "text") -> Passage:
    return number, document, words.split(), field


def numbers(hits: Iterable[Hit]) -> list[int]:
    return [hit.passage for hit in hits]


def numbered(documents: Guides) -> Iterator[Passage]:
    for document, passages in documents.items():
        for number, (stems, field) in enumerate(passages):
            yield document * 100 + number, document, stems, field


class EngineConformance:
    """An engine's own class of tests is one of these, with the engine as the fixture ``engine``."""

    @pytest.fixture
    def engine(self) -> EngineKind:
        raise NotImplementedError

    def test_an_empty_index_finds_nothing(self, engine: EngineKind, tmp_path: Path) -> None:
        with opened(engine, tmp_path) as reader:
            assert reader.rank({"pay": 1.0}, 10) == []
            assert reader.passage_count() == 0
            assert reader.passages_with("pay") == 0
            assert list(reader.stems()) == []

    def test_scores_are_bm25_as_the_formula_says(self, engine: EngineKind, tmp_path: Path) -> None:
        passages = ["pay pay median", "median wage fresno county", "cat"]
        with opened(engine, tmp_path, [text(n, words) for n, words in enumerate(passages)]) as reader:
            hits = reader.rank({"pay": 1.0, "median": 2.0}, 10)
        mean = (3 + 4 + 1) / 3

        def part(weight: float, count: int, length: int, holding: int) -> float:
            idf = math.log(1 + (3 - holding + 0.5) / (holding + 0.5))
            return weight * idf * count * (K1 + 1) / (count + K1 * (1 - B + B * length / mean))

        expected = [part(1, 2, 3, 1) + part(2, 1, 3, 2), part(2, 1, 4, 2)]
        assert numbers(hits) == [0, 1]
        assert [hit.score for hit in hits] == pytest.approx(expected)

    def test_equal_scores_stand_in_the_order_of_passage_numbers(self, engine: EngineKind, tmp_path: Path) -> None:
        with opened(engine, tmp_path, [text(n, "pay here") for n in (2**50, 7, 30, 1)]) as reader:
            assert numbers(reader.rank({"pay": 1.0}, 10)) == [1, 7, 30, 2**50]
            assert numbers(reader.rank({"pay": 1.0}, 2)) == [1, 7]

    def test_a_limit_of_nothing_gives_nothing(self, engine: EngineKind, tmp_path: Path) -> None:
        with opened(engine, tmp_path, [text(1, "pay")]) as reader:
            assert reader.rank({"pay": 1.0}, 0) == []
            assert reader.rank({}, 10) == []

    def test_unknown_stems_change_nothing(self, engine: EngineKind, tmp_path: Path) -> None:
        with opened(engine, tmp_path, [text(1, "pay"), text(2, "wage")]) as reader:
            assert reader.rank({"pay": 1.0, "zebra": 9.0, "": 1.0, "x" * 5000: 1.0}, 10) == reader.rank(
                {"pay": 1.0}, 10
            )

    def test_a_slip_is_near_to_stems_that_begin_alike(self, engine: EngineKind, tmp_path: Path) -> None:
        """With the passages that hold them, and how many hold what is asked for besides; a row's stems are none."""
        passages = [text(1, "certif fee"), text(2, "certif certif"), text(3, "certit"), text(4, "certix", field="row")]
        with opened(engine, tmp_path, passages) as reader:
            (one, other) = reader.near([Slip("certef", 1), Slip("fie", 1)], 1, ["fee"])
            assert {stem: numbers(hits) for stem, hits in one.items()} == {"certif": [2]}
            assert {stem: numbers(hits) for stem, hits in other.items()} == {"fee": [1]}
            (two,) = reader.near([Slip("certef", 2)], 5)
            assert {stem: numbers(hits) for stem, hits in two.items()} == {"certif": [2, 1], "certit": [3]}
            assert reader.passages_with("fee") == 1

    def test_prose_and_rows_are_ranked_apart(self, engine: EngineKind, tmp_path: Path) -> None:
        with opened(
            engine, tmp_path, [text(1, "pay"), text(2, "pay", field="row"), text(3, "cat", field="row")]
        ) as reader:
            assert numbers(reader.rank({"pay": 1.0}, 10)) == [1]
            assert numbers(reader.rank({"pay": 1.0}, 10, field="row")) == [2]
            assert (reader.passage_count(), reader.passage_count("row")) == (1, 2)
            assert (reader.passages_with("cat"), reader.passages_with("cat", "row")) == (0, 1)
            assert list(reader.stems("row")) == ["cat", "pay"]

    def test_only_the_documents_asked_for_are_ranked_with_unchanged_scores(
        self, engine: EngineKind, tmp_path: Path
    ) -> None:
        with opened(engine, tmp_path, [text(n, "pay " * n, document=n) for n in (1, 2, 3)]) as reader:
            everything = reader.rank({"pay": 1.0}, 10)
            assert reader.rank({"pay": 1.0}, 10, documents={2, 9}) == [hit for hit in everything if hit.passage == 2]
            assert reader.rank({"pay": 1.0}, 10, documents=set()) == []

    def test_a_removed_document_is_found_no_more_and_counts_no_more(self, engine: EngineKind, tmp_path: Path) -> None:
        engine.write(tmp_path, [text(n, "pay zebra" if n == 5 else "pay", document=n) for n in range(20)])
        engine.write(tmp_path, [], removed=[5])
        with opened(engine, tmp_path) as reader:
            assert reader.rank({"zebra": 1.0}, 10) == []
            assert reader.passages_with("zebra") == 0
            assert reader.passages_with("pay") == reader.passage_count() == 19
            assert list(reader.stems()) == ["pay"]

    def test_a_canceled_writer_leaves_what_was_there(self, engine: EngineKind, tmp_path: Path) -> None:
        engine.write(tmp_path, [text(1, "pay")])
        engine.cancel(tmp_path, text(2, "pay", document=2))
        with opened(engine, tmp_path) as reader:
            assert numbers(reader.rank({"pay": 1.0}, 10)) == [1]

    @settings(max_examples=20, suppress_health_check=SHARED_BY_ENGINES)
    @given(
        commits=st.lists(DOCUMENTS, min_size=1, max_size=5), query=st.sets(st.sampled_from(["pay", "median", "été"]))
    )
    def test_an_index_that_grew_ranks_exactly_as_one_built_at_once(
        self, engine: EngineKind, commits: list[Guides], query: set[str]
    ) -> None:
        self.check_growth(engine, commits, query)

    def check_growth(self, engine: EngineKind, commits: list[Guides], query: set[str]) -> None:
        """Commits one by one, and all at once."""
        weights = dict.fromkeys(query, 1.0)
        state: Guides = {}
        with TemporaryDirectory() as grown, TemporaryDirectory() as fresh:
            for commit in commits:
                engine.write(Path(grown), numbered(commit), removed=commit.keys() & state.keys())
                state |= commit
            engine.write(Path(fresh), numbered(state))
            with opened(engine, Path(grown)) as one, opened(engine, Path(fresh)) as other:
                for field in ("text", "row"):
                    assert one.rank(weights, 50, field=field) == other.rank(weights, 50, field=field)
                    assert one.passage_count(field) == other.passage_count(field)
                    assert list(one.stems(field)) == list(other.stems(field))

    def test_what_is_asked_at_once_is_what_is_asked_one_by_one(self, engine: EngineKind, tmp_path: Path) -> None:
        passages = [text(1, "pay wage"), text(2, "pay", document=2), text(3, "pay cat", field="row")]
        wishes = [
            Wish({"pay": 1.0}, 1),
            Wish({"pay": 1.0, "cat": 2.0}, 9, "row"),
            Wish({"wage": 1.0, "pay": 1.0}, 9, documents={2}),
            Wish({}, 9),
        ]
        with opened(engine, tmp_path, passages) as reader:
            assert list(map(numbers, reader.rank_all(wishes))) == [[2], [3], [2], []]
            assert reader.rank_all([]) == []

    def test_counts_come_with_the_first_call_for_all_that_was_asked(self, engine: EngineKind, tmp_path: Path) -> None:
        with opened(engine, tmp_path, [text(1, "pay pay wage"), text(2, "pay"), text(3, "pay", field="row")]) as reader:
            found = reader.engine.retrieve([Wish({"wage": 1.0}, 5)], ["pay", "zebra"]).statistics
        counted = {field: (each.passages, each.length, dict(each.holding)) for field, each in found.items()}
        assert counted == {"text": (2, 4, {"pay": 2, "zebra": 0}), "row": (1, 1, {"pay": 1, "zebra": 0})}

    def test_a_vocabulary_is_read_by_how_words_begin(self, engine: EngineKind, tmp_path: Path) -> None:
        with opened(engine, tmp_path, [text(1, "pay pair cat été"), text(2, "pale", field="row")]) as reader:
            assert list(reader.stems(start="pa")) == ["pair", "pay"]
            assert list(reader.stems("row", "pa")) == ["pale"]
            assert list(reader.stems(start="é")) == ["été"]
            assert list(reader.stems(start="zebra")) == []

    def test_of_very_many_equals_the_lowest_numbers_come_first(self, engine: EngineKind, tmp_path: Path) -> None:
        """An engine that finds some hundred candidates by scores of its own must still give these."""
        order = [n * 389 % 600 for n in range(600)]
        with opened(engine, tmp_path, [text(n, "pay wage" if n != 500 else "pay pay") for n in order]) as reader:
            assert numbers(reader.rank({"pay": 1.0}, 4)) == [500, 0, 1, 2]
