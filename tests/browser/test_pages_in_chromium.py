"""The pages in a real Chromium: what people do with them, with which keys, on which screens, and on paper."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import axe_playwright_python  # type: ignore[import-untyped]
import pytest
from citeguide.web.app import create_app
from indexed import update
from playwright.sync_api import Browser, Page, expect
from waitress.server import create_server

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
WAGES = """Pay of bakers in Oregon

The table lists what bakers earn by area. Bakers work early in the day, and most of them learn the trade on the job.

LocationPay TypeLowMedianHigh
United StatesHourly$11.00$15.50$24.10
Salem, OR MSAHourly$12.10$17.20$26.30
Eugene, OR MSAHourly$11.40$16.80$22.90
Bend, OR MSAHourly$13.00$18.05$27.00
Medford, OR MSAHourly$11.90$16.10$23.40
"""
RULES = "# Rules for bakers\n\nThe state requires a licence to work as a baker.\n"
LONG = "".join(f"Batch {n} of rye is weighed.\n" for n in range(1, 1_000))
OTHER = "# Becoming a baker\n\nThe state does not require a licence to work as a baker.\n"
PAGES = (
    "/",
    "/ask?q=median+pay+in+Salem&pay=year",
    "/ask?q=top+3+areas+by+median+pay",
    "/ask?q=Is+a+licence+required+to+work+as+a+baker%3F",
    "/ask?q=What+do+welders+in+Paris+earn%3F",
    "/search?q=bakers+learn",
    "/search?q=title:rye",
    "/developers",
    "/guides",
    "/tables",
    "/tables/{table}?where=Median+%3E+16&sort=-Median",
    "/tables/{table}?where=nonsense",
    "/ask?q=all+areas+by+median",
    "/source/bakers.txt?at=0-23",
    "/source/long.txt?line=300",
    "/nowhere",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server on loopback that has four guides."""
    guides = tmp_path_factory.mktemp("guides")
    for name, text in (("bakers.txt", WAGES), ("rules.md", RULES), ("becoming.md", OTHER), ("long.txt", LONG)):
        (guides / name).write_text(text, encoding="utf-8")
    update(guides / "index", [guides])
    server = create_server(create_app(guides / "index"), host="127.0.0.1", port=0, threads=2)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"  # type: ignore[union-attr]
    server.close()


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Opens a page of the site; at its end no request has gone elsewhere and nothing has failed on the page."""
    contexts, elsewhere, wrong = [], [], []

    def open_page(path: str, **options: object) -> Page:
        context = browser.new_context(base_url=site, **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: elsewhere.append(request.url) if not request.url.startswith(site) else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert elsewhere == []
    assert wrong == []


@pytest.fixture(scope="module")
def table(browser: Browser, site: str) -> str:
    """The name of the wage table."""
    with browser.new_context(base_url=site) as context:
        page = context.new_page()
        page.goto("/tables")
        return str(page.locator("tbody a").first.get_attribute("href")).rpartition("/")[2]


def test_a_question_is_asked_and_its_citation_leads_to_the_highlighted_line(visit: Callable[..., Page]) -> None:
    page = visit("/")
    expect(page.get_by_label("Ask the guides a question")).to_be_focused()
    page.get_by_label("Ask the guides a question").fill("What is the median pay in Salem?")
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("$17.20")
    page.get_by_role("link", name="Quote 1").click()
    expect(page.locator("#citation-1")).to_be_in_viewport()
    page.locator(".place a").first.click()
    expect(page).to_have_url(re.compile(r"/source/bakers\.txt\?at=\d+-\d+&q=[^#]+#L7$"))
    line = page.locator("tr.cited")
    expect(line).to_be_in_viewport()
    expect(line.locator("mark")).to_have_text(["Salem, OR MSA", "Hourly", "$12.10", "$17.20", "$26.30"])
    assert line.locator("mark").first.evaluate("e => getComputedStyle(e).backgroundColor") != "rgba(0, 0, 0, 0)"


def test_a_citations_permanent_address_leads_to_the_same_line(visit: Callable[..., Page]) -> None:
    page = visit("/ask?q=median+pay+in+Salem")
    page.get_by_text("Cite this").click()
    page.locator("a[href^='/citation/']").click()
    expect(page).to_have_url(re.compile(r"#L7$"))


def test_a_citation_is_copied_in_the_form_that_is_wanted(visit: Callable[..., Page]) -> None:
    page = visit("/ask?q=median+pay+in+Salem", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_text("Cite this").click()
    page.get_by_role("button", name="Copy as BibTeX").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert str(page.evaluate("navigator.clipboard.readText()")).startswith("@misc{citeguide-")


def test_an_answer_is_copied_with_its_place(visit: Callable[..., Page]) -> None:
    """The sentence, then the quote as plain text with its file and line; on a refusal there is only the link."""
    page = visit("/ask?q=median+pay+in+Salem", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy answer").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = str(page.evaluate("navigator.clipboard.readText()"))
    assert copied.startswith("Salem, OR MSA: median $17.20 per hour.\n\n“Salem")
    assert "bakers.txt, line 7" in copied
    page.get_by_role("button", name="Copy link").click()
    assert str(page.evaluate("navigator.clipboard.readText()")).endswith("/ask?q=median+pay+in+Salem")
    page.goto("/ask?q=What+do+welders+in+Paris+earn%3F")
    expect(page.get_by_role("button", name="Copy link")).to_be_visible()
    expect(page.get_by_role("button", name="Copy answer")).to_have_count(0)


def test_the_cited_line_stands_below_a_title_that_stays_and_leads_back(visit: Callable[..., Page]) -> None:
    """Deep in a long guide: the line in the upper half, nothing over it, and one click to the answer."""
    page = visit("/ask?q=batch+700+of+rye", viewport={"width": 390, "height": 800})
    page.locator(".place a").first.click()
    line = page.locator(".cited").first
    expect(line).to_be_in_viewport()
    top = line.evaluate("e => e.getBoundingClientRect().top")
    bar = page.locator(".whereabouts").evaluate("e => e.getBoundingClientRect().bottom")
    assert bar < top < 500
    page.get_by_role("link", name="Back to the answer").click()
    expect(page).to_have_url(re.compile(r"/ask\?q=batch"))


def test_a_table_is_sorted_filtered_and_exported(visit: Callable[..., Page], table: str) -> None:
    page = visit(f"/tables/{table}")
    page.get_by_role("link", name="Median").click()
    expect(page.locator("tbody th").first).to_have_text("Bend, OR MSA")
    expect(page.locator("th[aria-sort=descending]")).to_have_text("Median")
    page.get_by_label("Only rows where").fill("median > 17")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("tbody th")).to_have_text(["Bend, OR MSA", "Salem, OR MSA"])
    expect(page.locator(".bar .mid")).to_have_count(2)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as CSV").click()
    lines = Path(download.value.path()).read_text("utf-8").splitlines()
    assert lines[1:] == ['"Bend, OR MSA",Hourly,13.00,18.05,27.00', '"Salem, OR MSA",Hourly,12.10,17.20,26.30']


def test_pay_is_shown_by_the_year_with_what_is_assumed(visit: Callable[..., Page], table: str) -> None:
    """17.20 an hour for 2,080 hours are 35,776 a year."""
    page = visit(f"/tables/{table}")
    page.get_by_role("link", name="Annual").click()
    expect(page.get_by_text("2,080 working hours")).to_be_visible()
    expect(page.locator("tbody tr", has_text="Salem")).to_contain_text("$35,776.00")
    expect(page).to_have_url(re.compile("pay=year"))
    expect(page.get_by_role("link", name="Annual")).to_be_focused()
    page.get_by_role("link", name="Hourly").click()
    expect(page.locator("tbody tr", has_text="Salem")).to_contain_text("$17.20")


def test_everything_is_reached_by_keyboard_alone(visit: Callable[..., Page]) -> None:
    page = visit("/guides")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.goto("/ask?q=median+pay+in+Salem")
    page.keyboard.press("/")
    expect(page.get_by_label("Ask the guides a question")).to_be_focused()
    page.keyboard.type("median pay in Bend")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("$18.05")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("details[open] pre").first).to_be_visible()


def test_the_box_completes_from_the_guides_by_keyboard(visit: Callable[..., Page]) -> None:
    """The combobox pattern: arrows choose and are said, Escape gives back what was typed, Enter asks."""
    page = visit("/")
    box = page.get_by_role("combobox", name="Ask the guides a question")
    box.press_sequentially("median pay in sal")
    option = page.get_by_role("option", name="median pay in Salem")
    expect(option).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status")).to_contain_text("completion")
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", str(option.get_attribute("id")))
    expect(box).to_have_value("median pay in Salem")
    page.keyboard.press("Escape")
    expect(box).to_have_value("median pay in sal")
    expect(page.get_by_role("listbox")).to_be_hidden()
    box.press_sequentially("e")
    expect(option).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("$17.20")


def test_a_completion_is_chosen_with_a_pointer(visit: Callable[..., Page]) -> None:
    page = visit("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("median pay in ben")
    page.get_by_role("option", name="median pay in Bend").click()
    expect(box).to_have_value("median pay in Bend")
    expect(box).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier_in_the_open_completions(visit: Callable[..., Page], scheme: str) -> None:
    page = visit("/", color_scheme=scheme, bypass_csp=True)
    page.get_by_role("combobox").press_sequentially("median pay in sal")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert barriers(page) == []


def test_it_all_works_without_javascript(visit: Callable[..., Page], table: str) -> None:
    page = visit("/", java_script_enabled=False)
    page.get_by_label("Ask the guides a question").fill("top 3 areas by median pay")
    page.keyboard.press("Enter")
    expect(page.locator(".answer-list li")).to_have_count(3)
    page.get_by_role("link", name="Annual").click()
    expect(page.locator(".converted li").first).to_contain_text("$37,544.00")
    page.goto(f"/tables/{table}")
    page.get_by_label("Sorted by").select_option(label="Median, lowest first")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("tbody th").first).to_have_text("United States")


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_a_phone(visit: Callable[..., Page], table: str, path: str) -> None:
    page = visit(path.format(table=table), viewport={"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_no_barrier(visit: Callable[..., Page], table: str, path: str, scheme: str) -> None:
    page = visit(path.format(table=table), color_scheme=scheme, bypass_csp=True)
    assert barriers(page) == []


def barriers(page: Page) -> object:
    """What axe-core finds wrong: rules with the elements that break them."""
    page.add_script_tag(path=AXE)
    return page.evaluate("async () => (await axe.run()).violations.map(v => [v.id, v.nodes.map(n => n.html)])")


@pytest.mark.parametrize("path", PAGES)
def test_each_page_has_one_heading_over_all(visit: Callable[..., Page], table: str, path: str) -> None:
    page = visit(path.format(table=table))
    expect(page.locator("h1")).to_have_count(1)


def test_dark_is_dark_and_light_is_light(visit: Callable[..., Page]) -> None:
    background = "getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g).map(Number)"
    assert max(visit("/", color_scheme="dark").evaluate(background)) < 60
    assert min(visit("/", color_scheme="light").evaluate(background)) > 230


def test_an_answer_prints_as_one_page_with_its_full_citation(visit: Callable[..., Page]) -> None:
    page = visit("/ask?q=top+3+areas+by+median+pay")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Ask")).to_be_hidden()
    expect(page.locator("p.asked")).to_be_visible()
    expect(page.get_by_text(re.compile(r"SHA-256 [0-9a-f]{64}")).first).to_be_visible()
    pdf = page.pdf(format="A4")
    assert pdf.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1


def test_a_disagreement_stands_side_by_side(visit: Callable[..., Page]) -> None:
    page = visit("/ask?q=Is+a+licence+required+to+work+as+a+baker%3F", viewport={"width": 1000, "height": 800})
    boxes = [side.bounding_box() for side in page.locator(".sides > div").all()]
    assert len(boxes) == 2
    left, right = boxes
    assert left
    assert right
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] <= right["x"]
    expect(page.locator(".sides h3")).to_have_text([re.compile("^[A-Z]")] * 2)
