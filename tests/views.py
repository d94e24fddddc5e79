"""Small tables for readings, written as text."""

from __future__ import annotations

from citeguide.search.tables.semantic_parsing.column_view import ColumnView, held_words
from citeguide.search.tables.semantic_parsing.table_view import TableView
from citeguide.search.text.tokenizer import key


def view(text: str, topic: str = "") -> TableView:
    """A table of cells between bars."""
    head, *rows = (line.split("|") for line in text.splitlines())
    columns = []
    for place, name in enumerate(head):
        held, numbers = held_words([key(row[place]) for row in rows], [None] * len(rows))
        columns.append(ColumnView(place, name, len(rows), held, lambda numbers=numbers: numbers))  # type: ignore[misc]
    return TableView(columns, len(rows), topic)
