"""Example questions for the first page, made from what the index holds; those for numbers have been answered."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, zip_longest
from pathlib import Path

from ...search.column_kinds import ColumnKind, ColumnRole
from ...search.errors import CiteguideError
from ...search.model import Column, Status, Table
from ...search.pipeline.answer import ask
from ...search.store.catalog import Catalog
from ...search.store.generation import Pointer
from ...search.store.open import Index
from ...search.text.measures import MEASURES
from ...search.text.tokenizer import QUESTION_WORDS

MOST_EXAMPLES = 5
OF_TABLES = 3
"""Questions about tables."""
TABLES, TRIED = 4, 12
"""Tables that questions are made of, and questions that are tried."""
LONGEST_NAMED = 40
"""Code points of a row's or column's name that makes a question to read at a glance."""

_made: dict[tuple[Path, Pointer], tuple[str, ...]] = {}


def examples(index: Index) -> tuple[str, ...]:
    """Up to five questions: about the first tables, then the guides' own headings that ask. Made once a generation."""
    key = (index.folder, index.pointer)
    if key not in _made:
        _made.clear()
        _made[key] = _examples(index)
    return _made[key]


def _examples(index: Index) -> tuple[str, ...]:
    catalog = index.catalog
    tables = sorted(catalog.tables()[:TABLES], key=_measures_nothing_known)
    made = zip_longest(*(_about(table, catalog) for table in tables))
    tried = islice((question for some in made for question in some if question), TRIED)
    answered = islice((question for question in tried if _is_answered(question, index)), OF_TABLES)
    asked = (heading for heading in catalog.questions_in_headings(20) if heading.split()[0].lower() in QUESTION_WORDS)
    return tuple(dict.fromkeys([*answered, *asked]))[:MOST_EXAMPLES]


def _is_answered(question: str, index: Index) -> bool:
    """Whether a table answers it with a number."""
    try:
        answer = ask(question, index)
    except CiteguideError:
        return False
    return answer.status == Status.ANSWERED and bool(answer.values)


def _measures_nothing_known(table: Table) -> bool:
    return not any(column.measure in MEASURES for column in table.columns)


def _about(table: Table, catalog: Catalog) -> Iterator[str]:
    """Questions about a table of places with pay, or about any whose rows have names: one's number, and the highest."""
    place = next((n for n, column in enumerate(table.columns) if column.has_role(ColumnRole.PLACE)), None)
    held = {column.measure for column in table.columns}
    statistic = next((measure for measure in ("median", "mean", "high", "low") if measure in held), None)
    if place is not None and statistic is not None:
        rows = catalog.rows(table.id, limit=3)
        named = [row.cells[place].text for row in rows if row.place is None or not row.place.is_a("nation")]
        yield from (f"What is the {statistic} pay in {_short(name)}?" for name in named[:1])
        yield f"Which area has the highest {statistic} pay?"
    elif table.label is not None and table.label < len(table.columns):
        yield from _about_named(table, table.label, catalog)


def _about_named(table: Table, label: int, catalog: Catalog) -> Iterator[str]:
    numbers = sorted((c for c in table.columns if c.is_measure and _is_name(c.name)), key=_is_obscure)
    rows = catalog.rows(table.id, limit=3)
    for number in numbers[:1]:
        if _is_name(table.columns[label].name):
            yield f"Which {_said(table.columns[label])} has the highest {_said(number)}?"
        names = (" ".join(row.cells[label].text.split()) for row in rows)
        fitting = (name for name in names if 1 < len(name) <= LONGEST_NAMED)
        yield from (f"What is the {_said(number)} for {name}?" for name in islice(fitting, 1))


def _is_obscure(column: Column) -> tuple[bool, bool]:
    """What is known to be measured makes the plainest question, then amounts of money."""
    return column.measure not in MEASURES, column.kind != ColumnKind.MONEY


def _said(column: Column) -> str:
    """A column's name within a sentence: "Fee" as "fee", an abbreviation as it stands."""
    name = " ".join(column.name.split())
    return name[:1].lower() + name[1:] if name[1:].islower() else name


def _is_name(name: str) -> bool:
    """Whether a column's name is words, and few: with a number in it, no question is understood at a glance."""
    return 1 < len(name) <= LONGEST_NAMED and name.replace(" ", "").isalpha()


def _short(name: str) -> str:
    return name.split(",")[0].split("-")[0].strip()
