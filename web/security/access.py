"""Who may ask: under which names the server answers, with which token, and from which sites' pages."""

from __future__ import annotations

import base64
import binascii
import hmac
import re
from dataclasses import dataclass
from hashlib import sha256
from ipaddress import ip_address

from ...search.errors import CiteguideError, UsageError

LOCAL = ("localhost", "127.0.0.1", "[::1]")
"""The names that lead to this machine and to no other."""
SHORTEST_TOKEN = 16
"""Characters of a token at least."""
TRIES = 10
"""Wrong tokens that a client may send in a minute."""

_HOST = re.compile(r"(\[[0-9a-f:.]{2,45}\]|[a-z0-9._-]{1,255})(?::[0-9]{1,5})?")
_ORIGIN = re.compile(r"https?://(?:\[[0-9a-f:.]{2,45}\]|[a-z0-9._-]{1,255})(?::[0-9]{1,5})?")


class UnauthorizedError(CiteguideError):
    """The access token is missing, or another one."""

    code = "unauthorized"
    http_status = 401


@dataclass(frozen=True, slots=True)
class Access:
    """Who may ask.

    ``hosts`` are the names that the server answers to, beside those of this machine; ``.example.org`` is all names
    below that one, ``*`` any name, ``0.0.0.0`` and ``::`` any name that is a number: no page elsewhere can have such a
    name made to lead here. ``origins`` are the sites whose pages may read the API, ``frames`` those that may show pages
    of ours in a frame. ``token`` must come with every request, if there is one; who brings ``admin`` is let in as well.
    """

    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    token: str | None = None
    admin: str | None = None

    def __post_init__(self) -> None:
        """Raises UsageError where something cannot be meant."""
        for origin in (*self.origins, *self.frames):
            if not _ORIGIN.fullmatch(origin):
                raise UsageError(f"'{origin}' is not the origin of a site", "write it like https://www.example.org")
        if self.token is not None:
            long_enough(self.token, "access token")

    def answers_to(self, host: str | None) -> bool:
        """Whether a Host header names this server."""
        match = _HOST.fullmatch((host or "").lower())
        if match is None:
            return False
        name = match[1].removesuffix(".")
        return name in LOCAL or any(_is_meant(name, each.lower()) for each in self.hosts)

    def is_open_to(self, authorization: str | None) -> bool:
        """Whether an Authorization header brings the token, as a bearer's or as the password of any user."""
        if self.token is None:
            return True
        return brings(authorization, self.token) or (self.admin is not None and brings(authorization, self.admin))


def brings(authorization: str | None, token: str) -> bool:
    """Whether an Authorization header brings a token, as a bearer's or as the password of any user."""
    scheme, _, given = (authorization or "").partition(" ")
    match scheme.lower():
        case "bearer":
            return _same(given.strip(), token)
        case "basic":
            return _same(_password(given.strip()), token)
    return False


def long_enough(token: str, what: str) -> str:
    """The token. Raises UsageError where it could be guessed."""
    if len(token) < SHORTEST_TOKEN:
        raise UsageError(
            f"the {what} is shorter than {SHORTEST_TOKEN} characters",
            "take a long random one, such as openssl rand -hex 16 gives",
        )
    return token


def _is_meant(name: str, known: str) -> bool:
    match known:
        case "*":
            return True
        case "0.0.0.0" | "::" | "[::]":  # noqa: S104 - nothing is bound here
            return _is_number(name.strip("[]"))
    return name == known or name == f"[{known}]" or (known.startswith(".") and name.endswith(known))


def _is_number(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _same(given: str, token: str) -> bool:
    """In a time that tells nothing of where they differ."""
    return hmac.compare_digest(sha256(given.encode()).digest(), sha256(token.encode()).digest())


def _password(given: str) -> str:
    try:
        return base64.b64decode(given, validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return ""
