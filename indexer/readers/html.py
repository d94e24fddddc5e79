"""HTML."""

from __future__ import annotations

from ..parsed import Reading
from . import text as plain
from ..decode import decode
from bs4 import BeautifulSoup


def read(data: bytes) -> Reading:
    """The blocks of a page."""
    soup = BeautifulSoup(decode(data).text, "html.parser")
    for tag in soup(["script", "style", "template"]):
        tag.decompose()
    return plain.read(soup.get_text("\n"))
