"""Lists that are written as paragraphs: by letters or numbers that count on, by bullets, or promised by a colon.

Where each of them has paragraphs of its own below, what counts on are headings, as of pages that were saved from Word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from ..document import Block
from ..readers.text.heading_rules import is_short, is_title
from ..readers.text.label_headings import LABEL_LEVEL
from ..readers.text.ordinals import ROMAN_NUMERALS

ORDINAL_MARK = re.compile(
    r"(?P<open>\(?)(?:(?P<digits>\d{1,3})|(?P<small>[a-z]{1,5})|(?P<large>[A-Z]{1,5}))(?P<close>[.)])\s{1,9}(?=\S)"
)
ITEM_BULLET = re.compile(r"[•·▪▫‣◦●○◆■□➢➤✓✔*–\uf0a0-\uf0ff-]\s{1,9}(?=\S)")
"""Those of symbol fonts have no sign of their own in Unicode, and keep their place in the font."""
OPEN_END = re.compile(r"(?:[;,]|[;,]\s(?:and|or))$")
"""How a part of a sentence ends that goes on in the next paragraph."""
LINE = re.compile(r"\n[ \t]{0,9}")
LEAST_LINES = 2
"""Lines of a paragraph that count on, at least, for it to be a list."""
MOST_PROMISED = 40
"""Paragraphs after a colon that may be its list."""


@dataclass(slots=True)
class _CountedSeries:
    """Paragraphs that count on: the numbers of their blocks, and whether anything stands between them."""

    style: tuple[str, str, str]
    depth: int
    members: list[int]
    last: int
    """What the last of them counts."""
    has_bodies: bool = False


def enumerated(blocks: Sequence[Block], text: str) -> list[Block]:
    """The blocks, with paragraphs that are a list as items, and those that head what stands below them as headings."""
    found = [part for block in blocks for part in _by_lines(block, text)]
    for series in _series(found, text):
        titles = [_bare(text, found[n]) for n in series.members]
        if not series.has_bodies:
            for n in series.members:
                found[n] = replace(found[n], kind="item", level=series.depth)
        elif all(map(is_title, titles)):
            for n in series.members:
                said = " ".join(text[slice(*found[n].span)].split())
                found[n] = replace(found[n], kind="heading", level=LABEL_LEVEL, title=said)
    for run in (*_bulleted(found, text), *_promised(found, text)):
        for n in run:
            found[n] = replace(found[n], kind="item", level=1)
    return found


def _by_lines(block: Block, text: str) -> list[Block]:
    """A paragraph whose lines count on, one block for each: line breaks in Markdown are only blanks."""
    start, end = block.span
    if not block.is_a("paragraph") or "\n" not in text[start:end]:
        return [block]
    starts = [start, *(match.end() for match in LINE.finditer(text, start, end))]
    counting, reached = list[int](), dict[tuple[str, str, str], int]()
    for at in starts:
        match = ORDINAL_MARK.match(text, at, end)
        readings = [(style, value) for style, value in _readings(match) if style[1] == ")"] if match else []
        if any(value == reached.get(style, 0) + 1 for style, value in readings):
            counting.append(at)
            reached = dict(readings)
        elif match is not None:
            return [block]
    if len(counting) < LEAST_LINES:
        return [block]
    cuts = sorted({start, *counting, end})
    pieces = ((a, a + len(text[a:b].rstrip())) for a, b in pairwise(cuts))
    return [replace(block, span=piece) for piece in pieces if piece[0] < piece[1]]


def _series(blocks: Sequence[Block], text: str) -> list[_CountedSeries]:
    """The runs of two and more paragraphs that count on, inner ones among them."""
    counting = _Counting()
    for n, block in enumerate(blocks):
        match = ORDINAL_MARK.match(text, *block.span) if block.is_a("paragraph") else None
        if block.is_a("heading"):
            counting.open.clear()
        elif match is not None:
            counting.add(n, match)
        elif not block.is_a("dropped"):
            counting.between()
    return [series for series in counting.found if len(series.members) > 1]


@dataclass(slots=True)
class _Counting:
    """The series that are open, the outermost first, and all that were found."""

    open: list[_CountedSeries] = field(default_factory=list)
    found: list[_CountedSeries] = field(default_factory=list)
    waiting: bool = False
    """Whether something that does not count was seen since the last that does."""

    def add(self, n: int, match: re.Match[str]) -> None:
        """A paragraph that counts: the next of an open series, or the first of a new one."""
        for style, value in _readings(match):
            for at in range(len(self.open) - 1, -1, -1):
                series = self.open[at]
                if (series.style, series.last + 1) == (style, value):
                    series.has_bodies |= self.waiting or any(inner.has_bodies for inner in self.open[at + 1 :])
                    series.members.append(n)
                    series.last = value
                    del self.open[at + 1 :]
                    self.waiting = False
                    return
        style, value = next(((s, v) for s, v in _readings(match) if v == 1), (("", "", ""), 0))
        if value == 1:
            if self.open and self.waiting:
                self.open[-1].has_bodies = True
            self.open = [series for series in self.open if series.style != style]
            depth = 1 + sum(not series.has_bodies for series in self.open)
            self.open.append(_CountedSeries(style, depth, [n], 1))
            self.found.append(self.open[-1])
            self.waiting = False
        else:
            self.between()

    def between(self) -> None:
        """A block that does not count."""
        self.waiting = True


def _readings(match: re.Match[str]) -> Iterator[tuple[tuple[str, str, str], int]]:
    """What an ordinal may count: ``i`` is a letter, and the first of the Roman numbers."""
    around = match["open"], match["close"]
    if match["digits"]:
        yield (*around, "1"), int(match["digits"])
        return
    said, case = (match["small"], "a") if match["small"] else (match["large"].lower(), "A")
    if len(said) == 1:
        yield (*around, case), ord(said) - ord("a") + 1
    if said in ROMAN_NUMERALS:
        yield (*around, f"{case} roman"), ROMAN_NUMERALS.index(said) + 1


def _bare(text: str, block: Block) -> str:
    """A paragraph without its number."""
    return ORDINAL_MARK.sub("", text[slice(*block.span)], count=1)


def _bulleted(blocks: Sequence[Block], text: str) -> Iterator[list[int]]:
    """Runs of two and more paragraphs that begin with a bullet."""
    bulleted = (block.is_a("paragraph") and ITEM_BULLET.match(text, *block.span) is not None for block in blocks)
    for is_list, members in groupby(enumerate(bulleted), key=lambda each: each[1]):
        run = [n for n, _ in members]
        if is_list and len(run) > 1:
            yield run


def _promised(blocks: Sequence[Block], text: str) -> Iterator[range]:
    """Runs of parts of one sentence, or of short lines, right after a colon."""
    for n, block in enumerate(blocks):
        if block.is_a("paragraph") and text[slice(*block.span)].rstrip().endswith(":"):
            run = _parts(blocks, n + 1, text)
            if len(run) > 1:
                yield run


def _parts(blocks: Sequence[Block], start: int, text: str) -> range:
    stop, is_open = start, False
    while stop < min(len(blocks), start + MOST_PROMISED) and blocks[stop].is_a("paragraph"):
        said = text[slice(*blocks[stop].span)].rstrip()
        if "\n" in said or said.endswith(":"):
            break
        goes_on = OPEN_END.search(said, max(0, len(said) - 8)) is not None
        if not (goes_on or is_open or (is_short(said) and not said.endswith("?"))):
            break
        if is_open and not goes_on:
            return range(start, stop + 1)
        stop, is_open = stop + 1, goes_on
    return range(start, stop)
