"""The arrays that a table's columns are stored as hold what its rows hold, whatever the numbers are."""

from __future__ import annotations

import math
import sqlite3
from array import array
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest
from citeguide.indexer.storage import columnwriter
from citeguide.indexer.update import update
from citeguide.search.errors import IndexBrokenError
from citeguide.search.model import Table
from citeguide.search.store.columns import Vector, added_up, packed
from citeguide.search.store.open import Index, open_index
from citeguide.search.store.scan import Bound, Condition
from citeguide.search.store.schema import schema
from citeguide.search.store.sorted_scan import RowOrder

SHEET = """Area,Median pay ($/hour),Jobs
"Reno, NV",16.69,1200
"Austin, TX",9.5,*
"Salem, OR",16.69,7
"Boise, ID",#,123456789012345
"""


def opened(folder: Path, text: str = SHEET) -> tuple[Index, Table]:
    (folder / "pay.csv").write_text(text)
    update(folder / "index", [folder / "pay.csv"])
    index = open_index(folder / "index")
    return index, index.catalog.tables()[0]


def test_decimals_are_added_up_exactly(tmp_path: Path) -> None:
    index, table = opened(tmp_path)
    with index:
        assert index.catalog.scan(table.id, (1,)).sum() == Decimal("42.88")
        assert index.catalog.scan(table.id, (2,)).sum() == Decimal("123456789013552")


def test_rows_that_tie_come_in_order_of_the_source_from_above_and_from_below(tmp_path: Path) -> None:
    index, table = opened(tmp_path)
    with index:
        scan = index.catalog.scan(table.id, (1,))
        assert scan.first(9, RowOrder.DESCENDING) == [(1, 16.69), (3, 16.69), (2, 9.5)]
        assert scan.first(1, RowOrder.DESCENDING, offset=1) == [(3, 16.69)]
        assert scan.first(2, RowOrder.LAST_DESCENDING) == [(3, 16.69), (1, 16.69)]
        assert scan.first(9, RowOrder.ASCENDING, Bound((1,), ">", 9.5)) == [(1, 16.69), (3, 16.69)]
        assert scan.count(Bound((1,), "<=", 9.5)) == 1


def test_a_number_is_held_unequal_only_to_numbers(tmp_path: Path) -> None:
    index, table = opened(tmp_path)
    with index:
        assert index.catalog.scan(table.id, (), [Condition(2, "!=", Decimal(7))]).total == 2


@pytest.mark.parametrize("run", [1, 2, 3, 100])
def test_a_long_column_is_in_order_however_it_was_sorted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: int
) -> None:
    monkeypatch.setattr(columnwriter, "RUN", run)
    index, table = opened(tmp_path, "Area,Jobs\n" + "".join(f"Town {n},{n * 7 % 11}\n" for n in range(11)))
    with index:
        assert index.catalog.scan(table.id, (1,)).first(4, RowOrder.ASCENDING) == [
            (1, 0.0),
            (9, 1.0),
            (6, 2.0),
            (3, 3.0),
        ]


def test_rows_are_sorted_by_words_as_the_alphabet_has_them(tmp_path: Path) -> None:
    index, table = opened(tmp_path)
    with index:
        scan = index.catalog.scan(table.id, (0,), kind="words")
        assert [row.cells[0].text for row in index.catalog.scanned(scan, RowOrder.ASCENDING)] == [
            "Austin, TX", "Boise, ID", "Reno, NV", "Salem, OR",
        ]  # fmt: skip


def _shown(db: sqlite3.Connection) -> list[float | None]:
    """The numbers of the column, of two rows, from the lowest on."""
    vector = Vector(lambda sql, *values: db.execute(sql, values), lambda *_: None, 1, 0, "numbers", 2)
    return [vector.number(row) for row in vector.ascending]


@pytest.mark.parametrize(
    ("decimals", "numbers", "order"),
    [
        (10**9, [1.0, 2.0], [0, 1]),
        (-1, [1.0, 2.0], [0, 1]),
        (0, [1.0, math.inf], [0, 1]),
        (0, [-math.inf, 1.0], [0, 1]),
        (0, [1.0, 2.0], [0, 2]),
        (0, [1.0, 2.0], [0, 1, 1]),
        (0, [1.0], [0, 1]),
    ],
)
def test_a_crafted_column_is_a_broken_index(decimals: int, numbers: list[float], order: list[int]) -> None:
    """Its arrays are held against what is said of them before they are used."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(schema())
        record = (1, 0, "numbers", 2, decimals, 1, packed(array("d", numbers)), packed(array("I", order)))
        db.execute("INSERT INTO columns VALUES (?, ?, ?, ?, ?, ?, ?, ?)", record)
        with pytest.raises(IndexBrokenError, match="damaged column"):
            _shown(db)


def test_the_sum_of_a_crafted_column_is_a_broken_index() -> None:
    with pytest.raises(IndexBrokenError, match="damaged column"):
        added_up([1.0, math.inf])
