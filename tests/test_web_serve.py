"""``citeguide serve`` as a process: it says where it listens, serves, and ends quietly."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from citeguide.search.cli import run
from citeguide.search.commands.base import Settings

PROGRAM = [sys.executable, "-c", "from citeguide.search.cli import main; main()"]


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


def get(address: str) -> bytes:
    with urlopen(address, timeout=30) as response:  # noqa: S310 - an address of loopback
        return bytes(response.read())


def test_it_says_where_it_serves_and_serves_pages_the_api_and_new_generations(index: Path) -> None:
    """The address of its first line answers; what is indexed meanwhile is served from the next request on."""
    with serving(index) as (_, address):
        assert b"What would you like to know?" in get(address)
        before = json.loads(get(f"{address}api/health"))
        assert run(["--index", str(index), "index", "--full"], Settings()) == 0
        after = json.loads(get(f"{address}api/health"))
    assert after["generation"] > before["generation"]


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
