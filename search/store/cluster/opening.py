"""Opens the generation in force of an index on a cluster, and says which one that is.

The alias that the index is called by points to the parts of one generation, whose names are never used again. So what
was opened stays what it is, until the generation is swept: two later ones are in force by then at the least.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from ...errors import IndexBrokenError, IndexMissingError
from ..catalog import Catalog
from ..engines.bm25 import Ranker
from ..generation import Manifest, Pointer, parse_manifest
from ..open import Index
from ..seal_key import SealKey, parse_key
from .address import ClusterAddress
from .client import AbsentError, Cluster
from .engine import OPENSEARCH_NAME, OpenSearchEngine
from .parts import MANIFEST_PART, PartReader, Records
from .shelf import HEAD, Head, head_of
from .store import ClusterStore
from .totals import Total, passage_lines, total_of_parts

KEY_DOCUMENT = "seal-key"
PARTS_INDEX, PASSAGES_INDEX, CONTROL = "parts", "passages", "control"
"""What the names of indices end with: those of a generation, and the one that all share."""
GENERATION = r"(?P<name>[a-z0-9_]+)-(?P<number>[0-9]{6,12})-(?P<token>[0-9a-f]{8})"
_PARTS = re.compile(rf"(?P<generation>{GENERATION})-{PARTS_INDEX}")


class InForce(NamedTuple):
    """The generation that the alias points to."""

    name: str
    """What its indices' names begin with."""
    manifest: Manifest
    sha256: str
    written: datetime
    key: SealKey | None

    @property
    def parts(self) -> str:
        """The index of its parts."""
        return f"{self.name}-{PARTS_INDEX}"

    @property
    def passages(self) -> str:
        """The index of its passages."""
        return f"{self.name}-{PASSAGES_INDEX}"


def open_cluster(address: ClusterAddress) -> Index:
    """Open the generation in force. Raises IndexMissingError where there is none, and ClusterError."""
    with ExitStack() as held:
        cluster = held.enter_context(closing(Cluster(address)))
        cluster.check_server()
        found = in_force(cluster)
        reader = PartReader(cluster, found.parts)
        head, shelf = _begun(reader, found.manifest)
        engine = Ranker(OpenSearchEngine(cluster, found.passages, head, reader))
        catalog = Catalog(ClusterStore(reader, head, shelf))
        held.pop_all()
    return Index(
        Path(found.name), found.manifest.generation, catalog, engine,
        tuple(Path(source.path) for source in found.manifest.sources),
        pointer=Pointer(found.name, found.sha256), version=found.manifest.version,
        seal_key=found.key, ocr=found.manifest.ocr, made=found.written.timestamp(),
    )  # fmt: skip


def in_force(cluster: Cluster) -> InForce:
    """The generation that the alias points to. Raises IndexMissingError where it is none."""
    name = cluster.address.name
    docs = [{"_index": name, "_id": MANIFEST_PART}, {"_index": f"{name}-{CONTROL}", "_id": KEY_DOCUMENT}]
    reply = cluster.ask("POST", "/_mget", {"docs": docs})
    try:
        manifest, key = reply["docs"]
        if manifest.get("error") and "not_found" not in str(manifest["error"]):
            raise IndexBrokenError(f"the index {cluster.address} cannot be read now", "see whether the cluster is well")
        if not manifest.get("found"):
            raise IndexMissingError(
                f"there is no index at {cluster.address}", f"run 'citeguide index --index {cluster.address} PATH'"
            )
        match = _PARTS.fullmatch(manifest["_index"])
        if match is None or match["name"] != name:
            raise IndexBrokenError(f"{name} is no index of citeguide on the cluster", "choose another name")
        data = str(manifest["_source"]["data"]).encode()
        written = datetime.fromisoformat(manifest["_source"]["written"])
        held = parse_manifest(data, Path(match["generation"]))
        return InForce(match["generation"], held, sha256(data).hexdigest(), written, _key(key))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexBrokenError(f"the manifest of {cluster.address} cannot be read", _REBUILD) from error


def _key(reply: Any) -> SealKey | None:
    """The key that answers are sealed with; None where there is none, or none that this user may read."""
    return parse_key(str(reply["_source"]["line"])) if reply.get("found") else None


class PointerAlias:
    """Tells of a newer generation; the cluster is asked once in ``LOOK`` seconds, however many visitors there are."""

    def __init__(self, address: ClusterAddress) -> None:
        self._cluster = Cluster(address)
        self._lock = Lock()
        self._known, self._until = b"", 0.0

    def line(self) -> bytes:
        """Something else for each generation; nothing where none is in force."""
        with self._lock:
            if time.monotonic() >= self._until:
                try:
                    found = in_force(self._cluster)
                    self._known = Pointer(found.name, found.sha256).to_line().encode()
                except IndexMissingError:
                    self._known = b""
                self._until = time.monotonic() + LOOK
            return self._known

    def close(self) -> None:
        """Let go of the connections."""
        self._cluster.close()


def is_unused(address: ClusterAddress) -> bool:
    """Whether the cluster has no index of this name."""
    with closing(Cluster(address)) as cluster:
        cluster.check_server()
        return not has(cluster, f"/_alias/{address.name}") and not has(cluster, f"/{address.name}/_alias")


def has(cluster: Cluster, path: str) -> bool:
    """Whether there is what a path asks for."""
    try:
        return bool(cluster.ask("GET", path))
    except AbsentError:
        return False


def _begun(reader: PartReader, manifest: Manifest) -> tuple[Head, Iterator[Records]]:
    """The head, which the manifest vouches for, and the shelf."""
    shelf = manifest.files["shelf"].size
    if manifest.engine != OPENSEARCH_NAME or not 0 < shelf < _MOST_SHELVES:
        raise IndexBrokenError("the manifest of the index is damaged", _REBUILD)
    found = reader.fetch([HEAD, *(f"shelf-{n}" for n in range(shelf))])
    head = head_of(next(found)[1])
    if head.shelf != shelf:
        raise IndexBrokenError("the head of the index is of another generation", _REBUILD)
    return head, (records for _, records in found)


def verify_cluster(address: ClusterAddress) -> None:
    """Hold every part and every passage of the generation in force against the manifest, on the cluster."""
    with closing(Cluster(address, VERIFY_SECONDS)) as cluster:
        cluster.check_server()
        found = in_force(cluster)
        for file, total in (
            (PARTS_INDEX, total_of_parts(cluster, found.parts)),
            (PASSAGES_INDEX, Total.of(passage_lines(cluster, found.passages))),
        ):
            record = found.manifest.files[file]
            if (total.count, (total.sha256,)) != record:
                raise IndexBrokenError(f"the {file} of the index are not what was written", _REBUILD)


VERIFY_SECONDS = 60.0
LOOK = 1.0
"""Seconds for which what is in force is taken to be so."""
_MOST_SHELVES = 1_000_000
_REBUILD = "run 'citeguide index --full'"
