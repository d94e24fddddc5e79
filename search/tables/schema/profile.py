"""What a table can be asked: the names in its columns, its measures with their units, and what it is about.

Made from one row for each distinct name, however many rows there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ...column_kinds import ColumnRole
from ...lang.lexicon import lexicon
from ...lang.states import NATION, STATES
from ...model import Column, Document, Place, Table
from ...params import PARAMS
from ...store.catalog import Catalog
from ...store.scan import Condition
from ...text.amounts import CURRENCY_SIGNS_BEFORE
from ...text.measures import MEASURES
from ...text.number_words import IN_YEARS
from ...text.tokenizer import key
from ..parse.vocabulary import Sense
from .names import Names, Stems, phrase

UNNAMED = "name"
"""What the indexer calls a column of labels without a header."""
ROWS_WITHOUT_NAME = tuple(lexicon("table_headers").lines("rows without name"))
"""What its rows may be: who employs people is often said by the text above alone."""
NAMES_READ_FIRST = 1_000
"""Distinct names of a column that are read before the first question, at most."""
MAX_NAMES = 20_000
"""The same where a question cannot be answered without: the most that are held in memory."""
SAMPLED_NAMES = PARAMS.tables.sampled_names
SPAN_UNITS = lexicon("table_headers").words("spans")
"""Units by which a column is asked for: "how many clinical hours"."""
MEAN_NAME = PARAMS.tables.name_letters
WHOLES = lexicon("table_headers").phrases("wholes")
"""Folded names of the row that the other rows are parts of."""


class Dimension(NamedTuple):
    """A column of names by which rows are told apart."""

    column: int
    names: Names
    wholes: frozenset[str]
    """Keys of the nation, or of all occupations together: what the other rows are parts of."""
    size: int
    """How many different names there are."""
    is_crowd: bool
    """Whether they are too many to be held: then ``names`` has those that a question may mention (``crowds``)."""

    def has_role(self, *roles: ColumnRole) -> bool:
        """Whether it has one of these roles."""
        return self.role in roles

    @property
    def role(self) -> ColumnRole:
        return self.names.role

    def text(self, key: str) -> str:
        """A name as it stands in the table."""
        return self.names.texts[key]

    def kinds(self) -> frozenset[str]:
        return frozenset(place.kind for place in self.names.places.values())

    def in_state(self, state: str) -> tuple[str, ...]:
        """The places of a state. One whose name gives no state lies where all the others lie."""
        home = self.home()
        return tuple(
            key
            for key, place in self.names.places.items()
            if key not in self.wholes and not place.is_a("state") and state in (place.state or home or "").split("-")
        )

    def home(self) -> str | None:
        """The one state in which all places lie whose names give a state."""
        states = {place.state for place in self.names.places.values() if place.state}
        return states.pop() if len(states) == 1 and not self.is_crowd else None


class Series(NamedTuple):
    """Numbers of one measure in one unit: a column, and the rows of a pay type where the table has several."""

    column: int
    measure: str
    unit: str | None
    where: tuple[Condition, ...] = ()
    years: tuple[int, ...] = ()
    """The years that the column's name gives."""

    @property
    def period(self) -> str | None:
        return (self.unit or "").partition("/")[2] or None

    @property
    def is_money(self) -> bool:
        return (self.unit or "").partition("/")[0] in CURRENCY_SIGNS_BEFORE


class Profile(NamedTuple):
    """One table as questions see it."""

    table: Table
    document: Document
    dimensions: tuple[Dimension, ...]
    series: tuple[Series, ...]
    years: tuple[int, ...]
    """The years of its year column, or the one that it is of as a whole; none if it does not say."""
    year_column: int | None
    own_phrases: Mapping[Stems, Sense]
    """What the names of its columns mean in a question: measures that only this table has, and what its rows are."""
    topic: str
    """Its title, headings and document's title: what it says it is about."""
    name: str = ""
    """Of a table that is read column by column (``turned``): what this column is about."""
    columns: Names | None = None
    """The names of all columns, of which a question must say this one and no other; None where none need be said."""

    def dimension(self, role: str) -> Dimension | None:
        return next((d for d in self.dimensions if d.role == role), None)

    @property
    def naming(self) -> Dimension | None:
        """The column of labels that the indexer found rows to go by."""
        return next((d for d in self.dimensions if d.role == ColumnRole.LABEL and d.column == self.table.label), None)

    def of_measure(self, measure: str) -> list[Series]:
        return [series for series in self.series if series.measure == measure]


def profile_of(table: Table, document: Document, catalog: Catalog, most: int) -> Profile:
    """What a table can be asked, from one row for each distinct name; columns of more than ``most`` are crowds."""
    dimensions = [
        _dimension(n, column, table, catalog, most)
        for n, column in enumerate(table.columns)
        if column.has_role(ColumnRole.PLACE, ColumnRole.OCCUPATION, ColumnRole.LABEL, ColumnRole.CODE)
    ]
    year_column = next((n for n, column in enumerate(table.columns) if column.has_role(ColumnRole.YEAR)), None)
    return Profile(
        table=table,
        document=document,
        dimensions=tuple(d for d in dimensions if d is not None),
        series=tuple(_series(table, catalog)),
        years=_years(table, year_column, catalog),
        year_column=year_column,
        own_phrases=dict(_own_phrases(table)),
        topic="\n".join(dict.fromkeys((table.title, *table.headings, document.title))),
    )


def _own_phrases(table: Table) -> Iterator[tuple[Stems, Sense]]:
    for column in table.columns:
        words = phrase(column.name.replace("_", " "))
        if column.is_measure and measure_of(column) not in MEASURES:
            yield words, Sense("measure", measure_of(column))
            if column.unit in SPAN_UNITS:
                yield phrase(column.unit), Sense("measure", measure_of(column))
        elif column.has_role(ColumnRole.LABEL) and words:
            yield words, Sense("rows", "any")
            if column.name == UNNAMED:
                yield from ((phrase(word), Sense("rows", "any")) for word in ROWS_WITHOUT_NAME)


def measure_of(column: Column) -> str:
    """A column's measure; one without a known measure is called by its own words."""
    return column.measure or key(column.name.replace("_", " "))


def _dimension(n: int, column: Column, table: Table, catalog: Catalog, most: int) -> Dimension | None:
    size = catalog.key_count(table.id, n)
    is_crowd = size > most
    held = catalog.names(table.id, n, SAMPLED_NAMES if is_crowd else most)
    texts = [text for key, (text, _) in held.items() if key]
    if not held or sum(map(len, texts)) > MEAN_NAME * len(texts):
        return None
    if is_crowd:
        held = catalog.names_among(table.id, n, WHOLES | NATION | STATES.keys())
    names = names_of(n, column.role, held)
    return Dimension(n, names, frozenset(_wholes(names.texts, names.places, certain=is_crowd)), size, is_crowd)


def names_of(column: int, role: ColumnRole, held: Mapping[str, tuple[str, Place | None]]) -> Names:
    """The names of a column: for each folded one how a row that has it writes it, and that row's place."""
    places = {
        key: place
        for key, (text, place) in held.items()
        if role == ColumnRole.PLACE and key and place is not None and place.name == text
    }
    return Names(column, role, {key: text for key, (text, _) in held.items() if key}, places)


def _wholes(texts: Mapping[str, str], places: Mapping[str, Place], *, certain: bool) -> Iterator[str]:
    """The nation beside its states, a state beside its own areas (as is ``certain``), a total beside its parts."""
    inside = {place.state for place in places.values() if not place.is_a("state", "nation")}
    for name in texts:
        place = places.get(name)
        holds_others = place is not None and place.is_a("state") and (certain or place.state in inside)
        if name in WHOLES or holds_others or (place is not None and place.is_a("nation")):
            yield name


def _series(table: Table, catalog: Catalog) -> Iterator[Series]:
    """Each measure column; by pay type where that settles the unit row by row. Columns of mixed units are left out."""
    measures = [(n, column) for n, column in enumerate(table.columns) if column.is_measure]
    pay_types = next((n for n, column in enumerate(table.columns) if column.has_role(ColumnRole.PAY_TYPE)), None)
    unsaid = any(column.unit is None for _, column in measures)
    of_types = catalog.samples(table.id, pay_types, SAMPLED_NAMES) if pay_types is not None and unsaid else {}
    for n, column in measures:
        years = tuple(int(year) for year in IN_YEARS.findall(column.name))
        if column.unit is None and pay_types is not None and len(of_types) > 1:
            for name, row in of_types.items():
                yield Series(n, measure_of(column), row.cells[n].unit, (Condition(pay_types, "=", name),), years)
        elif column.unit is not None or catalog.unit_count(table.id, n) <= 1:
            yield Series(n, measure_of(column), column.unit, years=years)


def _years(table: Table, column: int | None, catalog: Catalog) -> tuple[int, ...]:
    if column is None:
        return () if table.year is None else (table.year,)
    return tuple(catalog.years(table.id, column))
