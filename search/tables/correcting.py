"""Misspelled names: "Freson" is read as "Fresno" where nothing else in the guides or the question explains the word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..engines.base import Engine
from ..words import STOP_WORDS, Term, stem
from .nicknames import CITIES
from .profile import Profile
from .spelling import nearest
from .vocabulary import phrases

SHORTEST_KNOWN = 6
"""Letters of a word of table questions ("median") that may be misspelled."""


@dataclass(frozen=True, slots=True)
class Correction:
    """The words as they are meant, and what was read differently."""

    words: tuple[Term, ...]
    notes: tuple[str, ...]
    choices: tuple[str, ...] = ()
    """Words that a misspelled one may mean, where there are several."""


def correct(words: Sequence[Term], tables: Sequence[Profile], engine: Engine) -> Correction | None:
    """The words with misspelled names put right; None where there is nothing to put right."""
    names = {word for table in tables for d in table.dimensions for word in d.names.vocabulary()}
    found: list[Term] = []
    notes: list[str] = []
    choices: list[str] = []
    for word in words:
        near = _meanings(word, names) if _is_strange(word, names, engine) else ()
        if len(near) == 1:
            notes.append(f'"{word.word}" is read as "{near[0].title() if near[0] in names else near[0]}".')
            found.append(replace(word, word=near[0], stem=stem(near[0])))
            continue
        choices += near
        found.append(word)
    return Correction(tuple(found), tuple(notes), tuple(choices)) if notes or choices else None


def _is_strange(word: Term, names: set[str], engine: Engine) -> bool:
    """Whether a word is none that the guides, the tables or the language of table questions know."""
    return (
        word.word.isalpha()
        and word.word not in STOP_WORDS
        and word.word not in names
        and word.word not in CITIES
        and word.word not in _known_words()
        and not engine.passages_with(word.stem)
    )


def _meanings(word: Term, names: set[str]) -> tuple[str, ...]:
    near = nearest(word.word, sorted(names))
    if near or len(word.word) < SHORTEST_KNOWN:
        return near
    known = nearest(word.word, sorted(w for w in _known_words() if len(w) >= SHORTEST_KNOWN))
    return tuple(w for w in known if w[0] == word.word[0])


def _known_words() -> frozenset[str]:
    return frozenset(word for phrase in phrases() for word in phrase)
