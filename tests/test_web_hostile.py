"""What strangers send and what guides hold, made to break out of the page: nothing of it becomes markup or a path."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pytest
from bs4 import BeautifulSoup
from citeguide.indexer.build import update
from citeguide.web.app import create_app
from flask.testing import FlaskClient

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
    "svg line text g circle figcaption select option".split()
)
"""The elements that our own pages are made of."""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A site whose guides are hostile in file name, title, heading, text and cell, with a secret file beside them."""
    place = tmp_path_factory.mktemp("hostile")
    (place / "secret.txt").write_text("the secret of this folder\n", encoding="utf-8")
    guides = place / "guides"
    guides.mkdir()
    for n in range(0, len(PAYLOADS), 50):
        name = "".join(c for c in PAYLOADS[n] if c not in "/\x00\\")[:80]
        (guides / f"{n} {name}.md").write_text(_guide(n), encoding="utf-8")
    update(place / "index", [guides])
    app = create_app(place / "index")
    yield app.test_client()
    app.extensions["citeguide"].close()


def test_there_are_a_thousand_different_payloads() -> None:
    assert len(set(PAYLOADS)) == 1000


def test_no_question_becomes_markup(client: FlaskClient) -> None:
    """1,000 payloads, asked on the answer's page and on the search's."""
    for n, payload in enumerate(PAYLOADS):
        assert_harmless(client, f"/{'search' if n % 4 == 0 else 'ask'}?{urlencode({'q': f'bees {payload}'})}")


def test_no_name_heading_text_or_cell_of_a_guide_becomes_markup(client: FlaskClient) -> None:
    """Every page that shows them: lists, sources, tables filtered by them, answers and search results."""
    paths = ["/", "/guides", "/tables", f"/ask?{urlencode({'q': f'What is {TAG}?'})}", f"/search?q={TAG}"]
    documents = client.get("/api/documents").get_json()["documents"]
    tables = client.get("/api/tables").get_json()["tables"]
    paths += [f"/source/{quote(each['path'])}?at=0-9999" for each in documents]
    paths += [f"/tables/{quote(each['name'])}?{urlencode({'where': PAYLOADS[7]})}" for each in tables]
    paths += [f"/tables/{quote(each['name'])}" for each in tables]
    assert len(documents) == 20
    assert len(tables) >= 15
    for path in paths:
        assert_harmless(client, path)


def test_no_address_becomes_markup(client: FlaskClient) -> None:
    """Error pages name what was asked for."""
    for payload in PAYLOADS[::7]:
        for place in ("source", "tables", "citation", "nowhere"):
            assert_harmless(client, f"/{place}/{quote(payload, safe='')}")


def test_json_is_json_whatever_it_holds(client: FlaskClient) -> None:
    for payload in PAYLOADS[::20]:
        response = client.get("/api/ask", query_string={"q": f"bees {payload}"})
        assert response.mimetype == "application/json"
        assert json.loads(response.data)["question"] == f"bees {payload}"


def test_no_traversal_leads_out_of_the_index(client: FlaskClient) -> None:
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
        with client.get(path, follow_redirects=True) as response:
            assert response.status_code in (400, 404), path
            assert b"the secret" not in response.data
            assert b"root:" not in response.data


def assert_harmless(client: FlaskClient, path: str) -> None:
    """Parsed as a browser would: only our elements, no attribute that runs, no address or script but ours."""
    response = client.get(path, follow_redirects=True)
    assert response.status_code < 500, path
    soup = BeautifulSoup(response.get_data(as_text=True), "html.parser")
    for element in soup.find_all(True):
        assert element.name in KNOWN, (path, element.name)
        for name, value in element.attrs.items():
            assert not name.startswith("on"), (path, name)
            assert TAG not in name.lower(), (path, name)
            assert name not in ("srcdoc", "style"), (path, name)
            if name in ("href", "src", "action"):
                assert str(value).startswith(("/", "#")), (path, value)
                assert not str(value).startswith("//"), (path, value)
    assert [script.get("src") for script in soup.find_all("script")] == ["/static/page.js"]
    assert len(soup.find_all("meta")) == 2
    assert len(soup.select("head title")) == 1


def _guide(n: int) -> str:
    """A guide with payloads as title, heading, text and cells."""
    some = [payload.replace("\n", " ").replace("|", " ").replace("\x00", " ") for payload in PAYLOADS[n : n + 8]]
    return (
        f"# Title {some[0]}\n\nA hive of {TAG} holds {some[1]} bees in summer.\n\n## Heading {some[2]}\n\n"
        f"What is {TAG}? It is {some[3]} and bees.\n\n### Pay {some[4]}\n\n"
        f"| Area | Low | Median {some[5][:30]} | High |\n| --- | --- | --- | --- |\n"
        f"| Salem {some[6]}, OR | $12.10 | $17.20 | $26.30 |\n| Bend {some[7]}, OR | $13.00 | $18.05 | $27.00 |\n"
    )
