"""The pages over a shelf of many guides: found by their names, searched page by page, left by the way one came."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from citeguide.search.errors import UsageError
from flask.testing import FlaskClient
from indexed import indexed, served

MENU = "<nav>" + "".join(f"<p><a href='/{n}'>Menu {n}</a></p>" for n in range(40)) + "</nav>"
PAGE = (
    f"<html><title>Kayaks</title><body>{MENU}<main><h1>Kayaks</h1>"
    "<p>A kayak costs $30 a day to rent, and the paddle comes with it.</p>"
    "<p>Children under twelve paddle with an adult in the same boat at all times.</p></main></body></html>"
)
ROWS = "\n".join(f"| Lake {n} | {n * 10} |" for n in range(1, 30))
GUIDES = {
    "kayaks.html": PAGE,
    "lakes.md": f"# Lakes\n\n| Lake | Depth in feet |\n|---|---|\n{ROWS}\n",
    **{f"trail-{n}.md": f"# Trail {n}\n\nTrail number {n} follows the shore of a lake.\n" for n in range(30)},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return indexed(tmp_path_factory.mktemp("shelf"), GUIDES)


@pytest.fixture
def client(folder: Path) -> Iterator[FlaskClient]:
    with served(folder, name="Lake & Trail") as made:
        yield made


def soup(client: FlaskClient, address: str) -> BeautifulSoup:
    """A page that is there."""
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.text, "html.parser")


@pytest.mark.parametrize(
    ("address", "total"),
    [("/guides", "32"), ("/guides?q=TRAIL+29", "1"), ("/guides?q=nothing", "0"), ("/tables?q=depth", "1")],
)
def test_lists_are_filtered_by_words_of_names(client: FlaskClient, address: str, total: str) -> None:
    """Case aside; the caption says how many there are, and the box keeps what was typed."""
    page = soup(client, address)
    caption = page.select_one("caption")
    assert caption
    assert caption.text.split()[0] == total
    box = page.select_one("#wanted")
    assert box
    assert box["value"] == address.partition("q=")[2].replace("+", " ")


def test_a_search_is_read_page_by_page(client: FlaskClient) -> None:
    """The total is said once and for all, the second page goes on where the first ended, and nothing comes twice."""
    first = soup(client, "/search?q=shore")
    status = first.select_one("[role=status]")
    assert status
    assert status.text.startswith("30 passages")
    following = first.select_one("a[rel=next]")
    assert following
    second = soup(client, str(following["href"]))
    places = [link["href"] for page in (first, second) for link in page.select(".results .place a")]
    assert len(places) == len(set(places)) == 30
    assert [n.text for n in second.select(".results .n")][:1] == ["21"]


def test_a_field_that_there_is_not_is_said(client: FlaskClient) -> None:
    """And the word is looked for as it stands."""
    alert = soup(client, "/search?q=title:lake").select_one("[role=alert]")
    assert alert
    assert "title:" in alert.text
    assert soup(client, "/search?q=document:*.md+lake").select_one("[role=alert]") is None


def test_the_source_knows_the_way_back_and_folds_what_is_no_guide(client: FlaskClient) -> None:
    """Above the lines stands the answer's address; a menu of forty lines is one line to unfold, the cited line open."""
    answer = soup(client, "/ask?q=What+does+a+kayak+cost+to+rent%3F")
    link = answer.select_one(".place a")
    assert link
    page = soup(client, str(link["href"]).partition("#")[0])
    back = page.select_one(".whereabouts a[href^='/ask']")
    assert back
    assert soup(client, str(back["href"])).select_one("h1") == answer.select_one("h1")
    cited = page.select_one(".cited")
    assert cited
    assert cited.find_parent("details") is None
    folded = page.select_one(".left-out summary")
    assert folded is None or "no part of the guide" in folded.text


def test_one_guide_is_asked_alone(client: FlaskClient) -> None:
    """From its page; the answer says so and leads to the same question asked of all."""
    form = soup(client, "/source/trail-3.md").select_one("form.ask")
    assert form
    hidden = form.select_one("input[name=document]")
    assert hidden
    page = soup(client, f"/ask?q=shore+of+a+lake&document={hidden['value']}")
    assert {quote.text for quote in page.select(".place a[href^='/source']")} == {"Trail 3"}
    assert page.select_one("a[href='/ask?q=shore+of+a+lake']")


def test_the_first_page_says_what_the_guides_are_about(client: FlaskClient) -> None:
    """Some by their titles, and how many there are; every page bears the site's own name."""
    page = soup(client, "/")
    assert "All 32 guides" in page.text
    assert "Kayaks" in page.text
    assert page.title
    assert page.title.text == "Lake & Trail"
    meta = page.select_one("meta[name=description]")
    assert meta
    assert meta["content"]


def test_without_guides_the_first_page_says_how_to_add_some(tmp_path: Path) -> None:
    """The command stands there to be copied."""
    index = indexed(tmp_path, {"a.md": "# A\n\nSome words of a guide.\n"})
    (tmp_path / "guides" / "a.md").unlink()
    indexed(tmp_path, {})
    with served(index) as client:
        assert "citeguide index FOLDER" in soup(client, "/").text


def test_browsers_and_engines_find_what_they_look_for(client: FlaskClient) -> None:
    """An address bar can ask, and answers to endless questions stay out of search engines."""
    described = client.get("/opensearch.xml")
    assert described.mimetype == "application/opensearchdescription+xml"
    assert "Lake &amp; Trail" in described.text
    assert "/ask?q={searchTerms}" in described.text
    assert "Disallow: /ask" in client.get("/robots.txt").text


@pytest.mark.parametrize("address", ["/guides", "/api/v1/documents", "/static/style.css"])
def test_answers_are_packed_for_who_takes_them(client: FlaskClient, address: str) -> None:
    """The same bytes in less; who does not ask for it gets them plain."""
    takes = {"Accept-Encoding": "gzip"}
    with client.get(address) as plain, client.get(address, headers=takes) as packed:
        assert "Content-Encoding" not in plain.headers
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.data) == plain.data
        assert len(packed.data) < len(plain.data) / 2
        assert "Accept-Encoding" in packed.headers["Vary"]
        tag = packed.headers["ETag"]
    with client.get(address, headers={**takes, "If-None-Match": tag}) as known:
        assert known.status_code == 304


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="28" height="28"><circle cx="14" cy="14" r="14"/></svg>'


def test_a_site_has_its_own_picture(tmp_path: Path) -> None:
    """On every page, as a picture; what is none, or too large for every page, is refused at the start."""
    index, file = indexed(tmp_path, {"a.md": "# A\n\nSome words of a guide.\n"}), tmp_path / "logo"
    file.write_bytes(SVG)
    with served(index, logo=file) as client:
        picture = soup(client, "/guides").select_one(".name img")
        assert picture
        sent = client.get(str(picture["src"]))
        assert (sent.data, sent.headers["Content-Type"].partition(";")[0]) == (SVG, "image/svg+xml")
        assert "script-src 'self'" in sent.headers["Content-Security-Policy"]
    for data in (b"<html><script>alert(1)</script></html>", SVG + b" " * 30_000, b""):
        file.write_bytes(data)
        with pytest.raises(UsageError), served(index, logo=file):
            pass
    with served(index) as client:
        assert client.get("/logo").status_code == 404


def test_a_printed_answer_says_of_which_day_it_is(client: FlaskClient) -> None:
    said = soup(client, "/ask?q=What+does+a+kayak+cost+to+rent%3F").select("p.print")[-1].text
    assert re.match(r"As of \d{1,2} [A-Z][a-z]+ 20\d\d: http://localhost/ask\?q=What", said)
