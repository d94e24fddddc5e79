"""OpenSearch does what every engine must do; and however it scores, what it finds is what ours ranks first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from citeguide.indexer.storage.cluster_mapping import INDEX_SETTINGS, mapping
from citeguide.search.store.cluster import bulk
from citeguide.search.store.cluster import engine as opensearch
from citeguide.search.store.cluster.address import ClusterAddress
from citeguide.search.store.cluster.bulk import Bulk
from citeguide.search.store.cluster.client import WRITE_SECONDS, Cluster
from citeguide.search.store.cluster.engine import OpenSearchEngine, written
from citeguide.search.store.cluster.engine_writer import OpenSearchWriter
from citeguide.search.store.cluster.parts import PartReader, pack
from citeguide.search.store.cluster.shelf import Head
from citeguide.search.store.engines.base import Wish
from citeguide.search.store.engines.bm25 import Ranker
from engine_conformance import EngineConformance, EngineKind, FolderEngine, Guides, Passage, fill, numbers, text


class ClusterEngine:
    """The engine without the rest of a generation: its two indices, and the head that its reader needs."""

    def __init__(self, address: ClusterAddress) -> None:
        self.cluster = Cluster(address, WRITE_SECONDS)
        self._name = address.name
        self._written: defaultdict[Path, list[tuple[str, Head]]] = defaultdict(list)
        self.shards = 1

    def _begin(self, folder: Path) -> OpenSearchWriter:
        done = self._written[folder]
        index = f"{self._name}-{len(self._written)}-{len(done)}"
        for kind in ("passages", "parts"):
            body = {
                "settings": {"index": INDEX_SETTINGS | {"number_of_shards": self.shards}},
                "mappings": mapping(kind),
            }
            self.cluster.ask("PUT", f"/{index}-{kind}", body)
        return OpenSearchWriter(self.cluster, f"{index}-passages", f"{done[-1][0]}-passages" if done else None)

    def write(self, folder: Path, passages: Iterable[Passage], removed: Iterable[int] = ()) -> None:
        """One commit: the next two indices."""
        writer = self._begin(folder)
        fill(writer, passages, removed)
        writer.commit()
        index = writer._index.removesuffix("-passages")
        firsts, parts = writer.vocabulary()
        bulk = Bulk(self.cluster)
        for name, stems in parts:
            bulk.add(f"{index}-parts", name, pack(name, {"stems": stems}))
        bulk.flush()
        self.cluster.ask("POST", f"/{index}-*/_refresh")
        self._written[folder].append((index, Head(1, writer.statistics, writer.longest, firsts)))

    def cancel(self, folder: Path, passage: Passage) -> None:
        """Add one passage, and give up."""
        writer = self._begin(folder)
        fill(writer, [passage])
        writer.cancel()
        self.cluster.ask("DELETE", f"/{writer._index},{writer._index.removesuffix('passages')}parts")

    def reader(self, folder: Path) -> Ranker:
        """What is there, opened."""
        index, head = self._written[folder][-1]
        cluster = Cluster(self.cluster.address)
        return Ranker(OpenSearchEngine(cluster, f"{index}-passages", head, PartReader(cluster, f"{index}-parts")))

    def close(self) -> None:
        """Let go of the connections."""
        self.cluster.close()


@pytest.fixture
def engine(address: ClusterAddress) -> Iterator[ClusterEngine]:
    with closing(ClusterEngine(address)) as made:
        yield made


class TestOpenSearch(EngineConformance):
    """The engine of an index on a cluster."""

    @pytest.fixture
    def engine(self, address: ClusterAddress) -> Iterator[EngineKind]:
        with closing(ClusterEngine(address)) as made:
            yield made

    def test_an_index_that_grew_ranks_exactly_as_one_built_at_once(self, engine: EngineKind) -> None:
        """A few steps, of which each is an index of its own."""
        steps: list[Guides] = [
            {1: [(["pay", "été"], "text")], 2: [(["median", "pay", "pay"], "row"), ([], "text")]},
            {2: [(["pay"], "row")], 3: [(["wage", "pay"], "text"), (["median"], "row")]},
            {1: [], 4: [(["été"] * 3, "text")]},
        ]
        self.check_growth(engine, steps, {"pay", "median", "été"})


def test_what_it_finds_is_ranked_as_from_a_folder(
    engine: ClusterEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Passages of very different lengths, which the server knows only roughly, over three shards; few at a time."""
    monkeypatch.setattr(opensearch, "LEAST_ASKED", 10)
    random = Random(6)  # noqa: S311 - the same in every run
    words = [f"w{n}" for n in range(60)]
    passages: list[Passage] = [
        (n, n % 40, random.choices(words, weights=range(60, 0, -1), k=random.choice((3, 9, 40, 300))), "text")
        for n in range(1_200)
    ]
    engine.shards = 3
    engine.write(tmp_path / "cluster", passages)
    (tmp_path / "folder").mkdir()
    folder = FolderEngine("whoosh")
    folder.write(tmp_path / "folder", passages)
    with closing(engine.reader(tmp_path / "cluster")) as one, closing(folder.reader(tmp_path / "folder")) as other:
        for limit in (1, 7, 50):
            for _ in range(12):
                weights = {word: random.choice((0.3, 1.0, 2.0)) for word in random.sample(words, 4)}
                documents = random.choice((None, {3, 5, 30}))
                assert one.rank(weights, limit, documents=documents) == other.rank(weights, limit, documents=documents)


def test_of_more_equals_than_it_gives_the_lowest_numbers_come_first(
    engine: ClusterEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opensearch, "LEAST_ASKED", 5)
    monkeypatch.setattr(opensearch, "MOST_GIVEN", 20)
    engine.write(tmp_path, [text(n * 389 % 600, "pay wage") for n in range(600)])
    with closing(engine.reader(tmp_path)) as reader:
        assert numbers(reader.rank({"pay": 1.0}, 4)) == [0, 1, 2, 3]


def test_stems_that_a_field_of_words_cannot_hold_are_found_all_the_same(engine: ClusterEngine, tmp_path: Path) -> None:
    odd = ["two words", "x" * 400, "tab\there", "\ue000private", "\ud83d\ude00" * 40]
    odd[-1] = odd[-1].encode("utf-16", "surrogatepass").decode("utf-16")
    engine.write(tmp_path, [(n, 1, [stem, "pay"], "text") for n, stem in enumerate(odd)])
    engine.write(tmp_path, [text(9, "pay", document=2)])
    with closing(engine.reader(tmp_path)) as reader:
        assert sorted(reader.stems()) == sorted([*odd, "pay"])
        for n, stem in enumerate(odd):
            assert reader.passages_with(stem) == 1
            assert numbers(reader.rank({stem: 1.0}, 5)) == [n]
    assert written("pay") == "pay"


def test_one_call_is_one_trip(engine: ClusterEngine, tmp_path: Path) -> None:
    engine.write(tmp_path, [text(n, f"pay w{n}") for n in range(30)])
    with closing(engine.reader(tmp_path)) as reader:
        cluster: Cluster = reader.engine._cluster  # type: ignore[attr-defined] # of this engine
        reader.rank_all([Wish({"pay": 1.0, "w3": 2.0}, 5), Wish({"w7": 1.0}, 5, documents={1})])
        assert cluster.trips == 1


def test_bulks_are_sent_in_pieces_and_again(
    engine: ClusterEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each document has a number of its own: what is sent twice is there once."""
    monkeypatch.setattr(bulk, "DOCUMENTS", 7)
    engine.write(tmp_path, [text(n, "pay") for n in range(50)])
    engine.write(tmp_path, [text(n, "pay") for n in range(50)], removed=[1])
    with closing(engine.reader(tmp_path)) as reader:
        assert reader.passage_count() == len(reader.rank({"pay": 1.0}, 200)) == 50
