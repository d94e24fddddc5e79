"""The seal of an answer: a hash over all that it says and, made with the index's key, a second one over the first.

The hash tells anybody that an answer was altered since; whoever knows how can make it anew. The second can be made only
by who may read the key: it proves to the index that it gave this answer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from hashlib import sha256
from hmac import compare_digest
from typing import Any

from ..model import SavedSeal
from ..store.seal_key import SealKey

SEAL_FIELD = "seal"
_LEFT_OUT = {SEAL_FIELD, "took_ms"}
"""How long it took is no part of what it says: the same answer has the same seal."""


def seal(answer: Mapping[str, Any], key: SealKey | None = None) -> str:
    """The seal of an answer's JSON object, however its numbers were read and its fields are ordered."""
    said = hash_of(answer)
    return said if key is None else f"{said}.{key.sealed(said)}"


def hash_of(answer: Mapping[str, Any]) -> str:
    """SHA-256 of all that an answer's JSON object says."""
    said = {name: value for name, value in answer.items() if name not in _LEFT_OUT}
    return sha256(json.dumps(_plain(said), sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def is_altered(saved: SavedSeal | None) -> bool:
    """Whether a saved answer bears a seal that does not fit it. One without any is not sealed, which is no fault."""
    return saved is not None and saved.borne.partition(".")[0] != saved.said


def is_sealed_by(key: SealKey | None, saved: SavedSeal | None) -> bool:
    """Whether a saved answer is, to the letter, one that was sealed with this key."""
    if key is None or saved is None:
        return False
    return compare_digest(saved.borne.encode(), f"{saved.said}.{key.sealed(saved.said)}".encode())


def _plain(value: Any) -> Any:
    """Numbers in one form: JSON knows one kind of them, and readers several."""
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if not isinstance(value, Decimal | float):
        return value
    number = float(value)
    return int(number) if abs(number) < 2**53 and number.is_integer() else number
