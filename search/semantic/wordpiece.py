"""Text to the pieces of words that BERT and its kin read: lower case, accents off, longest pieces first.

Y. Wu et al., "Google's Neural Machine Translation System" (2016), as J. Devlin et al. use it in "BERT" (2018). Each
piece knows where in the text its word stands, so that a vector can be made of any part of a text that was read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

LONGEST_WORD = 100
_WORD = re.compile(r"[^\W_]+|[^\s\w]|_")


class WordPart(NamedTuple):
    """A piece's number in the vocabulary, and the place of its word in the text."""

    number: int
    start: int


class WordPiece:
    """A vocabulary and how to cut by it."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._vocabulary = vocabulary
        self.opening, self.closing = vocabulary["[CLS]"], vocabulary["[SEP]"]
        self._unknown = vocabulary["[UNK]"]
        self._cut = lru_cache(maxsize=65_536)(self._pieces)

    def pieces(self, text: str) -> list[WordPart]:
        """The text's pieces in order, without the marks that open and close it."""
        return [WordPart(n, match.start()) for match in _WORD.finditer(text) for n in self._cut(match.group())]

    def _pieces(self, word: str) -> tuple[int, ...]:
        plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
        found: list[int] = []
        start = 0
        while start < len(plain) <= LONGEST_WORD:
            ends = range(len(plain), start, -1)
            longest = next((end for end in ends if self._piece(plain, start, end) in self._vocabulary), None)
            if longest is None:
                break
            found.append(self._vocabulary[self._piece(plain, start, longest)])
            start = longest
        return tuple(found) if plain and start == len(plain) else (self._unknown,)

    @staticmethod
    def _piece(word: str, start: int, end: int) -> str:
        return f"##{word[start:end]}" if start else word[:end]
