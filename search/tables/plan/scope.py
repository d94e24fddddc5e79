"""Which rows of a table a question is about, as conditions on its columns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from ...column_kinds import ColumnRole
from ...lang.states import ABBREVIATIONS
from ...model import Place
from ...store.catalog import Catalog
from ...store.scan import Condition
from ...text.tokenizer import terms
from ..parse.vocabulary import SenseValue
from ..schema.names import Mention
from ..schema.profile import Dimension, Profile, Series
from .request import Request

Where = tuple[Condition, ...]


class Uncovered(NamedTuple):
    """Why a table does not answer: words that it does not cover, names that may have been meant."""

    missing: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    note: str = ""
    kinds: bool = False
    """Whether what is missing is a kind of area."""


class Scope:
    """The rows in question: single ones (``subjects``), in order; or all among ``ranged`` for which ``where`` holds."""

    def __init__(self, base: Where) -> None:
        """``base`` are the rows of one pay type, where the table has a row for each."""
        self.base = base
        self.where: Where = ()
        self.subjects: list[Where] = []
        self.ranged: Dimension | None = None
        self.whole_left_out = False
        """Whether the nation, or all occupations together, is left out as no row among the others."""
        self.notes: list[str] = []

    def instead(self, key: str) -> Where:
        """The one row of another name in the ranged column, all else alike."""
        if self.ranged is None:
            return self.where
        others = tuple(condition for condition in self.where if condition.column != self.ranged.column)
        return (*others, Condition(self.ranged.column, "=", key))


def scope(profile: Profile, request: Request, series: Sequence[Series], catalog: Catalog) -> Scope | Uncovered:
    """The rows that the request is about, or what of it the table does not cover; ``series`` are the numbers wanted."""
    for step in (_clear_names, _known_states):
        if (uncovered := step(profile, request)) is not None:
            return uncovered
    if (uncovered := _known_years(profile, request, series)) is not None:
        return uncovered
    found = Scope(series[0].where if series else ())
    _latest_year(profile, request, found)
    if request.does("look-up", "compare"):
        return _single(profile, request, found, catalog)
    return _many(profile, request, found, catalog)


def _clear_names(profile: Profile, request: Request) -> Uncovered | None:
    """Names that mean several rows are not guessed at: all are offered."""
    for mention in (*request.names, *request.excluded, *(t.reference for t in request.thresholds if t.reference)):
        if len(mention.keys) > 1:
            texts = tuple(_dimension(profile, mention).text(key) for key in mention.keys)
            return Uncovered(
                suggestions=texts, note=f"The name may mean any of {len(texts)} rows of the table: name one."
            )
    return None


def _known_years(profile: Profile, request: Request, series: Sequence[Series]) -> Uncovered | None:
    known = (
        set(profile.years).union(*(one.years for one in series))
        if not any(s.years for s in series)
        else {year for one in series for year in one.years}
    )
    missing = tuple(str(year) for year in request.years if year not in known)
    if missing:
        return Uncovered(missing)
    return Uncovered(note="Figures of several years are not compared.") if len(request.years) > 1 else None


def _known_states(profile: Profile, request: Request) -> Uncovered | None:
    places = profile.dimension("place")
    for state in request.states:
        if not (_of_state(profile, state) or _is_topic(profile, state)):
            return Uncovered((ABBREVIATIONS[state].title(),))
        if places and any(_strange(places, mention, state) for mention in request.names):
            return Uncovered((ABBREVIATIONS[state].title(),))
    if request.home and (places is None or places.home() is None):
        return Uncovered(note="The question does not say which state.")
    if request.nation and (places is None or SenseValue.STATE not in places.kinds() or request.does("look-up")):
        return Uncovered(("United States",))
    return None


def _of_state(profile: Profile, state: str) -> tuple[str, ...]:
    places = profile.dimension("place")
    return places.in_state(state) if places is not None else ()


def _is_topic(profile: Profile, state: str) -> bool:
    """Whether a table without a word on states stands under a heading that names this one."""
    places = profile.dimension("place")
    unsaid = places is None or not any(place.state for place in places.names.places.values())
    name = ABBREVIATIONS[state]
    return unsaid and f" {name} " in f" {' '.join(term.word for term in terms(profile.topic))} "


def _strange(places: Dimension, mention: Mention, state: str) -> bool:
    """Whether a named place lies in another state."""
    known = {s for key in mention.keys if key in places.names.places for s in [places.names.places[key].state] if s}
    return mention.column == places.column and bool(known) and not any(state in s.split("-") for s in known)


def _latest_year(profile: Profile, request: Request, found: Scope) -> None:
    if profile.year_column is None or not profile.years:
        return
    year = request.years[0] if request.years else profile.years[-1]
    found.where += (Condition(profile.year_column, "=", Decimal(year)),)
    if not request.years and len(profile.years) > 1:
        found.notes.append(f"No year is named: the figures are of {year}, the latest in the table.")


# Single rows


def _single(profile: Profile, request: Request, found: Scope, catalog: Catalog) -> Scope | Uncovered:
    """One row for each combination of names; what is not named is taken as a whole."""
    by_column: dict[int, list[str]] = {}
    for mention in request.names:
        by_column.setdefault(mention.column, []).append(mention.keys[0])
    if request.states and not _names_place(profile, request):
        return Uncovered(note="whole state")
    for keys in product(*by_column.values()):
        named = tuple(Condition(column, "=", key) for column, key in zip(by_column, keys, strict=True))
        where = _filled(profile, found, found.where + named, None, catalog)
        if (rows := catalog.scan(profile.table.id, (), found.base + where).total) != 1:
            return _not_one(profile, request, rows)
        found.subjects.append(where)
    found.notes = list(dict.fromkeys(found.notes))
    return found


def _names_place(profile: Profile, request: Request) -> bool:
    places = profile.dimension("place")
    return places is not None and any(mention.column == places.column for mention in request.names)


def _not_one(profile: Profile, request: Request, rows: int) -> Uncovered:
    if rows == 0:
        return Uncovered(note="The table has no row for these names together.")
    unnamed = [d.role for d in profile.dimensions if all(mention.column != d.column for mention in request.names)]
    return Uncovered(note=f"The table has {rows:,} such rows: name one {unnamed[0] if unnamed else 'row'}.")


def _filled(profile: Profile, found: Scope, where: Where, ranged: Dimension | None, catalog: Catalog) -> Where:
    """Further conditions until each name stands for one row: what is not named is taken as a whole."""
    taken = {condition.column for condition in where}
    open_ones = [d for d in profile.dimensions if d is not ranged and d.column not in taken and d.wholes]
    for dimension in sorted(open_ones, key=lambda d: not d.has_role(ColumnRole.OCCUPATION)):
        if _is_unique(profile, found.base + where, ranged, catalog):
            break
        for whole in sorted(dimension.wholes, key=lambda key: _is_nation(dimension, key), reverse=True):
            narrowed = (*where, Condition(dimension.column, "=", whole))
            if catalog.scan(profile.table.id, (), found.base + narrowed).total:
                found.notes.append(f"No {dimension.role} is named: the figures are for {dimension.text(whole)}.")
                where = narrowed
                break
    return where


def _is_nation(dimension: Dimension, key: str) -> bool:
    place = dimension.names.places.get(key)
    return place is not None and place.is_a("nation")


def _is_unique(profile: Profile, where: Where, ranged: Dimension | None, catalog: Catalog) -> bool:
    scan = catalog.scan(profile.table.id, (), where)
    if ranged is not None and (ranged.size == profile.table.row_count or scan.is_unique(ranged.column)):
        return True
    return scan.total <= 1


# All rows


def _many(profile: Profile, request: Request, found: Scope, catalog: Catalog) -> Scope | Uncovered:
    """All rows among the names asked for, the whole of which they are parts left out."""
    ranged = _ranged(profile, request)
    if ranged is None:
        return Uncovered(note="The table has no such rows.")
    for mention in request.names:
        if mention.column != ranged.column:
            found.where += (Condition(mention.column, "=", mention.keys[0]),)
        elif not request.does("position") and not _covers(ranged, mention):
            return Uncovered(note="The question names a row and asks among all rows.")
    if ranged.is_crowd and (request.kinds or (ranged.has_role(ColumnRole.PLACE) and request.states)):
        return Uncovered(note="The table names too many places to tell which of them are meant.")
    keys = _keys(profile, request, ranged)
    if keys is not None and not keys:
        return Uncovered(tuple(sorted(request.kinds)), note="The table has no such kind of area.", kinds=True)
    if keys is not None:
        found.where += (Condition(ranged.column, "in", keys),)
    left_out = _left_out(request, ranged, keys)
    found.whole_left_out = bool(ranged.wholes & left_out)
    if left_out:
        found.where += (Condition(ranged.column, "not in", tuple(sorted(left_out))),)
    found.ranged = ranged
    found.where = _filled(profile, found, found.where, ranged, catalog)
    if not request.does("rank", "filter", "list") and not _is_unique(
        profile, found.base + found.where, ranged, catalog
    ):
        return Uncovered(note=f"The table has several rows for one {ranged.role}.")
    return found


def _ranged(profile: Profile, request: Request) -> Dimension | None:
    """The column whose names are asked for: as the question says, else the first that it names no row of."""
    asked = profile.dimension(request.ranged) if request.ranged in (ColumnRole.PLACE, ColumnRole.OCCUPATION) else None
    if asked is not None or (request.ranged in (ColumnRole.PLACE, ColumnRole.OCCUPATION) and not request.where):
        return asked
    named = {mention.column for mention in request.names}
    columns = identifying(profile)
    free = next((d for d in columns if d.column not in named), None)
    return columns[0] if free is None and request.does("position") and columns else free


def identifying(profile: Profile) -> list[Dimension]:
    """The columns by which rows are told apart: places and occupations; in other tables labels, unless each row has a
    place of its own."""
    place, second = profile.dimension("place"), profile.dimension("occupation")
    if place is None or place.size < profile.table.row_count:
        second = second or profile.naming or profile.dimension("label")
    return [dimension for dimension in (place, second) if dimension is not None]


def _covers(ranged: Dimension, mention: Mention) -> bool:
    """Whether the name is that of a whole whose parts are asked for: the states of the United States."""
    return set(mention.keys) <= ranged.wholes and ranged.home() is None


def _keys(profile: Profile, request: Request, ranged: Dimension) -> tuple[str, ...] | None:
    """The names among which is asked; None for all."""
    keys: Iterable[str] | None = None
    if request.kinds:
        keys = _of_kinds(ranged.names.places, request.kinds)
    if ranged.has_role(ColumnRole.PLACE):
        for state in request.states:
            inside = set(_of_state(profile, state))
            keys = (
                [key for key in (keys if keys is not None else ranged.names.texts) if key in inside] if inside else keys
            )
    return None if keys is None else tuple(keys)


def _of_kinds(places: Mapping[str, Place], kinds: Collection[str]) -> list[str]:
    """The areas of these kinds; where few names say their kind and some are of these, those that say none as well: a
    town with its state may stand for the area around it."""
    found = [key for key, place in places.items() if _is_of(place, kinds)]
    unsaid = [key for key, place in places.items() if place.is_a("area", "city") and key not in found]
    return [*found, *unsaid] if found and 2 * len(unsaid) >= len(places) else found


def _is_of(place: Place, kinds: Collection[str]) -> bool:
    """Whether an area is of one of these kinds; every one within a state is local."""
    return place.kind in kinds or (SenseValue.LOCAL in kinds and not place.is_a("state", "nation"))


def _left_out(request: Request, ranged: Dimension, keys: Collection[str] | None) -> set[str]:
    """The wholes, unless they are of the kind that is asked for, and what is excepted."""
    kept = {key for mention in request.included for key in mention.keys}
    if request.kinds:
        kept |= set(keys or ())
    excluded = {key for mention in request.excluded for key in mention.keys if mention.column == ranged.column}
    return (set(ranged.wholes) - kept) | excluded


def _dimension(profile: Profile, mention: Mention) -> Dimension:
    return next(d for d in profile.dimensions if d.column == mention.column)
