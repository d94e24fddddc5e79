"""Takes the screenshots of docs/serving.md from the running pages over the shipped guides: ``python make.py``."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import ViewportSize, sync_playwright

HERE = Path(__file__).parent
PROGRAM = "from citeguide.search.cli.main import main; main()"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]
SHOTS: tuple[tuple[str, str, tuple[int, int], Literal["light", "dark"]], ...] = (
    ("home", "/", (1000, 760), "light"),
    ("answer", "/ask?q=What+is+the+median+hourly+wage+in+Fresno%3F", (1000, 700), "light"),
    ("ranking-phone", "/ask?q=top+3+areas+by+median+pay", (390, 844), "light"),
    ("disagreement", "/ask?q=Is+certification+required+by+law+in+California%3F", (1000, 900), "dark"),
    ("table", "/tables/{table}?where=median+%3E+20&sort=-Median", (1100, 900), "light"),
    ("table-phone", "/tables/{table}?sort=-Median", (390, 844), "light"),
    ("source", "/source/{path}?at={span}#L{line}", (1000, 700), "light"),
    ("refusal", "/ask?q=What+do+welders+in+Fresno+earn%3F", (1000, 700), "light"),
)


def main() -> None:
    """Start the pages over an index of the shipped guides and take every shot."""
    folder = tempfile.TemporaryDirectory()
    command = [sys.executable, "-c", PROGRAM, "--index", f"{folder.name}/index", "serve", "--port", "0"]
    with (
        folder,
        subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server,
        sync_playwright() as playwright,
    ):
        site = next(found[0] for line in server.stderr or () if (found := re.search(r"http://\S+(?=/ )", line)))
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        with chromium.new_context(base_url=site) as context:
            asked = context.request.get("/api/ask?q=median+pay+in+Fresno").json()["citations"][0]
            tables = context.request.get("/api/tables").json()["tables"]
        known = {
            "table": max(tables, key=lambda table: table["row_count"])["name"],
            "path": asked["path"],
            "span": "-".join(map(str, asked["span"])),
            "line": asked["lines"][0],
        }
        for name, path, (width, height), scheme in SHOTS:
            size: ViewportSize = {"width": width, "height": height}
            with chromium.new_context(base_url=site, color_scheme=scheme, viewport=size) as context:
                page = context.new_page()
                page.goto(path.format(**known))
                page.screenshot(path=HERE / f"{name}.png")
        chromium.close()
        server.terminate()


if __name__ == "__main__":
    main()
