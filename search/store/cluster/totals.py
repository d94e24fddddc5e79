"""What all documents of an index on the cluster add up to, whatever their order: so none can be lost unseen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from ...errors import IndexBrokenError
from .client import Cluster, readable
from .parts import MANIFEST_PART, PARTS_A_REQUEST, PartReader, unpack
from .shelf import natural

TOTALS_PAGE = 2_000
"""Documents that are listed at once."""
BATCH = 16 * 2**20
"""Bytes of parts that are fetched at once."""
_MODULUS = 1 << 256


@dataclass(slots=True)
class Total:
    """How many there were, and the sum of the hashes of what each says."""

    count: int = 0
    sum: int = 0

    @classmethod
    def of(cls, lines: Iterable[str]) -> Total:
        """The total of these."""
        total = cls()
        for line in lines:
            total.add(line)
        return total

    def add(self, line: str) -> None:
        """One more."""
        self.count += 1
        self.sum = (self.sum + int.from_bytes(sha256(line.encode("utf-8", "surrogatepass")).digest())) % _MODULUS

    @property
    def sha256(self) -> str:
        """The sum, as a hash is written."""
        return f"{self.sum:064x}"


def part_line(name: str, digest: str) -> str:
    """What a part adds."""
    return f"{name} {digest}"


def passage_line(source: dict[str, Any]) -> str:
    """What a passage adds."""
    words = "\0".join(f"{field}={source[field]}" for field in ("text", "row") if field in source)
    return f"{source['number']} {source['document']} {source['length']} {words}"


def listed(
    cluster: Cluster, index: str, by: str, fields: list[str], size: int = TOTALS_PAGE
) -> Iterator[dict[str, Any]]:
    """Every document of an index that does not change any more, in order of a field, so many at a time."""
    after: list[Any] = []
    while True:
        body = {"size": size, "sort": [{by: "asc"}], "track_total_hits": False, "_source": fields}
        reply = cluster.ask(
            "POST", f"/{index}/_search", body | ({"search_after": after} if after else {}),
            allow_partial_search_results="false",
        )  # fmt: skip
        with readable():
            if reply["_shards"]["failed"] or reply["timed_out"]:
                raise IndexBrokenError("part of the index cannot be read on the cluster", "see whether it is well")
            hits = reply["hits"]["hits"]
            yield from (dict(hit["_source"]) for hit in hits)
            if len(hits) < size:
                return
            if len(hits) > size or (after and not after < hits[-1]["sort"]):  # else a list might have no end
                raise ValueError(after)
            after = list(hits[-1]["sort"])


def part_names(cluster: Cluster, index: str) -> Iterator[list[str]]:
    """The names of all parts but the manifest, as many at a time as are well fetched at once."""
    batch, size = list[str](), 0
    with readable():
        for found in listed(cluster, index, "name", ["name", "size"]):
            if found["name"] == MANIFEST_PART:
                continue
            more = natural(found["size"])
            if batch and (size + more > BATCH or len(batch) == PARTS_A_REQUEST):
                yield batch
                batch, size = [], 0
            batch.append(str(found["name"]))
            size += more
    if batch:
        yield batch


def total_of_parts(cluster: Cluster, index: str) -> Total:
    """What the parts of an index add up to; each is read and held against its own hash."""
    total, reader = Total(), PartReader(cluster, index)
    for names in part_names(cluster, index):
        for name, source in reader.sources(names):
            unpack(name, source)
            total.add(part_line(name, source["sha256"]))
    return total


def passage_lines(cluster: Cluster, index: str) -> Iterator[str]:
    """What each passage of an index adds."""
    with readable():
        for source in listed(cluster, index, "number", ["number", "document", "length", "text", "row"]):
            yield passage_line(source)
