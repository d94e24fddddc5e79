"""Which column the rows of a table go by: the one that tells them apart in words, wherever it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ...search.column_kinds import ColumnKind, ColumnRole
from ...search.lang.lexicon import lexicon
from ...search.text.tokenizer import key
from .column_types import ColumnReading

NAMING_ENDINGS = lexicon("table_headers").ordered("names")
"""How the head of a column ends that names things."""
SAMPLED_NAMING_ROWS = 400
"""Rows that are looked at."""


class NamingParams(NamedTuple):
    """What each thing counts; fitted by ``bench/table_reading.py``."""

    distinct: float = 2.0
    """Share of different texts among the filled cells."""
    filled: float = 1.5
    """Share of filled cells."""
    position: float = 0.12
    """What it costs to stand one column further on."""
    long: float = 1.0
    """What it costs that the texts are sentences."""
    named: float = 0.5
    """What it brings that the header says so: a name, a title, an occupation."""


NAMING_PARAMS = NamingParams()

KINDS_NAMING_ROWS: dict[ColumnKind, float] = {
    ColumnKind.TEXT: 1.0,
    ColumnKind.PLACE: 0.9,
    ColumnKind.RANGE: 0.9,
    ColumnKind.DATE: 0.0,
    ColumnKind.CODE: -2.0,
    ColumnKind.YEAR: 0.2,
    ColumnKind.NUMBER: -1.0,
    ColumnKind.MONEY: -2.0,
    ColumnKind.SHARE: -2.0,
}
"""How well things name a row."""
LONG_TEXT = 60
"""Code points of a text, on average, from which on it describes."""


def label_column(
    columns: Sequence[ColumnReading], texts: Sequence[Sequence[str]], params: NamingParams = NAMING_PARAMS
) -> int | None:
    """The number of the column that rows go by; None where there is but one kind of thing, numbers."""
    merits = [
        (_merit(n, column, cells[:SAMPLED_NAMING_ROWS], params), -n)
        for n, (column, cells) in enumerate(zip(columns, texts, strict=True))
        if column.role != ColumnRole.MEASURE and any(cells)
    ]
    return -max(merits)[1] if merits else None


def _merit(n: int, column: ColumnReading, texts: Sequence[str], params: NamingParams) -> float:
    filled = [key(text) for text in texts if text]
    if not filled:
        return float("-inf")
    said = column.role == ColumnRole.OCCUPATION or key(column.name.replace("_", " ")).endswith(NAMING_ENDINGS)
    length = sum(map(len, filled)) / len(filled)
    links = sum("://" in text for text in texts) / len(texts)
    return (
        KINDS_NAMING_ROWS[column.kind]
        + params.distinct * len(set(filled)) / len(filled)
        + params.filled * len(filled) / len(texts)
        - params.position * n
        - params.long * (length > LONG_TEXT)
        - 2 * links
        + params.named * said
    )
