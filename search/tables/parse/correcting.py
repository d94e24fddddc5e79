"""Misspelled names: "Freson" is read as "Fresno" where nothing else in the guides or the question explains the word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from typing import NamedTuple

from ...column_kinds import ColumnRole
from ...params import SpellingParams
from ...store.engines.bm25 import Ranker
from ...text.tokenizer import STOP_WORDS, Term, stem
from ..schema.nicknames import CITIES
from ..schema.profile import Profile
from .name_spelling import nearest
from .vocabulary import phrases

CORRECTED_KINDS = frozenset({"measure", "pay", "period", "super", "mean"})
"""Kinds of words that may be misspelled: what is measured, and what is ranked."""


class Correction(NamedTuple):
    """The words as they are meant, and what was read differently."""

    words: tuple[Term, ...]
    notes: tuple[str, ...]


class _Known:
    """The words of the tables' names."""

    def __init__(self, tables: Sequence[Profile]) -> None:
        self._names = [dimension.names for table in tables for dimension in table.dimensions]

    def holds(self, word: str) -> bool:
        """Whether it is a word of a name."""
        return any(word in names.words() for names in self._names)

    @cached_property
    def places(self) -> frozenset[str]:
        """Those of places."""
        return frozenset().union(*(names.words() for names in self._names if names.has_role(ColumnRole.PLACE)))

    @cached_property
    def words(self) -> frozenset[str]:
        """All of them."""
        return frozenset().union(*(names.words() for names in self._names))

    def parted(self, word: str) -> tuple[str, ...]:
        """The two neighbours in a name that are written as one there; nothing where it is no such word."""
        halves = {(word[:at], word[at:]) for at in range(1, len(word))}
        found: tuple[str, ...] = ()
        for names in self._names:
            known = names.words()
            wanted = {(one, other) for one, other in halves if one in known and other in known}
            found = next((pair for pair in names.neighbours() if pair in wanted), found) if wanted else found
        return found


def correct(
    words: Sequence[Term], tables: Sequence[Profile], engine: Ranker, params: SpellingParams
) -> Correction | None:
    """The words with misspelled names put right; None where nothing is to be put right, or it is not clear how."""
    known = _Known(tables)
    found: list[Term] = []
    notes: list[str] = []
    at = 0
    while at < len(words):
        taken, meant = _meaning(words[at : at + 2], known, engine, params)
        if meant:
            written = " ".join(word.word for word in words[at : at + taken])
            notes.append(f'"{written}" is read as "{_capital(meant, known)}".')
            found += _as(meant, words[at].start, words[at + taken - 1].end)
        else:
            found.append(words[at])
        at += taken
    return Correction(tuple(found), tuple(notes)) if notes else None


def _meaning(
    words: Sequence[Term], known: _Known, engine: Ranker, params: SpellingParams
) -> tuple[int, tuple[str, ...]]:
    """How many of the words are read differently, and as what; nothing where there is no one meaning."""
    first = words[0].word
    if not _is_strange(words[0], known, engine):
        return 1, ()
    if len(words) > 1 and known.holds(first + words[1].word):
        return 2, (first + words[1].word,)
    if apart := known.parted(first):
        return 1, apart
    near = (
        nearest(first, sorted(known.places), params)
        or nearest(first, sorted(known.words), params)
        or _ordinary(first, params)
    )
    return 1, near if len(near) == 1 else ()


def _is_strange(word: Term, known: _Known, engine: Ranker) -> bool:
    """Whether a word is none that the guides, the tables or the language of table questions know."""
    plain = word.word
    if not plain.isalpha() or plain in STOP_WORDS or plain in CITIES or plain in _vocabulary() or known.holds(plain):
        return False
    if any(stem(name) == word.stem for name in known.places):
        return True  # a name has no other forms: what shares its stem is a slip
    return not engine.passages_with(word.stem)


def _ordinary(word: str, params: SpellingParams) -> tuple[str, ...]:
    """Words of table questions that a longer word is a slip for; the first letter is hardly ever wrong."""
    if len(word) < params.shortest_asking - 1:
        return ()
    known = (other for other in _telling() if len(other) >= params.shortest_asking and other[0] == word[0])
    return nearest(word, sorted(known), params, 1)


@cache
def _vocabulary() -> frozenset[str]:
    return frozenset(word for phrase in phrases() for word in phrase)


@cache
def _telling() -> frozenset[str]:
    """The words that by themselves say what is measured or ranked."""
    return frozenset(
        phrase[0] for phrase, sense in phrases().items() if sense.kind in CORRECTED_KINDS and len(phrase) == 1
    )


def _as(meant: Iterable[str], start: int, end: int) -> Iterator[Term]:
    return (Term(stem(word), word, start, end) for word in meant)


def _capital(meant: Sequence[str], known: _Known) -> str:
    return " ".join(word.title() if known.holds(word) else word for word in meant)
