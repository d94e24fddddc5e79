"""Word documents: mammoth makes a page of them, which is read like any other.

What mammoth leaves out is told: page headers and footers are dropped pieces, comments and lost words doubts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import escape
from io import BytesIO
from typing import Any
from xml.parsers import expat

from ...search.model import Doubt
from ..dates import stated_date
from ..document import ExtractedDocument
from ..extras import DOCX
from .file_signatures import BROKEN, damaged
from .html.html_reader import read as read_page
from .ooxml import Package, opened

MAX_DOCX_ELEMENTS = 150_000
"""Elements of all parts together; a document of 100 pages has about 50,000."""
MAX_LOST = 50
"""Pieces of lost text that are looked for at most."""
SHOWN_OF_FIRST = 60
"""Code points of the first of them that are told."""
STYLES = "\n".join(
    ["p[style-name='Title'] => h1:fresh", *(f"p[style-name='heading {n}'] => h6:fresh" for n in (7, 8, 9))]
)
"""What mammoth does not know of its own: the style of a document's title, and deep headings."""
DOCX_FAILURES = (AttributeError, LookupError, TypeError, expat.ExpatError, *BROKEN)
"""What mammoth raises for documents that are not in order."""


def read(data: bytes) -> ExtractedDocument:
    """The text and blocks of a document. Raises SourceError where it cannot be read, or mammoth is not installed."""
    package = opened(data, "docx")
    said = _said(package)
    mammoth = DOCX.load()
    try:
        body = mammoth.convert_to_html(
            BytesIO(data), style_map=STYLES, include_embedded_style_map=False, convert_image=_no_image
        ).value
    except DOCX_FAILURES as error:
        raise damaged() from error
    reading = read_page(_page(package, said, body).encode())
    doubts = tuple(Doubt("doubt", reason, (0, 0), (1, 1)) for reason in _left_out(said, reading.text))
    return replace(reading, date=stated_date(reading.text) or reading.date, doubts=(*reading.doubts, *doubts))


def _no_image(_: Any) -> list[Any]:
    return []


def _said(package: Package) -> dict[str, list[str]]:
    """The pieces of text in each part, all of which are looked into before mammoth builds trees of them."""
    said: dict[str, list[str]] = {}
    left = MAX_DOCX_ELEMENTS
    for part in sorted(package.names):
        if part.startswith("word/") and part.endswith((".xml", ".rels")):
            said[part.removeprefix("word/")] = pieces = []
            for begins, name, _, text in package.events(part, most=left):
                left -= begins
                match name:
                    case "t" if not begins and text.strip():
                        pieces.append(text)
                    case "p" if not begins:
                        pieces.append("\n")
    return said


def _page(package: Package, said: dict[str, list[str]], body: str) -> str:
    """A whole page: the document's own facts, what stands above and below its pages, and its text."""
    title, date = package.properties()
    head = f'<title>{escape(title)}</title><meta name="last-modified" content="{escape(date or "")}">'
    around = [_lines(pieces for part, pieces in said.items() if part.startswith(name)) for name in ("header", "footer")]
    return f"<head>{head}</head><body><header>{around[0]}</header>{body}<footer>{around[1]}</footer></body>"


def _lines(parts: Iterable[list[str]]) -> str:
    """Each different line of some parts as a paragraph."""
    lines = dict.fromkeys(line.strip() for pieces in parts for line in "".join(pieces).split("\n"))
    return "".join(f"<p>{escape(line)}</p>" for line in lines if line)


def _left_out(said: dict[str, list[str]], text: str) -> Iterator[str]:
    """What of a document its text does not hold."""
    if any(piece.strip() for piece in said.get("comments.xml", ())):
        yield "comments that are not read"
    lost = list(_lost(said.get("document.xml", ()), text))
    if lost:
        yield f"{len(lost)} pieces of text that could not be read, the first: “{lost[0][:SHOWN_OF_FIRST]}”"


def _lost(pieces: Iterable[str], text: str) -> Iterator[str]:
    """The pieces of the document that its text does not hold, blanks aside; looked for from one to the next."""
    plain, at, left = "".join(text.split()), 0, MAX_LOST
    for piece in pieces:
        sought = "".join(piece.split())
        found = plain.find(sought, at)
        found = plain.find(sought) if found < 0 else found
        if found >= 0:
            at = found
        elif left:
            left -= 1
            yield piece.strip()
