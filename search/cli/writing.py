"""How a command writes: results to standard output, what should be known beside them to standard error."""

from __future__ import annotations

import json
import os
import sys
from typing import TextIO

from ..output.terminal import HARMFUL, clean, is_unicode, size
from ..text.regex import compiled


def write(text: str, *, colour: bool = False) -> None:
    """One result to standard output, with a line break; more than a screen of it, to be read, through a pager."""
    if sys.stdout.isatty() and sys.stdin.isatty() and text.count("\n") >= size().lines:
        import click  # only long text pays for this import

        os.environ.setdefault("LESS", "FRX")  # ends by itself where all fits, and shows colours
        click.echo_via_pager(text + "\n", color=colour)
        return
    _put(text if colour else _plain(text), sys.stdout)


def write_json(data: object, *, indent: int | None = None) -> None:
    """One JSON value to standard output; ASCII only where the output's encoding is not Unicode.

    What could steer a terminal is written as an escape, which says the same.
    """
    text = json.dumps(data, ensure_ascii=not is_unicode(sys.stdout), indent=indent, allow_nan=False)
    text = HARMFUL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    _put(text, sys.stdout)


def counted(number: int, what: str) -> str:
    """``1 table``, ``1,200 tables``."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def note(text: str) -> None:
    """One line to standard error: what the reader should know beside the result."""
    _put(" ".join(clean(text).split()), sys.stderr)


def _plain(text: str) -> str:
    """The text without escapes that colour it."""
    return compiled(r"\x1b\[[0-?]*[ -/]*[@-~]").sub("", text) if "\x1b" in text else text


def _put(text: str, stream: TextIO) -> None:
    """A line, out of our hands at once."""
    stream.write(text + "\n")
    stream.flush()
