"""Markdown."""

from __future__ import annotations

from ..parsed import Reading
from . import text as plain


def read(text: str) -> Reading:
    """The blocks of a Markdown text."""
    return plain.read(text)
