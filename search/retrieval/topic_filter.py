"""What guides are about, told from their titles and the names of their files: whether one knows what is asked about.

"Is the phlebotomy course online?" is no question for a guide that speaks of courses, some online, and never of
phlebotomy, where another guide has it in its title and most of what is said of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from ..query.term_weights import Wanted
from ..store.engines.base import Wish
from ..store.engines.bm25 import Ranker
from ..text.tokenizer import COMMON_WORDS, Term, family


class Seen(NamedTuple):
    """A passage that was found: its document, the words of this one's title, and the stems that stand in and above."""

    document: int
    title: Sequence[Term]
    stems: AbstractSet[str]


def strangers(words: Sequence[Wanted], seen: Sequence[Seen], engine: Ranker, mostly: float) -> frozenset[int]:
    """The documents, of those seen, that never speak of a thing which is the subject of others of them: of those that
    have it in their titles, as this share of the passages seen with it is theirs."""
    wishes: list[tuple[int, Wish]] = []
    for word in words:
        if word.term.word in COMMON_WORDS:
            continue
        kin = family(word.term.stem)
        named = [
            (passage.document, term.stem) for passage in seen for term in passage.title if family(term.stem) == kin
        ]
        theirs, stems = {document for document, _ in named}, {*word.forms, *(stem for _, stem in named)}
        holding = [passage.document for passage in seen if not passage.stems.isdisjoint(stems)]
        if theirs and sum(document in theirs for document in holding) >= mostly * len(holding):
            silent = {passage.document for passage in seen} - theirs - set(holding)
            wishes += [(d, Wish(dict.fromkeys(stems, 1.0), 1, documents=(d,))) for d in sorted(silent)]
    hits = engine.rank_all([wish for _, wish in wishes]) if wishes else []
    return frozenset(document for (document, _), found in zip(wishes, hits, strict=True) if not found)
