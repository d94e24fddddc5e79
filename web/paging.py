"""Long lists page by page: which page an address asks for, and where its neighbours are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

PAGE_LENGTH = 100
"""Rows, guides or tables on one page."""


@dataclass(frozen=True, slots=True)
class Pager:
    """What stands on a page of so many, and the addresses of the pages before and after it."""

    first: int
    last: int
    total: int
    less: str | None
    more: str | None


def page_number(asked: str) -> int:
    """The page that an address asks for, from 1; the first where that is no number."""
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1


def holds(text: str, wanted: str) -> bool:
    """Whether a text holds every word that is wanted, case aside."""
    folded = text.casefold()
    return all(word in folded for word in wanted.casefold().split())


def listed(path: str, wanted: str, number: int) -> str:
    """The address of a page of a list."""
    return f"{path}?{urlencode(({'q': wanted} if wanted else {}) | {'page': number})}"


def pager(number: int, total: int, address: Callable[[int], str], size: int = PAGE_LENGTH) -> Pager:
    """The place of a page among the pages of so many; ``address`` gives that of a page, of ``size`` things each."""
    first, last = (number - 1) * size + 1, min(number * size, total)
    before, after = number > 1, number * size < total
    return Pager(first, last, total, address(number - 1) if before else None, address(number + 1) if after else None)
