"""What the terminal can do, and text made fit for it: cleaned, wrapped, coloured only where that helps.

Guides are not trusted: ``clean`` takes out whatever could steer a terminal. Marks (bold, dim …) are put into text as
private control characters, which ``clean`` would have removed from a guide, and become escape sequences last, when the
lines are cut.
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from typing import NamedTuple, TextIO

MAX_WIDTH = 100
"""Columns of a line at most: longer lines are hard to read on a wide screen."""

HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""C0 (but tab and line feed), DEL, C1, and the characters that reorder text."""

_STYLES = {"\x01": "1", "\x02": "2", "\x03": "1;33", "\x04": "36"}
_END = "\x05"
_MARK = re.compile("[\x01-\x05]")
_BREAK = re.compile("\r\n|\r|\u2028|\u2029")
_PIECE = re.compile(r"\s+|\S+")


class Terminal(NamedTuple):
    """What the output can show. ``width`` counts columns."""

    width: int = 80
    colour: bool = False
    unicode: bool = True
    links: bool = False

    @property
    def bar(self) -> str:
        """What stands left of a quote."""
        return "│" if self.unicode else "|"

    @property
    def arrow(self) -> str:
        """What stands between a heading and the one below it."""
        return "›" if self.unicode else ">"

    def wrap(self, text: str, first: str = "", rest: str | None = None) -> str:
        """The text cut into lines of the terminal's width; ``first`` and ``rest`` are what the lines begin with."""
        rest = first if rest is None else rest
        lines: list[str] = []
        for line in text.split("\n"):
            lines += _cut(line.expandtabs(4).rstrip(), self.width, rest if lines else first, rest)
        return self.paint("\n".join(line.rstrip() for line in lines))

    def paint(self, text: str) -> str:
        """Marks as escape sequences, opened anew in each line; without colour the marks are left out."""
        if not self.colour:
            return _MARK.sub("", text)
        painted, style = [], ""
        for line in text.split("\n"):
            opened = f"\x1b[{_STYLES[style]}m" if style else ""
            if marks := _MARK.findall(line):
                style = "" if marks[-1] == _END else marks[-1]
            painted.append(opened + _MARK.sub(_escape, line) + ("\x1b[0m" if style else ""))
        return "\n".join(painted)

    def link(self, text: str, url: str) -> str:
        """The text as a hyperlink (OSC 8) where the terminal can follow one."""
        return f"\x1b]8;;{url}\x1b\\{text}\x1b]8;;\x1b\\" if self.links and url else text


def detect(stream: TextIO | None = None, environment: Mapping[str, str] | None = None) -> Terminal:
    """What standard output can show, by its kind, its encoding and the environment."""
    stream = stream or sys.stdout
    environment = os.environ if environment is None else environment
    seen = stream.isatty() and environment.get("TERM") != "dumb"
    return Terminal(
        width=max(20, min(size().columns, MAX_WIDTH)),
        colour=seen and not environment.get("NO_COLOR"),
        unicode=is_unicode(stream),
        links=seen and _follows_links(environment),
    )


def size() -> os.terminal_size:
    """Columns and lines of the terminal: what the environment says, or else it itself; 80 by 24 where there is none.

    As ``shutil`` tells it, whose import brings everything that packs files.
    """
    try:
        columns, lines = os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else -1)
    except (OSError, ValueError):
        columns, lines = 0, 0
    return os.terminal_size((_said("COLUMNS") or columns or 80, _said("LINES") or lines or 24))


def _said(name: str) -> int:
    """A number above 0 that the environment gives; 0 where it gives none."""
    try:
        return max(0, int(os.environ.get(name, "")))
    except ValueError:
        return 0


FOLLOWING = {"iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper"}
"""Terminals that are known to follow links (OSC 8)."""


def _follows_links(environment: Mapping[str, str]) -> bool:
    """Whether the terminal is one that is known to follow OSC 8; others would show rubbish or nothing."""
    if environment.get("TERM_PROGRAM") in FOLLOWING:
        return True
    vte = environment.get("VTE_VERSION", "")
    return (vte.isdecimal() and int(vte) >= 5000) or any(
        name in environment for name in ("WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "DOMTERM")
    )


def clean(text: str) -> str:
    """Text from outside without the characters that steer a terminal or reorder what is read."""
    return HARMFUL.sub("", _BREAK.sub("\n", text))


def bold(text: str) -> str:
    """The text marked as the most important one."""
    return f"\x01{text}{_END}"


def dim(text: str) -> str:
    """The text marked as an aside."""
    return f"\x02{text}{_END}"


def on_page(page: int | None, printed: str | None, *, scanned: bool = False) -> str:
    """``, page 12 (printed 8), read by OCR``; empty where there are no pages."""
    shown = f" (printed {clean(printed)})" if printed else ""
    return "" if page is None else f", page {page}{shown}{', read by OCR' * scanned}"


def place(text: str) -> str:
    """The text marked as a place to go to."""
    return f"\x04{text}{_END}"


def highlight(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Cleaned text with the spans (ordered, not overlapping) marked as what was looked for."""
    pieces, at = [], 0
    for start, end in spans:
        found = clean(text[start:end])
        pieces += [clean(text[at:start]), f"\x03{found}{_END}" if found else ""]
        at = end
    return "".join(pieces) + clean(text[at:])


def columns(text: str) -> int:
    """How many columns a text takes: wide characters two, marks and combining characters none."""
    if text.isascii():
        return len(text) - len(_MARK.findall(text))
    return sum(
        0 if unicodedata.combining(c) or c < " " else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def is_unicode(stream: TextIO) -> bool:
    """Whether a stream can carry every character."""
    return (stream.encoding or "").lower().replace("-", "").startswith("utf")


def _escape(mark: re.Match[str]) -> str:
    return "\x1b[0m" if mark[0] == _END else f"\x1b[{_STYLES[mark[0]]}m"


def _cut(line: str, width: int, first: str, rest: str) -> list[str]:
    """One line as lines of at most this width, cut between words; a word that is longer stands alone."""
    lines: list[str] = []
    now, blank, fresh = first, "", True
    taken = columns(first)
    for piece in _PIECE.findall(line):
        if piece.isspace():
            blank = piece
            continue
        more = columns(blank) + columns(piece)
        if not fresh and taken + more > width:
            lines.append(now)
            now, blank = rest, ""
            taken, more = columns(rest), columns(piece)
        now += blank + piece
        taken += more
        blank, fresh = "", False
    return [*lines, now]
