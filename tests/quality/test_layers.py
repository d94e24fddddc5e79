"""The measure of what each part brings: a part is left silent by a value, and its lines are counted."""

from __future__ import annotations

from importlib import import_module

import pytest
from citeguide.search.params import PARAMS

layers = import_module("layers")


@pytest.mark.parametrize("name", layers.PARTS)
def test_each_part_is_left_silent_by_a_value_of_the_parameters(name: str) -> None:
    """Else the same would be measured twice; and its modules are there to be counted."""
    part = layers.PARTS[name]
    assert part.silent(PARAMS) != PARAMS
    assert bool(layers.lines_of(part)) == bool(part.modules)


def test_the_sets_are_told_apart_by_whose_questions_they_are() -> None:
    """What the project wrote says nothing about strangers."""
    groups = {name: layers.group_of(name) for name in ("lists-own", "strangers-notify", "xquad", "sheets")}
    assert groups == {"lists-own": "own", "strangers-notify": "lay", "xquad": "public", "sheets": "sheets"}


def test_every_line_is_counted_in_one_folder() -> None:
    """The lines of the folders add up to those of search/, and the largest folders are told by what lies in them."""
    lines = dict(layers.lines_by_folder())
    files = (layers.gate.ROOT / "search").rglob("*.py")
    assert sum(lines.values()) == sum(len(file.read_text("utf-8").splitlines()) for file in files)
    assert {"tables/parse", "store/cluster", "conflicts"} <= lines.keys()
