"""Readings of several tables, held against each other; and ranges whose ends stand in two columns."""

from __future__ import annotations

from pathlib import Path

import pytest
from citeguide.search.context import Context
from citeguide.search.model import Finding, Quote, Status
from citeguide.search.query.query import understand
from citeguide.search.retrieval.reranker import ranking
from citeguide.search.tables import answerer
from citeguide.search.tables.answer import finding
from citeguide.search.tables.semantic_parsing.beam import Beam
from citeguide.search.tables.semantic_parsing.families.generator import candidates
from citeguide.search.tables.semantic_parsing.scoring import Outcome, outcomes, score
from citeguide.search.tables.semantic_parsing.table_view import TableView
from citeguide.search.tables.semantic_parsing.weights import fitted_weight
from citeguide.search.tables.semantic_parsing.wording import wording
from indexed import opened
from views import view

FERRIES = "Boat|Seats|Crew\nAlder|120|8\nBirch|75|5\nCedar|240|14\nDamson|60|4"
COACHES = "Coach|Seats|Doors\nSwift|20|1\nRover|48|2\nComet|52|2\nPacer|35|1"
REGISTER = "Boat|Seats|Owner\nAlder|120|Hay\nCedar|240|Muir\nElder|180|Hay\nFir|30|Rae"
CLASSES = "Class|Age from|Age to|Fee\nTadpoles|4|6|30\nFrogs|7|9|35\nOtters|10|13|42\nSeals|14|17|50"
GRADES = "Grade|Points min|Points max|Days\nA|0|49|2\nB|50|99|4\nC|100|199|7\nD|200|400|9"


def found(question: str, *tables: TableView) -> list[Outcome]:
    return outcomes([score(Beam(wording(question), table), fitted_weight) for table in tables])


def test_a_table_that_has_only_part_of_what_is_asked_does_not_compete() -> None:
    """Coaches have seats, too; that none is called Cedar leaves more of the question out."""
    question = "How many seats does the Cedar have?"
    alone, among = found(question, view(FERRIES)), found(question, view(FERRIES), view(COACHES))
    assert alone[0].best.computed.items == (240.0,)
    assert [outcome.best.computed.items for outcome in among] == [outcome.best.computed.items for outcome in alone]
    assert among[0].probability == pytest.approx(alone[0].probability, abs=0.02)


def test_a_table_that_has_as_much_competes() -> None:
    """ "Seats" alone may be those of either."""
    among = found("What is the highest number of seats?", view(FERRIES), view(COACHES))
    assert len({id(outcome.best.beam) for outcome in among}) == 2


def test_a_fact_that_two_tables_tell_is_one_result() -> None:
    question = "How many seats does the Cedar have?"
    alone, both = found(question, view(FERRIES)), found(question, view(FERRIES), view(REGISTER))
    assert both[0].best.computed.items == (240.0,)
    assert len({id(reading.beam) for reading in both[0].readings}) == 2
    assert both[0].probability > 0.8 * alone[0].probability


def test_what_is_counted_in_two_tables_is_two_results() -> None:
    """That both have four rows tells nothing of what was asked."""
    both = found("How many are there?", view(FERRIES), view(COACHES))
    fours = [outcome for outcome in both if outcome.best.computed.items == (4.0,)]
    assert len(fours) == 2


@pytest.mark.parametrize(
    ("table", "question", "expected"),
    [
        (CLASSES, "class for my 8 year old", "frogs"),
        (CLASSES, "fee at age 11", 42.0),
        (GRADES, "How many days are there for 120 points?", 7.0),
    ],
)
def test_two_columns_may_hold_the_ends_of_ranges(table: str, question: str, expected: str | float) -> None:
    beam = Beam(wording(question), view(table))
    held = [c for c in candidates(beam) if any(link.conditions[0].compares("within") for link in c.chosen.links)]
    assert (expected,) in [computed.items for c in held if (computed := beam.run.run(c.value)) is not None]


def test_columns_that_are_no_ends_hold_no_ranges() -> None:
    crossed = "Class|Age from|Age to|Fee\nA|9|4|3\nB|3|5|4"
    assert not any(column.ranges for column in view(FERRIES).columns + view(crossed).columns)


NOTHING = Finding(Status.ANSWERED, answer="0 rows.")
SOMETHING = NOTHING._replace(quotes=(Quote(1, (), (1, 1), (0, 4), "Boat"),))
REFUSED = Finding(Status.NOT_FOUND)


@pytest.mark.parametrize(
    ("exact", "question", "reads"),
    [
        (NOTHING, "How many seats does the Cedar have?", True),
        (SOMETHING, "How many seats does the Cedar have?", False),
        (REFUSED, "How many seats does the Cedar have?", True),
        (REFUSED, "How many seats does the Cedar have in Ohio?", False),
        (NOTHING, "How many seats does the Elm have?", False),
    ],
)
def test_a_nearly_certain_reading_answers_where_the_grammar_has_nothing(
    exact: Finding, question: str, reads: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But not where it found a row, nor where a name is left out that it may have refused for."""
    monkeypatch.setattr(finding, "answer", lambda *_: exact)
    with opened(tmp_path, {"boats.csv": FERRIES.replace("|", ",")}) as index:
        found = answerer.answer(understand(question), Context(index, ranking))
    assert found is not None
    assert ("240" in (found.answer or "")) == reads
    assert reads or found.answer == exact.answer
