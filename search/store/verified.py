"""Which files of the generation in force were hashed already, so that large ones are not hashed at every opening.

The file ``verified`` beside the pointer keeps each file's stamp (inode, size, times) from when its bytes were right. A
file that was written to since has another stamp and is hashed again. Whoever cannot write the list hashes every time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from .generation import HASHED_AT_OPENING, Pointer, Stamp
from .regular import create, open_regular

VERIFIED_FILE = "verified"
_MAX = 16 * 2**20


def verified(index: Path, pointer: Pointer) -> dict[str, Stamp]:
    """The stamps of the files of this generation that were right; none where the list is of another, or damaged."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        with open_regular(index / VERIFIED_FILE) as file:
            found = json.loads(file.read(_MAX))
        if found["generation"] == pointer.to_line():
            return {str(name): Stamp(*map(int, stamp)) for name, stamp in found["files"].items()}
    return {}


def remember(index: Path, pointer: Pointer, stamps: Mapping[str, Stamp]) -> None:
    """Keep stamps of files whose bytes were found right, where there are so many that not all are hashed each time."""
    if sum(stamp.size for stamp in stamps.values()) <= HASHED_AT_OPENING:
        return
    fresh = index / f".{VERIFIED_FILE}.new"
    with suppress(OSError):
        with create(fresh) as file:
            file.write(json.dumps({"generation": pointer.to_line(), "files": stamps}).encode())
        fresh.replace(index / VERIFIED_FILE)
