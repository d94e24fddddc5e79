"""A connection of the server that ends where its client keeps it waiting: with a request, or in taking the answer."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from socket import SHUT_RDWR
from typing import Any

from waitress.buffers import OverflowableBuffer
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.receiver import FixedStreamReceiver
from waitress.task import ErrorTask
from waitress.utilities import Error, RequestEntityTooLarge

from .security.rate_limit import client

HEAD_SECONDS = 10.0
"""What a request may take to arrive, from its first byte to its last, or on a new connection from the beginning."""
IDLE_SECONDS = 30.0
"""What a client may take to its next request."""
STALLED_SECONDS = 10.0
"""What a client may take without taking a byte of an answer that waits for it."""
SLOWEST = 8 * 1024
"""Bytes a second that a client must take on the whole, once it has had STALLED_SECONDS."""
IN_MEMORY = 2**18
"""Bytes of an answer that wait in memory; more wait in a file."""
FILE_BYTES = 2**20
"""Bytes of a file in which a part of an answer waits; it goes when all of it is taken."""
MOST_DROPPED = 2**30
"""Bytes of a body that is too large for its page, and yet taken in to be dropped."""
STATUS_REMEDIES = {413: "send less at once", 431: "ask a shorter question"}


class Parser(HTTPRequestParser):
    """Refuses a request of which two servers could think that it ends at different places.

    A body that is too large is left to the application to refuse where a page was asked for: it is taken in and dropped
    first, for a browser that is cut off while it sends shows nothing of what it is told.
    """

    path = ""
    """Of the request, once its head is read."""

    def received(self, data: bytes) -> int:
        """As above; what is larger than any page takes is refused without being taken in."""
        if isinstance(self.body_rcv, Dropped):
            taken = int(self.body_rcv.received(data))
            self.completed = bool(self.body_rcv.completed)
            return taken
        taken = int(super().received(data))
        is_page = not self.path.startswith("/api/")
        if is_page and isinstance(self.error, RequestEntityTooLarge) and self.content_length <= MOST_DROPPED:
            self.error = None
            self.body_rcv = Dropped(self.content_length)
            self.completed = False
        return taken

    def parse_header(self, header_plus: bytes) -> None:
        """As above; raises ParsingError where a body's length is told in two ways, or in one of a later HTTP."""
        super().parse_header(header_plus)
        both = self.chunked and "CONTENT_LENGTH" in self.headers
        if both or "TRANSFER_ENCODING" in self.headers:  # HTTP/1.1 has taken it out where it knows it
            raise ParsingError("Transfer-Encoding is not understood here")


class Dropped(FixedStreamReceiver):
    """Takes so many bytes and keeps none."""

    def __init__(self, length: int) -> None:
        super().__init__(length, OverflowableBuffer(IN_MEMORY))

    def received(self, data: bytes) -> int:
        """How many of these belong to it."""
        taken = min(self.remain, len(data))
        self.remain -= taken
        self.completed = not self.remain
        return taken


class Refusal(ErrorTask):
    """What is no HTTP, or too much of it, gets the API's shape of an error and the headers of every answer."""

    def execute(self) -> None:
        """Write it and close the connection."""
        refused: Any = self.request
        server: Any = self.channel.server
        error: Error = refused.error
        what = {"code": error.reason.lower().replace(" ", "_"), "message": str(error.body).strip().lower()}
        body = json.dumps(
            {"error": what | {"remedy": STATUS_REMEDIES.get(error.code, "send a request that follows HTTP/1.1")}}
        )
        self.status = f"{error.code} {error.reason}"
        self.response_headers = [("Content-Type", "application/json"), *server.headers.items()]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body.encode())


class Connection(HTTPChannel):
    """A connection with its times."""

    error_task_class = Refusal
    parser_class = Parser
    server: Any
    socket: Any

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        now = time.monotonic()
        self.client = client(str(self.addr[0]) if self.addr else "")
        self.quiet_since = now
        """When the last whole request came, or the last answer was taken; before that, the connection."""
        self._request_since: float | None = now
        """When the first byte of what is no whole request yet came."""
        self._owed_since = now
        self.taken_at = now
        """When the client last took some of an answer."""
        self._taken = 0

    def received(self, data: bytes) -> bool:
        """Bytes came; a request that they begin has its own time."""
        before, queued = self.request, len(self.requests)
        went_on = bool(super().received(data))
        now = time.monotonic()
        if self.request is not before:
            self._request_since = now if self.request is not None else None
        if len(self.requests) != queued:
            self.quiet_since = now
            self._request_since = None if self.request is None else now
        return went_on

    def write_soon(self, data: Any) -> int:
        """A part of an answer; the first has the client owe us something."""
        if not self.owed:
            self._owed_since = self.taken_at = time.monotonic()
            self._taken = 0
        if self.current_outbuf_count >= FILE_BYTES:
            self.current_outbuf_count = self.adj.outbuf_high_watermark  # has waitress begin another file
        written: int = super().write_soon(data)
        if self.owed > IN_MEMORY:
            self.server.make_room()
        return written

    def send(self, data: bytes, do_close: bool = True) -> int:
        """The client takes some."""
        taken: int = super().send(data, do_close=do_close)
        if taken:
            self._taken += taken
            self.taken_at = self.quiet_since = time.monotonic()
        return taken

    def readable(self) -> bool:
        """Never once it is closed, though the loop may still ask."""
        return self.connected and bool(super().readable())

    def writable(self) -> bool:
        """The same."""
        return self.connected and bool(super().writable())

    @property
    def owed(self) -> int:
        """Bytes that wait for the client to take them."""
        return int(self.total_outbufs_len)

    @property
    def waits(self) -> bool:
        """Whether nothing is being done for the client: it says nothing, or not all."""
        return not self.requests and not self.owed

    @property
    def kept(self) -> int:
        """Bytes that are kept for the client, in memory and files."""
        return self.owed + FILE_BYTES if self.owed > IN_MEMORY else self.owed

    def end(self) -> None:
        """End it from any thread: the loop, to which it belongs, sees its end and closes it."""
        with suppress(OSError):
            self.socket.shutdown(SHUT_RDWR)

    def is_over(self, now: float) -> bool:
        """Whether the client has had its time."""
        if self.owed:
            slow = now - self._owed_since > STALLED_SECONDS + self._taken / SLOWEST
            return slow or now - self.taken_at > STALLED_SECONDS
        if self.requests:
            return False
        if self._request_since is not None:
            return now - self._request_since > HEAD_SECONDS
        return now - self.quiet_since > IDLE_SECONDS
