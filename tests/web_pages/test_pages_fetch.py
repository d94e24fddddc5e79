"""Fetching one page: what is sent, what comes back, and what servers do that mean no good. All on the loopback."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path

import pytest
from citeguide.indexer.web_pages.address import Address
from citeguide.indexer.web_pages.fetch import fetch
from citeguide.indexer.web_pages.terms import FetchedPage, Terms, Validators
from citeguide.search.errors import SourceError

TLS = Path(__file__).parents[1] / "cases" / "tls"
TERMS = Terms(allow_private=True, seconds=20, most=2**20)
HTML = b"<p>Coders earn $16.69.</p>"

Act = Callable[[socket.socket, bytes], None]


@contextmanager
def server(*acts: Act | bytes) -> Iterator[tuple[Address, list[bytes]]]:
    """A server that gives each connection, in turn, the next act, or its bytes; with the requests that it got."""
    requests: list[bytes] = []

    def serve() -> None:
        for act in acts:
            with suppress(OSError), listening.accept()[0] as connection:
                request = b""
                while b"\r\n\r\n" not in request and (piece := connection.recv(65_536)):
                    request += piece
                requests.append(request)
                connection.sendall(act) if isinstance(act, bytes) else act(connection, request)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield Address("http", "127.0.0.1", listening.getsockname()[1], "/pay.html"), requests
        finally:
            with suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
            thread.join()


def reply(body: bytes = HTML, *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers, "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


def got(*acts: Act | bytes, terms: Terms = TERMS) -> FetchedPage:
    with server(*acts) as (address, _):
        page = fetch(address, terms)
    assert page is not None
    return page


def refusal(*acts: Act | bytes, terms: Terms = TERMS) -> str:
    with server(*acts) as (address, _), pytest.raises(SourceError) as raised:
        fetch(address, terms)
    return raised.value.message


# What is sent and what comes back


def test_a_page_comes_with_its_ending_and_what_its_server_knows_it_by() -> None:
    answer = reply(HTML, "Content-Type: text/html", 'ETag: "abc"', "Last-Modified: Tue, 24 Nov 2026 08:00:00 GMT")
    assert got(answer) == FetchedPage(HTML, ".html", Validators('"abc"', "Tue, 24 Nov 2026 08:00:00 GMT"))


def test_the_request_says_who_asks_and_nothing_of_the_user() -> None:
    with server(reply()) as (address, requests):
        fetch(address, TERMS)
    lines = requests[0].decode().split("\r\n")
    assert lines[:3] == [
        "GET /pay.html HTTP/1.1",
        f"Host: {address.netloc}",
        f"User-Agent: citeguide/{version('citeguide')}",
    ]
    names = sorted(line.partition(":")[0] for line in lines[1:] if line)
    assert names == ["Accept", "Accept-Encoding", "Connection", "Host", "User-Agent"]


def test_a_known_page_is_asked_for_only_where_it_changed() -> None:
    known = Validators('"abc"', "Tue, 24 Nov 2026 08:00:00 GMT")
    with server(b"HTTP/1.1 304 Not Modified\r\n\r\n") as (address, requests):
        assert fetch(address, TERMS, known) is None
    assert b'\r\nIf-None-Match: "abc"\r\n' in requests[0]
    assert b"\r\nIf-Modified-Since: Tue, 24 Nov 2026 08:00:00 GMT\r\n" in requests[0]


def test_not_modified_is_no_answer_to_who_knows_nothing() -> None:
    assert refusal(b"HTTP/1.1 304 Not Modified\r\n\r\n") == "answers 304 Not Modified"


@pytest.mark.parametrize(
    ("header", "target", "suffix"),
    [
        ("text/html; charset=utf-8", "/a", ".html"),
        ("text/csv", "/a.php", ".csv"),
        ("text/markdown", "/a", ".md"),
        ("text/plain", "/a", ".txt"),
        ("text/plain; charset=utf-8", "/a.md?raw=1", ".md"),
        ("text/plain", "/a%2Ecsv", ".csv"),
        ("application/octet-stream", "/wages.csv", ".csv"),
        ("", "/wages.csv", ".csv"),
        ("", "/wages", ".html"),
    ],
)
def test_the_format_is_what_the_server_says_and_else_what_the_name_says(header: str, target: str, suffix: str) -> None:
    with server(reply(b"x,y\n", *([f"Content-Type: {header}"] if header else []))) as (address, _):
        page = fetch(address._replace(target=target), TERMS)
    assert page is not None
    assert page.suffix == suffix


@pytest.mark.parametrize("header", ["image/png", "application/octet-stream", "application/javascript", "\xe4/\xf6"])
def test_a_format_that_nobody_reads_is_refused(header: str) -> None:
    with (
        server(reply(b"x", f"Content-Type: {header}")) as (address, _),
        pytest.raises(SourceError, match="does not read"),
    ):
        fetch(address._replace(target="/picture"), TERMS)


def test_an_encoding_that_only_the_server_names_is_not_lost() -> None:
    """The saved file is UTF-8 with its mark; what is UTF-8 already, or not what the server says, stays as sent."""
    text = "Ставка: 16,69"
    page = got(reply(text.encode("windows-1251"), "Content-Type: text/html; charset=windows-1251"))
    assert page.data.decode("utf-8-sig") == text
    assert got(reply(text.encode(), "Content-Type: text/html; charset=UTF-8")).data == text.encode()
    assert got(reply(text.encode(), "Content-Type: text/html; charset=latin-1")).data == text.encode()
    assert got(reply(b"\x81", "Content-Type: text/html; charset=shift_jis")).data == b"\x81"
    assert got(reply(b"abc", "Content-Type: text/html; charset=hex")).data == b"abc"


@pytest.mark.parametrize("packed", [gzip.compress(HTML), zlib.compress(HTML)], ids=["gzip", "zlib"])
def test_a_packed_page_is_unpacked(packed: bytes) -> None:
    assert got(reply(packed, "Content-Encoding: gzip")).data == HTML


def test_a_page_in_chunks_is_put_together() -> None:
    chunks = b"3\r\n<p>\r\n5;x=y\r\nCoder\r\n1\r\ns\r\n0\r\nTrailer: x\r\n\r\n"
    assert got(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks).data == b"<p>Coders"


def test_a_page_without_a_length_ends_with_the_connection() -> None:
    assert got(b"HTTP/1.0 200 OK\r\n\r\n" + HTML).data == HTML


# Where it leads on to


def test_a_page_that_moved_is_found() -> None:
    moved = [reply(b"", f"Location: /{status}", status=f"{status} Moved") for status in (301, 302, 303, 307, 308)]
    with server(*moved, reply()) as (address, requests):
        page = fetch(address, TERMS)
    assert page is not None
    assert [request.split()[1] for request in requests] == [
        b"/pay.html", b"/301", b"/302", b"/303", b"/307", b"/308",
    ]  # fmt: skip


def test_a_ring_of_pages_ends() -> None:
    around = reply(b"", "Location: /pay.html", status="302 Found")
    assert refusal(*[around] * 6) == "leads from page to page more than 5 times"


@pytest.mark.parametrize(
    ("location", "says"),
    [
        ("file:///etc/passwd", "addresses begin with http:// or https://, not file://"),
        ("https://u:p@example.org/", "a name or password is not taken"),
        ("https://[", "not an address"),
        ("http://example.org/\x01", "no blanks"),
    ],
)
def test_a_page_leads_to_pages_only(location: str, says: str) -> None:
    assert says in refusal(reply(b"", f"Location: {location}", status="302 Found"))


def test_every_step_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A public page that leads to a machine within is refused there, though its own number was good."""
    with server(reply(b"", "Location: http://inside.example/", status="302 Found")) as (address, _):

        def lookup(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
            number = "127.0.0.1" if host == "inside.example" else "93.184.216.34"
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port))]

        class Rerouted(socket.socket):
            """Stands in for the public internet: every connection goes to the server of this test."""

            def connect(self, _place: object) -> None:
                super().connect(("127.0.0.1", address.port))

        monkeypatch.setattr(socket, "socket", Rerouted)
        with pytest.raises(SourceError, match=r"inside\.example is 127\.0\.0\.1"):
            fetch(address._replace(host="outside.example"), Terms(lookup=lookup))


# Servers that mean no good


def test_a_body_larger_than_the_limit_is_not_read() -> None:
    """Said by its length it is refused at once; without one, as soon as it is too much."""

    def endless(connection: socket.socket, _: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"x" * 65_536)

    assert refusal(reply(b"x", length=2**20 + 1)) == "more than 1 MB"
    assert refusal(endless) == "more than 1 MB"


def test_a_small_body_that_unpacks_to_a_large_one_is_refused() -> None:
    bomb = gzip.compress(bytes(50_000_000))
    assert len(bomb) < 2**17
    assert refusal(reply(bomb, "Content-Encoding: gzip")) == "more than 1 MB"


@pytest.mark.parametrize(
    "answer",
    [
        reply(HTML, length=len(HTML) + 1),
        reply(gzip.compress(HTML)[:-9], "Content-Encoding: gzip"),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
    ],
    ids=["length", "gzip", "chunk", "chunks"],
)
def test_what_was_cut_off_is_never_taken_for_the_page(answer: bytes) -> None:
    said = refusal(answer)
    assert said.startswith(("was cut off", "cannot be fetched (IncompleteRead"))


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/1.1 200 " + b"x" * 70_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n" + HTML,
        reply(b"no gzip", "Content-Encoding: gzip"),
        reply(HTML, "Content-Encoding: br"),
        reply(HTML, status="404 Not \xe9\x1b[2J"),
        reply(HTML, status="200 OK", length=-5)[:-5],
    ],
)
def test_a_bad_answer_is_one_line(answer: bytes) -> None:
    """Whatever a server says, the reader is told in one line what is wrong; nothing else is ever raised."""
    with server(answer) as (address, _), suppress(SourceError):
        assert fetch(address, TERMS) is not None


def test_statuses_other_than_success_are_told() -> None:
    assert refusal(reply(b"gone", status="410 Gone")) == "answers 410 Gone"
    assert refusal(reply(b"part", status="206 Partial Content")) == "answers 206 Partial Content"
    assert refusal(reply(b"", status="302 Found")) == "answers 302 Found"


def test_what_a_page_is_known_by_is_not_sent_back_where_it_is_odd() -> None:
    folded = b'HTTP/1.1 200 OK\r\nETag: "a\r\n b"\r\nLast-Modified: \xfc\r\n\r\n' + HTML
    assert got(folded).validators == Validators()


def drip_status(connection: socket.socket, _: bytes) -> None:
    drip(connection, b"HTTP/1.1 200 OK")


def drip_headers(connection: socket.socket, _: bytes) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    drip(connection, b"A: b\r\n" * 20)


def drip_body(connection: socket.socket, _: bytes) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    drip(connection, b"x")


def drip_chunk(connection: socket.socket, _: bytes) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    drip(connection, b"1\r\nx\r\n")


def say_nothing(connection: socket.socket, _: bytes) -> None:
    connection.recv(1)


def drip(connection: socket.socket, data: bytes) -> None:
    """A byte now and then, until the other side has had enough."""
    pause = threading.Event()
    while True:
        for byte in data:
            connection.sendall(bytes([byte]))
            pause.wait(0.02)


@pytest.mark.parametrize("act", [drip_status, drip_headers, drip_body, drip_chunk, say_nothing])
def test_a_server_that_takes_for_ever_is_left(act: Act) -> None:
    """No single byte is late, or none comes at all: the time for the whole page is over all the same."""
    assert refusal(act, terms=Terms(allow_private=True, seconds=0.3)) == "took more than 0.3 seconds"


# Encryption


@contextmanager
def encrypted(answer: bytes) -> Iterator[Address]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS / "guides.example.pem")

    def serve() -> None:
        with suppress(OSError), context.wrap_socket(listening.accept()[0], server_side=True) as connection:
            connection.recv(65_536)
            connection.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield Address("https", "guides.example", listening.getsockname()[1], "/pay.html")
        finally:
            thread.join()


def trusting() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=TLS / "guides.example.pem")


def to_loopback(_host: str, port: int, **_: object) -> list[tuple[object, ...]]:
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]


def test_a_certificate_must_be_that_of_the_host() -> None:
    """The connection goes to a number, and the certificate is held against the name."""
    with encrypted(reply()) as address:
        page = fetch(address, Terms(allow_private=True, lookup=to_loopback, tls=trusting))
        assert page is not None
        assert page.data == HTML
    with (
        encrypted(reply()) as address,
        pytest.raises(SourceError, match=r"its certificate is not good: Hostname mismatch"),
    ):
        fetch(address._replace(host="other.example"), Terms(allow_private=True, lookup=to_loopback, tls=trusting))


def test_a_certificate_that_nobody_vouches_for_is_refused() -> None:
    with encrypted(reply()) as address, pytest.raises(SourceError, match=r"its certificate is not good: self.signed"):
        fetch(address, Terms(allow_private=True, lookup=to_loopback))


def test_encryption_is_not_given_up_on_the_way() -> None:
    onward = reply(b"", "Location: http://guides.example/", status="302 Found")
    with encrypted(onward) as address, pytest.raises(SourceError, match=r"which is not encrypted"):
        fetch(address, Terms(allow_private=True, lookup=to_loopback, tls=trusting))
