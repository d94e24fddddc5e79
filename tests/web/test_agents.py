"""The tools of the Model Context Protocol, asked by the SDK's client over both transports, and by hostile callers."""

from __future__ import annotations

import json
import os
import random
import socket
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from commands import ended
from indexed import indexed

pytest.importorskip("mcp", reason="the extra 'mcp' is not installed")

import anyio
import jsonschema  # type: ignore[import-untyped]
import uvicorn
from citeguide.search.model import Answer
from citeguide.web.agents.protocol import called, http, protocol
from citeguide.web.agents.tools import TOOLS
from citeguide.web.index_provider import IndexProvider
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters

GUIDE = """# Keeping bees

A hive holds about 50,000 bees in summer.

| Area | Low | Median |
| --- | --- | --- |
| Salem | $12.10 | $17.20 |
| Bend | $13.00 | $18.05 |
"""
CALLS: dict[str, dict[str, Any]] = {
    "ask": {"question": "How many bees does a hive hold?"},
    "search": {"query": "bees", "limit": 3},
    "tables": {},
    "table_rows": {"name": "keeping-bees", "sort": "-median"},
    "show": {"place": "bees.md:3"},
    "verify": {},
    "check_claims": {"text": "A hive holds about 50,000 bees in summer. Bees sing at night."},
    "status": {},
}
assert Answer._fields  # the shape of an answer is the model's


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return indexed(tmp_path_factory.mktemp("agents"), {"bees.md": GUIDE})


@pytest.fixture
def provider(folder: Path) -> Iterator[IndexProvider]:
    made = IndexProvider(folder)
    yield made
    made.close()


def told(said: Any) -> str:
    """The text of a call's result."""
    (text,) = said.content
    return str(text.text)


async def every_tool(client: Client) -> None:
    """List the tools and call each; what comes back is what its schema promises."""
    listed = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert set(listed) == set(CALLS) == set(TOOLS)
    answer: dict[str, Any] = {}
    for name, arguments in CALLS.items():
        assert getattr(listed[name].annotations, "read_only_hint", None) is True
        assert listed[name].input_schema["additionalProperties"] is False
        given = {"answers": [answer]} if name == "verify" else arguments
        said = await client.call_tool(name, given)
        assert not said.is_error, said.content
        if listed[name].output_schema is not None:
            jsonschema.validate(said.structured_content, listed[name].output_schema)
        answer = said.structured_content if name == "ask" else answer
    assert "50,000 bees" in answer["answer"]
    refused = await client.call_tool("ask", {"question": "Who won the cup in 1966?"})
    assert not refused.is_error
    assert refused.structured_content["status"] == "not_found"
    wrong = await client.call_tool("ask", {"question": ""})
    assert wrong.is_error


def asked(connect: Callable[[], Any], talk: Callable[[Client], Awaitable[None]] = every_tool) -> None:
    """Talk to a server that a client connects to."""

    async def run() -> None:
        async with Client(connect()) as client:
            await talk(client)

    anyio.run(run)


def test_every_tool_answers_over_standard_streams(folder: Path) -> None:
    """The program is started as an assistant starts it, and prints nothing but the protocol."""
    program = ["-c", "from citeguide.search.cli.main import main; main()", "--index", str(folder), "mcp"]
    asked(lambda: StdioServerParameters(command=sys.executable, args=program, env=dict(os.environ)))


def test_every_tool_answers_over_http_and_no_strange_page_gets_in(folder: Path) -> None:
    """At /mcp, to this machine's names; an Origin or a Host from elsewhere is refused before anything is read."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(http(folder, "127.0.0.1"), port=port, log_level="critical"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
        asked(lambda: f"http://127.0.0.1:{port}/mcp")
        for header in ("Origin: https://elsewhere.example", "Host: elsewhere.example"):
            status = _status(port, header)
            assert status in (403, 421), (header, status)
    finally:
        server.should_exit = True
        thread.join()


def _status(port: int, header: str) -> int:
    """The status of a request with one header of its own."""
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/list"}).encode()
    host = "" if header.startswith("Host") else "Host: 127.0.0.1\r\n"
    head = (
        f"POST /mcp HTTP/1.1\r\n{host}{header}\r\nContent-Type: application/json\r\nConnection: close\r\n"
        f"Accept: application/json, text/event-stream\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(head.encode() + body)
        return int(connection.makefile("rb").readline().split()[1])


def test_200_hostile_calls_get_clear_errors(provider: IndexProvider) -> None:
    """Names that are none, arguments of every wrong kind and size: an error's result with a line, never a crash."""
    rng = random.Random(20261129)  # noqa: S311 - the same calls in every run
    odd: list[Any] = [
        None, True, -1, 10**30, 1e308, "", " ", "x" * 100_000, "\x00", "../../etc/passwd", "'; drop table rows; --",
        [], {}, [[[]]], {"$ref": "#"}, ["a"] * 1_000, "\ud800", "%s%n", "(" * 2_000, {"question": {}},
    ]  # fmt: skip
    known = {key for tool in TOOLS.values() for key in tool.takes["properties"]}
    names = [*TOOLS, "", "delete", "__class__", "ask\n", "x" * 10_000]
    failed = 0
    for _ in range(200):
        name = rng.choice(names)
        keys = rng.sample([*sorted(known), "x", "__proto__"], rng.randint(0, 3))
        said = called(provider, name, {key: rng.choice(odd) for key in keys})
        if said.is_error:
            failed += 1
            line = told(said)
            assert line
            assert line == " ".join(line.split())
            assert said.structured_content["error"]["code"] != "internal", (name, line[:300])
    assert failed > 150


def test_a_client_is_told_of_a_tool_that_there_is_not(folder: Path) -> None:
    """The names that there are stand in the error."""

    async def talk(client: Client) -> None:
        said = await client.call_tool("delete", {})
        assert said.is_error
        assert "table_rows" in told(said)

    asked(lambda: protocol(folder), talk)


def test_nothing_is_served_without_an_index_that_can_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Over HTTP as over standard streams: one line, status 2, before anything listens."""
    (tmp_path / "current").write_text("nonsense")
    assert ended(capsys, "mcp", "--http", "--index", tmp_path).status == 2


def test_without_the_extra_the_command_says_how_to_install_it(folder: Path) -> None:
    """No traceback: the one line that helps."""
    code = (
        "import sys; sys.modules['mcp'] = None; sys.modules['mcp_types'] = None\n"
        f"sys.argv = ['citeguide', '--index', {str(folder)!r}, 'mcp']\n"
        "from citeguide.search.cli.main import main; main()"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert "pip install 'citeguide[mcp]'" in ran.stderr
