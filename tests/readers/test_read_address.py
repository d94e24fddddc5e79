"""A web page that was saved as a file knows where it lies on the web, and citations say so."""

from __future__ import annotations

from pathlib import Path

import pytest
from citeguide.indexer.parse import parse_guide
from citeguide.search.pipeline.answer import ask
from citeguide.search.store.open import open_index
from indexed import update

BODY = "<h1>Bakers</h1><p>Bakers in Salem train for nine months before they work alone.</p>"


@pytest.mark.parametrize(
    ("head", "address"),
    [
        ('<link rel="canonical" href="https://jobs.example.org/bakers">', "https://jobs.example.org/bakers"),
        (
            '<link href=" http://jobs.example.org/b?x=1&amp;y=2 " rel="alternate Canonical">',
            "http://jobs.example.org/b?x=1&y=2",
        ),
        ('<meta property="og:url" content="https://jobs.example.org/og">', "https://jobs.example.org/og"),
        (
            '<meta property="og:url" content="https://jobs.example.org/og"><link rel="canonical" href="https://jobs.example.org/c">',
            "https://jobs.example.org/c",
        ),
        ('<link rel="canonical" href="/bakers">', None),
        ('<link rel="canonical" href="javascript:alert(1)">', None),
        ('<link rel="canonical" href="https://me:secret@jobs.example.org/">', None),
        ('<link rel="canonical" href="https://jobs.example.org/a b">', None),
        ('<link rel="canonical" href="https://[jobs/">', None),
        (f'<link rel="canonical" href="https://jobs.example.org/{"a" * 2_048}">', None),
        ('<link rel="next" href="https://jobs.example.org/2">', None),
    ],
)
def test_a_page_says_where_it_lies_on_the_web(head: str, address: str | None) -> None:
    guide = parse_guide(f"<html><head>{head}</head><body>{BODY}</body></html>".encode(), "bakers.html")
    assert guide.address == address


def test_a_citation_of_a_saved_page_has_its_address_and_no_time_of_fetching(tmp_path: Path) -> None:
    page = tmp_path / "bakers.html"
    page.write_text(f'<link rel="canonical" href="https://jobs.example.org/bakers">{BODY}', encoding="utf-8")
    update(tmp_path / "index", [page])
    with open_index(tmp_path / "index") as index:
        answer = ask("How long do bakers in Salem train?", index)
    assert [(c.address, c.fetched) for c in answer.citations[:1]] == [("https://jobs.example.org/bakers", None)]
