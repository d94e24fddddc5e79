"""Words that stand for each other when people ask and guides tell, and how they do.

General thesauri gave nothing (docs/quality.md): lists of the words that guides and their readers use, in families of
meaning, do. A word may belong to several.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import IntEnum
from functools import cache, lru_cache
from typing import NamedTuple

from ..lang.lexicon import lexicon
from ..text.tokenizer import COMMON_WORDS, stem

START = 2
"""Letters that a word and its stem begin with alike."""


class Likeness(IntEnum):
    """How a word stands for another one, the better the higher."""

    EVERYDAY = 1
    """It means nearly the same, and is common: it says less."""
    NEAR = 2
    """It means nearly the same."""
    FORM = 3
    """It is another form of the word."""


class Family(NamedTuple):
    """Words that stand for each other, and how each does, and the common ones."""

    words: tuple[str, ...]
    likeness: Likeness
    common: Likeness


@lru_cache(maxsize=4096)
def synonyms(one: str) -> Mapping[str, Likeness]:
    """The stems that stand for a stem, and how; only families that may hold it are stemmed."""
    found: dict[str, Likeness] = {}
    for family in _beginning(one[:START]):
        words = {stem(word): word for word in family.words}
        if one in words:
            for other, word in words.items():
                likeness = family.common if word in COMMON_WORDS else family.likeness
                found[other] = max(likeness, found.get(other, likeness))
    found.pop(one, None)
    return found


def _beginning(start: str) -> Iterator[Family]:
    """The families with a word that begins so, in order; only their lines are cut."""
    for lines, likeness, common in _families():
        at = lines.find(f" {start}")
        while at >= 0:
            end = lines.index("\n", at)
            yield Family(tuple(lines[lines.rindex("\n", 0, at) : end].split()), likeness, common)
            at = lines.find(f" {start}", end)


@cache
def _families() -> tuple[tuple[str, Likeness, Likeness], ...]:
    """The families as they are written, a line each, with how their words and the common ones of them are alike."""
    return tuple(
        ("\n".join(("", *(f" {line}" for line in lexicon(name).lines(section)), "")), likeness, common)
        for name, section, likeness, common in (
            ("word_forms", "", Likeness.FORM, Likeness.FORM),
            ("synonyms", "work and study", Likeness.NEAR, Likeness.NEAR),
            ("synonyms", "everyday", Likeness.NEAR, Likeness.EVERYDAY),
        )
    )
