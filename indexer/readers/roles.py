"""What part each paragraph of a plain text plays: heading, list item, navigation, or prose."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from .paragraphs import Paragraph
from .titles import ANNOUNCING, ends_openly, is_about_page, is_capitals, is_labelled, is_short, is_title

Role = Literal["heading", "item", "paragraph", "divider", "navigation"]

MIN_CONTENTS = 3
"""Title lines in a row, after a sentence that promises them, that make a list."""
MIN_NAVIGATION = 4
"""Title lines in a row, promised by nothing, that are no headings of one another."""
MAX_NAVIGATION_WORDS = 4
"""Words of an entry of a menu."""
ENTRY = re.compile(r"(?=[A-Z0-9\"“])[^.!?\n]{2,140}?(?: [–—-] |: )\S")
"""``Name (ABBR) from BODY – what it is``: a paragraph that is an entry of an enumeration."""


@dataclass(frozen=True, slots=True)
class Roles:
    """The part of each paragraph, and the runs of titles whose sections came without their headings."""

    of: list[Role]
    lost: list[range]


def roles(pieces: Sequence[Paragraph], before_table: Sequence[bool]) -> Roles:
    """The part that each paragraph plays; ``before_table`` says whether a table comes right after it."""
    found: list[Role] = [_by_itself(piece) for piece in pieces]
    _underlined(pieces, found)
    _numbered_headings(pieces, found)
    _promised_lines(pieces, found)
    lost = _runs_of_titles(pieces, found)
    _lone_titles(pieces, found, before_table, strict=bool(lost))
    _promised_entries(pieces, found)
    return Roles(found, lost)


def _by_itself(piece: Paragraph) -> Role:
    if piece.is_divider:
        return "divider"
    if piece.marker:
        return "item"
    return "heading" if is_labelled(piece.text) else "paragraph"


def _underlined(pieces: Sequence[Paragraph], found: list[Role]) -> None:
    """A short line with a line drawn right below it is a heading."""
    for n in range(1, len(pieces)):
        drawn = found[n] == "divider" and not pieces[n].gap and pieces[n].text[0] in "=-~"
        if drawn and found[n - 1] == "paragraph" and is_short(pieces[n - 1].text):
            found[n - 1] = "heading"


def _numbered_headings(pieces: Sequence[Paragraph], found: list[Role]) -> None:
    """Numbered titles are headings where at least two of them have prose of their own below."""
    numbered = [n for n in range(len(pieces) - 1) if _is_numbered_title(pieces[n]) and found[n + 1] == "paragraph"]
    if len(numbered) < 2:
        return
    for n in numbered:
        if pieces[n + 1].gap or not is_short(pieces[n + 1].text):
            found[n] = "heading"


def _is_numbered_title(piece: Paragraph) -> bool:
    return piece.marker[:-1].isdigit() and is_title(piece.text)


def _promised_lines(pieces: Sequence[Paragraph], found: list[Role]) -> None:
    """Short lines right after a colon are the list that it promises."""
    for n, piece in enumerate(pieces):
        if found[n] == "paragraph" and piece.text.endswith(":"):
            run = _one_list(pieces, _run(pieces, found, n + 1, is_short))
            if len(run) >= 2:
                _set(found, run, "item")


def _runs_of_titles(pieces: Sequence[Paragraph], found: list[Role]) -> list[range]:
    """Titles in a row: the contents of the page where a sentence promises them, else a menu.

    Gives the runs that were promised and whose titles never come again: the sections have lost their headings.
    """
    times = Counter(piece.text.casefold() for piece in pieces)
    lost, n = [], 0
    while n < len(pieces):
        run = _run(pieces, found, n, is_title)
        promised = n > 0 and found[n - 1] == "paragraph" and ANNOUNCING.search(_last_sentence(pieces[n - 1].text))
        if promised and len(run := _one_list(pieces, run)) >= MIN_CONTENTS:
            _set(found, run, "item")
            if all(times[pieces[k].text.casefold()] == 1 for k in run):
                lost.append(run)
        elif len(run) >= MIN_NAVIGATION:
            at_edge = run.start == 0 or run.stop == len(pieces)
            entries = run if run.stop == len(pieces) else run[:-1]
            menu = at_edge and all(len(pieces[k].text.split()) <= MAX_NAVIGATION_WORDS for k in entries)
            _set(found, entries, "navigation" if menu else "item")
        n = max(run.stop, n + 1)
    return lost


def _lone_titles(pieces: Sequence[Paragraph], found: list[Role], before_table: Sequence[bool], *, strict: bool) -> None:
    """A title with a body below it is a heading; on a page that lost its headings (``strict``) only capitals are."""
    body = False
    for n in range(len(pieces) - 1, -1, -1):
        text = pieces[n].text
        body = body or before_table[n]
        if found[n] != "paragraph":
            body = found[n] in ("item", "heading")
        elif is_about_page(text):
            continue
        elif not is_title(text):
            body = not (ends_openly(text) and is_short(text))
        elif body and (is_capitals(text) or not strict):
            found[n] = "heading"


def _promised_entries(pieces: Sequence[Paragraph], found: list[Role]) -> None:
    """Paragraphs of the form ``term – description`` right after a sentence that promises them are a list."""
    for n, piece in enumerate(pieces):
        if found[n] == "paragraph" and ANNOUNCING.search(_last_sentence(piece.text)):
            run = _run(pieces, found, n + 1, lambda text: ENTRY.match(text) is not None)
            if len(run) >= 2:
                _set(found, run, "item")


def _run(pieces: Sequence[Paragraph], found: Sequence[Role], start: int, test: Callable[[str], bool]) -> range:
    """The paragraphs from ``start`` on that have no other part yet and pass the test."""
    stop = start
    while stop < len(pieces) and found[stop] == "paragraph" and test(pieces[stop].text):
        stop += 1
    return range(start, stop)


def _one_list(pieces: Sequence[Paragraph], run: range) -> range:
    """The part of a run that is set as one list: lines close together up to the first blank line.

    Of lines set apart the last may be the heading of the text after them, so it is left out.
    """
    if len(run) < 2 or not pieces[run[1]].gap:
        return range(run.start, next((n for n in run[1:] if pieces[n].gap), run.stop))
    return run[:-1] if run.stop < len(pieces) else run


def _set(found: list[Role], run: range, role: Role) -> None:
    for n in run:
        found[n] = role


def _last_sentence(text: str) -> str:
    """From the last full stop on, roughly: enough to look for words that promise a list."""
    return text[text.rstrip(" .!?").rfind(". ") + 1 :]
