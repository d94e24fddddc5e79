"""Editions of one guide: files of a folder whose names, or titles, differ in a year alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..model import Document
from ..store.catalog import Catalog
from ..store.derived import Derived
from ..text.number_words import IN_YEARS


class Older(NamedTuple):
    """What is to be said of a guide of which there is a newer edition, and the documents that are the newest."""

    said: str
    newest: frozenset[int]


def older_among(cited: Iterable[int], catalog: Catalog) -> dict[int, Older]:
    """The older editions in the folders of these documents; nothing where none of them is one."""
    dated = [document for document in map(catalog.document, sorted(set(cited))) if _years(document)]
    if not dated:
        return {}
    beside = _dated(catalog)
    found = older_editions([other for place in {_place(document) for document in dated} for other in beside[place]])
    return found if any(document.id in found for document in dated) else {}


_Place = tuple[str, str]
"""A folder: the root, and its path below that."""
_DATED = Derived[Mapping[_Place, Sequence[Document]]]()


def _dated(catalog: Catalog) -> Mapping[_Place, Sequence[Document]]:
    """The guides that have a year in their names or titles, by folder; found out once for all questions."""
    known = _DATED.of(catalog)
    if not known:
        folders: defaultdict[_Place, list[Document]] = defaultdict(list)
        for document in catalog.documents():
            if _years(document):
                folders[_place(document)].append(document)
        known[0] = folders
    return known[0]


def older_editions(documents: Sequence[Document]) -> dict[int, Older]:
    """Every guide of which there is a newer edition."""
    found: dict[int, Older] = {}
    for members in _editions(documents):
        year = max(members)
        latest = ", ".join(sorted(document.path for document in members[year]))
        newest = frozenset(document.id for document in members[year])
        for earlier in members.keys() - {year}:
            said = Older(f"an edition of {earlier}: {latest} is of {year}", newest)
            found |= {document.id: said for document in members[earlier]}
    return found


def _editions(documents: Sequence[Document]) -> Iterator[Mapping[int, list[Document]]]:
    """Guides that differ in one year alone, by that year: of their names, of the titles where names have none."""
    groups: defaultdict[Hashable, defaultdict[int, list[Document]]] = defaultdict(lambda: defaultdict(list))
    for document in documents:
        years = _years(document)
        if len(years) == 1:
            named = _named(document)
            key = (_place(document), named == _name(document), IN_YEARS.sub("#", named.casefold()))
            groups[key][int(years.pop())].append(document)
    yield from (members for members in groups.values() if len(members) > 1)


def _years(document: Document) -> set[str]:
    return set(IN_YEARS.findall(_named(document)))


def _named(document: Document) -> str:
    name = _name(document)
    return name if IN_YEARS.search(name) else document.title


def _name(document: Document) -> str:
    return document.path.rpartition("/")[2]


def _place(document: Document) -> _Place:
    return document.root, document.path.rpartition("/")[0]
