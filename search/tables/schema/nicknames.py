"""Names that people use for places, as data: nicknames, and large cities whose names are no misspellings."""

from __future__ import annotations

from ...lang.lexicon import lexicon, parted

_PLACES = lexicon("places")
NICKNAMES: dict[str, str] = _PLACES.meanings("nicknames")
"""Folded nickname of a city or region to the folded name, or part of a name, that it means."""

STATE_NICKNAMES: dict[str, str] = _PLACES.meanings("state nicknames")
"""The same for states."""

DEMONYMS = _PLACES.meanings("demonyms")
"""What is called after a state, folded, to the state's postal abbreviation."""

SEVERAL = {name: tuple(parted(places)) for name, places in _PLACES.pairs("several")}
"""Folded names that mean several places: none of them is chosen, all are offered."""

CITIES = _PLACES.words("cities")
"""Words of the names of large cities and towns, folded: however near to another, they are spelled as they are meant."""
