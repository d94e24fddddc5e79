"""A short run of the benchmark that asks a big table: read in parts or whole, its names held in memory or looked up."""

from __future__ import annotations

import csv
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from citeguide.indexer.build import update
from citeguide.search.index import open_index
from citeguide.search.tables import finding

BENCH = Path(__file__).resolve().parent.parent / "bench" / "big_table.py"


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    """The benchmark as a module."""
    spec = importlib.util.spec_from_file_location("big_table", BENCH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["big_table"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize(("shape", "rows"), [("occupations", 7_000), ("areas", 1_500)])
def test_questions_to_a_big_table_equal_the_oracle_whether_its_names_are_held_or_looked_up(
    bench: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    shape: str, rows: int,
) -> None:  # fmt: skip
    path = tmp_path / "wages.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(bench.rows(rows, shape))
    assert update(tmp_path / "index", [path]).passages == rows
    for held in (20_000, 100):
        monkeypatch.setattr(finding, "AT_ONCE", held)
        monkeypatch.setattr(finding, "MAX_NAMES", held)
        with open_index(tmp_path / "index") as index:
            assert bench.answered(index, path, questions=30, show=10)[0] == 0, capsys.readouterr().out
