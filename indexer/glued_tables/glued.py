"""Finds tables whose cells were glued into lines when a page was scraped.

    LocationPay TypeLowMedianHigh
    Fresno, CA MSAHourly$11.61$16.69$25.39

Values are known by their form and split off a line's end; what is left is the record's label. Lines that agree in the
number of values make a table; the line above it is its header if it can be cut into as many names as there are cells.
Prose with prices in it is no table: values stand apart from their label, or a label reads as a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ...search.model import Span
from ..document import Block, CellText, TableGrid
from . import spaced
from .glued_header import CAPITAL, names
from .glued_records import CERTAIN_FORMS, MAX_RECORD_LINE, RECORD_BULLET, WIDE_GAP, GluedRecord, is_prose, records, trim

WHOLE_FORM = {"whole"}
FORMS_OF_ONE_VALUE = ("money", "percent")
"""Forms of the last value by which a record of one value is one."""
NAME_LIKE = {"whole", "percent"}
"""Forms that column names have as well: years, percentiles."""

_PAY_TYPE = re.compile(r"(?<=[^\s\-])(?P<gap>\s?)(?P<type>Hourly|Daily|Weekly|Monthly|Annual(?:ly)?|Yearly)\s*$")


@dataclass(slots=True)
class _Run:
    """Records of neighbouring lines that can all have the same number of values, ``least`` to ``most`` of them."""

    first: int
    """The number of its first line."""
    last: int
    abreast: int
    """How many records its first line holds."""
    records: list[GluedRecord]
    least: int
    most: int

    def add(self, number: int, found: Sequence[GluedRecord]) -> bool:
        """Take the records of the next line, or the one after it, in, if they fit."""
        least = max([self.least, *(record.least for record in found)])
        most = min([self.most, *(len(record.values) for record in found)])
        if number - self.last > 2 or least > most:
            return False
        self.last, self.least, self.most = number, least, most
        self.records += found
        return True

    def fits(self, found: Sequence[GluedRecord]) -> bool:
        """Whether these records can have as many values as those so far."""
        return all(record.least <= self.most and self.least <= len(record.values) for record in found)

    def give_back_header(self) -> None:
        """Names like "2022" and "90%" make a header look like a record; those below have values of other forms."""
        forms, others = self.records[0].forms, [record.forms for record in self.records[1:]]
        places = range(-1, -1 - len(forms), -1)
        named = set(forms) == WHOLE_FORM or (set(forms) <= NAME_LIKE and len(forms) > 1)
        if (
            self.abreast == 1
            and named
            and all(form[n] in CERTAIN_FORMS and form[n] != forms[n] for n in places for form in others)
        ):
            self.records = self.records[1:]
            self.first += 1


def find(text: str, lines: Sequence[Span]) -> list[Block]:
    """The tables among these lines (given without their line breaks), glued or set with blanks, in order."""
    drawn = spaced.find(text, lines)
    taken = [block.span for block in drawn]
    free = [line if not any(a < line[1] and line[0] < b for a, b in taken) else (line[0], line[0]) for line in lines]
    return sorted([*drawn, *_glued(text, free)], key=lambda block: block.span)


def _glued(text: str, lines: Sequence[Span]) -> list[Block]:
    blocks: list[Block] = []
    for run in _runs(text, lines):
        run.give_back_header()
        if not _is_table(text, run):
            continue
        grid = _grid(text, run, _above(text, lines, run.first, blocks[-1].span[1] if blocks else 0))
        named = [cell.span[0] for cell in grid.header if cell.text]
        start = min(named, default=run.records[0].label[0])
        blocks.append(Block("table", (start, run.records[-1].end), grid=grid))
    return blocks


def _runs(text: str, lines: Sequence[Span]) -> Iterator[_Run]:
    """Neighbouring lines of records that may share a number of values.

    A blank line between them is no gap, and neither is a single line that fails to be one: a record without all of its
    values, a footnote, a header repeated. It is left over.
    """
    run: _Run | None = None
    for number, span in enumerate(lines):
        found = records(text, span)
        if run and (run.add(number, found) if found else _is_blank(text, span)):
            continue
        if run and _is_interlude(text, lines, number, run):
            continue
        if run:
            yield run
        run = _begun(number, found)
    if run:
        yield run


def _begun(number: int, found: Sequence[GluedRecord]) -> _Run | None:
    least = max((record.least for record in found), default=1)
    most = min((len(record.values) for record in found), default=0)
    return _Run(number, number, len(found), list(found), least, most) if least <= most else None


def _is_interlude(text: str, lines: Sequence[Span], number: int, run: _Run) -> bool:
    """Whether the table goes on right after this line, and the line is no header of another one."""
    if len(run.records) < 2 or run.last != number - 1 or number + 1 == len(lines):
        return False
    after = records(text, lines[number + 1])
    if not after or not run.fits(after):
        return False
    line, above = trim(text, lines[number]), _above(text, lines, run.first, 0)
    width = len(_labels(text, run.records[0], run.least))
    is_header = names(text, line, width + run.least, run.abreast) is not None
    return not is_header or (above is not None and text[slice(*line)] == text[slice(*above)])


def _is_blank(text: str, span: Span) -> bool:
    return not text[slice(*span)].strip()


def _is_table(text: str, run: _Run) -> bool:
    """Whether it reads as a table: two records or more, values of a telling form, labels that are no sentences."""
    forms = {form for record in run.records for form in record.forms[-run.least :]}
    if len(run.records) < 2 or forms.isdisjoint(CERTAIN_FORMS) or (run.first == run.last and forms <= NAME_LIKE):
        return False
    sure = run.least > 1 or any(record.forms[-1] in FORMS_OF_ONE_VALUE for record in run.records)
    return all(record.tight or (sure and not is_prose(text[slice(*record.label)])) for record in run.records)


def _above(text: str, lines: Sequence[Span], number: int, floor: int) -> Span | None:
    """The line over the first record, over one blank line at most, that could hold the column names."""
    for above in range(number - 1, max(-1, number - 3), -1):
        start, end = trim(text, lines[above])
        if start < end:
            usable = (
                start >= floor
                and end - start <= MAX_RECORD_LINE
                and text[end - 1] not in ".!?:;,"
                and not RECORD_BULLET.match(text, start)
            )
            return (start, end) if usable else None
    return None


def _grid(text: str, run: _Run, above: Span | None) -> TableGrid:
    """Header and records with exact places; of the possible numbers of cells those that the header fits."""
    for cut in (_labels, _labels_at_capitals) if above else ():
        for count in range(run.least, run.most + 1):
            labels = [cut(text, record, count) for record in run.records]
            if above and (header := _header(text, above, _label_width(labels), count, run.abreast)) is not None:
                return _assembled(text, run.records, labels, count, header)
    labels = [_labels(text, record, run.least) for record in run.records]
    return _assembled(text, run.records, labels, run.least, ())


def _header(text: str, above: Span, width: int, count: int, abreast: int) -> tuple[CellText, ...] | None:
    """The column names; the pay type that ends a label may lack one."""
    if (header := names(text, above, width + count, abreast)) is not None:
        return header
    if width > 1 and (header := names(text, above, width + count - 1, abreast)) is not None:
        return (*header[: width - 1], _empty(header[width - 2]), *header[width - 1 :])
    return None


def _labels(text: str, record: GluedRecord, count: int) -> tuple[Span, ...]:
    """A record's label cut at wide gaps and before a pay type: place and "Hourly"."""
    end = record.values[-count][0]
    start, end = trim(text, (record.label[0], end))
    parts, at = [], start
    for gap in WIDE_GAP.finditer(text, start, end):
        parts.append((at, gap.start()))
        at = gap.end()
    match = _PAY_TYPE.search(text, at, end)
    if match and match.start() > at:
        return (*parts, (at, match.start()), match.span("type"))
    return (*parts, (at, end))


def _labels_at_capitals(text: str, record: GluedRecord, count: int) -> tuple[Span, ...]:
    """A record's label cut at capitals after small letters as well: "Dental assistantsHigh school diploma"."""
    return tuple(
        span
        for start, end in _labels(text, record, count)
        for span in pairwise([start, *(match.start() for match in CAPITAL.finditer(text, start, end)), end])
    )


def _label_width(labels: Sequence[tuple[Span, ...]]) -> int:
    """How many label cells each record has, if all agree; else one."""
    widths = {len(parts) for parts in labels}
    return widths.pop() if len(widths) == 1 else 1


def _assembled(
    text: str,
    records: Sequence[GluedRecord],
    labels: Sequence[tuple[Span, ...]],
    count: int,
    header: tuple[CellText, ...],
) -> TableGrid:
    width = _label_width(labels)
    rows = []
    for record, parts in zip(records, labels, strict=True):
        cells = parts if width > 1 else ((parts[0][0], parts[-1][1]),)
        rows.append(tuple(_cell(text, span) for span in (*cells, *record.values[-count:])))
    return TableGrid(header, tuple(rows))


def _cell(text: str, span: Span) -> CellText:
    return CellText(text[span[0] : span[1]], span)


def _empty(before: CellText) -> CellText:
    return CellText("", (before.span[1], before.span[1]))
