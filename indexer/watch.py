"""Keeps an index up to date as its guides change, until it is told to stop."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from stat import S_ISDIR
from threading import Event
from typing import Any

from ..search.errors import CiteguideError, IndexBusyError, StorageError, UsageError
from ..search.semantic.encoder import Encoder
from ..search.store.generation import read_manifest, read_pointer
from .files.ignored import IGNORE_FILE
from .ingest import milliseconds
from .update import Report, update

QUIET_AFTER_BURST = 200
"""Milliseconds without a change after which a burst of changes is over."""
LONGEST_BURST = 2_000
"""Milliseconds that a burst is waited for."""
LOOKING_PACE = 1_000
"""Milliseconds from one look at what tells of no change by itself to the next."""

Tell = Callable[[Report | CiteguideError], None]


def watch(index: Path, tell: Tell, stop: Event, *, encoder: Encoder | None = None) -> None:
    """Update an index whenever something changes in what it remembers; ``tell`` gets every report, and every error.

    An error of one update is no end. Raises UsageError where the library is not installed, IndexMissingError and
    IndexBrokenError where there is no index to look after, StorageError where the system watches nothing more.
    """
    index = Path(os.path.realpath(index))
    for _ in _moments(index, stop, library()):
        try:
            tell(_updated(index, tell, stop, encoder))
        except CiteguideError as error:
            tell(error)


def library() -> Any:
    """The library that the system tells of changes. Raises UsageError where it is not installed."""
    try:
        return import_module("watchfiles")
    except ImportError as error:
        raise UsageError("watching needs the watch extra", "pip install 'citeguide[watch]'") from error


def _moments(index: Path, stop: Event, watchfiles: Any) -> Iterator[None]:
    """The times for an update: once as the watch begins, for what changed before, and at every change.

    A single file, and whether a folder is there at all, is looked at every second: of these the system does not tell.
    """
    while not stop.is_set():
        sources = _sources(index)
        seen, due = _looks(sources), True
        for changes in _changes(index, sources, stop, watchfiles):
            now = _looks(sources)
            if due or changes or now != seen:
                yield
            if now != seen or _sources(index) != sources:
                break  # there is something else to watch now
            due = False


def _changes(index: Path, sources: Sequence[Path], stop: Event, watchfiles: Any) -> Iterator[set[Any]]:
    """Bursts of changes in the folders, and nothing at every pace in which nothing happens."""
    folders = [source for source in sources if source.is_dir() and not source.is_relative_to(index)]

    def concerns(_change: Any, path: str) -> bool:
        return not Path(path).is_relative_to(index) and any(_is_seen(Path(path), folder) for folder in folders)

    try:
        yield from watchfiles.watch(
            *folders, watch_filter=concerns, stop_event=stop, debounce=LONGEST_BURST, step=QUIET_AFTER_BURST,
            rust_timeout=LOOKING_PACE, yield_on_timeout=True, ignore_permission_denied=True,
        )  # fmt: skip
    except FileNotFoundError:
        return  # a folder went just now
    except OSError as error:
        remedy = "name fewer folders, or allow more watches (fs.inotify.max_user_watches)"
        raise StorageError(f"the guides cannot be watched ({error})", remedy) from error


def _is_seen(path: Path, folder: Path) -> bool:
    """Whether an update would see a path of that folder: nothing hidden but the ignore files."""
    with suppress(ValueError):
        *above, name = path.relative_to(folder).parts or ("",)
        return not any(part.startswith(".") for part in above) and (name == IGNORE_FILE or not name.startswith("."))
    return False


def _updated(index: Path, tell: Tell, stop: Event, encoder: Encoder | None) -> Report:
    """An update's report; while another process writes the index, that is told once and waited for."""
    told = False
    while True:
        began = time.perf_counter()
        try:
            return update(index, encoder=encoder)._replace(took_ms=milliseconds(began))
        except IndexBusyError as error:
            if stop.is_set():
                raise
            if not told:
                tell(error)
            told = True
            stop.wait(LOOKING_PACE / 1_000)


def _sources(index: Path) -> list[Path]:
    pointer = read_pointer(index)
    manifest = read_manifest(index / pointer.name, pointer.manifest_sha256)
    return [Path(source.path) for source in manifest.sources]


def _looks(sources: Sequence[Path]) -> list[tuple[int, ...]]:
    """What tells that a folder was exchanged or a file changed; nothing where there is none."""
    return [_look(source) for source in sources]


def _look(source: Path) -> tuple[int, ...]:
    try:
        facts = source.stat()
    except OSError:
        return ()
    place = (facts.st_dev, facts.st_ino)
    return place if S_ISDIR(facts.st_mode) else (*place, facts.st_size, facts.st_mtime_ns)
