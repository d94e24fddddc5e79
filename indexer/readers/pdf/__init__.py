"""PDF: pages of placed characters to text in reading order, headings, lists and tables.

A PDF says where each character stands and nothing of what it belongs to. What is told here, step by step: the words
(``words.py``), rows (``rows.py``), what repeats at the pages' edges (``margins.py``), columns (``columns.py``), tables
(``tables.py``, ``longtables.py``), and paragraphs, headings and items (``paragraphs.py``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ....search.errors import SourceError
from ....search.model import Doubt
from ....search.text.line_index import LineIndex
from ...dates import stated_date
from ...document import Block, ExtractedDocument
from ..text.label_headings import settled
from .facts import said_date, said_title
from .flow import flow
from .joining import vocabulary
from .longtables import with_long_tables
from .page import UNREADABLE, Page
from .paragraphs import PdfParagraph, paragraphs
from .printed import printed
from .source import File, damaged, opened
from .writing import MARGIN_REASON, SLANTED, PageWriter

MOST_UNSURE = 8
"""Words of a page that OCR is not sure of which are named."""
MOST_UNREADABLE = 0.3
"""Share of a file's characters of which its fonts may not say which they are."""


def read(data: bytes) -> ExtractedDocument:
    """The text and blocks of a PDF. Raises SourceError where it is locked, damaged, too large, or shows no text."""
    return _read(opened(data), SourceError("shows no text: it is a scan", "citeguide index --ocr"))


def read_with_ocr(data: bytes) -> ExtractedDocument:
    """The same, with the text of pages that are pictures. Raises as ``read`` does, and where OCR cannot be done."""
    return _read(opened(data, ocr=True), SourceError("shows no text, and OCR finds none", "leave it out"))


def _read(file: File, without_text: SourceError) -> ExtractedDocument:
    pages, facts, labels = file
    _check(pages, without_text)
    return laid_out(pages, facts, labels)


def laid_out(pages: Sequence[Page], facts: Mapping[str, str], labels: Sequence[str]) -> ExtractedDocument:
    """The text and blocks of pages of placed words."""
    found = flow(pages)
    aside = [(page, text, MARGIN_REASON) for page, text in found.margins]
    aside += [(page.number, page.slanted, SLANTED) for page in pages if page.slanted]
    aside.sort(key=lambda piece: piece[0])
    out = PageWriter(vocabulary(word for page in pages for word in page.words))
    for part in with_long_tables(paragraphs(found)):
        page = part.page if isinstance(part, PdfParagraph) else part.records[0][0]
        while aside and aside[0][0] < page:
            out.drop(*aside.pop(0))
        if isinstance(part, PdfParagraph):
            out.paragraph(part)
        else:
            out.table(part)
    for piece in aside:
        out.drop(*piece)
    text, blocks = out.writer.text(), tuple(settled(out.writer.blocks))
    doubts = tuple(_doubts(pages, out, text))
    date = stated_date(text) or said_date(facts)
    title = _title(blocks) or said_title(facts)
    numbers = printed(found.margins, labels)
    return ExtractedDocument(
        text, blocks, title, date, doubts, tuple(out.pages), printed=numbers,
        scanned=frozenset(page.number for page in pages if page.is_scanned),
    )  # fmt: skip


def _check(pages: Sequence[Page], without_text: SourceError) -> None:
    """Raises SourceError where the pages hold no text that can be read."""
    texts = [word.text for page in pages for word in page.words] + [page.slanted for page in pages]
    if not any(texts) and all(page.is_damaged for page in pages):
        raise damaged()
    if not any(texts) and not any(page.drawing.shows for page in pages):
        raise SourceError("shows nothing: its pages are blank", "leave it out")
    if not any(texts):
        raise without_text
    if sum(text.count(UNREADABLE) for text in texts) > MOST_UNREADABLE * sum(map(len, texts)):
        raise SourceError(
            "its fonts do not say which characters they show", "run OCR on it, for example with 'ocrmypdf --force-ocr'"
        )


def _title(blocks: Sequence[Block]) -> str:
    """The only heading of the first rank, where there is one."""
    first = [block.title for block in blocks if block.is_a("heading") and block.level == 1]
    return first[0] if len(first) == 1 else ""


def _doubts(pages: Sequence[Page], out: PageWriter, text: str) -> Iterator[Doubt]:
    """Repaired words, pages without text, characters that cannot be told."""
    lines = LineIndex(text)
    for span, reason in out.repairs:
        yield Doubt("repaired", reason, span, lines.lines(span))
    for page in pages:
        at = next((start for start, number in out.pages if number >= page.number), len(text))
        place = ((at, at), lines.lines((at, at)))
        unreadable = sum(word.text.count(UNREADABLE) for word in page.words)
        if page.is_damaged:
            yield Doubt("doubt", f"page {page.number} is damaged and cannot be read", *place)
        elif not page.words and not page.slanted and page.drawing.shows:
            yield Doubt("doubt", f"page {page.number} shows no text: a picture, or a scan that --ocr reads", *place)
        elif page.unsure:
            yield _unsure(page, text, at, lines)
        elif unreadable:
            yield Doubt("doubt", f"page {page.number}: {unreadable} characters that its fonts do not name", *place)


def _unsure(page: Page, text: str, start: int, lines: LineIndex) -> Doubt:
    """What OCR is not sure of on a page, at the first such word."""
    at = max(start, text.find(page.unsure[0], start))
    span = at, min(len(text), at + len(page.unsure[0]))
    shown = ", ".join(f"“{word}”" for word in page.unsure[:MOST_UNSURE])
    more = f" and {len(page.unsure) - MOST_UNSURE:,} more" if len(page.unsure) > MOST_UNSURE else ""
    return Doubt("doubt", f"page {page.number}: OCR is not sure of {shown}{more}", span, lines.lines(span))
