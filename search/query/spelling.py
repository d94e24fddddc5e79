"""Did you mean: what a word of the question, which no guide holds, was likely meant to be.

First the index's own words are looked at, then those of ordinary English: guides say many of these otherwise. A word
of English is never corrected.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from weakref import WeakKeyDictionary

from ..lang.thesaurus import word_zipf, words_from
from ..params import SpellingParams
from ..store.engines.base import Wish
from ..store.engines.bm25 import Ranker
from ..store.open import Index
from ..text.tokenizer import Term, stem, terms


def meant(term: Term, index: Index, params: SpellingParams) -> str | None:
    """The word of the index that ``term`` misspells, if exactly one is nearest to it."""
    if len(term.word) < params.shortest or not term.word.isalpha() or word_zipf(term.word):
        return None
    edits = _edits(term.word, params.two_edits)
    stems = list(_near(term.stem, index.engine, edits))
    near = [(distance(term.word, word, edits), word) for word in _words(stems, index, params.seen)]
    least = min((far for far, _ in near), default=edits + 1)
    nearest = {word for far, word in near if far == least}
    return nearest.pop() if least <= edits and len(nearest) == 1 else None


@lru_cache(maxsize=4096)
def in_english(word: str, params: SpellingParams) -> str | None:
    """The word of ordinary English that one which is none misspells.

    Of those nearest to it, one that only lacks a letter or has two swapped, then the most common.
    """
    if len(word) < params.shortest_english or not (word.isascii() and word.isalpha()) or _is_english(word, params):
        return None
    letters, counted = _letters(word), Counter(word)
    for edits in range(1, _edits(word, params.two_edits_english) + 1):
        near = [
            (counted <= Counter(other), zipf, other)
            for other, zipf, others in _common(word[0], params.common_english)
            if abs(len(other) - len(word)) <= edits
            and (letters ^ others).bit_count() <= 2 * edits
            and distance(word, other, edits) <= edits
        ]
        near = [n for n in near if n[0] or _may_replace(word, n[2], edits, params)]
        if near:
            return max(near)[2]
    return None


def _may_replace(word: str, other: str, edits: int, params: SpellingParams) -> bool:
    """Whether a letter of the word may be wrong: in a short word, or two letters, it is likely another word."""
    return set(word) == set(other) or (edits == 1 and len(word) >= params.shortest)


def _is_english(word: str, params: SpellingParams) -> bool:
    """Whether a word is listed, or is a form of one that is: short roots are those of slips as well ("maried")."""
    root = stem(word)
    return word_zipf(word) > 0 or (len(root) >= params.shortest and word_zipf(root) > 0)


@cache
def _common(letter: str, least: float) -> list[tuple[str, float, int]]:
    """The common words that begin with a letter, each with how common it is and the set of its letters."""
    return [(word, zipf, _letters(word)) for word, zipf in words_from(letter) if zipf >= least]


def _edits(word: str, two: int) -> int:
    """How many letters may be wrong in a word, where so many letters may hold two slips."""
    return 2 if len(word) >= two else 1


def distance(a: str, b: str, most: int) -> int:
    """How many letters are added, dropped, changed or swapped to make ``b`` of ``a``; inexact above ``most``.

    Optimal string alignment: F. J. Damerau, "A technique for computer detection and correction of spelling errors"
    (1964).
    """
    if abs(len(a) - len(b)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        older, before, row = before, row, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _near(near: str, engine: Ranker, edits: int) -> Iterator[str]:
    """The index's stems within so many edits of a stem, that begin with the same letter."""
    letters = _letters(near)
    for other, others in _vocabulary(engine, near[0]):
        if (letters ^ others).bit_count() <= 2 * edits and distance(near, other, edits) <= edits:
            yield other


def _words(stems: Sequence[str], index: Index, seen: int) -> set[str]:
    """The words that stand for these stems in passages that hold them."""
    found = index.engine.rank_all([Wish({each: 1.0}, seen) for each in stems]) if stems else []
    hits = {hit.passage: each for each, hits in zip(stems, found, strict=True) for hit in hits}
    wanted = set(hits.values())
    texts = (passage.text for passage in index.catalog.passages(hits))
    return {term.word for text in texts for term in terms(text) if term.stem in wanted}


def _vocabulary(engine: Ranker, first: str) -> list[tuple[str, int]]:
    """The stems of an engine that begin with a letter, each with the set of its letters; read once per engine."""
    known = _VOCABULARIES.setdefault(engine, {})
    if first not in known:
        known[first] = [(s, _letters(s)) for s in engine.stems(start=first) if len(s) > 2 and s.isalpha()]
    return known[first]


_VOCABULARIES: WeakKeyDictionary[Ranker, dict[str, list[tuple[str, int]]]] = WeakKeyDictionary()


def _letters(word: str) -> int:
    """The set of a word's letters as bits: words a few edits apart differ in few of them."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 31)
    return bits
