"""The main act for tables: a question goes in, and the best table's finding comes out, or nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from importlib import import_module
from typing import TYPE_CHECKING

from ...context import Context
from ...model import Finding, Receipt, Status, Value
from ...query.query import MAX_TERMS, Question
from ...store.open import Index
from ...text.tokenizer import Term
from ..execute.many import count, extremes, filtered, listing, position, rank, reduced, share
from ..execute.single import compare, look_up
from ..execute.task import MAX_ROWS_CITED, Number, ResultSet
from ..plan.measure_selection import stand_ins
from ..plan.reading import Interpretation, named_heads, read
from ..schema.large_columns import focused
from ..schema.profile import MAX_NAMES, NAMES_READ_FIRST, Profile
from ..schema.transposed import profiles
from .answer_wording import sentence
from .conflicting_tables import contradicting, disagreement, quotes_of

if TYPE_CHECKING:
    from ..parse.correcting import Correction

OPERATIONS = {
    "look-up": look_up, "compare": compare, "list": listing, "filter": filtered, "count": count, "share": share,
    "rank": rank, "position": position, "range": extremes, "mean": reduced, "median": reduced, "sum": reduced,
}  # fmt: skip
MAX_TRIED = 8
"""Tables that are asked at most."""
MAX_OTHERS = 2
"""Further tables whose different answer is noted."""


def answer(question: Question, context: Context, among: Collection[int] | None = None) -> Finding | None:
    """What the tables answer, or those ``among`` whose numbers are given; None where the question is not one for a
    table, so that prose may answer.

    A question that plainly asks for a table's numbers, but for rows or a subject that no table covers, is not found.
    """
    if len(question.terms) >= MAX_TERMS:
        return None
    index = context.index
    for most in (NAMES_READ_FIRST, MAX_NAMES):
        asked = (p for p in profiles(index.catalog, most, among) if _is_asked(p, question))
        tables = [focused(profile, question.terms, index.catalog) for profile in asked]
        readings = _readings(tables, question, question.terms, index)
        best = _best(readings, index)
        if best is not None or not readings:
            return best
        if not any(d.is_crowd and d.size <= MAX_NAMES for table in tables for d in table.dimensions):
            break
    # What was understood pays for neither of these.
    correction: Correction | None = import_module("..parse.correcting", __package__).correct(
        question.terms, tables, index.engine, question.params.spelling
    )
    if correction is not None and correction.notes:
        corrected = _readings(tables, question, correction.words, index)
        for reading in corrected:
            reading.notes[:0] = [note for note in correction.notes if not any(note[:6] in n for n in reading.notes)]
        if (best := _best(corrected, index)) is not None:
            return best
    refused: Finding | None = import_module(".refusing", __package__).refusal(readings, question, context)
    return refused


def _is_asked(profile: Profile, question: Question) -> bool:
    return question.documents is None or profile.document.id in question.documents


def _readings(
    tables: Sequence[Profile], question: Question, words: Sequence[Term], index: Index
) -> list[Interpretation]:
    found = (read(table, question, words, index.catalog) for table in tables)
    return [reading for reading in found if reading is not None]


def _best(readings: Sequence[Interpretation], index: Index) -> Finding | None:
    """The finding of the table that takes the fewest liberties, and of these of one whose rows are what the question
    speaks of ("which towns"), the newest; a different answer is noted.

    None where several guides answer differently and the question does not say whom it is about.
    """
    done: list[tuple[Interpretation, ResultSet]] = []
    for reading in sorted((r for r in readings if r.task is not None), key=_order)[:MAX_TRIED]:
        result = OPERATIONS[reading.request.operation](reading.task) if reading.task is not None else ""
        if not isinstance(result, str):
            done.append((reading, result))
    if not done:
        return None
    first, result = done[0]
    others = [
        (other, found)
        for other, found in done[1:]
        if _order(other)[:3] == _order(first)[:3] and _values(found) != _values(result)
    ]
    if any(other.profile.document != first.profile.document for other, _ in others) and not _says_whom(first):
        return None
    if against := contradicting(done[0], others):
        return disagreement([done[0], *against], first.question, index)
    finding = _finding(first, result, index)
    notes = tuple(_other(other, found) for other, found in others[:MAX_OTHERS])
    return finding._replace(notes=(*finding.notes, *notes))


def _says_whom(reading: Interpretation) -> bool:
    request = reading.request
    return bool(request.column or request.names or request.words or request.states)


def _values(result: ResultSet) -> list[tuple[Decimal, str | None]]:
    return [(number.value, number.unit) for number in result.numbers]


def _other(reading: Interpretation, result: ResultSet) -> str:
    """What another table says to the same question."""
    document, year = reading.profile.document, max(reading.profile.years, default=0)
    figures = ", ".join(f"{number.label} {number}" for number in result.numbers[:3])
    return f"{document.title or document.path}{f' ({year})' if year else ''} has other figures: {figures}."


def _order(reading: Interpretation) -> tuple[int, int, int, int]:
    """Where it is asked among rows, whose rows they are goes before liberties with what they have."""
    scope = reading.task.scope.notes if reading.task is not None else []
    named = -len(named_heads(reading))
    among = named if reading.request.ranged is not None else 0
    return among, len(reading.notes) + len(scope), named, -max(reading.profile.years, default=0)


def _finding(reading: Interpretation, result: ResultSet, index: Index) -> Finding:
    task = reading.task
    if task is None:
        raise AssertionError("a reading without a task has no result")
    quotes = quotes_of(result.rows, index)
    place = {row.id: n for n, row in enumerate(result.rows, start=1)}
    return Finding(
        status=Status.ANSWERED,
        answer=sentence(task, result),
        quotes=quotes,
        values=tuple(_value(number, place) for number in result.numbers),
        table=_receipt(reading, result),
        notes=tuple(dict.fromkeys((*reading.notes, *stand_ins(task.wanted), *task.scope.notes, *result.notes))),
    )


def _value(number: Number, place: dict[int, int]) -> Value:
    citation = place.get(number.row.id) if number.row is not None else None
    return Value(number.value, number.unit, number.measure, number.label, number.computed, citation)


def _receipt(reading: Interpretation, result: ResultSet) -> Receipt:
    table = reading.profile.table
    return Receipt(
        operation=reading.request.operation,
        title=table.title,
        columns=tuple(column.name for column in table.columns),
        rows=tuple(tuple(cell.text for cell in row.cells) for row in result.rows[:MAX_ROWS_CITED]),
        scanned=table.row_count,
        matched=result.matched,
        skipped=result.skipped,
        formula=result.formula,
    )
