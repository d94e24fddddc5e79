"""The API's description against the API: the same routes, and nothing said that the description does not say."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from citeguide.web.app import create_app
from citeguide.web.openapi import PATHS
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from indexed import served, update
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

GUIDE = """# Keeping bees

A hive holds about 50,000 bees in summer. Smoke calms them.

## What they earn

| Area | Low | Median | High |
| --- | --- | --- | --- |
| Salem, OR | $12.10 | $17.20 | $26.30 |
| Bend, OR | $13.00 | $18.05 | # |
"""
RULES = "# Rules\n\nThe state does not require a licence to keep bees.\n"
OTHER = "# Other rules\n\nThe state requires a licence to keep bees.\n"
ADDRESSES = (
    "/api/ask?q=How+many+bees+does+a+hive+hold%3F",
    "/api/ask?q=median+pay+in+Salem",
    "/api/ask?q=which+area+has+the+highest+median&k=1&document=*.md",
    "/api/ask?q=Is+a+licence+required+to+keep+bees%3F",
    "/api/ask?q=What+do+welders+in+Paris+earn%3F",
    "/api/ask",
    "/api/ask?q=median+pay+above+%C2%BC",
    "/api/ask?q=median+pay+above+1.2.3",
    "/api/ask?q=bees&document=none",
    "/api/search?q=bees&k=2",
    "/api/search?q=salem",
    "/api/search?q=zebra",
    "/api/search",
    "/api/complete?q=be",
    "/api/tables",
    "/api/tables/{table}?where=median+%3E+17&sort=-median&limit=1",
    "/api/tables/{table}?where=nonsense",
    "/api/tables/none",
    "/api/documents",
    "/api/documents/bees.md",
    "/api/documents/none.md",
    "/api/citations/{citation}",
    "/api/citations/none",
    "/api/health",
    "/api/openapi.json",
)
CONFORMANCE = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "unsupported_method",
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    guides = tmp_path_factory.mktemp("guides")
    for name, text in (("bees.md", GUIDE), ("rules.md", RULES), ("other.md", OTHER)):
        (guides / name).write_text(text, encoding="utf-8")
    update(guides / "index", [guides])
    made = create_app(guides / "index")
    yield made
    made.extensions["citeguide"].close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="module")
def description(app: Flask) -> dict[str, Any]:
    data: dict[str, Any] = app.test_client().get("/api/openapi.json").get_json()
    return data


def test_each_route_is_described_and_each_description_is_a_route(app: Flask, description: dict[str, Any]) -> None:
    routes = {rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/v1/")}
    unversioned = {rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")} - routes
    assert unversioned == {route.replace("/v1", "", 1) for route in routes}
    written = {route.replace("<path:", "<").replace("<identifier>", "<id>") for route in routes}
    assert {path.replace("{", "<").replace("}", ">") for path in description["paths"]} == written


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_response_is_as_described(client: FlaskClient, description: dict[str, Any], address: str) -> None:
    address = address.replace("/api/", "/api/v1/").format(table=_table(client), citation=_citation(client))
    response = client.get(address)
    operation = description["paths"][_described(description, address)]["get"]
    answers = operation["responses"][str(response.status_code)]["content"][response.mimetype]
    schema = {**answers["schema"], "components": description["components"]}
    Draft202012Validator(schema).validate(response.get_json())


def test_the_descriptions_own_schemas_are_valid(description: dict[str, Any]) -> None:
    for schema in description["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_the_api_says_what_the_command_line_says_on_every_golden_question(shared: Path, tmp_path: Path) -> None:
    """Field by field, the time it took aside; the command line answers all questions in one process."""
    update(tmp_path / "index", [shared / "seeds"])
    lines = (shared / "golden" / "seeds.jsonl").read_text("utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines]
    program = [sys.executable, "-c", "from citeguide.search.cli.main import main; main()"]
    command = [*program, "--index", str(tmp_path / "index"), "ask", "--json", "-"]
    printed = subprocess.run(command, input="\n".join(questions), capture_output=True, encoding="utf-8", check=True)
    expected = [json.loads(line) for line in printed.stdout.splitlines()]
    with served(tmp_path / "index") as client:
        said = [client.get("/api/ask", query_string={"q": question}).get_json() for question in questions]
    assert len(questions) >= 60
    assert [answer | {"took_ms": 0} for answer in said] == [answer | {"took_ms": 0} for answer in expected]


@pytest.fixture(scope="module")
def api(app: Flask) -> Any:
    """The description as schemathesis reads it; it makes requests of it and holds the responses against it."""

    def plain(environ: dict[str, Any], start: Any) -> Any:
        environ.pop("HTTP_ACCEPT_ENCODING", None)  # it asks for packed answers, which without a network it cannot read
        return app.wsgi_app(environ, start)

    return schemathesis.openapi.from_wsgi("/api/openapi.json", plain)


@pytest.mark.parametrize(
    ("path", "method", "mode"),
    [
        (path, method.upper(), mode)
        for path, told in PATHS.items()
        for method, operation in told.items()
        for mode in GenerationMode
        if operation["parameters"] or "requestBody" in operation or mode is GenerationMode.POSITIVE
    ],
)
def test_whatever_is_asked_the_api_keeps_to_its_description(
    api: Any, path: str, method: str, mode: GenerationMode
) -> None:
    """No server error, no status, type or shape that is not described; ``bench/fuzz_api.py`` does it at length."""
    checks: list[Any] = [CHECKS.get_one(name) for name in CONFORMANCE]

    @settings(max_examples=15, suppress_health_check=list(HealthCheck))
    @given(case=api[path][method].as_strategy(generation_mode=mode))
    def holds(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(checks=checks)

    holds()


def _described(description: dict[str, Any], address: str) -> str:
    """The path of the description that an address falls under."""
    parts = address.partition("?")[0].split("/")
    for path in description["paths"]:
        held = path.split("/")
        if len(held) == len(parts) and all(a == b or a[:1] == "{" for a, b in zip(held, parts, strict=True)):
            return str(path)
    raise LookupError(address)


def _table(client: FlaskClient) -> str:
    return str(client.get("/api/tables").get_json()["tables"][0]["name"])


def _citation(client: FlaskClient) -> str:
    return str(client.get("/api/search?q=bees").get_json()["results"][0]["id"])
