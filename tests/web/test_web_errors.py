"""Whatever goes wrong, on every way in: one shape, the right status, the headers of each answer, nothing of insides."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from citeguide.search.errors import TimeLimitError
from citeguide.search.store.catalog import Catalog
from citeguide.web import api, index_provider
from citeguide.web.security.headers import HEADERS
from flask.testing import FlaskClient
from indexed import served, update

SHAPE = {"code", "message", "remedy"}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("errors")
    rows = "".join(f"| Area {n} | ${n % 90 + 10}.00 |\n" for n in range(3_000))
    text = f"# Pay\n\nClerks are paid by the hour.\n\n| Area | Median |\n| --- | --- |\n{rows}"
    (folder / "pay.md").write_text(text, encoding="utf-8")
    update(folder / "index", [folder / "pay.md"])
    return folder


@pytest.fixture
def client(place: Path) -> Iterator[FlaskClient]:
    with served(place / "index", trusted_hosts=("localhost",)) as client:
        client.application.config["PROPAGATE_EXCEPTIONS"] = False
        yield client


@pytest.mark.parametrize("prefix", ["/api", ""])
@pytest.mark.parametrize(
    ("method", "path", "options", "status", "code"),
    [
        ("GET", "/nowhere", {}, 404, "not_found"),
        ("GET", "/tables/none", {}, 404, "not_found"),
        ("POST", "/search", {}, 405, "method_not_allowed"),
        ("DELETE", "/tables", {}, 405, "method_not_allowed"),
        ("POST", "/ask", {"data": b"x" * 20_000}, 413, "request_entity_too_large"),
        ("GET", "/ask?q=" + "a" * 2_001, {}, 400, "usage"),
        ("GET", "/tables", {"headers": {"Host": "evil.example.org"}}, 400, "host"),
        ("GET", "/tables", {"headers": {"Host": "a b/c"}}, 400, "host"),
    ],
)
def test_an_error_has_its_status_its_shape_and_the_headers(
    client: FlaskClient, prefix: str, method: str, path: str, options: dict[str, Any], status: int, code: str
) -> None:
    response = client.open(prefix + path, method=method, **options)
    assert response.status_code == status
    assert_guarded(dict(response.headers))
    if prefix:
        error = response.get_json()["error"]
        assert set(error) == SHAPE
        assert error["code"] == code
        assert error["remedy"]
    else:
        assert response.mimetype == ("text/plain" if code == "host" else "text/html")
        assert "Traceback" not in response.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/api/ask?q=pay", "/ask?q=pay"])
def test_a_fault_of_our_own_is_said_without_its_insides(
    client: FlaskClient, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the secret of this machine")

    monkeypatch.setattr(api, "ask", fail)
    monkeypatch.setattr("citeguide.web.pages.ask", fail)
    response = client.get(path)
    assert response.status_code == 500
    assert b"secret" not in response.data
    assert_guarded(dict(response.headers))
    if path.startswith("/api"):
        assert response.get_json()["error"]["code"] == "internal"


@pytest.mark.parametrize("path", ["/api/ask?q=median+pay", "/api/tables", "/ask?q=median+pay", "/tables"])
def test_an_answer_that_takes_too_long_is_given_up(
    client: FlaskClient, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_provider, "REQUEST_TIME", -1.0)
    response = client.get(path)
    assert response.status_code == 503
    assert "Retry-After" in response.headers
    if path.startswith("/api"):
        assert response.get_json()["error"]["code"] == "time_limit"


def test_a_reading_under_way_is_stopped_too(place: Path) -> None:
    """Not only the next statement: a statement that never ends is given up at its time."""
    catalog = Catalog(next((place / "index").glob("generation-*")) / "catalog.sqlite")
    catalog.stop_after(0.2)
    endless = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
    with pytest.raises(TimeLimitError):
        list(catalog._select(endless))
    catalog.stop_after(10)
    assert len(catalog.documents()) == 1
    catalog.close()


def test_a_whole_table_is_written_in_parts(client: FlaskClient) -> None:
    """3,000 rows and a header, whatever a part holds."""
    with client.get("/tables/pay.csv") as response:
        parts = list(response.iter_encoded())
    lines = b"".join(parts).decode().splitlines()
    assert len(parts) > 5
    assert len(lines) == 3_001
    assert lines[1] == "Area 0,10.00"


def assert_guarded(headers: dict[str, str]) -> None:
    assert HEADERS.items() <= headers.items()
    assert "Set-Cookie" not in headers
