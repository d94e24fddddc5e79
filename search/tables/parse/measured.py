"""What a question measures: the median, low and high, the gap between two measures, by which period."""

from __future__ import annotations

from itertools import pairwise

from ...text.measures import NamedMeasure
from ..plan.request import GAP
from .draft import Draft
from .pieces import Token

ALIASES = {"total employment": "employment", "new": "low"}
"""Measures that are others in a special use."""
UPWARDS = ("low", "p10", "p25", "median", "p75", "p90", "high")
"""Measures of which each is above the ones before it in every row."""


def read_measures(draft: Draft) -> None:
    """What is measured, by which period."""
    request = draft.request
    for piece in draft.of("count"):
        after = draft.after(piece)
        if after is not None and after.is_a("measure") and request.ranged is None:
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
            if (meant(before), meant(piece)) == (NamedMeasure.CHANGE, NamedMeasure.EMPLOYMENT):
                draft.drop(piece)  # "the change in electricians' employment"
            elif meant(piece) != meant(before) and not draft.side_by_side(before, piece):
                draft.doubt(piece)


def meant(piece: Token) -> str:
    """The measure that a piece names."""
    value = piece.value.rstrip("$~")
    return ALIASES.get(value, value)


def _gap(draft: Draft) -> None:
    """Low and high with a word for their difference are one measure: the gap between them."""
    request, measures = draft.request, draft.of("measure")
    if not draft.of("difference") and not (request.ranked and draft.of("range")):
        return
    ends = sorted({meant(piece) for piece in measures} & set(UPWARDS), key=UPWARDS.index)
    if len(measures) == len(ends) == 2:
        request.ends = (ends[0], ends[1])
        draft.replace(measures[0], "measure", GAP)
        draft.drop(measures[1])
        draft.take("difference", "range", "between", "than")
    elif not measures and request.pay:
        draft.replace(draft.of("difference", "range")[0], "measure", GAP)


def _averages(draft: Draft) -> None:
    """ "Average" is a measure, unless it goes with one: "the average starting pay"."""
    for piece in draft.of("mean"):
        after = draft.after(piece)
        while after is not None and after.is_a("period") and not after.value.endswith("~"):
            after = draft.after(after)
        if after is not None and after.is_a("measure"):
            draft.drop(piece)
        else:
            draft.replace(piece, "measure", "mean")
