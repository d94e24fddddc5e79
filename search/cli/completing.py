"""What the shell may complete: names of tables, their columns, guides and their folders, as the index has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

import click
from click.shell_completion import CompletionItem

from ..errors import CiteguideError
from ..store.catalog import Catalog
from .settings import Settings

MOST_COMPLETIONS = 200
"""Names that are offered at most."""
COMPLETING_SECONDS = 2.0
"""Whoever presses a key does not wait longer."""

Names = Callable[[click.Context, Catalog], Iterator[tuple[str, str]]]


def completing(names: Names) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    """What Click asks when a word is to be completed; where there is no index, or none that can be read, nothing."""

    def complete(context: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
        try:
            with context.ensure_object(Settings).open(quiet=True) as index:
                index.catalog.stop_after(COMPLETING_SECONDS)
                found = [(name, about) for name, about in names(context, index.catalog) if _fits(name, begun)]
        except (CiteguideError, OSError):
            return []
        return [CompletionItem(name, help=about) for name, about in found[:MOST_COMPLETIONS]]

    return complete


def table_names(_: click.Context, catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Every table, with its title."""
    yield from ((table.name, " ".join(table.title.split())) for table in catalog.tables())


def column_names(context: click.Context, catalog: Catalog) -> Iterator[tuple[str, str]]:
    """The columns of the table that is named on the line."""
    named = context.params.get("name") or next(iter(context.args), "")  # where an option still lacks its value
    table = catalog.table(str(named))
    yield from ((column.name, column.measure or column.role) for column in (table.columns if table else ()))


def guide_paths(_: click.Context, catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Every guide by its path, with its title."""
    yield from ((document.path, document.title) for document in catalog.documents())


def guide_globs(context: click.Context, catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Every folder of guides, as the glob of all that lies in it, then the guides."""
    paths = [PurePosixPath(document.path) for document in catalog.documents()]
    within = Counter(str(folder) for path in paths for folder in path.parents[:-1])
    yield from ((f"{folder}/*", f"{count} guide{'s' * (count > 1)}") for folder, count in sorted(within.items()))
    yield from guide_paths(context, catalog)


def _fits(name: str, begun: str) -> bool:
    return name.casefold().startswith(begun.casefold())
