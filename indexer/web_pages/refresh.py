"""The main act for pages: those that were named, or all that are remembered, are fetched where they have changed."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Literal, NamedTuple

from ...search.errors import SourceError
from ..report import Failure, PageState
from . import page_store
from .address import Address
from .page_store import Saved
from .terms import FetchedPage, Terms, Validators

Progress = Callable[[int, int, str], None]


class Refreshed(NamedTuple):
    """What a refresh did."""

    pages: tuple[PageState, ...]
    failed: tuple[Failure, ...]
    remembered: int
    """How many pages are remembered now."""


def refresh(
    index: Path, named: Sequence[Address], forget: Sequence[Address], *, full: bool, terms: Terms, progress: Progress
) -> Refreshed:
    """Bring saved pages up to date; without any named or forgotten, all of them.

    To be called by the index's one writer. A page that cannot be fetched stays as it was saved last, and that is said.
    """
    pages = page_store.load(index)
    done, failed = _forgotten(index, pages, forget)
    addresses = named if named or forget else list(pages)
    for number, address in enumerate(addresses):
        progress(number, len(addresses), str(address))
        try:
            done.append(_refreshed(index, pages, address, full=full, terms=terms))
        except SourceError as error:
            failed.append(_failure(address, pages.get(address), error))
    return Refreshed(tuple(done), tuple(failed), len(pages))


def _forgotten(
    index: Path, pages: dict[Address, Saved], forget: Sequence[Address]
) -> tuple[list[PageState], list[Failure]]:
    done, failed = [], []
    for address in forget:
        if (page := pages.pop(address, None)) is None:
            known = ", ".join(map(str, pages)) or "no pages"
            failed.append(Failure(str(address), "not remembered", f"what is remembered: {known}"))
        else:
            page_store.save(index, pages.values())
            page_store.drop(index, page.path)
            done.append(PageState(str(address), page.path, page.fetched, "forgotten"))
    return done, failed


def _refreshed(index: Path, pages: dict[Address, Saved], address: Address, *, full: bool, terms: Terms) -> PageState:
    before = pages.get(address)
    whole = before is not None and page_store.is_whole(index, before)
    known = Validators(before.etag, before.modified) if before and whole and not full else None
    page = _fetched(address, terms, known)
    if page is None:
        return _state(pages[address], "unchanged")
    after = _saved(address, page, page_store.place(address, page.suffix, pages))
    if before and whole and (before.path, before.sha256) == (after.path, after.sha256):
        pages[address] = after._replace(fetched=before.fetched)
        page_store.save(index, pages.values())
        return _state(pages[address], "unchanged")
    _keep(index, pages, address, after, page.data)
    return _state(after, "changed" if before else "added")


def _fetched(address: Address, terms: Terms, known: Validators | None) -> FetchedPage | None:
    """See ``fetch``; it is imported where there is something to fetch, as HTTP and TLS take long to load."""
    page: FetchedPage | None = import_module(".fetch", __package__).fetch(address, terms, known)
    return page


def _saved(address: Address, page: FetchedPage, path: str) -> Saved:
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    return Saved(str(address), path, sha256(page.data).hexdigest(), now, page.validators.etag, page.validators.modified)


def _keep(index: Path, pages: dict[Address, Saved], address: Address, page: Saved, data: bytes) -> None:
    """Save a page in the place of what was saved of it: under another ending, or by its other scheme."""
    replaced = [other for other, saved in pages.items() if other == address or saved.path == page.path]
    paths = {pages.pop(other).path for other in replaced}
    pages[address] = page
    page_store.save(index, pages.values())
    page_store.put(index, page, data)
    for path in paths - {page.path}:
        page_store.drop(index, path)


def _state(page: Saved, state: Literal["added", "changed", "unchanged"]) -> PageState:
    return PageState(page.address, page.path, page.fetched, state)


def _failure(address: Address, saved: Saved | None, error: SourceError) -> Failure:
    kept = f"; what was saved on {saved.fetched[:10]} stays" if saved else ""
    return Failure(str(address), error.message + kept, error.remedy)
