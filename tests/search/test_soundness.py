"""Readings that no question can mean, however likely they are."""

from __future__ import annotations

import pytest
from citeguide.search.tables.semantic_parsing.beam import Beam
from citeguide.search.tables.semantic_parsing.scoring import Reading, score
from citeguide.search.tables.semantic_parsing.soundness import makes_sense
from citeguide.search.tables.semantic_parsing.weights import fitted_weight
from citeguide.search.tables.semantic_parsing.wording import wording
from views import view

TRADES = """\
Trade|Median wage|Openings|Jobs per 1,000
Baker|31000|420|2.1
Carpenter|48000|910|4.4
Glazier|47000|60|0.3
Welder|45000|430|2.7"""


def readings(question: str, operation: str) -> list[Reading]:
    """Those with an operation, the likeliest first."""
    table = view(TRADES)
    table.columns[3].unit = "per 1,000"
    read = score(Beam(wording(question), table), fitted_weight).readings
    return sorted((r for r in read if r.candidate.operation == operation), key=lambda r: -r.score)


@pytest.mark.parametrize(
    ("question", "operation", "sound"),
    [
        ("total of all median wages", "sum", False),
        ("total of all openings", "sum", True),
        ("openings of bakers and welders", "which max", False),
        ("do bakers or welders have more openings?", "which max", True),
        ("openings: bakers vs welders", "which max", True),
        ("trades by number of openings", "count", False),
        ("number of trades with openings above 100", "count", True),
        ("why do bakers have openings?", "select", False),
        ("what openings do bakers have?", "select", True),
        ("baker jobs", "select", False),
        ("baker jobs per 1,000", "select", True),
    ],
)
def test_a_reading_is_given_only_if_it_can_be_meant(question: str, operation: str, sound: bool) -> None:
    """Medians have no sum, two names ask no comparison, an order asks no count, "why" no number, jobs no rate."""
    assert makes_sense(readings(question, operation)[0]) == sound


@pytest.mark.parametrize(
    ("question", "asks"),
    [("what does a median mean?", False), ("what is the mean?", True), ("what do bakers get as a mean wage?", True)],
)
def test_a_verb_at_the_end_asks_for_no_operation(question: str, asks: bool) -> None:
    assert ("mean" in wording(question).triggers) == asks
