"""The list of guides, with what the reader made of each."""

from __future__ import annotations

from dataclasses import dataclass

from ..search.catalog import Catalog
from .source import source_href


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
    """All guides, by path."""

    guides: tuple[GuideRow, ...]


def guides_page(catalog: Catalog) -> GuidesPage:
    """Every guide with how many passages, tables and doubts it has."""
    passages, tables, doubts = catalog.counts("passages"), catalog.counts("tables"), catalog.counts("doubts")
    return GuidesPage(
        tuple(
            GuideRow(
                d.title or d.path, d.path, d.date,
                passages.get(d.id, 0), tables.get(d.id, 0), doubts.get(d.id, 0), source_href(d),
            )
            for d in catalog.documents()
        )
    )  # fmt: skip
