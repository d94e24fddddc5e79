"""Who chooses among numbered sentences, and what of its reply is taken: numbers, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

MOST_CHOSEN = 4
"""Sentences that a model may choose for one answer."""

_NUMBERS = re.compile(r"\[?[0-9]{1,3}(?:(?: *, *| +(?:and +)?)[0-9]{1,3}){0,8}\]?\.?", re.ASCII)


class Chooser(Protocol):
    """Someone who is shown a question with numbered sentences, and says which of them answer it."""

    @property
    def name(self) -> str:
        """Who it is, as answers say it."""

    def reply(self, question: str, sentences: Sequence[str]) -> str:
        """What it says to a question and sentences, numbered from 1. Raises ChooserError where it cannot be asked."""


def chosen(reply: str, offered: int) -> tuple[int, ...] | None:
    """The numbers of a reply, from 1 to ``offered``, each once and in its order; empty for "none", which is 0.

    None where the reply is anything but a choice: words, a number that was not offered, too many numbers.
    """
    text = reply.strip()
    if not _NUMBERS.fullmatch(text):
        return None
    numbers = tuple(dict.fromkeys(int(number) for number in re.findall("[0-9]+", text)))
    if numbers == (0,):
        return ()
    return numbers if len(numbers) <= MOST_CHOSEN and all(1 <= number <= offered for number in numbers) else None
