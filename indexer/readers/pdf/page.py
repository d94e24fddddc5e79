"""What stands on a page of a PDF: words, ruled lines, drawn bullets.

Places count points (1/72 inch) from the top left corner of the page as a reader sees it, to the right and downwards.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

ONE_PLACE, MEETING = 1.0, 3.0
"""Points within which two lines are at one place, and go on from one another."""
UNREADABLE = "\ufffd"
"""Stands for a character of which the file's fonts do not say which it is."""


class Word(NamedTuple):
    """A run of characters without a gap."""

    text: str
    x0: float
    x1: float
    base: float
    """The height of the line that it stands on."""
    size: float
    """Of its type."""
    bold: bool
    is_tight: bool = False
    """Whether a blank stands before it in the file, but no gap on the page."""
    is_closed: bool = False
    """Whether it was put together at such a place."""


class Rule(NamedTuple):
    """A line drawn along one axis: at ``at``, from ``start`` to ``end`` on the other."""

    at: float
    start: float
    end: float


class Dot(NamedTuple):
    """A small drawn figure, as bullets are."""

    x0: float
    x1: float
    middle: float


def whole_rules(rules: Iterable[Rule]) -> list[Rule]:
    """Lines in order of their place, with those put together that go on from one another, as the edges of cells do."""
    found: list[Rule] = []
    for rule in sorted(rules):
        last = found[-1] if found else None
        if last is not None and rule.at - last.at < ONE_PLACE and rule.start <= last.end + MEETING:
            found[-1] = Rule(last.at, min(last.start, rule.start), max(last.end, rule.end))
        else:
            found.append(rule)
    return found


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn on a page that arranges its text."""

    across: tuple[Rule, ...] = ()
    down: tuple[Rule, ...] = ()
    dots: tuple[Dot, ...] = ()
    shows: bool = False
    """Whether anything is drawn at all, pictures included."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its number from 1, its height, its words in the file's order, and what is drawn."""

    number: int
    height: float = 0.0
    words: list[Word] = field(default_factory=list)
    slanted: str = ""
    """Words that stand at another angle than most of the page."""
    drawing: Drawing = Drawing()
    is_damaged: bool = False
    is_scanned: bool = False
    """Whether its words were read from a picture."""
    unsure: tuple[str, ...] = ()
    """Those of its words of which reading it is not sure."""
