"""What a cluster refuses is told in one line: full disks as full disks, a keeper's block as one, a start as one."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from citeguide.search.errors import CiteguideError, StorageError
from citeguide.search.store.cluster import client
from citeguide.search.store.cluster.address import parse
from citeguide.search.store.cluster.bulk import Bulk
from citeguide.search.store.cluster.client import Cluster
from opensearchpy import Transport, Urllib3HttpConnection

RECORDED = tomllib.loads((Path(__file__).parent.parent / "cases" / "cluster_refusals.toml").read_text("utf-8"))
DISK = ("disk is over its watermark", "free space")


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Cluster:
    monkeypatch.setattr(client, "ANSWER_SECONDS", 0.05)
    return Cluster(parse("opensearch://127.0.0.1:9/guides"), 0.05)


def told(error: CiteguideError, says: str) -> bool:
    line = f"{error.message}; {error.remedy}"
    return all(each in line for each in DISK) if says == "disk" else says in line and not any(d in line for d in DISK)


@pytest.mark.parametrize("case", RECORDED["refusal"], ids=lambda case: case["name"])
def test_a_refusal_is_told_by_what_holds_the_cluster(
    case: dict[str, Any], cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the library raises it of a reply; what passes is asked for again, what stays is not."""
    asked = []

    def refuse(*_: object, **__: object) -> None:
        asked.append(1)
        Urllib3HttpConnection()._raise_error(case["status"], case["body"], "application/json")

    monkeypatch.setattr(Transport, "perform_request", refuse)
    monkeypatch.setattr(client, "_FIRST_WAIT", 0.001)
    with pytest.raises(CiteguideError) as raised:
        cluster.ask("PUT", "/guides/_doc/1", {})
    assert told(raised.value, case["says"])
    assert (len(asked) == 1) == case["stays"]
    assert isinstance(raised.value, StorageError) == case["stays"]


@pytest.mark.parametrize("case", RECORDED["bulk"], ids=lambda case: case["name"])
def test_a_document_of_many_is_refused_in_the_same_words(
    case: dict[str, Any], cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Transport, "perform_request", lambda *_, **__: json.loads(case["body"]))
    bulk = Bulk(cluster)
    bulk.add("guides", "1", {"a": 1})
    with pytest.raises(StorageError) as raised:
        bulk.flush()
    assert told(raised.value, case["says"])
