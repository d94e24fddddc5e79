"""Electronic books (EPUB 2 and 3): the chapters in their order, each read as the page that it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from ...search.errors import SourceError
from ..document import ExtractedDocument
from .html.html_reader import read as read_page
from .joined import joined
from .ooxml import Package, opened

CONTAINER_FILE = "META-INF/container.xml"
PAGE_TYPES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""How fonts are hidden, which protects no text."""
MAX_CHAPTERS = 2_000


def read(data: bytes) -> ExtractedDocument:
    """The text and blocks of a book. Raises SourceError where it is damaged, protected or none."""
    package = opened(data, "epub")
    if any(name == "EncryptionMethod" and said.get("Algorithm") not in FONTS for name, said in _begun(package)):
        raise SourceError("is protected against copying", "ask its publisher for a copy without protection")
    book = next((said["full-path"] for name, said in _elements(package, CONTAINER_FILE) if "full-path" in said), "")
    title, date = _facts(package, book)
    return joined((_chapter(package, part) for part in _chapters(package, book)), title=title, date=date)


def _begun(package: Package) -> Iterator[tuple[str, dict[str, str]]]:
    return _elements(package, "META-INF/encryption.xml")


def _elements(package: Package, part: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The elements of a part and what they say."""
    return ((name, dict(said)) for begins, name, said, _ in package.events(part) if begins)


def _facts(package: Package, book: str) -> tuple[str, str | None]:
    """The book's title, and the day of its last change or its publication."""
    title, dates, said_of = "", list[str](), ""
    for begins, name, said, text in package.events(book):
        if begins:
            said_of = said.get("property", "")
            continue
        match name:
            case "title":
                title = title or " ".join(text.split())
            case "date":
                dates.append(text.strip()[:10])
            case "meta" if said_of == "dcterms:modified":
                dates.insert(0, text.strip()[:10])
    return title, next(iter(dates), None)


def _chapters(package: Package, book: str) -> list[str]:
    """The parts that are its chapters, in reading order; a table of contents for programs is none."""
    items: dict[str, str] = {}
    order: list[str] = []
    for name, said in _elements(package, book):
        is_page = said.get("media-type") in PAGE_TYPES and "nav" not in said.get("properties", "").split()
        match name:
            case "item" if is_page:
                items[said.get("id", "")] = normpath(join(dirname(book), unquote(said.get("href", "")))).lstrip("/")
            case "itemref":
                order.append(said.get("idref", ""))
    chapters = [items[one] for one in dict.fromkeys(order) if items.get(one) in package.names]
    if not chapters:
        raise SourceError("names no chapter", "open it in the program that wrote it and save it again")
    return chapters[:MAX_CHAPTERS]


def _chapter(package: Package, part: str) -> ExtractedDocument:
    try:
        reading = read_page(package.data(part))
    except SourceError:  # a cover, or a page that shows a picture alone
        return ExtractedDocument("", ())
    return replace(reading, title="", date=None)
