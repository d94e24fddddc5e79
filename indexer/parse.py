"""The main act of reading: a file's bytes go in, everything that the index keeps of the guide comes out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from ..search.errors import SourceError
from ..search.model import Doubt
from ..search.text.line_index import LineIndex
from .document import Block, ExtractedDocument, ParsedGuide
from .encoding.decode import CONTENT
from .encoding.lost_letters import damaged
from .passages.damage import doubtful
from .passages.enumerations import enumerated
from .passages.leftovers import leftovers
from .passages.repeats import without_repeats
from .passages.sections import Tabulated, contents, heading_text
from .readers import Format, format_of, suffixes
from .tables.typed import typed


def parse_guide(data: bytes, name: str) -> ParsedGuide:
    """Read one guide; ``name`` is its file name, whose ending says the format.

    Raises SourceError where the file is of no known format, empty, or damaged beyond reading.
    """
    form = _format(name)
    return _parsed(form, form.read(data), name)


def parse_with_ocr(data: bytes, name: str) -> ParsedGuide:
    """The same, with the text that pictures show. Raises SourceError also where what OCR needs is not there."""
    form = _format(name)
    return _parsed(form, (form.read_with_ocr or form.read)(data), name)


def _format(name: str) -> Format:
    form = format_of(name)
    if form is None:
        raise SourceError(f"no reader for {name}", f"convert it to one of {suffixes()}")
    return form


def _parsed(form: Format, reading: ExtractedDocument, name: str) -> ParsedGuide:
    text, lines = reading.text, LineIndex(reading.text)
    if not CONTENT.search(text):
        raise SourceError(f"{name} shows no text", "leave it out, or save what it shows as text")
    held = [block for block in reading.blocks if CONTENT.search(text, *block.span)]
    blocks = without_repeats(enumerated(held, text), text, lines)
    title = reading.title or _first_heading(blocks, text) or PurePath(name).stem

    def tabulate(block: Block, headings: tuple[str, ...]) -> Tabulated:
        nearest = headings[-1] if headings else ""
        table = typed(block, text, title=nearest, headings=headings, document_title=title, lines=lines)
        return Tabulated(table, *leftovers(block, table, text, tags=form.tags))

    found = contents(blocks, text, lines, tabulate)
    dropped = [(block.span, block.reason) for block in blocks if block.is_a("dropped")]
    dropped += [(span, "markup") for span in found.drawing]
    doubts = [Doubt("dropped", reason, span, lines.lines(span)) for span, reason in dropped]
    if form.is_sheet and not found.tables:
        doubts.append(Doubt("doubt", "no table was found in this sheet", (0, 0), (1, 1)))
    doubts += [*reading.doubts, *doubtful(blocks, text, lines), *damaged(text, lines)]
    return ParsedGuide(
        format=form.name,
        text=text,
        title=title,
        date=reading.date,
        passages=tuple(found.passages),
        tables=tuple(found.tables),
        doubts=tuple(sorted(doubts, key=lambda doubt: doubt.span)),
        headings=tuple(found.headings),
        pages=reading.pages,
        address=reading.address,
        printed=reading.printed,
        scanned=reading.scanned,
    )


def _first_heading(blocks: Sequence[Block], text: str) -> str:
    return next((heading_text(block, text) for block in blocks if block.is_a("heading")), "")
