"""Sheets as text: values separated by commas, tabs, semicolons or bars, the first full record naming the columns.

Quotes follow RFC 4180: a field in double quotes may hold separators, line breaks and doubled quotes. A cell's text is
what the field says, a doubled quote one quote; its span is what stands in the file between separators or quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from ....search.model import Doubt
from ....search.text.line_index import NEWLINE, LineIndex
from ...document import Block, CellText, ExtractedDocument
from .table_blocks import SAMPLED_RECORDS, BlockBand, Cells, Record, bands, width_of

DELIMITERS = ",\t;|"
SAMPLE_SIZE = 100_000
"""Code points of a sample from which the separator is told."""
SEPARATOR_LINE = re.compile(r"sep=([,\t;|])[ \t]*(?=[\r\n])", re.IGNORECASE)
"""A first line by which Excel is told the separator."""
MAX_DOUBTS = 20
"""Records of another width that are reported one by one."""


def read(text: str) -> ExtractedDocument:
    """The tables of a sheet, with what stands before, between and after them as prose."""
    found = [record for record in records(text, delimiter(text)) if text[slice(*record.span)].strip()]
    named = found[:1] if SEPARATOR_LINE.match(text) else []
    blocks = [Block("dropped", record.span, reason="names the separator") for record in named]
    doubts: list[Doubt] = []
    tables: dict[tuple[str, ...], BlockBand] = {}
    parted = bands(found[len(named) :], text)
    for band in parted:
        inside = range(0) if band.is_of_facts(alone=len(parted) == 1) else band.table()
        beside = (*band.records[: inside.start], *band.records[inside.stop :])
        blocks += (block for record in beside for block in outside(record, text))
        first = tables.setdefault(band.beginning(), band)
        if inside and first is not band and band.repeats(first):
            blocks.append(Block("dropped", band.span(), reason="repeats a table above"))
        elif inside:
            blocks.append(Block("table", band.span(), grid=band.grid()))
            doubts += odd(band.records[inside.start : inside.stop], band.width, text, MAX_DOUBTS - len(doubts))
    return ExtractedDocument(text, tuple(sorted(blocks, key=lambda block: block.span)), doubts=tuple(doubts))


def records(text: str, delimiter: str) -> Iterator[Record]:
    """Every record of the text, blank ones included, each field trimmed of blanks and of the quotes around it."""
    at, size = 0, len(text)
    while at < size:
        line_break = NEWLINE.search(text, at)
        end, after = line_break.span() if line_break else (size, size)
        if text.find('"', at, end) < 0:
            cells = tuple(_plain(text, at, end, delimiter))
        else:
            cells, end, after = _quoted(text, at, delimiter)
        yield Record((at, end), cells)
        at = after


def _plain(text: str, at: int, end: int, delimiter: str) -> Iterator[CellText]:
    for field in text[at:end].split(delimiter):
        cell = field.strip()
        start = at + field.find(cell) if cell else at
        yield CellText(cell, (start, start + len(cell)))
        at += len(field) + 1


def _quoted(text: str, at: int, delimiter: str) -> tuple[Cells, int, int]:
    """A record with quotes, which may go on over line breaks: its cells, its end, and where the next one begins."""
    cells: list[CellText] = []
    while True:
        opening = at
        while text[opening : opening + 1] == " ":
            opening += 1
        closing = _closing(text, opening + 1) if text[opening : opening + 1] == '"' else -1
        end = _field_end(text, closing + 1 if closing >= 0 else at, delimiter)
        if closing >= 0 and not text[closing + 1 : end].strip():
            cell = _cell(text, opening + 1, closing)
            cells.append(CellText(cell.text.replace('""', '"'), cell.span))
        else:
            cells.append(_cell(text, at, end))
        if text[end : end + 1] != delimiter:
            return tuple(cells), end, end + (2 if text.startswith("\r\n", end) else 1)
        at = end + 1


def _closing(text: str, at: int) -> int:
    """Where the quote stands that closes a field; -1 where none does."""
    while (found := text.find('"', at)) >= 0:
        if text[found + 1 : found + 2] != '"':
            return found
        at = found + 2
    return -1


def _field_end(text: str, at: int, delimiter: str) -> int:
    """The next separator or line break, or the end of the text."""
    line_break = NEWLINE.search(text, at)
    end = line_break.start() if line_break else len(text)
    separator = text.find(delimiter, at, end)
    return separator if separator >= 0 else end


def _cell(text: str, start: int, end: int) -> CellText:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return CellText(text[start:end], (start, end))


# What the records are


def delimiter(text: str) -> str:
    """The separator that the first line names, else the one that cuts most records of a sample into as many fields."""
    if named := SEPARATOR_LINE.match(text):
        return named[1]

    def merit(separator: str) -> tuple[float, int]:
        sample = [r for r in islice(records(text[:SAMPLE_SIZE], separator), SAMPLED_RECORDS) if r.filled]
        width = width_of(sample)
        return (sum(len(r.cells) == width for r in sample) / len(sample), width) if width > 1 else (0.0, 1)

    return max(DELIMITERS, key=merit)


def outside(record: Record, text: str) -> Iterator[Block]:
    """A record that is no part of the table, without the separators behind its last cell."""
    start, end = record.span
    last = max((cell.span[1] for cell in record.cells if cell.text), default=start)
    last += len(text[last:end]) - len(text[last:end].lstrip('"'))
    if last > start:
        yield Block("paragraph", (start, last))
    if last < end:
        yield Block("dropped", (last, end), reason="separators with nothing between them")


def odd(found: Iterable[Record], width: int, text: str, most: int) -> list[Doubt]:
    """The first records that are of another width."""
    other = list(islice((record for record in found if len(record.cells) != width and record.filled), most))
    index = LineIndex(text if other else "")
    return [
        Doubt("doubt", f"a record of {len(r.cells)} cells among records of {width}", r.span, index.lines(r.span))
        for r in other
    ]
