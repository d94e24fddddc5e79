"""What changed in a guide from one edition to the next: which values of its tables, which rows, which passages.

Both editions are read from the generations that hold them. Rows are matched by what they are about, columns by their
names, passages by their words, first under the same headings. Time grows with the size of a guide, not with its square.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

from ...search.model import Cell, Document, Lines, Passage, Table, TableRow
from ...search.store.catalog import Catalog
from ...search.text.tokenizer import key
from .likeness import EDITED, MAX_PIECES, Similar, label, likeness, naming, row_key, words

State = Literal["changed", "added", "removed"]
Item = TypeVar("Item")


class ValueChange(NamedTuple):
    """A cell that says something else: in which table, of which row, in which column."""

    table: str
    row: str
    column: str
    before: str
    after: str


class RowChange(NamedTuple):
    """A row that came or went; ``row`` is what it is about."""

    table: str
    row: str
    state: State


class PassageChange(NamedTuple):
    """A passage that came, went or reads otherwise; ``lines`` are those of the new edition, or where it stood."""

    state: State
    section: tuple[str, ...]
    lines: Lines
    before: str | None
    after: str | None


class GuideChanges(NamedTuple):
    """What the new edition of a guide has that the old one had not, and the other way round."""

    file: str
    values: tuple[ValueChange, ...] = ()
    rows: tuple[RowChange, ...] = ()
    passages: tuple[PassageChange, ...] = ()
    is_compared: bool = True
    """False where the guide is too large to be compared piece by piece."""


def editions(before: Path, after: Path, documents: Collection[int]) -> tuple[GuideChanges, ...]:
    """What changed in these guides, which both catalog files hold, in order of their paths."""
    with closing(Catalog(before)) as old, closing(Catalog(after)) as new:
        changed = sorted(map(new.document, documents), key=lambda document: (document.root, document.path))
        tables = [_by_document(catalog, documents) for catalog in (old, new)]
        return tuple(
            _edition(document, old, new, tables[0].get(document.id, []), tables[1].get(document.id, []))
            if max(len(catalog.passage_numbers([document.id])) for catalog in (old, new)) <= MAX_PIECES
            else GuideChanges(_file(document), is_compared=False)
            for document in changed
        )


def _file(document: Document) -> str:
    return str(Path(document.root, document.path))


def _by_document(catalog: Catalog, documents: Collection[int]) -> dict[int, list[Table]]:
    found: dict[int, list[Table]] = defaultdict(list)
    numbers = [number for number, document, _ in catalog.table_sizes() if document in documents]
    for table in sorted(catalog.tables_numbered(numbers), key=lambda table: table.span):
        found[table.document].append(table)
    return found


def _edition(
    document: Document, old: Catalog, new: Catalog, old_tables: Sequence[Table], new_tables: Sequence[Table]
) -> GuideChanges:
    values: list[ValueChange] = []
    rows: list[RowChange] = []
    pairs, gone, come = _paired(old_tables, new_tables, lambda table: (table.name,))
    more, gone, come = _paired(gone, come, lambda table: tuple(key(column.name) for column in table.columns))
    for one, other in [*pairs, *more]:
        found = _compared(one, old.rows(one.id), other, new.rows(other.id))
        values += found[0]
        rows += found[1]
    rows += [change for table in gone for change in _rows("removed", table, old.rows(table.id))]
    rows += [change for table in come for change in _rows("added", table, new.rows(table.id))]
    passages = _passages(_prose(old, document.id), _prose(new, document.id))
    return GuideChanges(_file(document), tuple(values), tuple(rows), tuple(passages))


def _paired(
    before: Iterable[Item], after: Iterable[Item], identity: Callable[[Item], object]
) -> tuple[list[tuple[Item, Item]], list[Item], list[Item]]:
    """Items with the same identity, in order, and what is left over on either side."""
    waiting: dict[object, deque[Item]] = defaultdict(deque)
    for item in before:
        waiting[identity(item)].append(item)
    pairs, come = [], []
    for item in after:
        if same := waiting[identity(item)]:
            pairs.append((same.popleft(), item))
        else:
            come.append(item)
    return pairs, [item for items in waiting.values() for item in items], come


# Tables


def _compared(
    one: Table, before: Sequence[TableRow], other: Table, after: Sequence[TableRow]
) -> tuple[list[ValueChange], list[RowChange]]:
    """The changed values of two tables' common rows and columns, and the rows that only one of them has."""
    old_named, new_named = naming(one.columns), naming(other.columns)
    pairs, gone, come = _paired(
        [(row_key(row.cells, old_named), row) for row in before],
        [(row_key(row.cells, new_named), row) for row in after],
        lambda item: item[0],
    )
    columns, _, _ = _paired(enumerate(one.columns), enumerate(other.columns), lambda item: key(item[1].name))
    values = [
        ValueChange(
            other.title, label(new.cells, other.columns), column.name, old.cells[there].text, new.cells[here].text
        )
        for (_, old), (_, new) in pairs
        for (there, _), (here, column) in columns
        if here not in new_named and not _says_the_same(old.cells[there], new.cells[here])
    ]
    rows = _rows("removed", one, [row for _, row in gone])
    return values, [*rows, *_rows("added", other, [row for _, row in come])]


def _rows(state: State, table: Table, rows: Sequence[TableRow]) -> list[RowChange]:
    return [RowChange(table.title, label(row.cells, table.columns), state) for row in rows]


def _says_the_same(one: Cell, other: Cell) -> bool:
    if one.number is None and other.number is None:
        return key(one.text) == key(other.text)
    return (one.number, one.unit) == (other.number, other.unit)


# Passages


def _prose(catalog: Catalog, document: int) -> list[Passage]:
    return [passage for passage in catalog.passages_of(document) if not passage.is_a("row")]


def _passages(before: Sequence[Passage], after: Sequence[Passage]) -> Iterator[PassageChange]:
    """What is left once the passages that stayed are taken away, also those that moved under another heading."""
    _, gone, come = _paired(before, after, lambda passage: (passage.headings, *passage.text.split()))
    _, gone, come = _paired(gone, come, lambda passage: tuple(passage.text.split()))
    edited = list(_edited(gone, come))
    for old, new in edited:
        yield PassageChange("changed", new.headings, new.lines, old.text, new.text)
    matched = {passage for pair in edited for passage in pair}
    for passage in come:
        if passage not in matched:
            yield PassageChange("added", passage.headings, passage.lines, None, passage.text)
    for passage in gone:
        if passage not in matched:
            yield PassageChange("removed", passage.headings, passage.lines, passage.text, None)


def _edited(gone: Sequence[Passage], come: Sequence[Passage]) -> Iterator[tuple[Passage, Passage]]:
    """Pairs of passages that are alike, the most alike first, each in one pair: of equals those under one heading."""
    olds, news = [words(passage.text) for passage in gone], [words(passage.text) for passage in come]
    similar = Similar(news)
    scored = (
        (likeness(mine, news[there]), gone[here].headings == come[there].headings, -here, -there)
        for here, mine in enumerate(olds)
        for there in similar.near(mine)
    )
    free = (set(range(len(gone))), set(range(len(come))))
    for _, _, here, there in sorted((pair for pair in scored if pair[0] >= EDITED), reverse=True):
        if -here in free[0] and -there in free[1]:
            free[0].remove(-here)
            free[1].remove(-there)
            yield gone[-here], come[-there]
