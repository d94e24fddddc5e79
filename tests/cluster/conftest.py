"""One real cluster for all tests of this folder, which run in one process; without a server they are skipped."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator

import pytest
from citeguide.search.store.cluster.address import ClusterAddress, parse
from cluster_nodes import Nodes, missing


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All in one process, that only one cluster is started; said before xdist looks."""
    for item in items:
        if "cluster" in item.path.parts:
            item.add_marker(pytest.mark.xdist_group("cluster"))


@pytest.fixture(scope="session")
def nodes() -> Iterator[Nodes]:
    """Three nodes; of a cluster that runs already where OPENSEARCH_PORTS names theirs."""
    if ports := os.environ.get("OPENSEARCH_PORTS"):
        yield Nodes.running([int(port) for port in ports.split(",")])
        return
    if reason := missing():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{reason}, and CI must have a cluster")
        pytest.skip(reason)
    started = Nodes()
    try:
        started.wait()
        yield started
    finally:
        started.stop()


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
