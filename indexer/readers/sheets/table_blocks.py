"""The tables of a file of records: which records belong together, and which of them name the columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ....search.model import Span
from ....search.text.line_index import NEWLINE
from ...document import CellText, TableGrid
from ..text.heading_rules import is_title
from .table_shape import Row, Shape, Slot, has_figures, is_named, names, shape

SAMPLED_RECORDS = 200
"""Records from which the columns and their names are told."""
MIN_REPEATED = 3
"""Records of a table that may be one given again; the names of its columns are one of them."""
MAX_TITLES = 3
"""Records of a title."""

Cells = tuple[CellText, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its whole stretch of text, separators and quotes included, and its cells."""

    span: Span
    cells: Cells

    @property
    def filled(self) -> int:
        """How many of its cells hold anything."""
        return len([cell for cell in self.cells if cell.text])

    def texts(self) -> list[str]:
        """What its cells say."""
        return [cell.text for cell in self.cells]


@dataclass(slots=True)
class BlockBand:
    """Records between blank lines; with ``shape``, one table with what stands above and below it."""

    records: list[Record]
    width: int
    shape: Shape | None
    above: str = ""
    """What the band before it says, where that could be a title."""

    def table(self) -> range:
        """The positions of the table's records, those that name the columns among them; empty where there is none."""
        if self.shape is None:
            return range(0)
        _, last = first_and_last(self.records, self.width)
        return range(self.shape.header, max(last + 1, self.shape.body))

    def span(self) -> Span:
        """Where the table stands."""
        inside = self.table()
        return self.records[inside.start].span[0], self.records[inside.stop - 1].span[1]

    def is_of_facts(self, *, alone: bool) -> bool:
        """Whether it holds words alone and no names of columns: each record says something of its own."""
        if self.shape is None:
            return False
        rows = _slots([padded(record, self.width) for record in self.records[:SAMPLED_RECORDS]])
        return not has_figures(rows, self.shape) and not is_named(rows, self.shape, alone=alone)

    def grid(self) -> TableGrid:
        """The table, its title as its caption; each column has the names that stand above it."""
        inside = self.table()
        body = self.shape.body if self.shape else 0
        records = (padded(record, self.width) for record in self.records[body : inside.stop] if record.filled)
        titles = [" ".join(filter(None, record.texts())) for record in self.records[: inside.start] if record.filled]
        caption = " ".join(titles) if len(titles) <= MAX_TITLES and all(map(is_title, titles)) else ""
        return TableGrid(self._header(), tuple(records), caption or self.above)

    def names(self) -> list[str]:
        """What the columns are called; empty where nothing names them."""
        return [cell.text for cell in self._header()]

    def beginning(self) -> tuple[str, ...]:
        """What the first records of the table say."""
        inside = self.table()
        return tuple(text for n in inside[:MIN_REPEATED] for text in self.records[n].texts())

    def repeats(self, other: BlockBand) -> bool:
        """Whether the records of this table, of which there are some, all stand in the other one from its start on."""
        inside, start = self.table(), other.shape.header if other.shape else 0
        others = other.records[start : start + len(inside)]
        return MIN_REPEATED <= len(inside) == len(others) and all(
            self.records[n].texts() == record.texts() for n, record in zip(inside, others, strict=True)
        )

    def goes_on_with(self, other: BlockBand) -> bool:
        """Whether this is more of the table before it: as wide, and without names of its own or with the same."""
        if self.shape is None or other.shape is None or self.width != other.width or self.shape.header > 0:
            return False
        return not self.names() or (self.names() == other.names() and not self.repeats(other))

    def _header(self) -> Cells:
        found = self.shape or Shape(0, 0, 0)
        rows = [padded(record, self.width) for record in self.records[found.header : found.body]]
        named = ([rows[row][column] for row, column in (slot.place for slot in slots)] for slots in names(_slots(rows)))
        return tuple(_name(cells, rows[-1][0]) for cells in named)


def bands(found: Sequence[Record], text: str) -> list[BlockBand]:
    """The records in bands; one that goes on with the table of the one before it is part of that."""
    made: list[BlockBand] = []
    for run in _runs(found, text):
        for band in _unrepeated(_band(run)):
            before = made[-1] if made else None
            if before is not None and band.goes_on_with(before):
                before.records += band.records
            else:
                said = next((each for each in reversed(made) if any(record.filled for record in each.records)), None)
                band.above = _title(said) if said is not None and said.shape is None else ""
                made.append(band)
    return made


def first_and_last(found: Sequence[Record], width: int) -> tuple[int, int]:
    """The table's first and last record: full ones. A title above it and footnotes below have but one cell filled."""
    first = next((n for n, record in enumerate(found) if _is_full(record, width)), None)
    if first is None:
        return 0, -1
    return first, next(n for n in range(len(found) - 1, -1, -1) if _is_full(found[n], width))


def _is_full(record: Record, width: int) -> bool:
    return len(record.cells) >= width and record.filled > 1


def padded(record: Record, width: int) -> Cells:
    """A record's cells, with empty ones behind them up to the width."""
    return record.cells + (CellText("", (record.span[1], record.span[1])),) * (width - len(record.cells))


def width_of(found: Sequence[Record]) -> int:
    """The number of fields that most records have."""
    counts = Counter(len(record.cells) for record in found)
    return max(counts, key=lambda width: (counts[width], width), default=0)


def _runs(found: Sequence[Record], text: str) -> Iterator[list[Record]]:
    """Records without blank lines between them; one of separators alone is blank, and ends its run."""
    run: list[Record] = []
    for record in found:
        if run and _apart(run[-1], record, text):
            yield run
            run = []
        run.append(record)
    if run:
        yield run


def _apart(one: Record, other: Record, text: str) -> bool:
    return not one.filled or len(NEWLINE.findall(text, one.span[1], other.span[0])) > 1


def _band(run: list[Record]) -> BlockBand:
    width = width_of([record for record in run if record.filled > 1])
    head = run[:SAMPLED_RECORDS]
    most = max(width, *(len(record.cells) for record in head))
    return BlockBand(run, width, shape(_slots([padded(record, most) for record in head])))


def _slots(rows: Sequence[Cells]) -> list[Row]:
    return [[Slot(c.text, (n, k)) if c.text else None for k, c in enumerate(row)] for n, row in enumerate(rows)]


def _unrepeated(band: BlockBand) -> Iterator[BlockBand]:
    """The band, cut where its column names stand again."""
    found = band.shape
    name = band.records[found.body - 1].texts() if found is not None and found.header < found.body else []
    again = [n for n, r in enumerate(band.records) if name and n >= (found.body if found else 0) and r.texts() == name]
    for start, end in zip([0, *again], [*again, len(band.records)], strict=True):
        yield _band(band.records[start:end]) if again else band


def _title(band: BlockBand) -> str:
    said = [" ".join(filter(None, record.texts())) for record in band.records if record.filled]
    return " ".join(said) if len(said) <= MAX_TITLES and all(map(is_title, said)) else ""


def _name(named: Sequence[CellText], empty: CellText) -> CellText:
    """A column's name over several records, at the place of the lowest."""
    blank = CellText("", (empty.span[0], empty.span[0]))
    return CellText(" ".join(cell.text for cell in named), named[-1].span) if named else blank
