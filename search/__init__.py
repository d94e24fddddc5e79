"""Answers: from a question and an index to cited quotes and computed numbers.

``open_index`` opens what ``citeguide index`` wrote, ``ask`` answers a question from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .pipeline.answer import ask
    from .store.location import index_folder
    from .store.open import open_index

__all__ = ["ask", "index_folder", "open_index"]

_HOMES = {"ask": "pipeline.answer", "index_folder": "store.location", "open_index": "store.open"}
"""Where each public name lives; it is imported when it is first used, so that no command pays for another's imports."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
