"""The tables of a catalog file, in SQL: what ``indexer/storage/catalog_writer.py`` writes and ``catalog.py`` reads."""

from __future__ import annotations

from pathlib import Path


def schema() -> str:
    """The statements that make an empty catalog."""
    return Path(__file__).with_suffix(".sql").read_text("utf-8")
