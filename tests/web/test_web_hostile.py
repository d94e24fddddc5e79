"""What strangers send and what guides hold, made to break out of the page: nothing of it becomes markup or a path."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient
from indexed import indexed, served

TAG = "xssprobe"
"""Stands in every payload as an element, an attribute and an address, and in no page of ours."""
OPENINGS = (
    "",
    '"',
    "'",
    "-->",
    "</title>",
    "</textarea>",
    "]]>",
    '">',
    "'>",
    "</script>",
    "`",
    '\\"',
    "{{",
    "${",
    "&quot;>",
)
BODIES = (
    f"<{TAG}>", f"<{TAG} onload=alert(1)>", f"<img src={TAG} onerror={TAG}()>", f"<script>{TAG}()</script>",
    f"<svg/onload={TAG}()>", f" on{TAG}={TAG} ", f' autofocus onfocus="{TAG}()" x="', f"javascript:{TAG}()",
    f"<a href=javascript:{TAG}()>x</a>", f"<iframe srcdoc='<{TAG}>'>", f"<math><mtext><{TAG}>", f"&lt;{TAG}&gt;",
    f"<style>@import'{TAG}'</style>", f"<base href={TAG}>", f"<form action={TAG}>", f"<!--{TAG}-->",
    f"<meta http-equiv=refresh content='0;url={TAG}'>", f"\x00<{TAG}>", f"＜{TAG}＞", f"<{TAG.upper()}/>",
    f"{{{{ {TAG} }}}}", f"{{% {TAG} %}}", f"<template><{TAG}>", f"<noscript><{TAG}>",
)  # fmt: skip
ENDINGS = ("", "<!--", " bees in summer")
PAYLOADS = [a + b + c for a, b, c in itertools.product(OPENINGS, BODIES, ENDINGS)][:1000]
KNOWN = set(
    "!doctype html head meta title link script body a header div nav main footer p form label input button section h1 "
    "h2 h3 h4 ol ul li span blockquote mark details summary pre table caption thead tbody tr th td br strong figure "
    "svg line text rect circle figcaption select option".split()
)
"""The elements that our own pages are made of."""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A site with one guide that questions about bees find something in, and a secret file beside it."""
    place = tmp_path_factory.mktemp("asked")
    (place / "secret.txt").write_text("the secret of this folder\n", encoding="utf-8")
    with served(indexed(place, {"bees.md": "# Bees\n\nA hive holds about 50,000 bees in summer.\n"})) as client:
        yield client


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A site of 1,000 guides, each with another payload as its file's name, title, heading, text, column and cell."""
    names = ("".join(c for c in payload if c not in "/\x00\\")[:80] for payload in PAYLOADS)
    guides = {f"{n} {name}.md": _guide(payload) for n, (name, payload) in enumerate(zip(names, PAYLOADS, strict=True))}
    with served(indexed(tmp_path_factory.mktemp("shown"), guides)) as client:
        yield client


def test_there_are_a_thousand_different_payloads() -> None:
    assert len(set(PAYLOADS)) == 1000


def test_no_question_becomes_markup(asked: FlaskClient) -> None:
    """1,000 payloads, asked on the answer's page and on the search's."""
    for n, payload in enumerate(PAYLOADS):
        assert_harmless(asked, f"/{'search' if n % 4 == 0 else 'ask'}?{urlencode({'q': f'bees {payload}'})}")


def test_no_file_name_title_or_heading_becomes_markup(shown: FlaskClient) -> None:
    """The list of 1,000 guides, and each guide's own page with its text."""
    documents = shown.get("/api/documents").get_json()["documents"]
    assert len(documents) == 1000
    for path in _pages(shown, "/guides"):
        assert_harmless(shown, path)
    for document in documents:
        assert_harmless(shown, f"/source/{quote(document['path'])}?at=0-9999")


def test_no_column_or_cell_becomes_markup(shown: FlaskClient) -> None:
    """The list of the tables, each table's own page with its chart, and every tenth one filtered by a payload."""
    tables = shown.get("/api/tables").get_json()["tables"]
    assert len(tables) >= 900
    for path in _pages(shown, "/tables"):
        assert_harmless(shown, path)
    for n, table in enumerate(tables):
        where = f"?{urlencode({'where': PAYLOADS[n]})}" if n % 10 == 0 else ""
        assert_harmless(shown, f"/tables/{quote(table['name'])}{where}")


def test_no_quote_becomes_markup(shown: FlaskClient) -> None:
    """Answers and results that quote the payloads, with the examples and completions made of them."""
    for question in (f"What is {TAG}?", f"Where is {TAG} paid?", "What does a hive hold?", "highest median"):
        assert_harmless(shown, f"/ask?{urlencode({'q': question})}")
        assert_harmless(shown, f"/search?{urlencode({'q': question})}")
    assert_harmless(shown, "/")


def test_no_address_becomes_markup(asked: FlaskClient) -> None:
    """Error pages name what was asked for."""
    for payload in PAYLOADS[::7]:
        for place in ("source", "tables", "citation", "nowhere"):
            assert_harmless(asked, f"/{place}/{quote(payload, safe='')}")


def test_json_is_json_whatever_it_holds(asked: FlaskClient) -> None:
    for payload in PAYLOADS[::20]:
        response = asked.get("/api/ask", query_string={"q": f"bees {payload}"})
        assert response.mimetype == "application/json"
        assert json.loads(response.data)["question"] == f"bees {payload}"


def test_no_traversal_leads_out_of_the_index(asked: FlaskClient) -> None:
    """200 ways to write a path outside, as guide, table, citation and static file."""
    climbs = (
        "../",
        "..%2f",
        "%2e%2e/",
        "..\\",
        "..%5c",
        "%252e%252e%252f",
        "....//",
        "..;/",
        "/",
        "%2f",
        "..%c0%af",
        ".%00./",
    )
    targets = ("secret.txt", "etc/passwd", "proc/self/environ", "index/current", "pyproject.toml")
    prefixes = ("/source/", "/api/documents/", "/static/", "/tables/", "/citation/")
    paths = [p + climb * n + t for p in prefixes for climb in climbs for n in (1, 3, 8) for t in targets]
    chosen = paths[:: len(paths) // 200][:200]
    assert len(set(chosen)) == 200
    for path in chosen:
        with asked.get(path, follow_redirects=True) as response:
            assert response.status_code in (400, 404), path
            assert b"the secret" not in response.data
            assert b"root:" not in response.data


class Page(HTMLParser):
    """The elements of a page and their attributes, read by the rules for HTML, with whatever is no markup left out."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, attrs))


def assert_harmless(client: FlaskClient, path: str) -> None:
    """Only our elements, no attribute that runs, no address or script but ours."""
    response = client.get(path, follow_redirects=True)
    assert response.status_code < 500, path
    elements = Page(response.get_data(as_text=True)).elements
    for element, attributes in elements:
        assert element in KNOWN, (path, element)
        for name, value in attributes:
            assert not name.startswith("on"), (path, name)
            assert TAG not in name.lower(), (path, name)
            assert name not in ("srcdoc", "style"), (path, name)
            if name in ("href", "src", "action"):
                assert str(value).startswith(("/", "#")), (path, value)
                assert not str(value).startswith("//"), (path, value)
    assert [dict(attributes).get("src") for element, attributes in elements if element == "script"] == [
        "/static/page.js"
    ]
    counts = Counter(element for element, _ in elements)
    assert (counts["meta"], counts["title"]) == (3, 1)


def _pages(client: FlaskClient, path: str) -> Iterator[str]:
    """A list's pages, as each leads to the next."""
    while path:
        yield path
        links = [dict(a) for element, a in Page(client.get(path).get_data(as_text=True)).elements if element == "a"]
        path = next((str(link["href"]) for link in links if link.get("rel") == "next"), "")


def _guide(payload: str) -> str:
    """A guide with a payload as title, heading, text, column and cell."""
    some = payload.replace("|", " ").replace("\x00", " ")
    return (
        f"# Title {some}\n\nA hive of {TAG} holds {some} bees in summer.\n\n## What is {some}?\n\n"
        f"What is {TAG}? It is {some} and bees.\n\n### Pay {some}\n\n"
        f"| Area | Low | Median {some[:30]} | High |\n| --- | --- | --- | --- |\n"
        f"| Salem {some}, OR | $12.10 | $17.20 | $26.30 |\n| Bend {some}, OR | $13.00 | $18.05 | $27.00 |\n"
    )
