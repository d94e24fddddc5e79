"""What a scan reckons over a table's rows is what a plain loop over them reckons."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product

import pytest
from citeguide.search.model import TableRow
from citeguide.search.store import scan
from citeguide.search.store.catalog import Catalog
from citeguide.search.store.scan import Bound, Condition, Line
from citeguide.search.store.sorted_scan import RowOrder
from indexed import opened

PLACES = ("Austin, TX", "Reno, NV", "Boise, ID", "Salem, OR")
JOBS = ("Bakers", "Welders", "All Occupations")


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    """Four places, three jobs, some numbers withheld and many of them the same."""
    chance = random.Random(5)  # noqa: S311 - numbers, not secrets
    body = "".join(
        f'"{place}",{job},{chance.choice(("*", "10.5", "11.25", "12", "30"))},{chance.choice(("#", "9", "10", "11"))}\n'
        for place, job, _ in product(PLACES, JOBS, range(4))
    )
    guide = f"Area,Occupation,High pay ($/hour),Low pay ($/hour)\n{body}"
    with opened(tmp_path_factory.mktemp("scan"), {"pay.csv": guide}) as index:
        yield index.catalog


WHERES: tuple[tuple[Condition, ...], ...] = (
    (),
    (Condition(0, "=", "austin tx"),),
    (Condition(1, "not in", ("all occupations",)),),
    (Condition(0, "in", ("austin tx", "reno nv")), Condition(1, "not in", ("bakers",))),
    (Condition(0, "in", ("austin tx", "reno nv")), Condition(1, "=", "welders")),
    (Condition(1, "=", "welders"), Condition(0, "!=", "reno nv")),
    (Condition(2, ">", Decimal(11)), Condition(1, "!=", "bakers")),
    (Condition(0, "=", "nowhere"),),
)
COLUMNS = ((2,), (3,), (2, 3))


@pytest.fixture(params=[1_000, -1], ids=["along the order", "row by row"], autouse=True)
def _few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the stored order can answer is also reckoned row by row, as if too many were left out."""
    monkeypatch.setattr(scan, "FEW_LEFT_OUT", request.param)


@pytest.mark.parametrize("where", WHERES)
@pytest.mark.parametrize("columns", COLUMNS)
def test_a_scan_counts_orders_and_cuts_as_a_loop_does(
    catalog: Catalog, columns: tuple[int, ...], where: tuple[Condition, ...]
) -> None:
    (table,) = catalog.tables()
    found = catalog.scan(table.id, columns, where)
    rows = [row for row in catalog.rows(table.id) if all(meets(row, condition) for condition in where)]
    lines = [line(row, columns) for row in rows]
    known = [each for each in lines if None not in each]
    assert found.lines() == lines
    assert (found.total, found.known) == (len(lines), len(known))
    assert found.missing(100) == [each[0] for each in lines if None in each]
    for order, expected in orders(known).items():
        assert found.first(100, order) == expected
        assert found.first(3, order, offset=2) == expected[2:5]
    exact = [value(each) for each in known]
    assert dict(found.tally()) == Counter(map(Decimal, exact))
    assert found.sum() == sum(map(Decimal, exact))
    for comparison, limit in (("=", 11.25), ("<", 11.25), (">=", 1.5)):
        bound = Bound(columns, comparison, limit)  # type: ignore[arg-type]
        inside = [each for each in known if keeps(value(each), comparison, limit)]
        assert found.count(bound) == len(inside)
        assert found.first(100, RowOrder.SOURCE, bound) == inside
    assert catalog.scan(table.id, (), where).is_unique(0) == (len({r.cells[0].text for r in rows}) == len(rows))


def test_a_bound_on_another_column_leaves_out_the_rows_without_a_number_there(catalog: Catalog) -> None:
    (table,) = catalog.tables()
    found = catalog.scan(table.id, (2,), (), beside=(3,))
    known = [
        row for row in catalog.rows(table.id) if row.cells[2].number is not None and row.cells[3].number is not None
    ]
    assert found.known == len(known)
    high = [row.number for row in known if (row.cells[3].number or 0) >= 10]
    assert [each[0] for each in found.first(100, RowOrder.SOURCE, Bound((3,), ">=", 10.0))] == high
    lacking = {row.number for row in catalog.rows(table.id)} - {row.number for row in known}
    assert set(found.missing(100)) == lacking


def meets(row: TableRow, condition: Condition) -> bool:
    cell = row.cells[condition.column]
    if isinstance(condition.value, Decimal):
        return cell.number is not None and cell.number > condition.value
    named = (condition.value,) if isinstance(condition.value, str) else condition.value
    inside = cell.text.replace(",", "").casefold() in named
    return inside == (condition.comparison in ("=", "in"))


def line(row: TableRow, columns: Sequence[int]) -> Line:
    numbers = [row.cells[column].number for column in columns]
    return (row.number, *(None if number is None else float(number) for number in numbers))


def value(each: Line) -> float:
    numbers = [number for number in each[1:] if number is not None]
    return numbers[0] - numbers[1] if len(numbers) > 1 else numbers[0]


def orders(known: Sequence[Line]) -> dict[RowOrder, list[Line]]:
    up = sorted(known, key=value)
    return {
        RowOrder.SOURCE: list(known),
        RowOrder.ASCENDING: up,
        RowOrder.DESCENDING: sorted(known, key=value, reverse=True),
        RowOrder.LAST_DESCENDING: up[::-1],
    }


def keeps(number: float, comparison: str, limit: float) -> bool:
    return {"=": number == limit, "<": number < limit, ">=": number >= limit}[comparison]
