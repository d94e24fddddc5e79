"""What one request names, files, folders and pages alike, is brought into the index."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from ..search.errors import SourceError, UsageError
from ..search.semantic.encoder import Encoder
from ..search.store.location import Place
from .storage import generations
from .update import Report, update
from .web_pages import page_store
from .web_pages.address import Address
from .web_pages.refresh import Refreshed, refresh
from .web_pages.terms import Terms

Progress = Callable[[int, int, str], None]
Named = Sequence[Path | Address]

_NO_PAGES = Refreshed((), (), 0)


def bring(
    index: Place,
    named: Named = (),
    *,
    forget: Named = (),
    full: bool = False,
    terms: Terms,
    progress: Progress,
    encoder: Encoder | None = None,
    engine: str | None = None,
    ocr: bool | None = None,
) -> Report:
    """Bring an index up to date with what is named, or with everything remembered; pages are fetched first.

    A page that fails is reported as a file is. Raises what ``update`` raises, and SourceError where pages were all that
    was named, and none could be had.
    """
    began = time.perf_counter()
    index = index.absolute()
    addresses, paths = _parted(named)
    forgotten, forget_paths = _parted(forget)
    pages = _NO_PAGES
    if isinstance(index, Path):
        if addresses or forgotten or not (named or forget):
            with generations.writing(index):
                pages = refresh(index, addresses, forgotten, full=full, terms=terms, progress=progress)
        if pages.remembered and (addresses or forgotten):
            paths.append(page_store.folder(index))
        elif any(page.state == "forgotten" for page in pages.pages):
            forget_paths.append(page_store.folder(index))
    elif addresses or forgotten:
        raise UsageError("pages of the web are kept in a folder, not on a cluster", "save them as files")
    if pages.failed and not (pages.remembered or paths or pages.pages):
        raise SourceError("; ".join(failure.line() for failure in pages.failed))
    report = update(
        index, paths, forget=forget_paths, full=full, progress=progress, encoder=encoder, engine=engine, ocr=ocr
    )
    failed = (*pages.failed, *report.failed)
    return report._replace(failed=failed, pages=pages.pages, took_ms=milliseconds(began))


def milliseconds(began: float) -> float:
    """How long it is since a reading of ``time.perf_counter``."""
    return round((time.perf_counter() - began) * 1_000, 1)


def _parted(named: Named) -> tuple[list[Address], list[Path]]:
    """Addresses and paths; an address is a tuple and a path is none."""
    addresses = [each for each in named if isinstance(each, Address)]
    return addresses, [each for each in named if isinstance(each, Path)]
