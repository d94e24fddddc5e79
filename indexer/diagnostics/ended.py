"""Guides that say themselves that they hold no longer."""

from __future__ import annotations

import re

from ...search.lang.lexicon import lexicon
from ...search.model import Span

ENDED = re.compile(rf"\b(?:{lexicon('guide_text').pattern('ended')})\b[^.\n]{{0,120}}", re.IGNORECASE)
ENDED_WITHIN = 600
"""Code points at the beginning of a guide in which it says that it holds no longer."""


def ended(text: str) -> Span | None:
    """Where a guide says at its beginning that it is repealed, or that another took its place."""
    match = ENDED.search(text[:ENDED_WITHIN])
    return match.span() if match else None
