"""What a cell says: numbers exact, units as the cell gives them, marks for missing numbers, and words left alone."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from citeguide.indexer.tables.values import CellValue, parse
from citeguide.search.text.amounts import amount, figure
from hypothesis import given
from hypothesis import strategies as st

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "tables_values.jsonl").read_text("utf-8").splitlines()
]
DECIMALS = st.decimals(min_value=-(10**12), max_value=10**12, allow_nan=False, allow_infinity=False, places=4)


@pytest.mark.parametrize("case", CASES, ids=[case["text"] or "blank" for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    """Each case reads as the number, mark or words that it was written with."""
    found = parse(case["text"])
    if case.get("words"):
        assert found is None
    else:
        number = Decimal(case["number"]) if "number" in case else None
        assert found == CellValue(number, case.get("unit"), case.get("mark"))
        assert found is not None
        assert number is None or str(found.number) == str(number)


@given(DECIMALS, st.sampled_from(["{:f}", "${:f}", "{:,f}", "${:,f}", "{:,f}%", " {:f} "]))
def test_decimals_round_trip(number: Decimal, form: str) -> None:
    """A decimal written in any usual form is read back exactly, digit for digit."""
    found = parse(form.format(number))
    assert found is not None
    assert found.number == number
    assert found.number is not None
    assert found.number.as_tuple() == number.as_tuple() or number == 0


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    """Arbitrary text never raises, and gives a number or a mark, never both."""
    found = parse(text)
    assert found is None or (found.number is None) != (found.mark is None)


@pytest.mark.parametrize(
    ("number", "unit", "written"),
    [
        ("16.69", "USD/hour", "$16.69 per hour"),
        ("20", "USD/hour", "$20.00 per hour"),
        ("34715.20", "USD/year", "$34,715.20 per year"),
        ("56900", "USD/year", "$56,900 per year"),
        ("1200", "USD", "$1,200"),
        ("-500", "USD", "-$500"),
        ("11", "percent", "11%"),
        ("143900.0", "count", "143,900"),
        ("1.230", None, "1.23"),
        ("64", "hours", "64 hours"),
    ],
)
def test_amounts_are_written_as_people_write_them(number: str, unit: str | None, written: str) -> None:
    """Money has its sign, thousands and cents where it has any; the rest as few digits as are exact."""
    assert amount(Decimal(number), unit) == written
    assert written.startswith(figure(Decimal(number), unit))
