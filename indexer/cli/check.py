"""``citeguide check``: what the reader dropped, repaired or doubts in each guide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby

import click

from ...search.cli.base import Command, examples, json_option, pass_settings
from ...search.cli.settings import Settings
from ...search.cli.writing import counted, note, write, write_json
from ...search.model import Doubt
from ...search.output.answer_json import Json
from ...search.output.terminal import clean
from ...search.store.open import verify_files
from ..diagnostics.review import Reviewed, review
from ..report import PASSED_OVER
from ..sandbox.guarded import Reader

NOTE_LABELS = {"dropped": "dropped", "doubt": "in doubt", "repaired": "repaired", "skipped": "skipped"}
PIECE_SHOWN = 60
"""Characters of a piece that are shown."""


@click.command(
    cls=Command,
    epilog=examples(
        "citeguide check",
        "citeguide check --strict --older-than 3     for continuous integration",
        "citeguide check --json | jq '.skipped'",
        "citeguide index guides/ && citeguide check > doubts.txt",
    ),
)
@json_option
@click.option(
    "--older-than",
    type=click.IntRange(0, 1_000),
    metavar="YEARS",
    help="Guides and tables of an earlier year are in doubt.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 as well where anything had to be repaired.")
@pass_settings
def check(settings: Settings, as_json: bool, older_than: int | None, strict: bool) -> int:
    """List the guides, and in each what the reader dropped, repaired or doubts, with its lines.

    In doubt are also cells of tables that look wrong, and guides of nearly the same text. Every byte of the index is
    held against its checksum as well. On standard error it says what keeps a hostile file from doing harm on this
    machine while it is read.

    Exit status: 0 nothing is in doubt (what was dropped or repaired is listed all the same), 1 something is in doubt or
    a file was skipped (one of a format that is not read does not count), 2 an error, such as a broken index.
    """
    verify_files(settings.place())
    with settings.open() as opened:
        found = review(opened.catalog, today=datetime.now(UTC).date(), older_than=older_than)
        skipped = opened.catalog.skipped()
    with Reader() as reader:
        protection = reader.protection()
    if as_json:
        skips = [each._asdict() for each in skipped]
        write_json({"documents": [_checked(each) for each in found], "skipped": skips, "kept_from": protection.deeds()})
    else:
        note(protection.sentence())
        for each in found:
            write("\n".join(_doubt_lines(each)))
        for file in skipped:
            how = "not read" if file.reason in PASSED_OVER else "skipped"
            write(clean(f"{file.path}: {how}: {file.reason}; {file.remedy}"))
    failing = {"doubt", "skipped", "repaired"} if strict else {"doubt", "skipped"}
    failed = any(file.reason not in PASSED_OVER for file in skipped)
    return int(failed or any(finding.kind in failing for each in found for finding in each.findings))


def _checked(found: Reviewed) -> Json:
    document = found.document
    pieces = zip(found.findings, found.pieces, strict=True)
    return {
        "path": document.path,
        "root": document.root,
        "title": document.title,
        "format": document.format,
        "date": document.date,
        "sha256": document.sha256,
        "findings": [finding._asdict() | {"text": piece} for finding, piece in pieces],
    }


def _doubt_lines(found: Reviewed) -> Iterator[str]:
    """The document with its counts, then its findings: neighbours of one kind and reason share a line."""
    counts = Counter(finding.kind for finding in found.findings)
    summary = ", ".join(f"{number:,} {NOTE_LABELS[kind]}" for kind, number in counts.items())
    yield clean(f"{found.document.path}: {summary or 'nothing in doubt'}")
    pieces = zip(found.findings, found.pieces, strict=True)
    for (kind, reason), alike in groupby(pieces, key=lambda each: (each[0].kind, each[0].reason)):
        yield _finding_line(NOTE_LABELS[kind], reason, list(alike))


def _finding_line(label: str, reason: str, alike: Sequence[tuple[Doubt, str]]) -> str:
    """``lines 4-9  dropped  page footer: how the first of them begins``."""
    first, last = alike[0][0].lines[0], alike[-1][0].lines[1]
    where = f"line {first}" if first == last else f"lines {first}-{last}"
    piece = " ".join(clean(alike[0][1][: 2 * PIECE_SHOWN]).split())
    shown = f": {piece[:PIECE_SHOWN]}" + ("…" if len(piece) > PIECE_SHOWN else "") if piece else ""
    more = f" (and {counted(len(alike) - 1, 'more piece')})" if len(alike) > 1 else ""
    return f"  {where:<14} {label:<9} {clean(reason)}{shown}{more}"
