"""All tables of an index as questions see them; a turned one, whose measures stand in its rows, column by column.

"The hourly median for barbers" is the row "Hourly median" in the column "Barbers": each column is read as a table of
its own, about what its name says, whose numbers are told apart by the row that they stand in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...column_kinds import ColumnRole
from ...lang.lexicon import lexicon
from ...model import TableRow
from ...store.catalog import Catalog
from ...store.derived import Derived
from ...store.scan import Condition
from ...text.column_headers import in_header
from ...text.measures import MEASURES
from ...text.tokenizer import key
from .names import Names
from .profile import AT_ONCE, Profile, Series, measure_of, profile_of

MAX_ROWS = 60
"""A longer table lists something else than measures."""
NAMELESS = lexicon("table_headers").words("nameless") | {""}
"""Names of the one column of a table that says in its title what it is about."""

_profiles = Derived[tuple[Profile, ...]]()


def profiles(catalog: Catalog, most: int = AT_ONCE) -> tuple[Profile, ...]:
    """The profiles of all tables of an index, in order; remembered for as long as the catalog is open.

    Columns of more than ``most`` names are crowds.
    """
    known = _profiles.of(catalog)
    if most not in known:
        documents = {document.id: document for document in catalog.documents()}
        whole = [profile_of(table, documents[table.document], catalog, most) for table in catalog.tables()]
        known[most] = tuple(part for profile in whole for part in _columns(profile, catalog) or [profile])
    return known[most]


def _columns(profile: Profile, catalog: Catalog) -> list[Profile]:
    """A profile for each column of a turned table; none for another."""
    table = profile.table
    columns = [n for n, column in enumerate(table.columns) if column.is_measure]
    labels = [n for n, column in enumerate(table.columns) if not column.is_measure]
    unknown = columns and all(measure_of(table.columns[n]) not in MEASURES for n in columns)
    if (
        not unknown
        or len(labels) != 1
        or not table.columns[labels[0]].has_role(ColumnRole.LABEL)
        or table.row_count > MAX_ROWS
    ):
        return []
    rows = {name: row for name, row in catalog.samples(table.id, labels[0], MAX_ROWS).items() if name}
    measured = {name: measure for name, row in rows.items() if (measure := _measure(row.cells[labels[0]].text))}
    if 2 * len(measured) < len(rows) or not measured:
        return []
    alone = len(columns) == 1 and key(table.columns[columns[0]].name) in NAMELESS
    names = Names(
        columns[0], ColumnRole.LABEL, {key(table.columns[n].name): table.columns[n].name for n in columns}, {}
    )
    return [
        profile._replace(
            dimensions=(),
            series=tuple(_series(n, labels[0], measured, rows)),
            own_phrases={},
            name=(table.title or profile.document.title) if alone else table.columns[n].name,
            columns=None if alone else names,
        )
        for n in columns
    ]


def _measure(label: str) -> str | None:
    """The measure that a row's label is the name of, as the indexer reads it."""
    said = in_header(label)
    return said.measure if said.plain else None


def _series(column: int, labels: int, measured: Mapping[str, str], rows: Mapping[str, TableRow]) -> Iterator[Series]:
    for name, measure in measured.items():
        yield Series(column, measure, rows[name].cells[column].unit, (Condition(labels, "=", name),))
