"""What changed in the guides, as ``citeguide index`` says it: a few lines for people, everything for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from ...search.cli.writing import counted
from ...search.output.answer_json import Json
from ...search.output.terminal import clean
from ..diff.changes import GuideChanges, State, ValueChange

GUIDES_SHOWN = 10
VALUES_SHOWN = 3
"""So many guides, and changed values of each, are shown to people."""
CHANGE_WORDS: dict[State, str] = {"changed": "changed", "added": "new", "removed": "gone"}


def change_lines(editions: Sequence[GuideChanges]) -> Iterator[str]:
    """``wages.txt: Fresno, CA MSA, Median $16.69 → $17.10; 2 passages changed, 1 new``."""
    for edition in editions[:GUIDES_SHOWN]:
        name = PurePath(edition.file).name
        yield clean(f"{name}: {'; '.join(_parts(edition)) or 'reads the same'}").replace("\n", " ")
    if len(editions) > GUIDES_SHOWN:
        yield f"and {counted(len(editions) - GUIDES_SHOWN, 'more guide')}; --json tells all of it"


def editions_to_json(editions: Sequence[GuideChanges]) -> list[Json]:
    """Every change, with the fields that the tuples have."""
    return [
        edition._asdict()
        | {
            "values": [change._asdict() for change in edition.values],
            "rows": [change._asdict() for change in edition.rows],
            "passages": [change._asdict() for change in edition.passages],
        }
        for edition in editions
    ]


def _parts(edition: GuideChanges) -> Iterator[str]:
    if not edition.is_compared:
        yield "too large to be compared"
    if edition.values:
        shown = ", ".join(map(_value, edition.values[:VALUES_SHOWN]))
        more = len(edition.values) - VALUES_SHOWN
        yield f"{shown} and {counted(more, 'more value')}" if more > 0 else shown
    for what, changes in (("row", edition.rows), ("passage", edition.passages)):
        states = Counter(change.state for change in changes)
        found = [(states[state], word) for state, word in CHANGE_WORDS.items() if states[state]]
        if found:
            (number, word), *others = found
            yield ", ".join([f"{counted(number, what)} {word}", *(f"{n:,} {word}" for n, word in others)])


def _value(change: ValueChange) -> str:
    return " ".join(f"{change.row}, {change.column} {change.before or '–'} → {change.after or '–'}".split())
