"""A short run of the benchmark that holds generated table questions against an independent oracle."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCH = Path(__file__).resolve().parent.parent / "bench" / "tables_oracle.py"


@pytest.fixture(scope="module")
def oracle() -> ModuleType:
    """The benchmark as a module."""
    spec = importlib.util.spec_from_file_location("tables_oracle", BENCH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["tables_oracle"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.usefixtures("shared")
def test_generated_questions_equal_the_oracle_and_odd_ones_are_never_answered_wrong(
    oracle: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    faults = oracle.run(questions=300, seed=7, show=20, odd_questions=60)
    assert faults == 0, capsys.readouterr().out
