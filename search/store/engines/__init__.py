"""Full-text engines, found by name: for each a module that reads and one that writes."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from ...errors import IndexBrokenError
from .base import ReaderModule, WriterModule

ENGINES = {"whoosh": ("whoosh", "whoosh_writer")}
"""Each engine's name, with the modules of this folder that read and write its files; only what is used is imported."""

DEFAULT = "whoosh"


def reader(name: str) -> ReaderModule:
    """The read side of an engine. Raises IndexBrokenError where this citeguide has none of this name."""
    return cast(ReaderModule, import_module(f".{_modules(name)[0]}", __name__))


def writer(name: str) -> WriterModule:
    """The write side of an engine. Raises IndexBrokenError where this citeguide has none of this name."""
    return cast(WriterModule, import_module(f".{_modules(name)[1]}", __name__))


def _modules(name: str) -> tuple[str, str]:
    if name not in ENGINES:
        raise IndexBrokenError(f"this citeguide has no engine '{name}'", "run 'citeguide index --full'")
    return ENGINES[name]
