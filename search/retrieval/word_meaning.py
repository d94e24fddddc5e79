"""Nearness in meaning without an encoder: by the vectors of the words, which every install has.

It finds no passages, for that every one would have to be looked at; of those that are found by their words, and of
their sentences, it tells which are nearest.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from ..lang.word_vectors import TextVector, text_vector
from ..meaning import Meaning
from ..model import Passage
from .passage_signals import cut_sentences, read


def passage_cosine(text: str, passage: Passage, above: Sequence[str], meaning: Meaning | None) -> float:
    """The cosine of a passage below its headings: by the index's own vectors, or by the words alone."""
    if meaning:
        return next(iter(meaning.cosines(text, passage.id)), 0.0)
    return _vector(text).cosine(_passage("\n".join(above), passage.text))


def sentence_cosines(text: str, passage: Passage, meaning: Meaning | None) -> Sequence[float]:
    """The same of each of its sentences."""
    if meaning:
        return meaning.cosines(text, passage.id)[1:]
    asked = _vector(text)
    return [asked.cosine(each) for each in _sentences(passage.kind, passage.text)]


@lru_cache(maxsize=64)
def _vector(text: str) -> TextVector:
    return text_vector(read(text).stems)


@lru_cache(maxsize=4096)
def _passage(above: str, text: str) -> TextVector:
    """Kept for the next question, as the sentences' are."""
    return text_vector((*read(above).stems, *read(text).stems))


@lru_cache(maxsize=4096)
def _sentences(kind: str, text: str) -> tuple[TextVector, ...]:
    return tuple(text_vector(term.stem for term in words) for _, words in cut_sentences(kind, text))
