"""Fixtures for every test: where the shared test data lies, what its absence means, and that Ctrl-C is heard."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
os.environ["CITEGUIDE_LEXICAL"] = "1"  # commands under test index by words alone, unless a test says otherwise

settings.register_profile("fixed", derandomize=True, database=None, deadline=None)
settings.register_profile("random", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))
"""Tests with arbitrary input try the same in every run, whatever the clock says; ``make explore`` tries others."""


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of test data beside the project; skipped without it, an error under CI."""
    folder = ROOT.parent / "shared"
    if folder.is_dir():
        return folder
    if os.environ.get("CI") == "true":
        pytest.fail("the shared test data is missing, and CI must have it")
    pytest.skip("the shared test data (../shared) is not here")


@pytest.fixture(scope="session", autouse=True)
def interrupts() -> None:
    """A shell starts what runs in the background with Ctrl-C ignored, and the programs under test would inherit it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
