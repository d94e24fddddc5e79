"""The admin page: off unless asked for, for its keeper alone, from our own form alone; what is added becomes guides."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest
from bs4 import BeautifulSoup
from citeguide.search.errors import UsageError
from citeguide.web.admin import uploads
from citeguide.web.admin.admin_pages import GUIDES
from citeguide.web.app import create_app
from citeguide.web.unanswered import UnansweredQuestions
from flask.testing import FlaskClient
from indexed import indexed, served
from werkzeug.test import TestResponse

TOKEN = "a-long-and-random-token"  # noqa: S105 - of a test
OURS = {"Origin": "http://localhost"}
TEA = "# Tea\n\nGreen tea is steeped for two minutes in water of eighty degrees.\n"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return indexed(tmp_path_factory.mktemp("admin"), {"bees.md": "# Bees\n\nA hive holds about 50,000 bees.\n"})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "added"


@pytest.fixture
def client(index: Path, folder: Path) -> Iterator[FlaskClient]:
    with served(index, admin=folder) as client:
        yield client


def form_token(client: FlaskClient, **headers: str) -> str:
    page = BeautifulSoup(client.get("/admin", headers=headers).get_data(as_text=True), "html.parser")
    field = page.select_one("input[name=token]")
    assert field
    return str(field["value"])


def send(client: FlaskClient, *files: tuple[str, str], field: str = "files") -> TestResponse:
    data = {"token": form_token(client), field: [(io.BytesIO(text.encode()), name) for name, text in files]}
    return client.post("/admin/add", data=data, headers=OURS)


def problem(response: TestResponse) -> str:
    alerts = BeautifulSoup(response.get_data(as_text=True), "html.parser").select("[role=alert]")
    return " ".join(alert.text for alert in alerts)


def test_what_is_added_answers(tmp_path: Path) -> None:
    """A file, and a folder with its folders, are indexed by a process of their own; the page tells what it said."""
    index = indexed(tmp_path, {"bees.md": "# Bees\n\nA hive holds about 50,000 bees.\n"})
    with served(index, admin=tmp_path / "added") as client:
        assert (
            send(client, ("tea.md", TEA), ("drinks/hot/milk.txt", "Milk boils over in a moment.\n")).status_code == 303
        )
        client.application.extensions[GUIDES].run.wait()
        page = client.get("/admin").get_data(as_text=True)
        assert "2 added" in page
        assert "data-running" not in page
        assert "two minutes" in client.get("/ask?q=How+long+is+green+tea+steeped%3F").get_data(as_text=True)
        assert client.get("/source/drinks/hot/milk.txt").status_code == 200
        (tmp_path / "guides" / "bees.md").write_text("# Bees\n\nA hive holds about 60,000 bees.\n", "utf-8")
        assert client.post("/admin/index", data={"token": form_token(client)}, headers=OURS).status_code == 303
        client.application.extensions[GUIDES].run.wait()
        assert "60,000" in client.get("/ask?q=How+many+bees+does+a+hive+hold%3F").get_data(as_text=True)


def test_without_the_option_there_is_no_such_page(index: Path) -> None:
    with served(index) as client:
        assert client.get("/admin").status_code == 404
        assert client.post("/admin/add", headers=OURS).status_code == 404


@pytest.mark.parametrize(
    ("headers", "token"),
    [
        ({}, ""),
        (OURS, ""),
        (OURS, "0" * 64),
        ({}, None),
        ({"Origin": "https://evil.example"}, None),
        ({"Origin": "null"}, None),
        (OURS | {"Sec-Fetch-Site": "cross-site"}, None),
        (OURS | {"Sec-Fetch-Site": "same-site"}, None),
    ],
)
def test_a_form_of_another_site_changes_nothing(
    client: FlaskClient, folder: Path, headers: dict[str, str], token: str | None
) -> None:
    """It needs both: to be sent from our page, and the token that only that page has."""
    data = {"token": form_token(client) if token is None else token, "files": (io.BytesIO(TEA.encode()), "tea.md")}
    response = client.post("/admin/add", data=data, headers=headers)
    assert (response.status_code, problem(response)[:8]) == (403, "This was")
    assert list(folder.iterdir()) == []


def test_nothing_is_changed_by_a_mere_address(client: FlaskClient) -> None:
    assert client.get("/admin/add").status_code == client.get("/admin/index").status_code == 405


def test_without_a_token_it_is_for_this_machine_alone(client: FlaskClient) -> None:
    """Neither for another machine, nor for who comes through a server in between."""
    for peer, headers in (
        ("192.0.2.7", {}),
        ("127.0.0.1", {"X-Forwarded-For": "192.0.2.7"}),
        ("127.0.0.1", {"Forwarded": "for=192.0.2.7"}),
    ):
        response = client.get("/admin", headers=headers, environ_base={"REMOTE_ADDR": peer})
        assert response.status_code == 403
    assert client.get("/admin", environ_base={"REMOTE_ADDR": "::1"}).status_code == 200


def test_without_a_token_no_other_name_is_served(index: Path, folder: Path) -> None:
    """A server for other machines does not even start."""
    for names in (("guides.example.org",), ("0.0.0.0",), ("*",)):  # noqa: S104 - nothing is bound
        with pytest.raises(UsageError) as error:
            create_app(index, admin=folder, trusted_hosts=names)
        assert "--admin-token-file" in error.value.remedy
    with pytest.raises(UsageError):
        create_app(index, admin=folder, admin_token="short")  # noqa: S106 - that is what is refused


def test_with_a_token_it_is_for_who_brings_it(index: Path, folder: Path, tmp_path: Path) -> None:
    """The guides stay open to all; with a token for readers the admin's opens everything, and theirs not this page."""
    basic = {"Authorization": "Basic " + base64.b64encode(f"me:{TOKEN}".encode()).decode()}
    bearer, reader = {"Authorization": f"Bearer {TOKEN}"}, {"Authorization": "Bearer " + "reader" * 4}
    counted = UnansweredQuestions(tmp_path / "unanswered.sqlite")
    with served(index, admin=folder, admin_token=TOKEN, unanswered=counted) as client:
        assert client.get("/").status_code == 200
        for path in ("/admin", "/unanswered"):
            refused = client.get(path)
            assert (refused.status_code, refused.headers["WWW-Authenticate"][:5]) == (401, "Basic")
            assert client.get(path, headers=reader).status_code == 401
            assert client.get(path, headers=basic).status_code == client.get(path, headers=bearer).status_code == 200
        assert (
            client.post("/admin/index", data={"token": form_token(client, **bearer)}, headers=OURS).status_code == 401
        )
    with served(index, admin=folder, admin_token=TOKEN, token="reader" * 4) as client:
        assert [client.get("/", headers=each).status_code for each in ({}, reader, bearer)] == [401, 200, 200]
        assert [client.get("/admin", headers=each).status_code for each in ({}, reader, bearer)] == [401, 401, 200]


def test_a_token_is_not_found_by_trying(index: Path, folder: Path) -> None:
    with served(index, admin=folder, admin_token=TOKEN) as client:
        tries = [client.get("/admin", headers={"Authorization": f"Bearer {n}"}).status_code for n in range(12)]
        assert tries == [401] * 10 + [429] * 2


@pytest.mark.parametrize(
    "name",
    [
        *("../tea.md", "/etc/tea.md", "a/../tea.md", "a//tea.md", ".hidden.md", "a/.git/tea.md", "tea\x00.md"),
        *("tea\n.md", "a\\tea.md", "C:tea.md", "con.md", "a/aux/tea.md", "tea.exe", "tea", "x" * 130 + ".md"),
        *("tea\u202e.md", "1/2/3/4/5/6/tea.md", "~/tea.md"),
    ],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_or_is_no_guides_is_refused(name: str, folder: Path) -> None:
    """With one line, before anything is written, whatever else was sent."""

    class Sent:
        filename: str | None
        stream: IO[bytes] = io.BytesIO(b"text")

    good, bad = Sent(), Sent()
    good.filename, bad.filename = "good.md", name
    folder.mkdir()
    with pytest.raises(uploads.UploadError) as error:
        uploads.keep([good, bad], folder)
    assert error.value.message.isprintable()
    assert list(folder.parent.rglob("*")) == [folder]


def test_what_is_wrong_is_one_line_on_the_page(
    client: FlaskClient, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file, a name that cannot be, too many, too much: said, and nothing of it is kept."""
    monkeypatch.setattr(uploads, "MOST_FILES", 2)
    monkeypatch.setattr(uploads, "MOST_UPLOADED", 64)
    for files, said in (
        ([], "No file was chosen"),
        ([("tea.exe", "x")], "The file tea.exe is of no format"),
        ([("a.md", "x"), ("b.md", "x"), ("c.md", "x")], "3 files are too many"),
        ([("a.md", "x" * 65)], "More than 0 MB at once"),
    ):
        response = send(client, *files)
        assert 400 <= response.status_code < 500
        assert problem(response).startswith(said)
        assert [path for path in folder.iterdir() if path.name != ".citeguide-index.log"] == []


def test_a_link_in_the_folder_leads_nowhere(client: FlaskClient, folder: Path, tmp_path: Path) -> None:
    """What somebody put there is not written through, neither a file nor a folder."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept.md").write_text("kept", "utf-8")
    (folder / "a").symlink_to(outside)
    (folder / "b.md").symlink_to(outside / "kept.md")
    for name in ("a/kept.md", "b.md"):
        assert send(client, (name, TEA), field="folder").status_code == 400
    assert [path.read_text("utf-8") for path in outside.iterdir()] == ["kept"]


def test_a_second_update_waits(client: FlaskClient, folder: Path) -> None:
    """While one is under way the page says so, and takes nothing; it belongs to no one process of the server."""
    run = client.application.extensions[GUIDES].run
    with run._log():
        assert "data-running" in client.get("/admin").get_data(as_text=True)
        assert problem(send(client, ("tea.md", TEA))).startswith("An update is under way")
        response = client.post("/admin/index", data={"token": form_token(client)}, headers=OURS)
        assert problem(response).startswith("An update is under way")
    assert not (folder / "tea.md").exists()
    assert "data-running" not in client.get("/admin").get_data(as_text=True)


def test_a_body_may_be_large_only_where_files_are_sent(client: FlaskClient) -> None:
    body = b"x" * 100_000
    assert client.post("/check-claims", data=body).status_code == 413
    assert client.post("/admin/index", data=body, headers=OURS).status_code == 413
    assert client.post("/admin/add", data=body, headers=OURS).status_code == 403
