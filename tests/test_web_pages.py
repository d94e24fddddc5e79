"""The pages as a browser without JavaScript gets them: what they show, where they lead, what they never run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from citeguide.indexer.build import update
from citeguide.web.app import create_app
from flask.testing import FlaskClient

WAGES = """Pay of bakers in Oregon

The table lists what bakers earn by area.

LocationPay TypeLowMedianHigh
United StatesHourly$11.00$15.50$24.10
Salem, OR MSAHourly$12.10$17.20$26.30
Eugene, OR MSAHourly$11.40$16.80$22.90
Bend, OR MSAHourly$13.00$18.05$27.00
"""
HOSTILE = """# A <script>alert(1)</script> guide

Ovens must be "checked" <img src=x onerror=alert(1)> every spring & autumn.
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("web")
    guides = folder / "guides"
    guides.mkdir()
    (guides / "bakers.txt").write_text(WAGES, encoding="utf-8")
    (guides / "ovens.md").write_text(HOSTILE, encoding="utf-8")
    update(folder / "index", [guides])
    app = create_app(folder / "index")
    yield app.test_client()
    app.extensions["citeguide"].close()


def page(client: FlaskClient, path: str, status: int = 200) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == status
    return BeautifulSoup(response.get_data(as_text=True), "html.parser")


def test_an_answer_shows_the_number_its_row_and_a_link_to_the_highlighted_line(client: FlaskClient) -> None:
    soup = page(client, "/ask?q=median+pay+in+Salem")
    heading = soup.select_one("h1.answer")
    assert heading
    assert "$17.20" in heading.text
    quote = soup.select_one("blockquote mark")
    assert quote
    assert quote.text == "Salem, OR MSAHourly$12.10$17.20$26.30"
    link = soup.select_one(".place a")
    assert link
    source = page(client, str(link["href"]).partition("#")[0])
    marked = source.select_one("li.cited")
    assert marked
    assert marked["id"] == "L7"
    assert str(link["href"]).endswith("#L7")
    assert [mark.text for mark in source.select("mark")] == ["Salem, OR MSAHourly$12.10$17.20$26.30"]


def test_a_question_that_no_guide_covers_is_refused_on_the_page(client: FlaskClient) -> None:
    soup = page(client, "/ask?q=median+pay+of+welders+in+Paris")
    heading = soup.select_one("section[aria-label=Answer] h1")
    assert heading
    assert "do not answer" in heading.text


def test_an_empty_question_leads_back_to_the_question_box(client: FlaskClient) -> None:
    response = client.get("/ask?q=+")
    assert (response.status_code, response.headers["Location"]) == (302, "/")


def test_a_table_sorts_and_filters_by_its_address_alone(client: FlaskClient) -> None:
    href = next(str(a["href"]) for a in page(client, "/tables").select("tbody a"))
    soup = page(client, f"{href}?where=Median+%3E+16&sort=-Median")
    assert [row.text for row in soup.select("tbody th")] == ["Bend, OR MSA", "Salem, OR MSA", "Eugene, OR MSA"]
    wrong = page(client, f"{href}?where=Colour+%3E+16")
    alert = wrong.select_one("[role=alert]")
    assert alert
    assert "Colour" in alert.text
    assert len(wrong.select("tbody tr")) == 4


def test_a_table_is_exported_as_csv_with_plain_numbers(client: FlaskClient) -> None:
    href = next(str(a["href"]) for a in page(client, "/tables").select("tbody a"))
    response = client.get(f"{href}.csv?where=place+%3D+Bend")
    assert response.mimetype == "text/csv"
    assert response.get_data(as_text=True).splitlines()[1:] == ['"Bend, OR MSA",Hourly,13.00,18.05,27.00']


def test_what_a_guide_holds_is_shown_as_text_and_never_as_its_own_html(client: FlaskClient) -> None:
    for path in ("/ask?q=When+must+ovens+be+checked?", "/guides", "/source/ovens.md", "/ask?q=%3Cscript%3Ealert(2)"):
        soup = page(client, path)
        assert not soup.find_all("img")
        assert [script.get("src") for script in soup.find_all("script")] == ["/static/page.js"]


@pytest.mark.parametrize(
    "path", ["/source/../../etc/passwd", "/source/%2e%2e/%2e%2e/etc/passwd", "/source//etc/passwd"]
)
def test_nothing_outside_the_index_is_served(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code in (308, 404)


@pytest.mark.parametrize(
    "path",
    ["/", "/ask?q=pay+in+Bend", "/guides", "/tables", "/nowhere", "/api/ask", "/api/nowhere", "/static/style.css"],
)
def test_every_response_carries_the_security_headers(client: FlaskClient, path: str) -> None:
    with client.get(path) as response:
        headers = response.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in headers


def test_an_answer_weighs_less_than_60_kilobytes_with_all_that_it_loads(client: FlaskClient) -> None:
    parts = ("/ask?q=median+pay+in+Salem", "/static/style.css", "/static/page.js", "/static/icon.svg")
    weight = 0
    for part in parts:
        with client.get(part) as response:
            weight += len(response.data)
    assert weight < 60_000
