"""A PDF's bytes to its pages: what PDFium, which decodes file and fonts, finds on each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from statistics import median
from typing import Any, NamedTuple

from ....search.errors import SourceError
from ...extras import PDF
from ..ocr import DENSITY, MOST_DOTS, Picture, SeenWord, recognised
from .characters import Frame, Glyphs, main_turn, struck_once
from .drawing import drawing
from .page import Page, Word
from .words import closed, words

MAX_PAGES = 2_000
MAX_CHARACTERS = 4_000_000
"""Of the whole file."""
MAX_NOTES = 2_000
"""Fields and notes of a page that are looked at."""
POINTS = 72
"""Per inch."""
SCANNED_SIZE = 1.1
"""How many times as large as another type may look in a scan that is the same."""
SURE_PERCENT = 85.0
"""Percent that OCR is sure of a word, from which on it is not doubted."""


class File(NamedTuple):
    """A PDF's pages, and its ``Title``, ``ModDate`` and ``CreationDate``, empty where it gives none."""

    pages: list[Page]
    facts: dict[str, str]
    labels: list[str]
    """What it calls each page; empty where it does not."""


def opened(data: bytes, *, ocr: bool = False) -> File:
    """Everything that stands in a PDF; with ``ocr`` also what pages without text show.

    Raises SourceError where it is locked, damaged or too large.
    """
    with _document(data) as (document, pdfium):
        facts = {name: document.get_metadata_value(name) for name in ("Title", "ModDate", "CreationDate")}
        labels = [document.get_page_label(n) for n in range(len(document))]
        pages = list[Page]()
        for number, page, text in _pages(document, pdfium):
            found = _page(number, page, text, pdfium.raw)
            is_picture = ocr and found.drawing.shows and not found.words and not found.slanted
            pages.append(scanned_page(number, _picture(page)) if is_picture else found)
        return File(pages, facts, labels)


def scanned_page(number: int, picture: Picture) -> Page:
    """A page of which there is a picture alone, with the words that OCR reads."""
    lines, points = recognised(picture), POINTS / picture.density
    sizes = _evened([median(seen.size for seen in line) * points for line in lines])
    found = [word for line, size in zip(lines, sizes, strict=True) for word in _seen(line, size, points)]
    unsure = tuple(seen.text for line in lines for seen in line if seen.sure < SURE_PERCENT)
    return Page(number, picture.height * points, found, is_scanned=True, unsure=unsure)


def drawn(data: bytes) -> list[str]:
    """The text of each page in the order in which the file draws it. Raises as ``opened`` does."""
    with _document(data) as (document, pdfium):
        return [text.get_text_range() if text else "" for _, _, text in _pages(document, pdfium)]


@contextmanager
def _document(data: bytes) -> Iterator[tuple[Any, Any]]:
    """A file that PDFium takes, and PDFium."""
    pdfium = PDF.load()
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _refusal(getattr(error, "err_code", None), pdfium.raw) from error
    try:
        if len(document) > MAX_PAGES:
            raise SourceError(f"has {len(document):,} pages", f"split it: {MAX_PAGES:,} are the most")
        if document.get_formtype() != pdfium.raw.FORMTYPE_NONE:
            document.init_forms()
        yield document, pdfium
    finally:
        document.close()


def _refusal(code: int | None, raw: Any) -> SourceError:
    if code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
        return SourceError("is locked with a password", "save it without one, for example with 'qpdf --decrypt'")
    return damaged()


def damaged() -> SourceError:
    """What a file is refused with of which nothing can be opened."""
    return SourceError("is no PDF, or a damaged one", "save it anew from the program that made it")


def _pages(document: Any, pdfium: Any) -> Iterator[tuple[int, Any, Any]]:
    """Each page with its number and text, both None where it cannot be opened; closed when the next comes."""
    left = MAX_CHARACTERS
    for number in range(1, len(document) + 1):
        try:
            page = _filled_in(document, number - 1, pdfium.raw)
            text = page.get_textpage()
        except pdfium.PdfiumError:
            yield number, None, None
            continue
        left -= text.count_chars()
        if left < 0:
            raise SourceError(f"more than {MAX_CHARACTERS:,} characters", "split it")
        yield number, page, text
        text.close()
        page.close()


def _filled_in(document: Any, index: int, raw: Any) -> Any:
    """A page of the document, with what is filled into its form, and typed onto it, made part of it."""
    page = document[index]
    kinds = {_kind(page, n, raw) for n in range(min(raw.FPDFPage_GetAnnotCount(page.raw), MAX_NOTES))}
    if kinds.isdisjoint((raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT)):
        return page
    raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
    page.close()
    return document[index]


def _evened(sizes: Sequence[float]) -> list[float]:
    """The sizes of lines, where those that are nearly the same are the same."""
    groups: list[list[float]] = []
    for size in sorted(sizes):
        if not groups or size > SCANNED_SIZE * groups[-1][0]:
            groups.append([])
        groups[-1].append(size)
    even = {size: round(median(group), 1) for group in groups for size in group}
    return [even[size] for size in sizes]


def _seen(line: Sequence[SeenWord], size: float, points: float) -> Iterator[Word]:
    """The words of a line, all of one size and on one base: a scan sets each a little apart."""
    base = median(seen.base for seen in line) * points
    return (Word(seen.text, seen.x0 * points, seen.x1 * points, base, size, bold=False) for seen in line)


def _picture(page: Any) -> Picture:
    """The page as a reader sees it."""
    width, height = page.get_size()
    density = min(DENSITY, POINTS * (MOST_DOTS / max(1.0, width * height)) ** 0.5)
    bitmap = page.render(scale=density / POINTS, grayscale=True)
    try:
        return Picture(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, density)
    finally:
        bitmap.close()


def _kind(page: Any, number: int, raw: Any) -> int:
    """What one of the things is that lie on a page."""
    found = raw.FPDFPage_GetAnnot(page.raw, number)
    kind: int = raw.FPDFAnnot_GetSubtype(found)
    raw.FPDFPage_CloseAnnot(found)
    return kind


def _page(number: int, page: Any, text: Any, raw: Any) -> Page:
    """The page, turned so that most of its text is upright; one that could not be opened is empty and says so."""
    if page is None:
        return Page(number, is_damaged=True)
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
