"""What kind of area a place's name means, and which state it lies in, as far as the name says so."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import get_args

from ...search.lang.lexicon import lexicon
from ...search.lang.states import ABBREVIATIONS, NATION, STATES
from ...search.model import AreaKind, Place
from ...search.text.tokenizer import key

_AREAS: dict[str, AreaKind] = {kind: kind for kind in get_args(AreaKind)}


def _kinds(section: str) -> tuple[tuple[AreaKind, re.Pattern[str]], ...]:
    return tuple((_AREAS[kind], re.compile(said, re.I)) for kind, said in lexicon("places").pairs(section))


KINDS_OF_AREAS = _kinds("kinds of areas")
"""Words in a place's name that say what it is, the most telling first."""
HEADER_KINDS = _kinds("kinds of areas in headers")
"""Words in a column's header that say what its places are, where their names do not."""

_STATES = re.compile(r",\s*([A-Z]{2}(?:-[A-Z]{2}){0,5})\b")
"""The states after a name's comma: ", CA", ", MO-KS"."""


@lru_cache(maxsize=16_384)
def place(name: str, header: str = "") -> Place:
    """What a cell in a column of places means; the column's ``header`` may say of what kind its places are."""
    folded = key(name)
    if folded in NATION:
        return Place(name, "nation", None)
    if (state := STATES.get(folded) or (name if name in ABBREVIATIONS else None)) is not None:
        return Place(name, "state", state)
    match = _STATES.search(name)
    states = match[1] if match and all(part in ABBREVIATIONS for part in match[1].split("-")) else _full_state(name)
    return Place(name, _kind(name, header, states), states)


def is_place(name: str) -> bool:
    """Whether a name says by itself that it is a place: a nation, a state, or one with its state or kind."""
    found = place(name)
    return found.is_a("nation", "state", "MSA", "metropolitan division", "BOS region", "county") or bool(found.state)


def _kind(name: str, header: str, states: str | None) -> AreaKind:
    for text, kinds in ((name, KINDS_OF_AREAS), (header, HEADER_KINDS)):
        for kind, pattern in kinds:
            if pattern.search(text):
                return kind
    if states is None or "-" in name.partition(",")[0]:
        return "area"
    return "MSA" if "-" in states else "city"


def _full_state(name: str) -> str | None:
    """The state written out after the last comma: "Fresno, California"."""
    _, comma, after = name.rpartition(",")
    return STATES.get(key(after)) if comma else None
