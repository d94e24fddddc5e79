"""Which words name the same thing: by a common root ("coder", "code"), or by the lexicon's list of near synonyms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import repeat
from typing import Final

from ..lang.lexicon import lexicon
from ..text.tokenizer import stem

SAME_THING: Final = lexicon("synonyms").lines("same thing")
"""Words that name the same thing, or nearly: nearer than ``synonyms`` are, as sides must speak of one thing."""
NARROWER: Final[Mapping[str, str]] = dict(lexicon("synonyms").pairs("narrower"))
"""What a wider word in a question asks for as well."""


@lru_cache(maxsize=65_536)
def names_same(a: str, b: str) -> bool:
    """Whether two stems name one thing: they are equal, one is the other's root, or the lexicon says so."""
    if a == b or b in _narrower().get(a, ()) or _group_of(a) & _group_of(b):
        return True
    short, long = sorted((a, b), key=len)
    if long in (short + short[-1], f"{short}e") and (short[-1] == "s" or long[-1] != "e"):
        return True
    if len(short) < 4 or len(long) - len(short) > 3 or not short.isalpha():
        return False
    return long.startswith(short) or (len(short) >= 6 and long.startswith(short[:-1]))


def names_of_same(sought: str) -> tuple[str, ...]:
    """Every stem of the lexicon that names the same thing as this one, which comes first."""
    same = {other for number in _group_of(sought) for other in _members()[number]} | _narrower().get(
        sought, frozenset()
    )
    return (sought, *sorted(same - {sought}))


def any_names_same(stem_sought: str, stems: Iterable[str]) -> bool:
    """Whether any of these stems names the same thing as the one that is looked for."""
    return any(map(names_same, repeat(stem_sought), stems))


def _group_of(one: str) -> frozenset[int]:
    return _groups().get(one, frozenset())


@cache
def _groups() -> Mapping[str, frozenset[int]]:
    """Stem to the numbers of the groups of KIN that it belongs to."""
    found: dict[str, frozenset[int]] = {}
    for number, text in enumerate(SAME_THING):
        for word in text.split():
            found[stem(word)] = found.get(stem(word), frozenset()) | {number}
    return found


@cache
def _members() -> Sequence[frozenset[str]]:
    """The stems of each group."""
    return [frozenset(map(stem, text.split())) for text in SAME_THING]


@cache
def _narrower() -> Mapping[str, frozenset[str]]:
    return {stem(wide): frozenset(map(stem, text.split())) for wide, text in NARROWER.items()}
