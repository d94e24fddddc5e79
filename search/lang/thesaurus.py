"""Words near in meaning, and how common each is: one sorted file, searched where it lies.

``bench/build_thesaurus.py`` writes it; its first lines name source and licence. A cold question reads a few pages of
it and parses nothing.
"""

from __future__ import annotations

import mmap
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

UNLISTED = 2.0
"""How common a stem is taken for that the file lacks, as a Zipf frequency: the logarithm of its uses in 10⁹ words."""


class Entry(NamedTuple):
    """What the file says of a stem."""

    zipf: float
    near: Mapping[str, float]
    """Stems near in meaning, each with its cosine."""


@lru_cache(maxsize=4096)
def entry(stem: str) -> Entry | None:
    """What is known of a stem; None where it is not listed."""
    line = _line(stem.encode() + b"\t") if stem.isascii() and stem.isalpha() else b""
    if not line:
        return None
    _, zipf, near = line.decode("ascii").split("\t")
    pairs = (pair.split(":") for pair in near.split())
    return Entry(float(zipf), {word: int(hundredths) / 100 for word, hundredths in pairs})


def zipf(stem: str) -> float:
    """How common a stem is in ordinary English."""
    found = entry(stem)
    return found.zipf if found else UNLISTED


def _line(begins: bytes) -> bytes:
    """The line that begins so, by bisection; empty where none does."""
    data = _data()
    low, high = 0, len(data)
    while low < high:
        start = data.rfind(b"\n", 0, (low + high) // 2) + 1
        if data[start : start + len(begins)] < begins:
            low = data.find(b"\n", start) + 1
        else:
            high = start
    found = data[low : data.find(b"\n", low)]
    return found if found.startswith(begins) else b""


@cache
def _data() -> mmap.mmap:
    with (files(__package__) / "en" / "thesaurus.tsv").open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
