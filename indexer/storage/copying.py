"""An index in another folder, or for another full-text engine, without the files that it was made of.

Texts, tables and vectors are copied as they are; the engine's part is made anew from the stored texts. Numbers,
citations and answers stay the same.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from ...search.errors import UsageError
from ...search.store import engines
from ...search.store.generation import CATALOG, PAGES, VECTORS, check_files, is_unused, read_manifest
from ...search.store.open import Index, open_index
from . import generations
from .catalog_writer import CatalogWriter
from .generations import Generation
from .sealing import carry_key

Progress = Callable[[int, int, str], None]


def copy_index(source: Path, target: Path, *, engine: str | None = None, progress: Progress) -> Generation:
    """Make a new index of the generation in force in another one; ``engine`` is by default the same.

    ``progress`` is told how many guides are done, of how many, and the next one's path. Raises UsageError where
    ``target`` holds anything or the engine is not installed, and as ``open_index`` and ``writing`` do.
    """
    with open_index(source.absolute()) as held:
        name = engine or held.engine.name
        engines.writer(name)  # before anything is copied: it may not be installed
        manifest = read_manifest(held.folder, held.pointer.manifest_sha256)
        check_files(held.folder, manifest, limit=None)
        _must_be_unused(target)
        with generations.writing(target.absolute()):
            _must_be_unused(target)
            carry_key(held.seal_key, target.absolute())
            with generations.new_folder(target.absolute(), None) as folder:
                for file in (CATALOG, VECTORS):
                    if file in manifest.files:
                        shutil.copyfile(held.folder / file, folder / file)
                pages, to = (os.path.realpath(index / PAGES) for index in (source, target))
                _write(held, folder, name, (pages, to), progress)
                sources = [s._replace(path=to) if s.path == pages else s for s in manifest.sources]
                return generations.publish(folder, name, sources, None, ocr=manifest.ocr)


def _must_be_unused(target: Path) -> None:
    if not is_unused(target):
        raise UsageError(f"{target} is not empty", "name a new folder")


def _write(held: Index, folder: Path, name: str, moved: tuple[str, str], progress: Progress) -> None:
    """The engine's files; the catalog learns where the folder of its pages lies now."""
    documents = held.catalog.documents()
    with closing(CatalogWriter(folder / CATALOG, fresh=False)) as catalog:
        writer = engines.writer(name).open_writer(folder, fresh=True)
        try:
            for number, document in enumerate(documents):
                progress(number, len(documents), document.path)
                for entry in catalog.stored_entries(document.id, document.title):
                    writer.add(entry.passage, document.id, entry.stems, entry.field)
            catalog.move(*moved)
            catalog.commit()
            writer.commit()
        finally:
            writer.cancel()
