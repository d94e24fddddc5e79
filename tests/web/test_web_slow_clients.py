"""Clients that keep the server waiting are ended, and keep nobody else from being answered."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection, HTTPResponse

import pytest
from citeguide.web import connection, server
from citeguide.web.security.guard import HEADERS_SETTING
from citeguide.web.security.headers import headers
from flask import Flask, Response

MB = 2**20
HEAD = b"GET /quick HTTP/1.1\r\nHost: localhost\r\n"


class Endless:
    """An application whose long answer ends when its reader does."""

    def __init__(self) -> None:
        self.app = Flask(__name__)
        self.app.extensions[HEADERS_SETTING] = headers()
        self.app.add_url_rule("/quick", "quick", view_func=lambda: {"status": "ok"})
        self.app.add_url_rule("/long", "long", view_func=lambda: Response(self._parts()))
        self.ended = threading.Semaphore(0)

    def _parts(self) -> Iterator[bytes]:
        try:
            while True:
                yield bytes(MB // 8)
        finally:
            self.ended.release()


@contextmanager
def running(endless: Endless, owed: int = 8 * MB) -> Iterator[tuple[server.Server, int]]:
    """The server in a thread, and its port; it ends when the block does."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        over = threading.Event()

        def end() -> None:
            if over.is_set():
                raise SystemExit

        ready = server.Server(endless.app, listening, owed, end)
        thread = threading.Thread(target=ready.run)
        thread.start()
        try:
            yield ready, listening.getsockname()[1]
        finally:
            over.set()
            thread.join(30)
            for each in ready.connections():
                each.handle_close()
            ready.close()
            assert not thread.is_alive()


def dialled(port: int, sent: bytes = b"") -> socket.socket:
    """A connection over which this much has been said."""
    made = socket.create_connection(("127.0.0.1", port), timeout=30)
    made.sendall(sent)
    return made


def answer(port: int, path: str = "/quick") -> int:
    client = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        client.request("GET", path)
        return client.getresponse().status
    finally:
        client.close()


def is_ended(client: socket.socket) -> bool:
    """Waits until the server has closed it."""
    try:
        while client.recv(MB):
            pass
    except ConnectionResetError:
        return True
    return True


def test_a_request_that_does_not_come_to_its_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether it says nothing, drips, or keeps back a body: the bytes that it sends meanwhile gain it no time."""
    monkeypatch.setattr(connection, "HEAD_SECONDS", 0.5)
    with running(Endless()) as (_, port), ExitStack() as held:
        silent = held.enter_context(dialled(port))
        begun = held.enter_context(dialled(port, HEAD))
        body = held.enter_context(
            dialled(port, b"POST /quick HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n1")
        )
        assert is_ended(silent)
        assert is_ended(begun)
        assert is_ended(body)
        assert answer(port) == 200


def test_a_client_that_has_been_answered_may_take_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser keeps its connection for the next question; that is no request that does not come to its end."""
    monkeypatch.setattr(connection, "HEAD_SECONDS", 0.5)
    with running(Endless()) as (_, port):
        client = HTTPConnection("127.0.0.1", port, timeout=30)
        client.request("GET", "/quick")
        client.getresponse().read()
        with dialled(port) as silent:
            assert is_ended(silent)  # so HEAD_SECONDS and more have passed
        client.request("GET", "/quick")
        assert client.getresponse().status == 200
        client.close()


def test_one_client_cannot_take_every_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """The longest quiet one goes for the newest, so whoever comes with a question is answered."""
    monkeypatch.setattr(server, "OF_ONE_CLIENT", 3)
    with running(Endless()) as (_, port), ExitStack() as held:
        crowd = [held.enter_context(dialled(port, HEAD)) for _ in range(8)]
        assert answer(port) == 200
        assert all(is_ended(each) for each in crowd[:4])
        crowd[-1].sendall(b"\r\n")
        response = HTTPResponse(crowd[-1])
        response.begin()
        assert response.status == 200
        response.close()


def test_a_reader_that_takes_nothing_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """What writes its answer is told too, and may answer others."""
    monkeypatch.setattr(connection, "STALLED_SECONDS", 0.5)
    endless = Endless()
    with running(endless) as (_, port), ExitStack() as held:
        for _ in range(server.SERVER_THREADS):
            held.enter_context(dialled(port, HEAD.replace(b"quick", b"long") + b"\r\n"))
        for _ in range(server.SERVER_THREADS):
            assert endless.ended.acquire(timeout=30)
        assert answer(port) == 200


def test_what_waits_for_slow_readers_is_bounded_in_all() -> None:
    """The one that has taken nothing for longest makes room, long before its time is up."""
    endless, owed = Endless(), 4 * MB
    with running(endless, owed) as (ready, port), ExitStack() as held:
        for _ in range(server.SERVER_THREADS):
            held.enter_context(dialled(port, HEAD.replace(b"quick", b"long") + b"\r\n"))
        assert endless.ended.acquire(timeout=connection.STALLED_SECONDS)
        until = time.monotonic() + 30
        while (kept := sum(each.kept for each in ready.connections())) > owed:
            assert time.monotonic() < until, kept


def test_a_reader_that_takes_all_gets_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Far more than may wait for it."""
    monkeypatch.setattr(connection, "STALLED_SECONDS", 5.0)
    endless = Endless()
    with running(endless, 4 * MB) as (_, port), dialled(port, HEAD.replace(b"quick", b"long") + b"\r\n") as client:
        taken = 0
        while taken < 24 * MB:
            part = client.recv(MB)
            assert part, f"ended after {taken} bytes"
            taken += len(part)
    assert endless.ended.acquire(timeout=30)


@pytest.mark.parametrize(
    "head",
    [
        b"POST /quick HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /quick HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n0\r\n\r\n",
        b"POST /quick HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /quick HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    ],
)
def test_a_request_that_could_end_in_two_places_ends_the_connection(head: bytes) -> None:
    """Else a proxy before this server might take one client's words for another's request (request smuggling)."""
    with running(Endless()) as (_, port), dialled(port, head + HEAD + b"\r\n") as client:
        response = HTTPResponse(client)
        response.begin()
        error = json.loads(response.read())["error"]
        assert (response.status, set(error)) == (400, {"code", "message", "remedy"})
        assert client.recv(1) == b""
