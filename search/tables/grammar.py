"""Pieces become a request: which operation, on which measures and rows.

Every piece must find its part; what finds none is kept as not understood, and then the question is not answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ..measures import is_statistic
from ..words import Term
from .conditions import conditions, exclusions
from .draft import Draft
from .pieces import Piece
from .request import GAP, Operation, Request
from .superlatives import read_order, read_superlatives
from .vocabulary import Kind

ALIASES = {"total employment": "employment", "new": "low"}
"""Measures that are others in a special use."""
TOTAL = "total employment"
"""Employment, added up where many rows are asked for."""
METRO_KINDS = frozenset({"MSA", "metropolitan division"})
HARMLESS: tuple[Kind, ...] = ("any one", "and", "or", "to", "by", "full time")
"""Kinds of pieces that say nothing more once the others are understood."""


def interpret(text: str, words: Sequence[Term], pieces: Sequence[Piece], *, occupations: bool) -> Request | None:
    """The request that a question makes; None where it is another kind of question altogether.

    ``occupations`` says whether the table tells occupations apart; elsewhere "jobs" is a word for who works.
    """
    if any(piece.kind == "blocker" for piece in pieces) or _asks_for_meaning(pieces):
        return None
    draft = Draft(text, words, pieces, occupations=occupations)
    _limits(draft)
    _signs_of_pay(draft)
    read_superlatives(draft)
    _rows(draft, occupations)
    read_order(draft)
    _names(draft)
    comparing = _comparison(draft)
    operation = _aggregate(draft)
    _measures(draft)
    _rest(draft)
    draft.request.operation = operation or _operation(draft.request, comparing)
    return draft.request


def _asks_for_meaning(pieces: Sequence[Piece]) -> bool:
    """ "What does median mean?" """
    verbs = [
        after for before, after in pairwise(pieces) if after.value == "verb" and before.kind in ("measure", "word")
    ]
    return bool(verbs) and any(piece.kind == "is it" for piece in pieces)


def _limits(draft: Draft) -> None:
    """Exceptions and conditions, read first because they reach over several pieces."""
    excluded, draft.pieces = exclusions(draft.pieces)
    draft.request.excluded, draft.request.included = excluded.names, excluded.included
    alternatives = draft.of("or")
    draft.request.thresholds, draft.pieces = conditions(draft.pieces)
    if alternatives and len(draft.request.thresholds) > 1:
        draft.doubt(*alternatives)


def _signs_of_pay(draft: Draft) -> None:
    """Amounts of money and periods are of pay, and so is a salary."""
    request = draft.request
    periods = bool(draft.of("period"))
    request.pay = (
        any(piece.value != "weak" for piece in draft.of("pay"))
        or periods
        or any(t.money or t.period for t in request.thresholds)
    )


def _rows(draft: Draft, occupations: bool) -> None:
    """Whose names are asked for: places, occupations, or rows of any kind."""
    request = draft.request
    request.everything, request.by = bool(draft.take("all")), bool(draft.of("by"))
    request.home = bool(draft.take("home"))
    request.where = bool(draft.take("where"))
    draft.drop(*(piece for piece in draft.of("rows") if piece.value == "any" and _follows_name(draft, piece)))
    asked = {piece.value for piece in draft.take("rows")}
    kinds = asked - {"place", "occupation", "which occupation", "who", "any"}
    named = any(piece.mention is not None and piece.mention.role == "occupation" for piece in draft.pieces)
    if kinds or "place" in asked or (request.where and not asked & {"which occupation", "any"}):
        request.ranged = "place"
        request.kinds = frozenset().union(*(METRO_KINDS if kind == "metro" else {kind} for kind in kinds))
    elif "which occupation" in asked or (asked & {"occupation", "who"} and occupations and not named):
        request.ranged = "occupation"
    elif "any" in asked:
        request.ranged = "any"
    request.jobs = "occupation" in asked and request.ranged != "occupation"
    request.who = "who" in asked and request.ranged != "occupation"


def _follows_name(draft: Draft, piece: Piece) -> bool:
    """ "The dental assistant course" is one course."""
    before = draft.before(piece)
    return before is not None and before.kind == "name" and before.last + 1 == piece.first


def _names(draft: Draft) -> None:
    """Names, states and years. What a named row is held against is a second row to compare it with."""
    request = draft.request
    request.either = bool(draft.of("or"))
    named = draft.of("name")
    measures = [m for m in draft.of("measure") if named and named[0].last < m.first < named[-1].first]
    if measures and any(m.first < named[0].first for m in draft.of("measure")):
        draft.doubt(*measures)
    columns = [piece.mention.column for piece in named if piece.mention is not None]
    repeated = [piece for piece in named if piece.mention is not None and columns.count(piece.mention.column) > 1]
    draft.doubt(*(mean for mean in draft.of("mean") if draft.after(mean) in repeated))
    mentions = [piece.mention for piece in draft.take("name") if piece.mention is not None]
    request.names = tuple({(mention.column, mention.keys): mention for mention in reversed(mentions)}.values())[::-1]
    request.nation = bool(draft.take("nation"))
    request.states = tuple(dict.fromkeys(piece.value for piece in draft.take("state")))
    request.years = tuple(dict.fromkeys(int(piece.value) for piece in draft.take("year")))
    against = [t for t in request.thresholds if t.reference is not None]
    if len(request.thresholds) == 1 and against and request.ranged is None:
        _second_name(draft)


def _second_name(draft: Draft) -> None:
    request = draft.request
    (threshold,) = request.thresholds
    reference, measure = threshold.reference, threshold.reference_measure
    if reference is None or all(name.column != reference.column for name in request.names):
        return
    request.names += (reference,)
    request.more = threshold.comparison
    request.thresholds = ()
    if measure is not None and not draft.of("measure"):
        request.measures = (measure,)
    elif measure is not None and [piece.value for piece in draft.of("measure")] != [measure]:
        draft.doubt(*draft.of("measure"))


def _comparison(draft: Draft) -> bool:
    """Words that compare or subtract; gives whether several rows are compared."""
    request = draft.request
    several = len({name.column for name in request.names}) < len(request.names)
    if not several:
        return False
    gaps = [piece for piece in draft.of("measure") if piece.value == GAP]
    request.difference = bool(draft.take("difference")) or bool(gaps)
    request.pay = request.pay or bool(gaps)
    draft.drop(*gaps)
    request.percent = bool(draft.take("percent"))
    more = draft.take("more")
    if more and request.more is None:
        request.more = ">" if more[0].value == "+" else "<"
    request.compared = bool(draft.take("compare"))
    draft.take("how")
    draft.doubt(*draft.of("sum"), *_means_of_names(draft))
    draft.take("than")
    if request.difference or request.compared or more or request.extreme is not None:
        draft.take("between")
    if request.difference or request.percent:
        draft.take("above", "count")
    return True


def _means_of_names(draft: Draft) -> list[Piece]:
    """ "The average of Fresno and Napa", "the average median of both"."""
    after = [(piece, draft.after(piece)) for piece in draft.of("mean")]
    return [piece for piece, other in after if other is not None and other.kind == "measure"]


def _aggregate(draft: Draft) -> Operation | None:
    """Counting, shares, means, sums and ranges over many rows; None where single rows are asked for."""
    request = draft.request
    draft.doubt(*(p for p in draft.of("count") if (by := draft.before(p)) is not None and by.kind == "by"))
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
        draft.drop(means[0])
        for piece in means[1:]:
            draft.replace(piece, "measure", "mean")
        return "mean"
    totals = [piece for piece in measures if piece.value == TOTAL]
    if totals and many and not single:
        return "sum"
    apart = len(measures) == 2 and (measures[0].last + 1 < measures[1].first or not is_statistic(measures[1].value))
    alike = many or [piece.value for piece in measures] == ["median", "median"]
    if apart and measures[0].value == "median" and alike and not single:
        draft.drop(measures[0])
        return "median"
    return "sum" if many and not single and draft.take("sum") else None


def _measures(draft: Draft) -> None:
    """What is measured, by which period."""
    request = draft.request
    for piece in draft.of("count"):
        after = draft.after(piece)
        if after is not None and after.kind == "measure" and request.ranged is None:
            draft.drop(piece)
    _averages(draft)
    _gap(draft)
    if draft.take("percent"):
        request.measures += ("share",)
    draft.take("pay")
    periods = [piece.value for piece in draft.take("period")]
    request.salary = "year~" in periods
    request.periods = tuple(dict.fromkeys(period for period in periods if period != "year~"))
    if draft.take("convert"):
        request.periods = request.periods[-1:]
    for piece in draft.of("above"):
        if piece.value in (">=", "<=") and request.pay:
            draft.replace(piece, "measure", "low" if piece.value == ">=" else "high")
    if len(draft.of("measure")) > 1:
        draft.take("compare")
    _apart(draft)
    found = [ALIASES.get(value, value) for piece in draft.take("measure") for value in [piece.value.removesuffix("$")]]
    plain = [measure for measure in found if not measure.endswith("~")]
    weak = [] if request.pay or plain else [measure.removesuffix("~") for measure in found]
    held = [t.reference_measure for t in request.thresholds if t.reference_measure is not None]
    request.measures = tuple(dict.fromkeys((*plain, *weak, *request.measures))) or tuple(held[:1])


def _apart(draft: Draft) -> None:
    """Several measures stand side by side, or with a condition each; "median pay of senior coders" has one too many."""
    if not draft.request.pay:
        draft.doubt(*(piece for piece in draft.of("measure") if piece.value.endswith("$")))
    if len(draft.request.thresholds) < 2:
        for before, piece in pairwise(draft.of("measure")):
            if _meant(piece) != _meant(before) and not draft.side_by_side(before, piece):
                draft.doubt(piece)


def _meant(piece: Piece) -> str:
    """The measure that a piece names."""
    value = piece.value.rstrip("$~")
    return ALIASES.get(value, value)


def _gap(draft: Draft) -> None:
    """Low and high with a word for their difference are one measure: the gap between them."""
    request, measures = draft.request, draft.of("measure")
    if not draft.of("difference") and not (request.ranked and draft.of("range")):
        return
    if [piece.value for piece in measures] in (["low", "high"], ["high", "low"]):
        draft.replace(measures[0], "measure", GAP)
        draft.drop(measures[1])
        draft.take("difference", "range", "between")
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
    draft.doubt(*draft.pieces)


def _workers(draft: Draft) -> None:
    """ "How many actuaries", "the most actuaries", "over 500 actuaries": people are counted, if nothing else is."""
    request = draft.request
    occupation = any(name.role == "occupation" for name in request.names)
    if request.measures == ("employment",) and not request.pay:
        draft.take("count")
    if not (request.pay or request.measures) and occupation:
        numbers = any(t.value is not None and not t.money and not t.period for t in request.thresholds)
        request.workers = bool(draft.take("count")) or request.many or numbers or (request.jobs and request.ranked)
        request.workers = request.workers or request.more is not None


def _operation(request: Request, comparing: bool) -> Operation:
    if comparing:
        return "compare"
    if request.rank_word and request.names and request.extreme is None:
        return "position"
    if request.thresholds:
        return "filter"
    if request.ranked or request.whole_order:
        return "rank"
    fixed = {name.role for name in request.names}
    many = (request.ranged is not None or request.everything or request.by) and request.ranged not in fixed
    return "list" if many and (request.ranged or not fixed) else "look-up"
