"""Lines in bold that stand for a heading, as writers use them who do not know of headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...document import Block
from .heading_rules import is_title

LABEL_LEVEL = 7
"""Below every heading of Markdown and HTML."""
MAX_LABEL_WORDS = 8


def is_label(text: str) -> bool:
    """Whether a bold line reads as a heading: a few words, no figures, no sentence."""
    bare = text.strip().removesuffix(":")
    return (
        is_title(bare) and len(bare.split()) <= MAX_LABEL_WORDS and ":" not in bare and not any(map(str.isdigit, bare))
    )


def settled(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with every bold line that has nothing below it a paragraph again."""
    return [
        replace(block, kind="paragraph", level=0, title="") if _is_bare(block, after) else block
        for block, after in zip(blocks, [*blocks, None][1:], strict=True)
    ]


def _is_bare(block: Block, after: Block | None) -> bool:
    is_label = block.is_a("heading") and block.level == LABEL_LEVEL
    return is_label and (after is None or after.is_a("heading", "dropped"))
