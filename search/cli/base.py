"""What every command shares: the options that all of them take, and help that teaches by examples."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from ..store.cluster.address import is_address, parse
from .settings import Settings


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
