"""Words of a question that may be a condition on a table's rows."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from ..algebra import ColumnCondition


class How(StrEnum):
    """In which way words choose rows."""

    WHOLE = "whole"
    PART = "part"
    GAP = "gap"
    ALIAS = "alias"
    SPELLED = "spelled"
    NUMBER = "number"
    COMPARED = "compared"
    FLAG = "flag"
    FLAG_NO = "flag no"
    FILLED = "filled"
    BLANK = "blank"
    DEFAULT = "default"


NAMED = (How.WHOLE, How.PART, How.GAP, How.ALIAS, How.SPELLED, How.NUMBER)
"""Ways of naming a cell."""


class Link(NamedTuple):
    """A condition, with the words that say it."""

    conditions: tuple[ColumnCondition, ...]
    words: int
    """As bits."""
    first: int
    """The first word that names the cell."""
    how: How
    column: int
    mask: int
    """The rows that meet it, as bits."""
    weight: float
    """How sure the link is, for choosing some of many."""
