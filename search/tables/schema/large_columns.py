"""Columns of more names than are held: those that a question may mention are looked up for it in the catalog.

A name is found by the words that it begins with: "Springfield", "Springfield, IL" and "Springfield-Holyoke" for
"Springfield". Its other parts and its nicknames are not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...column_kinds import ColumnRole
from ...lang.states import STATES
from ...model import Place
from ...params import PARAMS
from ...store.catalog import Catalog
from ...text.tokenizer import STOP_WORDS, Term
from ..parse.vocabulary import phrases
from .profile import Dimension, Profile, names_of

LONGEST_LOOKUP = 8
"""Words of a question that are looked up together at most."""
BEGUN_ALIKE = PARAMS.tables.begun_alike


Held = Mapping[str, tuple[str, Place | None]]


def focused(profile: Profile, words: Sequence[Term], catalog: Catalog) -> Profile:
    """The profile with the names of its crowded columns that these words may mention."""
    if not any(dimension.is_crowd for dimension in profile.dimensions):
        return profile
    runs = list(_runs(words))
    dimensions = [
        d._replace(names=names_of(d.column, d.role, _found(d, runs, profile.table.id, catalog))) if d.is_crowd else d
        for d in profile.dimensions
    ]
    return profile._replace(dimensions=tuple(dimensions))


def _runs(words: Sequence[Term]) -> Iterator[str]:
    """Neighbouring words that may begin a name."""
    known = phrases()
    for at in range(len(words)):
        for size in range(1, min(LONGEST_LOOKUP, len(words) - at) + 1):
            run = tuple(word.word for word in words[at : at + size])
            if run[0] not in STOP_WORDS and run not in known:
                yield " ".join(run)
                yield from _abbreviated(run)


def _abbreviated(run: Sequence[str]) -> Iterator[str]:
    """A place with its state written out, as most names have it: "springfield il" for "springfield illinois"."""
    for size in range(1, min(4, len(run))):
        if (state := STATES.get(" ".join(run[-size:]))) is not None:
            yield " ".join((*run[:-size], state.lower()))


def _found(dimension: Dimension, runs: Sequence[str], table: int, catalog: Catalog) -> Held:
    """The names that begin with a run of words, the last of which may lack its plural's end where it is no place's."""
    found: set[str] = set(dimension.wholes)
    for run in runs:
        begin = run if dimension.has_role(ColumnRole.PLACE) else run.removesuffix("s")
        end = f"{run}!" if dimension.has_role(ColumnRole.PLACE) else f"{begin}\U0010ffff"
        found.update(catalog.keys_between(table, dimension.column, begin, end, BEGUN_ALIKE))
    return catalog.names_among(table, dimension.column, found)
