"""How many slips lie between two words, for all that reads misspelled ones."""

from __future__ import annotations


def distance(one: str, other: str, most: int) -> int:
    """How many letters are added, dropped, changed or swapped to make one word of the other; ``most + 1`` for more.

    Optimal string alignment: F. J. Damerau, "A technique for computer detection and correction of spelling errors"
    (1964).
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def letters(word: str) -> int:
    """The set of a word's letters as bits."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 31)
    return bits


def may_be_near(one: int, other: int, most: int) -> bool:
    """Whether words of these letters may be so few slips apart: a slip makes at most two letters differ."""
    return (one ^ other).bit_count() <= 2 * most
