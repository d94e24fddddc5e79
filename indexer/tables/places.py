"""What kind of area a place's name means, and which state it lies in, as far as the name says so."""

from __future__ import annotations

import re
from functools import lru_cache

from ...search.lang.states import ABBREVIATIONS, NATION, STATES
from ...search.model import AreaKind, Place
from ...search.text.tokenizer import key

KINDS: tuple[tuple[AreaKind, re.Pattern[str]], ...] = (
    ("metropolitan division", re.compile(r"\bmetropolitan division\b|\bmetro(?:politan)? div\b", re.I)),
    ("BOS region", re.compile(r"\bBOS\b|\bbalance of state\b|\bnon-?metropolitan\b|\bnon-?metro\b", re.I)),
    ("MSA", re.compile(r"\bMSA\b|\bNECTA\b|\bCBSA\b|\bmetropolitan (?:statistical )?area\b|\bmetro(?: area)?\b", re.I)),
    ("county", re.compile(r"\b(?:county|parish|borough|census area)\b", re.I)),
    ("city", re.compile(r"\bcity of\b|\b(?:city|town|village)$", re.I)),
)
"""Words in a place's name that say what it is, the most telling first."""

HEADER_KINDS: tuple[tuple[AreaKind, re.Pattern[str]], ...] = (
    ("MSA", re.compile(r"metro|\bmsa\b", re.I)),
    ("county", re.compile(r"\bcount(?:y|ies)\b", re.I)),
    ("city", re.compile(r"\bcit(?:y|ies)\b|\btowns?\b", re.I)),
)
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
    return found.kind in ("nation", "state", "MSA", "metropolitan division", "BOS region", "county") or bool(
        found.state
    )


def _kind(name: str, header: str, states: str | None) -> AreaKind:
    for text, kinds in ((name, KINDS), (header, HEADER_KINDS)):
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
