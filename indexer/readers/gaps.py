"""What no block accounts for becomes one: nothing of a text that keeps its markup may vanish."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...search.model import Span
from ..document import Block
from ..encoding.decode import CONTENT


def filled(blocks: Sequence[Block], text: str, span: Span, made: Callable[[Span], Block]) -> list[Block]:
    """The blocks within ``span``, in order, and one made of every stretch between them that holds content."""
    found: list[Block] = []
    reached = span[0]
    for block in sorted(blocks, key=lambda block: block.span):
        found += _between(text, (reached, block.span[0]), made)
        found.append(block)
        reached = max(reached, block.span[1])
    return found + _between(text, (reached, span[1]), made)


def dropped(reason: str) -> Callable[[Span], Block]:
    """Makes dropped blocks with this reason."""
    return lambda span: Block("dropped", span, reason=reason)


def trimmed(text: str, span: Span) -> Span:
    """The span without blanks at either end; where it holds nothing, an empty one at its beginning."""
    piece = text[slice(*span)]
    start = span[0] + len(piece) - len(piece.lstrip())
    return (start, span[0] + len(piece.rstrip())) if piece.strip() else (span[0], span[0])


def _between(text: str, span: Span, made: Callable[[Span], Block]) -> list[Block]:
    start, end = trimmed(text, span)
    return [made((start, end))] if CONTENT.search(text, start, end) else []
