"""Which words name groups of people."""

from __future__ import annotations

from .stance_words import NOT_PEOPLE, PEOPLE, PEOPLE_ENDINGS


def is_people(word: str) -> bool:
    """Whether a word names a group of people, by a short list and by its ending."""
    return word in PEOPLE or (len(word) > 5 and word.endswith(PEOPLE_ENDINGS) and word not in NOT_PEOPLE)
