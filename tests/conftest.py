"""Fixtures for every test: where the shared test data lies, and what its absence means."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of test data beside the project; skipped without it, an error under CI."""
    folder = ROOT.parent / "shared"
    if folder.is_dir():
        return folder
    if os.environ.get("CI") == "true":
        pytest.fail("the shared test data is missing, and CI must have it")
    pytest.skip("the shared test data (../shared) is not here")
