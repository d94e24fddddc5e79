"""What a heading looks like in text without markup, and how deep each one stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ....search.lang.lexicon import lexicon

_TEXT = lexicon("guide_text")
FIRST_NUMBERS = _TEXT.words("first numbers")
"""How the first of numbered parts is numbered."""

MAX_TITLE = 110
"""Code points."""
MAX_TITLE_WORDS = 14
LABELLED_HEADING = re.compile(
    rf"(?P<label>{'|'.join(_TEXT.ordered('labels'))})\s+"
    rf"(?P<number>\d{{1,3}}|[ivxl]{{1,6}}|{'|'.join(_TEXT.ordered('counting words'))})\b",
    re.IGNORECASE,
)
"""``Step 2``, ``Chapter IV``: a heading that counts itself."""
ANNOUNCING = re.compile(rf":\W*$|\b(?:{_TEXT.pattern('announcing')})\b", re.IGNORECASE)
"""A sentence that promises an enumeration after it."""
PROMISING = re.compile(rf"\b(?:{_TEXT.pattern('promising')})\s*:\W*$", re.IGNORECASE)
"""An end that only a list can follow."""
ABOUT_PAGE = re.compile(
    rf"(?:{_TEXT.pattern('about the page')})"
    r"\b(?! (?:the|a|an|your)\b)"
    r"|.*\b\d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d\d\b"
    r"|.*\b\d{1,2}:\d\d\b"
    r"|.*\|",
    re.IGNORECASE,
)
"""Who wrote a page or made a picture, and when: ``March 25, 2015`` dates a page, ``Pay in 2015`` does not."""
SENTENCE_END = re.compile(r"[.!?:;,…][\"'”’»)\]]{0,4}$")


def ends_openly(text: str) -> bool:
    """Whether a text ends without any mark of a sentence or a part of one."""
    return SENTENCE_END.search(text, max(0, len(text) - 6)) is None


def is_short(text: str) -> bool:
    """Whether a line is too short, or ends too openly, to be a sentence: a label, a title, an item."""
    return (
        len(text) <= MAX_TITLE
        and "\n" not in text
        and len(text.split()) <= MAX_TITLE_WORDS
        and (ends_openly(text) or text.endswith("?"))
        and any(c.isalpha() for c in text)
    )


def is_title(text: str) -> bool:
    """Whether a line could be a heading by its looks alone."""
    first = next((c for c in text if c.isalnum()), "")
    return is_short(text) and (first.isupper() or first.isdigit()) and not is_about_page(text)


def is_about_page(text: str) -> bool:
    """Whether a line tells of the page itself or of a picture, or is an address."""
    is_address = " " not in text and ("://" in text or "@" in text or text.startswith("www."))
    return is_address or (is_short(text) and ABOUT_PAGE.match(text) is not None)


def is_labelled(text: str) -> bool:
    """Whether a line is a heading that counts itself, whatever it ends with."""
    return len(text) <= 2 * MAX_TITLE and LABELLED_HEADING.match(text) is not None and "\n" not in text


def is_capitals(text: str) -> bool:
    """Whether every letter is a capital, and there are some."""
    return text.isupper() and sum(c.isalpha() for c in text) >= 4


def levels(titles: Sequence[str], announced: Sequence[bool]) -> list[int]:
    """The depth of each heading, from 1.

    Headings that count themselves are siblings; what stands between two of them is below the first. The heading right
    before the first of them is above them all where it announces them (``announced`` says so for each heading). Lines
    in capitals stand above the others where both occur.
    """
    capitals = [is_capitals(title) for title in titles]
    plain = 2 if any(capitals) else 1
    base = [1 if own else plain for own in capitals]
    found = list(base)
    for series in _series(titles):
        first, last = series[0], series[-1]
        above = first > 0 and announced[first - 1]
        level = base[first - 1] + 1 if above else base[first]
        found[first : last + 1] = [level + 1] * (last + 1 - first)
        for n in series:
            found[n] = level
    return found


def _series(titles: Sequence[str]) -> list[list[int]]:
    """Positions of the headings that count on from one another, for each label."""
    found: list[list[int]] = []
    running: dict[str, list[int]] = {}
    for n, title in enumerate(titles):
        match = LABELLED_HEADING.match(title)
        if match is None:
            continue
        label, number = match["label"].casefold(), match["number"].casefold()
        if label not in running or number in FIRST_NUMBERS:
            running[label] = []
            found.append(running[label])
        running[label].append(n)
    return found
