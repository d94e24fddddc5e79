"""Signs in cells of their own join the number that they belong to: ``$`` before it, ``)`` and ``%`` behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..document import CellText
from .values import CURRENCY_CODE, SIGN

Record = Sequence[CellText]

SIGN_BEFORE = re.compile(rf"(?:{SIGN}|{CURRENCY_CODE}) ?\(?|\(", re.IGNORECASE)
SIGN_BEHIND = re.compile(r"\) ?%?|% ?\)?|[*†‡]+")


def joined(names: Sequence[str], records: Sequence[Record]) -> tuple[list[str], list[Record]]:
    """Names and records without columns of signs alone."""
    columns = [[record[n] for record in records] for n in range(len(names))]
    named = list(names)
    n = 0
    while n < len(columns):
        if n + 1 < len(columns) and _are(SIGN_BEFORE, columns[n], columns[n + 1]):
            columns[n : n + 2] = [[_join(*pair) for pair in zip(columns[n], columns[n + 1], strict=True)]]
            named[n : n + 2] = [_name(named[n], named[n + 1])]
        elif n and _are(SIGN_BEHIND, columns[n], columns[n - 1]):
            columns[n - 1 : n + 1] = [[_join(*pair) for pair in zip(columns[n - 1], columns[n], strict=True)]]
            named[n - 1 : n + 1] = [_name(named[n - 1], named[n])]
        else:
            n += 1
    return named, [tuple(row) for row in zip(*columns, strict=True)] if columns else list(records)


def _are(signs: re.Pattern[str], column: Sequence[CellText], beside: Sequence[CellText]) -> bool:
    """Whether all that a column holds, but for cells that reach over from beside, are such signs."""
    own = [cell.text for cell, other in zip(column, beside, strict=True) if cell.text and cell.span != other.span]
    return bool(own) and all(signs.fullmatch(text) for text in own)


def _join(one: CellText, other: CellText) -> CellText:
    if not one.text or not other.text or one.span == other.span:
        return one if one.text else other
    return CellText(one.text + other.text, (one.span[0], other.span[1]))


def _name(one: str, other: str) -> str:
    return one if one == other or not other else other if not one else f"{one} {other}"
