"""Running headers, footers and page numbers: what stands at the edge of page after page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile

from .page import Page, Word
from .rows import Row, rows

MARGIN_SHARE = 0.13
"""Share of a page's height, at the top and at the bottom, in which they stand."""
MIDDLE = (0.3, 0.7)
"""Shares of a page's height between which nothing tells of its edges."""
MARGIN_ROWS = 3
"""Rows of them on either side."""
SET_APART = 1.6
"""Type sizes, at least, between them and the text."""
MARGIN_WITHIN = 4.0
"""Points by which their places differ from page to page, at most."""
PAGE_NUMBER = re.compile(
    r"\W{0,3}(?:page|p\.?)?\s{0,2}(?:\d{1,4}|[ivxl]{1,7})(?:\s{0,2}(?:of|/)\s{0,2}\d{1,4})?\W{0,3}", re.IGNORECASE
)
"""A page's number standing alone: ``12``, ``- 12 -``, ``Page 3 of 8``, ``iv``."""
RUN_OF_DIGITS = re.compile(r"\d+")


def without_margins(pages: Sequence[Page]) -> list[tuple[list[Word], list[Row]]]:
    """For each page its words without them, and the rows that they are."""
    held = [list(_at_edges(page)) for page in pages]
    places = Counter(place for found in held for place in {_place(row) for row in found})
    result = []
    for page, found in zip(pages, held, strict=True):
        running = [row for row in found if _repeats(row, places, len(pages)) or PAGE_NUMBER.fullmatch(row.text)]
        gone = {id(word) for row in running for word in row.words}
        result.append(([word for word in page.words if id(word) not in gone], running))
    return result


def _at_edges(page: Page) -> Iterator[Row]:
    """The outermost rows at the top and at the bottom, as far as a gap sets them apart."""
    held = rows(word for word in page.words if not MIDDLE[0] < word.base / page.height < MIDDLE[1])
    top = takewhile(lambda row: row.base < MARGIN_SHARE * page.height, held[:MARGIN_ROWS])
    bottom = takewhile(lambda row: row.base > (1 - MARGIN_SHARE) * page.height, held[: -MARGIN_ROWS - 1 : -1])
    for near, ordered in ((list(top), held), (list(bottom), held[::-1])):
        apart = [
            n for n, (row, after) in enumerate(zip(near, ordered[1:], strict=False), start=1)
            if abs(row.base - after.base) > SET_APART * row.size and not _heads_table(row, after)
        ]  # fmt: skip
        yield from near[: max(apart, default=0)]


def _heads_table(row: Row, after: Row) -> bool:
    """Whether a row looks like the header of the table below it, which long tables repeat on every page."""
    return min(len(row.segments), len(after.segments)) > 1 and abs(row.size - after.size) < 1


def _place(row: Row) -> tuple[str, int]:
    """What a row says, whatever its numbers, and about where it stands."""
    return RUN_OF_DIGITS.sub("#", row.text), round(row.base / MARGIN_WITHIN)


def _repeats(row: Row, places: Counter[tuple[str, int]], pages: int) -> bool:
    """Whether a row stands alike on at least two pages and on a third of all: left and right pages may differ."""
    text, at = _place(row)
    times = sum(places[text, near] for near in (at - 1, at, at + 1))
    return times >= max(2, pages / 3)
