"""Which words say the opposite of each other."""

from __future__ import annotations

from functools import cache

from ..lang.lexicon import lexicon
from .tokenizer import stem


@cache
def opposite_stems() -> frozenset[tuple[str, str]]:
    """The pairs of stems that are opposites, each both ways round."""
    sides = (line.split(" - ") for line in lexicon("opposites").lines("opposites"))
    pairs = {(stem(x), stem(y)) for a, b in sides for x in a.split() for y in b.split()}
    return frozenset(pairs | {(y, x) for x, y in pairs})
