"""The main act of reading: a file's bytes go in, everything that the index keeps of the guide comes out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from ..search.errors import SourceError
from ..search.lines import LineIndex
from ..search.model import Doubt, Span
from .doubts import doubtful
from .parsed import Block, ParsedGuide, ParsedHeading, ParsedTable
from .readers import FORMATS, format_of
from .repeats import without_repeats
from .sections import contents, rows
from .tables import remainder, typed


def parse_guide(data: bytes, name: str) -> ParsedGuide:
    """Read one guide; ``name`` is its file name, whose ending says the format.

    Raises SourceError where the file is of no known format, empty, or damaged beyond reading.
    """
    form = format_of(name)
    if form is None:
        known = ", ".join(suffix for f in FORMATS for suffix in f.suffixes)
        raise SourceError(f"no reader for {name}", f"convert it to one of {known}")
    reading = form.read(data)
    lines = LineIndex(reading.text)
    called = reading.title or PurePath(name).stem
    blocks = without_repeats(reading.blocks, reading.text, lines)

    def table(block: Block, headings: tuple[str, ...]) -> tuple[ParsedTable | None, list[Span]]:
        nearest = headings[-1] if headings else ""
        made = typed(block, reading.text, title=nearest, headings=headings, document_title=called, lines=lines)
        return made, remainder(block, made, reading.text) if made else rows(block)

    found = contents(blocks, reading.text, lines, table)
    return ParsedGuide(
        format=form.name,
        text=reading.text,
        title=reading.title or _first(found.headings) or PurePath(name).stem,
        date=reading.date,
        passages=tuple(found.passages),
        tables=tuple(found.tables),
        doubts=tuple(
            sorted([*reading.doubts, *_dropped(blocks, lines), *doubtful(blocks, reading.text, lines)], key=_place)
        ),
        headings=tuple(found.headings),
    )


def _first(headings: Sequence[ParsedHeading]) -> str:
    return headings[0].text if headings else ""


def _dropped(blocks: Sequence[Block], lines: LineIndex) -> Iterator[Doubt]:
    return (Doubt("dropped", b.reason, b.span, lines.lines(b.span)) for b in blocks if b.kind == "dropped")


def _place(doubt: Doubt) -> tuple[int, int]:
    return doubt.span
