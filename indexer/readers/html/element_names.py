"""Which elements of HTML there are, and how each stands among others: what ``elements.txt`` says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ....search.lang.lexicon import read_sections

ELEMENTS = read_sections(Path(__file__).with_name("elements.txt"))


def names(listed: str) -> frozenset[str]:
    """Names separated by blanks as a set."""
    return frozenset(listed.split())


BLOCKS = ELEMENTS.words("blocks")
"""Elements that stand on lines of their own."""
UNSEEN = ELEMENTS.words("unseen")
"""Elements that hold what only programs read."""


def _implied_ends() -> Iterator[tuple[str, tuple[frozenset[str], frozenset[str]]]]:
    yield from ((block, (names("p"), ELEMENTS.words("holders"))) for block in BLOCKS)
    for begins, said in ELEMENTS.pairs("implied ends"):
        ends, _, stops = said.partition("/")
        yield begins, (names(ends), names(stops))


IMPLIED_ENDS = dict(_implied_ends())
"""For an element that begins: which open elements end with it, and which stop the search for them (HTML, 13.1.2.4)."""
