"""What every command shares: the options that all of them take, the index they open, how they write."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from ..errors import IndexMissingError, UsageError
from ..output.terminal import HARMFUL, clean, is_unicode
from ..store.cluster.address import is_address, parse
from ..store.generation import is_unused
from ..store.location import Place, index_folder
from ..store.open import Index, open_index

ANSWER_LIMIT = 60.0
"""What one question to the index may take: an index from elsewhere may be made so that reading it never ends."""


@dataclass(slots=True, eq=False, repr=False)
class Settings:
    """What was said before or after the command's name and holds for every command."""

    index: Place | None = None
    debug: bool = False
    fill: Callable[[Path], None] | None = None
    """Makes the first index, of the guides that citeguide ships with; the program says how."""

    def place(self) -> Place:
        """Where the index lies, whether it exists or not."""
        return index_folder(self.index)

    def folder(self, what: str) -> Path:
        """The same for what needs a folder. Raises UsageError where the index lies on a cluster."""
        chosen = self.place()
        if not isinstance(chosen, Path):
            raise UsageError(f"{what} needs an index in a folder", "name one with --index")
        return chosen

    def open(self, *, quiet: bool = False) -> Index:
        """The index, opened for reading. Raises IndexMissingError where there is none."""
        opened = open_index(self.place())
        if opened.trouble and not quiet:
            note(f"citeguide: {opened.trouble}; 'citeguide index' mends it")
        opened.catalog.stop_after(ANSWER_LIMIT)
        return opened

    def open_or_fill(self) -> Index:
        """The index; where there is none, and nothing in its place, one of the shipped guides is made first."""
        try:
            return self.open()
        except IndexMissingError:
            folder = self.place()
            if self.fill is None or not isinstance(folder, Path) or not is_unused(folder):
                raise
            self.fill(folder)
            return self.open()


class PlaceArgument(click.Path):
    """A folder, or the address of an index on a cluster."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        is_meant = isinstance(value, str) and is_address(value)
        return parse(value) if is_meant else super().convert(value, param, ctx)


HELP = {"help_option_names": ["-h", "--help"]}
"""What asks for help, of the program and of each command."""

pass_settings = click.make_pass_decorator(Settings, ensure=True)


class Command(click.Command):
    """A command that takes the common options, so that they may stand before or after its name.

    Its function returns the exit status: 0 something was found, 1 nothing was found.
    """

    def __init__(self, *args: Any, **attributes: Any) -> None:
        super().__init__(*args, **{"context_settings": HELP, **attributes})
        self.params.extend(common_options())


def common_options() -> list[click.Option]:
    """The options of the whole program. They are kept in Settings and not handed to the command's function."""
    return [
        click.Option(
            ["--index"],
            type=PlaceArgument(path_type=Path, file_okay=False),
            metavar="DIR|ADDRESS",
            expose_value=False,
            callback=_remember,
            help="The index's folder, or opensearch://HOST:PORT/NAME; also CITEGUIDE_INDEX. Without either: in your "
            "data folder.",
        ),
        click.Option(
            ["--debug"], is_flag=True, expose_value=False, callback=_remember, help="Show the traceback of an error."
        ),
    ]


def _remember(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    if value and parameter.name:
        setattr(context.ensure_object(Settings), parameter.name, value)


Decorator = Callable[[Callable[..., int]], Callable[..., int]]

json_option: Decorator = click.option(
    "--json", "as_json", is_flag=True, help="Write JSON, as the contract describes it."
)


def documents_option(complete: Callable[..., Any]) -> Decorator:
    """``--document GLOB``."""
    return click.option(
        "--document",
        "documents",
        multiple=True,
        metavar="GLOB",
        shell_complete=complete,
        help="Only guides whose path matches; may be repeated.",
    )


def limit_option(default: int, what: str) -> Decorator:
    """``-k N``."""
    return click.option(
        "-k", "limit", type=click.IntRange(1, 1000), default=default, metavar="N", show_default=True, help=what
    )


def examples(*lines: str) -> str:
    """What ``--help`` teaches by: commands, each on a line of its own."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def text_argument(value: str) -> str:
    """What was typed, where bytes that were no text become ``?``."""
    return value.encode("utf-8", "replace").decode("utf-8")


def write(text: str, *, colour: bool = False) -> None:
    """One result to standard output, with a line break; more than a screen of it, to be read, through a pager."""
    if sys.stdout.isatty() and sys.stdin.isatty() and text.count("\n") >= shutil.get_terminal_size().lines:
        os.environ.setdefault("LESS", "FRX")  # ends by itself where all fits, and shows colours
        click.echo_via_pager(text + "\n", color=colour)
    else:
        click.echo(text, file=sys.stdout, color=colour)


def write_json(data: object, *, indent: int | None = None) -> None:
    """One JSON value to standard output; ASCII only where the output's encoding is not Unicode.

    What could steer a terminal is written as an escape, which says the same.
    """
    text = json.dumps(data, ensure_ascii=not is_unicode(sys.stdout), indent=indent, allow_nan=False)
    text = HARMFUL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    click.echo(text, file=sys.stdout, color=True)


def counted(number: int, what: str) -> str:
    """``1 table``, ``1,200 tables``."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def note(text: str) -> None:
    """One line to standard error: what the reader should know beside the result."""
    click.echo(" ".join(clean(text).split()), file=sys.stderr)
