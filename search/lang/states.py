"""The states of the US with their postal abbreviations, the District of Columbia and the territories among them."""

from __future__ import annotations

from .lexicon import lexicon

STATES: dict[str, str] = dict(lexicon("us_states").pairs("states"))
"""Folded name to postal abbreviation."""

ABBREVIATIONS: dict[str, str] = {abbreviation: name for name, abbreviation in STATES.items()}
"""Postal abbreviation to folded name."""

NATION = frozenset(lexicon("us_states").lines("nation"))
"""Folded names of the nation in a column of places."""
