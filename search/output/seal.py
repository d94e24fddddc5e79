"""The seal of a saved answer: a hash over all that it says, which tells an answer that was altered since.

It is no signature: whoever forges an answer can seal it anew. What an answer says is proved otherwise, from the guides.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from hashlib import sha256
from typing import Any

NAME = "seal"
_LEFT_OUT = {NAME, "took_ms", "explain"}
"""How long it took, and how the answer was found, is no part of what it says: the same answer has the same seal."""


def seal(answer: Mapping[str, Any]) -> str:
    """The seal of an answer's JSON object, however its numbers were read and its fields are ordered."""
    said = {name: value for name, value in answer.items() if name not in _LEFT_OUT}
    return sha256(json.dumps(_plain(said), sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def is_broken(answer: Mapping[str, Any]) -> bool:
    """Whether an answer bears a seal that does not fit it. One without any is not sealed, which is no fault."""
    return NAME in answer and answer[NAME] != seal(answer)


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
