"""What new passages mean: each is read once by the encoder, and its vectors go into the new generation's file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path
from zlib import crc32

from ..search.errors import IndexBrokenError
from ..search.model import Passage
from ..search.semantic.encoder import Encoder
from ..search.store.catalog import Catalog
from ..search.store.generation import CATALOG, VECTORS
from ..search.text.sentence_splitter import spans_of

Progress = Callable[[int, int, str], None]
STEP = 50
"""Passages after which progress is told."""


def embed(folder: Path, encoder: Encoder, progress: Progress) -> int:
    """Bring a generation's vectors up to date with its catalog; gives how many passages were read anew."""
    vector_file = import_module("..search.semantic.vector_file", __package__)
    path = folder / VECTORS
    try:
        before = vector_file.read(path) if path.exists() else None
    except IndexBrokenError:
        before = None
    known = before.checked() if before is not None and before.model.sha256 == encoder.model.sha256 else {}
    with closing(Catalog(folder / CATALOG)) as catalog:
        keys = {passage.id: _key(passage, above) for passage, above in _passages(catalog)}
        found = {key: known[key] for key in keys.values() if key in known}
        anew, number = len(keys) - len(found), 0
        for passage, above in _passages(catalog) if anew else ():
            if (key := keys[passage.id]) in found:
                continue
            if number % STEP == 0:
                progress(number, anew, "reading for meaning")
            number += 1
            vectors = encoder.passage(above, passage.text, spans_of(passage.kind, passage.text))
            found[key] = vector_file.rounded(vectors)
    vector_file.write(path, encoder.model, found)
    return anew


def _key(passage: Passage, above: str) -> tuple[int, int]:
    """What a passage's vectors go by: its number and what it says."""
    return passage.id, crc32(f"{above}\n{passage.text}".encode("utf-8", "replace"))


def _passages(catalog: Catalog) -> Iterator[tuple[Passage, str]]:
    """Every passage of prose with the headings that it is read below."""
    for document in catalog.documents():
        for passage in catalog.passages_of(document.id):
            if not passage.is_a("row"):
                yield passage, " ".join(passage.headings[-2:]) or document.title


def is_outdated(folder: Path, encoder: Encoder | None) -> bool:
    """Whether a generation lacks the vectors of an encoder, or has some where there is to be none."""
    path = folder / VECTORS
    if encoder is None or not path.exists():
        return path.exists() or encoder is not None
    made_by: str = import_module("..search.semantic.vector_file", __package__).read(path).model.sha256
    return made_by != encoder.model.sha256
