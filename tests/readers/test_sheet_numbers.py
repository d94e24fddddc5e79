"""What a sheet shows for a number: as laid out where the layout is understood, and never with binary noise."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from citeguide.indexer.readers.sheets.number_formats import shown
from hypothesis import example, given
from hypothesis import strategies as st

CASES = Path(__file__).parents[1] / "cases" / "number_formats.jsonl"


def cases() -> list[dict[str, Any]]:
    return [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case['value']} {case['code']}")
def test_a_number_is_shown_as_its_format_lays_it_out(case: dict[str, Any]) -> None:
    """A person who opens the sheet reads this, or the plain number where the layout has no reading of its own here."""
    assert shown(case["value"], case["code"], from_1904=case.get("from_1904", False)) == case["shown"]


@example(float("nan"), "0.00")
@example(float("-inf"), '0;"debt"')
@given(st.floats(), st.text(st.sampled_from('0#?.,%$;"\\_*[]()-/:@EeGgmdyhsAP '), max_size=300))
def test_any_number_under_any_format_is_shown(value: float, code: str) -> None:
    """No format, however odd, brings the reader down or shows nothing at all."""
    assert shown(value, code).strip()
