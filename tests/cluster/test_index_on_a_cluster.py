"""An index on a cluster answers as one in a folder, to the letter; it is written by one at a time, and read whole."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest
from citeguide.indexer.storage import cluster_generations
from citeguide.indexer.storage.cluster_generations import ClusterGenerations
from citeguide.indexer.storage.copying import copy_index
from citeguide.search import ask, open_index
from citeguide.search.errors import (
    CiteguideError,
    ClusterError,
    IndexBrokenError,
    IndexBusyError,
    IndexMissingError,
    StorageError,
    UsageError,
)
from citeguide.search.output.answer_json import to_json
from citeguide.search.store.cluster import bulk, client, lease, store
from citeguide.search.store.cluster.address import ClusterAddress, parse
from citeguide.search.store.cluster.client import AbsentError, Cluster
from citeguide.search.store.cluster.opening import in_force
from citeguide.search.store.location import Place
from citeguide.search.store.open import Index, verify_files
from cluster_nodes import Nodes
from commands import ended
from indexed import update

TRIPS = 6
"""Requests that an answer may take."""
FERRY = "# The ferry\n\n## Tickets\n\nA day pass costs 14 dollars.\n\n## Rules\n\n- no dogs\n- no bicycles on Sundays\n"
FEES = "Class,Room,Fee\nJuggling,A1,€40\nFencing,B2,€65\n"
QUESTIONS = ("What does a day pass cost?", "Which class has the highest fee?", "What are the rules?", "Who sells fish?")
LONG = "Town,County,Residents,Rate\n" + "".join(
    f"Town {n},County {n % 40},{n * 7919 % 100_000},{n % 97}.{n % 10}\n" for n in range(3_000)
)
LONG_QUESTIONS = (
    "How many residents does Town 1234 have?",
    "Which town has the most residents?",
    "What is the average rate in County 7?",
    "How many towns have more than 99000 residents?",
    "Which towns in County 3 have a rate above 96?",
)


def guides(folder: Path, **texts: str) -> Path:
    """A folder of guides: ``ferry_md`` is the text of ferry.md."""
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name.replace("_", ".")).write_text(text, "utf-8")
    return folder


def answered(index: Index, question: str) -> dict[str, Any]:
    """An answer without what says when, and by which index and engine."""
    found = to_json(ask(question, index))
    return {name: found[name] for name in found if name not in {"index", "took_ms", "seal"}}


def answers(place: Place, questions: tuple[str, ...] = QUESTIONS) -> list[dict[str, Any]]:
    with open_index(place) as index:
        return [answered(index, question) for question in questions]


def trips(index: Index) -> int:
    """Requests so far."""
    cluster: Cluster = index.engine.engine._cluster  # type: ignore[attr-defined] # of this engine
    return cluster.trips


@pytest.fixture(scope="module")
def golden(nodes: Nodes, shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Index, Index]]:
    """The guides of the golden questions, in a folder and on the cluster."""
    folder = tmp_path_factory.mktemp("seeds")
    address = parse(f"opensearch://{nodes.hosts}/golden{secrets.token_hex(4)}")
    update(folder, [shared / "seeds"])
    copy_index(folder, address, progress=lambda *_: None)
    with open_index(folder) as one, open_index(address) as other:
        yield one, other


def test_golden_questions_are_answered_alike_in_few_trips(golden: tuple[Index, Index], shared: Path) -> None:
    lines = (shared / "golden/seeds.jsonl").read_text("utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines]
    folder, cluster = golden
    answered(cluster, questions[0])  # which learns of the tables
    taken = {}
    for question in questions:
        before = trips(cluster)
        assert answered(cluster, question) == answered(folder, question)
        taken[question] = trips(cluster) - before
    assert len(questions) >= 50
    assert {question: count for question, count in taken.items() if count > TRIPS} == {}


def test_a_guide_of_many_blocks_and_a_long_table_are_read_in_parts(
    address: ClusterAddress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows, columns, names, words around a place: each question on a store that has forgotten all others."""
    long = "# The book\n\n" + "".join(f"## Part {n}\n\nRule {n} of the book is about item {n}.\n\n" for n in range(900))
    place = guides(tmp_path / "guides", towns_csv=LONG, book_md=long, ferry_md=FERRY)
    update(tmp_path / "index", [place])
    update(address, [place])
    monkeypatch.setattr(store, "ROOM", 0)
    asked = (*LONG_QUESTIONS, *QUESTIONS, "What is rule 777 about?", "What is part 5?")
    with open_index(tmp_path / "index") as one, open_index(address) as other:
        for question in asked:
            assert answered(other, question) == answered(one, question)
        for document in one.catalog.documents():
            assert other.catalog.text(document.id) == one.catalog.text(document.id)
            assert other.catalog.passages_of(document.id) == one.catalog.passages_of(document.id)
            assert other.catalog.headings(document.id) == one.catalog.headings(document.id)
            for at in (0, 5, 20_000, 70_000):
                other.catalog.start_anew()
                span = (at, at + 50)
                assert other.catalog.texts.stretch(document.id, span) == one.catalog.texts.stretch(document.id, span)
                assert other.catalog.passage_at(document.id, span) == one.catalog.passage_at(document.id, span)
                assert other.catalog.rows_within(document.id, span) == one.catalog.rows_within(document.id, span)
        table = max(one.catalog.tables(), key=lambda table: table.row_count)
        assert other.catalog.rows_numbered(table.id, (2_999, 1)) == one.catalog.rows_numbered(table.id, (2_999, 1))
        for column in range(len(table.columns)):
            other.catalog.start_anew()
            assert other.catalog.keys_between(table.id, column, "town 5", "town 7", 9) == one.catalog.keys_between(
                table.id, column, "town 5", "town 7", 9
            )
            other.catalog.start_anew()
            assert other.catalog.keys(table.id, column) == one.catalog.keys(table.id, column)
            assert other.catalog.key_count(table.id, column) == one.catalog.key_count(table.id, column)
            assert other.catalog.names(table.id, column, 5) == one.catalog.names(table.id, column, 5)
        for counted in ("passages", "tables", "doubts"):
            assert other.catalog.counts(counted) == one.catalog.counts(counted)


def test_an_index_grows_step_by_step_as_in_a_folder(address: ClusterAddress, tmp_path: Path) -> None:
    """Added, changed and removed guides; what is gone is found no more, and reports say the same."""
    place = guides(tmp_path / "guides", ferry_md=FERRY, fees_csv=FEES)
    steps: list[Callable[[], object]] = [
        lambda: None,
        lambda: (place / "ferry.md").write_text(FERRY.replace("14", "15"), "utf-8"),
        lambda: (place / "fees.csv").unlink(),
        lambda: (place / "boats.md").write_text("# Boats\n\nA boat costs 90 dollars a day.\n", "utf-8"),
    ]
    for number, step in enumerate(steps, start=1):
        step()
        one, other = (update(where, [place]) for where in (tmp_path / "index", address))
        assert one._replace(took_ms=0) == other._replace(took_ms=0)
        assert other.generation == number
        assert answers(address) == answers(tmp_path / "index")
    assert update(address).generation == len(steps)
    verify_files(address)


def test_a_copy_goes_to_the_cluster_and_back(
    address: ClusterAddress, another: Callable[[], ClusterAddress], tmp_path: Path
) -> None:
    """With the key of its seals; and nothing that is there is ever replaced."""
    update(tmp_path / "index", [guides(tmp_path / "guides", ferry_md=FERRY, fees_csv=FEES)])
    copy_index(tmp_path / "index", address, progress=lambda *_: None)
    copy_index(address, tmp_path / "back", progress=lambda *_: None)
    copy_index(address, elsewhere := another(), progress=lambda *_: None)
    expected = answers(tmp_path / "index")
    assert answers(address) == answers(tmp_path / "back") == answers(elsewhere) == expected
    keys = set()
    for where in (tmp_path / "index", address, tmp_path / "back", elsewhere):
        with open_index(where) as index:
            assert index.seal_key is not None
            keys.add(index.seal_key.secret)
    assert len(keys) == 1
    with pytest.raises(UsageError, match="is not empty"):
        copy_index(tmp_path / "index", address, progress=lambda *_: None)


def test_a_reader_keeps_its_generation_and_two_later_ones_end_it(address: ClusterAddress, tmp_path: Path) -> None:
    place = guides(tmp_path / "guides", ferry_md=FERRY)
    update(address, [place])
    with open_index(address) as old:
        for price in (15, 16):
            (place / "ferry.md").write_text(FERRY.replace("14", str(price)), "utf-8")
            update(address)
            if price == 15:
                assert "14 dollars" in str(answered(old, QUESTIONS[0])["answer"])
                assert "15 dollars" in str(answers(address)[0]["answer"])
        old.catalog._store._forget()  # type: ignore[attr-defined] # of this store
        with pytest.raises(ClusterError, match="was replaced"):
            ask(QUESTIONS[0], old)


def test_one_writes_at_a_time_and_a_dead_writer_holds_nobody_up(
    address: ClusterAddress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = guides(tmp_path / "guides", ferry_md=FERRY)
    with ClusterGenerations(address).writing(), pytest.raises(IndexBusyError, match="is writing the index"):
        update(address, [place])
    monkeypatch.setattr(lease, "LEASE_SECONDS", 0.2)
    first = ClusterGenerations(address)
    with first.writing():
        first._lease._over.set()  # as if the machine had died
        time.sleep(0.5)
        monkeypatch.setattr(lease, "LEASE_SECONDS", 60.0)
        update(address, [place])
        with pytest.raises(IndexBusyError, match="taken over"):
            first.check_lease()
    assert "14 dollars" in str(answers(address)[0]["answer"])


def test_who_was_overtaken_puts_nothing_in_force(address: ClusterAddress, tmp_path: Path) -> None:
    """Even where the lease is of no help: the swap names what it replaces."""
    place = guides(tmp_path / "guides", ferry_md=FERRY)
    update(address, [place])
    slow = ClusterGenerations(address)
    with slow.writing(), slow.draft(slow.current(), "opensearch") as draft:
        draft.engine.commit()
        with closing(Cluster(address)) as cluster:
            before = in_force(cluster)
            other = f"{address.name}-000009-00000000-parts"
            cluster.ask("PUT", f"/{other}")
            swap = [
                {"add": {"index": other, "alias": address.name}},
                {"remove": {"index": before.parts, "alias": address.name}},
            ]
            cluster.ask("POST", "/_aliases", {"actions": swap})
            with pytest.raises((IndexBusyError, IndexMissingError)):
                draft.publish(before.manifest.sources, ocr=False)
            cluster.ask("DELETE", f"/{other}")


def test_what_was_left_unfinished_is_swept_and_never_seen(
    address: ClusterAddress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = guides(tmp_path / "guides", ferry_md=FERRY)
    update(address, [place])
    (place / "ferry.md").write_text(FERRY.replace("14", "15"), "utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(cluster_generations._ClusterDraft, "_swap", lambda _: 1 / 0)
        patched.setattr(ClusterGenerations, "_delete", lambda *_: None)  # as if the machine had died
        with pytest.raises(ZeroDivisionError):
            update(address)
    assert "14 dollars" in str(answers(address)[0]["answer"])
    assert update(address).generation == 2
    with closing(Cluster(address)) as cluster:
        found = cluster.ask("GET", f"/{address.name}-*/_alias")
        assert sorted(name.split("-")[1] for name in found) == ["000001"] * 2 + ["000002"] * 2 + ["control"]


def test_a_damaged_or_missing_part_is_found_out(address: ClusterAddress, tmp_path: Path) -> None:
    update(address, [guides(tmp_path / "guides", ferry_md=FERRY)])
    with closing(Cluster(address)) as cluster:
        found = in_force(cluster)
        cluster.ask("PUT", f"/{found.parts}/_settings", {"index.blocks.write": False})
        with open_index(address) as index:
            (document,) = index.catalog.documents()
        part = f"/{found.parts}/_doc/guide-{document.id}"
        whole = cluster.ask("GET", part)["_source"]
        for damaged in (whole | {"data": whole["data"][:-8] + "AAAAAAA="}, whole | {"sha256": "0" * 64}, None):
            if damaged is None:
                cluster.ask("DELETE", part, refresh="true")
            else:
                cluster.ask("PUT", part, damaged, refresh="true")
            with pytest.raises(IndexBrokenError, match=r"missing or damaged|not what was written"):
                answers(address)
            with pytest.raises(IndexBrokenError):
                verify_files(address)
        cluster.ask("PUT", part, whole, refresh="true")
        verify_files(address)
        cluster.ask("PUT", f"/{found.passages}/_settings", {"index.blocks.write": False})
        cluster.ask("PUT", f"/{found.passages}/_doc/1", {"number": 1, "document": 1, "length": 1, "text": "pay"})
        cluster.ask("POST", f"/{found.passages}/_refresh")
        with pytest.raises(IndexBrokenError, match="passages of the index are not what was written"):
            verify_files(address)


def test_a_cluster_that_takes_nothing_in_is_said_in_one_line(address: ClusterAddress, tmp_path: Path) -> None:
    place = guides(tmp_path / "guides", ferry_md=FERRY)
    update(address, [place])
    (place / "ferry.md").write_text(FERRY.replace("14", "15"), "utf-8")
    with closing(Cluster(address)) as cluster:
        settings, block = f"/{address.name}-control/_settings", "index.blocks.read_only_allow_delete"
        cluster.ask("PUT", settings, {block: True})  # as the cluster does itself where a disk is full
        with pytest.raises(StorageError, match="takes nothing more in"):
            update(address)
        cluster.ask("PUT", settings, {block: None})
    assert "14 dollars" in str(answers(address)[0]["answer"])
    update(address)
    assert "15 dollars" in str(answers(address)[0]["answer"])


def test_what_is_away_foreign_or_too_old_is_said_in_one_line(
    address: ClusterAddress, nodes: Nodes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(IndexMissingError, match="there is no index at opensearch://"):
        open_index(address)
    monkeypatch.setattr(client, "OLDEST_OPENSEARCH", (99, 1))
    with pytest.raises(ClusterError, match=r"is opensearch [0-9.]+, and OpenSearch 99\.1 or newer is needed"):
        open_index(address)
    monkeypatch.setattr(client, "ANSWER_SECONDS", 1.0)
    ending = ended(capsys, "ask", "--index", "opensearch://127.0.0.1:9/none", "Who?")
    assert ending.status == 2
    assert ending.err.count("\n") == 1
    assert "127.0.0.1:9 cannot be reached" in ending.err
    with closing(Cluster(parse(f"opensearchs://{nodes.hosts}/test"), 2.0)) as cluster, pytest.raises(ClusterError):
        cluster.check_server()


def test_a_shard_that_fails_is_an_error_and_no_smaller_answer(address: ClusterAddress, tmp_path: Path) -> None:
    update(address, [guides(tmp_path / "guides", ferry_md=FERRY)])
    with open_index(address) as index, closing(Cluster(address)) as cluster:
        found = in_force(cluster)
        cluster.ask("POST", f"/{found.passages}/_close")
        with pytest.raises((IndexBrokenError, ClusterError)):
            ask(QUESTIONS[0], index)


def test_every_command_takes_the_address(
    address: ClusterAddress, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Or says in one line that it needs a folder."""
    place = guides(tmp_path / "guides", ferry_md=FERRY, fees_csv=FEES)
    at = ("--index", str(address))
    assert ended(capsys, *at, "index", str(place)).status == 0
    asked = ended(capsys, *at, "ask", "--json", QUESTIONS[0])
    assert json.loads(asked.out)["index"]["engine"] == "opensearch"
    (tmp_path / "saved.jsonl").write_text(asked.out, "utf-8")
    for command in (["search", "pass"], ["tables"], ["status"], ["check"], ["verify", str(tmp_path / "saved.jsonl")]):
        done = ended(capsys, *at, *command)
        assert (done.status, command) == (0, command), done.err
    assert "opensearch://" in ended(capsys, *at, "status").out
    page = ended(capsys, *at, "serve", "--get", "/ask?q=What+does+a+day+pass+cost%3F")
    assert "14 dollars" in page.out
    for refused, said in (
        (["index", "--watch"], "--watch needs an index in a folder"),
        (["index", "--model", str(tmp_path)], "--model needs an index in a folder"),
        (["index", "--engine", "tantivy"], "is searched by opensearch"),
        (["index", "https://www.example.org/"], "kept in a folder"),
    ):
        done = ended(capsys, *at, *refused)
        assert (done.status, said in done.err, done.err.count("\n")) == (2, True, 1), done.err


JUNK: tuple[Any, ...] = (None, 5, -1, "x", True, [], {}, [[]], {"a": 1})


def spoilt(reply: Any, chance: Random) -> Any:
    """A reply of which something is left out, or is something else."""
    if not isinstance(reply, list | dict) or not reply or chance.random() < 0.1:
        return chance.choice(JUNK)
    copy = reply.copy()
    at: Any = chance.choice(list(copy) if isinstance(copy, dict) else range(len(copy)))
    if chance.random() < 0.1:
        del copy[at]
    else:
        copy[at] = spoilt(copy[at], chance)
    return copy


def test_whatever_a_cluster_replies_ends_in_one_line_and_never_in_a_defect(
    address: ClusterAddress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One reply of many is spoilt, while the index is asked, checked, brought away and updated."""
    place = guides(tmp_path / "guides", ferry_md=FERRY, fees_csv=FEES)
    update(address, [place])
    monkeypatch.setattr(cluster_generations, "IN_STEP_SECONDS", 0.2)
    monkeypatch.setattr(bulk, "BULK_SECONDS", 0.1)
    chance, trusted = Random(3), Cluster.ask  # noqa: S311 - the same in every run
    asked, target, failed = 0, 0, 0

    def ask_spoilt(cluster: Cluster, *args: Any, **options: Any) -> Any:
        nonlocal asked
        reply = trusted(cluster, *args, **options)
        asked += 1
        return spoilt(reply, chance) if asked == target else reply

    def changed() -> None:
        (place / "ferry.md").write_text(FERRY.replace("14", str(chance.randrange(10_000))), "utf-8")
        update(address)

    def brought() -> None:
        copy_index(address, tmp_path / secrets.token_hex(4), progress=lambda *_: None)

    monkeypatch.setattr(Cluster, "ask", ask_spoilt)
    acts: tuple[tuple[Callable[[], object], int], ...] = (
        (lambda: answers(address), 50), (lambda: verify_files(address), 40), (brought, 20), (changed, 12),
    )  # fmt: skip
    for act, times in acts:
        asked = target = 0
        act()
        for number in chance.choices(range(1, asked + 1), k=times):
            asked, target = 0, number
            try:
                act()
            except CiteguideError:
                failed += 1
            with closing(Cluster(address)) as cluster, suppress(AbsentError):  # a lease that could not be given back
                trusted(cluster, "DELETE", f"/{address.name}-control/_doc/{lease.LEASE}")
    assert failed > 20, "what was spoilt was hardly ever seen"  # 49 to 60 of 122: which reply it hits depends on time
