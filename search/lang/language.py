"""Whether a question is in English: told by its letters, and by the words that hold its sentence together.

Names say nothing: an English question about "Los Angeles" or "Jalapeño" is one, for English words hold it together.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache

from .lexicon import lexicon

_ENGLISH = (("stopwords", "stop"), ("stopwords", "question"), ("stopwords", "common"), ("chat", "chat"))
FEWEST = 2
"""Words of another language that no English question holds together by chance."""


def other_language(text: str, words: Sequence[str]) -> str | None:
    """What a question is written in, if not in English: "Spanish", "Cyrillic letters"; None where it may be English.

    ``words`` are its words, folded.
    """
    english = _english()
    if sum(word in english for word in words) == 0 and (script := _script(text)):
        return f"{script} letters"
    held = {word for word in words if word in english}
    best, most = None, 0
    for language, spoken in lexicon("other_languages").pairs("languages"):
        theirs = set(words) & set(spoken.split())
        ours = held - theirs
        if len(theirs - english) > max(most, len(ours)):
            best, most = language, len(theirs - english)
    return best if most >= FEWEST else None


@cache
def _english() -> frozenset[str]:
    """The words by which a question is English, put together once."""
    return frozenset().union(*(lexicon(name).words(section) for name, section in _ENGLISH))


def _script(text: str) -> str | None:
    """The letters that most of a text is written in, unless they are Latin ones."""
    names = [unicodedata.name(c, "").split(" ")[0].split("-")[0] for c in text if c.isalpha()]
    commonest = max(set(names), key=names.count, default="LATIN")
    if commonest in ("LATIN", "") or names.count(commonest) * 2 <= len(names):
        return None
    return _NAMES.get(commonest, commonest.capitalize())


_NAMES = {"CJK": "Chinese or Japanese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean"}
