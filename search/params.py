"""Numbers that steer the pipeline, as frozen values that are passed on and never patched."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class PipelineParams(NamedTuple):
    """How the findings of several answerers are held against each other."""

    prior: Mapping[str, float] = MappingProxyType(
        {"tables": 0.9, "tables refuse": 0.9, "lists": 0.86, "conflicts": 0.86, "reader": 0.5, "reader refuse": 0.0}
    )
    """The confidence of an answerer's finding that brings none of its own: the share of its answers that are right on
    questions that nobody here wrote, as ``bench/answerers.py`` measures it."""
    sure: float = 0.85
    """From this confidence on no further answerer is asked."""


PIPELINE = PipelineParams()
