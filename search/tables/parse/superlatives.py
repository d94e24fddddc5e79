"""What is ranked: superlatives, ordinals, how many, which way. A superlative may be a measure: "the top wage"."""

from __future__ import annotations

from ...lang.lexicon import lexicon
from .draft import Draft
from .pieces import Token
from .vocabulary import Kind

PLACED = lexicon("places").words("before a place")
"""Words that put what is asked into a place."""
DEFINITE = lexicon("table_questions").words("definite article")
MAX_RANKS = 1_000
"""The longest ranking that is asked for in earnest; a greater number is no number of rows."""


def read_limited(draft: Draft) -> None:
    """ "The top wage is above $39", "the average top wage": superlatives that name a measure, not an order of rows."""
    for piece in draft.of("super"):
        pay, before = draft.after(piece), draft.before(piece)
        if pay is None or not pay.is_a("pay"):
            continue
        limit = draft.after(pay)
        limited = limit is not None and limit.is_a("above", "between")
        reckoned = before is not None and before.is_a("mean") and before.last + 1 == piece.first
        if limited or reckoned:
            draft.replace(piece, "measure", _extreme(piece))


def read_superlatives(draft: Draft) -> None:
    """The one superlative that ranks; others are measures: "the lowest top wage", "low and top pay"."""
    request = draft.request
    request.pay = request.pay or any(piece.value.endswith("pay") for piece in draft.of("super"))
    for piece in draft.of("super"):
        _percentile(draft, piece)
        _most_of(draft, piece)
    _joined(draft)
    _measured(draft)
    supers = draft.of("super")
    if len(supers) != 1:
        draft.doubt(*supers)
    elif not request.thresholds:
        _ranking(draft, supers[0])
    elif draft.of("measure") or _stands_before(draft, supers[0], "rows"):
        draft.doubt(*supers)
    else:
        draft.replace(supers[0], "measure", _extreme(supers[0]))


def read_order(draft: Draft) -> None:
    """Which way and how many: "the three lowest", "second highest", "rank the areas from highest to lowest"."""
    request = draft.request
    orders, ranks = draft.take("order"), draft.take("rank")
    if orders and draft.of("name") and not draft.of("rows", "where"):
        request.measures = ("low", "high")
        orders = []
    request.whole_order, request.rank_word = bool(orders or ranks), bool(ranks)
    if ranks:
        draft.take("how")
    request.ranked = request.ranked or bool(orders)
    if orders:
        request.descending = orders[0].value == "-"
    ordinals, numbers = draft.of("ordinal"), [n for n in draft.of("number") if _counts_rows(n)]
    if len(ordinals) == 1 and (request.ranked or ranks or (request.ranged and not request.everything)):
        request.nth, request.ranked = int(ordinals[0].value), True
        draft.drop(*ordinals)
    elif len(numbers) == 1 and (request.ranked or ranks):
        request.limit, request.ranked = int(numbers[0].number or 1), True
        draft.drop(*numbers)


def _ranking(draft: Draft, piece: Token) -> None:
    request = draft.request
    if _is_nested(draft, piece):
        draft.doubt(piece)
        return
    request.ranked, request.descending = True, piece.value.startswith("+")
    request.many = piece.value.endswith("many")
    request.extreme, request.of_pay = _extreme(piece), _stands_before_pay(draft, piece)
    request.of_people = piece.value.endswith("pay") and _stands_before(draft, piece, "word", "any one")
    mean = next(iter(draft.of("mean")), None)
    if mean is not None and mean.first < piece.first and draft.of("measure"):
        draft.doubt(mean)
    draft.drop(piece)


def _is_nested(draft: Draft, piece: Token) -> bool:
    """ "In the best paying area" something else is asked for."""
    after = draft.after(piece)
    while after is not None and after.is_a("pay", "number", "period"):
        after = draft.after(after)
    number = draft.before(piece)
    start = number if number is not None and number.is_a("number") and number.last + 1 == piece.first else piece
    return after is not None and after.is_a("rows") and draft.preposition_before(start) in PLACED


def _percentile(draft: Draft, piece: Token) -> None:
    """ "The top 10 percent" is the 90th percentile."""
    number = draft.after(piece)
    if number is None or not number.is_a("number") or not 0 < (number.number or 0) < 100:
        return
    sign = draft.after(number)
    if number.percent or (sign is not None and sign.is_a("percent")):
        rank = (number.number or 0) if piece.value.startswith("-") else 100 - (number.number or 0)
        draft.replace(piece, "measure", f"p{rank:f}")
        draft.drop(number, *([sign] if sign is not None and sign.is_a("percent") else []))


def _most_of(draft: Draft, piece: Token) -> None:
    """ "Most areas" are many, not a superlative."""
    plural = _stands_before(draft, piece, "rows", "word", "any one", "measure", "mean")
    if piece.value.endswith("many") and plural and draft.word_before(piece) not in DEFINITE:
        draft.doubt(piece)


def _joined(draft: Draft) -> None:
    """Superlatives that "and" joins to a measure or each other are measures; without names, the latter are a range."""
    supers = draft.of("super")
    measures = draft.of("measure")
    if len(supers) == 2 and _linked(draft, *supers):
        if draft.of("name"):
            for piece in supers:
                draft.replace(piece, "measure", _extreme(piece))
        else:
            draft.replace(supers[0], "range", "pay" if any(s.value.endswith("pay") for s in supers) else "")
            draft.drop(supers[1])
            draft.request.high_first = supers[0].value.startswith("+")
    for piece in draft.of("super"):
        ranking = len(draft.of("super")) == 1 and draft.of("rows", "where")
        if not ranking and any(
            _linked(draft, *sorted((piece, measure), key=lambda p: p.first)) for measure in measures
        ):
            draft.replace(piece, "measure", _extreme(piece))


def _linked(draft: Draft, first: Token, second: Token) -> bool:
    """Whether nothing but "and" or a comma stands between two pieces."""
    after = draft.after(first)
    if after is not None and after.is_a("and", "or"):
        after = draft.after(after)
    return after is second and draft.side_by_side(first, second) and not _touch(first, second)


def _measured(draft: Draft) -> None:
    """Of two superlatives one is a measure: "the highest top wage"; "where do the best paid earn the least"."""
    supers = draft.of("super")
    if len(supers) != 2:
        return
    first, second = supers
    number = draft.after(first)
    if (
        number is not None
        and number.is_a("number")
        and draft.after(number) is second
        and first.value[0] == second.value[0]
    ):
        draft.drop(first)
        return
    if _touch(first, second) and (_stands_before_pay(draft, second) or draft.after(second) is None):
        draft.replace(second, "measure", _extreme(second))
    elif first.value.endswith("pay") and draft.after(second) is None and draft.of("rows", "where"):
        draft.replace(first, "measure", _extreme(first))


def _touch(first: Token, second: Token) -> bool:
    return first.last + 1 == second.first or second.last + 1 == first.first


def _extreme(piece: Token) -> str:
    return "high" if piece.value.startswith("+") else "low"


def _stands_before(draft: Draft, piece: Token, *kinds: Kind) -> bool:
    after = draft.after(piece)
    return after is not None and after.is_a(*kinds)


def _stands_before_pay(draft: Draft, piece: Token) -> bool:
    after = draft.after(piece)
    while after is not None and after.is_a("period") and not after.value.endswith("~"):
        after = draft.after(after)
    return after is not None and (after.is_a("pay") or after.value == "year~")


def _counts_rows(piece: Token) -> bool:
    number = piece.number or 0
    return not piece.money and not piece.percent and 0 < number <= MAX_RANKS and number == int(number)
