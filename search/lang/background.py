"""How common words are in ordinary prose: a few guides are too little text to tell.

Counted in 21,000 passages of an encyclopaedia and written by bench/background.py; change that script, not this file.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from .lexicon import lexicon

RARE = 6.5
"""What a stem that is not listed stands for."""


def rarity(stem: str) -> float:
    """The logarithm of one in how many passages of ordinary prose a stem stands in (natural logarithm)."""
    return _levels().get(stem, RARE)


@cache
def _levels() -> Mapping[str, float]:
    """Each stem that is listed, with its rarity."""
    counted = lexicon("prose_idf")
    return {stem: float(level) for level in counted.sections if level for stem in counted.words(level)}
