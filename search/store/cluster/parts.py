"""The parts that a catalog is cut into on a cluster, and how one is packed: each is read whole, and proves itself.

``shelf-…`` holds what is needed of all guides: their titles and files, their tables, how much each holds. Of a guide of
up to ``PASSAGES_A_BLOCK`` passages all else is one part, ``guide-…``. A longer one has its headings, pages and doubts
there, and where its blocks begin; ``block-…`` are its passages in order with their texts and rows. Of its tables
``table-…`` is all there is to know of columns, where they have no more than ``FEW_ROWS`` rows; of longer ones
``column-…`` is an array with its order and ``keys-…`` some folded texts of a column with their rows. ``stems-…`` is the
vocabulary.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from base64 import b64decode, b64encode
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from ...errors import CiteguideError, IndexBrokenError
from .client import AbsentError, Cluster, readable

Records = Mapping[str, Sequence[Sequence[Any]]]
"""Records by the table that they belong to: one of the catalog's, or one that only parts have."""

MANIFEST_PART = "manifest"
"""What is called so beside the parts is none."""
PASSAGES_A_BLOCK = 256
"""Passages of a block, and of a guide that is one part."""
FEW_ROWS = 1_000
"""Rows of a table up to which all of its columns are one part."""
KEYS = 2_048
"""Folded texts of a part."""
SHELF = 2_000
"""Guides of a part of the shelf."""
STEMS_A_PART = 4_096
MAX_PART = 256 * 2**20
"""Bytes of a part, unpacked."""
PARTS_A_REQUEST = 100
"""Parts that one request asks for."""
PART_DOCUMENT_BITS = 22
"""A passage's, row's and table's number holds its document's, moved up by so many bits."""
SHELVED = ("documents", "origins", "tables", "table_stems", "skipped")
"""Tables of the catalog whose records are all on the shelf."""
BROUGHT = ("texts", "passages", "rows", "columns", "keys", "headings", "pages", "doubts")
_REBUILD = "run 'citeguide index --full'"


def document_of(number: int) -> int:
    """The document of a passage, a row or a table."""
    return number >> PART_DOCUMENT_BITS


def block_of(passage: int) -> int:
    """The block of its guide that a passage is in."""
    return (passage & ((1 << PART_DOCUMENT_BITS) - 1)) // PASSAGES_A_BLOCK


def pack(name: str, records: Records) -> dict[str, Any]:
    """The document that a part is on the cluster."""
    blobs = bytearray()

    def packed(value: Any) -> Any:
        if not isinstance(value, bytes):
            return value
        blobs.extend(value)
        return [len(blobs) - len(value), len(blobs)]

    held = {table: [[*map(packed, row)] for row in rows] for table, rows in records.items() if rows}
    head = json.dumps(held, ensure_ascii=False, separators=(",", ":")).encode()
    data = zlib.compress(len(head).to_bytes(4) + head + blobs, level=6)
    return {"name": name, "data": b64encode(data).decode(), "sha256": _hash(name, data), "size": len(data)}


def unpack(name: str, source: Any) -> Records:
    """The records of a part. Raises IndexBrokenError where it is not what was written under this name."""
    try:
        data = b64decode(source["data"], validate=True)
        if _hash(name, data) != source["sha256"]:
            raise _damaged(name)
        unpacking = zlib.decompressobj()
        plain = unpacking.decompress(data, MAX_PART)
        if not unpacking.eof:
            raise _damaged(name)
        size = int.from_bytes(plain[:4])
        head, blobs = json.loads(plain[4 : 4 + size]), plain[4 + size :]
        return {
            str(table): [[blobs[v[0] : v[1]] if isinstance(v, list) else v for v in row] for row in rows]
            for table, rows in head.items()
        }
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, zlib.error) as error:
        raise _damaged(name) from error


def insert(db: sqlite3.Connection, records: Records) -> None:
    """Put the catalog's records of a part into its tables; those that are there stay."""
    try:
        for table in (*SHELVED, *BROUGHT):
            if rows := records.get(table):
                marks = ",".join("?" * len(rows[0]))
                db.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", rows)  # noqa: S608 - a table of ours
    except (sqlite3.Error, OverflowError, TypeError) as error:
        raise IndexBrokenError("the index holds a damaged record", _REBUILD) from error


class PartReader:
    """Brings parts of one generation."""

    def __init__(self, cluster: Cluster, index: str) -> None:
        self.cluster = cluster
        self.index = index

    def fetch(self, names: Iterable[str]) -> Iterator[tuple[str, Records]]:
        """Each of these parts. Raises IndexBrokenError where one is missing or damaged."""
        for name, source in self.sources(names):
            yield name, unpack(name, source)

    def sources(self, names: Iterable[str]) -> Iterator[tuple[str, Any]]:
        """The documents that these parts are, a hundred in one trip."""
        wanted = list(names)
        for at in range(0, len(wanted), PARTS_A_REQUEST):
            asked = wanted[at : at + PARTS_A_REQUEST]
            try:
                reply = self.cluster.ask("POST", f"/{self.index}/_mget", {"ids": asked})
            except AbsentError as error:
                raise gone(error) from error
            yield from zip(asked, _sources(reply, asked), strict=True)


def gone(error: CiteguideError) -> CiteguideError:
    """A generation that was swept while somebody read it."""
    return type(error)("the index was replaced, twice, since it was opened", "ask again")


def _sources(reply: Any, asked: Collection[str]) -> Iterator[Any]:
    """The documents of a reply, in the order asked for. A shard that fails is an error, never a smaller answer."""
    with readable():
        found = list(reply["docs"])
        for name, each in zip(asked, found, strict=True):
            if each.get("error"):
                raise IndexBrokenError("part of the index cannot be read on the cluster", "see whether it is well")
            if each["found"] is not True or each["_id"] != name:
                raise _damaged(name)
            yield each["_source"]


def _hash(name: str, data: bytes) -> str:
    return sha256(name.encode() + b"\0" + data).hexdigest()


def _damaged(name: str) -> IndexBrokenError:
    return IndexBrokenError(f"the part {name[:80]} of the index is missing or damaged", _REBUILD)
