"""What the columns of tables may be: the parts that they play, and what their cells hold."""

from __future__ import annotations

from enum import StrEnum


class SentName(StrEnum):
    """A name that the reading process may send: as its class and its text, in every version of Python. Some would send
    how to get at an attribute, which is not taken from there."""

    def __reduce_ex__(self, proto: object) -> tuple[object, ...]:
        return type(self), (self.value,)


class ColumnRole(SentName):
    """The part that a column plays in its table."""

    PLACE = "place"
    OCCUPATION = "occupation"
    PAY_TYPE = "pay type"
    YEAR = "year"
    CODE = "code"
    LABEL = "label"
    MEASURE = "measure"


class ColumnKind(SentName):
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
