"""One real cluster for all tests of this folder, in however many processes; without a server they are skipped."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator

import pytest
from citeguide.search.store.cluster.address import ClusterAddress, parse
from cluster_nodes import Nodes, missing, shared


@pytest.fixture(scope="session")
def nodes(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Nodes]:
    """Three nodes; of a cluster that runs already where OPENSEARCH_PORTS names theirs."""
    if ports := os.environ.get("OPENSEARCH_PORTS"):
        yield Nodes.running([int(port) for port in ports.split(",")])
        return
    if reason := missing():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{reason}, and CI must have a cluster")
        pytest.skip(reason)
    own = tmp_path_factory.getbasetemp()
    with shared(own if worker_id == "master" else own.parent) as started:
        yield started


@pytest.fixture
def address(another: Callable[[], ClusterAddress]) -> ClusterAddress:
    """Where an index may be made that nobody else knows of."""
    return another()


@pytest.fixture
def another(nodes: Nodes) -> Iterator[Callable[[], ClusterAddress]]:
    """Addresses that were never used; what is there at the end of the test goes."""
    made: list[ClusterAddress] = []

    def address() -> ClusterAddress:
        made.append(parse(f"opensearch://{nodes.hosts}/test{secrets.token_hex(4)}"))
        return made[-1]

    yield address
    for each in made:
        nodes.ask(f"{each.name}-*", method="DELETE")
