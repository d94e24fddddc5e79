"""``citeguide index``: the index is brought up to date, and made of the shipped guides where there is none at all."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import Any

import click

from ... import corpus
from ...search.cli.base import Command, examples, json_option, pass_settings
from ...search.cli.garbage import collect_as_usual
from ...search.cli.progress import Progress
from ...search.cli.settings import Settings
from ...search.cli.writing import counted, note, write, write_json
from ...search.errors import CiteguideError
from ...search.output.answer_json import Json
from ...search.semantic.encoder import Encoder
from ...search.semantic.models import is_installed, open_encoder
from ...search.store.engines import ENGINES
from .. import watch
from ..ingest import Named, bring
from ..report import PASSED_OVER
from ..update import Failure, Report, update
from ..web_pages.address import is_address, parse
from ..web_pages.terms import Terms
from .change_lines import change_lines, editions_to_json

MOST_NAMED = 100
"""Files of other formats that are named one by one."""
SHIPPED = Path(corpus.__path__[0])
"""The folder of the guides that citeguide comes with."""


class SourceArgument(click.Path):
    """A path, or the address of a page."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return parse(value) if isinstance(value, str) and is_address(value) else super().convert(value, param, ctx)


@click.command(
    cls=Command,
    epilog=examples(
        "citeguide index guides/ notes/wages.txt",
        "citeguide index                     everything that was indexed before",
        "citeguide index https://www.example.org/licences.html",
        "citeguide index --watch             and follow every change from then on",
        "citeguide index --forget notes/wages.txt",
        "citeguide index --full              read everything again",
        "citeguide index --ocr scans/        and the text in pictures",
        "CITEGUIDE_INDEX=./my-index citeguide index guides/",
    ),
)
@click.argument("named", metavar="[PATH|ADDRESS]...", nargs=-1, type=SourceArgument(path_type=Path))
@click.option(
    "--forget",
    multiple=True,
    metavar="PATH|ADDRESS",
    type=SourceArgument(path_type=Path),
    help="Take it out; may be repeated.",
)
@click.option("--full", is_flag=True, help="Read every file again; this also mends a broken index.")
@click.option("--allow-private", is_flag=True, help="Fetch from machines that are not on the public internet as well.")
@click.option("--watch", "watching", is_flag=True, help="Go on, and follow every change until you press Ctrl-C.")
@click.option("--lexical", is_flag=True, envvar="CITEGUIDE_LEXICAL", help="Find by words alone, not by meaning.")
@click.option(
    "--model",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Find by meaning with the model and vocabulary in this folder.",
)
@click.option("--engine", type=click.Choice(sorted(ENGINES)), help="The full-text engine from now on.")
@click.option("--ocr/--no-ocr", default=None, help="Read scanned pages and pictures of text as well, from now on.")
@json_option
@pass_settings
def index(
    settings: Settings,
    named: Named,
    forget: Named,
    full: bool,
    allow_private: bool,
    watching: bool,
    lexical: bool,
    model: Path | None,
    engine: str | None,
    ocr: bool | None,
    as_json: bool,
) -> int:
    """Bring the index up to date with files, folders and pages of the web, and remember them.

    Without PATH, everything remembered is looked at again. Only what changed is read. A file that cannot be read is
    named on standard error, and the rest is indexed.

    An ADDRESS is one of http:// or https://. Its page alone is fetched, and saved with the address and the time; it may
    have 20 MB and take 30 seconds. Where a page cannot be fetched again, the saved one stays.

    Where the semantic extra is installed, new passages are also read for their meaning, so that a question finds what
    says the same in other words; --lexical leaves that out.

    With --engine tantivy, an extra, questions to very many guides are answered sooner, and the answers are the same;
    where the index had another engine, every file is read again.

    With --ocr, an extra, pages of PDF files that are pictures, and files that are (PNG, JPEG, TIFF), are read by
    Tesseract; quotes of them say so. Where the index was made otherwise, every file is read again.

    With --watch, files and folders are followed from then on; pages are not. With --json, every update is a line.

    Exit status: 0 the index is up to date, 1 there is no guide in it, 2 an error, such as a PATH that is missing or
    cannot be read.
    """
    if watching:
        watch.library()
    place = settings.place()
    if watching:
        folder = settings.folder("--watch")
    if model:
        settings.folder("--model")
    by_words = lexical or not (model or is_installed()) or not isinstance(place, Path)
    encoder = None if by_words else open_encoder(model)
    with Progress() as progress:
        terms = Terms(allow_private=allow_private)
        report = bring(
            place,
            named,
            forget=forget,
            full=full,
            terms=terms,
            progress=progress,
            encoder=encoder,
            engine=engine,
            ocr=ocr,
        )
    teller = _Teller(as_json)
    teller(report)
    status = _index_status(report, [*named, *forget], is_to_forget=bool(forget) and not named)
    return _watch(folder, teller, encoder) if watching and status == 0 else status


def _watch(folder: Path, teller: _Teller, encoder: Encoder | None) -> int:
    note("citeguide: watching; Ctrl-C ends it")
    collect_as_usual()
    with suppress(KeyboardInterrupt):
        watch.watch(folder, teller.only_news, Event(), encoder=encoder)
    return 0


class _Teller:
    """Says what came of an update, one after the other."""

    def __init__(self, as_json: bool) -> None:
        self._as_json = as_json
        self._failed: tuple[Failure, ...] = ()

    def __call__(self, report: Report) -> None:
        if report.trouble:
            note(f"citeguide: {report.trouble}")
        news = [failure for failure in report.failed if failure not in self._failed]
        for failure in news:
            if not failure.is_passed_over:
                note(f"citeguide: {failure.line()}")
        for reason in PASSED_OVER:
            if paths := [failure.path for failure in news if failure.reason == reason]:
                note(f"citeguide: {reason}: {_named(paths)}")
        self._failed = report.failed
        if self._as_json:
            write_json(_report_to_json(report))
        elif report.added or report.changed or report.removed or report.unchanged:
            write("\n".join([_summary(report), *change_lines(report.editions)]))

    def only_news(self, report: Report | CiteguideError) -> None:
        """Stay silent on an update that found nothing new."""
        if isinstance(report, CiteguideError):
            note(f"citeguide: {report.line()}")
        elif report.added or report.changed or report.removed or report.trouble or report.failed != self._failed:
            self(report)


def _named(paths: Sequence[str]) -> str:
    """The paths on one line; beyond what anybody reads, how many more."""
    more = f" and {len(paths) - MOST_NAMED:,} more ('citeguide check' names each)" if len(paths) > MOST_NAMED else ""
    return ", ".join(paths[:MOST_NAMED]) + more


def _report_to_json(report: Report) -> Json:
    failed = [{"path": f.path, "reason": f.reason, "remedy": f.remedy} for f in report.failed]
    pages = [page._asdict() for page in report.pages]
    return report._asdict() | {"failed": failed, "pages": pages, "editions": editions_to_json(report.editions)}


def _index_status(report: Report, named: Named, *, is_to_forget: bool) -> int:
    """2 where what was named on the command line failed, or where everything did; what is forgotten leaves no guide."""
    paths = [each for each in named if isinstance(each, Path)]
    asked = {str(each) for path in paths for each in (path.absolute(), path.resolve())} | {str(each) for each in named}
    if any(failure.path in asked for failure in report.failed):
        return 2
    if report.added or report.changed or report.unchanged or is_to_forget:
        return 0
    return 2 if any(not failure.is_passed_over for failure in report.failed) else 1


def _summary(report: Report) -> str:
    """ "3 added, 1 changed, 12 unchanged; the index holds 240 passages and 2 tables"."""
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
    anew = f"; {counted(report.embedded, 'passage')} read for meaning" if report.embedded else ""
    return f"{', '.join(done)}; the index holds {passages} and {tables}{anew}"


def index_shipped(folder: Path) -> None:
    """Make a first index of the guides that citeguide comes with, and say so on standard error."""
    report = update(folder, [SHIPPED])
    note(
        f"citeguide: there was no index yet, so the {len(report.added)} guides that come with citeguide were indexed "
        f"into {folder}; 'citeguide index PATH' adds yours"
    )
