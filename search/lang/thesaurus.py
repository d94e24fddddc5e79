"""Words near in meaning, and how common words are: two sorted files, searched where they lie.

``bench/build_thesaurus.py`` and ``bench/build_words.py`` write them; docs/dependencies.md names source and licence. A
cold question reads a few pages of them and parses nothing.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
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
    fields = _line("thesaurus", stem)
    if not fields:
        return None
    _, zipf, near = fields
    pairs = (pair.split(":") for pair in near.split())
    return Entry(float(zipf), {word: int(hundredths) / 100 for word, hundredths in pairs})


def zipf(stem: str) -> float:
    """How common a stem is in ordinary English."""
    found = entry(stem)
    return found.zipf if found else UNLISTED


def word_zipf(word: str) -> float:
    """How common a word is as it is written; 0 where it is rare, or no word at all."""
    fields = _line("words", word)
    return float(fields[1]) if fields else 0.0


def words_from(begins: str) -> Iterator[tuple[str, float]]:
    """The words of ordinary English that begin so, each with how common it is."""
    data, wanted = _data("words"), begins.encode()
    at = _at(data, wanted)
    while data[at : at + len(wanted)] == wanted:
        end = data.find(b"\n", at)
        word, _, zipf = data[at:end].decode("ascii").partition("\t")
        yield word, float(zipf)
        at = end + 1


def _line(name: str, word: str) -> list[str]:
    """The fields of a word's line; nothing where it has none."""
    if not (word.isascii() and word.isalpha()):
        return []
    data, begins = _data(name), word.encode() + b"\t"
    at = _at(data, begins)
    found = data[at : data.find(b"\n", at)]
    return found.decode("ascii").split("\t") if found.startswith(begins) else []


def _at(data: mmap.mmap, begins: bytes) -> int:
    """Where the first line stands that does not come before these bytes, by bisection."""
    low, high = 0, len(data)
    while low < high:
        start = data.rfind(b"\n", 0, (low + high) // 2) + 1
        if data[start : start + len(begins)] < begins:
            low = data.find(b"\n", start) + 1
        else:
            high = start
    return low


@cache
def _data(name: str) -> mmap.mmap:
    with (Path(__file__).parent / "en" / f"{name}.tsv").open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
