"""Pieces become a request: which operation, on which measures and rows.

Every piece must find its part; what finds none is kept as not understood, and then the question is not answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from .conditions import conditions, exclusions
from .pieces import Piece
from .request import GAP, Operation, Request
from .vocabulary import Kind

MAX_RANKS = 1_000
"""The longest ranking that is asked for in earnest; a greater number is no number of rows."""
METRO_KINDS = frozenset({"MSA", "metropolitan division"})
HARMLESS: tuple[Kind, ...] = ("any one", "and", "or", "to", "by", "full time")
"""Kinds of pieces that say nothing more once the others are understood."""


class Draft:
    """A request in the making, and the pieces that have not found their part yet."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = [_asked_for(piece, before) for before, piece in pairwise((pieces[0], *pieces))]
        self.pieces = [piece for piece in self.pieces if piece.kind not in ("filler", "is it")]
        self.request = Request(
            yes_no=pieces[0].kind == "is it", amount=any(piece.value == "how much" for piece in pieces)
        )

    def of(self, *kinds: Kind) -> list[Piece]:
        """The pieces of these kinds that are left."""
        return [piece for piece in self.pieces if piece.kind in kinds]

    def take(self, *kinds: Kind) -> list[Piece]:
        """All pieces of these kinds: they are understood."""
        taken = self.of(*kinds)
        self.drop(*taken)
        return taken

    def drop(self, *pieces: Piece) -> None:
        """These pieces are understood."""
        self.pieces = [piece for piece in self.pieces if piece not in pieces]

    def replace(self, piece: Piece, kind: Kind, value: str) -> None:
        """This piece means something else."""
        self.pieces[self.pieces.index(piece)] = Piece(kind, value, piece.first, piece.last)

    def after(self, piece: Piece) -> Piece | None:
        """The piece right behind this one."""
        return next((other for other in self.pieces if other.first > piece.last), None)


def _asked_for(piece: Piece, before: Piece) -> Piece:
    """ "Which jobs" asks for jobs; elsewhere "jobs" may only be a word for who works."""
    asked = piece.kind == "rows" and piece.value == "occupation" and before.value == "which"
    return replace(piece, value="which occupation") if asked else piece


def interpret(pieces: Sequence[Piece], *, occupations: bool) -> Request | None:
    """The request that a question makes; None where it is another kind of question altogether.

    ``occupations`` says whether the table tells occupations apart; elsewhere "jobs" is a word for who works.
    """
    if any(piece.kind == "blocker" for piece in pieces):
        return None
    draft = Draft(pieces)
    _limits(draft)
    _superlatives(draft)
    _rows(draft, occupations)
    _ranks(draft)
    _names(draft)
    comparing = _comparison(draft)
    operation = _aggregate(draft)
    _measures(draft)
    _rest(draft)
    draft.request.operation = operation or _operation(draft.request, comparing)
    return draft.request


def _limits(draft: Draft) -> None:
    """Exceptions and conditions, read first because they reach over several pieces."""
    excluded, draft.pieces = exclusions(draft.pieces)
    draft.request.excluded, draft.request.included = excluded.names, excluded.included
    alternatives = draft.of("or")
    draft.request.thresholds, draft.pieces = conditions(draft.pieces)
    if alternatives and len(draft.request.thresholds) > 1:
        draft.request.not_understood += tuple(alternatives)


def _rows(draft: Draft, occupations: bool) -> None:
    """Whose names are asked for: places, occupations, or rows of any kind."""
    request = draft.request
    request.everything = bool(draft.take("all"))
    request.home = bool(draft.take("home"))
    request.where = bool(draft.take("where"))
    asked = {piece.value for piece in draft.take("rows")}
    kinds = asked - {"place", "occupation", "which occupation", "any"}
    named = any(piece.mention is not None and piece.mention.role == "occupation" for piece in draft.pieces)
    if kinds or "place" in asked or (request.where and not asked & {"which occupation", "any"}):
        request.ranged = "place"
        request.kinds = frozenset().union(*(METRO_KINDS if kind == "metro" else {kind} for kind in kinds))
    elif "which occupation" in asked or ("occupation" in asked and occupations and not named):
        request.ranged = "occupation"
    elif "any" in asked:
        request.ranged = "any"
    request.jobs = "occupation" in asked and request.ranged != "occupation"


def _ranks(draft: Draft) -> None:
    """Order and how many: "the three lowest", "second highest", "rank the areas from highest to lowest"."""
    request = draft.request
    orders, ranks = draft.take("order"), draft.take("rank")
    request.whole_order = bool(orders or ranks)
    request.ranked = request.ranked or bool(orders)
    if orders:
        request.descending = orders[0].value == "-"
    ordinals, numbers = draft.of("ordinal"), [n for n in draft.of("number") if _counts_rows(n)]
    if len(ordinals) == 1 and (request.ranked or ranks or request.ranged):
        request.nth, request.ranked = int(ordinals[0].value), True
        draft.drop(*ordinals)
    elif len(numbers) == 1 and (request.ranked or ranks):
        request.limit, request.ranked = int(numbers[0].number or 1), True
        draft.drop(*numbers)


def _counts_rows(piece: Piece) -> bool:
    number = piece.number or 0
    return not piece.money and not piece.percent and 0 < number <= MAX_RANKS and number == int(number)


def _superlatives(draft: Draft) -> None:
    """The superlative that ranks. Of two, one is a measure ("the lowest top wage"), as is one with a condition behind it."""
    request = draft.request
    request.pay = any(piece.value.endswith("pay") for piece in draft.of("super"))
    for piece in draft.of("super"):
        _percentile(draft, piece)
    supers = _joined(draft)
    if len(supers) == 2:
        adjacent = draft.after(supers[0]) is supers[1]
        measure = supers[1] if adjacent else next((s for s in supers[:1] if s.value.endswith("pay")), None)
        if measure is not None:
            draft.replace(measure, "measure", _extreme(measure))
            supers.remove(measure)
    if len(supers) != 1:
        return
    (ranking,) = supers
    after = draft.after(ranking)
    if request.thresholds and (after is None or after.kind != "rows") and not draft.of("measure"):
        draft.replace(ranking, "measure", _extreme(ranking))
    elif not request.thresholds:
        request.many = ranking.value.endswith("many")
        request.ranked, request.descending = True, ranking.value.startswith("+")
        request.extreme, request.of_pay = _extreme(ranking), _stands_before_pay(draft, ranking)
        if after is not None and after.kind == "rows" and after.value == "occupation":
            draft.replace(after, "rows", "which occupation")
        draft.drop(ranking)


def _joined(draft: Draft) -> list[Piece]:
    """The superlatives that are left after those that "and" joins to a measure or to each other: these are measures."""
    supers = draft.of("super")
    for piece in supers:
        at = draft.pieces.index(piece)
        beside = [
            n for n in (at - 2, at + 2) if 0 <= n < len(draft.pieces) and draft.pieces[(n + at) // 2].kind == "and"
        ]
        if any(draft.pieces[n].kind in ("measure", "super") for n in beside) and not draft.of("rows", "where"):
            draft.replace(piece, "measure", _extreme(piece))
    return draft.of("super")


def _percentile(draft: Draft, piece: Piece) -> None:
    """ "The top 10 percent" is the 90th percentile."""
    number = draft.after(piece)
    sign = draft.after(number) if number is not None and number.kind == "number" else None
    if number is None or number.number is None or not 0 < number.number < 100:
        return
    if number.percent or (sign is not None and sign.kind == "percent"):
        rank = number.number if piece.value.startswith("-") else 100 - number.number
        draft.replace(piece, "measure", f"p{rank:f}")
        draft.drop(number, *([sign] if sign is not None and sign.kind == "percent" else []))


def _extreme(piece: Piece) -> str:
    return "high" if piece.value.startswith("+") else "low"


def _stands_before_pay(draft: Draft, piece: Piece) -> bool:
    after = draft.after(piece)
    while after is not None and after.kind == "period":
        after = draft.after(after)
    return after is not None and after.kind == "pay"


def _names(draft: Draft) -> None:
    """Names, states and years. What a named row is held against is a second row to compare it with."""
    request = draft.request
    request.either = bool(draft.of("or"))
    request.names = tuple(piece.mention for piece in draft.take("name") if piece.mention is not None)
    request.nation = bool(draft.take("nation"))
    request.states = tuple(dict.fromkeys(piece.value for piece in draft.take("state")))
    request.years = tuple(dict.fromkeys(int(piece.value) for piece in draft.take("year")))
    against = [t for t in request.thresholds if t.reference is not None]
    if len(against) != 1 or request.ranged is not None:
        return
    (threshold,) = against
    if threshold.reference is not None and any(n.column == threshold.reference.column for n in request.names):
        request.names += (threshold.reference,)
        request.more = threshold.comparison
        request.thresholds = tuple(t for t in request.thresholds if t is not threshold)
        request.measures += (threshold.reference_measure,) if threshold.reference_measure else ()


def _comparison(draft: Draft) -> bool:
    """Words that compare or subtract; gives whether several rows are compared."""
    request = draft.request
    several = len({name.column for name in request.names}) < len(request.names)
    if not several:
        return False
    request.difference = bool(draft.take("difference"))
    request.percent = bool(draft.take("percent"))
    more = draft.take("more")
    if more and request.more is None:
        request.more = ">" if more[0].value == "+" else "<"
    request.compared = bool(draft.take("compare")) or request.difference
    draft.take("between", "than")
    if request.difference or request.percent:
        draft.take("above", "count")
    return True


def _aggregate(draft: Draft) -> Operation | None:
    """Counting, shares, means, sums and ranges over many rows; None where single rows are asked for."""
    request = draft.request
    if draft.of("count") and request.ranged and not request.ranked:
        draft.take("count")
        return "count"
    if draft.of("percent") and request.ranged and request.thresholds:
        draft.take("percent")
        return "share"
    return None if request.ranked or request.thresholds else _over_rows(draft)


def _over_rows(draft: Draft) -> Operation | None:
    request = draft.request
    if ranges := draft.take("range"):
        draft.take("between")
        request.pay = request.pay or any(piece.value == "pay" for piece in ranges)
        return "range"
    many = request.ranged is not None or request.everything
    single = any(name.role == (request.ranged or name.role) for name in request.names)
    means, measures = draft.of("mean"), draft.of("measure")
    if means and not single and (measures or many):
        draft.drop(*means)
        return "mean"
    if len(measures) == 2 and measures[0].value == "median" and many and not single:
        draft.drop(measures[0])
        return "median"
    return "sum" if many and not single and draft.take("sum") else None


def _measures(draft: Draft) -> None:
    """What is measured, by which period."""
    request = draft.request
    _averages(draft)
    request.pay = bool(draft.take("pay")) or request.pay
    periods = [piece.value for piece in draft.take("period")]
    request.salary = "year~" in periods
    request.pay = request.pay or request.salary
    request.periods = tuple(dict.fromkeys(period for period in periods if period != "year~"))
    _gap(draft)
    _bounds(draft)
    if draft.take("percent"):
        request.measures += ("share",)
    if not request.pay:
        request.not_understood += tuple(piece for piece in draft.of("measure") if piece.value.endswith("$"))
    found = [piece.value.removesuffix("$") for piece in draft.take("measure")]
    plain = [measure for measure in found if not measure.endswith("~")]
    weak = [] if request.pay or plain else [measure.removesuffix("~") for measure in found]
    held = [t.reference_measure for t in request.thresholds if t.reference_measure is not None]
    request.measures = tuple(dict.fromkeys((*plain, *weak, *request.measures))) or tuple(held[:1])


def _gap(draft: Draft) -> None:
    """Low and high with a word for their difference are one measure: the gap between them."""
    request, measures = draft.request, draft.of("measure")
    if not draft.of("difference"):
        return
    if [piece.value for piece in measures] in (["low", "high"], ["high", "low"]):
        draft.replace(measures[0], "measure", GAP)
        draft.drop(measures[1])
        draft.take("difference", "between")
    elif not measures and request.pay:
        draft.replace(draft.of("difference")[0], "measure", GAP)


def _averages(draft: Draft) -> None:
    """ "Average" is a measure, unless it goes with one: "the average starting pay"."""
    for piece in draft.of("mean"):
        after = draft.after(piece)
        while after is not None and after.kind == "period" and not after.value.endswith("~"):
            after = draft.after(after)
        if after is not None and after.kind == "measure":
            draft.drop(piece)
        else:
            draft.replace(piece, "measure", "mean")


def _bounds(draft: Draft) -> None:
    """ "At least" and "at most" without a number ask for the low and the high end."""
    for piece in draft.of("above"):
        if piece.value in (">=", "<=") and draft.request.pay:
            draft.replace(piece, "measure", "low" if piece.value == ">=" else "high")


def _rest(draft: Draft) -> None:
    """What says nothing more, what says who it is about, and what is not understood."""
    request = draft.request
    _workers(draft)
    draft.take(*HARMLESS)
    if request.workers or request.measures == ("employment",):
        draft.take("sum")
    if not request.thresholds and not draft.of("number"):
        draft.drop(*(piece for piece in draft.of("about") if piece.value != "near"))
    request.words = tuple(draft.take("word"))
    request.not_understood += tuple(draft.pieces)


def _workers(draft: Draft) -> None:
    """ "How many actuaries", "the most actuaries", "more than 500 actuaries": people are counted, if nothing else is."""
    request = draft.request
    occupation = any(name.role == "occupation" for name in request.names)
    if request.measures == ("employment",) and not request.pay:
        draft.take("count")
    if not (request.pay or request.measures) and occupation:
        numbers = any(t.value is not None and not t.money and not t.period for t in request.thresholds)
        request.workers = bool(draft.take("count")) or request.many or numbers or (request.jobs and request.ranked)


def _operation(request: Request, comparing: bool) -> Operation:
    if comparing:
        return "compare"
    if request.whole_order and request.names and request.extreme is None:
        return "position"
    if request.thresholds:
        return "filter"
    if request.ranked or request.whole_order:
        return "rank"
    fixed = {name.role for name in request.names}
    many = (request.ranged is not None or request.everything) and request.ranged not in fixed
    return "list" if many and (request.ranged or not fixed) else "look-up"
