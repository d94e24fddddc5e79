"""``citeguide serve`` as a process: it says where it listens, serves, and ends quietly."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPResponse
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen
from wsgiref.simple_server import WSGIRequestHandler, make_server
from wsgiref.validate import validator

import pytest
from citeguide.search.cli.main import run
from citeguide.search.cli.settings import Settings
from citeguide.web.app import create_app
from citeguide.web.security.headers import HEADERS
from citeguide.web.warming import warm

HEAD = b" HTTP/1.1\r\nHost: localhost\r\n"
NO_REQUESTS = (
    (b"GET /api/ask?q=" + b"a" * 40_000 + HEAD + b"\r\n", 431),
    (b"POST /api/ask" + HEAD + b"Content-Length: 99999\r\n\r\n", 413),
    (b"POST /api/ask" + HEAD + b"Content-Length: x\r\n\r\n", 400),
    (b"GET /api/ask" + HEAD + b"Bad Header\r\n\r\n", 400),
    (b"GET /api/ask" + HEAD + b"Transfer-Encoding: gzip\r\n\r\n", 501),
)
PROGRAM = [sys.executable, "-c", "from citeguide.search.cli.main import main; main()"]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of one small guide."""
    place = tmp_path_factory.mktemp("serve")
    (place / "bees.md").write_text("# Bees\n\nA hive holds about 50,000 bees in summer.\n", encoding="utf-8")
    assert run(["--index", str(place / "index"), "index", str(place / "bees.md")], Settings()) == 0
    return place / "index"


@contextmanager
def serving(index: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The program on a free port of loopback, once it says that it serves; and its address."""
    command = [*PROGRAM, "--index", str(index), "serve", "--port", "0", *arguments]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stderr
        said = ""
        while not (found := re.search(r"serving on (http://\S+)", said)):
            line = process.stderr.readline()
            assert line, said
            said += line
        yield process, found[1]
    finally:
        process.kill()
        process.communicate(timeout=30)


def answered_until(address: str, processes: Callable[[], set[str]], number: int) -> set[str]:
    """Asks again and again until there are so many processes, and gives them; every request must be answered."""
    until = time.monotonic() + 30
    while len(found := processes()) < number:
        assert json.loads(get(f"{address}api/health"))["status"] == "ok"
        assert time.monotonic() < until
    return found


def asked_until(done: threading.Event, address: str, begun: threading.Barrier) -> list[tuple[int, int]]:
    """Asks again and again, and once more at the end: each answer's generation, and the number that it quotes.

    All have the first answer before anything goes on.
    """
    seen: list[tuple[int, int]] = []
    is_last = False
    while not is_last:
        is_last = done.is_set()
        answer = json.loads(get(f"{address}api/ask?q=What+number+does+the+counter+show"))
        found = re.search(r"number (\d+)", answer["citations"][0]["quote"])
        assert found
        if not seen:
            begun.wait(timeout=60)
        seen.append((int(answer["index"]["generation"]), int(found[1])))
    return seen


def get(address: str) -> bytes:
    """The body, of an error too."""
    try:
        with urlopen(address, timeout=30) as response:  # noqa: S310 - an address of loopback
            return bytes(response.read())
    except HTTPError as error:
        with error:
            return error.read()


def test_it_says_where_it_serves_and_serves_pages_the_api_and_new_generations(index: Path) -> None:
    """The address of its first line answers; what is indexed meanwhile is served from the next request on."""
    with serving(index) as (_, address):
        assert b"What would you like to know?" in get(address)
        before = json.loads(get(f"{address}api/health"))
        assert run(["--index", str(index), "index", "--full"], Settings()) == 0
        after = json.loads(get(f"{address}api/health"))
    assert after["generation"] > before["generation"]


def test_what_reaches_no_application_is_refused_in_the_same_shape(index: Path) -> None:
    """Too long a head, too big a body, no HTTP at all: the API's error and the headers of every answer."""
    with serving(index) as (_, address):
        port = int(address.rstrip("/").rpartition(":")[2])
        for sent, status in NO_REQUESTS:
            with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
                connection.sendall(sent)
                response = HTTPResponse(connection)
                response.begin()
                error = json.loads(response.read())["error"]
            assert response.status == status
            assert set(error) == {"code", "message", "remedy"}
            assert HEADERS.items() <= dict(response.getheaders()).items()


PAGE = b"Host: localhost\r\nOrigin: http://localhost\r\nContent-Type: multipart/form-data; boundary=b\r\n"


@pytest.mark.parametrize(
    ("path", "length", "says"),
    [
        ("/admin/add", 40 * 2**20, "More than 32 MB at once"),
        ("/check-claims", 40 * 2**20, "less text"),
        ("/check-claims", 20_000, "less text"),
        ("/admin/add", 2**40, None),
        ("/api/check-claims", 40 * 2**20, None),
    ],
)
def test_too_large_a_form_is_refused_on_its_page(
    index: Path, tmp_path: Path, path: str, length: int, says: str | None
) -> None:
    """Once all of it is sent, as browsers read nothing before; programs, and what has no end, get JSON at once."""
    with serving(index, "--admin", str(tmp_path / "added")) as (_, address):
        port = int(address.rstrip("/").rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
            head = f"POST {path} HTTP/1.1\r\nContent-Length: {length}\r\n".encode() + PAGE + b"\r\n"
            connection.sendall(head)
            if says is not None:
                for start in range(0, length, 2**20):
                    connection.sendall(b"x" * min(2**20, length - start))
            response = HTTPResponse(connection)
            response.begin()
            text = response.read().decode()
            response.close()
        if says is None:
            assert set(json.loads(text)["error"]) == {"code", "message", "remedy"}
        else:
            assert response.getheader("Content-Type", "").startswith("text/html")
            assert says in text
        assert response.status in (400, 413)
        assert get(f"{address}api/health")


def test_new_generations_come_into_force_under_way_without_a_failed_or_mixed_answer(tmp_path: Path) -> None:
    """Each answer quotes the generation that it names, while four follow each other; ``bench/load.py`` has fifty."""
    guide, index = tmp_path / "counter.md", tmp_path / "index"

    def put_in_force(number: int) -> None:
        guide.write_text(f"# The counter\n\nThe counter shows number {number} now.\n", encoding="utf-8")
        assert run(["--index", str(index), "index", str(guide)], Settings()) == 0

    put_in_force(1)
    with serving(index, "--workers", "2") as (_, address), ThreadPoolExecutor(4) as visitors:
        done, begun = threading.Event(), threading.Barrier(5)
        asking = [visitors.submit(asked_until, done, address, begun) for _ in range(4)]
        begun.wait(timeout=60)
        for number in range(2, 5):
            put_in_force(number)
        done.set()
        seen = [pair for each in asking for pair in each.result(timeout=60)]
    assert {quoted for _, quoted in seen} >= {1, 4}
    assert [pair for pair in seen if pair[0] != pair[1]] == []


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_quietly_when_asked_to(index: Path, number: signal.Signals) -> None:
    """Ctrl-C and a service manager's stop end it with status 0 and not another word."""
    with serving(index) as (process, _):
        process.send_signal(number)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (0, "", "")


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot fork")
def test_several_processes_serve_one_address_and_end_together(index: Path) -> None:
    """With two workers every request is answered, and after the end nobody listens any more."""
    with serving(index, "--workers", "2") as (process, address):
        for _ in range(8):
            assert json.loads(get(f"{address}api/health"))["status"] == "ok"
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (0, "", "")
    with pytest.raises(OSError, match="refused"):
        get(address)


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="only Linux lists a process's children")
def test_a_process_that_dies_is_replaced(index: Path) -> None:
    """Killed outright, one of two workers is followed by another, and the page is served all along."""
    with serving(index, "--workers", "2") as (process, address):
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        first = answered_until(address, lambda: set(children.read_text("ascii").split()), 2)
        killed = first.pop()
        os.kill(int(killed), signal.SIGKILL)
        answered_until(address, lambda: set(children.read_text("ascii").split()) - {killed}, 2)
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (0, "", "")


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot fork")
def test_no_worker_outlives_a_program_that_is_killed(index: Path) -> None:
    """Workers hold the program's output open for as long as they live: that it ends says that they have ended."""
    with serving(index, "--workers", "2") as (process, address):
        get(address)
        process.kill()
        process.communicate(timeout=30)
    with pytest.raises(OSError, match="refused"):
        get(address)


def test_a_taken_port_is_said_in_one_line(index: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Who starts it twice learns why the second does not start."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert run(["--index", str(index), "serve", "--port", port], Settings()) == 2
    (line,) = capfd.readouterr().err.splitlines()
    assert f"127.0.0.1:{port}" in line
    assert "--port" in line


def test_one_page_is_written_without_a_server(index: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """``--get`` writes what a browser would get; an address that leads elsewhere is followed."""
    assert run(["--index", str(index), "serve", "--get", "/ask?q="], Settings()) == 0
    assert "<h1>What would you like to know?</h1>" in capfd.readouterr().out


def test_a_page_that_does_not_exist_is_an_error(index: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """``--get`` of nothing writes nothing to standard output."""
    assert run(["--index", str(index), "serve", "--get", "/nowhere"], Settings()) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert "/nowhere" in err


def test_without_an_index_the_shipped_guides_are_served(tmp_path: Path) -> None:
    """The first start indexes the guides that citeguide ships with, as the first question does."""
    command = [*PROGRAM, "--index", str(tmp_path / "index"), "serve", "--get", "/api/health"]
    result = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert json.loads(result.stdout)["documents"] == 3
    assert "index" in result.stderr


def test_any_other_server_serves_the_application_as_well(index: Path) -> None:
    """With the standard library's own WSGI server, checked by its validator: a page, the API, an error, an export."""
    app = create_app(index)
    expected = {
        "": b"What would you like to know?",
        "api/ask?q=How+many+bees+does+a+hive+hold": b'"status":"answered"',
        "static/style.css": b".evidence",
        "tables/none.csv": b"There is no table none",
    }
    with make_server("127.0.0.1", 0, validator(app), handler_class=Quiet) as server, ThreadPoolExecutor(1) as visitor:
        for path, words in expected.items():
            answer = visitor.submit(get, f"http://127.0.0.1:{server.server_port}/{path}")
            server.handle_request()
            assert words in answer.result(timeout=30)
    app.extensions["citeguide"].close()


class Quiet(WSGIRequestHandler):
    """Logs nothing."""

    def log_message(self, *_: object) -> None:
        """Not a word."""


def test_the_first_visitor_waits_for_nothing_to_be_loaded(index: Path) -> None:
    """Whatever modules an answer takes are there before; what was asked for it is counted nowhere."""
    asking = """
import sys
from pathlib import Path
from citeguide.web.app import create_app
from citeguide.web.warming import warm
app = create_app(Path(sys.argv[1]))
warm(app)
client, before = app.test_client(), set(sys.modules)
assert b"citeguide_request_seconds_count 0" in client.get("/api/metrics").data
assert client.get("/ask?q=How+many+bees+does+a+hive+hold").status_code == 200
print(*sorted(set(sys.modules) - before))
"""
    done = subprocess.run([sys.executable, "-c", asking, str(index)], capture_output=True, text=True, check=True)
    assert [name for name in done.stdout.split() if name.startswith("citeguide.")] == []


def test_an_index_that_cannot_be_read_is_told_to_who_asks_and_not_before(tmp_path: Path) -> None:
    """What is loaded ahead ends no server."""
    app = create_app(tmp_path)
    warm(app)
    assert app.test_client().get("/api/health").status_code == 503
