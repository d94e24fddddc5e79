"""Questions that tables answer: understood to the last word by the exact grammar, or else by the likeliest reading."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from ..context import Context
from ..model import Finding, Status, Table
from ..query.query import MAX_TERMS, Question
from ..store.open import Index
from .answer import finding
from .schema.outline import outlines


def answer(question: Question, context: Context) -> Finding | None:
    """What tables answer; None where the question is not about one, so that prose may answer.

    What the grammar answers is believed. What it does not understand, a reading may answer; what it refuses, a reading
    that leaves no word out or is nearly certain; and where it finds nothing ("0 rows"), one that is nearly certain.
    Readings that are not sure enough are offered as choices.
    """
    index, params = context.index, question.params.tables
    likely: Sequence[Table] | None = None
    index.engine.foresee(lambda: _shortlist().row_wishes(question, index))
    if len(outlines(index.catalog)) > params.few:
        likely = _shortlist().likely_tables(question, index, params.several)
    among = None if likely is None else {table.id for table in likely} | _too_long(index)
    silent = question.params.pipeline.silent
    exact = None if "tables: grammar" in silent else finding.answer(question, context, among)
    context.trace("tables: grammar", "silent" if exact is None else exact.status)
    if exact is not None and exact.status != Status.NOT_FOUND and not _found_nothing(exact):
        return exact
    tables = _shortlist().likely_tables(question, index, params.likely) if likely is None else likely[: params.likely]
    if len(question.terms) >= MAX_TERMS or not tables or "tables: readings" in silent:
        return exact
    read = _likeliest(question, tables, context, to_the_last_word=exact is not None)
    if exact is None or read is None:
        return read or exact
    if exact.status != Status.NOT_FOUND:
        return read if (read.confidence or 0.0) >= question.params.readings.nearly_certain else exact
    return read if read.status != Status.NOT_FOUND else exact._replace(choices=read.choices, nearest=read.nearest)


def _found_nothing(exact: Finding) -> bool:
    """Whether an answer is that no row fits."""
    return exact.status == Status.ANSWERED and not exact.quotes and not any(value.value for value in exact.values)


def _likeliest(
    question: Question, tables: Sequence[Table], context: Context, *, to_the_last_word: bool
) -> Finding | None:
    """By a module that is imported when the grammar has not answered, and a table may."""
    parser = import_module(".semantic_parsing.answerer", __package__)
    found: Finding | None = parser.answer(question, tables, context, to_the_last_word=to_the_last_word)
    return found


def _too_long(index: Index) -> set[int]:
    """Tables that are too long to be read by likelihood: the grammar alone answers from them."""
    return {number for number, table in outlines(index.catalog).items() if table.rows > _shortlist().MAX_ROWS_READ}


def _shortlist() -> Any:
    """The module that finds likely tables, imported when the grammar is not asked for all or has not answered."""
    return import_module(".semantic_parsing.shortlist", __package__)
