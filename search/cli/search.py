"""``citeguide search``: ranked passages and table rows."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence

import click

from ..model import Citation, Lines
from ..output.render import render_passages
from ..output.search_json import cited, found_to_json
from ..output.snippet import snippet
from ..output.terminal import detect
from ..query.search_syntax import unknown_fields
from ..retrieval.passage_search import Found, find
from ..text.line_index import LineIndex
from .base import Command, examples, json_option, limit_option, pass_settings
from .settings import Settings, text_argument
from .writing import note, write, write_json

EXCLUSION = re.compile(r"-(?!k\d*$)[^-]")


class SearchCommand(Command):
    """Takes ``-word`` as a part of the query, not as a heap of options; only ``-k`` is one."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, [f" {each}" if EXCLUSION.match(each) else each for each in args])


@click.command(
    cls=SearchCommand,
    epilog=examples(
        "citeguide search certification exam",
        """citeguide search '"medical billing" -diploma'""",
        "citeguide search 'wages section:salary document:*.txt'",
        "citeguide search --json -k 50 internship",
    ),
)
@click.argument("query", nargs=-1, required=True)
@json_option
@limit_option(10, "How many passages at most.")
@pass_settings
def search(settings: Settings, query: tuple[str, ...], limit: int, as_json: bool) -> int:
    """Show the passages and table rows that hold the words of QUERY, best first.

    \b
    word          any of the words, in any form (exam finds exams)
    "two words"   exactly these words one after the other, case and punctuation aside
    -word         not with this word, or "phrase"
    document:GLOB only in guides whose path matches
    section:TEXT  only under headings that hold the text

    Exit status: 0 something was found, 1 nothing was found, 2 an error.
    """
    began = time.perf_counter()
    text = text_argument(" ".join(query))
    with settings.open() as index:
        found = find(text, index, limit)
        if as_json:
            took = round((time.perf_counter() - began) * 1000, 1)
            write_json(found_to_json(text, found, index, took))
            return 0 if found else 1
        for field in unknown_fields(text):
            note(f"citeguide: there is no field '{field}:', only document: and section:; it was looked for as a word")
        if found:
            _write_passages(found, cited(found, index.catalog))
        else:
            note("citeguide: no passage meets the query; try fewer or other words")
    return 0 if found else 1


def _write_passages(found: Sequence[Found], citations: Sequence[Citation]) -> None:
    terminal = detect()
    sources = {each.document.path: each.document for each in found}
    shown = [
        (citation._replace(lines=_snippet_lines(each)), *snippet(each, citation))
        for each, citation in zip(found, citations, strict=True)
    ]
    write(render_passages(shown, terminal, sources), colour=terminal.colour)


def _snippet_lines(found: Found) -> Lines:
    """The lines of the document that the snippet stands in."""
    first, last = LineIndex(found.passage.text).lines(found.snippet)
    before = found.passage.lines[0] - 1
    return before + first, before + last
