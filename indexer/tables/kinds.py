"""What the cells of a column hold, whatever part the column plays: words, numbers, money, ranges, dates, years."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import islice

from ...search.column_kinds import ColumnKind, ColumnRole
from ...search.text.column_headers import HEADED_YEAR
from ...search.text.regex import compiled
from ...search.text.units import BareUnit
from .moments import moment
from .ranges import bounds
from .values import FOOTNOTE, CellValue

SAMPLED_CELLS = 500
"""Filled cells that are looked at."""
SHARE_OF_KIND = 0.66
"""Share of a column's cells that must be of a kind; the others may be remarks."""
ALMOST = 0.9
"""The same of codes."""
MIN_CODES = 5
"""Different codes of a column of them, at least."""
CODE_CELL = re.compile(r"(?=[^\d]*\d)(?=[^A-Z]*[A-Z])[A-Z\d]{2,8}(?:[ ./-][A-Z\d]{1,8}){0,3}|[A-Z]{2,3}")
"""Capitals and figures together, as in a postcode, or two or three capitals alone."""
SEASON = re.compile(r"((?:1[6-9]|20)\d\d)[-–/](\d\d|(?:1[6-9]|20)\d\d)")
"""A school year, a season: 2015-16."""
YEAR_CELL = re.compile(r"(?:1[5-9]|20)\d\d")

MONEY_UNIT = re.compile(r"[A-Z]{3}(?:/.*)?")


def kind(
    role: ColumnRole, texts: Sequence[str], values: Sequence[CellValue | None], base: str | None, *, day_first: bool
) -> ColumnKind:
    """The kind of a column with this role and these cells; ``base`` is the unit of its bare numbers."""
    if role in (ColumnRole.PLACE, ColumnRole.CODE, ColumnRole.YEAR):
        return ColumnKind(role)
    cells = zip(texts, values, strict=True)
    filled = list(islice(((text, value) for text, value in cells if text and not _is_mark(value)), SAMPLED_CELLS))

    def most(test: Callable[[str, CellValue | None], bool], share: float = SHARE_OF_KIND) -> bool:
        return sum(test(text, value) for text, value in filled) >= share * len(filled) > 0

    if role == ColumnRole.MEASURE:
        if base == BareUnit.PERCENT:
            return ColumnKind.SHARE
        return ColumnKind.MONEY if MONEY_UNIT.fullmatch(base or "") else ColumnKind.NUMBER
    if most(lambda text, _: year_of(text) is not None):
        return ColumnKind.YEAR
    if most(lambda text, _: moment(text, day_first=day_first) is not None):
        return ColumnKind.DATE
    if most(lambda _, value: value is not None):
        return ColumnKind.NUMBER
    if most(lambda text, value: value is not None or bounds(text) is not None):
        return ColumnKind.RANGE
    coded = most(lambda text, _: CODE_CELL.fullmatch(text) is not None, ALMOST) and _vary(filled)
    return ColumnKind.CODE if coded else ColumnKind.TEXT


def _vary(filled: Sequence[tuple[str, CellValue | None]]) -> bool:
    """Whether these are more than a few marks that come again and again."""
    return len({text for text, _ in filled}) >= MIN_CODES


def year_of(text: str) -> int | None:
    """The year that a text names and nothing else; of a school year or a season the first."""
    bare = FOOTNOTE.sub("", text).strip()
    if YEAR_CELL.fullmatch(bare):
        return int(bare)
    season = SEASON.fullmatch(bare)
    return int(season[1]) if season and (int(season[1]) + 1) % 100 == int(season[2]) % 100 else None


def year_in(name: str) -> int | None:
    """The one year that the name of a column gives; of a school year the first."""
    found = {int(year) for year in compiled(HEADED_YEAR).findall(name)} or {
        year for match in SEASON.finditer(name) if (year := year_of(match.group())) is not None
    }
    return found.pop() if len(found) == 1 else None


def _is_mark(value: CellValue | None) -> bool:
    return value is not None and value.number is None
