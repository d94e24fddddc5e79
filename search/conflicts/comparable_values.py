"""When two quantities are of one kind, the same, or cannot both be right."""

from __future__ import annotations

from ..params import PARAMS
from ..text.number_words import QuantityKind
from ..text.quantities import Quantity
from ..text.quantity_patterns import QuantityBound

WHOLE_KINDS = (QuantityKind.CLOCK, QuantityKind.DATE, QuantityKind.AGE, QuantityKind.YEAR)
"""Kinds of which two numbers are the same or are not."""
ALIKE = (
    {QuantityKind.AGE, QuantityKind.COUNT},
    {QuantityKind.AGE, QuantityKind.DURATION},
)
"""Kinds that one number may be said as: "18", "18 years", "aged 18"."""
BOTH_ENDS = {QuantityBound.AT_LEAST, QuantityBound.AT_MOST}


def contradict(a: Quantity, b: Quantity, *, bounding: bool) -> bool:
    """Whether two figures for the same cannot both be right: their ranges do not touch, or their bounds differ.

    ``bounding``: a bound is asked for, so that "at least 18" contradicts "at least 21".
    """
    if a.kind != b.kind and {a.kind, b.kind} != {QuantityKind.COUNT, QuantityKind.AGE}:
        return False
    if not _of_one_currency(a, b):
        return False
    slack = 0.0 if a.is_a(*WHOLE_KINDS) else _slack(a, b)
    if bounding and a.bound == b.bound and a.bound in BOTH_ENDS:
        low, high = sorted((_point(a), _point(b)))
        return high - low > slack * high
    lower, upper = (a, b) if a.low <= b.low else (b, a)
    return upper.low * (1 - slack) > lower.high


def same(a: Quantity, b: Quantity) -> bool:
    """Whether two values are the same number of one kind, whatever bound it is."""
    slack = 0.0 if a.is_a(*WHOLE_KINDS, QuantityKind.COUNT) else _slack(a, b)
    return comparable(a, b) and abs(_point(a) - _point(b)) <= slack * max(_point(a), _point(b))


def comparable(a: Quantity, b: Quantity) -> bool:
    """Whether two values are of one kind, and one currency."""
    return (a.kind == b.kind or {a.kind, b.kind} in ALIKE) and _of_one_currency(a, b)


def _slack(a: Quantity, b: Quantity) -> float:
    return PARAMS.comparison.exact if a.unit == b.unit else PARAMS.comparison.converted


def _of_one_currency(a: Quantity, b: Quantity) -> bool:
    """Whether two prices are in one currency and for one period, as far as both say; what is no price is."""
    if not (a.is_a(QuantityKind.MONEY) and b.is_a(QuantityKind.MONEY)):
        return True
    return all(x == y or not x or not y for x, y in zip(a.unit.split("/"), b.unit.split("/"), strict=True))


def _point(quantity: Quantity) -> float:
    """The number that a value names: of a bound the end that it gives, of a range the middle."""
    if quantity.bound == QuantityBound.AT_MOST:
        return quantity.high
    if quantity.bound == QuantityBound.AT_LEAST:
        return quantity.low
    return (quantity.low + quantity.high) / 2
