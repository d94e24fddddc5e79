"""The address that a page gives for itself: where it lies on the web, whatever file it was saved as."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from .elements import PageTree

MAX_ADDRESS = 2_048
"""Characters of an address."""
PRINTABLE = re.compile(r"[!-~]+")
"""What an address consists of: printable ASCII, without blanks."""

OF_THE_WEB = ("http", "https")


def page_address(page: PageTree, meta: Mapping[str, str]) -> str | None:
    """The canonical address (RFC 6596), else the one that the page tells other sites; None without a whole one.

    ``meta`` has what its meta elements say, by name. A page may say what it likes: only http and https are taken, and
    no names or passwords.
    """
    return next((address for address in _told(page, meta) if _is_whole(address)), None)


def _told(page: PageTree, meta: Mapping[str, str]) -> Iterator[str]:
    for link in page.named("link"):
        if "canonical" in link.words("rel"):
            yield link.get("href").strip()
    yield meta.get("og:url", "").strip()


def _is_whole(address: str) -> bool:
    if len(address) > MAX_ADDRESS or not PRINTABLE.fullmatch(address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in OF_THE_WEB and bool(parts.hostname) and "@" not in parts.netloc
