"""What guides are about, told from their titles and the names of their files: whether one knows what is asked about.

"Is the phlebotomy course online?" is no question for a guide that speaks of courses, some online, and never of
phlebotomy, where another guide has it in its title and most of what is said of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import PurePosixPath
from typing import NamedTuple
from weakref import WeakKeyDictionary

from .catalog import Catalog
from .engines.base import Engine
from .index import Index
from .wanted import Wanted
from .words import COMMON_WORDS, QUESTION_WORDS, STOP_WORDS, family, terms

MOSTLY = 0.7
"""Share of the passages with a word from which on it belongs to the documents that have it in their titles."""


class Subject(NamedTuple):
    """A word of titles, as a family: the documents whose titles have it, and the stems by which they do."""

    documents: set[int]
    stems: set[str]


NOTHING = Subject(set(), set())

_subjects: WeakKeyDictionary[Catalog, Mapping[str, Subject]] = WeakKeyDictionary()


def strangers(words: Sequence[Wanted], seen: Mapping[int, AbstractSet[str]], index: Index) -> frozenset[int]:
    """The documents, of those seen, that never speak of a thing which is the subject of others.

    ``seen`` has the stems of what was seen of each; where these do not tell, the engine knows the rest of it.
    """
    known, engine = _known(index.catalog), index.engine
    found: set[int] = set()
    for word in words:
        subject = known.get(family(word.term.stem), NOTHING)
        stems = dict.fromkeys((*subject.stems, *word.forms), 1.0)
        silent = [d for d, held in seen.items() if d not in subject.documents | found and held.isdisjoint(stems)]
        if subject.documents and silent and _belongs(stems, subject.documents, engine):
            found.update(d for d in silent if not engine.rank(stems, 1, documents=(d,)))
    return frozenset(found)


def _known(catalog: Catalog) -> Mapping[str, Subject]:
    """The words of the titles and the names of files of all documents; remembered while the catalog is open."""
    if catalog not in _subjects:
        found: dict[str, Subject] = {}
        for document in catalog.documents():
            for term in terms(f"{document.title} {PurePosixPath(document.path).stem}"):
                if term.word not in STOP_WORDS | QUESTION_WORDS | COMMON_WORDS:
                    subject = found.setdefault(family(term.stem), Subject(set(), set()))
                    subject.documents.add(document.id)
                    subject.stems.add(term.stem)
        _subjects[catalog] = found
    return _subjects[catalog]


def _belongs(stems: Mapping[str, float], documents: Iterable[int], engine: Engine) -> bool:
    """Whether most of the passages that hold one of the stems are of these documents: it is what they are about."""
    most = sum(map(engine.passages_with, stems))
    everywhere = len(engine.rank(stems, most)) if most else 0
    return everywhere > 0 and len(engine.rank(stems, most, documents=set(documents))) >= MOSTLY * everywhere
