"""docs/cli.md is what ``--help`` says today, for every command."""

from __future__ import annotations

import re
from pathlib import Path

import cli_reference
import click
import pytest
from citeguide.search.cli.program import COMMANDS, group

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_page_is_current() -> None:
    """Run ``python docs/cli_reference.py`` where this fails."""
    assert (DOCS / "cli.md").read_text("utf-8") == cli_reference.page()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented(name: str) -> None:
    """It has a section in the page, a help that says more than its line in the table, and examples to copy."""
    assert re.search(rf"^## citeguide {name}$", (DOCS / "cli.md").read_text("utf-8"), re.MULTILINE)
    command = group.get_command(click.Context(group), name)
    assert command is not None
    assert len(command.help or "") > 60
    assert "Exit status" in (command.help or "")
    assert f"citeguide {name}" in (command.epilog or "")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_is_for(name: str) -> None:
    """No option stands in a help without a word."""
    command = group.get_command(click.Context(group), name)
    assert command is not None
    silent = [p.name for p in command.params if isinstance(p, click.Option) and not p.help]
    assert silent == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_takes_the_common_options(name: str) -> None:
    """``--index`` and ``--debug`` may stand behind each command's name."""
    command = group.get_command(click.Context(group), name)
    assert command is not None
    assert {"index", "debug"} <= {parameter.name for parameter in command.params}
