"""Every kind of page over a full shelf in a real browser: what axe finds, what scrolls sideways, what a page weighs.

    python bench/browse.py [--index DIR]     makes the index of the shelf where DIR is not given

The shelf is ../shared/seeds, data/guides, data/lay and data/tables. Each page is looked at 320, 390 and 1,280 pixels
wide, light, dark and as it prints, with JavaScript and without. Printed are the pages with a fault and the heaviest
ones; the exit status is 1 where there is a fault. The short form is in tests/browser/test_shelf_in_chromium.py.
"""

from __future__ import annotations

import argparse
import gzip
import logging
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import axe_playwright_python  # type: ignore[import-untyped]
from citeguide.indexer.update import update
from citeguide.web.app import create_app
from citeguide.web.unanswered import UnansweredQuestions
from playwright.sync_api import Browser, Page, sync_playwright
from waitress.server import create_server

SHARED = Path(__file__).resolve().parents[2] / "shared"
SHELF = (SHARED / "seeds", *(SHARED / "data" / name for name in ("guides", "lay", "tables")))
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
LOOKS = tuple((width, way) for width in (320, 390, 1280) for way in ("light", "dark", "print", "no script"))
"""Widths of the window, and ways to look."""
HEAVIEST, HEAVIEST_PACKED = 60_000, 20_000
"""Bytes of a page with all that it loads, and of the same packed by gzip."""
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
PAGES = (
    "/",
    "/ask?q=What+is+the+median+pay+of+electricians%3F",
    "/ask?q=which+five+states+had+the+highest+minimum+wage+in+2017",
    "/ask?q=median+pay+in+Salinas&pay=year",
    "/ask?q=top+5+occupations+by+median+pay",
    "/ask?q=How+much+is+the+fine+for+parking+in+a+red+zone%3F",
    "/ask?q=Is+certification+required+to+work+as+a+coder+in+California%3F",
    "/ask?q=What+do+welders+on+Mars+eat%3F",
    "/ask?q=unqualified+teacher+minimum+outer+london+per+month",
    "/ask?q=How+long+is+parental+leave%3F",
    "/ask?q=Cu%C3%A1nto+gana+un+electricista%3F",
    "/source/ooh-electricians.html",
    "/source/ooh-electricians.html?line=260",
    "/source/000_c892d1600849e27d.txt?at=313-361&q=what",
    "/source/townhall/docs/oakland-parking-fines.md",
    "/source/townhall/docs/oakland-parking-fines.md?as=text",
    "/source/townhall/docs/vernonia-utility-rates.html",
    "/source/nyc-baby-names.csv",
    "/source/eu-electricity-2018.xlsx",
    "/source/uk-teacher-pay-2025.md",
    "/guides",
    "/guides?q=parking",
    "/guides?q=nosuchguide",
    "/tables",
    "/tables?q=wage",
    "/tables/ooh-occupations-2024",
    "/tables/nyc-baby-names?where=Count+%3E+100&sort=-Count",
    "/tables/ooh-occupations-2024?where=nonsense",
    "/search",
    "/search?q=parking+permit",
    "/search?q=title:rye",
    "/check-claims",
    "/unanswered",
    "/admin",
    "/developers",
    "/nowhere",
)


@contextmanager
def served(index: Path, folder: Path) -> Iterator[str]:
    """The address of a server of everything there is."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    counted = UnansweredQuestions(folder / "unanswered.sqlite")
    app = create_app(index, admin=folder / "added", unanswered=counted)
    server = create_server(app, host="127.0.0.1", port=0, threads=2)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}"  # type: ignore[union-attr]
    server.close()


def faults(page: Page, width: int) -> list[str]:
    """What is wrong with an open page."""
    found = []
    if (wide := int(page.evaluate("document.documentElement.scrollWidth"))) > width:
        found.append(f"{wide} pixels wide")
    if page.locator("h1").count() != 1:
        found.append("not one main heading")
    if page.locator(".cited").count():
        line = page.evaluate("document.querySelector('.cited[id], .cited [id]').id")
        page.goto(f"{page.url.partition('#')[0]}#{line}")  # as an answer's link has it
    if page.locator(".cited").count() and not page.evaluate(
        "(r => r.top < innerHeight && r.bottom > 0)(document.querySelector('.cited').getBoundingClientRect())"
    ):
        found.append("the cited line is out of view")
    page.add_script_tag(path=AXE)
    broken = page.evaluate("async () => (await axe.run()).violations.map(v => v.id + ': ' + v.nodes[0].html)")
    return found + [str(each)[:200] for each in broken]


def looked_at(
    browser: Browser, site: str, paths: Sequence[str], looks: Sequence[tuple[int, str]] = LOOKS
) -> Iterator[str]:
    """The faults of these pages, each with where it was seen."""
    wrong: list[str] = []
    for width, way in looks:
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": 800},
            color_scheme="dark" if way == "dark" else "light",
            bypass_csp=True,
            java_script_enabled=way != "no script",
        )
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(f"script error: {error}"))
        for path in paths:
            page.goto(path)
            if way == "print":
                page.emulate_media(media="print")
                wrong.extend(["a menu is printed"] if page.locator("nav:visible, form.ask:visible").count() else [])
            elif way == "no script":
                wrong.extend([] if page.locator("h1:visible").count() == 1 else ["not one main heading"])
            else:
                wrong.extend(faults(page, width))
            yield from (f"{path} at {width}, {way}: {fault}" for fault in wrong)
            wrong.clear()
        context.close()


def weight(browser: Browser, site: str, path: str) -> tuple[int, int]:
    """Bytes of a page and of all that it loads, as they are and packed."""
    bodies: list[bytes] = []
    with browser.new_context(base_url=site) as context:
        page = context.new_page()
        page.on("response", lambda response: bodies.append(response.body()))
        page.goto(path)
        page.wait_for_load_state("networkidle")
    return sum(map(len, bodies)), sum(len(gzip.compress(body, 6)) for body in bodies)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path)
    options = parser.parse_args()
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        if options.index is None:
            update(Path(folder, "index"), list(SHELF))
        with served(options.index or Path(folder, "index"), Path(folder)) as site:
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
            found = list(looked_at(browser, site, PAGES))
            weights = sorted(((*weight(browser, site, each), each) for each in PAGES), reverse=True)
            browser.close()
    heavy = [each for each in weights if each[0] > HEAVIEST or each[1] > HEAVIEST_PACKED]
    print(f"{len(PAGES)} pages, {len(LOOKS)} looks: {len(found)} faults, {len(heavy)} too heavy")
    print(*found, *(f"{plain:,} bytes, {packed:,} packed: {each}" for plain, packed, each in weights[:8]), sep="\n")
    return int(bool(found or heavy))


if __name__ == "__main__":
    sys.exit(main())
