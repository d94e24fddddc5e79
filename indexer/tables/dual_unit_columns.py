"""Columns whose cells hold two amounts each become two: "£25,000 to £35,000", "$47,300 per year $22.74 per hour".

A range gives a low and a high column, amounts for two periods a column for each period. Every new cell has its own
place in the text; an amount that stands alone in a column of ranges is both ends of one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ...search.model import Span
from ..document import CellText
from .ranges import bounds
from .values import MAX_TYPED_CELL, CellValue, parse

TO = re.compile(r"\s?(?:-|–|—|\bto\b|\band\b)\s?")
OPEN_RANGE = re.compile(r"(?P<below>up to |under |to )|(?P<above>from |over |starting at )", re.IGNORECASE)
BETWEEN_OPENER = re.compile(r"between ", re.IGNORECASE)
SECOND_AMOUNT = re.compile(r"(?<=\S)(?:\s+(?:and|or)\s+|\s*[;,/|(]\s*|\s+)(?=(?:US|CA?|AU?|NZ)?[$€£])")
"""What stands before a second amount: a blank, a separator, a bracket."""
ENOUGH = 0.5
"""Share of a column's filled cells that must hold two amounts, or begin or end a range."""

SAMPLED_DUALS = 500
"""Filled cells of a long column that are looked at before all of them are."""

Pair = tuple[Span, Span]
Record = Sequence[CellText]


def split(names: Sequence[str], records: Sequence[Record], text: str) -> tuple[list[str], list[Record]]:
    """Names and records with every column of two amounts made two."""
    named: list[str] = []
    columns: list[list[CellText]] = []
    for n, name in enumerate(names):
        cells = [record[n] for record in records]
        is_apart = (n == 0 and (_are_figures(records) or _are_brackets(cells))) or not _holds_two(cells, text)
        two = [] if is_apart else _ranges(cells, text) or _periods(cells, text)
        for more, made in two or [("", cells)]:
            named.append(f"{name} ({more})" if more and name else name or more)
            columns.append(made)
    return named, [tuple(row) for row in zip(*columns, strict=True)] if columns else list(records)


def _holds_two(cells: Sequence[CellText], text: str) -> bool:
    """Whether any of a sample of a column's cells, taken all along it, holds two amounts, or a range without an end."""
    filled = [cell for cell in cells if cell.text]
    for cell in filled[:: len(filled) // SAMPLED_DUALS + 1]:
        ends = _range(cell, text)
        if (ends is not None and ends[0] != ends[1]) or _two(cell, text) is not None:
            return True
    return False


def _are_figures(records: Sequence[Record]) -> bool:
    """Whether all columns but the first hold numbers, so that the first, ranges or not, is what rows go by."""
    rest = [[parse(record[n].text) is not None for record in records] for n in range(1, len(records[0]))]
    return bool(rest) and all(2 * sum(column) > len(column) for column in rest)


def _are_brackets(cells: Sequence[CellText]) -> bool:
    """Whether ranges follow one another without meeting: each row is about one of them, as in "up to", "to", "over"."""
    found = [bounds(cell.text) for cell in cells if cell.text]
    ends = [(low, high) for each in found if each is not None for low, high in [each]]
    if len(ends) < max(2, len(found)):
        return False
    steps = [low - high for (_, high), (low, _) in pairwise(ends) if high is not None and low is not None]
    is_open = ends[0][0] is None or ends[-1][1] is None
    return len(steps) == len(ends) - 1 and all(step >= 0 and (is_open or step <= 1) for step in steps)


def _ranges(cells: Sequence[CellText], text: str) -> list[tuple[str, list[CellText]]]:
    """The low and the high ends, where the cells are ranges of money; empty where they are not."""
    pairs = [_range(cell, text) for cell in cells]
    if sum(pair is not None and pair[0] != pair[1] for pair in pairs) < ENOUGH * _filled(cells):
        return []
    if not any(pair is not None and pair[0][0] < pair[0][1] for pair in pairs):
        return []  # upper limits alone are one column
    ends = [(cell.span, cell.span) if pair is None else pair for cell, pair in zip(cells, pairs, strict=True)]
    values = (parse(text[slice(*end)]) for pair in ends for end in pair)
    periods = {value.unit.partition("/")[2] for value in values if value and value.unit}
    period = max(periods, default="") if len(periods - {""}) == 1 else ""
    said = f", per {period}" if period else ""
    return [(f"low{said}", _at([e[0] for e in ends], text)), (f"high{said}", _at([e[1] for e in ends], text))]


def _periods(cells: Sequence[CellText], text: str) -> list[tuple[str, list[CellText]]]:
    """A column for each of two periods, where the cells hold an amount for both; empty where they do not."""
    pairs = [_two(cell, text) for cell in cells]
    found = Counter(units for pair in pairs if pair and (units := _units(pair, text)) is not None)
    if not found or found.total() < ENOUGH * _filled(cells):
        return []
    first, second = found.most_common(1)[0][0]
    made: list[tuple[Span, Span]] = []
    for cell, pair in zip(cells, pairs, strict=True):
        by_unit = dict(zip(_units(pair, text) or (), pair, strict=False)) if pair else {_unit(cell.text): cell.span}
        nothing = (cell.span[0], cell.span[0])
        made.append((by_unit.get(first, nothing), by_unit.get(second, nothing)))
    return [(f"per {first}", _at([e[0] for e in made], text)), (f"per {second}", _at([e[1] for e in made], text))]


def _range(cell: CellText, text: str) -> Pair | None:
    """The ends of a cell's range; one that is open, or an amount alone, has an empty end or the same twice."""
    start, end = cell.span
    if end - start > MAX_TYPED_CELL or not cell.text:
        return None
    if opening := OPEN_RANGE.match(text, start, end):
        return _open(opening, end, text)
    start = between.end() if (between := BETWEEN_OPENER.match(text, start, end)) else start
    for match in TO.finditer(text, start, end):
        pair = (start, match.start()), (match.end(), end)
        if _is_range(*(parse(text[slice(*half)]) for half in pair)):
            return pair
    if (plus := text.rfind("+", start, end)) > start and _is_money(parse(text[start:plus])):
        return (start, plus), (start, end)
    return ((start, end), (start, end)) if _is_money(parse(text[start:end])) else None


def _open(opening: re.Match[str], end: int, text: str) -> Pair | None:
    amount, nothing = (opening.end(), end), (opening.end(), opening.end())
    if not _is_money(parse(text[slice(*amount)])):
        return None
    return (nothing, amount) if opening["below"] else (amount, nothing)


def _is_range(low: CellValue | None, high: CellValue | None) -> bool:
    """Whether these are money, the second not below the first; one of them may lack the sign."""
    if low is None or high is None or low.number is None or high.number is None:
        return False
    return (_is_money(low) or _is_money(high)) and low.number <= high.number


def _is_money(value: CellValue | None) -> bool:
    return value is not None and value.number is not None and (value.unit or "")[:3].isupper()


def _two(cell: CellText, text: str) -> Pair | None:
    """The places of two amounts of money in a cell and of nothing else."""
    start, end = cell.span
    if end - start > MAX_TYPED_CELL or not cell.text:
        return None
    closed = end - 1 if text[end - 1] == ")" else end
    for match in SECOND_AMOUNT.finditer(text, start, end):
        pair = (start, match.start()), (match.end(), closed if "(" in match.group() else end)
        if all(_unit(text[slice(*half)]) for half in pair):
            return pair
    return None


def _units(pair: Pair, text: str) -> tuple[str, str] | None:
    """The two periods of two amounts; None where they have the same."""
    first, second = (_unit(text[slice(*half)]) for half in pair)
    return (first, second) if first != second else None


def _unit(piece: str) -> str:
    """The period of an amount of money; empty where there is none."""
    value = parse(piece)
    return (value.unit or "").partition("/")[2] if value is not None and _is_money(value) else ""


def _filled(cells: Sequence[CellText]) -> int:
    return max(1, sum(bool(cell.text) for cell in cells))


def _at(spans: Sequence[Span], text: str) -> list[CellText]:
    return [CellText(text[start:end].strip(), (start, end)) for start, end in spans]
