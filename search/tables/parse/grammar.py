"""Pieces become a request: which operation, on which measures and rows.

Every piece must find its part; what finds none is kept as not understood, and then the question is not answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ...column_kinds import ColumnRole
from ...text.measures import NamedMeasure
from ...text.tokenizer import Term
from ..plan.request import GAP, Operation, Request
from .aggregates import aggregate
from .conditions import conditions, exclusions
from .draft import Draft
from .measured import read_measures
from .pieces import Token
from .superlatives import read_limited, read_order, read_superlatives
from .vocabulary import Kind, SenseValue

METRO_KINDS = frozenset({"MSA", "metropolitan division"})
NO_AREAS = frozenset(
    {
        SenseValue.PLACE,
        SenseValue.OCCUPATION,
        SenseValue.WHICH_OCCUPATION,
        SenseValue.WHO,
        SenseValue.PAYER,
        SenseValue.ANY,
    }
)
"""What rows are asked for but kinds of areas."""
HARMLESS: tuple[Kind, ...] = ("any one", "and", "or", "to", "by", "full time")
"""Kinds of pieces that say nothing more once the others are understood."""


def interpret(text: str, words: Sequence[Term], pieces: Sequence[Token], *, occupations: bool) -> Request | None:
    """The request that a question makes; None where it is another kind of question altogether.

    ``occupations`` says whether the table tells occupations apart; elsewhere "jobs" is a word for who works.
    """
    if any(piece.is_a("blocker") for piece in pieces) or _asks_for_meaning(pieces):
        return None
    draft = Draft(text, words, pieces, occupations=occupations)
    read_limited(draft)
    _limits(draft)
    _signs_of_pay(draft)
    draft.request.headcount = any(_is_occupation(draft.after(piece)) for piece in draft.of("count"))
    read_superlatives(draft)
    _rows(draft, occupations)
    read_order(draft)
    _names(draft)
    comparing = _comparison(draft)
    operation = aggregate(draft)
    read_measures(draft)
    _rest(draft)
    draft.request.operation = operation or _operation(draft.request, comparing)
    return draft.request


def _asks_for_meaning(pieces: Sequence[Token]) -> bool:
    """ "What does median mean?" """
    verbs = [
        after for before, after in pairwise(pieces) if after.value == SenseValue.VERB and before.is_a("measure", "word")
    ]
    return bool(verbs) and any(piece.is_a("is it") for piece in pieces)


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
    against = any(t.reference is not None for t in request.thresholds)
    request.pay = (against and any(piece.value.endswith("$") for piece in draft.of("measure"))) or (
        any(piece.value != SenseValue.WEAK for piece in draft.of("pay"))
        or any(piece.value == SenseValue.PAY for piece in draft.of("range"))
        or periods
        or any(t.money or t.period for t in request.thresholds)
    )


def _is_pay(piece: Token | None) -> bool:
    return piece is not None and piece.is_a("pay")


def _is_occupation(piece: Token | None) -> bool:
    return piece is not None and piece.mention is not None and piece.mention.has_role(ColumnRole.OCCUPATION)


def _rows(draft: Draft, occupations: bool) -> None:
    """Whose names are asked for: places, occupations, or rows of any kind."""
    request = draft.request
    every = draft.of("all")
    request.all_figures = any(piece.value == SenseValue.WHOLE and _is_pay(draft.after(piece)) for piece in every)
    draft.drop(*every)
    request.everything, request.each = bool(every), any(piece.value == SenseValue.EACH for piece in every)
    request.by = bool(draft.of("by"))
    request.home = bool(draft.take("home"))
    request.where = bool(draft.take("where"))
    draft.drop(*(piece for piece in draft.of("rows") if piece.value == SenseValue.ANY and _follows_name(draft, piece)))
    asked = {piece.value for piece in draft.take("rows")}
    kinds = asked - NO_AREAS
    named = any(_is_occupation(piece) for piece in draft.pieces)
    if kinds or SenseValue.PLACE in asked or (request.where and not asked & {"which occupation", "any"}):
        request.ranged = ColumnRole.PLACE
        request.kinds = frozenset().union(*(METRO_KINDS if kind == SenseValue.METRO else {kind} for kind in kinds))
    elif SenseValue.WHICH_OCCUPATION in asked or (asked & {"occupation", "who"} and occupations and not named):
        request.ranged = ColumnRole.OCCUPATION
    elif SenseValue.ANY in asked:
        request.ranged = SenseValue.ANY
    request.jobs = SenseValue.OCCUPATION in asked and request.ranged != ColumnRole.OCCUPATION
    request.who = SenseValue.WHO in asked and request.ranged != ColumnRole.OCCUPATION
    if SenseValue.PAYER in asked:
        request.pay = request.payer = True
        if not any(piece.mention is not None and piece.mention.has_role(ColumnRole.PLACE) for piece in draft.pieces):
            request.ranged = ColumnRole.PLACE


def _follows_name(draft: Draft, piece: Token) -> bool:
    """ "The dental assistant course" is one course."""
    before = draft.before(piece)
    return before is not None and before.is_a("name") and before.last + 1 == piece.first


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
    differences = draft.take("difference")
    request.difference = bool(differences) or bool(gaps)
    request.people = any(piece.value == SenseValue.PEOPLE for piece in differences)
    request.apart = any(piece.value in ("+", "-") for piece in differences)
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


def _means_of_names(draft: Draft) -> list[Token]:
    """ "The average of Fresno and Napa", "the average median of both"."""
    after = [(piece, draft.after(piece)) for piece in draft.of("mean")]
    return [piece for piece, other in after if other is not None and other.is_a("measure")]


def _rest(draft: Draft) -> None:
    """What says nothing more, what says who it is about, and what is not understood."""
    request = draft.request
    _workers(draft)
    draft.take(*HARMLESS)
    if request.workers or request.measures == (NamedMeasure.EMPLOYMENT,):
        draft.take("sum")
    if not request.thresholds and not draft.of("number"):
        draft.drop(*(piece for piece in draft.of("about") if piece.value != SenseValue.NEAR))
    request.words = tuple(draft.take("word"))
    draft.doubt(*draft.pieces)


def _workers(draft: Draft) -> None:
    """ "How many actuaries", "the most actuaries", "the most workers", "over 500 actuaries": people are counted."""
    request = draft.request
    occupation = any(name.has_role(ColumnRole.OCCUPATION) for name in request.names)
    if request.measures == (NamedMeasure.EMPLOYMENT,) and not request.pay:
        draft.take("count")
    if not (request.pay or request.measures) and occupation:
        numbers = any(t.value is not None and not t.money and not t.period for t in request.thresholds)
        asked = bool(draft.take("count")) or request.many or request.people or request.more is not None
        request.workers = request.workers or asked or numbers or (request.jobs and request.ranked)
    elif not (request.pay or request.measures) and request.many and request.ranged:
        request.workers = bool(draft.of("any one")) or request.jobs


def _operation(request: Request, comparing: bool) -> Operation:
    if comparing:
        return "compare"
    if (
        request.rank_word
        and request.extreme is None
        and any(n.role == (request.ranged or n.role) for n in request.names)
    ):
        return "position"
    if request.thresholds:
        return "filter"
    if request.ranked or request.whole_order:
        return "rank"
    fixed = {name.role for name in request.names}
    many = (request.ranged is not None or request.everything or request.by) and request.ranged not in fixed
    return "list" if many and (request.ranged or not fixed) else "look-up"
