"""Command lines that a test runs in its own process."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from citeguide.search.cli.main import run
from citeguide.search.cli.settings import Settings


@dataclass(frozen=True, slots=True)
class Result:
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What standard output holds, which is nothing but JSON."""
        return json.loads(self.out)


def ended(capsys: pytest.CaptureFixture[str], *arguments: object, settings: Settings | None = None) -> Result:
    """Run a command line; what was written before it does not count."""
    capsys.readouterr()
    status = run([str(argument) for argument in arguments], settings or Settings())
    return Result(status, *capsys.readouterr())
