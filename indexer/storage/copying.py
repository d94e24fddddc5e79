"""An index in another folder, or for another full-text engine, without the files that it was made of.

Texts, tables and vectors are copied as they are; the engine's part is made anew from the stored texts. Numbers,
citations and answers stay the same.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from contextlib import closing
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from ...search.errors import UsageError
from ...search.model import Document
from ...search.store import engines
from ...search.store.cluster.address import ClusterAddress
from ...search.store.generation import CATALOG, PAGES_FOLDER, VECTORS, check_files, read_manifest
from ...search.store.location import Place
from ...search.store.open import Index, open_index
from ..readers import format_of
from .catalog_writer import CatalogWriter
from .drafts import GenerationDraft, Generations, chosen_engine, generations_of
from .generations import Generation

Progress = Callable[[int, int, str], None]


def copy_index(source: Place, target: Place, *, engine: str | None = None, progress: Progress) -> Generation:
    """Make a new index of the generation in force in another one; ``engine`` is by default the same.

    ``progress`` is told how many guides are done, of how many, and the next one's path. Raises UsageError where
    ``target`` holds anything or the engine is not installed, and as ``open_index`` and ``writing`` do.
    """
    with open_index(source.absolute()) as held, TemporaryDirectory(prefix="citeguide-") as work:
        place = generations_of(target.absolute())
        known = held.engine.name if held.engine.name in engines.ENGINES else engines.DEFAULT_ENGINE
        name = chosen_engine(engine, place, known)
        original = _original(source.absolute(), held, Path(work))
        if (original.folder / VECTORS).exists() and not isinstance(target, Path):
            raise UsageError("an index that finds by meaning lies in a folder only", "index anew with --lexical")
        _must_be_unused(place, target)
        with place.writing():
            _must_be_unused(place, target)
            place.carry_key(held.seal_key)
            with place.draft(None, name) as draft:
                for file in (CATALOG, VECTORS):
                    if (original.folder / file).exists():
                        shutil.copyfile(original.folder / file, draft.folder / file)
                pages, to = (_pages(index) for index in (source, target))
                _write(held.catalog.documents(), draft, (pages, to) if pages and to else None, progress)
                sources = [s._replace(path=to or s.path) if s.path == pages else s for s in original.manifest.sources]
                return draft.publish(sources, ocr=original.manifest.ocr)


def _original(source: Place, held: Index, work: Path) -> Generation:
    """The files of what is copied, every byte as it was written; of what is on a cluster the catalog alone."""
    if isinstance(source, ClusterAddress):
        found: Generation = import_module(".cluster_generations", __package__).fetched(source, work)
        return found
    manifest = read_manifest(held.folder, held.pointer.manifest_sha256)
    check_files(held.folder, manifest, limit=None)
    return Generation(held.folder, manifest)


def _pages(index: Place) -> str | None:
    """The folder of an index's pages, where it can have any."""
    return os.path.realpath(index / PAGES_FOLDER) if isinstance(index, Path) else None


def _must_be_unused(place: Generations, target: Place) -> None:
    if not place.is_unused():
        raise UsageError(f"{target} is not empty", "name a new one")


def _write(
    documents: Sequence[Document], draft: GenerationDraft, moved: tuple[str, str] | None, progress: Progress
) -> None:
    """The engine's part; the catalog learns where the folder of its pages lies now."""
    with closing(CatalogWriter(draft.folder / CATALOG, fresh=False)) as catalog:
        for number, document in enumerate(documents):
            progress(number, len(documents), document.path)
            form = format_of(document.path)
            in_parts = form is not None and form.is_in_parts(document.size)
            for entry in catalog.stored_entries(document.id, document.title, in_parts=in_parts):
                draft.engine.add(entry.passage, document.id, entry.stems, entry.field)
        if moved:
            catalog.move(*moved)
        catalog.commit()
        draft.engine.commit()
