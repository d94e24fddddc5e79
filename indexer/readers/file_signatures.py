"""What a file really is, by its first bytes: what a reader of another format is told to say of it."""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from ...search.errors import SourceError
from ...search.lang.lexicon import lexicon

BROKEN = (BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error)
"""What the standard library raises for damaged archives; ``RuntimeError`` where a member is encrypted."""
ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The container of the Office files before 2007, and of those that a password protects."""
BARE_SHEETS = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
"""Excel 2, 3 and 4 wrote sheets without a container."""
SIGNATURE_BYTES = 4_096
"""Bytes or code points that are looked at."""
PAGE_MARK = re.compile(r"<!doctype html|<html|<head|<body|<table|<div|<p>", re.IGNORECASE)
OFFICE_PARTS = {
    "xl/workbook.xml": "xlsx",
    "xl/workbook.bin": "xlsb",
    "word/document.xml": "docx",
    "ppt/presentation.xml": "pptx",
    "META-INF/container.xml": "epub",
}
OPEN_DOCUMENT = {b"spreadsheet": "ods", b"text": "odt", b"presentation": "odp"}
STREAMS = {"EncryptedPackage": "locked", "Workbook": "xls", "Book": "xls", "WordDocument": "doc"}
"""Streams of an OLE file by name, the most telling first."""

CALLED = dict(lexicon("file_kinds").pairs("called"))
"""Every kind, and what it is called."""
REMEDIES = dict(lexicon("file_kinds").pairs("remedies"))
"""What to do where a file of the kind stands under another name."""


def kind(data: bytes) -> str:
    """The kind of a file, a key of ``CALLED``."""
    if data.startswith(ZIP):
        return _archive(data)
    if data.startswith(OLE):
        return next((found for name, found in STREAMS.items() if name.encode("utf-16-le") in data), "unknown")
    if data.startswith(BARE_SHEETS):
        return "xls"
    if data.startswith((b"%PDF", b"{\\rtf")):
        return "pdf" if data.startswith(b"%") else "rtf"
    return _text(data[:SIGNATURE_BYTES])


def expect(found: str, *wanted: str) -> None:
    """Raises SourceError where a file is of another kind than those wanted, with what it is and what to do."""
    if found not in wanted:
        raise SourceError(f"is {CALLED[found]}", REMEDIES[found])


def damaged() -> SourceError:
    """A file of the right kind that cannot be read."""
    return SourceError(f"is {CALLED['damaged']}", REMEDIES["damaged"])


def _archive(data: bytes) -> str:
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            said = archive.open("mimetype").read(SIGNATURE_BYTES) if "mimetype" in names else b""
    except BROKEN:
        return "damaged"
    found = next((found for name, found in OFFICE_PARTS.items() if name in names), None)
    mark = b"application/vnd.oasis.opendocument."
    open_document = next((found for word, found in OPEN_DOCUMENT.items() if said.startswith(mark + word)), None)
    return found or open_document or "zip"


def _text(head: bytes) -> str:
    if not head.strip(b"\0 \t\r\n"):
        return "empty"
    try:
        text = head.decode("utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8", "strict")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 3 and (b"\0" in head or head.startswith((b"\xff\xfe", b"\xfe\xff"))):
            return "unknown"
        text = head.decode("latin-1")
    if "\0" in text or sum(not c.isprintable() and not c.isspace() for c in text) > len(text) // 50:
        return "unknown"
    if PAGE_MARK.search(text):
        return "html"
    return "xml" if text.lstrip("\ufeff \r\n\t").startswith("<?xml") else "text"
