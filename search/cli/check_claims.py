"""``citeguide check-claims``: a text that somebody else wrote, sentence by sentence against the guides."""

from __future__ import annotations

import sys
from typing import BinaryIO

import click

from ..errors import UsageError
from ..factcheck.text_check import MAX_TEXT, check_text
from ..output.checked_text import checked_to_json, render_checked
from ..output.terminal import detect
from .base import Command, examples, json_option, pass_settings
from .settings import Settings
from .writing import note, write, write_json

MAX_CLAIMS_BYTES = 4 * MAX_TEXT
"""Bytes of a file that are read: what more it has is too long anyway."""
PROGRESS_EVERY = 25
"""After so many sentences a line says how far it is."""


@click.command(
    "check-claims",
    cls=Command,
    epilog=examples(
        "citeguide check-claims draft.md",
        "citeguide check-claims --json answer.txt | jq .counts",
        "echo 'Coders must be certified in California.' | citeguide check-claims -",
    ),
)
@click.argument("file", type=click.File("rb"))
@json_option
@pass_settings
def check_claims(settings: Settings, file: BinaryIO, as_json: bool) -> int:
    """Hold every sentence of the text in FILE against the guides; - is standard input.

    A sentence is supported, with the quote that says so; contradicted, with the quote that says otherwise; or not in
    the guides. Questions, headings and greetings claim nothing and are skipped. In doubt a sentence is not in the
    guides: that no guide was found to say it does not make it wrong.

    Exit status: 0 the guides support every claim, 1 they do not, 2 an error.
    """
    text = _text(file)
    with settings.open_or_fill() as index:
        checked = check_text(text, index, told=_tell if sys.stderr.isatty() else None)
        if as_json:
            write_json(checked_to_json(checked))
        else:
            terminal = detect()
            sources = {document.path: document for document in index.catalog.documents()}
            write(render_checked(checked, terminal, sources), colour=terminal.colour)
    return 0 if checked.is_supported else 1


def _text(file: BinaryIO) -> str:
    data = file.read(MAX_CLAIMS_BYTES + 1)
    if len(data) > MAX_CLAIMS_BYTES:
        raise UsageError(f"{_name(file)} has more than {MAX_CLAIMS_BYTES:,} bytes", "check it in parts")
    if b"\0" in data:
        raise UsageError(f"{_name(file)} is no text", "give a text in UTF-8, as an editor saves it")
    return data.decode("utf-8-sig", "replace")


def _tell(done: int, total: int) -> None:
    if done % PROGRESS_EVERY == 0 and done < total:
        note(f"{done:,} of {total:,} sentences")


def _name(file: BinaryIO) -> str:
    return str(getattr(file, "name", "standard input"))
