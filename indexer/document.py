"""What reading a guide gives: first blocks with spans, then passages, tables and doubts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from ..search.column_kinds import ColumnRole
from ..search.model import Cell, Column, Doubt, Lines, PassageKind, Place, Span

BlockKind = Literal["heading", "paragraph", "item", "table", "dropped"]
Pages = tuple[tuple[int, int], ...]
"""Where pages begin: ``(start, page)``, in order of place; from ``start`` on the text stands on that page, from 1."""

PrintedNumbers = tuple[tuple[int, str], ...]
"""Pages by their numbers, in order, each with what is printed on it, where that is not its number in the file."""


@dataclass(frozen=True, slots=True)
class CellText:
    """A table cell as it stands in the document's text."""

    text: str
    span: Span
    strong: bool = False
    """Whether it is set apart from its neighbours: bold, or a header cell."""


@dataclass(frozen=True, slots=True)
class TableGrid:
    """A table as read: header and records, cells aligned to columns (a short record is padded with empty cells)."""

    header: tuple[CellText, ...]
    records: tuple[tuple[CellText, ...], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a document's text, in order, never overlapping.

    ``level`` is the heading's rank (1 outermost) or the item's depth (1 outermost); ``reason`` says why a piece was
    dropped; ``grid`` is set where ``kind`` is ``table``.
    """

    kind: BlockKind
    span: Span
    level: int = 0
    reason: str = ""
    grid: TableGrid | None = None
    title: str = ""
    """A heading's plain text, without its markup; empty where it is what stands at ``span``."""

    def is_a(self, *kinds: BlockKind) -> bool:
        """Whether it is of one of these kinds."""
        return self.kind in kinds


@dataclass(frozen=True, slots=True)
class ExtractedDocument:
    """What a reader makes of a file: its text, the blocks that account for every non-blank character of it."""

    text: str
    blocks: tuple[Block, ...]
    title: str = ""
    date: str | None = None
    doubts: tuple[Doubt, ...] = ()
    pages: Pages = ()
    address: str | None = None
    """Where it lies on the web, as it says itself."""
    printed: PrintedNumbers = ()
    scanned: frozenset[int] = frozenset()
    """The pages that were read by OCR, by their numbers."""


@dataclass(frozen=True, slots=True)
class ParsedPassage:
    """A passage before it has a number."""

    kind: PassageKind
    headings: tuple[str, ...]
    span: Span
    lines: Lines


@dataclass(frozen=True, slots=True)
class ParsedRow:
    """A table row before it has a number; it is a passage as well."""

    span: Span
    lines: Lines
    cells: tuple[Cell, ...]
    place: Place | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class ParsedTable:
    """A typed table."""

    title: str
    headings: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[ParsedRow, ...]
    span: Span
    lines: Lines
    year: int | None = None
    header: tuple[Span, ...] = ()
    """Where the column names and the caption stand."""
    label: int | None = None

    @property
    def naming(self) -> frozenset[int]:
        """The columns whose cells name things, also where they are numbers."""
        return frozenset(
            n for n, column in enumerate(self.columns) if column.role not in (ColumnRole.MEASURE, ColumnRole.YEAR)
        )

    @property
    def measures(self) -> bool:
        """Whether any of its columns measures something."""
        return any(column.role == ColumnRole.MEASURE for column in self.columns)


@dataclass(frozen=True, slots=True)
class ParsedHeading:
    """A heading and its place; ``level`` 1 is outermost."""

    text: str
    level: int
    span: Span
    lines: Lines


@dataclass(frozen=True, slots=True)
class ParsedGuide:
    """Everything that the index keeps of one guide."""

    format: str
    text: str
    title: str
    date: str | None
    passages: tuple[ParsedPassage, ...]
    """Prose and lists; rows become passages of their own when they are stored."""
    tables: tuple[ParsedTable, ...]
    doubts: tuple[Doubt, ...] = field(default=())
    """Every dropped piece with its reason, and whatever looked damaged."""
    headings: tuple[ParsedHeading, ...] = ()
    """In order, those with nothing below them included."""
    pages: Pages = ()
    address: str | None = None
    """Where it lies on the web, as it says itself."""
    printed: PrintedNumbers = ()
    scanned: frozenset[int] = frozenset()
    """The pages that were read by OCR, by their numbers."""

    def is_scanned(self, span: Span) -> bool:
        """Whether any page that a span of the text touches was read by OCR."""
        begin = max((start for start, _ in self.pages if start <= span[0]), default=0)
        return any(page in self.scanned for start, page in self.pages if begin <= start < span[1])


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a long guide that is read, and kept, before the next; its spans and lines count within it."""

    text: str
    start: int
    """Where it begins in the guide's text, in code points."""
    line: int
    """How many lines come before its first."""
    passages: tuple[ParsedPassage, ...] = ()
    rows: tuple[ParsedRow, ...] = ()
    """Of the one table that the guide is."""
    doubts: tuple[Doubt, ...] = ()
    naming: frozenset[int] = frozenset()
    """The columns whose cells name things, also where they are numbers."""


Parse = Callable[[bytes, str], ParsedGuide]
"""Makes a guide of a file's bytes and its name. Raises SourceError where it cannot."""
