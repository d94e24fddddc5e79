"""All tables of an index by their numbers, and those that a question is about: a thousand are not read for one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from ...model import Table
from ...store.catalog import Catalog
from ...store.derived import Derived

OUTLINES_KEPT = 256
"""Tables that are kept in memory, those asked for last."""


class Outline(NamedTuple):
    """What is known of a table without reading it."""

    document: int
    rows: int


_outlines = Derived[Outline]()
_tables = Derived[Table]()


def outlines(catalog: Catalog) -> Mapping[int, Outline]:
    """All tables, in the order of their documents and places; remembered while the catalog is open."""
    known = _outlines.of(catalog)
    if not known:
        known.update({table: Outline(document, rows) for table, document, rows in catalog.table_sizes()})
    return known


def tables_of(catalog: Catalog, numbers: Collection[int]) -> dict[int, Table]:
    """These tables, by their numbers and in the order given."""
    known = _tables.of(catalog)
    if missing := [number for number in numbers if number not in known]:
        known.update({table.id: table for table in catalog.tables_numbered(missing)})
    found = {number: known.pop(number) for number in numbers}
    known.update(found)
    while len(known) > max(OUTLINES_KEPT, len(found)):
        known.pop(next(iter(known)))
    return found
