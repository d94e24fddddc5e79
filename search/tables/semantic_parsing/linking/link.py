"""Words of a question that may be a condition on a table's rows."""

from __future__ import annotations

from typing import Literal, NamedTuple

from ..algebra import ColumnCondition

How = Literal[
    "whole", "part", "gap", "alias", "spelled", "number", "compared", "flag", "flag no", "filled", "blank", "default"
]  # fmt: skip
NAMED: tuple[How, ...] = ("whole", "part", "gap", "alias", "spelled", "number")
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
