"""Guides that a test writes: their index, made in this process, opened for questions or served as pages.

Reading files in a process of their own is for guides that nobody trusts, and costs thirty times as much as indexing a
few lines: only tests of that process go through it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from citeguide.indexer import update as indexing
from citeguide.indexer.parse import parse_guide
from citeguide.search.store.open import Index, open_index
from citeguide.web.app import create_app
from flask.testing import FlaskClient

update = partial(indexing.update, parse=parse_guide)
"""Brings an index up to date, reading the files in this process."""


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
