"""A table as readings see it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property
from itertools import pairwise

from ...lang.lexicon import lexicon
from ...params import PARAMS
from ...text.tokenizer import terms
from .column_view import ColumnView, ValueKind
from .vocabulary import word_list

MAX_TOTAL_NAME = PARAMS.reading_model.total_words
LEAST_ROWS = PARAMS.reading_model.totalled_rows


class TableView:
    """Columns of equal length. ``wholes`` are the rows known to add up others, as bits."""

    def __init__(
        self, columns: Sequence[ColumnView], rows: int, topic: str = "", wholes: int = 0, label: int | None = None
    ):
        self.columns = tuple(columns)
        self.visible = tuple(column for column in columns if not column.is_hidden)
        self.rows = rows
        self.everything = (1 << rows) - 1
        self.topic = frozenset(term.stem for term in terms(topic))
        """Stems of what the table is called and stands under."""
        self._wholes = wholes
        self._label = label
        for one, other in pairwise(self.visible):
            if _are_ends(one.name, other.name):
                one.upper = other

    @cached_property
    def label(self) -> ColumnView:
        """The column that rows are called by: the first of words of which (nearly) each row has its own."""
        if self._label is not None:
            return self.columns[self._label]
        worded = [column for column in self.visible if column.kind == ValueKind.TEXT and column.different]
        return next(iter([*(column for column in worded if column.is_key), *worded, *self.visible]))

    @cached_property
    def body(self) -> int:
        """The rows without those that add up others, as bits."""
        return self.everything & ~(self._wholes or self._totals())

    def _totals(self) -> int:
        """Rows at the table's ends that are called a total."""
        if self.rows < LEAST_ROWS:
            return 0
        ends = 0b11 | 0b11 << (self.rows - 2)
        found = 0
        for column in self.visible[:2]:
            for number, name in enumerate(column.names):
                if name[0] in word_list("totals") and len(name) <= MAX_TOTAL_NAME:
                    mask = column.rows_of(number)
                    is_one_at_an_end = mask & ~ends == 0 and mask.bit_count() == 1
                    if is_one_at_an_end and (column is self.label or name[0] in word_list("plain totals")):
                        found |= mask
        return found

    @cached_property
    def years(self) -> frozenset[float | None]:
        """The years that heads are of, or that stand in columns of years."""
        held = (value for column in self.visible if column.order.is_year for value in column.values)
        return frozenset(column.year for column in self.visible).union(held)

    def knows(self, word: str, stem: str) -> bool:
        """Whether a word, by its base and its stem, stands in a cell, a head or a title."""
        return stem in self.topic or word in self.vocabulary or any(stem in column.head for column in self.visible)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word of a cell."""
        return frozenset(word for column in self.columns for word in column.postings)


def _are_ends(one: str, other: str) -> bool:
    """Whether two heads differ in what says which end of a range each has: "Age from", "Age to"."""
    low, high = (tuple(term.word for term in terms(name.replace("_", " "))) for name in (one, other))
    apart = [pair for pair in zip(low, high, strict=False) if pair[0] != pair[1]]
    return len(low) == len(high) and len(apart) == 1 and apart[0] in _range_ends()


@cache
def _range_ends() -> frozenset[tuple[str, str]]:
    return frozenset(lexicon("table_readings").pairs("range ends"))
