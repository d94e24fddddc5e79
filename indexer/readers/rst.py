"""reStructuredText: docutils makes a page of it, which is read like any other.

Nothing outside of the file is read for it, and nothing in it runs. What Sphinx adds to the language is passed on as
text: of a role its words, of a directive what stands in it. What docutils does not understand is kept as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from ...search.errors import SourceError
from ...search.lang.lexicon import read_sections
from ...search.model import Doubt
from ..dates import stated_date, written_or_iso
from ..document import ExtractedDocument
from ..extras import RST
from .html.html_reader import read as read_page

RST_SETTINGS = {
    "_disable_config": True, "file_insertion_enabled": False, "raw_enabled": False, "report_level": 3, "halt_level": 6,
    "warning_stream": False, "embed_stylesheet": False, "stylesheet_path": None, "math_output": "LaTeX",
    "syntax_highlight": "none", "smart_quotes": False, "initial_header_level": 2, "toc_backlinks": False,
    "line_length_limit": 100_000,
}  # fmt: skip
RST_FAILURES = (AssertionError, AttributeError, LookupError, NotImplementedError, RecursionError, TypeError, ValueError)
"""What docutils raises for documents that are not in order."""
ROLE = re.compile(r"(?<![\w`]):[a-z][a-z0-9:_+-]{0,40}:`(?P<text>[^`<\n]{1,300})(?:<[^<>`\n]{1,300}>)?`")
"""A role: a link to another place, a name in code."""
RST_DIRECTIVE = re.compile(r"(?P<indent>[ \t]{0,40})\.\.[ \t]+(?P<name>[A-Za-z][\w:+.-]{0,40})::(?P<argument>[^\n]*)")
OPTION = re.compile(r"[ \t]+:[\w-]{1,40}:")
_DIRECTIVES = read_sections(Path(__file__).with_name("rst.txt"))
KNOWN = _DIRECTIVES.words("known")
"""Directives of docutils whose text it keeps; that of others is kept here."""
SETTING = _DIRECTIVES.words("without text")
"""Directives that hold no text."""
MESSAGE = re.compile(
    r'<p class="system-message-title">.{0,2000}?</p>\s{0,9}(?:<p>.{0,5000}?</p>)?|<span class="colon">:</span>',
    re.DOTALL,
)
"""What docutils says of markup that it does not understand, before it gives that as it stands; colons of fields."""
RST_DATE = re.compile(r'<dd class="date">([^<]{4,40})</dd>')


def read(text: str) -> ExtractedDocument:
    """The text and blocks of a document. Raises SourceError where docutils is not installed, or gives it up."""
    RST.load()
    core, errors = import_module("docutils.core"), import_module("docutils")
    writer = import_module("docutils.writers.html5_polyglot").Writer()
    try:
        parts = core.publish_parts("\n".join(_lines(text)), writer=writer, settings_overrides=RST_SETTINGS)
    except (errors.ApplicationError, *RST_FAILURES) as error:
        raise SourceError("cannot be read as reStructuredText", "save it as .txt or .md") from error
    page = parts["html_body"]
    unknown = page.count('class="system-message-title"')
    body = MESSAGE.sub("", page)
    stated = RST_DATE.search(page)
    reading = read_page(f"<body>{body}</body>".encode("utf-8", "replace"))
    doubts = (
        (Doubt("doubt", f"{unknown:,} pieces of markup that are not understood", (0, 0), (1, 1)),) if unknown else ()
    )
    date = written_or_iso(stated[1]) if stated else stated_date(reading.text)
    return replace(reading, date=date or reading.date, doubts=(*reading.doubts, *doubts))


def _lines(text: str) -> Iterator[str]:
    """The document's lines, with what docutils does not know said in what it does."""
    left_out = -1
    is_head = False
    for line in text.splitlines():
        indent = len(line) - len(line.lstrip())
        if left_out >= 0 and line.strip() and indent <= left_out:
            left_out = -1
        match = RST_DIRECTIVE.match(line) if left_out < 0 else None
        if match and match["name"] in SETTING:
            left_out = len(match["indent"])
        elif match and match["name"] not in KNOWN:
            is_head = True
            yield f"{match['indent']}.. container::"
            yield ""
            yield f"{match['indent']}   {match['argument'].strip()}"
            yield ""
        elif left_out < 0 and not (is_head and OPTION.match(line)):
            is_head = False
            yield ROLE.sub(lambda role: role["text"].strip(), line)
