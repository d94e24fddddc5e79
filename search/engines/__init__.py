"""Full-text engines, one file each, found by name."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from ..errors import IndexBrokenError
from .base import EngineModule

MODULES = {"whoosh": "whoosh"}
"""Each engine's name and the file in this folder that holds it; only the one in use is imported."""

DEFAULT = "whoosh"


def load(name: str) -> EngineModule:
    """The engine of this name. Raises IndexBrokenError where this version of citeguide has none."""
    if name not in MODULES:
        raise IndexBrokenError(f"this citeguide has no engine '{name}'", "run 'citeguide index --full'")
    return cast(EngineModule, import_module(f".{MODULES[name]}", __name__))
