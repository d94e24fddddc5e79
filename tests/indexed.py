"""Guides that a test writes: their index, opened for questions or served as pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from citeguide.indexer.update import update
from citeguide.search.store.open import Index, open_index
from citeguide.web.app import create_app
from flask.testing import FlaskClient


def indexed(folder: Path, guides: Mapping[str, str]) -> Path:
    """Write guides by their names, and index them; gives the index's folder. Both lie in ``folder``."""
    (folder / "guides").mkdir(exist_ok=True)
    for name, text in guides.items():
        (folder / "guides" / name).write_text(text, "utf-8", newline="")
    update(folder / "index", [folder / "guides"])
    return folder / "index"


@contextmanager
def opened(folder: Path, guides: Mapping[str, str]) -> Iterator[Index]:
    """The index of guides that are written into a folder."""
    with open_index(indexed(folder, guides)) as index:
        yield index


@contextmanager
def served(index: Path, **options: Any) -> Iterator[FlaskClient]:
    """A client of the pages over an index; ``options`` are the application's."""
    app = create_app(index, **options)
    try:
        yield app.test_client()
    finally:
        app.extensions["citeguide"].close()
