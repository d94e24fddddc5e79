"""Waitress as it serves the application: its limits, and what it says itself when a request reaches no application."""

from __future__ import annotations

import json
import logging
import socket
from typing import Any

from flask import Flask
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, create_server
from waitress.task import ErrorTask
from waitress.utilities import Error

from .app import MAX_BODY, MAX_HEAD
from .security.headers import HEADERS

THREADS = 4
"""Requests answered at once; Python runs one at a time, so more would only share the same time."""
IDLE = 30
"""Seconds after which a connection that says nothing is closed."""
WAITING = 1 << 30
"""Bytes of answers that may wait, on disk, for a slow reader: no thread waits with them."""
REMEDIES = {413: "send no body: every question is an address", 431: "ask a shorter question"}


def server(app: Flask, listening: socket.socket) -> BaseWSGIServer:
    """A server that is ready to ``run()`` on a socket that listens already."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # it says every time that a request waits its turn
    made: Any = create_server(
        app,
        sockets=[listening],
        threads=THREADS,
        ident="citeguide",
        channel_timeout=IDLE,
        max_request_header_size=MAX_HEAD,
        max_request_body_size=MAX_BODY,
        outbuf_high_watermark=WAITING,
    )
    made.channel_class = Channel
    ready: BaseWSGIServer = made
    return ready


class Refusal(ErrorTask):
    """What is no HTTP, or too much of it, gets the API's shape of an error and the headers of every answer."""

    def execute(self) -> None:
        """Write it and close the connection."""
        refused: Any = self.request
        error: Error = refused.error
        what = {"code": error.reason.lower().replace(" ", "_"), "message": str(error.body).strip().lower()}
        body = json.dumps(
            {"error": what | {"remedy": REMEDIES.get(error.code, "send a request that follows HTTP/1.1")}}
        )
        self.status = f"{error.code} {error.reason}"
        self.response_headers = [("Content-Type", "application/json"), *HEADERS.items()]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body.encode())


class Channel(HTTPChannel):
    """A connection whose refusals are ours."""

    error_task_class = Refusal
