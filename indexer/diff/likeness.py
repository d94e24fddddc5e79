"""What makes a passage or a table row of one edition the same thing as one of the next, though its words changed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from ...search.column_kinds import ColumnRole
from ...search.model import Cell, Column
from ...search.text.tokenizer import key

EDITED = 0.5
"""Likeness from which on two passages count as one that was edited."""
RAREST = 5
TEXTS_COMPARED = 40
"""A text is compared with at most ``TEXTS_COMPARED`` others for each of its ``RAREST`` rarest words."""
MAX_PIECES = 50_000
"""Passages, sentences and rows of a guide that are compared; a longer guide is not."""
MAX_PASSAGE_COMPARED = 20_000
"""Code points of a passage that are compared."""

_WORD = re.compile(r"\w+")
_NAMING = {"place", "occupation", "pay type", "year", "code"}
"""Roles of columns that say what a row is about."""

Words = Counter[str]


def words(text: str) -> Words:
    """A text's words with their counts, for ``likeness``."""
    return Counter(_WORD.findall(text[:MAX_PASSAGE_COMPARED].casefold()))


def likeness(one: Words, other: Words) -> float:
    """Dice's coefficient of two texts' words: 0 where they share none, 1 where they have the same.

    Dice, Measures of the Amount of Ecologic Association Between Species, 1945.
    """
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


class Similar:
    """Finds, among many texts, those that one should be compared with: they share one of its rarest words."""

    def __init__(self, texts: Sequence[Words]) -> None:
        self._having: dict[str, list[int]] = defaultdict(list)
        for number, counts in enumerate(texts):
            for word in counts:
                self._having[word].append(number)

    def near(self, text: Words) -> list[int]:
        """The numbers of these texts."""
        rarest = sorted((word for word in text if word in self._having), key=lambda word: len(self._having[word]))
        return list(dict.fromkeys(number for word in rarest[:RAREST] for number in self._having[word][:TEXTS_COMPARED]))


def naming(columns: Sequence[Column]) -> list[int]:
    """The columns that tell a table's rows apart: those of places, occupations, years …, and the first if no figure."""
    return [
        number
        for number, column in enumerate(columns)
        if column.role in _NAMING or (number == 0 and not column.is_measure)
    ] or [0]


def row_key(cells: Sequence[Cell], named: Sequence[int]) -> tuple[str, ...]:
    """What a row is about, folded: equal for the same record of two editions."""
    return tuple(key(cells[column].text) for column in named if column < len(cells))


def label(cells: Sequence[Cell], columns: Sequence[Column]) -> str:
    """What a row is about, for people: ``Fresno, CA MSA``. Its pay period is left out where something else is said."""
    named = naming(columns)
    told = [number for number in named if not columns[number].has_role(ColumnRole.PAY_TYPE)] or named
    return ", ".join(text for number in told if number < len(cells) and (text := cells[number].text.strip()))
