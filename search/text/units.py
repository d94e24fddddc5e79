"""Units of measure that stand behind numbers, in cells and in questions: weeks, kilometres, kilograms."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from ..lang.lexicon import lexicon


class BareUnit(StrEnum):
    """Units of what is not measured: parts of a hundred, and things that are counted."""

    PERCENT = "percent"
    COUNT = "count"


_HEADERS = lexicon("table_headers")
DURATIONS: Mapping[str, str] = _HEADERS.meanings("durations")
UNITS: Mapping[str, str] = {**DURATIONS, **_HEADERS.meanings("units")}
"""Each way to write a unit, folded, and the unit: weeks for "wks"."""
_SORTS = _HEADERS.meanings("unit sorts")


def sort_of(unit: str | None) -> str:
    """What a unit measures: money, time, length, weight; empty where that is not known."""
    base = (unit or "").partition("/")[0]
    return "money" if len(base) == 3 and base.isupper() else _SORTS.get(base, "")
