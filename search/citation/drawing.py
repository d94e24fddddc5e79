"""A quote as a reader sees it: rows of a table under their heads, words without the marks of their file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from ..model import Answer, Citation, Document, DrawnRows, DrawnText, Piece, Quote, Span, Table, TableRow
from ..text.markup import MARKED, pieces, unmarked

ITEM_MARK = re.compile(r"\s*(?:[•*–-]|\d{1,3}[.)])\s+(?=\S)")
"""What an item of a list begins with."""


class TableRows(Protocol):
    """Where the rows of tables that a quote holds are found: the catalog, or a guide that was read anew."""

    def rows_within(self, document: int, span: Span) -> list[TableRow]:
        """The rows that a span of the document's text touches, in order of place."""

    def table_numbered(self, number: int) -> Table:
        """The table that a row names."""


def draw(quote: Quote, document: Document, catalog: TableRows) -> tuple[DrawnText | DrawnRows, ...]:
    """What a quote shows, in its order. Nothing where it is seen as it stands, as in prose without marks."""
    rows = catalog.rows_within(document.id, quote.span)
    if not rows:
        drawn = _words(quote.text, document)
        return () if drawn == (Piece(quote.text),) or not drawn else (DrawnText(drawn),)
    made: list[DrawnText | DrawnRows] = []
    at = quote.span[0]
    for table, run in _runs(rows, catalog):
        made += _between(quote, (at, run[0].span[0]), table, document)
        made.append(_rows(table, run, quote.span))
        at = run[-1].span[1]
    return (*made, *_between(quote, (at, quote.span[1]), table, document))


def words(drawn: Sequence[DrawnText | DrawnRows], *, addresses: bool = True) -> str:
    """A drawing on lines of text: a row as ``Head: cell; Head: cell``, a link with or without its address behind it."""
    return "\n".join(line for part in drawn for line in _lines(part, addresses=addresses))


def undrawn(answer: Answer) -> Answer:
    """The answer with its quotes as they stand."""
    citations, nearest = (
        tuple(citation._replace(drawn=()) for citation in cited) for cited in (answer.citations, answer.nearest)
    )
    return answer._replace(citations=citations, nearest=nearest)


def said(answer: str, quotes: Sequence[Quote], citations: Sequence[Citation]) -> str:
    """An answer's sentence or list as a reader sees it, from the drawings of the quotes that it is made of."""
    for quote, citation in zip(quotes, citations, strict=True):
        if quote.text.split() == answer.split():
            text = words(citation.drawn, addresses=False) if citation.drawn else quote.text
            lines = [line.strip() for line in text.split("\n") if line.strip()]
            return ("\n" if any(map(ITEM_MARK.match, lines[1:])) else " ").join(lines)
    if not any(citation.drawn for citation in citations):
        return answer
    return "\n".join(map(unmarked, answer.split("\n")))


def _lines(part: DrawnText | DrawnRows, *, addresses: bool) -> Iterator[str]:
    if isinstance(part, DrawnText):
        yield "".join(f"{p.text} ({p.link})" if addresses and leads_on(p) else p.text for p in part.pieces)
        return
    for row in part.rows:
        cells = zip(part.heads, row, strict=True)
        yield "; ".join(f"{head}: {cell}" if head else cell for head, cell in cells if cell)


def drawn_beside(text: str, document: Document) -> str:
    """Words before or behind a quote, without marks and with the blanks at their ends."""
    if document.format not in MARKED or not text.strip():
        return text
    return text[: len(text) - len(text.lstrip())] + unmarked(text) + text[len(text.rstrip()) :]


def leads_on(piece: Piece) -> bool:
    """Whether a piece is a link whose words do not say where it leads."""
    return piece.link is not None and piece.link.removeprefix("mailto:") != piece.text


def _runs(rows: Sequence[TableRow], catalog: TableRows) -> Iterator[tuple[Table, list[TableRow]]]:
    """Rows of one table that stand together, with their table."""
    run: list[TableRow] = []
    for row in rows:
        if run and run[0].table != row.table:
            yield catalog.table_numbered(run[0].table), run
            run = []
        run.append(row)
    yield catalog.table_numbered(run[0].table), run


def _rows(table: Table, run: Sequence[TableRow], span: Span) -> DrawnRows:
    """The rows with all columns that hold something; of a single row that is quoted in part, that part and its name."""
    shown = {n for row in run for n, cell in enumerate(row.cells) if _flat(cell.text)}
    if len(run) == 1:
        spans = {n: run[0].cells[n].span for n in shown - {table.label}}
        shown -= {n for n, cell in spans.items() if _meet(cell, run[0].span) and not _meet(cell, span)}
    kept = sorted(shown)
    heads = tuple(_flat(table.columns[n].name) for n in kept)
    return DrawnRows(heads, tuple(tuple(_flat(row.cells[n].text) for n in kept) for row in run))


def _between(quote: Quote, gap: Span, table: Table, document: Document) -> Iterator[DrawnText]:
    """Words of a quote beside its rows; the names of columns are none, for they stand over the rows."""
    start, end = quote.span
    places = range(max(gap[0], start), min(gap[1], end))
    text = "".join(" " if any(a <= at < b for a, b in table.header) else quote.text[at - start] for at in places)
    drawn = _words(text, document)
    if any(map(str.isalnum, "".join(piece.text for piece in drawn))):
        yield DrawnText(drawn)


def _words(text: str, document: Document) -> tuple[Piece, ...]:
    if document.format not in MARKED:
        return (Piece(text),)
    return pieces(text, flows=document.format == "markdown")


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _flat(text: str) -> str:
    return " ".join(text.split())
