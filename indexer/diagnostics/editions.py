"""Editions of one guide: files of a folder whose names, or titles, differ in a year alone; and guides without force."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from pathlib import PurePath

from ...search.lang.lexicon import lexicon
from ...search.model import Document, Span

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
ENDED = re.compile(rf"\b(?:{lexicon('guide_text').pattern('ended')})\b[^.\n]{{0,120}}", re.IGNORECASE)
HEAD = 600
"""Code points at the beginning of a guide in which it says that it holds no longer."""


def older_editions(documents: Sequence[Document]) -> dict[int, str]:
    """For each guide of which there is a newer edition, what is to be said of it."""
    said: dict[int, str] = {}
    for members in _editions(documents):
        newest = max(members)
        for year in members.keys() - {newest}:
            latest = ", ".join(sorted(document.path for document in members[newest]))
            said |= {each.id: f"an edition of {year}: {latest} is of {newest}" for each in members[year]}
    return said


def ended(text: str) -> Span | None:
    """Where a guide says at its beginning that it is repealed, or that another took its place."""
    match = ENDED.search(text[:HEAD])
    return match.span() if match else None


def _editions(documents: Sequence[Document]) -> Iterator[Mapping[int, list[Document]]]:
    """Guides that differ in one year alone, by that year: of their names, of the titles where names have none."""
    groups: defaultdict[Hashable, defaultdict[int, list[Document]]] = defaultdict(lambda: defaultdict(list))
    for document in documents:
        name, folder = PurePath(document.path).name, PurePath(document.path).parent
        named = name if YEAR.search(name) else document.title
        years = set(YEAR.findall(named))
        if len(years) == 1:
            key = (document.root, folder, named is name, YEAR.sub("#", named.casefold()))
            groups[key][int(years.pop())].append(document)
    yield from (members for members in groups.values() if len(members) > 1)
