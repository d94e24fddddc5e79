"""Readers: one file for each format, from bytes to text and blocks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import PurePath

from ...search.model import Doubt
from ..decode import decode
from ..parsed import Reading
from . import csv, html, markdown, text

Reader = Callable[[bytes], Reading]


@dataclass(frozen=True, slots=True)
class Format:
    """A format that can be read, and the file name endings that stand for it."""

    name: str
    suffixes: tuple[str, ...]
    read: Reader
    tags: bool = False
    """Whether the text keeps HTML tags that are markup, not content."""


def decoded(read: Callable[[str], Reading]) -> Reader:
    """A reader of bytes from one of text: the encoding's doubt joins the reading's doubts."""

    def read_bytes(data: bytes) -> Reading:
        found = decode(data)
        reading = read(found.text)
        return doubted(reading, found.doubt)

    return read_bytes


def doubted(reading: Reading, reason: str) -> Reading:
    """The reading with a doubt about the file as a whole, where there is one."""
    if not reason:
        return reading
    return replace(reading, doubts=(Doubt("doubt", reason, (0, 0), (1, 1)), *reading.doubts))


FORMATS = (
    Format("text", (".txt", ".text"), decoded(text.read)),
    Format("markdown", (".md", ".markdown", ".mdown"), decoded(markdown.read), tags=True),
    Format("html", (".html", ".htm", ".xhtml"), html.read),
    Format("csv", (".csv", ".tsv"), decoded(csv.read)),
)


def format_of(name: str) -> Format | None:
    """The format of a file by its name's ending; None where no reader knows it."""
    suffix = PurePath(name).suffix.lower()
    return next((f for f in FORMATS if suffix in f.suffixes), None)
