"""What a question asks of a table, once its pieces are understood."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

from ...store.sorted_scan import Comparison
from ..parse.pieces import Token
from ..schema.names import Mention

Operation = Literal[
    "look-up", "list", "rank", "position", "filter", "compare", "count", "share", "mean", "median", "range", "sum"
]
GAP = "gap"
"""The measure that no table states: high minus low."""


class Threshold(NamedTuple):
    """A condition on a number: against ``value``, or against what the row of ``reference`` has."""

    comparison: Comparison
    value: Decimal | None = None
    period: str | None = None
    money: bool = False
    percent: bool = False
    measure: str | None = None
    """The measure that is held against it; None for the one that the question is about."""
    reference: Mention | None = None
    reference_measure: str | None = None
    vague: bool = False
    """Whether it is "as much as", which two rows can be compared by, but not filtered."""


class Request:
    """A question as an operation on the rows of one table: what nothing was said of is as it stands here."""

    operation: Operation = "look-up"
    yes_no: bool = False
    """Whether it is asked whether, not what or which."""
    possible: bool = False
    """Whether it is asked whether something can be, or would."""
    either: bool = False
    """Whether the rows are joined by "or"."""
    measures: tuple[str, ...] = ()
    """In the order asked; empty where only pay as such is asked for, or nothing is said."""
    pay: bool = False
    """Whether pay is asked for."""
    amount: bool = False
    """Whether it asks "how much"."""
    jobs: bool = False
    """Whether it speaks of jobs without asking which."""
    who: bool = False
    """Whether it asks "who", where the table has no names of people or their work."""
    payer: bool = False
    """Whether it asks "who pays", which of a table of places can only be answered by these."""
    workers: bool = False
    """Whether people are counted: "how many actuaries", "the most jobs"."""
    headcount: bool = False
    """Whether people of an occupation are counted: "how many actuaries"."""
    people: bool = False
    """Whether it asks how many more, or fewer, there are."""
    many: bool = False
    """Whether the superlative asks for numbers of people: "the most actuaries"."""
    unit: str = ""
    """Which of two units of one measure: "percent" or "number"; empty if it does not say."""
    periods: tuple[str, ...] = ()
    """Periods that figures are wanted by: hour, year, month, week, day."""
    salary: bool = False
    """Whether the word "salary" prefers figures by the year, where the table has them."""

    column: bool = False
    """Whether it names the column as which a turned table is read."""
    names: tuple[Mention, ...] = ()
    """The rows that are asked about, in order."""
    ranged: str | None = None
    """The role of the column whose names are asked for: place, occupation, any."""
    where: bool = False
    """Whether it asks where, which may be any kind of row."""
    kinds: frozenset[str] = frozenset()
    """The kinds of areas among which is asked; empty for all."""
    everything: bool = False
    """Whether "all" or "each" asks for every row."""
    all_figures: bool = False
    """Whether all figures of a row are asked for: "all the wages in Fresno"."""
    each: bool = False
    """Whether it asks for every row by itself: "in each state"."""
    by: bool = False
    """Whether "by" does: "median pay by area"."""
    home: bool = False
    """Whether "the state" is spoken of, without its name."""
    nation: bool = False
    """Whether the nation is spoken of, of which the table has no row."""
    states: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    excluded: tuple[Mention, ...] = ()
    included: tuple[Mention, ...] = ()
    thresholds: tuple[Threshold, ...] = ()

    ranked: bool = False
    descending: bool = True
    limit: int | None = None
    """How many of a ranking."""
    nth: int | None = None
    """Which place of a ranking alone: 2 for the second highest."""
    rank_word: bool = False
    """Whether it speaks of a rank."""
    whole_order: bool = False
    """Whether the whole ranking is asked for."""
    high_first: bool = False
    """Whether of a range the upper end is named first."""
    extreme: str | None = None
    """The measure that the superlative means if there is nothing to rank: high for "the top wage in Fresno"."""
    of_people: bool = False
    """Whether it says which people: "the lowest paid coder"."""
    of_pay: bool = False
    """Whether the superlative stands right before a word of pay."""

    compared: bool = False
    """Whether the rows are expressly compared."""
    difference: bool = False
    apart: bool = False
    """Whether it asks how far apart rows are, though not in what."""
    percent: bool = False
    ends: tuple[str, str] = ("low", "high")
    """The measures that a gap is between."""
    more: Comparison | None = None
    """What a comparison asserts: ``>`` for "does X pay more than Y"."""

    words: tuple[Token, ...] = ()
    """What is said of who or what it is about: the table must say it too."""
    not_understood: tuple[Token, ...] = ()
    """Pieces without a part in the question as it is understood: with any, it is not answered."""

    def does(self, *operations: Operation) -> bool:
        """Whether the operation is one of these."""
        return self.operation in operations
