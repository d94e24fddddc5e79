"""How the indices of a generation are laid out on a cluster: every field by name (``cluster_fields.json``)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ...search.store.engines.bm25 import K1, B

INDEX_SETTINGS: dict[str, Any] = {
    "auto_expand_replicas": "0-1",  # a copy of each shard, on another node where there is one
    "refresh_interval": "-1",
    "similarity": {"ours": {"type": "BM25", "k1": K1, "b": B}},
}
"""Of every index; how many shards is told beside."""


def mapping(kind: str) -> dict[str, Any]:
    """The fields of an index of passages, of parts, or of what all generations share."""
    fields = json.loads(Path(__file__).with_name("cluster_fields.json").read_text("utf-8"))
    return {"dynamic": "strict", "properties": fields[kind]}
