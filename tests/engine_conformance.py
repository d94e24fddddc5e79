"""What every full-text engine must do: a class of tests that an engine passes by overriding one fixture."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from citeguide.search.store import engines
from citeguide.search.store.engines.base import Field, Hit, Slip, Wish
from citeguide.search.store.engines.bm25 import K1, B, Ranker
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SHARED_BY_ENGINES = (HealthCheck.function_scoped_fixture, HealthCheck.differing_executors)
"""A test of this class runs once for each engine, whose name is a fixture: neither changes from example to example."""
Passage = tuple[int, int, Sequence[str], Field]
Guides = dict[int, list[tuple[list[str], Field]]]
STEMS = st.lists(st.sampled_from(["pay", "median", "wage", "fresno", "été", "2024"]), max_size=6)
DOCUMENTS = st.dictionaries(st.integers(1, 8), st.lists(st.tuples(STEMS, st.sampled_from(["text", "row"])), max_size=4))


def write(name: str, folder: Path, passages: Iterable[Passage], removed: Iterable[int] = ()) -> None:
    """One commit: on top of what is in the folder, if anything is."""
    writer = engines.writer(name).open_writer(folder, fresh=not any(folder.iterdir()))
    for document in removed:
        writer.remove(document)
    for passage, document, stems, field in passages:
        writer.add(passage, document, stems, field)
    writer.commit()


@contextmanager
def opened(name: str, folder: Path, passages: Iterable[Passage] = ()) -> Iterator[Ranker]:
    """An engine over the folder, after a commit of these passages."""
    write(name, folder, passages)
    reader = engines.opened(name, folder)
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
    """An engine's own class of tests is one of these, with its name as the fixture ``name``."""

    @pytest.fixture
    def name(self) -> str:
        raise NotImplementedError

    def test_an_empty_index_finds_nothing(self, name: str, tmp_path: Path) -> None:
        with opened(name, tmp_path) as reader:
            assert reader.rank({"pay": 1.0}, 10) == []
            assert reader.passage_count() == 0
            assert reader.passages_with("pay") == 0
            assert list(reader.stems()) == []

    def test_scores_are_bm25_as_the_formula_says(self, name: str, tmp_path: Path) -> None:
        passages = ["pay pay median", "median wage fresno county", "cat"]
        with opened(name, tmp_path, [text(n, words) for n, words in enumerate(passages)]) as reader:
            hits = reader.rank({"pay": 1.0, "median": 2.0}, 10)
        mean = (3 + 4 + 1) / 3

        def part(weight: float, count: int, length: int, holding: int) -> float:
            idf = math.log(1 + (3 - holding + 0.5) / (holding + 0.5))
            return weight * idf * count * (K1 + 1) / (count + K1 * (1 - B + B * length / mean))

        expected = [part(1, 2, 3, 1) + part(2, 1, 3, 2), part(2, 1, 4, 2)]
        assert numbers(hits) == [0, 1]
        assert [hit.score for hit in hits] == pytest.approx(expected)

    def test_equal_scores_stand_in_the_order_of_passage_numbers(self, name: str, tmp_path: Path) -> None:
        with opened(name, tmp_path, [text(n, "pay here") for n in (2**50, 7, 30, 1)]) as reader:
            assert numbers(reader.rank({"pay": 1.0}, 10)) == [1, 7, 30, 2**50]
            assert numbers(reader.rank({"pay": 1.0}, 2)) == [1, 7]

    def test_a_limit_of_nothing_gives_nothing(self, name: str, tmp_path: Path) -> None:
        with opened(name, tmp_path, [text(1, "pay")]) as reader:
            assert reader.rank({"pay": 1.0}, 0) == []
            assert reader.rank({}, 10) == []

    def test_unknown_stems_change_nothing(self, name: str, tmp_path: Path) -> None:
        with opened(name, tmp_path, [text(1, "pay"), text(2, "wage")]) as reader:
            assert reader.rank({"pay": 1.0, "zebra": 9.0, "": 1.0, "x" * 5000: 1.0}, 10) == reader.rank(
                {"pay": 1.0}, 10
            )

    def test_a_slip_is_near_to_stems_that_begin_alike(self, name: str, tmp_path: Path) -> None:
        """With the passages that hold them, and how many hold what is asked for besides; a row's stems are none."""
        passages = [text(1, "certif fee"), text(2, "certif certif"), text(3, "certit"), text(4, "certix", field="row")]
        with opened(name, tmp_path, passages) as reader:
            (one, other) = reader.near([Slip("certef", 1), Slip("fie", 1)], 1, ["fee"])
            assert {stem: numbers(hits) for stem, hits in one.items()} == {"certif": [2]}
            assert {stem: numbers(hits) for stem, hits in other.items()} == {"fee": [1]}
            (two,) = reader.near([Slip("certef", 2)], 5)
            assert {stem: numbers(hits) for stem, hits in two.items()} == {"certif": [2, 1], "certit": [3]}
            assert reader.passages_with("fee") == 1

    def test_prose_and_rows_are_ranked_apart(self, name: str, tmp_path: Path) -> None:
        with opened(
            name, tmp_path, [text(1, "pay"), text(2, "pay", field="row"), text(3, "cat", field="row")]
        ) as reader:
            assert numbers(reader.rank({"pay": 1.0}, 10)) == [1]
            assert numbers(reader.rank({"pay": 1.0}, 10, field="row")) == [2]
            assert (reader.passage_count(), reader.passage_count("row")) == (1, 2)
            assert (reader.passages_with("cat"), reader.passages_with("cat", "row")) == (0, 1)
            assert list(reader.stems("row")) == ["cat", "pay"]

    def test_only_the_documents_asked_for_are_ranked_with_unchanged_scores(self, name: str, tmp_path: Path) -> None:
        with opened(name, tmp_path, [text(n, "pay " * n, document=n) for n in (1, 2, 3)]) as reader:
            everything = reader.rank({"pay": 1.0}, 10)
            assert reader.rank({"pay": 1.0}, 10, documents={2, 9}) == [hit for hit in everything if hit.passage == 2]
            assert reader.rank({"pay": 1.0}, 10, documents=set()) == []

    def test_a_removed_document_is_found_no_more_and_counts_no_more(self, name: str, tmp_path: Path) -> None:
        write(name, tmp_path, [text(n, "pay zebra" if n == 5 else "pay", document=n) for n in range(20)])
        write(name, tmp_path, [], removed=[5])
        with opened(name, tmp_path) as reader:
            assert reader.rank({"zebra": 1.0}, 10) == []
            assert reader.passages_with("zebra") == 0
            assert reader.passages_with("pay") == reader.passage_count() == 19
            assert list(reader.stems()) == ["pay"]

    def test_a_canceled_writer_leaves_what_was_there(self, name: str, tmp_path: Path) -> None:
        write(name, tmp_path, [text(1, "pay")])
        writer = engines.writer(name).open_writer(tmp_path, fresh=False)
        writer.add(2, 2, ["pay"])
        writer.cancel()
        with opened(name, tmp_path) as reader:
            assert numbers(reader.rank({"pay": 1.0}, 10)) == [1]

    @settings(max_examples=20, suppress_health_check=SHARED_BY_ENGINES)
    @given(
        commits=st.lists(DOCUMENTS, min_size=1, max_size=5), query=st.sets(st.sampled_from(["pay", "median", "été"]))
    )
    def test_an_index_that_grew_ranks_exactly_as_one_built_at_once(
        self, name: str, commits: list[Guides], query: set[str]
    ) -> None:
        weights = dict.fromkeys(query, 1.0)
        state: Guides = {}
        with TemporaryDirectory() as grown, TemporaryDirectory() as fresh:
            for commit in commits:
                write(name, Path(grown), numbered(commit), removed=commit.keys() & state.keys())
                state |= commit
            write(name, Path(fresh), numbered(state))
            with opened(name, Path(grown)) as one, opened(name, Path(fresh)) as other:
                for field in ("text", "row"):
                    assert one.rank(weights, 50, field=field) == other.rank(weights, 50, field=field)
                    assert one.passage_count(field) == other.passage_count(field)
                    assert list(one.stems(field)) == list(other.stems(field))

    def test_what_is_asked_at_once_is_what_is_asked_one_by_one(self, name: str, tmp_path: Path) -> None:
        passages = [text(1, "pay wage"), text(2, "pay", document=2), text(3, "pay cat", field="row")]
        wishes = [
            Wish({"pay": 1.0}, 1),
            Wish({"pay": 1.0, "cat": 2.0}, 9, "row"),
            Wish({"wage": 1.0, "pay": 1.0}, 9, documents={2}),
            Wish({}, 9),
        ]
        with opened(name, tmp_path, passages) as reader:
            assert list(map(numbers, reader.rank_all(wishes))) == [[2], [3], [2], []]
            assert reader.rank_all([]) == []

    def test_counts_come_with_the_first_call_for_all_that_was_asked(self, name: str, tmp_path: Path) -> None:
        with opened(name, tmp_path, [text(1, "pay pay wage"), text(2, "pay"), text(3, "pay", field="row")]) as reader:
            found = reader.engine.retrieve([Wish({"wage": 1.0}, 5)], ["pay", "zebra"]).statistics
        counted = {field: (each.passages, each.length, dict(each.holding)) for field, each in found.items()}
        assert counted == {"text": (2, 4, {"pay": 2, "zebra": 0}), "row": (1, 1, {"pay": 1, "zebra": 0})}

    def test_a_vocabulary_is_read_by_how_words_begin(self, name: str, tmp_path: Path) -> None:
        with opened(name, tmp_path, [text(1, "pay pair cat été"), text(2, "pale", field="row")]) as reader:
            assert list(reader.stems(start="pa")) == ["pair", "pay"]
            assert list(reader.stems("row", "pa")) == ["pale"]
            assert list(reader.stems(start="é")) == ["été"]
            assert list(reader.stems(start="zebra")) == []

    def test_of_very_many_equals_the_lowest_numbers_come_first(self, name: str, tmp_path: Path) -> None:
        """An engine that finds some hundred candidates by scores of its own must still give these."""
        order = [n * 389 % 600 for n in range(600)]
        with opened(name, tmp_path, [text(n, "pay wage" if n != 500 else "pay pay") for n in order]) as reader:
            assert numbers(reader.rank({"pay": 1.0}, 4)) == [500, 0, 1, 2]
