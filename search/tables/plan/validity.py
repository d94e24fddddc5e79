"""Whether the parts of a request make sense together: each check names what a question leaves open or contradicts."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from ...lang.lexicon import lexicon
from ..parse.vocabulary import FIRM, SenseValue
from .request import Request

_REASONS = dict(lexicon("answers").pairs("table objections"))
ALL_ROWS = frozenset({"rank", "filter", "count", "share", "mean", "median", "range", "sum", "list", "position"})


def objection(request: Request) -> str | None:
    """Why a request is not carried out though each of its words is known; None where nothing stands against it."""
    failed = next((check.__name__ for check in _CHECKS if check(request)), None)
    return _REASONS[failed.strip("_").replace("_", " ")] if failed else None


def _row_among_rows(request: Request) -> bool:
    """A row is named, and it is asked which row: "the top area in Fresno"."""
    roles = {mention.role for mention in request.names}
    return request.does("look-up", "list", "rank", "filter") and request.ranged in roles and not request.nation


def _rows_without_purpose(request: Request) -> bool:
    """Rows are spoken of, but nothing is asked of them: "areas that pay well"."""
    return request.does("list", "look-up") and request.ranged is not None and not (request.everything or request.by)


def _several_columns(request: Request) -> bool:
    """Two rows are named, and a third kind of name is asked for: "which jobs pay more in Texas than in Ohio"."""
    several = {a.role for a, b in pairwise(request.names) if a.column == b.column}
    other = request.does("compare") and request.ranged not in (None, SenseValue.ANY, *several)
    return bool(several) and (other or request.operation in ALL_ROWS - {"position"})


def _unasked_verdict(request: Request) -> bool:
    """ "Is the pay in Fresno fair?": a yes or no that no number settles."""
    of_all = request.does("filter") and request.everything
    plain = request.does("look-up", "list") and not request.thresholds
    return request.yes_no and (of_all or plain)


def _filter_of_nothing(request: Request) -> bool:
    """ "Coders above $20": whether the coders of all rows are meant is not said; "a median above $20" is of rows."""
    of_rows = request.ranged or request.everything or request.by or (request.measures and not request.yes_no)
    return request.does("filter") and not of_rows


def _rank_of_nothing(request: Request) -> bool:
    """ "Rank coders and billers": no rows; "the highest wage in Texas" ranks no one knows what."""
    vague = bool(request.names) and not request.measures and request.limit is None and request.nth is None
    whole = request.whole_order and (bool(request.words) or not request.measures)
    return request.does("rank") and request.ranged is None and (vague or whole or request.of_people)


def _everything_in_order(request: Request) -> bool:
    """ "Every second area"."""
    return request.nth is not None and request.everything and request.extreme is None


def _about_nothing(request: Request) -> bool:
    """ "What do I earn?": no row, no one and no measure is named."""
    named = request.column or request.names or request.words or request.states or request.nation or request.home
    firm = FIRM & set(request.measures) and request.pay
    return request.does("look-up") and not named and not firm


def _several_measures(request: Request) -> bool:
    """ "The top 5 for low and high": rows stand in one order at a time, and meet conditions on what these name."""
    conditioned = {threshold.measure for threshold in request.thresholds}
    loose = [measure for measure in request.measures if measure not in conditioned]
    return request.operation in ALL_ROWS - {"list"} and len(request.measures) > 1 and bool(loose)


def _legal_minimum(request: Request) -> bool:
    """ "The minimum wage in California" is a law's."""
    return "minimum wage" in request.measures and not request.names and not request.ranged


def _what_could_be(request: Request) -> bool:
    """ "Can I earn $30 in Napa?": a median does not tell."""
    return request.possible and request.yes_no and bool(request.thresholds)


def _vague(request: Request) -> bool:
    return any(threshold.vague for threshold in request.thresholds)


def _rank_and_filter(request: Request) -> bool:
    """ "Areas ranked 5 to 10"."""
    return request.rank_word and bool(request.thresholds)


def _who(request: Request) -> bool:
    """ "Who pays coders?": the table has no names of those who pay; "who pays best" may mean where."""
    unknown = request.payer and not request.does("rank", "filter")
    return (request.who or unknown) and not request.does("compare")


_CHECKS: tuple[Callable[[Request], bool], ...] = (
    _row_among_rows,
    _several_columns,
    _who,
    _unasked_verdict,
    _filter_of_nothing,
    _rank_of_nothing,
    _everything_in_order,
    _rows_without_purpose,
    _several_measures,
    _legal_minimum,
    _what_could_be,
    _vague,
    _rank_and_filter,
    _about_nothing,
)
