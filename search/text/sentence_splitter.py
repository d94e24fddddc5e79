"""Where sentences begin and end: the units that quotes are made of.

Rules and a table of abbreviations, no model. The sentences of a text tile it: they stand in order, never overlap, and
leave only blanks between them, so a run of sentences is one verbatim slice of the text. Linear in the text's length.
"""

from __future__ import annotations

import re

from ..lang.lexicon import lexicon
from ..model import Span

_SENTENCES = lexicon("sentences")

STOP = re.compile(
    r"""
      [.!?…]+ (?:\[[0-9]{1,4}\])* ["'”’»)\]]*      # a full stop, footnote marks and whatever closes behind it
    | [。！？｡؟।]+ [”』」）"']*                       # marks that end a sentence without a blank behind them
    | \n[^\S\n]*\n                                  # a blank line
    | ^ (?: [^\s]{1,40} [ \t]{1,4} ){0,3} [^\s]{1,40} [ \t]{0,4} \n (?= [ \t]{0,8} ["“‘(]? [A-Z] )   # a line that is no
                                                     # more than a label, above one that begins anew
    | \n (?= [^\S\n]* (?: [-*+•‣◦▪·–] | [0-9]{1,3}[.)] ) [^\S\n] )   # the next item of a list
    """,
    re.VERBOSE | re.MULTILINE,
)
SPACED = ".!?…"
"""Marks that end a sentence only before a blank: ``3.5``, ``example.org`` and ``?q=`` do not."""

TITLES_OF_PEOPLE = _SENTENCES.words("titles")
"""Abbreviations that always go on: what they belong to follows."""
NUMBERED_ABBREVIATIONS = _SENTENCES.words("numbered")
"""Abbreviations only before a figure: ``No. 5`` goes on, ``They said no. Then`` ends."""
ENDINGS = _SENTENCES.words("endings")
"""Abbreviations that end a sentence only where the next word opens one."""
OPENERS = _SENTENCES.words("openers")
"""Words that rarely stand capitalised except at the start of a sentence."""

ABBREVIATION_REACH = 24
"""Code points looked back for an abbreviation."""


def sentences(text: str) -> list[Span]:
    """The sentences of a text in order, as half-open spans without blanks at either end."""
    found, start = [], 0
    for match in STOP.finditer(text):
        if _ends(text, match):
            found.append((start, match.end()))
            start = match.end()
    found.append((start, len(text)))
    return [span for span in (_trimmed(text, *span) for span in found) if span[0] < span[1]]


def spans_of(kind: str, text: str) -> list[Span]:
    """The units of a passage that quotes are made of: the lines of a list, the sentences of anything else."""
    return lines(text) if kind == "list" else sentences(text)


def lines(text: str) -> list[Span]:
    """The lines of a text that hold anything, as half-open spans without blanks at either end."""
    found, start = [], 0
    for line in text.split("\n"):
        found.append(_trimmed(text, start, start + len(line)))
        start += len(line) + 1
    return [span for span in found if span[0] < span[1]]


def _ends(text: str, stop: re.Match[str]) -> bool:
    """Whether the mark ends a sentence, as far as the words on both sides tell."""
    mark, end = stop.group(), stop.end()
    if mark[0] not in SPACED or end == len(text):
        return True
    if not text[end].isspace():
        return False
    following = _first_word(text, end)
    if following[:1].islower() and not mark.endswith("\n"):
        return False
    if mark[0] != "." or mark.count(".") > 1:
        return True
    word = _last_word(text, stop.start())
    return not (_goes_on(word, following) or (word.isdigit() and _opens_line(text, stop.start() - len(word))))


def _goes_on(word: str, following: str) -> bool:
    """Whether a full stop behind ``word`` only abbreviates it, given the word that follows."""
    plain = word.casefold()
    if plain in TITLES_OF_PEOPLE:
        return True
    if plain in NUMBERED_ABBREVIATIONS:
        return following[:1].isdigit()
    if (len(word) == 1 and word.isupper()) or plain in ENDINGS or _is_initials(word):
        return following.casefold() not in OPENERS
    return False


def _opens_line(text: str, place: int) -> bool:
    """Whether a place is the first of its line, as the number of a list's item is."""
    return not text[max(0, place - ABBREVIATION_REACH) : place].rpartition("\n")[2].strip()


def _is_initials(word: str) -> bool:
    """Whether a word is made of single letters with full stops between: ``J.R.R``."""
    return len(word) > 2 and all(len(part) == 1 and part.isalpha() for part in word.split("."))


def _last_word(text: str, end: int) -> str:
    """The word before a mark, without brackets or quotation marks that open it."""
    words = text[max(0, end - ABBREVIATION_REACH) : end].split()
    ends_here = words and not text[end - 1].isspace()
    return words[-1].lstrip("([{\"'“‘«") if ends_here else ""


def _first_word(text: str, start: int) -> str:
    """The word behind a mark, without brackets or quotation marks."""
    words = text[start : start + ABBREVIATION_REACH].split(None, 1)
    return words[0].strip("([{\"'“”‘’«»)]},.:;!?") if words else ""


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
