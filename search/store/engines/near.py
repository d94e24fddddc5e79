"""The stems of an index that a misspelled one may stand for, of any engine whose stems lie on this machine."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from weakref import WeakKeyDictionary

from ...text.edit_distance import distance, letters, may_be_near
from .base import Engine, NearStems, Slip, Wish

_Vocabulary = dict[str, list[tuple[str, int]]]
_VOCABULARIES: WeakKeyDictionary[Engine, _Vocabulary] = WeakKeyDictionary()


def near(engine: Engine, slips: Sequence[Slip], most: int, besides: Collection[str]) -> NearStems:
    """For each slip the stems of prose that are near, with passages; and in how many stand those besides."""
    stems = [tuple(_near(engine, slip)) for slip in slips]
    every = [stem for group in stems for stem in group]
    return NearStems(stems, engine.retrieve([Wish({stem: 1.0}, most) for stem in every], {*every, *besides}))


def _near(engine: Engine, slip: Slip) -> Iterator[str]:
    own = letters(slip.stem)
    for other, others in _beginning(engine, slip.stem[0]):
        if may_be_near(own, others, slip.edits) and distance(slip.stem, other, slip.edits) <= slip.edits:
            yield other


def _beginning(engine: Engine, first: str) -> list[tuple[str, int]]:
    """The stems that begin with a letter, each with the set of its letters; read once per engine."""
    known = _VOCABULARIES.setdefault(engine, {})
    if first not in known:
        known[first] = [(s, letters(s)) for s in engine.stems(start=first) if len(s) > 2 and s.isalpha()]
    return known[first]
