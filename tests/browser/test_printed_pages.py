"""Web pages printed to PDF by a real Chromium: what is read from the print is what the page says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import citeguide.corpus
import pytest
from citeguide.indexer.document import ParsedGuide
from citeguide.indexer.parse import parse_guide
from citeguide.search.model import Answer
from citeguide.search.pipeline.answer import ask
from citeguide.search.store.open import open_index
from indexed import update
from playwright.sync_api import Browser

RULED = "table { border-collapse: collapse } td, th { border: 1px solid gray; padding: 3px 8px }"
NO_CHARTS = ".ooh-chart { display: none }"
"""Without the style that places their bars, charts are printed over the text below them."""
STAFF = "Government, excluding state and local education and hospitals"
WIRING = "Electrical contractors and other wiring installation contractors"
TABLES = {
    "phlebotomists": (
        [
            ["Hospitals; state, local, and private", "36%"],
            ["Medical and diagnostic laboratories", "32"],
            ["All other ambulatory healthcare services", "17"],
            ["Offices of physicians", "8"],
            ["Outpatient care centers", "2"],
        ],
        [
            ["Outpatient care centers", "$48,450"],
            ["Medical and diagnostic laboratories", "45,700"],
            ["Hospitals; state, local, and private", "41,490"],
            ["Offices of physicians", "40,480"],
            ["All other ambulatory healthcare services", "39,180"],
        ],
    ),
    "electricians": (
        [
            [WIRING, "65%"],
            ["Self-employed workers", "8"],
            ["Manufacturing", "6"],
            ["Employment services", "3"],
            [STAFF, "3"],
        ],
        [[STAFF, "$77,080"], ["Manufacturing", "71,820"], [WIRING, "61,290"], ["Employment services", "57,490"]],
    ),
    "dental-assistants": (
        [["Offices of dentists", "90%"], ["Offices of physicians", "2"], [STAFF, "2"]],
        [[STAFF, "$53,660"], ["Offices of dentists", "47,250"], ["Offices of physicians", "46,170"]],
    ),
}
"""Where each occupation works, and what each of these industries pays: as the pages' tables show it."""
QUESTIONS = (
    "How long is the practicum at American Career College?",
    "Is certification required by law in California?",
    "What are the steps to become a medical billing and coding specialist?",
    "What is the minimum age?",
    "Can I study medical billing and coding online?",
)

COLUMNS = """<h1>Handbook for bakers</h1><div>
<p>Bakers who want a licence apply to the coun&shy;ty office in wri&shy;ting. The office answers with&shy;in
thir&shy;ty days, and it may ask for more pa&shy;pers, such as a let&shy;ter from the em&shy;ploy&shy;er or a
cer&shy;ti&shy;fi&shy;cate of health. No&shy;bo&shy;dy may sell bread from a stall with&shy;out the li&shy;cence,
what&shy;ev&shy;er the size of the stall; those who bake for their own ta&shy;ble need none.</p>
<p>Bring these papers:</p>
<ul><li>a photo ID</li><li>a letter that shows your address, such as a bill from the last two months</li></ul></div>"""
STYLE = "div { columns: 2; text-align: justify }"

Print = Callable[[str, str], bytes]


@pytest.fixture(scope="module")
def printed(browser: Browser) -> Iterator[Print]:
    """Prints a page with a style of its own: without its scripts and styles, what it hides behind tabs is shown."""
    with browser.new_context(java_script_enabled=False, offline=True) as context:

        def to_pdf(html: str, style: str) -> bytes:
            page = context.new_page()
            bare = re.sub(r"(?is)<script.*?</script>|<style.*?</style>|<link[^>]*>|display: *none", "", html)
            page.set_content(f"<style>{NO_CHARTS}{style}</style>{bare}")
            data = page.pdf(
                display_header_footer=True, margin={"top": "20mm", "bottom": "20mm", "left": "15mm", "right": "15mm"}
            )
            page.close()
            return data

        yield to_pdf


@pytest.mark.parametrize("style", ["", RULED], ids=["without lines", "with lines"])
@pytest.mark.parametrize("occupation", TABLES)
def test_the_tables_of_a_printed_page_are_the_pages(shared: Path, printed: Print, occupation: str, style: str) -> None:
    """Row by row, with and without lines between the cells."""
    page = shared / "data" / "guides" / f"ooh-{occupation}.html"
    guide = parse_guide(printed(page.read_text("utf-8"), style), "page.pdf")
    for rows in TABLES[occupation]:
        assert rows in tables(guide)


def test_the_rows_of_a_wide_printed_table_are_the_pages(shared: Path, printed: Print) -> None:
    """Nearby occupations, with their duties over many lines of each cell: schooling and pay of each."""
    page = shared / "data" / "guides" / "ooh-phlebotomists.html"
    guide = parse_guide(printed(page.read_text("utf-8"), RULED), "page.pdf")
    found = [[row[1], *row[-2:]] for table in tables(guide) if len(table[0]) == 5 for row in table]
    assert found == [
        ["Clinical Laboratory Technologists and Technicians", "Bachelor's degree", "$61,890"],
        ["Dental Assistants", "Postsecondary nondegree award", "$47,300"],
        ["Medical Assistants", "Postsecondary nondegree award", "$44,200"],
        ["Medical Records Specialists", "Postsecondary nondegree award", "$50,250"],
        ["Medical Transcriptionists", "Postsecondary nondegree award", "$37,550"],
        ["Veterinary Assistants and Laboratory Animal Caretakers", "High school diploma or equivalent", "$37,320"],
        ["Veterinary Technologists and Technicians", "Associate's degree", "$45,980"],
    ]


def test_a_printed_guide_answers_as_the_page_does(printed: Print, tmp_path: Path) -> None:
    """The same words, and each citation with the page that it is on. One quote may go on for a sentence more: how far
    it goes depends on the passages beside it, which a page break cuts."""
    (shipped,) = Path(citeguide.corpus.__path__[0]).glob("*.html")
    for name, data in (("page.html", shipped.read_bytes()), ("page.pdf", printed(shipped.read_text("utf-8"), ""))):
        (tmp_path / name).write_bytes(data)
        update(tmp_path / f"{name}-index", [tmp_path / name])
    html, pdf = (answers(tmp_path / f"{name}-index") for name in ("page.html", "page.pdf"))
    for printed_answer, answer in zip(pdf, html, strict=True):
        shorter, longer = sorted((words(printed_answer), words(answer)), key=len)
        assert shorter
        assert longer.startswith(shorter)
    assert {citation.page for answer in pdf for citation in answer.citations} <= {1, 2, 3, 4}
    assert [citation.page for answer in html for citation in answer.citations if citation.page] == []


def tables(guide: ParsedGuide) -> list[list[list[str]]]:
    """The cells of each table's rows."""
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in guide.tables]


def answers(index: Path) -> list[Answer]:
    """What an index answers to each question."""
    with open_index(index) as held:
        return [ask(question, held) for question in QUESTIONS]


def words(answer: Answer) -> str:
    """An answer whatever its line breaks."""
    return " ".join((answer.answer or "").split())


def test_columns_of_a_printed_page_are_read_one_after_the_other(printed: Print) -> None:
    """Stretched lines, words parted at their ends, and bullets that are drawn and no characters."""
    guide = parse_guide(printed(COLUMNS, STYLE), "a.pdf")
    prose = [guide.text[slice(*passage.span)] for passage in guide.passages]
    assert [heading.text for heading in guide.headings] == ["Handbook for bakers"]
    assert (
        "Bakers who want a licence apply to the county office in writing. The office answers within thirty days, and "
        "it may ask for more papers, such as a letter from the employer or a certificate of health. Nobody may sell "
        "bread from a stall without the licence, whatever the size of the stall; those who bake for their own table "
        "need none."
    ) in prose
    items = "• a photo ID\n• a letter that shows your address, such as a bill from the last two months"
    assert any(piece.endswith(items) for piece in prose)
    assert all(doubt.kind in ("dropped", "repaired") for doubt in guide.doubts)
