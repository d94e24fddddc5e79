"""Full-text engines, found by name: for each a module that reads and one that writes."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import cast

from ...errors import IndexBrokenError, UsageError
from .base import ReaderModule, WriterModule
from .bm25 import Ranker

ENGINES = {"whoosh": ("whoosh", "whoosh_writer"), "tantivy": ("tantivy", "tantivy_writer")}
"""Each engine's name, with the modules of this folder that read and write its files; only what is used is imported."""
EXTRAS = {"tantivy": "tantivy"}
"""Engines that are an extra, with the library that each needs."""

DEFAULT_ENGINE = "whoosh"


def opened(name: str, folder: Path) -> Ranker:
    """A generation's engine, ready to rank. Raises IndexBrokenError where its files are damaged, or foreign."""
    return Ranker(reader(name).open_reader(folder))


def reader(name: str) -> ReaderModule:
    """The read side of an engine. Raises IndexBrokenError for an unknown name, UsageError where it is not installed."""
    return cast(ReaderModule, import_module(f".{_modules(name)[0]}", __name__))


def writer(name: str) -> WriterModule:
    """The write side of an engine; raises the same."""
    return cast(WriterModule, import_module(f".{_modules(name)[1]}", __name__))


def _modules(name: str) -> tuple[str, str]:
    if name not in ENGINES:
        raise IndexBrokenError(f"this citeguide has no engine '{name}'", "run 'citeguide index --full'")
    if name in EXTRAS and find_spec(EXTRAS[name]) is None:
        raise UsageError(f"the engine {name} is not installed", f"pip install 'citeguide[{name}]'")
    return ENGINES[name]
