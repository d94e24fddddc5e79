"""Sends documents to a cluster in bulks: as large as it takes, again where it was too busy, each under its own number.

A document is acknowledged when every copy that is in step has it. One that is sent twice is there once.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Mapping
from typing import Any

from ...errors import ClusterError
from .blocks import blocked, is_block
from .client import Cluster, readable

BULK_BYTES, DOCUMENTS = 4 * 2**20, 2_000
"""Of one bulk at most."""
BULK_SECONDS = 60.0
"""Seconds that one bulk is sent again and again."""
_BUSY = {429, 500, 502, 503, 504}
"""What a document may be refused with that is taken a moment later."""


class Bulk:
    """Gathers documents and sends them when there are enough; the last with ``flush``."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._lines: list[str] = []
        self._size = 0
        self._most = DOCUMENTS
        """Documents of a bulk; halved where the cluster is too busy, and doubled again where it is not."""
        self.sent = 0
        """Documents that were acknowledged."""

    def add(self, index: str, number: str, source: Mapping[str, Any]) -> None:
        """One more, under a number of its own."""
        action = json.dumps({"index": {"_index": index, "_id": number}})
        line = f"{action}\n{json.dumps(source, ensure_ascii=False, separators=(',', ':'))}\n"
        self._lines.append(line)
        self._size += len(line)
        if self._size >= BULK_BYTES or len(self._lines) >= self._most:
            self.flush()

    def flush(self) -> None:
        """Send what was gathered. Raises StorageError where the cluster has no room, ClusterError where it refuses."""
        until, wait = time.monotonic() + BULK_SECONDS, 0.1
        while self._lines:
            reply = self._cluster.ask("POST", "/_bulk", "".join(self._lines), timeout="10s")
            refused, reason = _refused(reply, self._lines)
            self.sent += len(self._lines) - len(refused)
            if not refused:
                self._most = min(DOCUMENTS, 2 * self._most)
            elif time.monotonic() + wait > until:
                remedy = "see whether its nodes are well and have room on their disks, then run the command again"
                raise ClusterError(f"the cluster takes nothing more in just now ({reason})", remedy)
            else:
                self._most = max(1, self._most // 2)
                time.sleep(wait * random.uniform(0.5, 1.5))  # noqa: S311 - jitter
                wait = min(5.0, 2 * wait)
            self._lines = refused
        self._size = 0


def _refused(reply: Any, lines: list[str]) -> tuple[list[str], str]:
    """What is to be sent again, and why. Raises where something is refused that will be so again."""
    again, kind = list[str](), ""
    with readable():
        if not reply["errors"]:
            return [], ""
        for line, item in zip(lines, reply["items"], strict=True):
            done = item["index"]
            if done["status"] in (200, 201):
                continue
            kind = str(done["error"]["type"])[:60]
            if is_block(done["error"]):
                raise blocked("the cluster", done["error"])
            if done["status"] not in _BUSY:
                reason = str(done["error"].get("reason"))[:100]
                raise ClusterError(f"the cluster refuses a part of the index ({kind}: {reason})", "see its log")
            again.append(line)
    return again, kind
