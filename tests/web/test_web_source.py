"""The page of a guide: long ones come in parts, and a citation lands on its highlighted line wherever that stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from citeguide.indexer.document import ParsedGuide
from citeguide.indexer.storage.catalog_writer import CatalogWriter
from citeguide.indexer.storage.contents import Facts
from citeguide.search.store.catalog import Catalog
from citeguide.web.views.source_page import source_page
from flask.testing import FlaskClient
from indexed import indexed, served

LINES = "".join(f"Hive {n} stands in row {n % 97} of the garden.\n" for n in range(1, 9_001))
ONE_LINE = "Bees like warm days. " * 20_000 + "A swarm weighs two kilograms. " + "Bees like cold days. " * 5_000
MOST_BYTES = 40_000
"""What one page may weigh, so that it is at most 60 kB with the 20 kB that every page loads."""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    index = indexed(tmp_path_factory.mktemp("long"), {"lines.txt": LINES, "one-line.txt": ONE_LINE})
    with served(index) as client:
        yield client


def page(client: FlaskClient, path: str) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == 200
    assert len(response.data) < MOST_BYTES
    return BeautifulSoup(response.get_data(as_text=True), "html.parser")


@pytest.mark.parametrize(("name", "text"), [("lines.txt", LINES), ("one-line.txt", ONE_LINE)])
def test_the_parts_of_a_long_guide_are_the_whole_guide(client: FlaskClient, name: str, text: str) -> None:
    """From part to part, forwards, every word is shown once; and the way back leads to the beginning."""
    shown, address = "", f"/source/{name}"
    while True:
        soup = page(client, address)
        shown += "".join(line.text for line in soup.select(".tx"))
        if not (later := soup.select_one("a[rel=next]")):
            break
        address = str(later["href"])
    assert shown == text.replace("\n", "")
    for _ in range(100):
        if not (earlier := page(client, address).select_one("a[rel=prev]")):
            break
        address = str(earlier["href"])
    assert address == f"/source/{name}"


@pytest.mark.parametrize(
    ("name", "quote", "line"),
    [
        ("lines.txt", "Hive 7777 stands in row 17 of the garden.", "L7777"),
        ("lines.txt", "Hive 3 stands", "L3"),
        ("one-line.txt", "A swarm weighs two kilograms.", "L1"),
    ],
)
def test_a_quote_deep_in_a_long_guide_is_highlighted_where_its_citation_lands(
    client: FlaskClient, name: str, quote: str, line: str
) -> None:
    start = {"lines.txt": LINES, "one-line.txt": ONE_LINE}[name].index(quote)
    soup = page(client, f"/source/{name}?at={start}-{start + len(quote)}")
    assert [(mark.text, mark["id"]) for mark in soup.select(".cited mark")] == [(quote, line)]
    assert len(soup.select(f"#{line}")) == 1


def test_a_line_is_gone_to_by_its_number(client: FlaskClient) -> None:
    numbers = [str(each["id"]) for each in page(client, "/source/lines.txt?line=8000").select(".source > div")]
    assert (numbers[0], numbers[100]) == ("L8000", "L8100")
    last = page(client, "/source/lines.txt?line=999999").select(".source > div")
    assert str(last[-1]["id"]) == "L9000"


@pytest.mark.parametrize("query", ["line=0", "line=1", "start=0", "at=0-0", "at=999999999-999999999", "at=x", "at=9-2"])
def test_a_place_that_is_none_shows_the_guide_from_its_top(client: FlaskClient, query: str) -> None:
    assert page(client, f"/source/lines.txt?{query}").select_one("#L1")


@pytest.mark.parametrize("query", ["line=-1", "start=x", "line=1e9", "start=٣"])
def test_a_number_that_is_none_is_said(client: FlaskClient, query: str) -> None:
    assert client.get(f"/source/lines.txt?{query}").status_code == 400


def test_the_api_gives_a_long_text_in_parts(client: FlaskClient) -> None:
    whole = client.get("/api/documents/one-line.txt").get_json()
    assert (whole["length"], whole["start"], whole["text"]) == (len(ONE_LINE), 0, ONE_LINE)
    rest = client.get("/api/documents/one-line.txt?start=420000").get_json()
    assert rest["text"] == ONE_LINE[420_000:]


def test_the_pages_of_a_guide_are_named_where_they_begin(tmp_path: Path) -> None:
    text = "One.\nTwo.\nThree.\nFour.\n"
    guide = ParsedGuide("pdf", text, "A", None, (), (), pages=((0, 1), (5, 2), (17, 3)))
    writer = CatalogWriter(tmp_path / "catalog.sqlite", fresh=True)
    writer.add(Facts("/", "a.pdf", 1, 1), guide)
    writer.commit()
    catalog = Catalog(tmp_path / "catalog.sqlite")
    view = source_page(catalog.documents()[0], catalog, 0, None)
    catalog.close()
    assert [(block.kind, getattr(block, "number", None)) for block in view.blocks] == [
        ("page", 1), ("text", None), ("page", 2), ("text", None), ("text", None), ("page", 3), ("text", None),
    ]  # fmt: skip
    assert view.original == "/original/a.pdf#page=1"
