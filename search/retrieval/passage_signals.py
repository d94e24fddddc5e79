"""What speaks for a passage: a table of signals over the words it shares with the question, and over its meaning."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from ..model import Passage, Span
from ..query.term_weights import Wanted, total
from ..signals import Signal
from ..text.cycles import implied, moments
from ..text.sentence_splitter import spans_of
from ..text.tokenizer import QUESTION_WORDS, STOP_WORDS, Term, stems_and_words, terms


class Candidate(NamedTuple):
    """A passage that may answer, beside the question's words."""

    words: tuple[Wanted, ...]
    by_form: Mapping[str, tuple[int, float]]
    """Which of them each stem stands for, and what share it counts."""
    passage: Passage
    titles: tuple[str, ...]
    """The document's title and the passage's headings, outermost first."""
    above: AbstractSet[str]
    """The stems of these."""
    body: AbstractSet[str]
    """The stems of its text."""
    in_above: Sequence[float]
    """How far each of the question's words is found above it."""
    in_body: Sequence[float]
    """The same of its text."""
    bm25: float
    """The engine's score as a share of the best one's; 0 where it was found by meaning alone."""
    cosine: float = 0.0
    """Its nearness to the question in meaning, from -1 to 1: by the index's vectors, or by those of the words."""
    gap: float = 0.0
    """How far its cosine lies behind the nearest passage's."""
    within: int = 8
    """Words within which the question's words count as standing together."""
    strange: bool = False
    """Whether its document never speaks of a thing that is asked about and is the subject of others."""


@lru_cache(maxsize=4096)
def cut(text: str) -> tuple[Term, ...]:
    """The words of a text, kept for the next question."""
    return tuple(terms(text))


class ReadWords(NamedTuple):
    """The words of a text, in order."""

    stems: tuple[str, ...]
    words: tuple[str, ...]
    """Folded."""


@lru_cache(maxsize=4096)
def read(text: str) -> ReadWords:
    """The words of a text, where it does not matter where each stands: told in half the time, kept as well."""
    found = tuple(stems_and_words(text))
    return ReadWords(tuple(stem for stem, _ in found), tuple(word for _, word in found))


@lru_cache(maxsize=4096)
def cut_sentences(kind: str, text: str) -> tuple[tuple[Span, tuple[Term, ...]], ...]:
    """The sentences of a passage of this kind, each with its words, kept for the next question."""
    words = cut(text)
    starts = [term.start for term in words]
    return tuple(
        ((start, end), words[bisect_left(starts, start) : bisect_left(starts, end)])
        for start, end in spans_of(kind, text)
    )


@lru_cache(maxsize=4096)
def stems_in(text: str) -> frozenset[str]:
    """The stems of a text, and of the months that it takes in, kept for the next question."""
    months = () if moments().keys().isdisjoint(read(text).words) else implied(cut(text), text)
    return frozenset((*read(text).stems, *months))


def _share(c: Candidate, held: Iterable[float]) -> float:
    """The share of the words' weight that is found."""
    return sum(word.weight * found for word, found in zip(c.words, held, strict=True)) / total(c.words)


def _held(c: Candidate) -> float:
    return _share(c, map(max, c.in_above, c.in_body))


def _exact(c: Candidate) -> float:
    written = [read(text).words for text in (*c.titles, c.passage.text)]
    asked = ((w.weight, w.read_as or w.term.word) for w in c.words)
    return sum(weight for weight, word in asked if any(word in words for words in written)) / total(c.words)


def _body(c: Candidate) -> float:
    return _share(c, c.in_body)


def _above(c: Candidate) -> float:
    return _share(c, c.in_above)


def _pairs(c: Candidate) -> float:
    """The share of the question's neighbouring words that are neighbours here too; names aside."""
    asked = {
        (a.term.stem, b.term.stem): min(a.weight, b.weight) for a, b in pairwise(c.words) if not (a.named and b.named)
    }
    texts = (*c.titles, c.passage.text)
    found = sum(weight for pair, weight in asked.items() if any(_are_neighbours(pair, text) for text in texts))
    return found / (sum(asked.values()) or 1.0)


def _are_neighbours(pair: tuple[str, str], text: str) -> bool:
    """Whether two words stand next to each other, stop words aside; few texts hold both at all."""
    return stems_in(text).issuperset(pair) and pair in neighbours(text)


@lru_cache(maxsize=4096)
def neighbours(text: str) -> frozenset[tuple[str, str]]:
    """The pairs of words next to each other, stop words aside; kept for the next question."""
    return frozenset(pairwise(stem for stem, word in zip(*read(text), strict=True) if word not in STOP_WORDS))


def _together(c: Candidate) -> float:
    here = chain.from_iterable(read(text).stems for text in (*c.titles, c.passage.text))
    return together(c.by_form, here, c.within)


def together(wanted: Mapping[str, tuple[int, float]], here: Iterable[str], within: int) -> float:
    """The greatest share of wanted words, by their forms, that stands within any so many of these stems."""
    places = [(at, *wanted[stem]) for at, stem in enumerate(here) if stem in wanted]
    return max((_weight_from(places, first, within) for first in range(len(places))), default=0.0)


def _weight_from(places: Sequence[tuple[int, int, float]], first: int, within: int) -> float:
    near: dict[int, float] = {}
    for at, number, weight in places[first : first + within]:
        if at - places[first][0] >= within:
            break
        near[number] = max(near.get(number, 0.0), weight)
    return sum(near.values())


def _heading_focus(c: Candidate) -> float:
    """The share of the nearest heading's words that are asked for."""
    nearest = zip(*read(c.titles[-1]), strict=True)
    telling = [stem for stem, word in nearest if word not in STOP_WORDS and word not in QUESTION_WORDS]
    counts = (max((w.forms.get(stem, 0.0) for w in c.words), default=0.0) for stem in telling)
    return sum(counts) / (len(telling) or 1)


PASSAGE_SIGNALS: tuple[Signal[Candidate], ...] = (
    Signal("bm25", lambda c: c.bm25),
    Signal("held", _held),
    Signal("body", _body),
    Signal("above", _above),
    Signal("exact", _exact),
    Signal("pairs", _pairs),
    Signal("together", _together),
    Signal("heading focus", _heading_focus),
    Signal("stranger", lambda c: float(c.strange)),
    Signal("list", lambda c: float(c.passage.is_a("list"))),
    Signal("cosine", lambda c: c.cosine),
    Signal("cosine gap", lambda c: c.gap),
)
