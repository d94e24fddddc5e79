"""A short run of the benchmark that holds generated table questions against an independent oracle."""

from __future__ import annotations

import pytest
import tables_oracle


@pytest.mark.usefixtures("shared")
def test_generated_questions_equal_the_oracle_and_odd_ones_are_never_answered_wrong(
    capsys: pytest.CaptureFixture[str],
) -> None:
    faults = tables_oracle.run(questions=300, seed=7, show=20, odd_questions=60)
    assert faults == 0, capsys.readouterr().out
