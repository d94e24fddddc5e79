"""The main act of indexing: what changed since the last time becomes a new generation.

What a file is known to hold no longer is never served: a file that is gone, or whose present content cannot be read as
a guide, is dropped. What cannot be looked at just now (a drive that is not mounted, a missing permission) stays as it
was read last, and the report says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

from ..search.errors import IndexBrokenError, IndexMissingError, SourceError, UsageError
from ..search.semantic.encoder import Encoder
from ..search.store import engines
from ..search.store.engines.base import EngineWriter
from ..search.store.generation import CATALOG, VECTORS, Source
from ..search.store.location import Place
from .diff.changes import editions
from .document import Parse, ParsedGuide, Part
from .embed import embed, is_outdated
from .files.sources import GuideFile
from .plan import Plan, plan, settled
from .readers.ocr import language_data
from .report import Failure, Report
from .sandbox.guarded import Keep, Reader, ReadFile, in_process
from .storage.catalog_writer import CatalogWriter, check
from .storage.contents import Contents, Facts, Known, contents
from .storage.drafts import Generations, chosen_engine, generations_of
from .storage.generations import Generation
from .web_pages import page_store as pages

__all__ = ["Failure", "Report", "update"]

Progress = Callable[[int, int, str], None]


def _quiet(_done: int, _total: int, _path: str) -> None:
    pass


def update(
    index_folder: Place,
    paths: Sequence[Path] = (),
    *,
    forget: Sequence[Path] = (),
    full: bool = False,
    parse: Parse | None = None,
    progress: Progress = _quiet,
    encoder: Encoder | None = None,
    engine: str | None = None,
    ocr: bool | None = None,
) -> Report:
    """Bring an index up to date with files and folders, and remember them; without any, with everything remembered.

    ``forget`` takes remembered ones out; ``full`` reads every file again and replaces a broken index. ``progress`` is
    told how many files are read, of how many, and the next one's path. Files are read in a process of their own, with
    limits (``guarded``); with ``parse``, which makes a guide of bytes and a file name, they are read in this one.
    With an ``encoder`` new passages are embedded as well; without one the next generation has no vectors. ``engine`` is
    the full-text engine, by default that of the index; where it is another one, everything is read again. So it is with
    ``ocr``, whether pictures of text are read as well.

    A file or folder that fails is reported and the rest is indexed. Raises UsageError where there is nothing to do,
    IndexBusyError while another process writes, IndexBrokenError for a broken index without ``full``, and StorageError
    where the index cannot be written: then the old generation is in force as before.
    """
    index = index_folder.absolute()
    place = generations_of(index)
    with place.writing():
        base = _base(place, full)
        before = contents(base.folder / CATALOG) if base else Contents()
        remembered = base.manifest.sources if base else place.remembered()
        trouble = base.trouble if base else _loss(place, remembered)
        engine = chosen_engine(engine, place, base.manifest.engine if base else engines.DEFAULT_ENGINE)
        was_ocr = base is not None and base.manifest.ocr
        ocr = was_ocr if ocr is None else ocr
        if ocr:
            language_data()
        if base is not None and base.manifest.engine != engine:
            base, before = None, Contents()
        if not (remembered or paths):
            raise UsageError(trouble or "nothing is remembered yet", "name files or folders: citeguide index PATH")
        reread = full or (base is not None and (base.manifest.version, was_ocr) != (version("citeguide"), ocr))
        todo = plan(
            remembered, before, paths, forget, index=index if isinstance(index, Path) else None, reread=reread, ocr=ocr
        )
        with Reader(ocr=ocr) as reader:
            work = _Work(in_process(parse) if parse else reader, progress)
            same = base is not None and not is_outdated(base.folder, encoder)
            if base is not None and same and was_ocr == ocr and not todo.changes(base.manifest.sources, before):
                report = _report(todo, work, base.manifest.generation, (before.passages, before.tables))
                return report._replace(trouble=trouble)
            if todo.to_read and not parse:
                reader.start()  # it gets ready while the index is opened
            made_by = (engine, ocr)
            return _write((index, place), base, todo, work, encoder, made_by)._replace(trouble=trouble)


def _base(place: Generations, full: bool) -> Generation | None:
    try:
        return place.current()
    except IndexMissingError:
        return None
    except IndexBrokenError:
        if full:
            return None
        raise


def _loss(place: Generations, remembered: Sequence[Source]) -> str:
    """What is to be said of an index that is built anew though it is not the first."""
    return "" if remembered or not place.has_any() else "what the index remembered can no longer be read"


def _write(
    where: tuple[Place, Generations],
    base: Generation | None,
    todo: Plan,
    work: _Work,
    encoder: Encoder | None,
    made_by: tuple[str, bool],
) -> Report:
    """Make the next generation and put it in force, unless it would be the first and hold nothing."""
    fresh, (name, ocr), (index, place) = base is None, made_by, where
    with (
        place.draft(base, name) as draft,
        closing(CatalogWriter(draft.folder / CATALOG, fresh=fresh)) as catalog,
    ):
        work.run(todo, catalog, draft.engine)
        catalog.locate(pages.origins(index) if isinstance(index, Path) else ())
        counts = catalog.counts()
        if fresh and not work.added:
            return _report(todo, work, 0, counts)
        catalog.commit()
        draft.engine.commit()
        work.embed(draft.folder, encoder)
        made = draft.publish(todo.sources, ocr=ocr)
    found = editions(base.folder / CATALOG, made.folder / CATALOG, work.editions) if base and work.editions else ()
    return _report(todo, work, made.manifest.generation, counts)._replace(editions=found)


class _Work:
    """Carries a plan out, and keeps what came of it."""

    def __init__(self, read: ReadFile, progress: Progress) -> None:
        self._read = read
        self._progress = progress
        self.added: list[str] = []
        self.changed: list[str] = []
        self.editions: set[int] = set()
        """The documents that were changed."""
        self.unchanged: list[str] = []
        self.failed: list[Failure] = []
        self.embedded = 0

    def embed(self, folder: Path, encoder: Encoder | None) -> None:
        """Bring the vectors up to date; without an encoder there are none."""
        if encoder is None:
            (folder / VECTORS).unlink(missing_ok=True)
        else:
            self.embedded = embed(folder, encoder, self._progress)

    def run(self, todo: Plan, catalog: CatalogWriter, engine: EngineWriter) -> None:
        """Remove what is gone, then read file by file."""
        for known in todo.gone:
            catalog.remove(known.document)
            engine.remove(known.document)
        for known, mtime_ns in todo.touched:
            catalog.touch(known.document, mtime_ns)
        for number, (guide, before) in enumerate(todo.to_read):
            self._progress(number, len(todo.to_read), guide.path)
            self._take(guide, before, catalog, engine)
        catalog.skip([*todo.failures, *todo.other_failures, *self.failed])

    def _take(self, guide: GuideFile, before: Known | None, catalog: CatalogWriter, engine: EngineWriter) -> None:
        def keep(part: Part) -> None:
            if before is not None and not catalog.kept:
                engine.remove(before.document, replaced=True)
                catalog.remove(before.document, replaced=True)
            catalog.keep(guide.root, guide.path, part)

        found = _parsed(guide, self._read, keep)
        if isinstance(found, Failure):
            self.failed.append(found)
            if catalog.kept:
                catalog.remove(catalog.kept)
            elif not found.looked_at:
                return
        if before is not None and not catalog.kept:
            replaced = not isinstance(found, Failure)
            engine.remove(before.document, replaced=replaced)
            catalog.remove(before.document, replaced=replaced)
        if not isinstance(found, Failure):
            document, entries = catalog.add(*found)
            for entry in entries:
                engine.add(entry.passage, document, entry.stems, entry.field)
            outcome = self._outcome(found[0], before)
            outcome.append(guide.file)
            if outcome is self.changed and before is not None and document == before.document:
                self.editions.add(document)

    def _outcome(self, facts: Facts, before: Known | None) -> list[str]:
        if before is None:
            return self.added
        return self.unchanged if facts.sha256 == before.sha256 else self.changed


def _parsed(guide: GuideFile, read: ReadFile, keep: Keep) -> tuple[Facts, ParsedGuide] | Failure:
    mtime_ns = settled(guide.mtime_ns)
    try:
        found = read(Path(guide.file), keep)
        check(found.guide)
    except OSError as error:
        return Failure(guide.file, f"cannot be read ({error.strerror})", "check its permissions", looked_at=False)
    except SourceError as error:
        return Failure(guide.file, error.message, error.remedy, size=guide.size, mtime_ns=mtime_ns)
    return Facts(guide.root, guide.path, found.size, mtime_ns, found.sha256), found.guide


def _report(todo: Plan, work: _Work, generation: int, counts: tuple[int, int]) -> Report:
    return Report(
        added=tuple(work.added),
        changed=tuple(work.changed),
        removed=tuple(known.file for known in todo.gone),
        unchanged=(*(known.file for known in todo.unchanged), *work.unchanged),
        failed=(*todo.refused, *todo.failures, *work.failed),
        generation=generation,
        passages=counts[0],
        tables=counts[1],
        embedded=work.embedded,
    )
