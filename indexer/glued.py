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

from ..search.model import Span
from .glued_header import names
from .parsed import Block, CellText, TableGrid

MAX_LINE = 2_000
"""Code points of a line that can be a record, or several."""
MAX_LABEL = 160
"""Code points of a record's label."""

VALUE = re.compile(
    r"""
      (?P<strong>
          (?:(?<![\w)])[-−–])? [$€£][ ]?-? (?:\d{1,3}(?:,\d{3}){1,6}|\d{1,9}) (?:\.\d{1,4})? \+?
        | (?:(?<![\w)])[-−–])? \d{1,3}(?:,\d{3})* (?:\.\d{1,4})? [ ]? %
        | \d{1,3}(?:,\d{3}){1,6} (?:\.\d{1,4})?
        | (?<![.,:/]) \d{1,6}\.\d{2}(?=\d{1,6}\.\d{2})
        | (?<![.,:/]) \d{1,6}\.\d{1,4}(?![\d:/.])
        | \d\d-\d{4}(?!\d(?!\d{0,2},\d{3})) )
    | (?P<whole> (?<![.,:/$]) \d{1,9}(?![\d:/]) )
    | (?P<mark> \#{1,2} | \*{1,3} | \(\d{1,2}\)[ ]{0,3}[-–—]? | [-–—]{1,2} | N/?A\b | n/a\b )
    """,
    re.VERBOSE,
)
"""The forms of a value: money, percentages, numbers with separators or decimals, codes; integers; marks for none."""

PROSE_WORDS = re.compile(
    r"\b(?:i|you|your|we|our|they|their|he|she|it|its|this|that|these|those|is|are|was|were|be|been|has|have|had|will|would|"
    r"can|could|may|might|should|must|do|does|did|not|if|when|which|who|than|about|around|nearly|approximately)\b",
    re.IGNORECASE,
)
"""Words that a sentence has and a label does not."""

_PAY_TYPE = re.compile(r"(?<=[^\s\-])(?P<gap>\s?)(?P<type>Hourly|Daily|Weekly|Monthly|Annual(?:ly)?|Yearly)\s*$")
_BULLET = re.compile(r"\s*(?:[•●◦▪‣*]|[-–—]\s|\d{1,3}[.)]\s)")
_WORD = re.compile(r"[^\W\d_]{2}")
_WIDE = re.compile(r"\t+| {2,}")


@dataclass(frozen=True, slots=True)
class _Record:
    """A label and the values behind it. At least ``least`` of the values are values for certain."""

    label: Span
    values: tuple[Span, ...]
    least: int
    strong: frozenset[int]
    """Which values, counted from the end, cannot be part of a label."""
    tight: bool
    """Whether the values touch the label, or stand off by more than a blank."""

    @property
    def end(self) -> int:
        return self.values[-1][1]


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    span: Span
    records: tuple[_Record, ...]


def find(text: str, lines: Sequence[Span]) -> list[Block]:
    """The glued tables among these lines (given without their line breaks), as blocks of kind ``table``, in order."""
    blocks: list[Block] = []
    for run in _runs(text, lines):
        above = _above(text, lines, run[0].number, blocks[-1].span[1] if blocks else 0)
        if (grid := _grid(text, run, above)) is not None:
            start = min([cell.span[0] for cell in grid.header if cell.text] or [run[0].records[0].label[0]])
            blocks.append(Block("table", (start, run[-1].records[-1].end), grid=grid))
    return blocks


def _runs(text: str, lines: Sequence[Span]) -> Iterator[list[_Line]]:
    """Neighbouring lines of records that may share a number of values; one blank line between them is no gap."""
    run: list[_Line] = []
    for number, span in enumerate(lines):
        if run and not text[span[0] : span[1]].strip() and run[-1].number == number - 1:
            continue
        records = _records(text, span)
        if not records or (
            run and (number - run[-1].number > 2 or _count([*run, _Line(number, span, records)]) is None)
        ):
            yield from _accepted(text, run)
            run = []
        if records:
            run.append(_Line(number, span, records))
    yield from _accepted(text, run)


def _accepted(text: str, run: list[_Line]) -> Iterator[list[_Line]]:
    """The run, if it reads as a table: two records or more, values of a telling form, labels that are no sentences."""
    records = [record for line in run for record in line.records]
    count = _count(run) or 0
    if len(records) < 2 or not any(record.strong & set(range(count)) for record in records):
        return
    sure = count > 1 or any(_has_unit(text, record.values[-1]) for record in records)
    if all(record.tight or (sure and not _is_prose(text[slice(*record.label)])) for record in records):
        yield run


def _has_unit(text: str, value: Span) -> bool:
    return text[value[0]] in "$€£" or text[value[1] - 1] == "%"


def _is_prose(label: str) -> bool:
    """Whether a label that values follow after one blank may be the beginning of a sentence."""
    return label[:1].islower() or label.endswith((":", ",", ";")) or PROSE_WORDS.search(label) is not None


def _count(run: Sequence[_Line]) -> int | None:
    """The number of values that every record of the run can have; None where there is none."""
    least = max((record.least for line in run for record in line.records), default=0)
    most = min((len(record.values) for line in run for record in line.records), default=0)
    return least if least <= most else None


# One line


def _records(text: str, line: Span) -> tuple[_Record, ...]:
    """The records that a line is made of from end to end; none where it is anything else."""
    start, end = line
    if end - start > MAX_LINE or _BULLET.match(text, start, end):
        return ()
    records: list[_Record] = []
    label_start = start
    for values in _value_runs(text, line):
        closed = not text[values[-1].end() : end].strip()
        if not closed and not (_new_label(text, values[-1].end()) and any(match["strong"] for match in values)):
            continue
        record = _record(text, (label_start, values[0].start()), values)
        if record is None and not closed:
            continue
        if record is None:
            return ()
        records.append(record)
        label_start = values[-1].end()
    if not records or text[records[-1].end : end].strip():
        return ()
    return tuple(records)


def _value_runs(text: str, line: Span) -> Iterator[list[re.Match[str]]]:
    """The values of a line, those with nothing but blanks between them together."""
    run: list[re.Match[str]] = []
    for match in VALUE.finditer(text, *line):
        if run and text[run[-1].end() : match.start()].strip():
            yield run
            run = []
        run.append(match)
    if run:
        yield run


def _new_label(text: str, at: int) -> bool:
    """Whether the next record of the same line begins here: a capital right behind the value."""
    return text[at : at + 1].isupper() or (
        _WIDE.match(text, at) is not None and text[at : at + 40].strip()[:1].isupper()
    )


def _record(text: str, label: Span, values: list[re.Match[str]]) -> _Record | None:
    """A label and its values; those in front that could as well end the label ("Area 51") are not certain."""
    start, end = _trim(text, label)
    if end - start > MAX_LABEL or not _WORD.search(text, start, end):
        return None
    doubtful = 0
    for match in values:
        if match["strong"] or not _loose(text, match.start()):
            break
        doubtful += 1
    if doubtful == len(values):
        return None
    strong = frozenset(n for n, match in enumerate(reversed(values)) if match["strong"])
    tight = values[0].start() == end or _WIDE.search(text, end, values[0].start()) is not None
    return _Record((start, end), tuple(_trim(text, m.span()) for m in values), len(values) - doubtful, strong, tight)


def _loose(text: str, at: int) -> bool:
    """Whether a single blank stands before this place, as within a label, and no value before that."""
    return text[at - 1 : at] == " " and not text[max(0, at - 2) : at - 1].isspace()


def _trim(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


# The grid


def _above(text: str, lines: Sequence[Span], number: int, floor: int) -> Span | None:
    """The line over the first record, over one blank line at most, that could hold the column names."""
    for above in range(number - 1, max(-1, number - 3), -1):
        start, end = _trim(text, lines[above])
        if start < end:
            usable = (
                start >= floor
                and end - start <= MAX_LINE
                and text[end - 1] not in ".!?:;,"
                and not _BULLET.match(text, start)
            )
            return (start, end) if usable else None
    return None


def _grid(text: str, run: Sequence[_Line], above: Span | None) -> TableGrid | None:
    """Header and records with their cells' exact places."""
    records = [record for line in run for record in line.records]
    least = _count(run) or 0
    most = min(len(record.values) for record in records)
    labels = {count: [_labels(text, record, count) for record in records] for count in range(least, most + 1)}
    for count in range(least, most + 1):
        width = _label_width(labels[count])
        header = names(text, above, width + count, len(run[0].records)) if above else None
        if header is not None:
            return _assembled(text, records, labels[count], count, header)
        if above and width > 1 and (header := names(text, above, width + count - 1, len(run[0].records))) is not None:
            return _assembled(
                text, records, labels[count], count, (*header[: width - 1], _empty(header), *header[width - 1 :])
            )
    return _assembled(text, records, labels[least], least, ())


def _labels(text: str, record: _Record, count: int) -> tuple[Span, ...]:
    """A record's label cut at wide gaps and before a pay type: place and "Hourly"."""
    end = record.values[-count][0]
    start, end = _trim(text, (record.label[0], end))
    parts, at = [], start
    for gap in _WIDE.finditer(text, start, end):
        parts.append((at, gap.start()))
        at = gap.end()
    match = _PAY_TYPE.search(text, at, end)
    if match and match.start() > at:
        return (*parts, (at, match.start()), match.span("type"))
    return (*parts, (at, end))


def _label_width(labels: Sequence[tuple[Span, ...]]) -> int:
    """How many label cells each record has, if all agree; else one."""
    widths = {len(parts) for parts in labels}
    return widths.pop() if len(widths) == 1 else 1


def _assembled(
    text: str, records: Sequence[_Record], labels: Sequence[tuple[Span, ...]], count: int, header: tuple[CellText, ...]
) -> TableGrid:
    width = _label_width(labels)
    rows = []
    for record, parts in zip(records, labels, strict=True):
        cells = parts if width > 1 else ((parts[0][0], parts[-1][1]),)
        rows.append(tuple(_cell(text, span) for span in (*cells, *record.values[-count:])))
    return TableGrid(header, tuple(rows))


def _cell(text: str, span: Span) -> CellText:
    return CellText(text[span[0] : span[1]], span)


def _empty(header: Sequence[CellText]) -> CellText:
    at = header[0].span[1]
    return CellText("", (at, at))
