"""What one sentence says: its words and values, and whether it requires, allows or denies."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property, lru_cache
from itertools import pairwise

from ..reader.question_form import DENIALS
from ..text.quantities import Quantity, quantities
from ..text.tokenizer import QUESTION_WORDS, STOP_WORDS, Term
from .stance_words import DETERMINERS, OBLIGATION, PERMISSION, PREPOSITIONS, TO_DO, TO_OBLIGES


class Said:
    """A sentence: its text and its words, whose places count in a text that it begins at ``offset`` of."""

    def __init__(self, text: str, terms: Sequence[Term], offset: int = 0) -> None:
        self.text, self.terms, self.offset = text, terms, offset

    @cached_property
    def said(self) -> tuple[str, ...]:
        """Its words in order, folded."""
        return tuple(term.word for term in self.terms)

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words, folded."""
        return frozenset(self.said)

    @cached_property
    def content(self) -> frozenset[str]:
        """The stems of its words that carry meaning."""
        return telling(self.terms)

    @cached_property
    def values(self) -> tuple[Quantity, ...]:
        """The quantities that it names."""
        return read(self.text)

    @cached_property
    def obliges(self) -> int:
        """1 where it says that something is required, -1 that it is not, 0 where it says neither."""
        said = self.said
        if any(OBLIGATION.get(word) == -1 for word in said):
            return -1
        duty = any(OBLIGATION.get(word) == 1 for word in said)
        duty = duty or any(a in TO_OBLIGES and b in TO_DO for a, b in pairwise(said))
        return (-1 if self.denies else 1) if duty else 0

    @cached_property
    def permits(self) -> int:
        """1 where it says that something may be or is so, -1 that it is not, 0 where it says neither."""
        signs = [PERMISSION[word] for word in self.words if word in PERMISSION]
        if not signs:
            return -1 if self.denies else 0
        return -min(signs) if self.denies else min(signs)

    @cached_property
    def denies(self) -> bool:
        """Whether a word of it denies."""
        return any(word in DENIALS or word.endswith("n't") for word in self.words)

    @cached_property
    def placed(self) -> AbstractSet[tuple[str, str]]:
        """Its prepositions with the word behind each, an article aside."""
        said = [term for term in self.terms if term.word not in DETERMINERS]
        return {(a.word, b.stem) for a, b in pairwise(said) if a.word in PREPOSITIONS}

    @cached_property
    def names(self) -> AbstractSet[str]:
        """Words within it that are written with a capital."""
        return {term.stem for term in self.terms[1:] if self.text[term.start - self.offset].isupper()}


def telling(words: Sequence[Term]) -> frozenset[str]:
    """The stems of words that carry meaning."""
    return frozenset(t.stem for t in words if t.word not in STOP_WORDS and t.word not in QUESTION_WORDS)


@lru_cache(maxsize=1024)
def read(text: str) -> tuple[Quantity, ...]:
    """The quantities of a sentence, kept for the next pair that it is part of."""
    return tuple(quantities(text))
