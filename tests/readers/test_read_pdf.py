"""PDF: what becomes of pages, by cases written by hand; what is refused; and that nothing on them vanishes."""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

import pdfs
import pypdfium2  # type: ignore[import-untyped]
import pytest
from citeguide.indexer.diagnostics.coverage import uncovered
from citeguide.indexer.document import ExtractedDocument, ParsedTable
from citeguide.indexer.parse import parse_guide
from citeguide.indexer.readers.pdf import read
from citeguide.indexer.verification.verify import verify
from citeguide.search.errors import SourceError
from citeguide.search.output.excerpt import excerpt
from citeguide.search.output.render import render_answer
from citeguide.search.output.terminal import Terminal
from citeguide.search.pipeline.answer import ask
from citeguide.search.store.open import open_index
from hypothesis import given, settings
from hypothesis import strategies as st
from indexed import update

HERE = Path(__file__).parents[1]


CASES = tomllib.loads((HERE / "cases" / "reading_pdf.toml").read_text("utf-8"))["case"]


def run(said: str) -> Any:
    """A piece of a page as the cases write it."""
    if said == "picture":
        return pdfs.Picture(100, 400)
    x, y, size, font, text = said.split(" ", 4)
    return pdfs.Run(float(x), float(y), float(size), font, text)


def file(case: dict[str, Any]) -> bytes:
    """The PDF of a case; its ruled lines are on the first page."""
    pages = [[run(said) for said in page] for page in case["pages"]]
    pages[0] += [pdfs.Line(*map(float, line.split())) for line in case.get("lines", [])]
    return pdfs.pdf(pages)


def page_at(reading: ExtractedDocument, at: int) -> int:
    """The page of a place."""
    return reading.pages[bisect_right([start for start, _ in reading.pages], at) - 1][1]


def rows(table: ParsedTable) -> list[list[str]]:
    """The names of a table's columns and its cells."""
    return [[column.name for column in table.columns], *([cell.text for cell in row.cells] for row in table.rows)]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["why"]) for case in CASES])
def test_a_pdf_becomes(case: dict[str, Any]) -> None:
    """Every piece, in order, with its page, is what the case says."""
    data = file(case)
    reading, guide = read(data), parse_guide(data, "guide.pdf")
    blocks = [(page_at(reading, b.span[0]), b.kind, b.level, reading.text[slice(*b.span)]) for b in reading.blocks]
    assert [" ".join(map(str, block)) for block in blocks] == case["blocks"]
    assert list(dict.fromkeys(b.reason for b in reading.blocks if b.kind == "dropped")) == case.get("reasons", [])
    said = [f"{d.kind}: {d.reason}: {reading.text[slice(*d.span)]}" for d in reading.doubts]
    assert said == case.get("doubts", [])
    assert [rows(table) for table in guide.tables] == case.get("tables", [])
    assert uncovered(guide) == []
    if "title" in case:
        assert guide.title == case["title"]
    if "row_pages" in case:
        assert [page_at(reading, row.span[0]) for row in guide.tables[0].rows] == case["row_pages"]


def test_what_is_filled_into_a_form_is_read_beside_its_labels() -> None:
    """It is no part of the page's own text, and yet what a reader sees there."""
    labels = [pdfs.Run(72, 80, 11, "H", "Owner"), pdfs.Run(72, 110, 11, "H", "Breed of the dog")]
    fields = [pdfs.Field(200, 84, 11, "a", "Quill Marlow"), pdfs.Field(200, 114, 11, "b", "Spaniel")]
    text = read(pdfs.pdf([labels], fields=fields)).text
    assert text.split() == "Owner Quill Marlow Breed of the dog Spaniel".split()


def test_a_blank_without_a_gap_is_within_a_word() -> None:
    """``Janua ry`` in the file, with the blank moved back over by kerning, is one word on the page, and in the text."""
    kerned = pdfs.Raw("BT /H 11 Tf 1 0 0 1 72 692 Tm [(Apply in Janua ) 278 (ry of the year that you want.)] TJ ET")
    reading = read(pdfs.pdf([[kerned]]))
    assert reading.text == "Apply in January of the year that you want."
    (doubt,) = reading.doubts
    assert (doubt.kind, reading.text[slice(*doubt.span)]) == ("repaired", "January")


@pytest.mark.parametrize("page", ["", "/Rotate 90"])
@pytest.mark.parametrize(("turn", "step"), [("0 1 -1 0", (14, 0)), ("0 -1 1 0", (-14, 0)), ("-1 0 0 -1", (0, -14))])
def test_text_that_is_turned_as_a_whole_is_read_as_it_stands(page: str, turn: str, step: tuple[int, int]) -> None:
    """A landscape page holds its text turned by a quarter of a circle."""
    lines = ("A card is free for all", "who ask for one.")
    up = [pdfs.Run(300 + step[0] * n, 400 + step[1] * n, 11, "H", text, turn) for n, text in enumerate(lines)]
    assert read(pdfs.pdf([up], page=page)).text == "A card is free for all who ask for one."


def test_text_at_another_angle_is_dropped() -> None:
    """A watermark across the page is no part of its sentences."""
    mark = pdfs.Run(100, 500, 60, "H", "DRAFT", "0.7 0.7 -0.7 0.7")
    reading = read(pdfs.pdf([[pdfs.Run(72, 80, 11, "H", "A card is free for all."), mark]]))
    assert [(b.kind, b.reason) for b in reading.blocks] == [
        ("paragraph", ""), ("dropped", "set at an angle, as a watermark is"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "text", "title", "date"),
    [
        ("/Title (Cards for all) /ModDate (D:20240131120000+00'00')", "Cards.", "Cards for all", "2024-01-31"),
        ("/Title (Microsoft Word - cards.doc) /CreationDate (D:202311)", "Cards.", "guide", "2023-11"),
        ("/Title (cards.pdf) /ModDate (yesterday)", "Cards.", "guide", None),
        ("/ModDate (D:20240131)", "Last updated: May 4, 2022", "guide", "2022-05-04"),
    ],
)
def test_title_and_date_are_what_the_file_says(facts: str, text: str, title: str, date: str | None) -> None:
    """A title that somebody gave; the date in the text, else that of the last change, else of the making."""
    guide = parse_guide(pdfs.pdf([[pdfs.Run(72, 80, 11, "H", text)]], facts), "guide.pdf")
    assert (guide.title, guide.date) == (title, date)


ONE = [[pdfs.Run(72, 80, 11, "H", "A card is free for all.")]]
KEYS = f"/O <{'41' * 32}> /U <{'42' * 32}>"
LOCKED = f"/ID [<{'00' * 16}> <{'00' * 16}>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 {KEYS} >>"
REFUSED = {
    "a scan": (pdfs.pdf([[pdfs.Picture(100, 400)]]), "shows no text: it is a scan", "citeguide index --ocr"),
    "blank": (pdfs.pdf([[], []]), "shows nothing: its pages are blank", "leave it out"),
    "no page": (pdfs.pdf([]), "is no PDF, or a damaged one", "save it anew"),
    "locked": (pdfs.pdf(ONE, trailer=LOCKED), "is locked with a password", "qpdf"),
    "no PDF": (b"%PDF-1.7\nnothing", "is no PDF, or a damaged one", "save it anew"),
    "a bomb of pages": (
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
        b"2 0 obj\n<</Type/Pages/Count 99999999/Kids[3 0 R]>>\nendobj\n3 0 obj\n<</Type/Page/Parent 2 0 R>>\nendobj\n"
        b"trailer\n<</Root 1 0 R>>\n%%EOF",
        "", "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_without_text_is_refused(what: str) -> None:
    """Each with what is wrong and what to do."""
    data, message, remedy = REFUSED[what]
    with pytest.raises(SourceError) as raised:
        read(data)
    assert message in raised.value.message
    assert remedy in raised.value.remedy


def test_a_file_cut_short_is_read_as_far_as_it_goes_or_refused() -> None:
    """Whatever is missing, nothing but a reading or our own error comes of it."""
    whole = pdfs.pdf(ONE * 3)
    for end in range(0, len(whole), 97):
        with suppress(SourceError):
            assert "free" in read(whole[:end]).text


TEXTS = st.text(st.characters(codec="cp1252", exclude_categories=["Cc"]), min_size=1, max_size=30)
RUNS = st.builds(
    pdfs.Run,
    st.integers(-50, 650), st.integers(-50, 850), st.sampled_from([1, 6, 9, 11, 11, 24, 300]),
    st.sampled_from(list(pdfs.FONTS)), TEXTS,
    st.sampled_from(["1 0 0 1", "1 0 0 1", "1 0 0 1", "0 1 -1 0", "0.9 0.4 -0.4 0.9", "-1 0 0 1", "1 0 0 -1"]),
)  # fmt: skip
CELLS = st.builds(
    pdfs.Run,
    st.sampled_from(range(72, 500, 70)), st.sampled_from(range(80, 300, 14)), st.just(10), st.just("C"),
    st.sampled_from(["Salem, OR", "$17.20", "#", "•", "1.", "Area", "which goes on", "cer-", "tified", "x " * 30]),
)  # fmt: skip
LINES = st.builds(pdfs.Line, *[st.integers(0, 800)] * 4)
PAGES = st.lists(
    st.one_of(st.lists(st.one_of(RUNS, RUNS, LINES), max_size=12), st.lists(st.one_of(CELLS, LINES), max_size=40)),
    min_size=1, max_size=3,
)  # fmt: skip


@settings(max_examples=120)
@given(PAGES)
def test_no_character_of_a_page_vanishes(pages: list[Any]) -> None:
    """Runs anywhere, of any size, turned in any way: each character that PDFium finds is in the text, accounted for."""
    data = pdfs.pdf(pages)
    try:
        guide = parse_guide(data, "guide.pdf")
    except SourceError:
        return
    assert [guide.text[slice(*span)] for span in uncovered(guide)] == []
    shown = Counter(c for page in characters(data) for c in page)
    told = Counter(c for c in guide.text if c in shown)
    twice = overlaid(data)
    assert {c: n for c, n in shown.items() if told[c] < n - twice[c] and c not in "-\u00ad"} == {}


def characters(data: bytes) -> list[str]:
    """What PDFium says that each page holds, without blanks, and with ligatures as letters."""
    document = pypdfium2.PdfDocument(data)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return [
        "".join(text.replace("\ufb01", "fi").replace("\ufb02", "fl").split()).replace("\ufffe", "-") for text in texts
    ]


def overlaid(data: bytes) -> Counter[str]:
    """How many characters stand on an equal one, nearer than letters side by side do: they are one to a reader."""
    found: Counter[str] = Counter()
    document = pypdfium2.PdfDocument(data)
    for page in document:
        text = page.get_textpage()
        boxes = [(text.get_text_range(n, 1), *text.get_charbox(n, loose=True)) for n in range(text.count_chars())]
        for n, (c, x0, y0, _, _) in enumerate(boxes):
            twin = any(c == d and abs(x - x0) < 3.1 and abs(y - y0) < 3.1 for d, x, y, _, _ in boxes[:n])
            found.update(c if twin else "")
    document.close()
    return found


def test_an_answer_from_a_pdf_names_its_page_and_holds(tmp_path: Path) -> None:
    """A quote from a paragraph that begins on page 1 and a row of a table that does give the page they stand on."""
    salem, bend = ("Salem, OR MSA", "$17.20"), ("Bend, OR MSA", "$18.05")
    head, first, second = (
        [pdfs.Run(72 + 180 * n, y, 10, "C", text) for n, text in enumerate(row)]
        for row, y in ((("Area", "Median hourly wage"), 680), (salem, 700), (bend, 80))
    )
    early = pdfs.Run(72, 60, 11, "H", "Bakers work early in the day, and most of them learn the trade on the job.")
    late = pdfs.Run(72, 200, 11, "H", "A stall needs a licence from the county office, which costs $45 a year.")
    (tmp_path / "bakers.pdf").write_bytes(pdfs.pdf([[early, *head, *first], [*second, late]]))
    update(tmp_path / "index", [tmp_path / "bakers.pdf"])
    with open_index(tmp_path / "index") as index:
        asked = ("What is the median hourly wage in Salem?", "What is the median hourly wage in Bend?")
        found = [ask(question, index) for question in (*asked, "What does a licence for a stall cost?")]
        shown = excerpt(found[1].citations[0].id, index.catalog)
    assert [answer.citations[0].page for answer in found] == [1, 2, 2]
    assert [answer.citations[0].quote for answer in found[:2]] == [" | ".join(salem), " | ".join(bend)]
    assert shown.page == 2
    assert {verdict.state for verdict in verify(found, [tmp_path]).verdicts} == {"intact"}


def numbered(*feet: str, catalog: str = "") -> bytes:
    """A file with a page of prose above each foot; an empty one stands on none."""
    said = (
        "Bakers work early in the day.",
        "A stall needs a licence.",
        "It costs $45 a year.",
        "Ask the county office.",
    )
    body = [pdfs.Run(72, 80 + 200 * n, 11, "H", text) for n, text in enumerate(said)]
    pages = [[*body, *([pdfs.Run(300, 770, 9, "H", foot)] if foot else [])] for foot in feet]
    return pdfs.pdf(pages, catalog=catalog)


@pytest.mark.parametrize(
    ("feet", "printed"),
    [
        (("1", "2", "3"), ()),  # nothing to say: they are the pages' own
        (("", "", "1", "2", "3"), ((3, "1"), (4, "2"), (5, "3"))),
        (("", "Page 1 of 3", "Page 2 of 3", "Page 3 of 3"), ((2, "1"), (3, "2"), (4, "3"))),
        (("", "Handbook 2019 | 1", "Handbook 2019 | 2", "Handbook 2019 | 3"), ((2, "1"), (3, "2"), (4, "3"))),
        (("", "ii", "iii", "1", "2", "3"), ((2, "ii"), (3, "iii"), (4, "1"), (5, "2"), (6, "3"))),
        (("", "i", "ii", "iii", "1", "2", "3"), ((2, "i"), (3, "ii"), (4, "iii"), (5, "1"), (6, "2"), (7, "3"))),
        (("", "7", "", "40"), ()),  # nothing that counts
        (("", "2019", "2019", "2019"), ()),
    ],
)
def test_what_is_printed_on_pages_is_their_number_where_it_counts(
    feet: tuple[str, ...], printed: tuple[tuple[int, str], ...]
) -> None:
    """Numbers at the edges that go on from page to page; a year that stands on each is none."""
    assert read(numbered(*feet)).printed == printed


def test_a_file_may_name_its_pages() -> None:
    """What no page shows is taken from the file: a cover in Roman numerals, then from 1 with a prefix."""
    labels = "/PageLabels << /Nums [0 << /S /r >> 2 << /S /D /P (A-) >>] >>"
    found = read(numbered("", "", "", "", catalog=labels)).printed
    assert found == ((1, "i"), (2, "ii"), (3, "A-1"), (4, "A-2"))
    wild = "/PageLabels << /Nums [0 << /P (\\033[2J <b>x</b>) >>] >>"
    assert read(numbered("", "", catalog=wild)).printed == ()


def test_a_citation_says_what_is_printed_on_its_page(tmp_path: Path) -> None:
    """Beside the page's place in the file, which the link opens; a changed one is found out."""
    texts = ("A licence for a stall costs $45 a year.", "Fees are due in May.")
    pages = [
        [pdfs.Run(72, 80, 11, "H", text), pdfs.Run(300, 770, 9, "H", str(n))] for n, text in enumerate(texts, start=1)
    ]
    (tmp_path / "stalls.pdf").write_bytes(pdfs.pdf([[pdfs.Run(72, 300, 20, "H", "Stalls")], *pages]))
    update(tmp_path / "index", [tmp_path / "stalls.pdf"])
    with open_index(tmp_path / "index") as index:
        answer = ask("What does a licence for a stall cost?", index)
    cited = answer.citations[0]
    assert (cited.page, cited.printed) == (2, "1")
    assert ", page 2 (printed 1)" in render_answer(answer, Terminal(), {})
    assert {verdict.state for verdict in verify([answer], [tmp_path]).verdicts} == {"intact"}
    altered = answer._replace(citations=(cited._replace(printed="3"), *answer.citations[1:]))
    assert "citations[1].printed_page" in {claim.field for claim in verify([altered], [tmp_path]).unproved}
