"""The measure of what each signal brings: frozen numbers stay as they are, and a signal without use is named."""

from __future__ import annotations

from importlib import import_module

import pytest

pytest.importorskip("numpy", reason="bench/ablation.py needs numpy")

ablation = import_module("ablation")


def test_a_weight_at_zero_leaves_the_others_and_the_original_alone() -> None:
    """What is fitted is shared by every reader, so that only a copy may lack a signal."""
    fitted = {"held": 2.0, "above": 1.0}
    assert ablation.without(fitted, "held") == {"held": 0.0, "above": 1.0}
    assert fitted == {"held": 2.0, "above": 1.0}


def test_a_signal_is_named_where_others_questions_lose_nothing_without_it() -> None:
    """A gain on the project's own questions does not count; a loss on any set of others' does."""
    sizes = {"own": 9, "lay": 9, "public": 9}
    mine = ablation.Row("sentence", "mine", {"own": -4, "lay": 0, "public": 2})
    useful = ablation.Row("passage", "useful", {"own": 0, "lay": 3, "public": -1})
    said = ablation.table([mine, useful], sizes)
    assert said.splitlines()[-1] == "Without loss on others' questions: mine (sentence)."
    assert "| useful | passage | +0 | +3 | -1 |" in said
    assert ablation.table([useful], sizes).splitlines()[-1] == "None is without use to others."


def test_a_signal_that_there_is_not_cannot_be_left_out() -> None:
    """A slip in its name would measure nothing, and look like a signal without use."""
    with pytest.raises(SystemExit, match="no such signal: sentence: aktor"):
        ablation.refit([], ["sentence: aktor", "sentence: markup"])
