"""What part each paragraph of a plain text plays: heading, list item, navigation, or prose."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from .heading_rules import ANNOUNCING, ends_openly, is_about_page, is_capitals, is_labelled, is_short, is_title
from .text_paragraphs import Paragraph


class ParagraphRole(StrEnum):
    """What a paragraph is on its page."""

    HEADING = "heading"
    ITEM = "item"
    PARAGRAPH = "paragraph"
    DIVIDER = "divider"
    NAVIGATION = "navigation"


MIN_CONTENTS = 3
"""Title lines in a row, after a sentence that promises them, that make a list."""
MIN_NAVIGATION = 4
"""Title lines in a row, promised by nothing, that are no headings of one another."""
MAX_NAVIGATION_WORDS = 4
"""Words of an entry of a menu."""
LETTERED = re.compile(r"([A-Z])[.)]\s+(?=\S)")
ENTRY_LINE = re.compile(r"(?=[A-Z0-9\"“])[^.!?\n]{2,140}?(?: [–—-] |: )\S")
"""``Name (ABBR) from BODY – what it is``: a paragraph that is an entry of an enumeration."""


@dataclass(slots=True)
class Roles:
    """The part of each paragraph, and the runs of titles whose sections came without their headings."""

    of: list[ParagraphRole]
    lost: list[range] = field(default_factory=list)


def roles(pieces: Sequence[Paragraph], before_table: Sequence[bool]) -> Roles:
    """The part that each paragraph plays; ``before_table`` says whether a table comes right after it."""
    judge = _Judge(pieces, before_table, Roles([_by_itself(piece) for piece in pieces]))
    judge.underlined()
    judge.numbered_headings()
    judge.lettered()
    judge.promised_lines()
    judge.runs_of_titles()
    judge.lone_titles()
    judge.promised_entries()
    return judge.roles


def _by_itself(piece: Paragraph) -> ParagraphRole:
    if piece.is_divider:
        return ParagraphRole.DIVIDER
    if piece.marker:
        return ParagraphRole.ITEM
    return ParagraphRole.HEADING if is_labelled(piece.text) else ParagraphRole.PARAGRAPH


@dataclass(frozen=True, slots=True)
class _Judge:
    """Gives paragraphs their parts by what stands around them, one rule after the other."""

    pieces: Sequence[Paragraph]
    before_table: Sequence[bool]
    roles: Roles

    def underlined(self) -> None:
        """A short line with a line drawn right below it is a heading."""
        for n in range(1, len(self.pieces)):
            drawn = (
                self.roles.of[n] == ParagraphRole.DIVIDER and not self.pieces[n].gap and self.pieces[n].text[0] in "=-~"
            )
            if drawn and self.roles.of[n - 1] == ParagraphRole.PARAGRAPH and is_short(self.pieces[n - 1].text):
                self.roles.of[n - 1] = ParagraphRole.HEADING

    def numbered_headings(self) -> None:
        """Numbered titles are headings where at least two of them have prose of their own below."""
        numbered = [n for n in range(len(self.pieces) - 1) if self._is_numbered_title(n) and self._has_prose_below(n)]
        if len(numbered) > 1:
            for n in numbered:
                self.roles.of[n] = ParagraphRole.HEADING

    def lettered(self) -> None:
        """Lines right below one another that count on by capitals are a list: ``A. First inspection``."""
        counts = [match[1] if (match := LETTERED.match(piece.text)) else "" for piece in self.pieces]
        n = 0
        while n < len(counts):
            stop = n + 1
            while counts[n] == "A" and stop < len(counts) and counts[stop] == chr(ord("A") + stop - n):
                stop += 1
            if stop - n > 1 and all(self.roles.of[k] == ParagraphRole.PARAGRAPH for k in range(n, stop)):
                self._set(range(n, stop), ParagraphRole.ITEM)
            n = stop

    def promised_lines(self) -> None:
        """Short lines right after a colon are the list that it promises."""
        for n, piece in enumerate(self.pieces):
            if self.roles.of[n] == ParagraphRole.PARAGRAPH and piece.text.endswith(":"):
                run = self._one_list(self._run(n + 1, is_short))
                if len(run) > 1:
                    self._set(run, ParagraphRole.ITEM)

    def runs_of_titles(self) -> None:
        """Titles in a row: the contents of the page where a sentence promises them, else a menu.

        Where promised titles never come again, the sections that they announce have lost their headings.
        """
        times = Counter(piece.text.casefold() for piece in self.pieces)
        n = 0
        while n < len(self.pieces):
            run = self._run(n, is_title)
            n = max(run.stop, n + 1)
            if len(run) >= MIN_CONTENTS and self._announces(run.start - 1):
                contents = self._one_list(run)
                if len(contents) >= MIN_CONTENTS:
                    self._set(contents, ParagraphRole.ITEM)
                    run = range(contents.stop, run.stop)
                    if all(times[self.pieces[k].text.casefold()] == 1 for k in contents):
                        self.roles.lost.append(contents)
            if len(run) >= MIN_NAVIGATION:
                self._menu(run)

    def lone_titles(self) -> None:
        """A title with a body below it is a heading; on a page that lost its headings only one in capitals is."""
        body = False
        for n in range(len(self.pieces) - 1, -1, -1):
            text = self.pieces[n].text
            body = body or self.before_table[n]
            if self.roles.of[n] != ParagraphRole.PARAGRAPH:
                body = self.roles.of[n] in (ParagraphRole.ITEM, ParagraphRole.HEADING)
            elif is_about_page(text):
                continue
            elif not is_title(text):
                body = not (ends_openly(text) and is_short(text))
            elif body and (is_capitals(text) or not self.roles.lost):
                self.roles.of[n] = ParagraphRole.HEADING

    def promised_entries(self) -> None:
        """Paragraphs of the form ``term – description`` right after a sentence that promises them are a list."""
        for n in range(len(self.pieces) - 1):
            if ENTRY_LINE.match(self.pieces[n + 1].text) and self._announces(n):
                run = self._run(n + 1, lambda text: ENTRY_LINE.match(text) is not None)
                self._set(run if len(run) > 1 else range(0), ParagraphRole.ITEM)

    # Below: what the rules look at

    def _is_numbered_title(self, n: int) -> bool:
        return self.pieces[n].marker[:-1].isdigit() and is_title(self.pieces[n].text)

    def _has_prose_below(self, n: int) -> bool:
        below = self.pieces[n + 1]
        return self.roles.of[n + 1] == ParagraphRole.PARAGRAPH and (below.gap or not is_short(below.text))

    def _announces(self, n: int) -> bool:
        """Whether a paragraph promises what comes after it."""
        if n < 0 or self.roles.of[n] != ParagraphRole.PARAGRAPH or self.before_table[n]:
            return False
        text = self.pieces[n].text
        return ANNOUNCING.search(text, text.rstrip(" .!?").rfind(". ") + 1) is not None

    def _menu(self, run: range) -> None:
        """A run of titles that nothing promises: all but one before a text are entries of a menu, or of some list."""
        at_edge = run.start == 0 or run.stop == len(self.pieces)
        entries = run if run.stop == len(self.pieces) else run[:-1]
        is_menu = at_edge and all(len(self.pieces[n].text.split()) <= MAX_NAVIGATION_WORDS for n in entries)
        self._set(entries, ParagraphRole.NAVIGATION if is_menu else ParagraphRole.ITEM)

    def _run(self, start: int, test: Callable[[str], bool]) -> range:
        """The paragraphs from ``start`` on, up to a table, that have no other part yet and pass the test."""
        stop = start
        while (
            stop < len(self.pieces) and self.roles.of[stop] == ParagraphRole.PARAGRAPH and test(self.pieces[stop].text)
        ):
            stop += 1
            if self.before_table[stop - 1]:
                break
        return range(start, stop)

    def _one_list(self, run: range) -> range:
        """The part of a run that is set as one list: lines close together up to the first blank line.

        Of lines set apart the last may be the heading of the text after them, so it is left out.
        """
        if len(run) < 2 or not self.pieces[run[1]].gap:
            return range(run.start, next((n for n in run[1:] if self.pieces[n].gap), run.stop))
        return run[:-1] if run.stop < len(self.pieces) else run

    def _set(self, run: range, role: ParagraphRole) -> None:
        for n in run:
            self.roles.of[n] = role
