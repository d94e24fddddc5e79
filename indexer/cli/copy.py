"""``citeguide copy``: an index in another folder, or for another engine, without its sources."""

from __future__ import annotations

from pathlib import Path

import click

from ...search.cli.base import Command, PlaceArgument, examples, pass_settings
from ...search.cli.progress import Progress
from ...search.cli.settings import Settings
from ...search.cli.writing import write
from ...search.store.engines import ENGINES
from ...search.store.location import Place
from ..storage.copying import copy_index
from ..web_pages import page_store as pages

Folder = PlaceArgument(file_okay=False, path_type=Path)


@click.command(
    cls=Command,
    epilog=examples(
        "citeguide copy ~/library /srv/library",
        "citeguide copy ~/library /srv/library --engine tantivy",
        "citeguide copy ~/library opensearch://search.example.org:9200/library",
    ),
)
@click.argument("source", metavar="FROM", type=Folder)
@click.argument("target", metavar="TO", type=Folder)
@click.option("--engine", type=click.Choice(sorted(ENGINES)), help="The full-text engine of the new index.")
@pass_settings
def copy(settings: Settings, source: Place, target: Place, engine: str | None) -> int:  # noqa: ARG001 - for every command
    """Make a new index in the folder TO of the one in FROM; no guide is read again, and every answer stays the same.

    Each may be an index on a cluster instead, opensearch://HOST:PORT/NAME; pages that were fetched go from folder to
    folder only.

    What the index remembers to look at, and pages that were fetched, go along. FROM stays as it is.

    Exit status: 0 the new index is there, 2 an error, such as a folder TO that is not empty.
    """
    with Progress() as progress:
        made = copy_index(source, target, engine=engine, progress=progress)
    size = ""
    if isinstance(target, Path):
        size = f" in {sum(record.size for record in made.manifest.files.values()) / 1_000_000:,.1f} MB"
        if isinstance(source, Path):
            pages.copy(source, target)
    write(f"{target} holds the same guides{size}, for {made.manifest.engine}")
    return 0
