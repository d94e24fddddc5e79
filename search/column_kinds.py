"""What the columns of tables may be: the parts that they play, and what their cells hold."""

from __future__ import annotations

from enum import StrEnum


class ColumnRole(StrEnum):
    """The part that a column plays in its table."""

    PLACE = "place"
    OCCUPATION = "occupation"
    PAY_TYPE = "pay type"
    YEAR = "year"
    CODE = "code"
    LABEL = "label"
    MEASURE = "measure"


class ColumnKind(StrEnum):
    """What the cells of a column hold, whatever part the column plays."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    SHARE = "share"
    RANGE = "range"
    DATE = "date"
    YEAR = "year"
    CODE = "code"
    PLACE = "place"
