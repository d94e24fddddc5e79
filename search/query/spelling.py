"""Did you mean: what a word of the question, which no guide holds, was likely meant to be.

First the index's own words are looked at, then those of ordinary English: guides say many of these otherwise. A word
of English is never corrected.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from ..lang.thesaurus import word_zipf, words_from
from ..params import SpellingParams
from ..store.engines.base import Hit, Slip
from ..store.open import Index
from ..text.edit_distance import distance, letters, may_be_near
from ..text.tokenizer import Term, stem, terms


def meant(words: Sequence[Term], index: Index, params: SpellingParams) -> Mapping[str, str]:
    """By the word as it is written, the one of the index that it misspells, where exactly one is nearest to it."""
    slips = {
        term.word: Slip(term.stem, _edits(term.word, params.two_edits))
        for term in words
        if len(term.word) >= params.shortest and term.word.isalpha() and not word_zipf(term.word)
    }
    if not slips:
        return {}
    english = {stem(word) for term in words if (word := in_english(term.word, params))}
    near = index.engine.near(list(slips.values()), params.seen, english)
    written = _written(near, index)
    found = {}
    for (word, slip), stems in zip(slips.items(), near, strict=True):
        apart = [(distance(word, other, slip.edits), other) for other in written if stem(other) in stems]
        least = min((far for far, _ in apart), default=slip.edits + 1)
        nearest = [other for far, other in apart if far == least]
        if least <= slip.edits and len(nearest) == 1:
            found[word] = nearest[0]
    return found


def _written(near: Sequence[Mapping[str, Sequence[Hit]]], index: Index) -> set[str]:
    """The words that stand for these stems in passages that hold them."""
    hits = [(each, hit.passage) for stems in near for each, hits in stems.items() for hit in hits]
    wanted = {each for each, _ in hits}
    texts = (passage.text for passage in index.catalog.passages(dict.fromkeys(passage for _, passage in hits)))
    return {term.word for text in texts for term in terms(text) if term.stem in wanted}


@lru_cache(maxsize=4096)
def in_english(word: str, params: SpellingParams) -> str | None:
    """The word of ordinary English that one which is none misspells.

    Of those nearest to it, one that only lacks a letter or has two swapped, then the most common.
    """
    if len(word) < params.shortest_english or not (word.isascii() and word.isalpha()) or _is_english(word, params):
        return None
    own, counted = letters(word), Counter(word)
    for edits in range(1, _edits(word, params.two_edits_english) + 1):
        near = [
            (counted <= Counter(other), zipf, other)
            for other, zipf, others in _common(word[0], params.common_english)
            if abs(len(other) - len(word)) <= edits
            and may_be_near(own, others, edits)
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
    return [(word, zipf, letters(word)) for word, zipf in words_from(letter) if zipf >= least]


def _edits(word: str, two: int) -> int:
    """How many letters may be wrong in a word, where so many letters may hold two slips."""
    return 2 if len(word) >= two else 1
