"""Whether a table is about what is asked: nurses' pay in Fresno is not in a table of coders.

Words that say who or what a question is about must be said of the table: by its title, the headings above it and its
document's title. A word beside such a one ("medical coders") counts where the guide itself mostly puts the two
together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ...lang.lexicon import lexicon
from ...params import PARAMS
from ...query.expansion import Likeness, synonyms
from ...store.catalog import Catalog
from ...store.derived import Derived
from ...text.tokenizer import STOP_WORDS, Term, family, initials, stem, terms
from ..parse.pieces import Token
from ..parse.vocabulary import phrases
from .profile import Profile

MAX_GUIDE_TEXT = 200_000
"""Code points of a guide's text in which neighbours of words are counted."""
MOSTLY = PARAMS.tables.mostly


GUIDE_KINDS = lexicon("table_headers").words("guide kinds")
"""What a word of the topic may be put before: "the CNA course" is what a guide to CNA is about."""


class Neighbours(NamedTuple):
    """How often each word stands in a text, and each pair of words side by side, as families."""

    single: Counter[str]
    beside: Counter[tuple[str, str]]


_neighbours = Derived[Neighbours]()


def foreign_words(
    profile: Profile, words: Sequence[Token], question: Sequence[Term], catalog: Catalog
) -> tuple[Token, ...]:
    """The words that the table is not said to be about."""
    if not words:
        return ()
    topic = {family(term.stem) for term in terms(profile.topic) if _says_something(term)}
    topic.update(family(stem(short)) for line in profile.topic.splitlines() if (short := initials(line)))
    unknown = [piece for piece in words if topic.isdisjoint(_forms(question[piece.first].stem))]
    return tuple(piece for piece in unknown if not _belongs(profile, piece, question, topic, catalog))


def _forms(one: str) -> Iterator[str]:
    """A word's family, and those of its other forms: apprentice, and apprenticeship."""
    yield family(one)
    yield from (family(other) for other, likeness in synonyms(one).items() if likeness is Likeness.FORM)


def _says_something(term: Term) -> bool:
    return term.word not in STOP_WORDS and (term.word,) not in phrases()


def _belongs(profile: Profile, piece: Token, question: Sequence[Term], topic: set[str], catalog: Catalog) -> bool:
    """Whether a word stands beside one of the topic in the question, and mostly so in the guide."""
    own = family(question[piece.first].stem)
    for other in (piece.first - 1, piece.last + 1):
        if 0 <= other < len(question) and (known := family(question[other].stem)) in topic:
            if piece.value in GUIDE_KINDS:
                return True
            text = _of(profile, catalog)
            pair = (known, own) if other < piece.first else (own, known)
            if text.beside[pair] and MOSTLY * text.beside[pair] >= text.single[known]:
                return True
    return False


def _of(profile: Profile, catalog: Catalog) -> Neighbours:
    known = _neighbours.of(catalog)
    document = profile.document.id
    if document not in known:
        families = [family(term.stem) for term in terms(catalog.texts.stretch(document, (0, MAX_GUIDE_TEXT)).text)]
        known[document] = Neighbours(Counter(families), Counter(pairwise(families)))
    return known[document]
