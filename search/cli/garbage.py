"""How often a process looks for objects that only hold each other: seldom where it is short, often where it goes on."""

from __future__ import annotations

import gc

COLLECTED_AFTER = 50_000
"""A short process makes many objects and little garbage: looking for it would be 4 % of its time."""
_USUAL = gc.get_threshold()


def collect_seldom() -> None:
    """For a process that soon ends."""
    gc.set_threshold(COLLECTED_AFTER)


def forget() -> None:
    """For one that ends now: Python would look for garbage thrice more, a tenth of what a short process takes."""
    gc.freeze()


def collect_as_usual() -> None:
    """For one that goes on: its garbage would wait in megabytes. What it has loaded is not looked at again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_USUAL)
