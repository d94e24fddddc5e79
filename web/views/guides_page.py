"""The list of guides, with what the reader made of each."""

from __future__ import annotations

from dataclasses import dataclass

from ...search.model import Document
from ...search.store.catalog import Catalog
from ..paging import Pager, holds, listed, pager
from .source_page import source_href

GUIDES_A_PAGE = 80
"""Guides on a page."""


@dataclass(frozen=True, slots=True)
class GuideRow:
    """One guide."""

    title: str
    path: str
    date: str | None
    passages: int
    tables: int
    doubts: int
    href: str


@dataclass(frozen=True, slots=True)
class GuidesPage:
    """A page of the guides, by path."""

    guides: tuple[GuideRow, ...]
    pager: Pager
    wanted: str
    """What their titles and paths hold, where not all are listed."""


def guides_page(catalog: Catalog, number: int, wanted: str = "") -> GuidesPage:
    """The guides of a page with how many passages, tables and doubts each has; ``wanted`` are words of their names."""
    passages, tables, doubts = catalog.counts("passages"), catalog.counts("tables"), catalog.counts("doubts")

    def row(d: Document) -> GuideRow:
        counts = passages.get(d.id, 0), tables.get(d.id, 0), doubts.get(d.id, 0)
        return GuideRow(d.title or d.path, d.path, d.date, *counts, source_href(d))

    documents = [d for d in catalog.documents() if holds(f"{d.title} {d.path}", wanted)]
    place = pager(number, len(documents), lambda n: listed("/guides", wanted, n), GUIDES_A_PAGE)
    return GuidesPage(tuple(map(row, documents[place.first - 1 : place.last])), place, wanted)
