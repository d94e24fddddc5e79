"""All tables of an index as questions see them; a turned one, whose measures stand in its rows, column by column.

"The hourly median for barbers" is the row "Hourly median" in the column "Barbers": each column is read as a table of
its own, about what its name says, whose numbers are told apart by the row that they stand in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from ...column_kinds import ColumnRole
from ...lang.lexicon import lexicon
from ...model import Table, TableRow
from ...params import PARAMS
from ...store.catalog import Catalog
from ...store.derived import Derived
from ...store.scan import Condition
from ...text.column_headers import in_header
from ...text.measures import MEASURES
from ...text.tokenizer import key
from .names import Names
from .outline import outlines, tables_of
from .profile import NAMES_READ_FIRST, Profile, Series, measure_of, profile_of

MEASURE_ROWS = PARAMS.tables.measure_rows
NAMELESS = lexicon("table_headers").words("nameless") | {""}
"""Names of the one column of a table that says in its title what it is about."""

PROFILES_KEPT = 128
"""Tables whose profiles are kept in memory, those asked last."""

_profiles = Derived[dict[int, list[Profile]]]()


def profiles(catalog: Catalog, most: int = NAMES_READ_FIRST, among: Collection[int] | None = None) -> Iterator[Profile]:
    """The profiles of all tables of an index, or of those ``among`` whose numbers are given, in order.

    Columns of more than ``most`` names are crowds.
    """
    known = _profiles.of(catalog).setdefault(most, {})
    wanted = [number for number in outlines(catalog) if among is None or number in among]
    catalog.expect(tables=[number for number in wanted if number not in known])
    for number, table in tables_of(catalog, wanted).items():
        known[number] = known.pop(number) if number in known else _profiled(table, catalog, most)
        yield from known[number]
    while len(known) > max(PROFILES_KEPT, len(wanted)):
        known.pop(next(iter(known)))


def _profiled(table: Table, catalog: Catalog, most: int) -> list[Profile]:
    profile = profile_of(table, catalog.document(table.document), catalog, most)
    return _columns(profile, catalog) or [profile]


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
        or table.row_count > MEASURE_ROWS
    ):
        return []
    rows = {name: row for name, row in catalog.samples(table.id, labels[0], MEASURE_ROWS).items() if name}
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
