"""The table of small mistakes fits the program, so that what it measures is what the tests notice today."""

from __future__ import annotations

from mutants import ROOT, mutants


def test_every_mistake_can_be_made() -> None:
    """What it changes stands once in its file, and the tests that should notice are there."""
    for mutant in mutants():
        assert mutant.apply(ROOT) != (ROOT / mutant.file).read_text("utf-8")
        assert all((ROOT / tests).exists() for tests in mutant.tests)
