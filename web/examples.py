"""Example questions for the first page, made from what the index holds, so that each has an answer."""

from __future__ import annotations

from ..search.model import Table
from ..search.store.catalog import Catalog
from ..search.store.open import Index
from ..search.text.tokenizer import QUESTION_WORDS

MOST = 5


def examples(index: Index) -> tuple[str, ...]:
    """Up to five questions: about the first tables with places, then the guides' own headings that ask."""
    catalog = index.catalog
    found = [question for table in catalog.tables()[:3] for question in _about(table, catalog)]
    asked = (heading for heading in catalog.questions_in_headings(20) if heading.split()[0].lower() in QUESTION_WORDS)
    return tuple(dict.fromkeys([*found[:3], *asked]))[:MOST]


def _about(table: Table, catalog: Catalog) -> list[str]:
    place = next((n for n, c in enumerate(table.columns) if c.has_role("place")), None)
    held = {c.measure for c in table.columns}
    measure = next((m for m in ("median", "mean", "high", "low") if m in held), None)
    if place is None or measure is None:
        return []
    rows = catalog.rows(table.id, limit=3)
    named = [row.cells[place].text for row in rows if row.place is None or not row.place.is_a("nation")]
    return [f"What is the {measure} pay in {_short(name)}?" for name in named[:1]] + [
        f"Which area has the highest {measure} pay?"
    ]


def _short(name: str) -> str:
    return name.split(",")[0].split("-")[0].strip()
