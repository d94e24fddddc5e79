"""Guides of nearly the same text: a page that was saved twice, a print version, last year's edition.

A text is known by its shingles, runs of words; two texts are as much alike as they share of them (Jaccard's
coefficient). To find pairs without comparing all, each text is sketched by its smallest shingle hashes, and only texts
whose sketches meet are compared: A. Z. Broder, "On the resemblance and containment of documents" (1997).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import NamedTuple
from zlib import crc32

from ...search.text.tokenizer import WORD

SHINGLE = 4
"""Words of a shingle."""
LEAST_SHINGLES = 20
"""Shingles of a text that can be compared at all."""
SKETCH = 64
"""Hashes that a text is sketched by."""
COMMON = 40
"""Texts that share a hash from which on it says nothing: they are all of one kind."""
NEARLY_THE_SAME = 0.8
"""Jaccard's coefficient from which on two texts are nearly the same."""


class DuplicatePair(NamedTuple):
    """Two documents of nearly the same text, by their numbers, and how much of it they share, up to 1."""

    one: int
    other: int
    share: float


def near_duplicates(texts: Iterable[tuple[int, str]]) -> list[DuplicatePair]:
    """The pairs of documents that are nearly the same, the most alike first."""
    shingles = {number: found for number, text in texts if len(found := _shingles(text)) >= LEAST_SHINGLES}
    pairs = (DuplicatePair(a, b, _alike(shingles[a], shingles[b])) for a, b in _candidates(shingles))
    return sorted((pair for pair in pairs if pair.share >= NEARLY_THE_SAME), key=lambda pair: (-pair.share, pair))


def _shingles(text: str) -> frozenset[int]:
    words = WORD.findall(text.casefold())
    return frozenset(_mixed(" ".join(words[n : n + SHINGLE])) for n in range(len(words) - SHINGLE + 1))


def _mixed(shingle: str) -> int:
    """A hash whose order says nothing of the text: CRC-32, scattered by Knuth's multiplicative hashing."""
    return crc32(shingle.encode()) * 2_654_435_761 & 0xFFFFFFFF


def _candidates(shingles: Mapping[int, frozenset[int]]) -> Iterator[tuple[int, int]]:
    """The pairs whose sketches meet, each once."""
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for number, found in shingles.items():
        for value in sorted(found)[:SKETCH]:
            holders[value].append(number)
    met = {pair for numbers in holders.values() if 1 < len(numbers) <= COMMON for pair in combinations(numbers, 2)}
    yield from sorted(met)


def _alike(one: frozenset[int], other: frozenset[int]) -> float:
    common = len(one & other)
    return common / (len(one) + len(other) - common)
