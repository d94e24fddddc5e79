"""Gives an index the key that its answers are sealed with: once, before its first generation is in force."""

from __future__ import annotations

import secrets
from pathlib import Path

from ...search.store.seal_key import SEAL_KEY_FILE, SECRET_BYTES, SealKey, load_key
from .disk import replace

_OWNER_ONLY = 0o600


def ensure_key(index: Path, generation: int) -> None:
    """Make a key for a generation and those after it, where there is none or something else lies in its place.

    One that this user may not read is somebody else's, and stays.
    """
    found: SealKey | None = None
    try:
        found = load_key(index)
    except PermissionError:
        return
    except OSError:
        pass  # a link, a pipe: no key of ours
    if found is None:
        _write(index, SealKey(generation, secrets.token_bytes(SECRET_BYTES)))


def carry_key(key: SealKey | None, target: Path) -> None:
    """Let a copy of an index know the answers of what it was copied from; its own generations count from 1."""
    if key is not None:
        _write(target, key._replace(since=1))


def _write(index: Path, key: SealKey) -> None:
    replace(index / SEAL_KEY_FILE, key.to_line().encode(), _OWNER_ONLY)
