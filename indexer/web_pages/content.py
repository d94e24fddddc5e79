"""What a server says of a page's content: the format to read it as, and its encoding."""

from __future__ import annotations

import codecs
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from ...search.errors import SourceError
from ...search.lang.lexicon import read_sections
from ..readers import format_of
from .address import Address

ENDINGS_OF_TYPES = dict(read_sections(Path(__file__).with_name("media_types.txt")).pairs())
"""Media types and the endings that files of their formats have."""
VAGUE = {"": ".html", "text/plain": ".txt", "application/octet-stream": "", "binary/octet-stream": ""}
"""Media types that servers give to whatever they do not know: the name's ending says more, if it says anything."""
ACCEPTED = ", ".join([*ENDINGS_OF_TYPES, "text/plain", "*/*;q=0.1"])

ENCODING_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
TEXT_ENDINGS = {".html", ".xhtml", ".htm", ".md", ".csv", ".tsv", ".txt"}


def suffix_of(media_type: str, address: Address) -> str:
    """The ending under which a page is saved. Raises SourceError where no format is known that it could be in."""
    suffix = ENDINGS_OF_TYPES.get(media_type, "")
    if media_type in VAGUE:
        named = PurePosixPath(unquote(address.target.partition("?")[0])).suffix.lower()
        suffix = named if format_of(f"x{named}") else VAGUE[media_type]
    if format_of(f"x{suffix}") is None:
        what = media_type or "of no format that its server names"
        raise SourceError(f"is {what}, which citeguide does not read", "save it in another format yourself")
    return suffix


def unified(data: bytes, suffix: str, charset: str | None) -> bytes:
    """The bytes to save: those that were sent, or as UTF-8 where only the server said which other encoding they are in.

    A file keeps no such word beside it, and would be read in a wrong one later.
    """
    if (
        suffix not in TEXT_ENDINGS
        or not charset
        or data.startswith(ENCODING_MARKS)
        or _decoded(data, "utf-8") is not None
    ):
        return data
    text = _decoded(data, charset)
    return data if text is None else codecs.BOM_UTF8 + text.encode("utf-8", "replace")


def _decoded(data: bytes, encoding: str) -> str | None:
    """The text, where the bytes are in that encoding and it is one of text."""
    try:
        return data.decode(encoding)
    except (LookupError, ValueError):
        return None
