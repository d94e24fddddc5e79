"""What a scraper gave twice: introductions repeated by the paragraph after them, paragraphs and tables given again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...search.text.line_index import LineIndex
from ..document import Block
from ..readers.text.heading_rules import is_title

MIN_REPEATED_WORDS = 6
"""Shorter paragraphs may well stand twice and mean it each time."""


def without_repeats(blocks: Sequence[Block], text: str, lines: LineIndex) -> list[Block]:
    """The blocks, with every repeated paragraph or table dropped and the line of the one that stays as its reason.

    The same paragraph under another heading is said of another thing, and stays.
    """
    kept: list[Block] = []
    seen: dict[tuple[str, str], Block] = {}
    above = ""
    for block in blocks:
        words = _folded(text, block) if block.is_a("paragraph", "heading", "table") else ""
        if block.is_a("heading"):
            if kept and kept[-1].is_a("heading") and _folded(text, kept[-1]) == words:
                block = _dropped(block, kept[-1], lines)
            above = block.title.casefold() or words
        elif block.is_a("paragraph") and is_title(text[slice(*block.span)]):
            above = words  # a line that may well head what stands below it
        elif words.count(" ") + 1 >= MIN_REPEATED_WORDS:
            under = above if block.is_a("paragraph") else ""
            if (first := seen.setdefault((words, under), block)) is not block:
                block = _dropped(block, first, lines)
            elif kept and kept[-1].is_a("paragraph") and _begins_with(words, text, kept[-1]):
                kept[-1] = _dropped(kept[-1], block, lines)
        kept.append(block)
    return kept


def _folded(text: str, block: Block) -> str:
    return " ".join(text[slice(*block.span)].casefold().split())


def _begins_with(words: str, text: str, block: Block) -> bool:
    """Whether these words begin with the whole of a block, and go on."""
    beginning = _folded(text, block)
    return beginning.count(" ") + 1 >= MIN_REPEATED_WORDS and words.startswith(beginning)


def _dropped(block: Block, stays: Block, lines: LineIndex) -> Block:
    return replace(block, kind="dropped", reason=f"repeats line {lines.line(stays.span[0])}", title="")
