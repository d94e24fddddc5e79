"""A typed client that a generator makes of the API: every operation can be called, and what comes is typed."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from citeguide.web.app import create_app
from citeguide.web.openapi import PATHS, document
from indexed import indexed

pytest.importorskip("openapi_python_client", reason="the extra 'dev' is not installed")

GUIDE = """# Keeping bees

A hive holds about 50,000 bees in summer.

| Area | Low | Median |
| --- | --- | --- |
| Salem | $12.10 | $17.20 |
| Bend | $13.00 | $18.05 |
"""
PACKAGE = "guides_client"
OPERATIONS = {told["operationId"] for methods in PATHS.values() for told in methods.values()}


class Silent(WSGIRequestHandler):
    """Writes no line for each request."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on a free port of loopback."""
    app = create_app(indexed(tmp_path_factory.mktemp("served"), {"bees.md": GUIDE}))
    with make_server("127.0.0.1", 0, app, handler_class=Silent) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
    app.extensions["citeguide"].close()


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Any]]:
    """Generates the client in a folder of its own; gives its modules by name."""
    place = tmp_path_factory.mktemp("client")
    (place / "openapi.json").write_text(json.dumps(document()), "utf-8")
    (place / "config.yml").write_text("post_hooks: []\n", "utf-8")
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--path", "openapi.json", "--meta", "none"]
    command += ["--output-path", PACKAGE, "--config", "config.yml", "--fail-on-warning"]
    made = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr
    sys.path.insert(0, str(place))
    yield lambda name: import_module(f"{PACKAGE}.{name}")
    sys.path.remove(str(place))
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


def test_a_generated_client_calls_every_operation(generated: Callable[[str], Any], address: str) -> None:
    """None is missing, none fails, and each gives the type that the description promises."""
    client = generated("client").Client(base_url=address, raise_on_unexpected_status=True)
    models = generated("models")
    called: set[str] = set()

    def call(operation: str, **given: Any) -> Any:
        called.add(operation)
        name = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in operation)
        response = generated(f"api.default.{name}").sync_detailed(client=client, **given)
        assert response.status_code == 200, (operation, response.content)
        return response.parsed if response.parsed is not None else response.content

    answer = call("ask", q="How many bees does a hive hold?", k=1)
    assert isinstance(answer, models.Answer)
    assert answer.citations[0].quote == "A hive holds about 50,000 bees in summer."
    many = call("askMany", body=models.Questions(questions=["What is the median in Salem?", ""]))
    assert [type(each) for each in many.answers] == [models.Answer, models.Failed]
    assert many.answers[0].values[0].value == 17.2
    checked = call("checkClaims", body=models.UncheckedText(text="A hive holds about 900 bees in summer."))
    assert checked.sentences[0].verdict == "contradicted"
    assert call("search", q="bees", k=2).results[0].path == "bees.md"
    assert call("complete", q="be").completions
    table = call("listTables").tables[0]
    assert table.row_count == 2
    rows = call("tableRows", name=table.name, sort="-median", where=["median > 17.5"])
    assert [row.cells[0].text for row in rows.rows] == ["Bend"]
    assert call("listDocuments").documents[0].path == "bees.md"
    assert call("documentText", path="bees.md").text == GUIDE
    assert call("citation", id=answer.citations[0].id).span == answer.citations[0].span
    assert call("health").documents == 1
    assert b"citeguide" in call("metrics") if isinstance(call("metrics"), bytes) else "citeguide" in call("metrics")
    assert call("description")
    assert called == OPERATIONS


def test_an_error_is_typed_as_well(generated: Callable[[str], Any], address: str) -> None:
    """What is refused comes as the one shape of an error."""
    client = generated("client").Client(base_url=address)
    response = generated("api.default.citation").sync_detailed(id="00000000-1-2", client=client)
    assert response.status_code == 404
    assert response.parsed.error.code == "not_found"
