"""Conditions in a question: "above $24 an hour", "between 16 and 17", "more than Fresno", "except Napa"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from ...params import PARAMS
from ...store.sorted_scan import Comparison
from ..plan.request import Threshold
from ..schema.names import Mention
from .pieces import Token

COMPARISONS: dict[str, Comparison] = {">": ">", "<": "<", ">=": ">=", "<=": "<=", "=": "=", "+": ">", "-": "<"}
BESIDE_COMPARISON = frozenset({"measure", "pay", "period", "mean", "any one", "word", "rows"})
"""What may stand between a comparison and the name it compares with: "more than coders earn in Fresno"."""
MAX_BESIDE = PARAMS.tables.beside


class FoundThresholds(NamedTuple):
    """Thresholds, and the pieces ``start`` to ``end`` (half open) that say them; ``kept`` ones mean something more."""

    thresholds: tuple[Threshold, ...]
    start: int
    end: int
    kept: tuple[Token, ...] = ()


class Exclusions(NamedTuple):
    """Who is to be left out, or expressly not."""

    names: tuple[Mention, ...] = ()
    included: tuple[Mention, ...] = ()


def conditions(pieces: Sequence[Token]) -> tuple[tuple[Threshold, ...], list[Token]]:
    """The conditions on numbers, and the pieces that are left. Each gets the measure that stands nearest before it."""
    left: list[Token] = []
    thresholds: list[Threshold] = []
    since = at = 0
    while at < len(pieces):
        found = next((f for read in _FORMS if (f := read(pieces, at)) is not None), None)
        if found is None:
            left.append(pieces[at])
            at += 1
            continue
        measure = _measure(pieces[since:at][::-1]) or _measure(pieces[found.end : found.end + 1])
        thresholds += [t._replace(measure=measure) for t in found.thresholds]
        left += found.kept
        since = at = found.end
    return tuple(thresholds), left


def exclusions(pieces: Sequence[Token]) -> tuple[Exclusions, list[Token]]:
    """The names after "except" and the like, and the pieces that are left."""
    found, left = Exclusions(), []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        run = _names_from(pieces, at + 1) if piece.is_a("except", "include") else []
        if not run:
            left.append(piece)
            at += 1
            continue
        mentions = tuple(one.mention for one in run if one.mention is not None)
        if piece.is_a("include"):
            found = found._replace(included=found.included + mentions)
        else:
            found = found._replace(names=found.names + mentions)
        at = pieces.index(run[-1]) + 1
    return found, left


def _names_from(pieces: Sequence[Token], at: int) -> list[Token]:
    """Names, joined by "and" or "or", from here on."""
    run: list[Token] = []
    for piece in pieces[at:]:
        if piece.is_a("name"):
            run.append(piece)
        elif not piece.is_a("and", "or") or not run:
            break
    return run


def _between(pieces: Sequence[Token], at: int) -> FoundThresholds | None:
    """ "between 16 and 17", "from $16 to $17 an hour", "16 to 17"."""
    start = at
    if pieces[at].is_a("between", "to"):
        at += 1
    low, middle = _amount(pieces, at)
    if low is None or middle >= len(pieces) or not pieces[middle].is_a("and", "to"):
        return None
    high, end = _amount(pieces, middle + 1)
    if high is None or (not pieces[start].is_a("between") and pieces[middle].is_a("and")):
        return None
    low = low._replace(period=low.period or high.period, money=low.money or high.money)
    return FoundThresholds((low._replace(comparison=">="), high._replace(comparison="<=")), start, end)


def _tens(pieces: Sequence[Token], at: int) -> FoundThresholds | None:
    """ "In the twenties", "in the 20s": from 20 to below 30. "The low twenties" are left open."""
    if not pieces[at].is_a("tens") or (at and pieces[at - 1].last + 1 == pieces[at].first):
        return None
    low = Decimal(pieces[at].value)
    return FoundThresholds((Threshold(">=", low), Threshold("<", low + 10)), at, at + 1)


def _bound(pieces: Sequence[Token], at: int) -> FoundThresholds | None:
    """ "above $24 an hour"."""
    if not pieces[at].is_a("above"):
        return None
    amount, end = _amount(pieces, at + 1)
    comparison = COMPARISONS[pieces[at].value]
    return None if amount is None else FoundThresholds((amount._replace(comparison=comparison),), at, end)


def _trailing(pieces: Sequence[Token], at: int) -> FoundThresholds | None:
    """ "$30 an hour or more"."""
    amount, end = _amount(pieces, at)
    if amount is None or end >= len(pieces) or not pieces[end].is_a("suffix"):
        return None
    threshold = amount._replace(comparison=COMPARISONS[pieces[end].value])
    after = pieces[end + 1].value if end + 1 < len(pieces) and pieces[end + 1].is_a("period") else None
    return FoundThresholds((threshold._replace(period=threshold.period or after),), at, end + (2 if after else 1))


def _against(pieces: Sequence[Token], at: int) -> FoundThresholds | None:
    """ "more than Fresno", "above the national median", "more at the median than in Fresno"."""
    if not pieces[at].is_a("above", "as", "more"):
        return None
    between, end = _beside(pieces, at + 1)
    if pieces[at].value in (">=", "<=") and any(piece.is_a("word", "any one") for piece in between):
        return None
    if pieces[at].is_a("more"):
        if end >= len(pieces) or not pieces[end].is_a("than"):
            return None
        amount, after = _amount(pieces, end + 1)
        if amount is not None:
            return FoundThresholds(
                (amount._replace(comparison=COMPARISONS[pieces[at].value]),), at, after, tuple(between)
            )
        more, end = _beside(pieces, end + 1)
        own, between = between, more
    else:
        own = []
    if end >= len(pieces) or not pieces[end].is_a("name"):
        return None
    behind = pieces[end + 1 : end + 2]
    measure = _measure(between) or _measure(behind)
    consumed = end + (2 if _measure(between) is None and measure is not None else 1)
    threshold = Threshold(
        COMPARISONS.get(pieces[at].value, ">="),
        reference=pieces[end].mention,
        reference_measure=measure,
        vague=pieces[at].is_a("as"),
    )
    kept = (*own, *(p for p in between if not p.is_a("measure", "mean")))
    return FoundThresholds((threshold,), at, consumed, kept)


_FORMS: tuple[Callable[[Sequence[Token], int], FoundThresholds | None], ...] = (
    _between,
    _tens,
    _bound,
    _trailing,
    _against,
)


def _amount(pieces: Sequence[Token], at: int) -> tuple[Threshold | None, int]:
    """A number with its currency and period, and where it ends; the comparison is still to be set."""
    if at >= len(pieces) or not pieces[at].is_a("number"):
        return None, at
    number, end = pieces[at], at + 1
    money, percent = number.money, number.percent
    if end < len(pieces) and pieces[end].is_a("percent"):
        percent, end = True, end + 1
    if end < len(pieces) and pieces[end].is_a("money"):
        money, end = True, end + 1
    period = None
    if end < len(pieces) and pieces[end].is_a("period") and not pieces[end].value.endswith("~"):
        period, end = pieces[end].value, end + 1
    return Threshold("=", number.number, period, money, percent), end


def _beside(pieces: Sequence[Token], at: int) -> tuple[list[Token], int]:
    end = at
    while end < len(pieces) and end - at < MAX_BESIDE and pieces[end].kind in BESIDE_COMPARISON:
        end += 1
    return list(pieces[at:end]), end


def _measure(pieces: Sequence[Token]) -> str | None:
    """The first measure among pieces."""
    for piece in pieces:
        if piece.is_a("measure"):
            return piece.value.rstrip("~$")
        if piece.is_a("mean"):
            return "mean"
    return None
