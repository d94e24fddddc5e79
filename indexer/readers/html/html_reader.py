"""HTML pages: everything they show is their text; navigation, footers and notices are kept apart from the guide."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ....search.model import Doubt
from ....search.text.line_index import LineIndex
from ...document import Block, ExtractedDocument
from ...encoding.decode import decode
from ...encoding.mojibake import mended
from ..text.label_headings import settled
from ..text.unglued import unglued
from .dom_walker import write
from .elements import PageTree
from .page_address import page_address
from .page_date import page_date
from .tags import tree

ENCODING_WITHIN = 4_096
"""Bytes in which a page names its encoding."""
CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
ENCODING_NAME = re.compile(
    r"(?:utf|iso|windows|cp|koi8|gb|big5|euc|shift|mac|latin|ascii|us-ascii|x-sjis|sjis)[\w.:-]*", re.IGNORECASE
)
"""Names of encodings of characters: others (``punycode``, ``unicode_escape``) are no page's."""


def read(data: bytes) -> ExtractedDocument:
    """The text and blocks of a page. Raises SourceError where it cannot be read as one."""
    decoded = decode(data, _declared(data[:ENCODING_WITHIN]))
    source, letters = mended(decoded.text)
    page = tree(source)
    written = write(page)
    text = written.text()
    blocks = unglued(settled(written.blocks), text, LineIndex(text))
    repairs = (Doubt("repaired", f"letters that were decoded wrongly: {letters:,}", (0, 0), (1, 1)),) if letters else ()
    meta = _meta(page)
    title = _title(page, meta, written.blocks)
    date, address = _date(page, meta, title, text), page_address(page, meta)
    return ExtractedDocument(text, tuple(blocks), title, date, (*decoded.doubts(), *repairs), address=address)


def _date(page: PageTree, meta: Mapping[str, str], title: str, text: str) -> str | None:
    return page_date(page, meta, text[max(0, text.find(title)) :])


def _declared(head: bytes) -> str | None:
    match = CHARSET.search(head)
    name = match[1].decode("ascii") if match else ""
    return name if ENCODING_NAME.fullmatch(name) else None


def _title(page: PageTree, meta: Mapping[str, str], blocks: list[Block]) -> str:
    """The page's only first-rank heading, else what it tells other sites, else what its tab shows."""
    first = [block.title for block in blocks if block.is_a("heading") and block.level == 1]
    told = meta.get("og:title", "")
    shown = next((title.said() for title in page.named("title")), "")
    return first[0] if len(first) == 1 else " ".join(told.split()) or shown


def _meta(page: PageTree) -> dict[str, str]:
    """What the page's meta elements say, by their names in lower case; the first of a name counts."""
    found: dict[str, str] = {}
    for tag in page.named("meta"):
        named = tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv")
        for name in named.lower().split():
            found.setdefault(name, tag.get("content"))
    return found
