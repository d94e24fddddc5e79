"""The command line as Click reads it: one table of commands, of which only the one that runs is imported."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

import click

from .base import HELP, common_options
from .settings import COMPLETION_VARIABLE, Settings
from .writing import note


def _commands() -> Iterator[tuple[str, tuple[str, str]]]:
    """What ``commands.txt`` says: a line a command."""
    for line in Path(__file__).with_name("commands.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            name, target, about = line.split(maxsplit=2)
            yield name, (target, about)


COMMANDS = dict(_commands())
"""Name to ``module:command`` and the line that ``citeguide --help`` shows for it."""


class LazyGroup(click.Group):
    """A group that knows its commands' names and short helps from the table, and imports one when it is to run."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - Click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - Click's signature
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            import difflib  # only a mistake pays for this import

            near = difflib.get_close_matches(name, COMMANDS, n=1)
            hint = f" (did you mean '{near[0]}'?)" if near else ""
            raise click.UsageError(f"there is no command '{name}'{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


EPILOG = """\b
Examples:
  citeguide index guides/
  citeguide ask "What is the median hourly wage in Fresno?"
  citeguide search '"professional certification" -exam'
  citeguide COMMAND --help   more examples for each command
"""


@click.group(cls=LazyGroup, params=common_options(), epilog=EPILOG, context_settings=HELP)
@click.version_option(package_name="citeguide", message="%(prog)s %(version)s")
def group() -> None:
    """Ask your own guides in plain words.

    Answers are made only of quotes and numbers that stand in the guides, each with its exact place. Nothing that you
    ask leaves this machine.
    """


def invoke(arguments: Sequence[str], settings: Settings) -> int:
    """Run the command that a command line names. Gives its exit status, 2 where the line is not understood."""
    try:
        return _invoke(arguments, settings)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return 0
    except click.ClickException as error:
        note(f"citeguide: {_usage_line(error)}")
        return 2
    except click.Abort:
        return 130


def _invoke(arguments: Sequence[str], settings: Settings) -> int:
    if instruction := os.environ.get(COMPLETION_VARIABLE):
        from click.shell_completion import shell_complete  # only completion pays for this import

        return shell_complete(group, {}, "citeguide", COMPLETION_VARIABLE, instruction)
    with group.make_context("citeguide", list(arguments), obj=settings) as context:
        status: int | None = group.invoke(context)
        return status or 0


def _usage_line(error: click.ClickException) -> str:
    """Click's message, and where to read on."""
    context = getattr(error, "ctx", None)
    program = context.command_path if context else "citeguide"
    return f"{error.format_message().rstrip('.')}; see '{program} --help'"
