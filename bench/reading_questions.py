"""Questions with right answers for readings of tables: what fit_readings.py fits on and table_readings.py measures.

WikiTableQuestions and plain questions over real tables of ../shared. The rules for a right answer are those of the
scripts there: they are loaded, not copied.
"""

from __future__ import annotations

import csv
import importlib.machinery
import importlib.util
import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from citeguide.indexer.tables.values import parse
from citeguide.search.column_kinds import ColumnKind
from citeguide.search.model import Table
from citeguide.search.query.query import understand
from citeguide.search.store.open import Index, open_index
from citeguide.search.tables.semantic_parsing import algebra as a
from citeguide.search.tables.semantic_parsing.beam import Hypothesis
from citeguide.search.tables.semantic_parsing.catalog_view import table_view
from citeguide.search.tables.semantic_parsing.column_view import ColumnView, held_words
from citeguide.search.tables.semantic_parsing.executor import Computed
from citeguide.search.tables.semantic_parsing.shortlist import likely_tables
from citeguide.search.tables.semantic_parsing.table_view import TableView
from citeguide.search.text.tokenizer import key

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
WTQ = SHARED / "data" / "public" / "wtq"
PLAIN = SHARED / "data" / "tables"
REPORTS = SHARED / "data" / "public" / "tatqa"
HELD_TABLES = 160
"""Tables of the training part on which nothing is fitted: thresholds are fixed on them."""
MAX_ROWS = 40_000
LEAST_RANGES, HIGHEST_OF_RANGES = 4, 2_000
"""Different ranges of a made column of them, and the highest end."""
Gold = Mapping[str, Any]


class Reference(NamedTuple):
    """A table to read, with its cells as they stand in the file."""

    view: TableView
    texts: Sequence[Sequence[str]]


Right = Callable[[Hypothesis, Computed], bool]


def questions(*files: Path) -> list[Gold]:
    """The questions of files, a JSON object a line."""
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines() if line.strip()]


def wiki_parts() -> tuple[list[Gold], list[Gold]]:
    """Training questions on tables that stand in no question of dev: to fit on, and kept apart by their tables."""
    dev = {name for gold in questions(WTQ / "dev.jsonl") for name in gold["documents"]}
    found = [gold for gold in questions(WTQ / "train.jsonl") if gold["documents"][0] not in dev]
    tables = sorted({gold["documents"][0] for gold in found})
    random.Random(5).shuffle(tables)  # noqa: S311 - names, not secrets
    apart = set(tables[:HELD_TABLES])
    random.Random(7).shuffle(found)  # noqa: S311 - questions, not secrets
    return (
        [gold for gold in found if gold["documents"][0] not in apart],
        [gold for gold in found if gold["documents"][0] in apart],
    )


@cache
def wiki_table(name: str) -> Reference:
    """A table of WikiTableQuestions, straight from its file."""
    with (WTQ / "csv" / name).open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    body = [(row + [""] * len(head))[: len(head)] for row in rows if any(cell.strip() for cell in row)]
    columns = [_column(n, name, [row[n] for row in body]) for n, name in enumerate(head)]
    return Reference(TableView(columns, len(body)), body)


def _column(place: int, name: str, texts: Sequence[str], *, unit: str | None = None) -> ColumnView:
    values = [parse(text) if text.strip() else None for text in texts]
    numbers = [float(v.number) if v is not None and v.number is not None else None for v in values]
    units = {v.unit for v in values if v is not None and v.number is not None}
    keys = ["" if value is not None else key(text) for value, text in zip(values, texts, strict=True)]
    held, known = held_words(keys, numbers)
    unit = unit or (units.pop() if len(units) == 1 else None)
    return ColumnView(place, name, len(texts), held, lambda: known, unit=unit)


def as_money(table: Reference, place: int, head: str, rows_head: str) -> Reference:
    """The same table with a column of money under this head, and the column that names the rows under that."""
    view = table.view

    def column(old: ColumnView) -> ColumnView:
        texts = [row[old.place] for row in table.texts]
        if old.place == place:
            return _column(place, head, texts, unit="USD")
        return _column(old.place, rows_head, texts) if old is view.label else old

    return Reference(TableView([column(old) for old in view.columns], view.rows), table.texts)


def with_ranges(table: Reference, place: int, head: str, *, in_two: bool) -> Reference | None:
    """The same table with ranges for a column of numbers: from each number to below the next; in one cell, or in two
    columns, a low and a high end. None where the numbers are not whole, or fewer than four."""
    view, values = table.view, table.view.columns[place].values
    known = sorted({value for value in values if value is not None})
    whole = all(value == int(value) and 0 <= value <= HIGHEST_OF_RANGES for value in known)
    if len(known) < LEAST_RANGES or not whole or None in values:
        return None
    last = 2 * known[-1] - known[-2]
    ends = dict(zip(known, [value - 1 for value in known[1:]] + [last], strict=True))
    rows = {row: (low, ends[low]) for row, low in enumerate(values) if low is not None}
    texts = [list(row) for row in table.texts]

    def column(old: ColumnView) -> ColumnView:
        if old.place != place:
            return _column(old.place, old.name, [row[old.place] for row in table.texts], unit=old.unit)
        if in_two:
            return _column(place, f"{head} from", [f"{low:.0f}" for low, _ in rows.values()])
        for row, (low, high) in rows.items():
            texts[row][place] = f"{low:.0f}-{high:.0f}"
        held, _ = held_words([key(row[place]) for row in texts], [None] * len(rows))
        kept = [None] * len(rows)
        return ColumnView(place, head, len(rows), held, lambda: kept, sort=ColumnKind.RANGE, ranges=lambda: rows)

    columns = [column(old) for old in view.columns]
    if in_two:
        upper = [f"{high:.0f}" for _, high in rows.values()]
        columns.insert(place + 1, _column(place + 1, f"{head} to", upper))
        texts = [[*row[: place + 1], high, *row[place + 1 :]] for row, high in zip(texts, upper, strict=True)]
        for number, moved in enumerate(columns):
            moved.place = number
    return Reference(TableView(columns, view.rows), texts)


class Entrant(NamedTuple):
    """A table that competes for a question, and whether the answer may lie in it."""

    table: Reference
    is_own: bool = True


class IndexedTables:
    """The tables of an opened index as the product reads them."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._documents = {document.id: document for document in index.catalog.documents()}
        self._known: dict[int, Reference] = {}

    def of_each_file(self) -> dict[str, list[Reference]]:
        """All that are not too long, by the names of their files."""
        found: dict[str, list[Reference]] = {}
        for table in self._index.catalog.tables():
            if table.row_count <= MAX_ROWS:
                found.setdefault(self._file(table.document), []).append(self._reference(table))
        return found

    def competing(self, gold: Gold, *, all_tables: bool) -> list[Entrant]:
        """Those that the product would read for a question, of its own file alone or of all."""
        own = {number for number in self._documents if self._file(number) in gold["documents"]}
        question = understand(gold["question"], documents=None if all_tables else frozenset(own))
        return [
            Entrant(self._reference(table), table.document in own)
            for table in likely_tables(question, self._index, question.params.tables.likely)
        ]

    def _file(self, document: int) -> str:
        return self._documents[document].path.rsplit("/", 1)[-1]

    def _reference(self, table: Table) -> Reference:
        if table.id not in self._known:
            catalog = self._index.catalog
            view = table_view(table, self._documents[table.document], catalog)
            _read_now(view)
            texts = [[cell.text for cell in row.cells] for row in catalog.rows(table.id)]
            self._known[table.id] = Reference(view, texts)
        return self._known[table.id]


def indexed_tables(folder: Path) -> dict[str, list[Reference]]:
    """The tables of an index, by the names of their files."""
    with open_index(folder) as index:
        return IndexedTables(index).of_each_file()


def _read_now(view: TableView) -> None:
    """Columns are read when they are looked at, and the catalog will be closed by then."""
    for column in view.columns:
        _ = column.values, column.different, column.ranges


# what is right


def is_right(gold: Gold, table: Reference) -> Right:
    """Whether a reading gives the answer."""
    return _denotes(gold, table) if gold["kind"] == "denotation" else _gives(gold, table)


def _denotes(gold: Gold, table: Reference) -> Right:
    rules = _rules()
    wanted = rules.items(gold["answers"], gold=True)

    @_once
    def right(computed: Computed) -> bool:
        if len(computed.items) > 2 * len(wanted) + 2:
            return False
        given = rules.items(shown(computed, table))
        return len(given) == len(wanted) and all(any(rules.alike(g, p) for p in given) for g in wanted)

    return lambda _, computed: right(computed)


def _once(judge: Callable[[Computed], bool]) -> Callable[[Computed], bool]:
    """The same result is judged once."""
    known: dict[object, bool] = {}

    def judged(computed: Computed) -> bool:
        which = (computed.items, computed.column)
        if which not in known:
            known[which] = judge(computed)
        return known[which]

    return judged


def shown(computed: Computed, table: Reference) -> list[str]:
    """A result as the product shows it: cells as they stand in the file, and computed numbers."""
    if computed.column is not None:
        return [table.texts[row][computed.column] for row in computed.rows]
    return [item if isinstance(item, str) else f"{item:.6f}".rstrip("0").rstrip(".") for item in computed.items]


def _gives(gold: Gold, table: Reference) -> Right:
    kind, wanted = gold["kind"], gold.get("values") or []
    if kind.startswith("tat-"):
        return lambda candidate, computed: _figures(wanted, numbers(candidate, computed, table.view))
    if kind in ("passage", "list"):
        return lambda _, computed: _quotes(gold, computed, table)

    def right(candidate: Hypothesis, computed: Computed) -> bool:
        given = numbers(candidate, computed, table.view)
        if not given or not wanted:
            return False
        if kind == "rank":
            names_are_asked = bool(gold.get("rows")) and computed.column == candidate.order
            return not names_are_asked and len(given) == len(wanted) and all(map(_near, given, wanted))
        most = len(wanted) + (1 if kind == "compare" else 0)
        return len(wanted) <= len(given) <= most and all(any(_near(g, w) for g in given) for w in wanted)

    return right


def _figures(wanted: Sequence[float], given: Sequence[float]) -> bool:
    """Whether a report's figure is given, whatever its sign: the text says whether something rose or fell."""
    return len(given) == len(wanted) > 0 and all(_near(abs(g), abs(w)) for g, w in zip(given, wanted, strict=True))


def _quotes(gold: Gold, computed: Computed, table: Reference) -> bool:
    """Whether the rows hold all texts; of one row the cell that is shown must be the last of them."""
    texts = [" ".join(text.split()).lower() for text in gold["quote"]]
    if computed.column is None or len(computed.rows) > (3 if gold["kind"] == "passage" else len(texts) + 1):
        return False
    rows = " ".join(" ".join(table.texts[row]) for row in computed.rows).lower()
    cells = " ".join(table.texts[row][computed.column] for row in computed.rows).lower()
    return all(text in rows for text in texts) and (gold["kind"] == "list" or texts[-1] in cells)


def numbers(candidate: Hypothesis, computed: Computed, view: TableView) -> list[float]:
    """The numbers that the product gives with a result, in order."""
    value = candidate.value
    match value:
        case a.Select():
            column = _number_column(candidate, value, view)
            return list(_known(view, column, computed.rows)) if column is not None else []
        case a.Which() if value.column is not None:
            return list(_known(view, value.column, computed.rows))
        case a.WhichColumn():
            found = [number for column in value.columns for number in _known(view, column, computed.rows)]
            found.sort(reverse=value.descending)
            return found if len(value.columns) <= a.COMPARED_COLUMNS else found[:1]
        case _:
            return [item for item in computed.items if isinstance(item, float)]


def _number_column(candidate: Hypothesis, value: a.Select, view: TableView) -> int | None:
    if view.columns[value.column].is_measure:
        return value.column
    if isinstance(value.rows, a.TopRows):
        return value.rows.column
    by = next((link.column for link in candidate.chosen.links if link.how == "compared"), None)
    return value.column if by is None and view.columns[value.column].kind == "number" else by


def _known(view: TableView, column: int, rows: Sequence[int]) -> Iterator[float]:
    return (number for row in rows if (number := view.columns[column].values[row]) is not None)


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= 0.0051


@cache
def _rules() -> ModuleType:
    """The rules for denotations."""
    loader = importlib.machinery.SourceFileLoader("denotations", str(SHARED / "data" / "public" / "score"))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    if spec is None:
        raise SystemExit("../shared/data/public/score is missing")
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module
