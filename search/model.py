"""The things that citeguide speaks of: documents, passages, table rows, citations, answers.

Everything here is immutable and imports nothing of ours but names (``column_kinds``): the indexer writes these, the
search reads them, the commands and the page show them. They are named tuples because a process that answers one
question pays for every class it makes, and a dataclass costs seven times as much to make. Spans are half open and count
Unicode code points in a document's text, so ``text[span[0]:span[1]]`` is the piece; lines count from 1 and include both
ends.
"""

# Annotations are no text here, as elsewhere: for each of a named tuple's Python would have to compile it first.

from decimal import Decimal
from enum import StrEnum
from typing import Literal, NamedTuple

from .column_kinds import ColumnKind, ColumnRole

Span = tuple[int, int]
Lines = tuple[int, int]

PassageKind = Literal["text", "list", "row"]
AreaKind = Literal["nation", "state", "MSA", "metropolitan division", "BOS region", "county", "city", "area"]
Bounds = tuple[Decimal | None, Decimal | None]
Mark = Literal["withheld", "top-coded", "not available"]


class Status(StrEnum):
    """What came of a question."""

    ANSWERED = "answered"
    DISAGREEMENT = "disagreement"
    NOT_FOUND = "not_found"


_SHEETS = frozenset(("csv", "xlsx", "xls", "ods"))
"""Formats of documents that are tables and nothing else."""


class Document(NamedTuple):
    """One indexed guide. ``root`` is the folder that was indexed, ``path`` is relative to it (POSIX form)."""

    id: int
    root: str
    path: str
    format: str
    title: str
    date: str | None
    """ISO date, month or year that the guide gives for itself, if any."""
    sha256: str
    """Of the file's bytes."""
    size: int
    """Bytes."""
    address: str | None = None
    """Where it lies on the web: where it was fetched from, else what the page says itself."""
    fetched: str | None = None
    """When its bytes were fetched: ``2026-11-24T18:00:00Z``."""

    @property
    def is_sheet(self) -> bool:
        """Whether it is tables and nothing else: what stands around these is captions and notes."""
        return self.format in _SHEETS


class Passage(NamedTuple):
    """A whole thought: a paragraph, a list with the sentence that introduces it, or one table row."""

    id: int
    document: int
    kind: PassageKind
    headings: tuple[str, ...]
    """The headings above it, outermost first, without the document's title unless it stands as a heading."""
    span: Span
    lines: Lines
    text: str
    """``document_text[span[0]:span[1]]``."""
    row: int | None = None
    """Id of the table row, where ``kind`` is ``row``."""

    def is_a(self, *kinds: PassageKind) -> bool:
        """Whether it is of one of these kinds."""
        return self.kind in kinds


class Place(NamedTuple):
    """What kind of area a place cell names, and its state (``CA``, ``MO-KS``), where the name says so."""

    name: str
    kind: AreaKind
    state: str | None

    def is_a(self, *kinds: AreaKind) -> bool:
        """Whether it is of one of these kinds."""
        return self.kind in kinds


class Column(NamedTuple):
    """One column of a parsed table, with what was recognised about it."""

    name: str
    role: ColumnRole
    measure: str | None = None
    """Normalised: low, median, high, mean, p10, p25, p75, p90, employment, change, count …; None if not a measure."""
    unit: str | None = None
    """USD/hour, USD/year, USD, percent, count; None where it differs by row or is unknown."""
    kind: ColumnKind = ColumnKind.TEXT
    """What its cells hold, whatever part the column plays."""
    year: int | None = None
    """The year that all its numbers are of, where its name gives one: of a school year the first."""
    note: str = ""
    """How its unit was found where no name says it."""

    @property
    def is_measure(self) -> bool:
        """Whether its cells are figures to compare and reckon with."""
        return self.role == ColumnRole.MEASURE

    def has_role(self, *roles: ColumnRole) -> bool:
        """Whether it has one of these roles."""
        return self.role in roles


class Cell(NamedTuple):
    """One cell: what stands there, and what it means."""

    text: str
    span: Span
    number: Decimal | None = None
    unit: str | None = None
    mark: Mark | None = None
    """Why there is no number: never ranked, counted as skipped."""
    bounds: Bounds | None = None
    """The ends of a range of numbers, None for an open one: "3-5 years", "over 150"."""
    date: str | None = None
    """The day, month or year that it names, in ISO form."""


class TableRow(NamedTuple):
    """One record of a table; ``cells`` stand in the order of the table's columns."""

    id: int
    table: int
    number: int
    """From 1, in the order of the source."""
    span: Span
    lines: Lines
    cells: tuple[Cell, ...]
    place: Place | None = None
    whole: bool = False
    """Whether it sums up other rows, or stands a level above them: "Total", a major group among its parts."""


class Table(NamedTuple):
    """A parsed table without its rows."""

    id: int
    document: int
    name: str
    """Short and unique in the index: what ``citeguide tables NAME`` takes."""
    title: str
    """Its caption, or the heading it stands under."""
    headings: tuple[str, ...]
    columns: tuple[Column, ...]
    row_count: int
    span: Span
    lines: Lines
    year: int | None = None
    """The period of its figures, where the source says so."""
    header: tuple[Span, ...] = ()
    """Where the column names and the caption stand."""
    label: int | None = None
    """The column that its rows go by."""


class Heading(NamedTuple):
    """A heading of a document and its place; ``level`` 1 is outermost."""

    text: str
    level: int
    span: Span
    lines: Lines


class Skipped(NamedTuple):
    """A file that was found and could not be read, by its whole path."""

    path: str
    reason: str
    remedy: str


class Doubt(NamedTuple):
    """What the reader dropped, repaired or doubts, with its place in the document's text."""

    kind: Literal["dropped", "doubt", "repaired", "skipped"]
    reason: str
    span: Span
    lines: Lines

    def is_a(self, *kinds: str) -> bool:
        """Whether it is of one of these kinds."""
        return self.kind in kinds


class Quote(NamedTuple):
    """A run of a document's text that serves as evidence: ``text`` is exactly what stands at ``span``."""

    document: int
    headings: tuple[str, ...]
    lines: Lines
    span: Span
    text: str
    chosen_by: str | None = None
    """The language model that chose it, where one did."""


class Piece(NamedTuple):
    """A run of words as a reader sees it; ``link`` is where it leads, for a part that is a link."""

    text: str
    link: str | None = None


class DrawnText(NamedTuple):
    """Words of a quote without their marks."""

    pieces: tuple[Piece, ...]


class DrawnRows(NamedTuple):
    """Rows of a table, or those cells of them that are quoted, under the names of their columns."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Citation(NamedTuple):
    """A quote and its exact place: ``text[span[0]:span[1]] == quote`` in the document's text."""

    id: str
    n: int
    document: str
    path: str
    section: tuple[str, ...]
    page: int | None
    """The page that the quote begins on, from 1, where the source has pages."""
    lines: Lines
    span: Span
    quote: str
    sha256: str
    address: str | None = None
    fetched: str | None = None
    """As the document has them."""
    drawn: tuple[DrawnText | DrawnRows, ...] = ()
    """The quote as a reader sees it; empty where it is seen as it stands."""
    chosen_by: str | None = None
    """The language model that chose it, where one did."""
    printed: str | None = None
    """What is printed on the page as its number, where that is not ``page``."""
    scanned: bool = False
    """Whether any of it was read from a picture of text, by OCR."""


class Value(NamedTuple):
    """One number or cell of an answer. ``computed`` is true for a number that no source states."""

    value: Decimal | str
    """A number, or what stands in a cell of words."""
    unit: str | None
    measure: str | None
    label: str
    computed: bool
    citation: int | None
    period: str | None = None
    """The year, month or range of years that it holds for, where the table says so."""


class Receipt(NamedTuple):
    """What a complete scan did: ``scanned`` = ``matched`` + not matched + ``skipped``."""

    operation: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    scanned: int
    matched: int
    skipped: int
    formula: str | None


class Side(NamedTuple):
    """One stance in a disagreement, with the numbers of the citations that take it."""

    stance: str
    citations: tuple[int, ...]


class Disagreement(NamedTuple):
    """What sources contradict each other on."""

    topic: str
    sides: tuple[Side, ...]


class Choice(NamedTuple):
    """One of several readings of a question that are close, with what it gives; the asker is asked back."""

    reading: str
    """In words: what is computed over which rows, or which table, row, place or programme is meant."""
    value: Decimal | str | None
    citation: int | None
    unit: str | None = None
    """The unit of a value that is a number."""


class Stage(NamedTuple):
    """What one stage of the pipeline did with a question, for ``--explain``."""

    name: str
    says: str
    signals: tuple[tuple[str, float], ...] = ()
    """Each signal's share in what the stage decided."""


class Finding(NamedTuple):
    """What one answerer found; ``ask`` makes the Answer of it.

    Citation numbers in ``values``, ``disagreements`` and ``choices`` are positions from 1 in ``quotes``, and go on into
    ``nearest``.
    """

    status: Status
    answer: str | None = None
    quotes: tuple[Quote, ...] = ()
    values: tuple[Value, ...] = ()
    table: Receipt | None = None
    disagreements: tuple[Disagreement, ...] = ()
    missing: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    confidence: float | None = None
    """The probability that the answer is right, or that refusing is; None where the answerer has none of its own."""
    nearest: tuple[Quote, ...] = ()
    """Where nothing answers: what comes closest, best first."""
    choices: tuple[Choice, ...] = ()
    reading: str | None = None
    """In words: what was computed over which rows of which table; None for prose."""


class Asked(NamedTuple):
    """What was asked beside the question."""

    documents: tuple[str, ...] = ()
    """Globs over the guides' paths; none: all guides."""
    limit: int = 3
    """Passages that an answer in prose may cite."""
    chooser: str | None = None
    """The model that was to choose among sentences."""


class SavedSeal(NamedTuple):
    """The seal that a saved answer bears, and the hash of what it says now."""

    borne: str
    said: str


class Answer(NamedTuple):
    """What ``ask`` gives back; the contract's JSON object is made from it field by field."""

    question: str
    status: Status
    answer: str | None
    values: tuple[Value, ...] = ()
    table: Receipt | None = None
    disagreements: tuple[Disagreement, ...] = ()
    citations: tuple[Citation, ...] = ()
    missing: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    generation: int = 0
    engine: str = ""
    took_ms: float = 0.0
    confidence: float | None = None
    nearest: tuple[Citation, ...] = ()
    """Numbered on from the last of ``citations``; never part of the answer."""
    choices: tuple[Choice, ...] = ()
    reading: str | None = None
    asked: Asked = Asked()
    explain: tuple[Stage, ...] | None = None
    """Stage by stage what spoke and what stayed silent; only where it was asked for."""
    seal: SavedSeal | None = None
    """Of an answer that was saved."""
