"""``citeguide show``: the source around a citation, or the text that spans count in."""

from __future__ import annotations

import sys

import click

from ..output.excerpt import Excerpt, SourceLine, document_named, excerpt
from ..output.render import under
from ..output.search_json import excerpt_to_json
from ..output.terminal import Terminal, clean, detect, highlight, on_page
from ..output.terminal import place as marked_place
from ..store.catalog import Catalog
from .base import Command, examples, json_option, pass_settings
from .completing import completing, guide_paths
from .settings import Settings, text_argument
from .writing import write, write_json


@click.command(
    cls=Command,
    epilog=examples(
        "citeguide show guide.txt:120",
        "citeguide show --context 10 guide.txt:70-72",
        "citeguide show 1f0c9a3e-9310-9349      an id from 'citeguide ask --json'",
        "citeguide show --text guide.html > guide.txt",
    ),
)
@click.argument("place", metavar="[ID|PATH:LINE]", required=False, shell_complete=completing(guide_paths))
@click.option(
    "--text",
    "path",
    metavar="PATH",
    shell_complete=completing(guide_paths),
    help="Print the whole text of this guide, in which spans count.",
)
@click.option(
    "--context", type=click.IntRange(0, 10_000), default=3, metavar="N", show_default=True, help="Lines around it."
)
@json_option
@pass_settings
def show(settings: Settings, place: str | None, path: str | None, context: int, as_json: bool) -> int:
    """Show the source around a citation, with line numbers; > marks the quoted lines.

    Name it by its id, or by the path and line that 'ask' prints.

    Exit status: 0 shown, 2 an error, such as a place that is not there.
    """
    if (place is None) == (path is None):
        raise click.UsageError("give either ID|PATH:LINE or --text PATH")
    with settings.open() as index:
        if path is not None:
            _write_text(text_argument(path), index.catalog, as_json)
        else:
            _write_excerpt(excerpt(text_argument(place or ""), index.catalog, context), index.catalog, as_json)
    return 0


def _write_excerpt(found: Excerpt, catalog: Catalog, as_json: bool) -> None:
    if as_json:
        write_json(excerpt_to_json(found, catalog))
        return
    terminal = detect()
    write(render_source(found, terminal), colour=terminal.colour)


def render_source(found: Excerpt, terminal: Terminal) -> str:
    """Lines of a source with their numbers; a line that holds part of the quote has ``>`` before its number."""
    digits = len(str(found.lines[-1].number))
    page = on_page(found.page, found.printed, scanned=found.scanned)
    head = marked_place(clean(found.document.path)) + page + under(found.quote.headings, terminal)
    return "\n".join(
        [terminal.wrap(head, rest="    "), *(_source_line(line, digits, terminal) for line in found.lines)]
    )


def _source_line(line: SourceLine, digits: int, terminal: Terminal) -> str:
    sign = ">" if line.quoted is not None else " "
    before, after = "… " if line.start else "", " …" if line.is_cut else ""
    text = before + highlight(line.text, [line.quoted] if line.quoted else []) + after
    return terminal.wrap(text, f"{sign} {line.number:>{digits}} {terminal.bar} ", f"  {'':>{digits}} {terminal.bar} ")


def _write_text(path: str, catalog: Catalog, as_json: bool) -> None:
    """The text as it is, byte for byte in UTF-8; only a terminal gets it without what could steer it."""
    document = document_named(path, catalog)
    text = catalog.text(document.id)
    if as_json:
        write_json({"path": document.path, "sha256": document.sha256, "text": text})
    elif sys.stdout.isatty():
        write(clean(text))
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8"))
