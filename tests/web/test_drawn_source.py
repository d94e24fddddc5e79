"""A guide's page as a reader sees it: headings, lists, tables and prose drawn, what was dropped folded away, and the
file that it was read from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from indexed import indexed, served
from pdfs import Run, pdf

GUIDE = """---
title: Boats
---

#### Renting *boats*

The **hire** of a
kayak costs [nine dollars](https://example.org/fees) an hour. It is paid
at the *pier*, in cash. <b onclick="alert(1)">Nobody</b> may <script>alert(2)</script> row at night.

- one paddle
  - for each seat
- two vests

1. Sign the form.
2. Pay.

| Boat | Fee | Note |
| --- | --- | --- |
| Kayak | $9 | |
| Canoe | $12 | |

## Ponds

The pond is deep.
"""
MENU = "".join(f"<p><a href='/{n}'>Menu {n}</a></p>" for n in range(60))
PROSE = "".join(
    f"<p>Dock {n} opens at nine in the morning and closes at dusk, and berth {n * 7} beside it is for guests.</p>"
    for n in range(30)
)
PAGE = f"<html><body><nav>{MENU}</nav><main><h1>Docks</h1>{PROSE}</main></body></html>"


@pytest.fixture(scope="module")
def guides(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drawn")
    indexed(folder, {"boats.md": GUIDE, "docks.html": PAGE, "ü b.txt": "Fog is common here in the autumn.\n"})
    return folder


@pytest.fixture(scope="module")
def client(guides: Path) -> Iterator[FlaskClient]:
    with served(guides / "index") as client:
        yield client


def soup(client: FlaskClient, path: str) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.get_data(as_text=True), "html.parser")


def source(client: FlaskClient, query: str = "") -> Tag:
    found = soup(client, f"/source/boats.md{query}").select_one(".source")
    assert found
    return found


def at(quote: str) -> str:
    start = GUIDE.index(quote)
    return f"?at={start}-{start + len(quote)}"


def test_headings_lists_and_tables_are_drawn(client: FlaskClient) -> None:
    drawn = source(client)
    assert [(each.name, each.text) for each in drawn.select("h2, h3, h4")] == [("h2", "Renting boats"), ("h2", "Ponds")]
    lists = [[item.select(".tx")[0].text for item in each.select("li")] for each in drawn.select("ul")]
    assert lists == [["• one paddle", "• for each seat", "• two vests"], ["1. Sign the form.", "2. Pay."]]
    (table,) = drawn.select("table")
    assert [head.text for head in table.select("thead th")] == ["Boat", "Fee"]  # nothing stands under Note
    assert [[cell.text for cell in row.select("th, td")] for row in table.select("tbody tr")] == [
        ["Kayak", "$9"],
        ["Canoe", "$12"],
    ]


def test_nothing_of_the_guides_own_markup_reaches_the_page(client: FlaskClient) -> None:
    """No mark, no tag and no script of its; its links lead outside and pass on nothing."""
    drawn = source(client)
    assert not any(mark in drawn.text for mark in ("**", "](", "| ", "<b", "onclick"))
    assert not drawn.select("script, b, [onclick]")
    (link,) = drawn.select(".tx a")
    assert (link.text, link["href"], link["rel"]) == (
        "nine dollars",
        "https://example.org/fees",
        ["external", "noopener", "noreferrer", "nofollow"],
    )


@pytest.mark.parametrize(
    ("quote", "marked", "line"),
    [
        ("It is paid\nat the *pier*, in cash.", ["It is paid at the pier, in cash."], "L8"),
        (
            "The **hire** of a\nkayak costs [nine dollars](https://example.org/fees) an hour.",
            ["The hire of a kayak costs ", "nine dollars", " an hour."],
            "L7",
        ),
        ("- one paddle", ["one paddle"], "L11"),
        ("#### Renting *boats*", ["Renting boats"], "L5"),
        ("| Canoe | $12 | |", ["Canoe", "$12"], "L21"),
        ("$12", ["$12"], "L21"),
    ],
)
def test_a_quote_is_marked_where_its_line_leads(client: FlaskClient, quote: str, marked: list[str], line: str) -> None:
    """Whatever marks stand in it or at its edges."""
    drawn = source(client, at(quote))
    assert [mark.text for mark in drawn.select("mark")] == marked
    (place,) = drawn.select(f"#{line}")
    assert place.name == "mark" or place.select("mark")


def test_what_the_reader_dropped_is_folded_away(client: FlaskClient) -> None:
    """A few lines of it are there to be unfolded; the rest of many is a click away, letter for letter."""
    page = soup(client, "/source/docks.html")
    (folded,) = page.select("details.left-out")
    assert folded.summary
    assert folded.summary.text == "60 lines that are no part of the guide (navigation)"
    assert len(folded.select(".tx")) == 25
    rest = folded.select("a")[-1]
    assert rest.text == "The other 35 lines"
    shown = [line.text for line in soup(client, str(rest["href"])).select(".tx") if line.text]
    assert shown[:2] == ["Menu 25", "Menu 26"]
    assert [each.text for each in page.select(".source > div h2")] == ["Docks"]


def test_letter_for_letter_every_character_stands_there(client: FlaskClient) -> None:
    link = next(a for a in soup(client, "/source/boats.md").select("a") if a.text == "Letter for letter")
    exact = soup(client, str(link["href"]))
    assert "\n".join(line.text for line in exact.select(".source .tx")) == "\n".join(
        line for line in GUIDE.split("\n") if line
    )
    assert any(a.text == "As a reader sees it" for a in exact.select("a"))


def test_the_file_itself_is_handed_out_to_be_saved(client: FlaskClient, guides: Path) -> None:
    """Byte for byte, never as a page of this site."""
    for name in ("boats.md", "docks.html", "ü b.txt"):
        link = next(a for a in soup(client, f"/source/{name}").select("a") if a.text == "The file itself")
        response = client.get(str(link["href"]))
        assert response.data == (guides / "guides" / name).read_bytes()
        assert response.headers["Content-Type"] == "application/octet-stream"
        disposition = response.headers["Content-Disposition"]
        assert disposition.startswith("attachment; ")
        assert unquote(disposition).endswith(Path(name).name)


def test_a_file_that_is_no_longer_what_was_indexed_is_not_handed_out(tmp_path: Path) -> None:
    """Neither changed nor replaced by a link; and nothing but guides has such an address."""
    index = indexed(tmp_path, {"a.md": "# A\n\nSome words of a guide.\n", "b.md": "# B\n\nOther words of a guide.\n"})
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret", "utf-8")
    (tmp_path / "guides" / "a.md").write_text("# A\n\nOther words.\n", "utf-8")
    kept = tmp_path / "kept.md"
    (tmp_path / "guides" / "b.md").rename(kept)
    (tmp_path / "guides" / "b.md").symlink_to(kept)
    with served(index) as client:
        for path in ("a.md", "b.md", "../secret.txt", "..%2fsecret.txt", "/etc/hostname"):
            response = client.get(f"/original/{path}")
            assert response.status_code in (404, 308), path
            assert b"secret</" not in response.data


def test_a_guide_of_pages_leads_to_the_page_of_its_file(tmp_path: Path) -> None:
    """A PDF is shown by the browser itself, at the page that is cited."""
    words = "Every boat is washed in the spring."
    data = pdf([[Run(72, 90, 12, "H", text)] for text in ("Boats are hired at the pier.", words)])
    (tmp_path / "guides").mkdir()
    (tmp_path / "guides" / "boats.pdf").write_bytes(data)
    with served(indexed(tmp_path, {})) as client:
        place = soup(client, "/search?q=washed+spring").select_one(".place a")
        assert place
        page = soup(client, str(place["href"]).partition("#")[0])
        assert [each.text for each in page.select(".source mark")] == [words]
        link = next(a for a in page.select("a") if a.text == "The file, page 2")
        assert str(link["href"]) == "/original/boats.pdf#page=2"
        response = client.get("/original/boats.pdf")
        assert (response.data, response.headers["Content-Type"]) == (data, "application/pdf")
        assert response.headers["Content-Disposition"].startswith("inline; ")
