"""A PDF's bytes to its pages: what PDFium, which decodes file and fonts, finds on each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ....search.errors import SourceError
from ...extras import PDF
from .characters import Frame, Glyphs, main_turn, struck_once
from .drawing import drawing
from .page import Page
from .words import closed, words

MAX_PAGES = 2_000
MAX_CHARACTERS = 4_000_000
"""Of the whole file."""


class File(NamedTuple):
    """A PDF's pages, and its ``Title``, ``ModDate`` and ``CreationDate``, empty where it gives none."""

    pages: list[Page]
    facts: dict[str, str]


def opened(data: bytes) -> File:
    """Everything that stands in a PDF. Raises SourceError where it is locked, damaged or too large."""
    pdfium = PDF.load()
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _refusal(getattr(error, "err_code", None), pdfium.raw) from error
    try:
        if len(document) > MAX_PAGES:
            raise SourceError(f"has {len(document):,} pages", f"split it: {MAX_PAGES:,} are the most")
        facts = {name: document.get_metadata_value(name) for name in ("Title", "ModDate", "CreationDate")}
        return File(list(_pages(document, pdfium)), facts)
    finally:
        document.close()


def _refusal(code: int | None, raw: Any) -> SourceError:
    if code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
        return SourceError("is locked with a password", "save it without one, for example with 'qpdf --decrypt'")
    return damaged()


def damaged() -> SourceError:
    """What a file is refused with of which nothing can be opened."""
    return SourceError("is no PDF, or a damaged one", "save it anew from the program that made it")


def _pages(document: Any, pdfium: Any) -> Iterator[Page]:
    """The pages; one that cannot be opened is empty and says so."""
    left = MAX_CHARACTERS
    for number in range(1, len(document) + 1):
        try:
            page = document[number - 1]
            text = page.get_textpage()
        except pdfium.PdfiumError:
            yield Page(number, is_damaged=True)
            continue
        left -= text.count_chars()
        if left < 0:
            raise SourceError(f"more than {MAX_CHARACTERS:,} characters", "split it")
        yield _page(number, page, text, pdfium.raw)
        text.close()
        page.close()


def _page(number: int, page: Any, text: Any, raw: Any) -> Page:
    """The page, turned so that most of its text is upright."""
    glyphs = struck_once(Glyphs(text, raw).all())
    turn = main_turn(glyphs)
    frame = Frame(page.get_bbox(), turn)
    upright = words([glyph for glyph in glyphs if glyph.style.turn == turn])
    slanted = "".join(" " * glyph.after_blank + glyph.text for glyph in glyphs if glyph.style.turn != turn)
    return Page(
        number,
        frame.height,
        closed([frame.word(word) for word in upright]),
        " ".join(slanted.split()),
        drawing(page, raw, frame.point),
    )
