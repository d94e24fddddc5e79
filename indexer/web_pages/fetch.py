"""One page over HTTP: asked for once, read within limits of size and time, every step of the way there checked.

Python's own ``http.client`` and ``ssl`` speak the protocol. Proxies named in the environment are not used: through one,
nobody could tell which machine is asked. Credentials, cookies and scripts have no part in it.
"""

from __future__ import annotations

import re
import socket
import ssl
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection, HTTPException, HTTPResponse
from importlib.metadata import version

from ...search.errors import SourceError, UsageError
from . import address_guard
from .address import Address, follow
from .content import ACCEPTED, suffix_of, unified
from .deadline import Deadline
from .terms import FetchedPage, Terms, Validators

REDIRECTS = {301, 302, 303, 307, 308}
DOWNGRADE = ("https", "http")
NOT_PACKED = ("identity", "")
PACKED_ENCODINGS = ("gzip", "x-gzip", "deflate")
"""Encodings of content that are read."""
REPLY_CHUNK = 64 * 2**10

_VALIDATOR = re.compile(r"[\x20-\x7e]{1,200}")


class _Response(HTTPResponse):
    def _safe_read(self, amt: int) -> bytes:
        """Before Python looks: a chunk of length -1 would be read to its end, however large."""
        if amt < 0:
            raise HTTPException("a chunk of negative length")
        return super()._safe_read(amt)  # type: ignore[misc,no-any-return]


def fetch(address: Address, terms: Terms, known: Validators | None = None) -> FetchedPage | None:
    """The page of an address; None where it is still the one that is known.

    Raises SourceError for whatever stands in the way: the host, its answer, a limit, a format that nobody reads.
    """
    deadline = Deadline(terms.seconds)
    here = address
    for _ in range(terms.redirects + 1):
        with _asked(here, terms, known or Validators(), deadline) as response:
            onward = response.getheader("Location")
            if response.status in REDIRECTS and onward is not None:
                here = _onward(here, onward)
                continue
            if response.status == 304 and known is not None:
                return None
            return _page(here, response, terms, deadline)
    raise SourceError(f"leads from page to page more than {terms.redirects} times", "name the page that it leads to")


@contextmanager
def _asked(address: Address, terms: Terms, known: Validators, deadline: Deadline) -> Iterator[HTTPResponse]:
    """The answer to one request. What goes wrong while it is asked for or read is a SourceError."""
    with ExitStack() as held:
        try:
            raw = address_guard.connect(
                address.host, address.port, deadline, allow_private=terms.allow_private, lookup=terms.lookup
            )
            held.callback(raw.close)
            held.enter_context(deadline.ending(raw))
            speaking = HTTPConnection(address.host, address.port)
            speaking.response_class = _Response
            speaking.sock = held.enter_context(_secured(raw, address, terms))
            held.callback(speaking.close)
            speaking.request("GET", address.target, headers=_headers(address, known))
            yield held.enter_context(speaking.getresponse())
        except (OSError, HTTPException, ValueError) as error:  # the last for a chunk whose length is no number
            deadline.remaining()
            raise SourceError(
                f"cannot be fetched ({_reason(error)})", "try again later, or save it yourself"
            ) from error


def _secured(raw: socket.socket, address: Address, terms: Terms) -> socket.socket:
    """The connection, under TLS where the address says so: the certificate must be the host's, whatever its number."""
    if address.scheme != "https":
        return raw
    return (terms.tls or ssl.create_default_context)().wrap_socket(raw, server_hostname=address.host)


def _headers(address: Address, known: Validators) -> dict[str, str]:
    headers = {
        "Host": address.netloc,
        "User-Agent": f"citeguide/{version('citeguide')}",
        "Accept": ACCEPTED,
        "Accept-Encoding": "gzip",
        "Connection": "close",
        "If-None-Match": known.etag,
        "If-Modified-Since": known.modified,
    }
    return {name: value for name, value in headers.items() if value}


def _onward(here: Address, location: str) -> Address:
    try:
        there = follow(here, location.encode("latin-1").decode("utf-8", "replace"))
    except UsageError as error:
        raise SourceError(f"leads on to what cannot be fetched ({error.message})", "save it yourself") from error
    if (here.scheme, there.scheme) == DOWNGRADE:
        raise SourceError(f"leads on to {there}, which is not encrypted", "name that address if you trust it")
    return there


def _page(address: Address, response: HTTPResponse, terms: Terms, deadline: Deadline) -> FetchedPage:
    if response.status != 200:
        raise SourceError(f"answers {response.status} {response.reason[:60]}".rstrip(), "check the address")
    kind = response.headers.get_content_type() if response.getheader("Content-Type") else ""
    suffix = suffix_of(kind, address)
    data = unified(_body(response, terms.most, deadline), suffix, response.headers.get_content_charset())
    named = (response.getheader(name, "") for name in ("ETag", "Last-Modified"))
    return FetchedPage(data, suffix, Validators(*(text if _VALIDATOR.fullmatch(text) else "" for text in named)))


def _body(response: HTTPResponse, most: int, deadline: Deadline) -> bytes:
    """The whole body, unpacked. Raises SourceError where it is larger than ``most``, cut off or damaged."""
    if (response.length or 0) > most:
        raise _too_large(most)
    sent = bytearray()
    while chunk := response.read(REPLY_CHUNK):
        deadline.remaining()
        sent += chunk
        if len(sent) > most:
            raise _too_large(most)
    deadline.remaining()
    if response.length:
        raise _cut_off()
    return _unpacked(bytes(sent), response.getheader("Content-Encoding", "identity").strip().lower(), most)


def _unpacked(data: bytes, encoding: str, most: int) -> bytes:
    if encoding in NOT_PACKED:
        return data
    if encoding not in PACKED_ENCODINGS:
        raise SourceError("is packed in a way that was not asked for", "save it yourself")
    unpacking = zlib.decompressobj(wbits=47)  # by its first bytes gzip or zlib
    try:
        plain = unpacking.decompress(data, most + 1)
    except zlib.error as error:
        raise SourceError("is damaged: it cannot be unpacked", "try again later, or save it yourself") from error
    if len(plain) > most:
        raise _too_large(most)
    if not unpacking.eof:
        raise _cut_off()
    return plain


def _reason(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not good: {error.verify_message}"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error)[:100] or type(error).__name__


def _too_large(most: int) -> SourceError:
    return SourceError(f"more than {most / 2**20:g} MB", "save the part that you need yourself")


def _cut_off() -> SourceError:
    return SourceError("was cut off on its way", "try again later")
