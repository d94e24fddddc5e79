"""The lease of the one writer: a document with an end, which is put off as long as the writer works.

Who dies holds it no longer than ``LEASE_SECONDS``. Who was cut off and comes back finds it taken, and puts nothing in
force. The clocks of writers must agree to within a few seconds.
"""

from __future__ import annotations

import os
import secrets
import socket
import time
from contextlib import closing, suppress
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Any

from ...errors import CiteguideError, IndexBusyError
from .address import ClusterAddress
from .client import AbsentError, Cluster, TakenError, readable

LEASE_SECONDS = 60.0
LEASE = "lease"


class Lease:
    """Held while it is entered. Raises IndexBusyError where another writer holds it."""

    def __init__(self, address: ClusterAddress, index: str) -> None:
        self._cluster = Cluster(address, LEASE_SECONDS / 4)
        self._path = f"/{index}/_doc/{LEASE}"
        self._owner = secrets.token_hex(8)
        self._version: dict[str, str] = {}
        self._lock, self._over = Lock(), Event()
        self._thread = Thread(target=self._keep, daemon=True)

    def __enter__(self) -> Lease:
        try:
            self._take()
        except CiteguideError:
            self._cluster.close()
            raise
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()
        with closing(self._cluster), suppress(CiteguideError):
            self._cluster.ask("DELETE", self._path, **self._version)

    def renew(self) -> None:
        """Put its end off. Raises IndexBusyError where it was taken over."""
        with self._lock:
            try:
                self._write(self._version)
            except (AbsentError, TakenError) as error:
                if self._is_mine():
                    return
                raise IndexBusyError("another writer has taken over the index", "run the command again") from error

    def _take(self) -> None:
        try:
            self._write({"op_type": "create"})
        except TakenError:
            try:
                found = self._cluster.ask("GET", self._path)
            except AbsentError:
                found = None
            if self._is_mine():
                return
            if found is not None and not _is_over(found):
                raise _busy(found) from None
            try:
                self._write(_version(found) if found is not None else {"op_type": "create"})
            except (TakenError, AbsentError) as error:
                raise IndexBusyError("another process is writing the index", _WAIT) from error

    def _is_mine(self) -> bool:
        """Whether the cluster had taken a request in whose reply was lost, so that it was sent again."""
        with suppress(AbsentError):
            found = self._cluster.ask("GET", self._path)
            with readable():
                if found["_source"]["owner"] == self._owner:
                    self._version = _version(found)
                    return True
        return False

    def _write(self, condition: dict[str, str]) -> None:
        body = {
            "owner": self._owner,
            "holder": f"{socket.gethostname()}:{os.getpid()}",
            "until": time.time() + LEASE_SECONDS,
        }
        self._version = _version(self._cluster.ask("PUT", self._path, body, **condition))

    def _keep(self) -> None:
        while not self._over.wait(LEASE_SECONDS / 4):
            with suppress(CiteguideError):  # said where the writer renews it before it puts something in force
                self.renew()


def _version(reply: Any) -> dict[str, str]:
    with readable():
        return {"if_seq_no": str(int(reply["_seq_no"])), "if_primary_term": str(int(reply["_primary_term"]))}


def _is_over(found: Any) -> bool:
    with readable():
        return float(found["_source"]["until"]) < time.time()


def _busy(found: Any) -> IndexBusyError:
    with readable():
        holder = str(found["_source"]["holder"])[:100]
    return IndexBusyError(f"{holder} is writing the index", _WAIT)


_WAIT = "wait, then run the command again"
