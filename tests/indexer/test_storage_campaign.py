"""The attacks of ``bench/storage_campaign.py`` in short: nothing acknowledged is lost, no damage goes unseen."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from storage_campaign import Bed, cuts, damages, errors, kills
from syscalls import can_trace, run

Attack = Callable[[Bed, int, random.Random], Counter[str]]
traced = pytest.mark.skipif(not can_trace(), reason="calls are traced on Linux and x86-64 only")


@pytest.mark.parametrize(
    ("attack", "count", "seen"),
    [
        pytest.param(kills, 16, {"old", "mended"}, marks=traced),
        pytest.param(errors, 16, {"old", "mended", "error of ours"}, marks=traced),
        (cuts, 60, {"old", "new", "mended", "ordered", "strictly reordered"}),
        (damages, 40, {"found"}),
    ],
)
def test_nothing_is_lost_and_no_damage_goes_unseen(tmp_path: Path, attack: Attack, count: int, seen: set[str]) -> None:
    """Whatever happens, the index answers the old or the new, or says that it is broken, and the next update mends."""
    found = attack(Bed(tmp_path), count, random.Random(count))  # noqa: S311 - places to attack, no secrets
    assert [what for what in found if what.startswith(("LOST", "UNDETECTED"))] == []
    assert seen <= set(found)


@traced
def test_the_tracer_kills_and_refuses_at_the_call_that_is_named(tmp_path: Path) -> None:
    """Otherwise the attacks above would prove nothing."""

    def write() -> None:
        for name in "abc":
            (tmp_path / name).mkdir()

    assert run(write, 0, "count") == (3, 0)
    for name in "abc":
        (tmp_path / name).rmdir()
    assert run(write, 2, "kill")[1] == -9
    assert [name.name for name in sorted(tmp_path.iterdir())] == ["a"]
    (tmp_path / "a").rmdir()
    assert run(write, 2, "once", 28)[1] == 2
    assert [name.name for name in sorted(tmp_path.iterdir())] == ["a"]
