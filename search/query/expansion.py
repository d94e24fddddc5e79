"""Words that stand for each other when people ask and guides tell, and what each counts.

General thesauri gave nothing (docs/quality.md): lists of the words that guides and their readers use, in families of
meaning, do. A word may belong to several.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from ..lang.lexicon import lexicon
from ..text.tokenizer import COMMON_WORDS, stem

FORM, NEAR, COMMON = 0.9, 0.6, 0.36
"""What another form of a word counts, one that means nearly the same, and such a one that is common: it says less."""
START = 2
"""Letters that a word and its stem begin with alike."""


class Family(NamedTuple):
    """Words that stand for each other: what each counts, and the common ones."""

    words: tuple[str, ...]
    counts: float
    common: float


@lru_cache(maxsize=4096)
def synonyms(one: str) -> Mapping[str, float]:
    """The stems that stand for a stem, with what each counts; only families that may hold it are stemmed."""
    found: dict[str, float] = {}
    for family in by_start().get(one[:START], ()):
        words = {stem(word): word for word in family.words}
        if one in words:
            for other, word in words.items():
                counts = family.common if word in COMMON_WORDS else family.counts
                found[other] = max(counts, found.get(other, 0.0))
    found.pop(one, None)
    return found


@cache
def by_start() -> Mapping[str, list[Family]]:
    """The families by the first letters of their words."""
    table: dict[str, list[Family]] = {}
    for family in _families():
        for start in {word[:START] for word in family.words}:
            table.setdefault(start, []).append(family)
    return table


def _families() -> Iterator[Family]:
    for name, section, counts, common in (
        ("word_forms", "", FORM, FORM),
        ("synonyms", "work and study", NEAR, NEAR),
        ("synonyms", "everyday", NEAR, COMMON),
    ):
        yield from (Family(tuple(line.split()), counts, common) for line in lexicon(name).lines(section))
