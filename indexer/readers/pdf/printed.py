"""Which number is printed on each page of a PDF, where it is not the page's own place in the file.

A cover and a table of contents are often not counted, or in Roman numerals. What is printed at the pages' edges is
believed where it goes on from page to page; else what the file says that its pages are called (ISO 32000-1, 12.4.2).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

LEAST_PAGES = 2
"""Pages that must go on counting alike for what stands on them to be their numbers."""
PRINTED_NUMBER = re.compile(r"(?<![\w.,/$-])(?:\d{1,4}|[ivxlc]{1,8})(?![\w,/%-]|\.\d)", re.IGNORECASE)
ROMAN_LETTERS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
PAGE_LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9.\u2013-]{0,11}")
"""What a page may be called: ``iv``, ``A-3``."""

Printed = tuple[tuple[int, str], ...]
"""Pages by their numbers in the file, each with what is printed on it."""


def printed(margins: Iterable[tuple[int, str]], labels: Sequence[str]) -> Printed:
    """What is printed on those pages that are not numbered by their place in the file.

    ``margins`` are the rows at the pages' edges; ``labels`` what the file calls its pages, in order, empty for none.
    """
    said = dict(_called(labels)) | dict(_counted(list(margins)))
    return tuple(sorted((page, text) for page, text in said.items() if text != str(page)))


def _called(labels: Sequence[str]) -> Iterator[tuple[int, str]]:
    return ((page, label) for page, label in enumerate(labels, start=1) if PAGE_LABEL.fullmatch(label))


def _counted(margins: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Numbers at the edges that stand as far from the page's own as on most pages, decimal and Roman ones apart."""
    found = [(page, text) for page, row in margins for text in PRINTED_NUMBER.findall(row)]
    for decimal in (False, True):
        shifts = {(page, text): _value(text) - page for page, text in found if text.isdecimal() is decimal}
        pages = Counter(shift for _, shift in {(page, shift) for (page, _), shift in shifts.items()})
        best = _most(pages)
        yield from ((page, text) for (page, text), shift in shifts.items() if shift == best)


def _most(pages: Mapping[int, int]) -> int | None:
    """The shift that most pages share; of several the nearest, None where no two pages share one."""
    best = max(pages, key=lambda shift: (pages[shift], -abs(shift)), default=None)
    return best if best is not None and pages[best] >= LEAST_PAGES else None


def _value(text: str) -> int:
    if text.isdecimal():
        return int(text)
    values = [ROMAN_LETTERS[letter] for letter in text.lower()]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
