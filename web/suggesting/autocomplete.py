"""Completions for the question box, from what the guides hold: their headings, their tables' places, their words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from weakref import WeakKeyDictionary

from ...search.column_kinds import ColumnRole
from ...search.store.catalog import Catalog
from ...search.store.engines.base import Wish
from ...search.store.engines.bm25 import Ranker
from ...search.store.open import Index
from ...search.text.tokenizer import STOP_WORDS, Term, key, terms

MOST_OFFERED = 8
"""Completions given at most."""
SHORTEST_BEGINNING = 2
"""Letters from which on a word is completed."""
MAX_TYPED = 200
"""Code points of what is typed; past that nobody waits for a completion."""
MAX_PLACE_NAMES = 2_000
"""Places taken from one table."""
STEMS_OFFERED, PASSAGES_LOOKED_AT = 12, 4
"""Stems looked at for a word, and passages read for the words behind each."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What an index can complete to, read once for each generation and thread."""

    headings: tuple[tuple[str, str], ...]
    """Folded, with a space before; and as it stands."""
    places: tuple[tuple[str, str], ...]
    stems: tuple[str, ...]
    """In order, of prose and rows."""


def complete(typed: str, index: Index) -> tuple[str, ...]:
    """What ``typed`` may become, the best first: questions that the guides ask themselves, places, words."""
    words = list(terms(typed[:MAX_TYPED]))
    if not words or len(words[-1].word) < SHORTEST_BEGINNING:
        return ()
    held = _vocabulary(index)
    found = {text.casefold(): text for text in _all(typed, words, held, index)}
    found.pop(typed.strip().casefold(), None)
    return tuple(found.values())[:MOST_OFFERED]


def _all(typed: str, words: list[Term], held: Vocabulary, index: Index) -> Iterator[str]:
    last = words[-1]
    yield from islice(_headings(words, held), MOST_OFFERED // 2)
    if last.end == len(typed):
        before = typed[: last.start]
        yield from islice(
            (before + name for folded, name in held.places if folded.startswith(last.word)), MOST_OFFERED // 2
        )
        yield from (before + word for word in _words(last, held, index))


def _headings(words: list[Term], held: Vocabulary) -> Iterator[str]:
    """The headings in which every typed word begins a word; those that ask come first."""
    wanted = [f" {term.word}" for term in words if term.word not in STOP_WORDS] or [f" {words[-1].word}"]
    found = [text for folded, text in held.headings if all(word in folded for word in wanted)]
    return iter(sorted(found, key=lambda text: (not text.endswith("?"), len(text))))


def _words(last: Term, held: Vocabulary, index: Index) -> list[str]:
    """The words of the guides that begin with a word, the most frequent stems' first."""
    engine = index.engine
    engine.know(set(_stems(last, held.stems)))
    often = sorted(_stems(last, held.stems), key=lambda stem: -engine.passages_with(stem))[:STEMS_OFFERED]
    hits = [
        hit.passage for hits in engine.rank_all([Wish({s: 1.0}, PASSAGES_LOOKED_AT) for s in often]) for hit in hits
    ]
    read = [term for p in index.catalog.passages(dict.fromkeys(hits)) for term in terms(p.text)]
    is_whole = any(term.word == last.word for term in read)
    longer = (t for t in read if t.word.startswith(last.word) and t.word != last.word)
    counts = Counter(term.word for term in longer if not (is_whole and term.stem == last.stem))
    return sorted(counts, key=lambda word: (-counts[word], word))


def _stems(last: Term, stems: tuple[str, ...]) -> Iterator[str]:
    """Stems that begin with the word, and shorter ones whose words may: Porter's stem of certification is certif."""
    for n in range(bisect_left(stems, last.word), len(stems)):
        if not stems[n].startswith(last.word):
            break
        yield stems[n]
    for size in range(3, len(last.word)):
        n = bisect_left(stems, last.word[:size])
        if n < len(stems) and stems[n] == last.word[:size]:
            yield stems[n]


def _vocabulary(index: Index) -> Vocabulary:
    if index.engine not in _VOCABULARIES:
        stems = sorted({*index.engine.stems("text"), *index.engine.stems("row")})
        catalog = index.catalog
        _VOCABULARIES[index.engine] = Vocabulary(tuple(_titles(catalog)), tuple(_places(catalog)), tuple(stems))
    return _VOCABULARIES[index.engine]


_VOCABULARIES: WeakKeyDictionary[Ranker, Vocabulary] = WeakKeyDictionary()


def _titles(catalog: Catalog) -> Iterator[tuple[str, str]]:
    texts = (heading.text for document in catalog.documents() for heading in catalog.headings(document.id))
    return ((f" {key(text)}", text) for text in dict.fromkeys(texts))


def _places(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """The places of the tables, each part of a compound name on its own."""
    found: dict[str, str] = {}
    for table in catalog.tables():
        for column in [n for n, c in enumerate(table.columns) if c.has_role(ColumnRole.PLACE)][:1]:
            for text, _ in catalog.names(table.id, column, MAX_PLACE_NAMES).values():
                found |= {key(name): name for name in places_in(text)}
    return iter(sorted(found.items()))


def places_in(cell: str) -> list[str]:
    """The names that a place cell is made of, as they are written: "San Jose", "Sunnyvale", "Santa Clara"."""
    head = re.split(r",|\(", cell, maxsplit=1)[0]
    return [piece.strip() for piece in re.split(r"--?|/", head) if piece.strip()]
