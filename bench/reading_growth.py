"""How reading time grows with size, on inputs made to hurt: CPU seconds at four sizes, growth at the last doubling.

Run as ``python bench/reading_growth.py [txt|md|html ...]``. Growth of 2 is linear; above 3 it is marked, and the exit
status is 1.
"""

from __future__ import annotations

import sys
import time
from contextlib import suppress

from citeguide.indexer.parse import parse_guide
from citeguide.search.errors import SourceError

SIZES = (25_000, 50_000, 100_000, 200_000)
"""Characters."""
WORTH_MARKING = 0.25
"""Seconds below which growth is noise."""

TEXT = {
    "one word": "x",
    "one line of words": "ab ",
    "one sentence a line": "It is so. It was so.\n",
    "short lines": "Title Line\n",
    "short lines apart": "Title Line\n\n",
    "promised titles": "Steps A\nSteps B\n\n",
    "entries": "Term – it is so.\n\n",
    "entries that promise": "Below – it is so.\n\n",
    "promised lines": "these include:\nitem one\nitem two\n\n",
    "numbered titles": "1. Title\n\nIt is a body of a section, long enough.\n\n",
    "items deeper and deeper": None,
    "capitals": "CAPITALS\n\nsome text that follows the heading here.\n\n",
    "steps": "Step 1 – Go\n\nSome text that follows the heading here.\n\n",
    "glued rows": "Fresno, CA MSAHourly$11.61$16.69$25.39\n",
    "money in one line": "$11.61",
    "spaces": " ",
    "blank lines": "\n",
    "dashes": "- ",
    "stars": "*",
    "links lost": "from and, ",
    "brackets": "( ",
    "quotes after stops": '."',
    "zero-width": "\u200b",
    "repeats": "The same paragraph of more than six words again.\n\n",
    "carriage returns": "a\r",
}
MARKDOWN = {
    "brackets": "[",
    "links": "[a](",
    "definitions": "[a]: b\n",
    "nested quotes": "> ",
    "quote lines": "> a\n",
    "nested lists": "- ",
    "list": "- a\n",
    "list with gaps": "- a\n\n",
    "emphasis": "**a ",
    "code": "`",
    "fences": "```\n",
    "pipes": "|",
    "pipe table": "| a | 1 |\n|---|---|\n",
    "one pipe table": None,
    "html": "<div>\n",
    "open tables": "<table><tr><td>a\n\n",
    "comments": "<!-- a\n",
    "tag starts": "<a ",
    "headings": "# a\n",
    "rules": "***\n",
    "images": "![](a) ",
    "entities": "&amp;",
    "front matter": None,
    "front matter nested": None,
    "keys": None,
}
HTML = {
    "open tags": "<div>",
    "tag starts": "<a ",
    "attributes": '<a b="',
    "comments": "<!--",
    "comments closed late": None,
    "processing": "<?",
    "declarations": "<!",
    "sections": "<![CDATA[",
    "ends": "</",
    "ends of nothing": "</b>",
    "text and tags": "<div>a",
    "inline": "<b>a",
    "paragraphs": "<p>a",
    "list items": "<li>a",
    "nested lists": "<ul><li>a",
    "cells": "<td>a",
    "tables": "<table><tr><td>a<td>b",
    "one table": None,
    "spans": "<table><tr><td colspan=64 rowspan=9999>a",
    "rowspans": None,
    "headings": "<h2>a",
    "links": '<a href="#x">a</a>',
    "link lists": '<ul><li><a href="#x">a</a>',
    "breaks": "<br>",
    "entities": "&amp;",
    "numbers": "&#1",
    "references": "&a",
    "classes": '<div class="nav nav-nav menu">a',
    "preformatted": "<pre>\n a",
    "scripts": "<script>a",
    "hidden": '<p style="display:none">a',
    "forms": "<select><option>a",
}
WHOLE = {
    ("txt", "items deeper and deeper"): lambda n: "".join(" " * (i % 400) + "- a\n" for i in range(n // 200)),
    ("md", "one pipe table"): lambda n: "| a | b |\n|---|---|\n" + "| x | 1 |\n" * (n // 10),
    ("md", "front matter"): lambda n: "---\n" + "a: b c d e\n" * (n // 11) + "---\n",
    ("md", "front matter nested"): lambda n: (
        "---\n" + "".join(f"{' ' * (i % 200)}k:\n" for i in range(n // 100)) + "---\n"
    ),
    ("md", "keys"): lambda n: "---\n" + "a " * (n // 2) + ":\n---\n",
    ("html", "comments closed late"): lambda n: "<!--a>" * (n // 6) + "-->",
    ("html", "one table"): lambda n: "<table>" + "<tr><td>a<td>1" * (n // 14) + "</table>",
    ("html", "rowspans"): lambda n: "<table>" + "<tr><td rowspan=1000>a<td>b" * (n // 27) + "</table>",
}


def made(suffix: str, name: str, unit: str | None, size: int) -> bytes:
    """An input of about ``size`` characters."""
    text = WHOLE[suffix, name](size) if unit is None else unit * (size // len(unit))
    return text.encode()


def seconds(data: bytes, name: str) -> float:
    """CPU seconds that reading takes, refused or not."""
    began = time.process_time()
    with suppress(SourceError):
        parse_guide(data, name)
    return time.process_time() - began


def main(formats: list[str]) -> int:
    """Measure every case of these formats (all without any); 1 where one grows faster than its input."""
    bad = 0
    for suffix, cases in (
        ("txt", TEXT),
        ("md", {**MARKDOWN, **TEXT}),
        ("html", {**HTML, "one word": "x", "spaces": " "}),
    ):
        if formats and suffix not in formats:
            continue
        for name, unit in cases.items():
            if unit is None and (suffix, name) not in WHOLE:
                continue
            took = [seconds(made(suffix, name, unit, size), f"guide.{suffix}") for size in SIZES]
            growth = took[-1] / max(took[-2], 0.001)
            marked = took[-1] > WORTH_MARKING and growth > 3
            bad += marked
            print(
                f"{suffix:5}{name:26}"
                + "".join(f"{t:9.3f}" for t in took)
                + f"{growth:7.1f}{'  <<<' if marked else ''}"
            )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
