"""What is wrong with the letters of a text: what was lost or decoded wrongly, and what reading passes over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...search.model import Doubt, Span
from ...search.text.line_index import LineIndex
from ...search.text.tokenizer import BROKEN_WORD, INVISIBLE
from . import mojibake

MOST_LOST_LETTERS = 100
"""Damaged letters of a guide that are listed one by one."""
PARTED_AT_LINE_END = re.compile(r"[-\u2010\u00ad]\r?\n")
"""Without which no word goes on in the next line; it is found at once."""
HIDDEN_IN_WORD = re.compile(rf"[^\W\d_][{INVISIBLE}]+(?=[^\W\d_])")
"""A word that holds what is not seen."""


def damaged(text: str, lines: LineIndex) -> Iterator[Doubt]:
    """Wrongly decoded and lost letters, in doubt; words that are found in spite of what stands in them, repaired."""
    if not text.isascii():
        yield from _wrong_letters(text, lines)
        yield from _counted(
            HIDDEN_IN_WORD, text, lines, "of a word with invisible characters in it: it is found without them"
        )
        yield from _lost_letters(text, lines)
    if PARTED_AT_LINE_END.search(text):
        yield from _counted(
            BROKEN_WORD, text, lines, "of a word that goes on in the next line: it is found whole as well"
        )


def _wrong_letters(text: str, lines: LineIndex) -> Iterator[Doubt]:
    for number, (span, letter) in enumerate(mojibake.runs(text)):
        if number == MOST_LOST_LETTERS:
            return
        yield Doubt("doubt", f"a letter that was decoded wrongly: “{letter}”", span, lines.lines(span))


def _lost_letters(text: str, lines: LineIndex) -> Iterator[Doubt]:
    if (at := text.find("\ufffd")) >= 0:
        span: Span = (at, at + 1)
        yield Doubt("doubt", _cases(text.count("\ufffd"), "of a lost letter (\ufffd)"), span, lines.lines(span))


def _counted(pattern: re.Pattern[str], text: str, lines: LineIndex, what: str) -> Iterator[Doubt]:
    """One note for all places, at the first of them."""
    places = [match.span() for match in pattern.finditer(text)]
    if places:
        yield Doubt("repaired", _cases(len(places), what), places[0], lines.lines(places[0]))


def _cases(number: int, what: str) -> str:
    return f"{number:,} {'case' if number == 1 else 'cases'} {what}"
