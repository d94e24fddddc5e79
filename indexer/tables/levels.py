"""Which rows of a table sum up others, or stand a level above them: totals, the nation, a group among its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ...search.column_kinds import ColumnRole
from ...search.lang.lexicon import lexicon, parted
from ...search.text.tokenizer import key
from ..document import CellText
from .column_types import ColumnReading
from .places import place

Record = Sequence[CellText]

_HEADERS = lexicon("table_headers")
SUMMING_LABELS = _HEADERS.phrases("wholes") | _HEADERS.phrases("sums")
"""What the label of a row says that sums up others, folded."""
LEVEL_RANKS = {said: rank for rank, line in enumerate(_HEADERS.lines("levels")) for said in parted(line)}
"""What a column of levels says, the highest level 0."""
MAX_LEVELS = 8
DOTTED = re.compile(r"[.·•]+\s*(?=\w)")


def wholes(records: Sequence[Record], columns: Sequence[ColumnReading], label: int | None) -> frozenset[int]:
    """The positions of the records that do."""
    found = set(_by_level(records, columns))
    names = [""] * len(records) if label is None else [_called(record, columns, label) for record in records]
    if label is not None:
        found |= set(_by_name(names, columns[label].role))
    for n, column in enumerate(columns):
        if column.role == ColumnRole.CODE:
            found |= set(_by_code([record[n].text for record in records], [key(name) for name in names]))
    return frozenset(found) if len(found) < len(records) else frozenset()


def _called(record: Record, columns: Sequence[ColumnReading], label: int) -> str:
    """What a row goes by: its label, or the first of its other words where it has none."""
    others = (
        cell.text
        for cell, column in zip(record, columns, strict=True)
        if column.role != ColumnRole.MEASURE and cell.text
    )
    return record[label].text or next(others, "")


def _by_name(labels: Sequence[str], role: ColumnRole) -> Iterator[int]:
    names = [key(text) for text in labels]
    dotted = [n for n, text in enumerate(labels) if DOTTED.match(text)]
    last = dotted[-1] if 2 * len(dotted) > len(labels) else -1
    inner = frozenset(dotted)
    nations = role == ColumnRole.PLACE and len({place(text).kind for text in labels}) > 1
    for n, name in enumerate(names):
        nation = nations and place(labels[n]).is_a("nation")
        apart = n < last and n not in inner
        if name in SUMMING_LABELS or name.startswith(("total ", "subtotal ")) or nation or apart:
            yield n


def _by_level(records: Sequence[Record], columns: Sequence[ColumnReading]) -> Iterator[int]:
    """By a column that says of each row on which level it stands."""
    for n, column in enumerate(columns):
        said = [key(record[n].text) for record in records]
        if (
            column.role == ColumnRole.MEASURE
            or not 1 < len(set(said)) <= MAX_LEVELS
            or not set(said) <= LEVEL_RANKS.keys()
        ):
            continue
        lowest = max(LEVEL_RANKS[text] for text in said)
        yield from (position for position, text in enumerate(said) if LEVEL_RANKS[text] < lowest)


def _by_code(codes: Sequence[str], names: Sequence[str]) -> Iterator[int]:
    """By codes of which one ends in noughts where the next row's goes on: 11-0000 before 11-1011.

    A single nought sums up where the next row has the same name, as broad and detailed groups of one member do. Codes
    in no order, and those that only count the rows, sum up nothing.
    """
    stems = [code.rstrip("0") for code in codes]
    if sum(code != stem for code, stem in zip(codes, stems, strict=True)) in (0, len(codes)):
        return
    if not _are_in_order(codes) or _count_the_rows(codes):
        return
    for n, (one, following) in enumerate(pairwise(codes)):
        noughts = len(one) - len(stems[n])
        goes_on = len(one) == len(following) and one != following and following.startswith(stems[n])
        if stems[n] and goes_on and (noughts >= 2 or (noughts == 1 and names[n] == names[n + 1] != "")):
            yield n


def _are_in_order(codes: Sequence[str]) -> bool:
    """Whether far more codes rise from a row to the next than fall: a list may start anew now and then."""
    rising = sum(one < following for one, following in pairwise(codes))
    falling = sum(one > following for one, following in pairwise(codes))
    return rising >= 2 * falling


def _count_the_rows(codes: Sequence[str]) -> bool:
    """Whether each code is the one before it and one more."""
    return all(code.isdecimal() for code in codes) and all(
        int(following) == int(one) + 1 for one, following in pairwise(codes)
    )
