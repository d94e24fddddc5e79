"""Asks a cluster: every request is bounded in time and size, tried again where that can help, and fails in one line."""

from __future__ import annotations

import json
import logging
import random
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from types import SimpleNamespace
from typing import Any

from opensearchpy import Transport, Urllib3HttpConnection
from opensearchpy.exceptions import (
    AuthenticationException,
    AuthorizationException,
    ConflictError,
    ConnectionTimeout,
    NotFoundError,
    OpenSearchException,
    SSLError,
    TransportError,
)
from opensearchpy.exceptions import ConnectionError as NoConnection

from ...errors import CiteguideError, ClusterError, IndexBusyError
from .address import ClusterAddress
from .blocks import blocked, is_block
from .credentials import PASSWORD, USER, Credentials, credentials, trust

DISTRIBUTION = "opensearch"
OLDEST_OPENSEARCH = (2, 19)
"""The oldest server that this was tested with."""
ANSWER_SECONDS, WRITE_SECONDS = 10.0, 120.0
"""What one request may take with all that is tried again: for an answer, and for a writer."""
REQUEST_SECONDS = 5.0
"""What one attempt may take for an answer, where there is another node to ask."""
MAX_REPLY = 256 * 2**20
"""Bytes of a reply, unpacked."""
_FIRST_WAIT, _LONGEST_WAIT = 0.1, 5.0
_BUSY = {429, 502, 503, 504}
"""What a server says that may do it a moment later."""
_PIECE = 2**20

logging.getLogger("opensearch").addHandler(logging.NullHandler())  # what goes wrong is said once, in one line, by us


class Cluster:
    """One cluster as one thread asks it."""

    def __init__(self, address: ClusterAddress, seconds: float = ANSWER_SECONDS) -> None:
        self.address = address
        self.trips = 0
        """Requests so far, those that were tried again counted once."""
        self._seconds = seconds
        known = credentials(address)
        self._transport = Transport(
            [{"host": host, "port": port} for host, port in address.hosts],
            connection_class=_Bounded,
            max_retries=0,  # tried again here, with jitter
            dead_timeout=5,
            http_compress=True,
            **_shown(known, is_secure=address.is_secure),
        )

    def ask(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | str | None = None,
        **params: str,
    ) -> Any:
        """What the cluster replies. Raises a CiteguideError that says why it does not: AbsentError where nothing is
        there, TakenError where something is already."""
        self.trips += 1
        until = time.monotonic() + self._seconds
        for attempt in count():
            left = until - time.monotonic()
            limit = left if self._seconds > ANSWER_SECONDS else min(left, REQUEST_SECONDS)
            try:
                asked: Any = self._transport.perform_request(
                    method, path, params={**params, "request_timeout": max(0.1, limit)}, body=body
                )
            except (OpenSearchException, RecursionError, ValueError) as error:
                wait = min(_LONGEST_WAIT, _FIRST_WAIT * 2**attempt) * random.uniform(0.5, 1.5)  # noqa: S311 - jitter
                is_passing = isinstance(error, TransportError) and _is_passing(error)
                if not is_passing or time.monotonic() + wait > until:
                    raise self._said(error) from error
                time.sleep(wait)
            else:
                return asked
        raise AssertionError("a count has no end")

    def many(self, path: str, lines: Iterable[Mapping[str, Any]]) -> Any:
        """The reply to a request that is made of lines of JSON."""
        return self.ask("POST", path, "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))

    def close(self) -> None:
        """Let go of the connections."""
        self._transport.close()

    def check_server(self) -> None:
        """Raise ClusterError where another kind of server answers, or one that is too old."""
        found = self.ask("GET", "/")
        try:
            kind, number = str(found["version"]["distribution"]), str(found["version"]["number"])
            version = tuple(int(part) for part in number.split("-")[0].split(".")[:2])
        except (LookupError, TypeError, ValueError) as error:
            raise ClusterError(f"no OpenSearch server answers at {self._where()}", "check the address") from error
        if kind != DISTRIBUTION or version < OLDEST_OPENSEARCH:
            least = ".".join(map(str, OLDEST_OPENSEARCH))
            raise ClusterError(
                f"{self._where()} is {kind[:30]} {number[:30]}, and OpenSearch {least} or newer is needed",
                "update the cluster",
            )

    def _where(self) -> str:
        return ", ".join(f"{host}:{port}" for host, port in self.address.hosts)

    def _said(self, error: Exception) -> CiteguideError:
        """The one line for what went wrong."""
        where = self._where()
        if isinstance(error, SSLError):
            return ClusterError(f"{where} does not prove who it is ({_cause(error)})", "see CITEGUIDE_OPENSEARCH_CA")
        if isinstance(error, ConnectionTimeout):
            return ClusterError(f"{where} does not answer in time", "see whether the cluster is well")
        if isinstance(error, NoConnection):
            return ClusterError(f"{where} cannot be reached ({_cause(error)})", "see whether the cluster runs")
        if isinstance(error, AuthenticationException):
            return ClusterError(f"{where} does not know this user and password", f"set {USER} and {PASSWORD}")
        if isinstance(error, AuthorizationException):
            return _refused(where, error)
        if isinstance(error, NotFoundError):
            return AbsentError(f"{where} has not what was asked for", "see whether the index is there")
        if isinstance(error, ConflictError):
            return TakenError(f"{where} has it already", "try again")
        if isinstance(error, TransportError) and error.status_code in _BUSY:
            if is_block(error.info):
                return blocked(where, error.info)
            return ClusterError(f"{where} cannot answer now ({_reason(error)})", "see whether the cluster is well")
        if isinstance(error, TransportError):
            return ClusterError(f"{where} refuses what is asked ({_reason(error)})", "see the cluster's log")
        return ClusterError(f"{where} answers what cannot be read", "check the address")


@contextmanager
def readable() -> Iterator[None]:
    """Within it a reply is taken apart. Raises ClusterError where the reply is not of the form that it should be."""
    try:
        yield
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError) as error:
        raise ClusterError("the cluster answers what cannot be read", "see whether it is well") from error


class AbsentError(ClusterError):
    """There is no such index or document."""


class TakenError(IndexBusyError):
    """Somebody else was first."""


class _Bounded(Urllib3HttpConnection):
    """A connection that reads so many bytes of a reply and no more, however well they are packed."""

    def _create_urllib3_pool(self) -> None:
        super()._create_urllib3_pool()
        ask = self.pool.urlopen

        def urlopen(*args: Any, **options: Any) -> Any:
            reply = ask(*args, **options, preload_content=False)
            read = bytearray()
            while piece := reply.read(_PIECE, decode_content=True):
                read += piece
                if len(read) > MAX_REPLY:
                    reply.close()
                    raise ValueError("its reply is too large")
            reply.release_conn()
            return SimpleNamespace(data=bytes(read), status=reply.status, headers=reply.headers)

        self.pool.urlopen = urlopen


def _shown(known: Credentials, *, is_secure: bool) -> dict[str, Any]:
    """Who asks, and whom to believe, as the library takes it."""
    given: dict[str, Any] = {"http_auth": known.user} if known.user else {}
    return given | {"use_ssl": True, "ssl_context": trust(known)} if is_secure else given


def _is_passing(error: TransportError) -> bool:
    """Whether the same request may succeed a moment later, or on another node."""
    if isinstance(error, NoConnection):
        return not isinstance(error, SSLError)
    return error.status_code in _BUSY and not is_block(error.info)


def _refused(where: str, error: TransportError) -> CiteguideError:
    if is_block(error.info):
        return blocked(where, error.info)
    return ClusterError(f"{where} does not let this user do that", "ask who looks after the cluster")


def _reason(error: TransportError) -> str:
    """What the server calls it, cut short: it says what it likes."""
    status = error.status_code
    return f"{status} {error.error}"[:120] if isinstance(status, int) else _cause(error)


def _cause(error: TransportError) -> str:
    """The innermost of what a library wraps in messages of its own."""
    words = str(error.info).rpartition("Caused by")[2] or str(error.info)
    return words.rpartition(": ")[2].strip("'\")( ")[:120] or "no reason given"
