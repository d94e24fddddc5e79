"""What the reader dropped from a guide or doubted in it, for the guide's own page: pieces of one reason together."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from ...search.model import Document
from ...search.store.catalog import Catalog
from .source_page import source_href

MOST_WARNINGS = 100
"""Lines of the list; ``citeguide check`` lists all."""


@dataclass(frozen=True, slots=True)
class DoubtLine:
    """Neighbouring pieces of one kind and reason: how many, where the first is, and where that is shown."""

    kind: str
    reason: str
    pieces: int
    line: int
    href: str


def doubt_lines(document: Document, catalog: Catalog) -> tuple[DoubtLine, ...]:
    """At most MOST lines, in order of place."""
    found = []
    for (kind, reason), group in groupby(catalog.doubts(document.id), key=lambda doubt: (doubt.kind, doubt.reason)):
        alike = list(group)
        first = alike[0]
        href = source_href(document, at=first.span, line=first.lines[0])
        found.append(DoubtLine(kind, reason, len(alike), first.lines[0], href))
    return tuple(found[:MOST_WARNINGS])
