"""A short run of the benchmark that asks a big table: read in parts or whole, its names held in memory or looked up."""

from __future__ import annotations

import csv
from pathlib import Path

import big_table
import pytest
from citeguide.indexer.update import update
from citeguide.search.store.open import open_index
from citeguide.search.tables.answer import finding


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize(("shape", "rows"), [("occupations", 7_000), ("areas", 1_500)])
def test_questions_to_a_big_table_equal_the_oracle_whether_its_names_are_held_or_looked_up(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    shape: str, rows: int,
) -> None:  # fmt: skip
    path = tmp_path / "wages.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(big_table.rows(rows, shape))
    assert update(tmp_path / "index", [path]).passages == rows
    for held in (20_000, 100):
        monkeypatch.setattr(finding, "NAMES_READ_FIRST", held)
        monkeypatch.setattr(finding, "MAX_NAMES", held)
        with open_index(tmp_path / "index") as index:
            assert big_table.answered(index, path, questions=30, show=10)[0] == 0, capsys.readouterr().out
