"""Writes docs/cli.md and the man page from the program's own ``--help``: ``python docs/cli_reference.py``.

``tests/cli/test_cli_reference.py`` holds both against it.
"""

from __future__ import annotations

from pathlib import Path

import click
from citeguide.search.cli.program import COMMANDS, group

PAGE = Path(__file__).with_name("cli.md")
MANUAL = Path(__file__).with_name("citeguide.1")
WIDTH = 90

HEAD = """\
# The command line

Written by `python docs/cli_reference.py` from each command's `--help`; change it there.

Standard output carries the result alone; progress, notes and errors go to standard error. Every command ends with

| status | when |
|---|---|
| 0 | something was found, everything is in order |
| 1 | nothing was found, something is not in order |
| 2 | an error: one line says what is wrong and what to do |
| 130 | interrupted |

`--index` and `--debug` may stand before or after a command's name. The index is `--index DIR`, else `CITEGUIDE_INDEX`,
else the folder `citeguide` in your data folder (`~/.local/share`, `~/Library/Application Support`, `%LOCALAPPDATA%`).
Colours appear on a terminal only, and not where `NO_COLOR` is set.

## Completion in your shell

| shell | put this in | the line |
|---|---|---|
| bash | `~/.bashrc` | `eval "$(_CITEGUIDE_COMPLETE=bash_source citeguide)"` |
| zsh | `~/.zshrc` | `eval "$(_CITEGUIDE_COMPLETE=zsh_source citeguide)"` |
| fish | `~/.config/fish/completions/citeguide.fish` | `_CITEGUIDE_COMPLETE=fish_source citeguide \\| source` |
"""


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, _section("citeguide", group), *(_of(name) for name in COMMANDS)])


def _of(name: str) -> str:
    command = group.get_command(click.Context(group), name)
    if command is None:
        raise LookupError(name)
    return _section(f"citeguide {name}", command)


def _section(path: str, command: click.Command) -> str:
    return f"## {path}\n\n```text\n{_help(path, command)}\n```\n"


def _help(path: str, command: click.Command) -> str:
    return command.get_help(click.Context(command, info_name=path, terminal_width=WIDTH, **command.context_settings))


def manual() -> str:
    """The same as a man page: ``man docs/citeguide.1``."""
    parts = [
        '.TH CITEGUIDE 1 "" "citeguide" "User Commands"',
        ".SH NAME",
        r"citeguide \- ask your own guides in plain words",
        ".SH SYNOPSIS",
        ".B citeguide",
        r"[\-\-index DIR] COMMAND [ARGUMENT]...",
        ".SH DESCRIPTION",
        _roff(_help("citeguide", group)),
    ]
    for name in COMMANDS:
        command = group.get_command(click.Context(group), name)
        parts += [f'.SH "CITEGUIDE {name.upper()}"', _roff(_help(f"citeguide {name}", command or group))]
    parts += [".SH EXIT STATUS", _roff("0 found, 1 nothing found, 2 an error, 130 interrupted; see each command.")]
    return "\n".join(parts) + "\n"


def _roff(text: str) -> str:
    """Lines as they stand: blanks kept, nothing taken for a request."""
    lines = (line.replace("\\", r"\e").replace("-", r"\-") for line in text.splitlines())
    return "\n".join([".nf", *(rf"\&{line}" if line[:1] in (".", "'") else line for line in lines), ".fi"])


if __name__ == "__main__":
    MANUAL.write_text(manual(), encoding="utf-8", newline="\n")
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
