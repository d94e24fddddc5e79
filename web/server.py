"""Waitress as it serves the application: how much of it one client may have, and all together."""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Callable
from typing import Any

from flask import Flask
from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer

from .admin.admin_pages import GUIDES, MOST_BODY
from .app import MAX_BODY, MAX_HEAD
from .connection import IN_MEMORY, Connection
from .index_provider import EXTENSION, IndexProvider
from .security.guard import HEADERS_SETTING

SERVER_THREADS = 4
"""Requests answered at once; Python runs one at a time, so more would only share the same time."""
CONNECTIONS, OF_ONE_CLIENT = 500, 64
"""How many connections may be open, and how many of one client may wait; for one more the longest quiet one goes."""
SPARE = 100
"""Connections beyond, where none of the others waits."""
OWED = 64 * 2**20
"""Bytes of answers that may wait for slow readers, in memory and temporary files, of all processes together."""
OWED_ONE = 2**18
"""Of one answer at most; what writes it then waits for its reader, and computes nothing for one that reads nothing."""


class Server(TcpWSGIServer):
    """One process's part of the server: no client keeps another from being answered."""

    channel_class = Connection
    active_channels: Any

    def __init__(self, app: Flask, listening: socket.socket, owed: int, idle: Callable[[], object]) -> None:
        """On a socket that listens already; ``idle`` is done every second or so."""
        settings = Adjustments(
            sockets=[listening],
            threads=SERVER_THREADS,
            ident="citeguide",
            connection_limit=CONNECTIONS + SPARE,
            cleanup_interval=1,
            max_request_header_size=MAX_HEAD,
            max_request_body_size=MAX_BODY if app.extensions.get(GUIDES) is None else MOST_BODY + MAX_BODY,
            outbuf_high_watermark=min(OWED_ONE, owed // 4),
            outbuf_overflow=IN_MEMORY,
            asyncore_use_poll=True,
        )
        self.headers: dict[str, str] = app.extensions[HEADERS_SETTING]
        self._owed = owed
        self._idle = idle
        place = (listening.family, listening.type, listening.proto, listening.getsockname())
        super().__init__(app, _sock=listening, adj=settings, bind_socket=False, sockinfo=place)

    def handle_accept(self) -> None:
        """A new connection; for one too many the one goes that has been quiet longest."""
        super().handle_accept()
        waiting = [each for each in self.connections() if each.waits]
        if not waiting:
            return
        newest = max(waiting, key=lambda each: each.creation_time)
        others = [each for each in waiting if each is not newest]
        of_client = [each for each in others if each.client == newest.client]
        crowd = (
            of_client if len(of_client) >= OF_ONE_CLIENT else others if len(self.active_channels) > CONNECTIONS else []
        )
        if crowd:
            min(crowd, key=lambda each: each.quiet_since).handle_close()

    def stop(self) -> None:
        """Have ``run()`` come to its end, from another thread."""
        self._is_stopping = True
        self.pull_trigger()

    def maintenance(self, now: float) -> None:
        """End what has had its time."""
        now = time.monotonic()
        for channel in self.connections():
            if channel.is_over(now):
                channel.handle_close()
        self.make_room()
        self._idle()

    def make_room(self) -> None:
        """Where more waits for readers than may, end the connection whose reader has taken nothing for longest."""
        owing = [each for each in self.connections() if each.kept]
        if sum(each.kept for each in owing) > self._owed:
            min(owing, key=lambda each: each.taken_at).end()

    def connections(self) -> list[Connection]:
        """Those that are open."""
        return list(self.active_channels.values())


def server(app: Flask, listening: socket.socket, *, processes: int = 1) -> Server:
    """A server that is ready to ``run()`` on a socket that listens already, one of so many processes that do."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # it says every time that a request waits its turn
    provider: IndexProvider = app.extensions[EXTENSION]
    return Server(app, listening, OWED // processes, provider.refresh)
