"""A question laid against a table, and the sets of rows that its words may choose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, reduce
from itertools import combinations, islice
from operator import or_
from typing import NamedTuple

from ...params import PARAMS
from ...text.units import UNITS
from . import algebra as a
from .column_view import ColumnView, ValueKind
from .executor import Executor
from .linking.all_links import links
from .linking.head_linking import ColumnMention, mentions
from .linking.link import NAMED, How, Link
from .table_view import TableView
from .vocabulary import Trigger, word_list
from .wording import QuestionKind, Wording, respelled

MAX_PAIRS, MAX_TRIPLES, MAX_EXTENDED = PARAMS.reading_model.row_sets
SHOWN_COLUMNS, MAX_NUMERIC = PARAMS.reading_model.columns
NARROWED = PARAMS.reading_model.narrowed
FEW_LINKS = PARAMS.reading_model.few_links


class Chosen(NamedTuple):
    """Rows that conditions choose, and the words that name them."""

    links: tuple[Link, ...]
    rows: a.Filter
    words: int
    mask: int

    @property
    def size(self) -> int:
        """How many rows."""
        return self.mask.bit_count()

    def uses(self, column: int) -> bool:
        """Whether a condition is on this column."""
        return any(link.column == column for link in self.links)


class Hypothesis(NamedTuple):
    """One reading, and what in the question speaks for it."""

    value: a.Value
    operation: str
    chosen: Chosen
    select: int = -1
    """The column that is shown or computed over; -1 for none."""
    order: int = -1
    """The column that rows are put in order by, or the second column; -1 for none."""
    words: int = 0
    """The words that ask for the operation, as bits."""


class Beam:
    """What readings are made from."""

    def __init__(self, asked: Wording, view: TableView) -> None:
        asked = respelled(asked, view.knows)
        self.asked, self.view = asked, view
        self.run = Executor(view)
        self.heads: list[ColumnMention] = mentions(asked, view)
        self.links: list[Link] = links(asked, self.heads, self.run)
        self.all_rows = Chosen((), a.Filter(), 0, view.body)
        defaults = _defaults(view, self.run)
        self.chosen = _sets_of_rows(self.links, defaults, self.run)
        self.usual = list(_with_defaults(self.all_rows, defaults, self.run))
        """All rows, narrowed to what is meant where nothing is said."""
        by_head = sorted(view.visible, key=self._rank)
        self.columns = [column.place for column in by_head][:SHOWN_COLUMNS]
        """The columns to show, the best named first."""
        self.numeric = [column.place for column in by_head if column.kind != ValueKind.TEXT][:MAX_NUMERIC]
        self.asks_for_a_unit = self._names_a_unit()
        """Whether it is asked how many days, or so, and a column has days: rows are not counted then."""
        self.orders = self._of_the_type_asked_for()
        """Those by which rows may be put in order, the best named first."""
        self.years = _years(view)
        """Columns of one measure and a year each, in the order of the years."""
        self.named = [place for place in self.numeric if self.heads[place].all_words][:6]
        """Columns of numbers that the question names."""

    @cached_property
    def titled(self) -> int:
        """The words that the table's titles hold, as bits."""
        return sum(1 << n for n, stem in enumerate(self.asked.stems) if stem in self.view.topic)

    @cached_property
    def asks_to_compute(self) -> bool:
        """Whether the question has a word for an operation that the table does not have: a row "Total" is no sum."""
        named = reduce(or_, [link.words for link in self.links] + [head.words for head in self.heads], 0)
        operators = word_list("operators")
        return any(word in operators and not named >> n & 1 for n, word in enumerate(self.asked.words))

    def _names_a_unit(self) -> bool:
        first, end = self.asked.focus
        unit = UNITS.get(self.asked.words[first]) if self.asked.kind == QuestionKind.MANY and first < end else None
        return unit is not None and any(self.view.columns[place].measured_in == unit for place in self.numeric)

    def _of_the_type_asked_for(self) -> list[int]:
        """The columns of numbers, or those alone that measure what a superlative is of: money for "cheapest"."""
        superlatives = self.asks(Trigger.MOST) & reduce(or_, self.asked.value_types.values(), 0)
        fitting = [place for place in self.numeric if self.heads[place].all_words & superlatives]
        return fitting or self.numeric

    def _rank(self, column: ColumnView) -> tuple[float, bool, int]:
        return -self.heads[column.place].score, column is not self.view.label, column.place

    def asks(self, trigger: Trigger | a.Reduction) -> int:
        """The words that ask for an operation, as bits."""
        return self.asked.triggers.get(trigger, 0)

    def few(self, most: int) -> list[Chosen]:
        """All rows, and the likeliest sets of them."""
        return [self.all_rows, *self.usual, *self.chosen[:most]]

    def choose(self, *chosen: Link) -> Chosen:
        """The rows that meet these links."""
        return _choose(chosen, self.run)

    def twins(self) -> Iterator[tuple[Link, Link]]:
        """Two cells of one column, in the order of the question."""
        pairs = sorted(combinations(self.links, 2), key=_weight)
        for one, other in pairs:
            same = one.column == other.column and one.how in NAMED and other.how in NAMED
            if same and not one.words & other.words and not one.mask & other.mask:
                yield (one, other) if one.first < other.first else (other, one)

    def beside(self, one: Link, other: Link) -> list[Link]:
        """Links that go with each of two."""
        taken = one.words | other.words
        return [
            link
            for link in self.links
            if not link.words & taken and link.column != one.column and link.mask & one.mask and link.mask & other.mask
        ]

    def unions(self, most: int) -> Iterator[Chosen]:
        """Rows that meet one of two conditions."""
        for one, other in islice(self.twins(), most):
            if len(one.conditions) == len(other.conditions) == 1:
                rows = a.Filter((*one.conditions, *other.conditions), union=True)
                yield Chosen((one, other), rows, one.words | other.words, one.mask | other.mask)


def _years(view: TableView) -> list[tuple[int, ...]]:
    found: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for column in view.visible:
        if column.year is not None and column.kind == ValueKind.NUMBER:
            measure = tuple(word for word in column.head if not word.isdigit())
            found.setdefault(measure, []).append((column.year, column.place))
    return [tuple(place for _, place in sorted(group)) for group in found.values() if len(group) > 1]


def _choose(chosen: Sequence[Link], run: Executor) -> Chosen:
    rows = a.Filter(tuple(condition for link in chosen for condition in link.conditions))
    words = 0
    for link in chosen:
        words |= link.words
    return Chosen(tuple(chosen), rows, words, run.filtered(rows))


def _defaults(view: TableView, run: Executor) -> list[Link]:
    """What is meant of columns that a question does not speak of: all of a kind, the latest of several years."""
    found = []
    for column in view.visible:
        wholes = (
            [name for name in column.names if name[0] in word_list("wholes")] if column.kind == ValueKind.TEXT else []
        )
        if len(wholes) == 1 and not column.is_key and len(column.names) > 1:
            condition = a.ColumnCondition(column.place, "=", " ".join(wholes[0]))
        elif column.order.is_year and not column.is_key:
            condition = a.ColumnCondition(column.place, "=", max(v for v in column.values if v is not None))
        else:
            continue
        found.append(Link((condition,), 0, 0, How.DEFAULT, column.place, run.mask(condition), 0.0))
    return found


def _with_defaults(chosen: Chosen, defaults: Sequence[Link], run: Executor) -> Iterator[Chosen]:
    """Several rows narrowed to what is meant where nothing is said: in all such columns, and in all but one."""
    added = [link for link in defaults if not chosen.uses(link.column) and link.mask & chosen.mask != chosen.mask]
    for without in (None, *added) if len(added) > 1 else (None,):
        links, mask = list(chosen.links), chosen.mask
        for link in added:
            if link is not without and link.mask & mask not in (0, mask):
                links.append(link)
                mask &= link.mask
        if len(links) > len(chosen.links):
            yield _choose(links, run)


def _sets_of_rows(found: Sequence[Link], defaults: Sequence[Link], run: Executor) -> list[Chosen]:
    """Rows that meet one link, two, three, or all that go together; the likeliest first."""
    pairs = [
        (one, other)
        for one, other in combinations(found, 2)
        if not one.words & other.words and (both := one.mask & other.mask)
        if both not in (one.mask, other.mask)
        or (one.column != other.column and How.COMPARED not in (one.how, other.how))
    ]
    pairs.sort(key=_weight)
    triples = [
        (one, other, third)
        for one, other in pairs[:MAX_EXTENDED]
        for third in found[found.index(other) + 1 :]
        if not third.words & (one.words | other.words) and third.mask & one.mask & other.mask
    ]
    triples.sort(key=_weight)
    all_together = fullest(found)
    groups = [*((link,) for link in found), *pairs[:MAX_PAIRS], *triples[:MAX_TRIPLES]]
    if len(all_together) > FEW_LINKS:
        groups.append(all_together)
    groups.sort(key=lambda group: _weight(group) + 0.8 * len(group))
    chosen = [_choose(group, run) for group in groups]
    narrowed = (some for each in chosen[:NARROWED] if each.size > 1 for some in _with_defaults(each, defaults, run))
    return [*chosen[:NARROWED], *narrowed, *chosen[NARROWED:]]


def _weight(group: Sequence[Link]) -> float:
    return -sum(link.weight for link in group)


def fullest(found: Sequence[Link]) -> tuple[Link, ...]:
    """Links of different columns that go together, the surest first."""
    chosen: list[Link] = []
    words, mask = 0, -1
    for link in sorted(found, key=lambda link: -link.weight):
        narrows = not chosen or link.mask & mask != mask
        if not link.words & words and link.mask & mask and narrows and all(link.column != c.column for c in chosen):
            chosen.append(link)
            words, mask = words | link.words, mask & link.mask
    return tuple(chosen)
