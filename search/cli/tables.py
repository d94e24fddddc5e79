"""``citeguide tables``: the tables of the guides, and the rows of one."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import click

from ..model import Document, Table
from ..output.table_chart import chart
from ..output.table_export import row_to_json, table_to_json, to_csv
from ..output.table_text import render_rows, render_tables, title_line
from ..output.terminal import detect
from ..store.open import Index
from ..tables.row_filter import Selection, column_named, select, table_named
from .base import Command, examples, pass_settings
from .completing import column_names, completing, table_names
from .settings import Settings, text_argument
from .writing import note, write, write_json


class TableForm(StrEnum):
    """What tables are written as, where a person does not read them as text."""

    CSV = "csv"
    CHART = "chart"
    JSON = "json"


@click.command(
    cls=Command,
    epilog=examples(
        "citeguide tables",
        "citeguide tables wages --where 'median > 20' --sort -median",
        "citeguide tables wages --where 'place = Fresno' --json",
        "citeguide tables wages --where 'kind = MSA' --sort -high --limit 10 --chart",
        "citeguide tables wages --csv > wages.csv",
    ),
)
@click.argument("name", required=False, shell_complete=completing(table_names))
@click.option(
    "--where",
    multiple=True,
    metavar="CONDITION",
    shell_complete=completing(column_names),
    help="Only rows that meet it: 'column operator value', operators = != < <= > >= and ~ (contains). May be repeated.",
)
@click.option(
    "--sort",
    metavar="COLUMN",
    shell_complete=completing(column_names),
    help="Order by this column; -COLUMN: the highest first.",
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Show at most so many rows.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="COLUMN",
    shell_complete=completing(column_names),
    help="Show only this column. May be repeated.",
)
@click.option("--csv", "form", flag_value=TableForm.CSV, help="Write comma separated values.")
@click.option(
    "--chart", "form", flag_value=TableForm.CHART, help="Draw the range from low to high, or bars of one column."
)
@click.option("--json", "form", flag_value=TableForm.JSON, help="Write JSON.")
@pass_settings
def tables(
    settings: Settings,
    name: str | None,
    where: tuple[str, ...],
    sort: str | None,
    limit: int | None,
    columns: tuple[str, ...],
    form: str | None,
) -> int:
    """List the tables that were found in the guides, and what each can be asked for; with NAME show the rows of one.

    A column goes by its name, by its measure (low, median, mean, high, 10th percentile …), or by what it holds (place,
    occupation, year). 'kind' (nation, state, MSA …) and 'state' may be asked of every place. A place is met by any part
    of a compound name: 'place = Long Beach'.

    In CSV, a cell that a spreadsheet would run as a formula gets an apostrophe before it.

    Exit status: 0 something was found, 1 nothing was found, 2 an error.
    """
    with settings.open() as index:
        if name is not None:
            table = table_named(text_argument(name), index.catalog)
            found = select(
                index.catalog, table, map(text_argument, where), sort=text_argument(sort) if sort else None, limit=limit
            )
            wanted = [column_named(text_argument(column), table) for column in columns]
            _rows(table, index.catalog.document(table.document), found, wanted, form)
            return 0 if found.rows else 1
        if where or sort or limit or columns or form in (TableForm.CSV, TableForm.CHART):
            raise click.UsageError("name the table whose rows you want; 'citeguide tables' lists them")
        return _list(index, form)


def _list(index: Index, form: str | None) -> int:
    found = index.catalog.tables()
    documents = {document.id: document for document in index.catalog.documents()}
    if form == TableForm.JSON:
        write_json([table_to_json(table, documents[table.document]) for table in found])
    elif found:
        terminal = detect()
        write(render_tables(found, documents, terminal), colour=terminal.colour)
    else:
        note("citeguide: no guide holds a table; 'citeguide check' lists what was read")
    return 0 if found else 1


def _rows(table: Table, document: Document, found: Selection, wanted: Sequence[int], form: str | None) -> None:
    """The rows in the form asked for; what is not shown is said on standard error."""
    columns = wanted or range(len(table.columns))
    if form == TableForm.JSON:
        data = {"matched": found.matched, "rows": [row_to_json(row) for row in found.rows]}
        write_json(table_to_json(table, document) | data)
    elif form == TableForm.CSV:
        cells = ([row.cells[n] for n in columns] for row in found.rows)
        write(to_csv([table.columns[n] for n in columns], cells).removesuffix("\n"))
    elif found.rows and form == TableForm.CHART:
        terminal = detect()
        drawn = chart(table, found.rows, terminal, wanted[0] if wanted else None)
        write(f"{title_line(table, document, terminal)}\n\n{drawn}", colour=terminal.colour)
    elif found.rows:
        terminal = detect()
        shown = render_rows(table, document, found, columns, terminal)
        write(shown.text, colour=terminal.colour)
        if shown.hidden:
            note(f"citeguide: no room for {', '.join(shown.hidden)}; choose with --column, or take --csv")
    _say(table, found)


def _say(table: Table, found: Selection) -> None:
    """How many rows were looked at and how many are not shown, on standard error."""
    if not found.matched:
        note(f"citeguide: none of the {table.row_count:,} rows of {table.name} meets the conditions")
    if found.left_out:
        note(f"citeguide: {found.left_out:,} of {found.matched:,} rows left out: no number to sort by")
    if (hidden := found.matched - found.left_out - len(found.rows)) > 0:
        note(f"citeguide: {len(found.rows):,} of {found.matched:,} rows shown, {hidden:,} more without --limit")
