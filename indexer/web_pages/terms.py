"""What is agreed on before a page is fetched, and what comes of it; so the fetching itself need not be imported."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ssl import SSLContext

Lookup = Callable[..., Sequence[tuple[Any, ...]]]
"""``socket.getaddrinfo`` or one like it."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How far a fetch goes."""

    allow_private: bool = False
    """Whether machines may be asked that are not on the public internet."""
    seconds: float = 30
    most: int = 20 * 2**20
    """Bytes of a page, as sent and unpacked alike."""
    redirects: int = 5
    lookup: Lookup = socket.getaddrinfo
    tls: Callable[[], SSLContext] | None = None
    """What certificates are held against; without it what the system trusts."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave a page to be recognised by, to ask whether it is still the same; both may be empty."""

    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """What was fetched: the file's bytes, and the ending that its format has."""

    data: bytes
    suffix: str
    validators: Validators
