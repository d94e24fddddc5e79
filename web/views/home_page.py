"""The first page: the question box, what the guides are about, and what may be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...search.model import Document
from .source_page import source_href

TOPICS = 8
"""Guides that are named: enough to see what all are about."""


@dataclass(frozen=True, slots=True)
class NamedGuide:
    """A guide by its title."""

    title: str
    href: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """The question box, with examples made from what the guides hold."""

    guides: int
    tables: int
    examples: tuple[str, ...]
    topics: tuple[NamedGuide, ...]


def about(documents: Sequence[Document]) -> tuple[NamedGuide, ...]:
    """Guides from all over the shelf, each title once: neighbours in a folder are often about the same."""
    titled = list({" ".join(d.title.split()): d for d in documents if d.title.strip()}.items())
    step = max(1, len(titled) // TOPICS)
    return tuple(NamedGuide(title, source_href(document)) for title, document in titled[::step][:TOPICS])
