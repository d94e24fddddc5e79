"""Whether guides are about two things of one kind: a welding course and a baking course do not contradict each other.

Told from their titles and headings, level by level: they end in the same word, and the words right before it differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from ..lang.lexicon import lexicon
from ..text.tokenizer import QUESTION_WORDS, STOP_WORDS, terms
from .lexical_relation import names_same
from .stance_words import GENERAL

PAPERS = lexicon("scope").words("papers")
"""What guides call themselves: a staff handbook and an employee handbook are about the same."""
_NO_KIND = STOP_WORDS | QUESTION_WORDS | GENERAL


def are_siblings(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether the titles above two sentences, outermost first, name two things of one kind."""
    return any(_apart(_kind(a), _kind(b)) for a, b in zip(mine, theirs, strict=False))


def _apart(a: tuple[str, str] | None, b: tuple[str, str] | None) -> bool:
    return a is not None and b is not None and a[1] == b[1] and not names_same(a[0], b[0])


@lru_cache(maxsize=1024)
def _kind(title: str) -> tuple[str, str] | None:
    """The stems of a title's last word and of what stands right before it; None where it says no kind of a thing."""
    words = [*terms(title)][-2:]
    if len(words) < 2 or words[1].start - words[0].end != 1 or words[0].word in _NO_KIND or words[1].word in PAPERS:
        return None
    return words[0].stem, words[1].stem
