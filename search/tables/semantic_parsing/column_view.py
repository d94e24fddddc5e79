"""One column of a table as readings see it: numbers, dates or words, and which rows hold what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from math import inf
from typing import NamedTuple

from ...column_kinds import ColumnKind
from ...params import PARAMS
from ...text.column_headers import CAMEL, in_header
from ...text.cycles import Moment, spoken_of
from ...text.number_words import PLAIN_NUMBER
from ...text.regex import compiled
from ...text.tokenizer import terms
from ...text.units import UNITS, BareUnit
from .question_dates import FIRST_YEAR, LAST_YEAR, date_at, year_of
from .vocabulary import word_list
from .wording import base

Values = Sequence[float | None]
Ranges = Mapping[int, tuple[float, float]]
"""The ends of the ranges that rows hold; an open end is infinite."""


class ValueKind(StrEnum):
    """What the cells of a column are compared as."""

    NUMBER = "number"
    DATE = "date"
    TEXT = "text"


TYPED = PARAMS.reading_model.typed
KINDS: Mapping[ColumnKind | None, ValueKind] = {
    ColumnKind.NUMBER: ValueKind.NUMBER,
    ColumnKind.MONEY: ValueKind.NUMBER,
    ColumnKind.SHARE: ValueKind.NUMBER,
    ColumnKind.YEAR: ValueKind.NUMBER,
    ColumnKind.DATE: ValueKind.DATE,
    ColumnKind.RANGE: ValueKind.TEXT,
    ColumnKind.CODE: ValueKind.TEXT,
    ColumnKind.PLACE: ValueKind.TEXT,
}
"""What columns of these sorts are compared by; one of other text may yet be found to begin with numbers."""
KEYED = PARAMS.reading_model.keyed
MAX_NAME = PARAMS.reading_model.cell_words
MAX_MEASURE = PARAMS.reading_model.measure_words
HIGHEST_MINUTE = 60
MAX_SHORTENED = 400
"""Different cells of a column up to which they may be called by their initials."""
MAX_INITIALS = PARAMS.reading_model.initials
_FILLER = frozenset("of the in a an and for by to per on at with s".split())


class Order(NamedTuple):
    """What a column's numbers are like from row to row."""

    direction: int = 0
    """1 where they ascend, -1 where they descend, else 0."""
    is_rank: bool = False
    """Whether they count the rows."""
    is_year: bool = False


class ColumnView:
    """A column. ``held`` maps folded words to the rows that hold them; a bare number has none."""

    def __init__(
        self,
        place: int,
        name: str,
        rows: int,
        held: Mapping[str, Sequence[int]],
        numbers: Callable[[], Values],
        *,
        unit: str | None = None,
        year: int | None = None,
        sort: ColumnKind | None = None,
        is_measure: bool | None = None,
        ranges: Callable[[], Ranges] = dict,
        is_hidden: bool = False,
    ) -> None:
        said = in_header(name)
        self._sort, self._is_measure, self._ranges = sort, is_measure, ranges
        self.place, self.name, self.unit, self.is_hidden = place, name, unit, is_hidden
        self.measure, self.year = said.measure, year or said.year
        self.period = unit.partition("/")[2] if unit and "/" in unit else said.period
        self.rows = rows
        words = [t for t in terms(compiled(CAMEL).sub(" ", name.replace("_", " "))) if t.word not in _FILLER]
        self.head = tuple(dict.fromkeys(_figure(term.stem) for term in words))
        """Stems of its head's words."""
        self.head_bases = tuple(dict.fromkeys(base(_figure(term.word)) for term in words))
        self.head_words = tuple(term.word for term in words)
        """The same as they are written."""
        self.upper: ColumnView | None = None
        """The column of the high ends, where this one has the low ends of ranges: "Age from" beside "Age to"."""
        self._load = numbers
        filled = {key: holders for key, holders in held.items() if key}
        self._keys, self._holders = tuple(filled), tuple(filled.values())
        self._masks: dict[int, int] = {}

    @cached_property
    def names(self) -> tuple[tuple[str, ...], ...]:
        """The different cells, cut into words without the ending of a plural."""
        return tuple(tuple(map(base, key.split()[:MAX_NAME])) for key in self._keys)

    @cached_property
    def postings(self) -> Mapping[str, Sequence[tuple[int, int]]]:
        """Each word: the names that hold it, and where in them."""
        found: dict[str, list[tuple[int, int]]] = {}
        for number, name in enumerate(self.names):
            for at, word in enumerate(name):
                found.setdefault(word, []).append((number, at))
        return found

    @cached_property
    def initials(self) -> Mapping[str, Sequence[int]]:
        """First letters of names of three words or more, and the names that begin so."""
        found: dict[str, list[int]] = {}
        for number, name in enumerate(self.names if len(self.names) <= MAX_SHORTENED else ()):
            telling = [word for word in name if word not in _FILLER]
            if 3 <= len(telling) <= MAX_INITIALS:
                found.setdefault("".join(word[0] for word in telling), []).append(number)
        return found

    @cached_property
    def is_overall(self) -> bool:
        """Whether its head says that it takes in what others tell apart: "Total", "All workers"."""
        return not word_list("wholes").isdisjoint(self.head_bases)

    def rows_of(self, name: int) -> int:
        """The rows that hold a name, as bits."""
        if name not in self._masks:
            self._masks[name] = bits(self._holders[name], self.rows)
        return self._masks[name]

    @cached_property
    def keys(self) -> Sequence[str]:
        """Each row's words; empty where it holds a bare number, or nothing."""
        found = [""] * self.rows
        for key, holders in zip(self._keys, self._holders, strict=True):
            for row in holders:
                found[row] = key
        return found

    @property
    def values(self) -> Values:
        """Each row's number, or its date in years."""
        return self._typed[1]

    @property
    def kind(self) -> ValueKind:
        """What its cells are."""
        return self._typed[0]

    @cached_property
    def sort(self) -> ColumnKind:
        """What its cells hold more exactly: money, shares, years, ranges, codes, places."""
        if self._sort is not None:
            return self._sort
        if self.kind != ValueKind.NUMBER:
            return ColumnKind(self.kind)
        if self.order.is_year:
            return ColumnKind.YEAR
        unit = (self.unit or "").partition("/")[0]
        if unit == BareUnit.PERCENT:
            return ColumnKind.SHARE
        return ColumnKind.MONEY if unit.isupper() else ColumnKind.NUMBER

    @cached_property
    def is_measure(self) -> bool:
        """Whether its numbers measure something: they are no years, ranks or names of rows."""
        if self._is_measure is not None:
            return self._is_measure
        return self.kind == ValueKind.NUMBER and not self.order.is_year and not self.order.is_rank

    @cached_property
    def measured_in(self) -> str | None:
        """The unit of its numbers, or of the ends of its ranges: as the cells say, or a word of the head."""
        named = (UNITS[word] for word in self.head_words if word in UNITS)
        return self.unit if self.unit is not None else next(named, None) or self._unit_of_ranges()

    def _unit_of_ranges(self) -> str | None:
        words = {UNITS[word] for name in self.names if self.ranges for word in name if word in UNITS}
        return words.pop() if len(words) == 1 else None

    @cached_property
    def moments(self) -> Sequence[frozenset[Moment]]:
        """The months or days of the week that each different cell speaks of."""
        return [spoken_of(name) for name in self.names] if len(self.names) <= MAX_SHORTENED else []

    @cached_property
    def ranges(self) -> Ranges:
        """The ranges of numbers that rows hold, or whose low ends they hold where another column has the high ones."""
        return self._ranges() or (self._with_upper(self.upper) if self.upper is not None else {})

    def _with_upper(self, upper: ColumnView) -> Ranges:
        ends = {
            row: (-inf if low is None else low, inf if high is None else high)
            for row, (low, high) in enumerate(zip(self.values, upper.values, strict=True))
            if low is not None or high is not None
        }
        return ends if all(low <= high for low, high in ends.values()) else {}

    @cached_property
    def _typed(self) -> tuple[ValueKind, Values]:
        values = self._load()
        if self._sort in KINDS:
            return KINDS[self._sort], values
        if not self._keys:
            return (ValueKind.NUMBER if any(v is not None for v in values) else ValueKind.TEXT), values
        worded = sum(len(rows) for key, rows in zip(self._keys, self._holders, strict=True) if not _is_missing(key))
        needed = TYPED * (worded + sum(value is not None for value in values))
        for kind, read in (("date", _date_in), ("number", _number_in)):
            read_cells = {key: read(key.split()) for key in self._keys}
            known = [
                value if value is not None or not key else read_cells[key]
                for value, key in zip(values, self.keys, strict=True)
            ]
            dated = kind == ValueKind.NUMBER or any(value is not None for value in read_cells.values())
            years = kind == ValueKind.NUMBER or all(
                v is None or FIRST_YEAR <= v < LAST_YEAR + 1 or v < 1 for v in known
            )
            if dated and years and sum(value is not None for value in known) >= needed:
                return (ValueKind.DATE if kind == ValueKind.DATE else ValueKind.NUMBER), known
        return ValueKind.TEXT, values

    @cached_property
    def different(self) -> int:
        """How many different cells it has."""
        return len(self._keys) + len({v for v, key in zip(self._load(), self.keys, strict=True) if not key} - {None})

    @cached_property
    def is_key(self) -> bool:
        """Whether (nearly) every row has a cell of its own."""
        filled = sum(1 for v, key in zip(self.values, self.keys, strict=True) if key or v is not None)
        return filled > 0 and self.different >= KEYED * filled

    @cached_property
    def order(self) -> Order:
        """What its numbers are like from row to row."""
        if self.kind == ValueKind.TEXT:
            return Order()
        known = [value for value in self.values if value is not None]
        direction = 0
        if len(known) > 2:
            ascends = all(a <= b for a, b in pairwise(known))
            descends = all(a >= b for a, b in pairwise(known))
            direction = 1 if ascends else -1 if descends else 0
        is_rank = direction == 1 and known[0] == 1 and known[-1] <= len(known) + 1
        is_year = bool(known) and all(FIRST_YEAR <= v <= LAST_YEAR and v == int(v) for v in known)
        return Order(direction, is_rank, is_year)

    def cell(self, row: int) -> str | float | None:
        """What stands in a row: words, or a bare number."""
        return self.keys[row] or self.values[row]


def bits(rows: Iterable[int], count: int) -> int:
    """A set of rows as an integer, a bit a row."""
    flags = bytearray(b"0") * count
    for row in rows:
        flags[count - 1 - row] = 49
    return int(flags, 2) if count else 0


def members(mask: int) -> list[int]:
    """The rows of a set, in order."""
    if mask.bit_count() > 8:
        return [row for row, flag in enumerate(f"{mask:b}"[::-1]) if flag == "1"]
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found


def held_words(keys: Sequence[str], values: Values) -> tuple[dict[str, list[int]], list[float | None]]:
    """Folded cells by the rows that hold them; what is only digits is a number, unless it begins with a nought."""
    held: dict[str, list[int]] = {}
    numbers = list(values)
    for row, key in enumerate(keys):
        if key and numbers[row] is None:
            if (value := bare_number(key)) is not None:
                numbers[row] = value
            else:
                held.setdefault(key, []).append(row)
    return held, numbers


def bare_number(key: str) -> float | None:
    """The number that a folded cell is; None for codes such as 007."""
    is_code = len(key) > 1 and key[0] == "0" and key[1] != "."
    return float(key) if not is_code and PLAIN_NUMBER.fullmatch(key) else None


def _figure(word: str) -> str:
    """A number as people write it: 100 for 100.0; other words as they are."""
    return f"{float(word):g}" if PLAIN_NUMBER.fullmatch(word) and "." in word else word


def _is_missing(key: str) -> bool:
    """Whether words only say that a number is missing."""
    return word_list("missing").issuperset(key.split())


def _date_in(words: Sequence[str]) -> float | None:
    """The date that a cell begins with, after a weekday perhaps, or the year."""
    for at in range(min(3, len(words))):
        if (found := date_at(words, at)) is not None:
            return found[0]
    year = year_of(words[0]) if 2 <= len(words) <= 4 else None
    return float(year) if year is not None else None


def _number_in(words: Sequence[str]) -> float | None:
    """The number that a cell of several words is about: its first, or a time in seconds."""
    numbers = [float(word) for word in words if PLAIN_NUMBER.fullmatch(word)]
    if not numbers or len(words) > MAX_MEASURE:
        return None
    if len(numbers) == len(words) and (len(words) == 3 or (len(words) == 2 and _is_minutes(words[1]))):
        seconds = 0.0
        for number in numbers:
            seconds = seconds * HIGHEST_MINUTE + number
        return seconds
    leads = any(PLAIN_NUMBER.fullmatch(word) for word in words[: 2 if len(words[0]) <= 4 else 1])
    return numbers[0] if leads else None


def _is_minutes(word: str) -> bool:
    return "." in word or (len(word) == 2 and int(word) < HIGHEST_MINUTE)
