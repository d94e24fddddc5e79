"""How common words are in ordinary prose: a few guides are too little text to tell.

Counted in 21,000 passages of an encyclopaedia and written by bench/background.py; change that script, not this file.
"""

from __future__ import annotations

from .lexicon import lexicon

RARE = 6.5
"""What a stem that is not listed stands for."""


def rarity(stem: str) -> float:
    """The logarithm of one in how many passages of ordinary prose a stem stands in (natural logarithm)."""
    return _RARITY.get(stem, RARE)


_RARITY = {
    stem: float(level) for level in lexicon("prose_idf").sections if level for stem in lexicon("prose_idf").words(level)
}
