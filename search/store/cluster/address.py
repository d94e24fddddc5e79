"""Where an index on a cluster lies: ``opensearch://host:port,host:port/NAME``, with TLS ``opensearchs://``."""

from __future__ import annotations

import re

from ...errors import UsageError

PORT = 9200
CLUSTER_SCHEMES = {"opensearch": False, "opensearchs": True}
"""What an address begins with, and whether the cluster is spoken to by TLS."""
_ADDRESS = r"(?P<scheme>[a-z]+)://(?P<hosts>[^/]*)/(?P<name>.*)"
_HOST = r"(?P<host>[A-Za-z0-9][A-Za-z0-9.-]{0,252}|\[[0-9A-Fa-f:]{2,45}\])(?::(?P<port>[0-9]{1,5}))?"
_NAME = r"[a-z0-9][a-z0-9_]{0,99}"
_MOST_HOSTS = 20


class ClusterAddress:
    """Some nodes of a cluster, and what the index is called there."""

    def __init__(self, hosts: tuple[tuple[str, int], ...], name: str, *, is_secure: bool) -> None:
        self.hosts = hosts
        self.name = name
        self.is_secure = is_secure

    def __str__(self) -> str:
        hosts = ",".join(f"{host}:{port}" for host, port in self.hosts)
        return f"opensearch{'s' if self.is_secure else ''}://{hosts}/{self.name}"

    def absolute(self) -> ClusterAddress:
        """Itself: it means the same from wherever it is named, as an absolute path does."""
        return self


def is_address(value: str) -> bool:
    """Whether somebody means a place on a network and no folder; what is no cluster is refused when it is read."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", value) is not None


def parse(value: str) -> ClusterAddress:
    """The address that is written so. Raises UsageError where it is none."""
    match = re.fullmatch(_ADDRESS, value)
    if "@" in value:
        raise UsageError("an address of an index holds no password", "see 'An index on a cluster' in docs/scaling.md")
    hosts = [re.fullmatch(_HOST, host) for host in match["hosts"].split(",")] if match else []
    found = tuple((h["host"].strip("[]"), int(h["port"] or PORT)) for h in hosts if h)
    is_right = match and 0 < len(found) == len(hosts) <= _MOST_HOSTS and all(0 < port < 2**16 for _, port in found)
    if (
        match is None
        or match["scheme"] not in CLUSTER_SCHEMES
        or not is_right
        or not re.fullmatch(_NAME, match["name"])
    ):
        raise UsageError(
            f"{value[:200]} is no address of an index on a cluster",
            "write opensearch://HOST:PORT/NAME, or opensearchs:// for TLS; NAME of a-z, 0-9 and _",
        )
    return ClusterAddress(found, match["name"], is_secure=CLUSTER_SCHEMES[match["scheme"]])
