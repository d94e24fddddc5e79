"""Who is let in: by which name, with which token, from which site's pages."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from citeguide.search.cli.main import run
from citeguide.search.cli.settings import Settings
from citeguide.search.errors import UsageError
from citeguide.web.app import create_app
from citeguide.web.security.access import Access
from flask.testing import FlaskClient
from indexed import indexed, served

TOKEN = "correct-horse-battery"  # noqa: S105 - of no real server
UNBOUND = "0.0.0.0"  # noqa: S104 - nothing is bound
SITE = "https://www.example.org"
ASKED = {"Origin": SITE, "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "authorization"}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return indexed(tmp_path_factory.mktemp("access"), {"bees.md": "# Bees\n\nA hive holds about 50,000 bees.\n"})


@pytest.fixture
def client(index: Path) -> Iterator[FlaskClient]:
    with served(index) as client:
        yield client


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "LOCALHOST.", "127.0.0.1:80", "[::1]", "[::1]:8000"])
def test_a_server_answers_to_the_names_of_its_machine(client: FlaskClient, host: str) -> None:
    assert client.get("/api/health", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["rebound.example.org", "localhost.example.org", "192.168.1.5", "127.0.0.1.example.org", "", "a, localhost",
     "localhost@example.org", "[::2]", "127.0.0.1:80:80", "localhost/", "evil#localhost", UNBOUND, "2130706433"],
)  # fmt: skip
def test_a_name_that_somebody_had_made_to_lead_here_is_refused(client: FlaskClient, host: str) -> None:
    """A page elsewhere whose name is pointed at this machine would else read all guides (DNS rebinding)."""
    for path in ("/", "/api/ask?q=bees", "/static/style.css", "/nowhere"):
        response = client.get(path, headers={"Host": host})
        assert response.status_code == 400
        assert b"hive" not in response.data


@pytest.mark.parametrize(
    ("known", "host", "is_meant"),
    [
        ("guides.example.org", "Guides.Example.Org:443", True),
        ("guides.example.org", "www.guides.example.org", False),
        (".example.org", "www.example.org", True),
        (".example.org", "badexample.org", False),
        ("192.168.1.5", "192.168.1.5:8000", True),
        ("2001:db8::5", "[2001:db8::5]:8000", True),
        (UNBOUND, "192.168.1.5:8000", True),
        (UNBOUND, "rebound.example.org", False),
        ("::", "[2001:db8::5]", True),
        ("*", "anything.example.org", True),
        ("*", "any thing", False),
    ],
)
def test_what_else_it_answers_to_is_what_it_was_told(known: str, host: str, is_meant: bool) -> None:
    assert Access(hosts=(known,)).answers_to(host) is is_meant


@pytest.mark.parametrize("path", ["//tables", "/tables//", "/ask?q=", "/%2f%2fevil.example"])
def test_no_redirect_names_a_host(client: FlaskClient, path: str) -> None:
    """Not even the one that was asked for: a cache may keep what was answered to another name."""
    response = client.get(path, headers={"Host": "localhost"})
    if response.status_code in (301, 302, 303, 307, 308):
        assert response.headers["Location"].startswith("/")
        assert not response.headers["Location"].startswith("//")
    else:
        assert response.status_code == 404


def basic(password: str) -> str:
    return "Basic " + base64.b64encode(f"anyone:{password}".encode()).decode()


def test_with_a_token_only_who_brings_it_is_let_in(index: Path) -> None:
    with served(index, token=TOKEN) as client:
        for path in ("/", "/api/ask?q=bees", "/api/metrics", "/static/page.js", "/nowhere"):
            refused = client.get(path)
            assert refused.status_code == 401
            assert refused.headers["WWW-Authenticate"].startswith("Basic ")
        assert client.get("/api/ask?q=bees").get_json()["error"]["code"] == "unauthorized"
        for given in (f"Bearer {TOKEN}", f"bearer {TOKEN}", basic(TOKEN)):
            assert client.get("/api/health", headers={"Authorization": given}).status_code == 200


@pytest.mark.parametrize(
    "given", ["Bearer", "Bearer ", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", TOKEN, "Basic !", basic(""), "Digest a"]
)
def test_a_wrong_token_is_none(index: Path, given: str) -> None:
    with served(index, token=TOKEN) as client:
        assert client.get("/api/health", headers={"Authorization": given}).status_code == 401


def test_who_guesses_is_slowed_down(index: Path) -> None:
    """Ten wrong tokens a minute; who brings the right one is not held up by it."""
    with served(index, token=TOKEN) as client:
        answers = [client.get("/", headers={"Authorization": f"Bearer {n}"}).status_code for n in range(12)]
        assert answers == [401] * 10 + [429] * 2
        assert client.get("/", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_pages_of_other_sites_read_nothing_unless_they_may(index: Path, client: FlaskClient) -> None:
    for headers in ({"Origin": SITE}, {"Origin": "null"}):
        assert "Access-Control-Allow-Origin" not in client.get("/api/health", headers=headers).headers
    with served(index, origins=(SITE,)) as shared:
        allowed = shared.get("/api/ask?q=bees", headers={"Origin": SITE}).headers
        assert allowed["Access-Control-Allow-Origin"] == SITE
        assert "Origin" in allowed["Vary"]
        assert "Access-Control-Allow-Credentials" not in allowed
        for origin in ("https://www.example.org.evil.example", "http://www.example.org", "null"):
            refused = shared.get("/api/ask?q=bees", headers={"Origin": origin}).headers
            assert "Access-Control-Allow-Origin" not in refused
            assert "Origin" in refused["Vary"]
        assert "Access-Control-Allow-Origin" not in shared.get("/ask?q=bees", headers={"Origin": SITE}).headers


def test_a_browser_that_asks_first_is_told_what_may_be_sent(index: Path) -> None:
    """The question that a browser asks before it sends a token brings none itself."""
    with served(index, origins=(SITE,), token=TOKEN) as client:
        told = client.options("/api/ask", headers=ASKED)
        assert told.status_code == 204
        assert told.headers["Access-Control-Allow-Origin"] == SITE
        assert "Authorization" in told.headers["Access-Control-Allow-Headers"]
        assert client.options("/ask", headers=ASKED).status_code == 401


def test_only_named_sites_may_frame_the_pages(index: Path, client: FlaskClient) -> None:
    alone = client.get("/").headers
    assert "frame-ancestors 'none'" in alone["Content-Security-Policy"]
    assert alone["X-Frame-Options"] == "DENY"
    with served(index, frame_ancestors=(SITE, "http://localhost:3000")) as framed:
        headers = framed.get("/").headers
    assert f"frame-ancestors {SITE} http://localhost:3000" in headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in headers


@pytest.mark.parametrize(
    "options",
    [
        {"origins": ("www.example.org",)},
        {"origins": ("https://www.example.org/",)},
        {"origins": ("*",)},
        {"frame_ancestors": ("https://a.example; script-src *",)},
        {"frame_ancestors": ("'self'\r\nX: y",)},
        {"token": "short"},
    ],
)
def test_what_cannot_be_meant_is_said_before_anything_is_served(index: Path, options: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        create_app(index, **options)  # type: ignore[arg-type]


def test_the_token_may_stand_in_a_file(index: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """One that is too short is refused, and a file that is no text too, before a port is opened."""
    (tmp_path / "short").write_text("abc\n")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    for name in ("short", "bytes"):
        assert run(["--index", str(index), "serve", "--token-file", str(tmp_path / name)], Settings()) == 2
        (line,) = capfd.readouterr().err.splitlines()
        assert "token" in line
