"""Which questions reckon over many rows: counts, shares, means, medians, sums and ranges."""

from __future__ import annotations

from ...column_kinds import ColumnRole
from ...text.measures import NamedMeasure, is_statistic
from ..plan.request import Operation
from .draft import Draft
from .measured import meant

TOTAL = "total employment"
"""Employment, added up where many rows are asked for."""


def aggregate(draft: Draft) -> Operation | None:
    """Counting, shares, means, sums and ranges over many rows; None where single rows are asked for."""
    request = draft.request
    draft.doubt(*(p for p in draft.of("count") if (by := draft.before(p)) is not None and by.is_a("by")))
    if _asks_for_a_total(draft):
        draft.take("count", "sum")
        return "sum"
    if draft.of("count") and request.ranged and not request.ranked and not request.headcount:
        draft.take("count", "sum")
        return "count"
    if draft.of("percent") and request.ranged and request.thresholds:
        draft.take("percent")
        return "share"
    return None if request.ranked or request.thresholds else _over_rows(draft)


def _asks_for_a_total(draft: Draft) -> bool:
    """ "How many beds are there in all areas together": what is counted has a column of its own, and is added up."""
    request, counts = draft.request, draft.of("count")
    behind = draft.after(counts[0]) if len(counts) == 1 else None
    is_counted = behind is not None and behind.is_a("measure") and not is_statistic(behind.value)
    return is_counted and bool(request.ranged and (draft.of("sum") or request.everything) and not request.thresholds)


def _over_rows(draft: Draft) -> Operation | None:
    request = draft.request
    many = request.ranged is not None or request.everything
    if draft.of("difference") and not many:
        draft.take("range")
    elif draft.take("range"):
        draft.take("difference")
        draft.take("between")
        return "range"
    if _added_up(draft):
        return "sum"
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
    alike = many or [piece.value for piece in measures] == [NamedMeasure.MEDIAN, NamedMeasure.MEDIAN]
    if apart and measures[0].value == NamedMeasure.MEDIAN and alike and not single:
        draft.drop(measures[0])
        return "median"
    return "sum" if many and not single and draft.take("sum") else None


def _added_up(draft: Draft) -> bool:
    """ "Total employment of actuaries", "the total number of actuaries in all states": people, over all places."""
    request = draft.request
    roles = {name.role for name in request.names}
    people = request.headcount or any(meant(piece) == NamedMeasure.EMPLOYMENT for piece in draft.of("measure"))
    all_places = draft.of("sum") or (request.headcount and request.everything and request.ranged)
    if (
        not people
        or not all_places
        or request.pay
        or request.each
        or ColumnRole.OCCUPATION not in roles
        or ColumnRole.PLACE in roles
    ):
        return False
    draft.drop(*draft.take("sum", "count"), *draft.of("measure"))
    request.workers, request.ranged = True, "place"
    return True
