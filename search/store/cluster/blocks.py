"""Why a cluster takes nothing in: a block on what is written, which its disks, its keeper or its start put there.

A block is written in the reason as ``[STATUS/NUMBER/words]``. Those of a cluster that is starting, or has no manager,
pass by themselves; of the others nothing is tried again.
"""

from __future__ import annotations

import re

from ...errors import StorageError

_BLOCK = r"(?:cluster|index_create)_block_exception"
_NUMBERED = re.compile(r"\[[A-Z_]+/(\d{1,9})/")
PASSING = frozenset({"1", "2"})
"""The state is not recovered yet; there is no manager."""
DISK = frozenset({"10", "12", "13"})
"""No new index, an index that only shrinks, a cluster that only shrinks: what a cluster does whose disks are full."""
_KEPT = "what was in force stays in force"


def is_block(error: object) -> bool:
    """Whether a reply, or what a server calls its refusal, is a block that stays until somebody does something."""
    said = str(error)[:10_000]
    return bool(re.search(_BLOCK, said)) and not PASSING.intersection(_NUMBERED.findall(said))


def blocked(where: str, error: object) -> StorageError:
    """The one line for it: what holds the cluster, and what to do."""
    numbers = _NUMBERED.findall(str(error)[:10_000])
    if numbers and DISK.isdisjoint(numbers):
        return StorageError(f"{where} is set to take nothing in", f"lift the block that its keeper set; {_KEPT}")
    return StorageError(
        f"{where} takes nothing more in: its disk is over its watermark",
        f"free space on the cluster's disk, or give it another node; {_KEPT}",
    )
