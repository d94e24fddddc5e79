"""Which columns a question may mean as well as the one that a reading shows: the prices of one thing for two groups.

"What do seniors pay" names a row and asks for money; that the table has a column for residents and one for others, it
does not say. Then the row is what is asked for, and is shown with the heads of all that fit; a word that is left out
might say which.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...params import PARAMS
from ...text.units import sort_of
from . import algebra as a
from .linking.link import How
from .scoring import Outcome, Reading

MAX_PEERS = PARAMS.reading_model.peers
PEER_ROWS = PARAMS.reading_model.peer_rows


def peers(reading: Reading) -> tuple[int, ...]:
    """The columns that fit the question of a look-up as the one that it shows does, with it; none for others."""
    value, beam = reading.candidate.value, reading.beam
    if not isinstance(value, a.Select) or not isinstance(value.rows, a.Filter) or not reading.candidate.chosen.links:
        return ()
    shown, mentioned = beam.view.columns[value.column], beam.heads[value.column].all_words
    links = reading.candidate.chosen.links
    if reading.left_out or not shown.is_measure or len(reading.computed.rows) > PEER_ROWS:
        return ()
    if any(link.how == How.COMPARED for link in links):
        return ()
    used = {link.column for link in links}
    alike = [
        column.place
        for column in beam.view.visible
        if column.place not in used
        and column.is_measure
        and beam.heads[column.place].all_words == mentioned
        and column.sort == shown.sort
        and sort_of(column.unit) == sort_of(shown.unit)
    ]
    return tuple(alike) if value.column in alike and 1 < len(alike) <= MAX_PEERS else ()


def together(found: Sequence[Outcome]) -> list[Outcome]:
    """The results, those that show one row by columns that fit alike as one, the likeliest of them first."""
    kept: list[Outcome] = []
    shown: dict[tuple[int, a.Rows, tuple[int, ...]], int] = {}
    for outcome in found:
        value, fitting = outcome.best.candidate.value, peers(outcome.best)
        if not fitting or not isinstance(value, a.Select):
            kept.append(outcome)
            continue
        at = shown.setdefault((id(outcome.best.beam.view), value.rows, fitting), len(kept))
        if at == len(kept):
            kept.append(outcome)
        else:
            first = kept[at]
            kept[at] = Outcome(first.readings + outcome.readings, first.probability + outcome.probability)
    return sorted(kept, key=lambda outcome: -outcome.probability)
