"""Addresses of pages: brought into one form, and the path that a saved page has among the guides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from ipaddress import IPv6Address
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from ...search.errors import UsageError
from ..readers import format_of
from ..readers.html.page_address import MAX_ADDRESS

MAX_FOLDERS = 12
MAX_FILE_NAME = 80
PORTS = {"http": 80, "https": 443}

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}://")
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9._-]{0,252})")
_CONTROL = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ud800-\udfff]")
_ODD = re.compile(r"[^a-z0-9._-]+")


class Address(NamedTuple):
    """One page's address: host in lower case and ASCII, ``target`` the path and query as a request sends them."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def netloc(self) -> str:
        """Host and port, the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.netloc}{self.target}"


def is_address(text: str) -> bool:
    """Whether what was named is an address and not a path."""
    return _ADDRESS.match(text) is not None


def parse(text: str) -> Address:
    """The address of a page, without its fragment. Raises UsageError for what cannot be one; it shows no password."""
    if len(text) > MAX_ADDRESS or _CONTROL.search(text):
        raise UsageError(f"an address has at most {MAX_ADDRESS:,} characters and no blanks", "check the address")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise UsageError(f"'{_shown(text)}' is not an address ({error})", "check the address") from error
    if parts.scheme not in PORTS:
        raise UsageError(f"addresses begin with http:// or https://, not {parts.scheme}://", "save the file yourself")
    if "@" in parts.netloc:
        raise UsageError("an address with a name or password is not taken", "leave out what stands before the @")
    return Address(parts.scheme, _host(parts, text), port or PORTS[parts.scheme], _target(parts))


def follow(address: Address, location: str) -> Address:
    """Where a page sends its readers on to. Raises UsageError as ``parse`` does."""
    try:
        return parse(urljoin(str(address), location))
    except ValueError as error:
        raise UsageError("not an address", "check the address") from error


def places(address: Address, suffix: str) -> Iterator[str]:
    """Paths for a saved page, below the folder of pages: the plain one where it says all, and one with a hash.

    The scheme does not matter: with and without encryption it is one page.
    """
    path, _, query = address.target.partition("?")
    *folders, name = path.split("/")[1:]
    host = _ODD.sub("-", address.host) + ("" if address.port in PORTS.values() else f"+{address.port}")
    stem = _stem(name or "index", suffix)
    whole = not query and len(folders) < MAX_FOLDERS and not any("." in folder for folder in folders)
    if whole and all(_plain(part) == part for part in (*folders, stem)):
        yield str(PurePosixPath(host, *folders, stem + suffix))
    digest = sha256(f"{address.netloc}{address.target}".encode()).hexdigest()[:8]
    near = (_plain(folder).replace(".", "-") for folder in folders[:MAX_FOLDERS])
    yield str(PurePosixPath(host, *near, f"{_plain(stem)}-{digest}{suffix}"))


def _host(parts: SplitResult, text: str) -> str:
    host = (parts.hostname or "").rstrip(".")
    try:
        host = IPv6Address(host).compressed if ":" in host else host.encode("idna").decode("ascii").lower()
    except ValueError:
        host = ""
    if not _HOST.fullmatch(host.replace(":", "0")):
        raise UsageError(f"'{_shown(text)}' names no host that can be asked", "check the address")
    return host


def _target(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    return f"{path}?{quote(parts.query, safe='/%:@!$&()*+,;=~?[]')}" if parts.query else path


def _stem(name: str, suffix: str) -> str:
    """A page's name without the ending that it is saved under."""
    own = PurePosixPath(name).suffix
    return name.removesuffix(own) if own and format_of(name) == format_of(f"x{suffix}") else name


def _plain(part: str) -> str:
    """A part of the address as the name of a file: ASCII, in lower case, never hidden."""
    return _ODD.sub("-", unquote(part).lower()).strip(".")[:MAX_FILE_NAME] or "-"


def _shown(text: str) -> str:
    """The address without what may be a password."""
    scheme, _, rest = text.partition("://")
    netloc, slash, path = rest.partition("/")
    return f"{scheme}://{netloc.rpartition('@')[2]}{slash}{path}"
