"""The key by which an index seals the answers that it gives.

It lies in ``INDEX/seal.key``, readable by its owner only. Whoever has it can seal an answer as this index does; whoever
can only read or change saved answers cannot. An index without one, or with one that this user may not read, answers as
ever.
"""

from __future__ import annotations

import re
from contextlib import suppress
from hashlib import sha256
from hmac import digest
from pathlib import Path
from typing import NamedTuple

from .regular import open_regular

SEAL_KEY_FILE = "seal.key"
SECRET_BYTES = 32
_LINE = re.compile(
    rf"(?P<said>(?P<since>[0-9]{{1,12}}) (?P<secret>[0-9a-f]{{{2 * SECRET_BYTES}}})) (?P<check>[0-9a-f]{{64}})\n"
)


class SealKey(NamedTuple):
    """``since`` is the first generation whose answers all bear its seal."""

    since: int
    secret: bytes

    def __repr__(self) -> str:
        return f"SealKey(since={self.since})"  # a secret is not shown

    def sealed(self, text: str) -> str:
        """The HMAC-SHA256 of a text, in hexadecimal."""
        return digest(self.secret, text.encode(), "sha256").hex()

    def to_line(self) -> str:
        """The key file's one line, which ends with a hash over the rest: a damaged key is none."""
        said = f"{self.since} {self.secret.hex()}"
        return f"{said} {_check(said)}\n"


def load_key(index: Path) -> SealKey | None:
    """The key of an index folder. Raises OSError where it may not be read; None where it is missing or damaged."""
    with suppress(FileNotFoundError), open_regular(index / SEAL_KEY_FILE) as file:
        return parse_key(file.read(1_000).decode("ascii", "replace"))
    return None


def parse_key(line: str) -> SealKey | None:
    """The key that a line says; None where it is damaged."""
    match = _LINE.fullmatch(line)
    if match and _check(match["said"]) == match["check"]:
        return SealKey(int(match["since"]), bytes.fromhex(match["secret"]))
    return None


def readable_key(index: Path) -> SealKey | None:
    """The key of an index folder, where there is one that may be read."""
    with suppress(OSError):
        return load_key(index)
    return None


def _check(said: str) -> str:
    return sha256(said.encode()).hexdigest()
