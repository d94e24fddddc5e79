"""Vectors of words: texts whose words' vectors sum up alike are near in meaning, whatever words they have in common.

``bench/build_word_vectors.py`` writes the file; docs/dependencies.md names source and licence. It has, sorted, the
CRC-32 of each stem and behind them a byte for each number of each vector, 128 being nought. A cold question maps the
file and reads the pages that it needs.
"""

from __future__ import annotations

import math
import mmap
import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache, lru_cache
from operator import mul
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

VECTORS_HEAD = struct.Struct("<4sHI")
"""What the file begins with: a mark, the length of a vector, how many there are."""
VECTORS_MARK = b"CGV1"
ZERO = 128
HASH = 4
"""Bytes of a stem's CRC-32."""
LANE = 4
"""Bytes in which each number of a sum has room: vectors are added as one long integer, which is fast."""


class TextVector(NamedTuple):
    """The sum of a text's word vectors, and its length."""

    numbers: tuple[int, ...]
    length: float

    def cosine(self, other: TextVector) -> float:
        """How near two texts are in meaning, from -1 to 1; 0 where one has no word that is known."""
        product: int = sum(map(mul, self.numbers, other.numbers))
        return product / ((self.length * other.length) or 1.0)


def text_vector(stems: Iterable[str]) -> TextVector:
    """The vector of a text with these stems, each as often as it stands there."""
    known = [vector for vector in map(_lanes, stems) if vector]
    size = _file().size
    sums = struct.unpack(f"<{size}I", sum(known).to_bytes(size * LANE, "little"))
    zero = ZERO * len(known)
    numbers = tuple(each - zero for each in sums)
    return TextVector(numbers, math.sqrt(sum(map(mul, numbers, numbers))))


@lru_cache(maxsize=16_384)
def word_vector(stem: str) -> TextVector:
    """The vector of one word, kept for the next one that it is held against."""
    return text_vector((stem,))


class _File(NamedTuple):
    """The open file."""

    data: mmap.mmap
    size: int
    hashes: array[int]
    start: int
    """Where the vectors begin."""


@lru_cache(maxsize=16_384)
def _lanes(stem: str) -> int:
    """A stem's vector as one integer with a lane for each number; 0 where it is not known."""
    file, wanted = _file(), crc32(stem.encode())
    at = bisect_left(file.hashes, wanted)
    if at == len(file.hashes) or file.hashes[at] != wanted:
        return 0
    start = file.start + at * file.size
    lanes = bytearray(file.size * LANE)
    lanes[::LANE] = file.data[start : start + file.size]
    return int.from_bytes(lanes, "little")


@cache
def _file() -> _File:
    with (Path(__file__).parent / "en" / "word_vectors.bin").open("rb") as opened:
        data = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
    mark, size, count = VECTORS_HEAD.unpack_from(data)
    if mark != VECTORS_MARK:
        raise ValueError("word_vectors.bin is of another form")
    start = VECTORS_HEAD.size + count * HASH
    return _File(data, size, array("I", struct.unpack(f"<{count}I", data[VECTORS_HEAD.size : start])), start)
