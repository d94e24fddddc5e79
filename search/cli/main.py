"""The program ``citeguide``: one table of commands, of which only the one that runs is imported, and one place where
every error becomes a line and an exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any

import click

from ..errors import CiteguideError
from . import streams
from .base import HELP, Settings, common_options, note
from .garbage import collect_seldom, forget


def _commands() -> Iterator[tuple[str, tuple[str, str]]]:
    """What ``commands.txt`` says: a line a command."""
    for line in Path(__file__).with_name("commands.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            name, target, about = line.split(maxsplit=2)
            yield name, (target, about)


COMMANDS = dict(_commands())
"""Name to ``module:command`` and the line that ``citeguide --help`` shows for it."""

FILL = "citeguide.indexer.cli.index:index_shipped"
"""What makes the first index; named here as the commands are, for what reads an index never imports what writes one."""

COMPLETION_VARIABLE = "_CITEGUIDE_COMPLETE"


class LazyGroup(click.Group):
    """A group that knows its commands' names and short helps from the table, and imports one when it is to run."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - Click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - Click's signature
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = _load(COMMANDS[cmd_name][0])
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


def main() -> None:
    """The entry point: runs the command line of this process and ends it with the contract's exit status."""
    collect_seldom()
    settings = Settings(fill=lambda folder: _load(FILL)(folder))
    sys.excepthook = _last_resort(settings)
    streams.prepare()
    status = run(sys.argv[1:], settings)
    streams.let_go()
    forget()
    sys.exit(status)


def run(arguments: Sequence[str], settings: Settings) -> int:
    """Run one command line. Gives its exit status: 0 found, 1 nothing found, 2 an error, 130 interrupted."""
    try:
        status = _invoke(arguments, settings)
        sys.stdout.flush()
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return 0
    except click.ClickException as error:
        return _complain(_usage_line(error), 2)
    except (KeyboardInterrupt, click.Abort):
        return 130
    except BrokenPipeError:
        return 0
    except (CiteguideError, OSError) as error:
        if settings.debug:
            raise
        return _complain(_line(error), getattr(error, "exit_code", 2))
    return status


def _invoke(arguments: Sequence[str], settings: Settings) -> int:
    if instruction := os.environ.get(COMPLETION_VARIABLE):
        from click.shell_completion import shell_complete  # only completion pays for this import

        return shell_complete(group, {}, "citeguide", COMPLETION_VARIABLE, instruction)
    with group.make_context("citeguide", list(arguments), obj=settings) as context:
        status: int | None = group.invoke(context)
        return status or 0


def _load(target: str) -> Any:
    """What ``module:name`` names."""
    module, _, name = target.partition(":")
    return getattr(import_module(module), name)


def _usage_line(error: click.ClickException) -> str:
    """Click's message, and where to read on."""
    context = getattr(error, "ctx", None)
    program = context.command_path if context else "citeguide"
    return f"{error.format_message().rstrip('.')}; see '{program} --help'"


def _line(error: CiteguideError | OSError) -> str:
    if isinstance(error, CiteguideError):
        return error.line()
    return f"{error.filename}: {error.strerror}" if error.filename else error.strerror or str(error)


def _complain(line: str, status: int) -> int:
    note(f"citeguide: {line}")
    return status


def _last_resort(settings: Settings) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """What Python calls for an error that nobody expected: a line and status 2 here too, the traceback with --debug."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if settings.debug:
            sys.__excepthook__(kind, error, trace)
        else:
            _complain(f"internal error: {kind.__name__}: {error}; please report it with what '--debug' shows", 2)
        sys.exit(getattr(error, "exit_code", 2))

    return hook
