"""The pages as a browser without JavaScript gets them: what they show, where they lead, what they never run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from citeguide.search import ask
from citeguide.search.model import Answer, Choice, Status
from citeguide.search.store.open import Index
from citeguide.web import pages
from citeguide.web.filters import day
from flask.testing import FlaskClient
from indexed import indexed, served, update

WAGES = """Pay of bakers in Oregon

The table lists what bakers earn by area.

LocationPay TypeLowMedianHigh
United StatesHourly$11.00$15.50$24.10
Salem, OR MSAHourly$12.10$17.20$26.30
Eugene, OR MSAHourly$11.40$16.80$22.90
Bend, OR MSAHourly$13.00$18.05$27.00
"""
MENU = """<html><head><title>Yeast</title></head><body><nav><a href="/">Home</a> <a href="/o">Ovens</a></nav>
<main><h1>Yeast</h1><p>Fresh yeast keeps for two weeks in a cold place, and dry yeast keeps for a year in any.</p>
<p>Bakers mix it with warm water and a little sugar before they add it to the dough.</p></main></body></html>"""
HOSTILE = """# A <script>alert(1)</script> guide

Ovens must be "checked" <img src=x onerror=alert(1)> every spring & autumn.
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    guides = {"bakers.txt": WAGES, "ovens.md": HOSTILE, "menu.html": MENU}
    with served(indexed(tmp_path_factory.mktemp("web"), guides)) as client:
        yield client


def page(client: FlaskClient, path: str, status: int = 200) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == status
    return BeautifulSoup(response.get_data(as_text=True), "html.parser")


def test_what_comes_closest_is_told_apart_from_an_answer(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal shows its nearest passages below a heading that says what they are, and readings to choose from."""

    def nearly(text: str, index: Index, **_: object) -> Answer:
        found = ask("How long does dry yeast keep?", index)
        choice = Choice("dry yeast", "a year", 1)
        return found._replace(
            status=Status.NOT_FOUND,
            answer=None,
            citations=(),
            nearest=found.citations,
            choices=(choice,),
            question=text,
        )

    monkeypatch.setattr(pages, "ask", nearly)
    soup = page(client, "/ask?q=yeast")
    assert [h.text for h in soup.select("main h1, main h2")][:3] == [
        "No guide says this outright.",
        "Perhaps you mean",
        "These passages come closest",
    ]
    assert "dry yeast: a year" in soup.select("ul.choices")[0].text
    assert "dry yeast keeps for a year" in soup.select("ol.nearest mark")[0].text


def test_an_answer_shows_the_number_its_row_and_a_link_to_the_highlighted_line(client: FlaskClient) -> None:
    soup = page(client, "/ask?q=median+pay+in+Salem")
    heading = soup.select_one("h1.answer")
    assert heading
    assert "$17.20" in heading.text
    assert [cell.text for cell in soup.select(".drawn td")] == ["Salem, OR MSA", "Hourly", "$12.10", "$17.20", "$26.30"]
    quote = soup.select_one(".quote pre")
    assert quote
    assert quote.text == "Salem, OR MSAHourly$12.10$17.20$26.30"
    link = soup.select_one(".place a")
    assert link
    source = page(client, str(link["href"]).partition("#")[0])
    marked = source.select_one("tr.cited")
    assert marked
    assert marked["id"] == "L7"
    assert str(link["href"]).endswith("#L7")
    assert [mark.text for mark in source.select("mark")] == ["Salem, OR MSA", "Hourly", "$12.10", "$17.20", "$26.30"]
    exact = page(client, str(link["href"]).partition("#")[0] + "&as=text")
    assert [mark.text for mark in exact.select("mark")] == ["Salem, OR MSAHourly$12.10$17.20$26.30"]


def test_a_question_that_no_guide_covers_is_refused_on_the_page(client: FlaskClient) -> None:
    """With the words that are lacking, and with what comes closest, or stands on the other words, told apart."""
    soup = page(client, "/ask?q=median+pay+of+welders+in+Paris")
    heading = soup.select_one("section[aria-label=Answer] h1")
    assert heading
    assert heading.text in ("No guide says this outright.", "The guides do not answer this.")
    refused = soup.select_one(".refusal")
    assert refused
    assert refused.text == "No guide here covers welders or Paris."
    assert "These passages come closest" in soup.text or "These passages do not answer the question." in soup.text
    near = soup.select(".nearest .quote, .nearest blockquote, .results blockquote")
    assert near
    assert all("welders" not in quote.text for quote in near)


def test_a_guides_page_says_what_was_dropped_from_it_and_leads_there(client: FlaskClient) -> None:
    """The cell for doubts leads to the list on the guide's page, whose line leads to the highlighted piece."""
    cell = page(client, "/guides").select_one("a[href='/source/menu.html#doubts']")
    assert cell
    line = page(client, "/source/menu.html").select_one("#doubts li")
    assert line
    assert line.text.startswith("Line 1: dropped, ")
    link = line.select_one("a")
    assert link
    marked = page(client, str(link["href"]).partition("#")[0]).select_one("mark")
    assert marked
    assert marked.text in ("Home", "Home Ovens", "Home\nOvens")


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
    ("path", "status"),
    [
        ("/", 200), ("/ask?q=pay+in+Bend", 200), ("/ask?q=", 302), ("/search?q=ovens", 200), ("/guides", 200),
        ("/tables", 200), ("/tables/pay-bakers-oregon.csv", 200), ("/source/ovens.md", 200), ("/nowhere", 404),
        ("/source/ovens.md?line=x", 400), ("/api/ask", 400), ("/api/nowhere", 404), ("/api/metrics", 200),
        ("/static/style.css", 200), ("/static/page.js", 200), ("/static/none.js", 404),
    ],
)  # fmt: skip
def test_every_response_carries_headers_of_the_best_grade(client: FlaskClient, path: str, status: int) -> None:
    """What Mozilla's HTTP Observatory grades, all of its points and bonus points: A+ begins at 100 of these 130."""
    with client.get(path) as response:
        headers = response.headers
        assert response.status_code == status
    policy = dict(part.partition(" ")[::2] for part in headers["Content-Security-Policy"].split("; "))
    assert policy.pop("default-src") == "'none'"
    assert {policy.pop(each) for each in ("base-uri", "frame-ancestors")} == {"'none'"}
    assert set(policy.values()) == {"'self'"}
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert int(headers["Strict-Transport-Security"].partition(";")[0].removeprefix("max-age=")) >= 180 * 24 * 3600
    assert "Set-Cookie" not in headers
    assert "Access-Control-Allow-Origin" not in headers


def test_an_answer_weighs_less_than_60_kilobytes_with_all_that_it_loads(shared: Path, tmp_path: Path) -> None:
    """Every golden question's page, those that cite a whole table included; as sent without compression."""
    update(tmp_path / "index", [shared / "seeds"])
    lines = (shared / "golden" / "seeds.jsonl").read_text("utf-8").splitlines()
    questions = [*(json.loads(line)["question"] for line in lines), "all areas by median"]
    with served(tmp_path / "index") as client:
        weights = {q: len(client.get("/ask", query_string={"q": q}).data) for q in questions}
        for part in ("style.css", "page.js", "icon.svg"):
            with client.get(f"/static/{part}") as response:
                weights = {q: weight + len(response.data) for q, weight in weights.items()}
    assert {q: weight for q, weight in weights.items() if weight >= 60_000} == {}


def test_an_answers_numbers_lead_to_the_quotes_that_they_rest_on(client: FlaskClient) -> None:
    soup = page(client, "/ask?q=top+2+areas+by+median+pay")
    marks = [(str(mark["href"]), mark.text) for mark in soup.select(".answer-list a.sup")]
    assert marks == [("#citation-1", "1"), ("#citation-2", "2")]
    for href, words in zip(("citation-1", "citation-2"), ("Bend, OR", "Salem, OR"), strict=True):
        quote = soup.select_one(f"#{href}")
        assert quote
        assert words in quote.text


def test_a_chart_draws_low_to_high_the_median_and_the_nation_in_per_cent_of_its_axis(client: FlaskClient) -> None:
    """The axis goes from $10 to $30 in steps of 5: Bend's low of 13 is at 15 %, its median of 18.05 at 40.25 %."""
    soup = page(client, "/tables/pay-bakers-oregon?where=place+%3D+Bend")
    assert [tick.text for tick in soup.select(".axis text")] == ["$10", "$15", "$20", "$25", "$30"]
    bar, dot, nation = (soup.select_one(f".plot {mark}") for mark in ("rect.range", "circle.mid", "line.nation"))
    assert bar
    assert dot
    assert nation
    assert (bar["x"], bar["width"], dot["cx"], nation["x1"]) == ("15.0%", "70.0%", "40.25%", "27.5%")
    assert [said.text for said in soup.select(".bar .said")] == ["$18.05"]


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("2017-08-14", "14 August 2017"),
        ("2024-05", "May 2024"),
        ("2023", "2023"),
        ("spring", "spring"),
        ("2024-13", "2024-13"),
    ],
)
def test_a_date_is_written_as_people_write_it(date: str, said: str) -> None:
    assert day(date) == said


def test_a_text_is_checked_on_its_page(client: FlaskClient) -> None:
    """Each sentence under its verdict, with the quote that decides and where it stands; the text stays in its box."""
    text = "Fresh yeast keeps for two weeks in a cold place.\nFresh yeast keeps for nine weeks. <b>Yeast</b> votes."
    response = client.post("/check-claims", data={"text": text})
    assert response.headers["Cache-Control"] == "no-store"
    soup = BeautifulSoup(response.get_data(as_text=True), "html.parser")
    verdicts = [item["class"] for item in soup.select(".checked > li")]
    assert verdicts == [["supported"], ["contradicted"], ["not_found"]]
    assert [str(link["href"]).split("?")[0] for link in soup.select(".checked .place a")] == ["/source/menu.html"] * 2
    assert soup.textarea is not None
    assert soup.textarea.text == text
    assert soup.select_one("main b") is None


@pytest.mark.parametrize(("text", "shown"), [("", None), ("  ", None), ("...", "holds no words"), ("A b. " * 41, "40")])
def test_a_text_that_cannot_be_checked_is_said_on_its_page(client: FlaskClient, text: str, shown: str | None) -> None:
    """No text shows the empty box alone."""
    response = client.post("/check-claims", data={"text": text})
    assert response.status_code == 200
    alert = BeautifulSoup(response.get_data(as_text=True), "html.parser").select_one("[role=alert]")
    assert (alert is None) == (shown is None)
    assert shown is None or (alert is not None and shown in alert.text)
