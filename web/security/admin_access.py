"""Who may change the guides: who brings the admin token; without one only a browser on this machine."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from hashlib import sha256
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import request

from ...search.errors import CiteguideError, UsageError
from .access import LOCAL, TRIES, UnauthorizedError, brings, long_enough
from .rate_limit import Buckets

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")
"""What a server in between says of itself: who is behind it is not on this machine."""


class ForbiddenError(CiteguideError):
    """What was asked for is not for this client, or was not asked from our own page."""

    code = "forbidden"
    http_status = 403


class AdminAccess:
    """Who may change the guides, and from which page.

    Raises UsageError where the token is too short, or where there is none and the server answers to other names than
    this machine's own.
    """

    def __init__(self, token: str | None = None, *, changes: bool = False, names: Iterable[str] = ()) -> None:
        self.token = None if token is None else long_enough(token, "admin token")
        self._tries = Buckets(TRIES)
        self._key = secrets.token_bytes(32)
        if changes and token is None and not {*names} <= {*LOCAL, "::1"}:
            raise UsageError(
                "the admin page is for this machine alone as long as it has no token",
                "give it one with --admin-token-file, or serve on 127.0.0.1",
            )

    @property
    def form_token(self) -> str:
        """What a form of ours sends along, and no page of another site can know."""
        return hmac.new(self._key, b"form", sha256).hexdigest()

    def admit(self) -> None:
        """Raises UnauthorizedError or ForbiddenError where this request comes from somebody else."""
        given = request.headers.get("Authorization")
        if self.token is None:
            if not _is_from_here():
                raise ForbiddenError("this page is for the machine that serves it", "open it there")
        elif not brings(given, self.token):
            if given:
                self._tries.take(request.remote_addr or "")
            raise UnauthorizedError("this page asks for the admin token", "give it as the password of any user")

    def check_form(self) -> None:
        """Raises ForbiddenError where a form was not sent from a page of this server."""
        site = request.headers.get("Sec-Fetch-Site")
        origin = urlsplit(request.headers.get("Origin", "")).netloc.lower()
        from_here = site == "same-origin" if site else origin == request.host.lower()
        if not (from_here and hmac.compare_digest(request.form.get("token", "").encode(), self.form_token.encode())):
            raise ForbiddenError("this was not sent from the page as it is now", "load the page again and send it anew")


def _is_from_here() -> bool:
    try:
        is_loopback = ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
    return is_loopback and not any(name in request.headers for name in FORWARDED)
