"""What an update has to do: the remembered sources held against what the index has of them."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from ..search.errors import SourceError
from ..search.store.generation import Source
from .extras import Extra
from .files.sources import GuideFile, find, is_text, mount_of, read, shown
from .readers import format_of, suffixes
from .report import Failure
from .storage.contents import Contents, Known

FRESH = 2_000_000_000
"""Nanoseconds: a file changed so shortly before it is read may change again without showing in its time."""


@dataclass(slots=True)
class Plan:
    """What is to be done, and what was found out on the way."""

    sources: tuple[Source, ...]
    """To be remembered from now on."""
    to_read: list[tuple[GuideFile, Known | None]] = field(default_factory=list)
    """New files, and those whose bytes changed with what the index has of them."""
    gone: list[Known] = field(default_factory=list)
    unchanged: list[Known] = field(default_factory=list)
    touched: list[tuple[Known, int]] = field(default_factory=list)
    """Files whose time moved and whose bytes stayed, with the time to note; they are among the unchanged too."""
    failures: list[Failure] = field(default_factory=list)
    other_failures: list[Failure] = field(default_factory=list)
    """Those of earlier updates in places that this one does not look at."""
    refused: list[Failure] = field(default_factory=list)
    """What was wrong with the request itself: of no concern to the index."""

    def changes(self, sources: Sequence[Source], before: Contents) -> bool:
        """Whether carrying this out makes an index other than the one there is."""
        skips = {(f.path, f.reason) for f in self.failures + self.other_failures}
        known_skips = {(f.path, f.reason) for f in before.skipped}
        return bool(self.to_read or self.gone or skips != known_skips or self.sources != tuple(sources))


def plan(
    remembered: Sequence[Source],
    before: Contents,
    paths: Sequence[Path],
    forget: Sequence[Path],
    *,
    index: Path | None,
    reread: bool,
    ocr: bool = False,
) -> Plan:
    """Find out what changed in ``paths``, or everywhere without any; with ``reread`` every file counts as changed.

    With ``ocr`` pictures are guides as well.

    The files of the index itself are of no concern, should it lie in a folder of guides.
    """
    named, forgotten = [_absolute(p) for p in paths], [_absolute(p) for p in forget]
    scope, own = _Scope(named + forgotten), None if index is None else os.fspath(_absolute(index))
    sources, refused = _sources(remembered, named, forgotten)
    todo = Plan(sources, refused=refused)
    guides: dict[str, GuideFile] = {}
    for source in sorted(sources, key=lambda source: len(Path(source.path).parts)):
        if scope.meets(source.path):
            found = _look(source, before, ocr=ocr)
            failures = [item for item in found if isinstance(item, Failure) and not _is_ours(item, own)]
            if source not in remembered and _is_mistaken(found):
                todo.sources = tuple(each for each in todo.sources if each != source)
                todo.refused += failures
            else:
                todo.failures += failures
            for item in found:
                if isinstance(item, GuideFile) and scope.holds(item.file):
                    guides.setdefault(item.file, item)
    _compare(todo, list(guides.values()), before, reread=reread)
    _miss(todo, guides, before, scope)
    todo.refused += _barren(named, guides, todo.failures)
    return todo


def settled(mtime_ns: int) -> int:
    """A file's time, or 0 where it is so fresh that the next update must compare bytes."""
    return 0 if time.time_ns() - mtime_ns < FRESH else mtime_ns


class _Scope:
    """The places that an update looks at: those named, or all."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = [os.fspath(path) for path in paths]

    def holds(self, path: str) -> bool:
        return not self._paths or any(_within(path, place) for place in self._paths)

    def meets(self, path: str) -> bool:
        return self.holds(path) or any(_within(place, path) for place in self._paths)


def _sources(
    remembered: Sequence[Source], named: Sequence[Path], forgotten: Sequence[Path]
) -> tuple[tuple[Source, ...], list[Failure]]:
    """The sources to remember from now on, and what cannot be named or forgotten."""
    sources = {source.path: source for source in remembered}
    refused = []
    for path in named:
        if not _there(path):
            refused.append(Failure(shown(path), "not there", "check its spelling"))
        elif not is_text(path):
            refused.append(Failure(shown(path), "has a name that is not valid UTF-8", "rename it"))
        else:
            sources[os.fspath(path)] = Source(os.fspath(path), mount_of(path))
    for path in forgotten:
        if sources.pop(os.fspath(path), None) is None:
            known = ", ".join(sources) or "nothing"
            refused.append(Failure(shown(path), "not remembered", f"what is remembered: {known}"))
    return tuple(sources.values()), refused


def _is_mistaken(found: Sequence[GuideFile | Failure]) -> bool:
    """Whether a place that is named for the first time was looked at and holds no guide: it is not remembered."""
    return all(isinstance(item, Failure) and item.looked_at for item in found)


def _look(source: Source, before: Contents, *, ocr: bool) -> list[GuideFile | Failure]:
    """What is in a source now. One that is lost as a whole says so, and counts as not looked at.

    A folder that holds no guide any more, on another mount point than before, is where a drive used to be mounted.
    """
    path = Path(source.path)
    if _absolute(path) != path:
        remedy = "index what it leads to by its own path"
        return [Failure(source.path, "a link has taken its place; nothing of it was read", remedy, looked_at=False)]
    there = _there(path)
    found = find(path, ocr=ocr) if there else []
    same_mount = mount_of(path) == source.mount
    if there and (same_mount or any(isinstance(item, GuideFile) for item in found)):
        return found
    was_file = any(known.file == source.path for known in before.documents)
    remedy = f"bring it back, or forget it: citeguide index --forget {source.path}"
    if was_file and same_mount:
        return [Failure(source.path, "gone, and so is what was indexed of it", remedy)]
    return [Failure(source.path, "not there; what was indexed of it stays as it was", remedy, looked_at=False)]


def _compare(todo: Plan, guides: Sequence[GuideFile], before: Contents, *, reread: bool) -> None:
    """Tell new and changed files from those that stayed, by size and time first and by their bytes in doubt."""
    documents = {(k.root, k.path): k for k in before.documents}
    skipped = {f.path: f for f in before.skipped}
    for guide in guides:
        known, skip = documents.get((guide.root, guide.path)), skipped.get(guide.file)
        if (reread or known is None or not _same(known, guide)) and (extra := _lacks(guide)) is not None:
            error = extra.error()
            todo.failures.append(Failure(guide.file, error.message, error.remedy, looked_at=False))
        elif reread:
            todo.to_read.append((guide, known))
        elif skip is not None and _same(skip, guide):
            todo.failures.append(skip)
        elif known is None:
            todo.to_read.append((guide, known))
        elif _same(known, guide):
            todo.unchanged.append(known)
        elif guide.size == known.size and _has_hash(guide, known.sha256):
            todo.unchanged.append(known)
            todo.touched.append((known, settled(guide.mtime_ns)))
        else:
            todo.to_read.append((guide, known))


def _is_ours(failure: Failure, index: str | None) -> bool:
    """Whether a file that is passed over is of the index itself, which may lie in a folder of guides."""
    return index is not None and failure.is_passed_over and _within(failure.path, index)


def _miss(todo: Plan, guides: dict[str, GuideFile], before: Contents, scope: _Scope) -> None:
    """Find the documents whose files are gone; those in places that could not be looked at stay."""
    here = {(guide.root, guide.path) for guide in guides.values()}
    unseen = [failure.path for failure in todo.failures if not failure.looked_at]
    for known in before.documents:
        if (known.root, known.path) in here or not scope.holds(known.file):
            continue
        if not any(_within(known.file, path) for path in unseen):
            todo.gone.append(known)
    todo.other_failures = [failure for failure in before.skipped if not scope.holds(failure.path)]


def _barren(named: Sequence[Path], guides: dict[str, GuideFile], failures: Sequence[Failure]) -> list[Failure]:
    """The named folders in which there is nothing to index and nothing that failed."""
    found = [*guides, *(failure.path for failure in failures if not failure.is_passed_over)]
    return [
        Failure(shown(path), "holds no guides", f"put files there that end in one of {suffixes()}, and name it again")
        for path in named
        if path.is_dir() and not any(_within(file, os.fspath(path)) for file in found)
    ]


def _lacks(guide: GuideFile) -> Extra | None:
    """The extra that the guide's format needs and that is not installed: the guide is tried again once it is."""
    form = format_of(guide.path)
    return form.extra if form is not None and form.extra is not None and form.extra.is_missing() else None


def _same(one: Known | Failure, guide: GuideFile) -> bool:
    return (one.size, one.mtime_ns) == (guide.size, guide.mtime_ns)


def _has_hash(guide: GuideFile, expected: str) -> bool:
    try:
        return sha256(read(Path(guide.file))).hexdigest() == expected
    except (OSError, SourceError):
        return False


def _there(path: Path) -> bool:
    return os.path.exists(path)  # noqa: PTH110 - Path.exists raises where a folder above may not be entered


def _within(path: str, place: str) -> bool:
    return path == place or path.startswith(place.rstrip(os.sep) + os.sep)


def _absolute(path: Path) -> Path:
    """Without links and dots, whether it exists or not."""
    return Path(os.path.realpath(path))
