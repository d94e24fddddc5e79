"""``citeguide index``: the index is brought up to date, and made of the shipped guides where there is none at all."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import click

from ... import corpus
from ...search.commands.base import (
    Command,
    Settings,
    counted,
    examples,
    json_option,
    note,
    pass_settings,
    write,
    write_json,
)
from ...search.commands.progress import Progress
from ..build import Report, update

SHIPPED = Path(corpus.__path__[0])
"""The folder of the guides that citeguide comes with."""


@click.command(
    cls=Command,
    epilog=examples(
        "citeguide index guides/ notes/wages.txt",
        "citeguide index                     everything that was indexed before",
        "citeguide index --forget notes/wages.txt",
        "citeguide index --full              read everything again",
        "CITEGUIDE_INDEX=./my-index citeguide index guides/",
    ),
)
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--forget", multiple=True, metavar="PATH", type=click.Path(path_type=Path), help="Take it out; may be repeated."
)
@click.option("--full", is_flag=True, help="Read every file again; this also mends a broken index.")
@json_option
@pass_settings
def index(settings: Settings, paths: tuple[Path, ...], forget: tuple[Path, ...], full: bool, as_json: bool) -> int:
    """Bring the index up to date with files and folders, and remember them.

    Without PATH, everything remembered is looked at again. Only what changed is read. A file that cannot be read is
    named on standard error, and the rest is indexed.

    Exit status: 0 the index is up to date, 1 there is no guide in it, 2 an error, such as a PATH that is missing or
    cannot be read.
    """
    began = time.perf_counter()
    with Progress() as progress:
        report = update(settings.folder(), paths, forget=forget, full=full, progress=progress)
    for failure in report.failed:
        note(f"citeguide: {failure.path}: {failure.reason}; {failure.remedy}")
    if as_json:
        failed = [{"path": f.path, "reason": f.reason, "remedy": f.remedy} for f in report.failed]
        write_json(report._asdict() | {"failed": failed, "took_ms": round((time.perf_counter() - began) * 1000, 1)})
    elif report.added or report.changed or report.removed or report.unchanged:
        write(_summary(report))
    return _index_status(report, [*paths, *forget])


def _index_status(report: Report, named: Sequence[Path]) -> int:
    """2 where what was named on the command line failed, or where everything did."""
    asked = {str(each) for path in named for each in (path.absolute(), path.resolve())}
    if any(failure.path in asked for failure in report.failed):
        return 2
    if report.added or report.changed or report.unchanged:
        return 0
    return 2 if report.failed else 1


def _summary(report: Report) -> str:
    """ "3 added, 1 changed, 12 unchanged: 240 passages and 2 tables"."""
    done = [
        f"{len(files):,} {what}"
        for what, files in (
            ("added", report.added),
            ("changed", report.changed),
            ("removed", report.removed),
            ("unchanged", report.unchanged),
            ("not read", report.failed),
        )
        if files
    ]
    passages, tables = counted(report.passages, "passage"), counted(report.tables, "table")
    return f"{', '.join(done) or 'no guides'}: {passages}, {tables}"


def index_shipped(folder: Path) -> None:
    """Make a first index of the guides that citeguide comes with, and say so on standard error."""
    report = update(folder, [SHIPPED])
    note(
        f"citeguide: there was no index yet, so the {len(report.added)} guides that come with citeguide were indexed "
        f"into {folder}; 'citeguide index PATH' adds yours"
    )
