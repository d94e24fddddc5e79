"""Questions that tables answer: understood to the last word by the exact grammar, or else by the likeliest reading."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from ..context import Context
from ..model import Finding, Table
from ..query.query import MAX_TERMS, Question
from .answer import finding
from .semantic_parsing.shortlist import likely_tables


def answer(question: Question, context: Context) -> Finding | None:
    """What tables answer; None where the question is not about one, so that prose may answer.

    What the grammar answers is believed. What it does not understand, a reading may answer, and what it refuses, a
    reading that leaves no word out; readings that are not sure enough are offered as choices.
    """
    exact = finding.answer(question, context)
    context.trace("tables: grammar", "silent" if exact is None else exact.status)
    if exact is not None and exact.status != "not_found":
        return exact
    if len(question.terms) >= MAX_TERMS or not (tables := likely_tables(question, context.index)):
        return exact
    read = _likeliest(question, tables, context, to_the_last_word=exact is not None)
    if exact is None or read is None or read.status != "not_found":
        return read or exact
    return exact._replace(choices=read.choices, nearest=read.nearest)


def _likeliest(
    question: Question, tables: Sequence[Table], context: Context, *, to_the_last_word: bool
) -> Finding | None:
    """By a module that is imported when the grammar has not answered, and a table may."""
    parser = import_module(".semantic_parsing.answerer", __package__)
    found: Finding | None = parser.answer(question, tables, context, to_the_last_word=to_the_last_word)
    return found
