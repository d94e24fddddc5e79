"""The program ``citeguide``: the way into it, and the one place where every error becomes a line and an exit status.

A command line is read by Click, but for a question without options, where there is nothing to be read: a cold question
is mostly imports, and Click would be a fifth of them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from types import TracebackType

from ..errors import CiteguideError
from . import streams
from .garbage import collect_seldom, forget
from .settings import COMPLETION_VARIABLE, Settings
from .writing import note

FILL = ("citeguide.indexer.cli.index", "index_shipped")
"""What makes the first index; named here as the commands are, for what reads an index never imports what writes one."""

ASK = "ask"
"""The command that needs words alone."""


def main() -> None:
    """The entry point: runs the command line of this process and ends it with the contract's exit status."""
    collect_seldom()
    settings = Settings(fill=lambda folder: getattr(import_module(FILL[0]), FILL[1])(folder))
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
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return 0
    except (CiteguideError, OSError) as error:
        if settings.debug:
            raise
        return _complain(_line(error), getattr(error, "exit_code", 2))
    return status


def _invoke(arguments: Sequence[str], settings: Settings) -> int:
    """The status of what a command line asks for, by the module that it needs."""
    if _is_plain_question(arguments):
        answered: int = import_module(".answering", __package__).answer(settings, arguments[1:])
        return answered
    status: int = import_module(".program", __package__).invoke(arguments, settings)
    return status


def _is_plain_question(arguments: Sequence[str]) -> bool:
    """Whether these are ``ask`` and words alone, which mean the same whoever reads them."""
    words = arguments[1:]
    return (
        arguments[:1] == [ASK]
        and bool(words)
        and not any(word.startswith("-") for word in words)
        and COMPLETION_VARIABLE not in os.environ
    )


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
