"""Every kind of page over real guides in a real Chromium: what bench/browse.py looks at, in its short form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browse import HEAVIEST, HEAVIEST_PACKED, looked_at, served, weight
from indexed import update
from playwright.sync_api import Browser, expect

PAGES = (
    "/",
    "/ask?q=What+is+the+median+pay+of+electricians%3F",
    "/ask?q=Is+certification+required+to+work+as+a+coder+in+California%3F",
    "/ask?q=What+do+welders+on+Mars+eat%3F",
    "/ask?q=which+five+states+had+the+highest+minimum+wage+in+2017",
    "/ask?q=unqualified+teacher+minimum+outer+london+per+month",
    "/source/ooh-electricians.html",
    "/source/000_c892d1600849e27d.txt?at=313-361&q=what",
    "/source/uk-teacher-pay-2025.md",
    "/guides",
    "/tables",
    "/tables/minimum-wage-by-state?where=Year+%3D+2017&sort=-Table_Data",
    "/tables/ooh-occupations-2024",
    "/search?q=training",
    "/check-claims",
    "/unanswered",
    "/admin",
    "/developers",
)
TABLES = ("uk-teacher-pay-2025.md", "minimum-wage-by-state.csv", "ooh-occupations-2024.csv")


@pytest.fixture(scope="module")
def site(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of real guides and some tables, with all that can be switched on."""
    folder = tmp_path_factory.mktemp("shelf")
    tables = [shared / "data" / "tables" / name for name in TABLES]
    update(folder / "index", [shared / "seeds", shared / "data" / "guides", *tables])
    with served(folder / "index", folder) as address:
        yield address


@pytest.mark.parametrize("path", PAGES)
def test_no_page_of_a_shelf_has_a_barrier_or_scrolls_sideways(browser: Browser, site: str, path: str) -> None:
    """On a small phone in the dark and on a desk in the light, with axe; printed it has no forms."""
    assert list(looked_at(browser, site, [path], looks=((320, "dark"), (1280, "light"), (390, "print")))) == []


@pytest.mark.parametrize("path", PAGES)
def test_no_page_of_a_shelf_is_heavy(browser: Browser, site: str, path: str) -> None:
    """With all that it loads."""
    plain, packed = weight(browser, site, path)
    assert (plain <= HEAVIEST, packed <= HEAVIEST_PACKED) == (True, True), (plain, packed)


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("question", ["What is the median pay of electricians?", "median pay in Salinas"])
def test_a_quote_is_in_view_with_its_way_back(browser: Browser, site: str, question: str, *, script: bool) -> None:
    """From the answer to the highlighted line and back, with JavaScript and without, however long the guide."""
    context = browser.new_context(base_url=site, viewport={"width": 390, "height": 700}, java_script_enabled=script)
    page = context.new_page()
    page.goto(f"/ask?q={question}")
    said = page.locator("h1").inner_text()
    page.locator(".place a").first.click()
    mark = page.locator(".source mark").first
    expect(mark).to_be_in_viewport()
    expect(page.get_by_role("link", name="Back to the answer")).to_be_in_viewport()
    page.get_by_role("link", name="Back to the answer").click()
    assert page.locator("h1").inner_text() == said
    context.close()


def test_guides_are_added_by_keyboard_alone(browser: Browser, site: str, tmp_path: Path) -> None:
    """What the update says comes by itself where there is JavaScript."""
    (tmp_path / "tea.md").write_text("# Tea\n\nGreen tea is steeped for two minutes in hot water.\n", "utf-8")
    with browser.new_context(base_url=site) as context:
        page = context.new_page()
        page.goto("/admin")
        page.get_by_label("Files", exact=True).set_input_files(tmp_path / "tea.md")
        page.get_by_role("button", name="Add and index").press("Enter")
        expect(page.get_by_text("1 added", exact=False)).to_be_visible(timeout=60_000)
        expect(page.locator("[data-running]")).to_have_count(0, timeout=60_000)
        page.goto("/ask?q=How+long+is+green+tea+steeped%3F")
        expect(page.get_by_role("heading", level=1)).to_contain_text("two minutes")
