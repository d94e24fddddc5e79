"""``citeguide check``: what the reader dropped, repaired or doubts in each guide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

import click

from ...search.commands.base import Command, Settings, counted, examples, json_option, pass_settings, write, write_json
from ...search.index import verify_files
from ...search.jsonform import Json
from ...search.model import Document, Doubt
from ...search.terminal import clean

LABELS = {"dropped": "dropped", "doubt": "in doubt", "repaired": "repaired", "skipped": "skipped"}
SAMPLE = 60
"""Characters of a piece that are shown."""


@click.command(
    cls=Command,
    epilog=examples(
        "citeguide check",
        "citeguide check --json | jq '.skipped'",
        "citeguide index guides/ && citeguide check > doubts.txt",
    ),
)
@json_option
@pass_settings
def check(settings: Settings, as_json: bool) -> int:
    """List the guides, and in each what the reader dropped, repaired or doubts, with its lines.

    Every byte of the index is held against its checksum as well.

    Exit status: 0 nothing is in doubt (what was dropped or repaired is listed all the same), 1 a passage is in doubt or
    a file was skipped, 2 an error, such as a broken index.
    """
    verify_files(settings.folder())
    with settings.open() as opened:
        catalog = opened.catalog
        found = [(document, catalog.doubts(document.id), catalog.text(document.id)) for document in catalog.documents()]
        skipped = catalog.skipped()
    if as_json:
        documents = [_checked(document, doubts, text) for document, doubts, text in found]
        write_json({"documents": documents, "skipped": [each._asdict() for each in skipped]})
    else:
        for document, doubts, text in found:
            write("\n".join(_doubt_lines(document, doubts, text)))
        for each in skipped:
            write(clean(f"{each.path}: skipped: {each.reason}; {each.remedy}"))
    return int(bool(skipped) or any(doubt.kind in ("doubt", "skipped") for _, doubts, _ in found for doubt in doubts))


def _checked(document: Document, doubts: Sequence[Doubt], text: str) -> Json:
    return {
        "path": document.path,
        "root": document.root,
        "title": document.title,
        "format": document.format,
        "sha256": document.sha256,
        "findings": [doubt._asdict() | {"text": text[slice(*doubt.span)]} for doubt in doubts],
    }


def _doubt_lines(document: Document, doubts: Sequence[Doubt], text: str) -> Iterator[str]:
    """The document with its counts, then its findings: neighbours of one kind and reason share a line."""
    counts = Counter(doubt.kind for doubt in doubts)
    summary = ", ".join(f"{number:,} {LABELS[kind]}" for kind, number in counts.items())
    yield clean(f"{document.path}: {summary or 'nothing in doubt'}")
    for (kind, reason), alike in groupby(doubts, key=lambda doubt: (doubt.kind, doubt.reason)):
        yield _finding_line(LABELS[kind], reason, list(alike), text)


def _finding_line(label: str, reason: str, alike: Sequence[Doubt], text: str) -> str:
    """``lines 4-9  dropped  page footer: how the first of them begins``."""
    first, last = alike[0].lines[0], alike[-1].lines[1]
    where = f"line {first}" if first == last else f"lines {first}-{last}"
    piece = " ".join(clean(text[slice(*alike[0].span)][: 2 * SAMPLE]).split())
    shown = f": {piece[:SAMPLE]}" + ("…" if len(piece) > SAMPLE else "") if piece else ""
    more = f" (and {counted(len(alike) - 1, 'more piece')})" if len(alike) > 1 else ""
    return f"  {where:<14} {label:<9} {clean(reason)}{shown}{more}"
