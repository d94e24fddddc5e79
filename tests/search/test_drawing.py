"""Quotes as readers see them: marks gone, links kept, rows under their heads; nothing that is no mark is touched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from citeguide.search.citation.drawing import words
from citeguide.search.model import DrawnRows, DrawnText, Piece
from citeguide.search.output.answer_json import to_json
from citeguide.search.output.drawn_text import shared_room
from citeguide.search.output.drawn_together import together
from citeguide.search.output.render import render_answer
from citeguide.search.output.terminal import Terminal
from citeguide.search.pipeline.answer import ask
from citeguide.search.text.markup import pieces, unmarked
from commands import ended
from hypothesis import given
from hypothesis import strategies as st
from indexed import indexed, opened, served

FEES = """# Harbour fees

Boats pay by length. Ask the **harbour office** through its [fee form](https://harbour.example.org/fees) or
the [rules](../rules.md).

## Berths

| Boat | Fee per night | Deposit |
|------|---------------|---------|
| **Dinghy** | $12 | $40 |
| Yacht | $35 | $90 |
"""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**Bold**, *slanted* and ~~struck~~", "Bold, slanted and struck"),
        ("a_b_c, 5 * 3 * 2, a | b, 2 < 3 and 5 > 4", "a_b_c, 5 * 3 * 2, a | b, 2 < 3 and 5 > 4"),
        ("## A heading\n> said <b>so</b>", "A heading\nsaid so"),
        ("ends in a **cut", "ends in a cut"),
        ("begins cut](https://example.org/x) here", "begins cut here"),
        ("`<td>` and \\*not slanted\\*", "<td> and *not slanted*"),
        ("| a | b |\n|---|---|\n| c | d |", "a · b\nc · d"),
        ("![a boat](boat.png) sails", "a boat sails"),
        ('use {% channel "travel" %} for it', "use travel for it"),
        ("Tom &amp; Ann", "Tom & Ann"),
    ],
)
def test_marks_go_and_words_stay(text: str, shown: str) -> None:
    """Only what is a mark beyond doubt is taken out, whole or cut in two by the quote's edges."""
    assert "".join(piece.text for piece in pieces(text)) == shown


def test_links_lead_where_they_did() -> None:
    """A link to the web stays one; one within the guides' own site is plain text, and no script is ever linked."""
    text = "see [the form](https://example.org/f) or [rules](../r.md) or [this](javascript:alert)"
    assert pieces(text) == (
        Piece("see "),
        Piece("the form", "https://example.org/f"),
        Piece(" or rules or this"),
    )


@given(st.text("ab *_[](){}<>|`#\\\n!\"'%~", max_size=200))
def test_no_text_is_too_odd_to_draw(text: str) -> None:
    """Whatever is quoted is drawn, in letters that stand in it and in their order."""
    letters = iter(c for c in text if c.isalpha())
    assert all(c in letters for c in "".join(piece.text for piece in pieces(text)) if c.isalpha())


def test_hostile_marks_cost_no_time() -> None:
    """Openings without end are read in one pass, not once for each way to pair them."""
    for mark in ("[[a](b)", "![", "<a ", "**a ", "| -- ", "[a](", "{% ", "`"):
        assert len(pieces(mark * 2_000)) >= 0


def test_a_row_is_quoted_under_its_heads(tmp_path: Path) -> None:
    """In the JSON a row says its heads; in a terminal and on the page it is a table."""
    with opened(tmp_path, {"fees.md": FEES}) as index:
        answer = ask("What is the deposit for a yacht?", index)
        (part,) = answer.citations[0].drawn
        assert isinstance(part, DrawnRows)
        assert part.heads == ("Boat", "Fee per night", "Deposit")
        assert part.rows == (("Yacht", "$35", "$90"),)
        assert to_json(answer)["citations"][0]["shown"] == "Boat: Yacht; Fee per night: $35; Deposit: $90"
        lines = [" ".join(line.split()) for line in render_answer(answer, Terminal(), {}).splitlines()]
        assert "│ Boat Fee per night Deposit" in lines
        assert "│ Yacht $35 $90" in lines
    with served(tmp_path / "index") as client:
        page = client.get("/ask?q=What+is+the+deposit+for+a+yacht").text
    assert '<th scope="col">Fee per night</th>' in page
    assert "<td>$90</td>" in page
    assert "| Yacht | $35 | $90 |" in page  # letter for letter, folded


def test_rows_of_one_table_are_one_table(tmp_path: Path) -> None:
    """Heads once, each row with its number, its place and its characters; the JSON has each quote by itself."""
    fees = FEES + "| Tug | $75 | |\n"
    question = "Which three boats have the highest fee per night?"
    with opened(tmp_path, {"fees.md": fees}) as index:
        answer = ask(question, index)
        shown = [" ".join(line.split()) for line in render_answer(answer, Terminal(), {}).splitlines()]
        assert [cited["shown"] for cited in to_json(answer)["citations"]] == [
            "Boat: Tug; Fee per night: $75",
            "Boat: Yacht; Fee per night: $35; Deposit: $90",
            "Boat: Dinghy; Fee per night: $12; Deposit: $40",
        ]
    assert shown.count("│ Boat Fee per night Deposit") == 1
    assert [line for line in shown if line.startswith("│ [")] == [
        "│ [1] Tug $75",
        "│ [2] Yacht $35 $90",
        "│ [3] Dinghy $12 $40",
    ]
    with served(tmp_path / "index") as client:
        page = BeautifulSoup(client.get("/ask", query_string={"q": question}).text, "html.parser")
        (table,) = page.select("#evidence ~ ol table")
        assert [th.text for th in table.select("thead th")] == ["Quote", "Boat", "Fee per night", "Deposit"]
        for n, (boat, deposit) in enumerate([("Tug", ""), ("Yacht", "$90"), ("Dinghy", "$40")], start=1):
            row = page.select_one(f"#citation-{n}")
            assert row
            assert [cell.text for cell in row.select("td")][1::2] == [boat, deposit]
            (link,) = row.select("a")
            assert f"<mark>{boat}" in client.get(str(link["href"])).text
            assert any(boat in quote.text and "|" in quote.text for quote in page.select(f"pre[data-name='quote {n}']"))


def test_rows_of_different_tables_stay_apart(tmp_path: Path) -> None:
    """Other heads, another section or words beside the rows: each quote is drawn by itself."""
    with opened(tmp_path, {"fees.md": FEES}) as index:
        (yacht,) = ask("What is the deposit for a yacht?", index).citations
    part = yacht.drawn[0]
    assert isinstance(part, DrawnRows)
    others = [
        yacht._replace(section=("Harbour fees", "Moorings")),
        yacht._replace(drawn=(part._replace(heads=("Boat", "Fee per night", "Length")),)),
        yacht._replace(drawn=(DrawnText((Piece("The"),)), part)),
        yacht._replace(path="others.md"),
    ]
    for other in others:
        assert [len(one.citations) for one in together([yacht, other])] == [1, 1]
    assert [len(one.citations) for one in together([yacht, yacht, *others[:1]])] == [2, 1]


def test_prose_is_drawn_and_exact_shows_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A sentence of a Markdown file comes without its marks, its web link with the address; --exact leaves all in."""
    index = indexed(tmp_path, {"fees.md": FEES})
    question = ("--index", index, "where is the fee form of the harbour office")
    shown = ended(capsys, "ask", *question).out
    assert "harbour office through its fee form" in " ".join(shown.split())
    assert "**" not in shown
    assert "](" not in shown
    told = json.loads(ended(capsys, "ask", "--json", *question).out)
    cited = told["citations"][0]
    assert "**harbour office**" in cited["quote"]
    assert "fee form (https://harbour.example.org/fees)" in cited["shown"]
    assert "**harbour office**" in ended(capsys, "ask", "--exact", *question).out


def test_what_a_search_finds_is_drawn_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without marks, a row with its heads, and the words that were looked for are still told apart on the page."""
    index = indexed(tmp_path, {"fees.md": FEES})
    shown = ended(capsys, "search", "--index", index, "harbour office").out
    assert "Ask the harbour office through its fee form" in " ".join(shown.replace("│", " ").split())
    row = ended(capsys, "search", "--index", index, "dinghy").out
    assert "Boat: Dinghy; Fee per night: $12; Deposit: $40" in row
    with served(index) as client:
        page = client.get("/search?q=dinghy").text
    assert "Boat: <mark>Dinghy</mark>; Fee per night: $12" in page


def test_words_of_a_drawing_name_each_address_once() -> None:
    """An address that is its own label is not said twice."""
    assert pieces("<https://example.org>") == (Piece("https://example.org", "https://example.org"),)
    assert words(()) == ""


@pytest.mark.parametrize(
    ("natural", "least", "room", "widths"),
    [
        ([5, 6], [5, 6], 20, [5, 6]),
        ([30, 6], [10, 6], 20, [14, 6]),
        ([30, 20, 4], [5, 5, 4], 24, [10, 10, 4]),
        ([30, 6], [10, 6], 8, [10, 6]),
    ],
)
def test_columns_share_what_room_there_is(natural: list[int], least: list[int], room: int, widths: list[int]) -> None:
    """The widest gives most, and none more than it can."""
    assert shared_room(natural, least, room) == widths


@pytest.mark.parametrize(
    "text", ["Fresno: median $16.69", "part-time: 3 days", "- - -", ":::", "one\n---\ntwo", "a - b "]
)
def test_a_plain_line_is_drawn_as_any_other(text: str) -> None:
    """A line that plainly has no marks is passed on; with one beside it, it goes the long way to the same words."""
    assert unmarked(text).strip() == unmarked(f"{text}\n\n*x*").removesuffix("x").strip()
