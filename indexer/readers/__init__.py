"""Readers: one file for each format, from bytes to text and blocks; each is imported when a file first needs it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

from ..document import ExtractedDocument
from ..encoding.decode import decode
from ..extras import DOCX, OCR, PDF, RST, SHEETS, Extra

LONG_SHEET = 2**20
"""Bytes from which on a sheet is read in parts."""

Reader = Callable[[bytes], ExtractedDocument]


@dataclass(frozen=True, slots=True)
class Format:
    """A format that can be read, and the file name endings that stand for it."""

    name: str
    suffixes: tuple[str, ...]
    read: Reader
    tags: bool = False
    """Whether the text keeps HTML tags that are markup, not content."""
    in_parts: bool = False
    """Whether a long file is a long table, read part by part (``long_sheet``) and not by ``read``."""
    is_sheet: bool = False
    """Whether tables are what such a file is made of."""
    has_pages: bool = False
    """Whether such a file may be a book of hundreds of pages, which takes longer to read than others."""
    extra: Extra | None = None
    """The part of the install that its reader needs, beyond the base."""
    read_with_ocr: Reader | None = None
    """Reads the pictures of text in it as well, where that is asked for."""
    is_picture: bool = False
    """Whether it is read in that way alone, and passed over otherwise."""

    def is_in_parts(self, size: int) -> bool:
        """Whether a file of so many bytes is read part by part."""
        return self.in_parts and size >= LONG_SHEET


def decoded(read: Callable[[str], ExtractedDocument]) -> Reader:
    """A reader of bytes from one of text: what is said of the encoding joins the reading's doubts."""

    def read_bytes(data: bytes) -> ExtractedDocument:
        found = decode(data)
        reading = read(found.text)
        return replace(reading, doubts=(*found.doubts(), *reading.doubts))

    return read_bytes


def module(name: str, function: str = "read") -> Callable[[Any], ExtractedDocument]:
    """A function of a module of this folder, imported at its first use."""

    def read(source: Any) -> ExtractedDocument:
        reading: ExtractedDocument = getattr(import_module(f".{name}", __name__), function)(source)
        return reading

    return read


FORMATS = (
    Format("text", (".txt", ".text"), decoded(module("text.plain_text"))),
    Format(
        "markdown", (".md", ".markdown", ".mdown", ".mdx", ".qmd", ".rmd"), decoded(module("text.markdown")), tags=True
    ),
    Format("html", (".html", ".htm", ".xhtml", ".xht", ".shtml"), module("html.html_reader")),
    Format("csv", (".csv", ".tsv"), decoded(module("sheets.csv")), in_parts=True, is_sheet=True),
    Format("xlsx", (".xlsx", ".xlsm"), module("sheets.xlsx"), is_sheet=True),
    Format("xls", (".xls",), module("sheets.xls"), is_sheet=True, extra=SHEETS),
    Format("docx", (".docx", ".docm"), module("docx"), has_pages=True, extra=DOCX),
    Format("pdf", (".pdf",), module("pdf"), has_pages=True, extra=PDF, read_with_ocr=module("pdf", "read_with_ocr")),
    Format("epub", (".epub",), module("epub"), has_pages=True),
    Format("odt", (".odt", ".ott"), module("office.odt"), has_pages=True),
    Format("odp", (".odp",), module("office.odt", "read_slides")),
    Format("ods", (".ods", ".ots"), module("office.ods"), is_sheet=True),
    Format("pptx", (".pptx", ".pptm", ".ppsx"), module("office.pptx")),
    Format("rtf", (".rtf",), module("office.rtf")),
    Format("rst", (".rst", ".rest"), decoded(module("rst")), extra=RST),
    Format("asciidoc", (".adoc", ".asciidoc"), decoded(module("asciidoc"))),
    Format("mail", (".eml",), module("mail")),
    Format("mail folder", (".mbox",), module("mail", "read_folder")),
    Format("saved page", (".mht", ".mhtml"), module("mail", "read_saved_page")),
    Format(
        "picture", (".png", ".jpg", ".jpeg", ".tif", ".tiff"), module("pictures"), has_pages=True, extra=OCR,
        read_with_ocr=module("pictures"), is_picture=True,
    ),
)  # fmt: skip


_BY_SUFFIX = {suffix: known for known in FORMATS for suffix in known.suffixes}


def suffixes() -> str:
    """The endings of the formats that are read, on one line."""
    return ", ".join(suffix for known in FORMATS if not known.is_picture for suffix in known.suffixes)


def format_of(name: str) -> Format | None:
    """The format of a file by its name's ending; None where no reader knows it."""
    return _BY_SUFFIX.get(os.path.splitext(name)[1].lower())  # noqa: PTH122 - of every file there is, at each update
