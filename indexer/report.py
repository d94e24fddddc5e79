"""What an update of the index says of itself."""

from __future__ import annotations

from typing import Literal, NamedTuple

from .diff.changes import GuideChanges

OTHER_FORMAT = "not of a format that citeguide reads"
PICTURE = "pictures are read by 'citeguide index --ocr' alone"
"""The reason where it is a picture, and OCR was not asked for."""
PASSED_OVER = (OTHER_FORMAT, PICTURE)


class Failure(NamedTuple):
    """A file or folder that could not be read, by its whole path, with the reason and what to do."""

    path: str
    reason: str
    remedy: str
    looked_at: bool = True
    """Whether its present state was seen and found wanting, so that what was indexed of it no longer holds;
    false where it could not be looked at."""
    size: int = -1
    mtime_ns: int = 0
    """The file's size and time then, where its content is the reason: it is tried again when they change."""

    @property
    def is_passed_over(self) -> bool:
        """Whether nothing is wrong with the file but that it is not read."""
        return self.reason in PASSED_OVER

    def line(self) -> str:
        """All of it as one line for a terminal."""
        return f"{self.path}: {self.reason}; {self.remedy}"


class PageState(NamedTuple):
    """What became of a page; ``path`` is its document's, ``fetched`` the time when its present bytes came."""

    address: str
    path: str
    fetched: str
    state: Literal["added", "changed", "unchanged", "forgotten"]


class Report(NamedTuple):
    """What an update did; files are named by their whole paths."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]
    failed: tuple[Failure, ...]
    generation: int
    """The generation in force now; 0 where there was nothing to index and none before."""
    passages: int
    tables: int
    pages: tuple[PageState, ...] = ()
    """What became of the pages that were fetched."""
    editions: tuple[GuideChanges, ...] = ()
    """What is new in the guides that changed."""
    trouble: str = ""
    """What was wrong with the index and is mended now, or lost."""
    took_ms: float = 0.0
    """Of the whole request, where that was measured."""
    embedded: int = 0
    """Passages that were read for their meaning."""
