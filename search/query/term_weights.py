"""What is looked for: the words of a question, what each of them weighs, and what else stands for it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import NamedTuple

from ..lang.background import rarity
from ..lang.lexicon import lexicon
from ..lang.thesaurus import entry
from ..params import TermParams
from ..store.engines.base import Field
from ..store.open import Index
from ..text.tokenizer import COMMON_WORDS, QUESTION_WORDS, STOP_WORDS, Term, stem
from .asking import CHAT_WORDS
from .expansion import Likeness, synonyms
from .query import Question, state_of
from .spelling import in_english, meant

MANNER = lexicon("figures").words("manner")


class Wanted(NamedTuple):
    """A word that the question asks for: what it weighs, and the stems that stand for it with what they count."""

    term: Term
    weight: float
    forms: Mapping[str, float]
    named: bool = False
    """Whether it is a name or a figure."""
    read_as: str | None = None
    """The word that it was taken for, where no guide holds it as it is written."""

    @property
    def stem(self) -> str:
        """The stem of what is meant."""
        return stem(self.read_as) if self.read_as else self.term.stem

    def held(self, places: Places) -> float:
        """How far the word is found, from 0 to 1: in its best form, in the place that counts most."""
        counts = (c * here for form, c in self.forms.items() for here, stems in places if form in stems)
        return max(counts, default=0.0)


Places = Sequence[tuple[float, AbstractSet[str]]]
"""Where words are looked for: what a word counts that stands there, and the stems that do."""


def wanted(question: Question, index: Index, field: Field = "text") -> tuple[Wanted, ...]:
    """The distinct words of a question that carry meaning."""
    written = (_in_prose(term, question, index, field) for term in question.content)
    distinct = {term.stem: term for term in written}
    lacking = [term for term in distinct.values() if not index.engine.passages_with(term.stem, field)]
    slips = meant(lacking, index, question.params.spelling)
    found = [_wanted(term, question, index, field, slips.get(term.word)) for term in distinct.values()]
    found = [word for word in found if word.read_as not in _SILENT] or found
    return tuple(
        word._replace(weight=word.weight * part, forms=_apart(word.forms, word.term.stem, distinct.keys()))
        for word, part in zip(found, _parts(found, question.text), strict=True)
    )


def stems_of(question: Question) -> set[str]:
    """The stems of a question's words, and all that may stand for them."""
    names = (state_of(term, question.text).split()[-1:] for term in question.content)
    asked = {term.stem for term in question.content} | {stem(word) for name in names for word in name}
    params = question.params.terms
    return {term.stem for term in question.terms}.union(asked, *(_meaning_the_same(s, params) for s in asked))


def share(words: Sequence[Wanted], places: Places) -> float:
    """The share of the words' weight that is found in places."""
    return sum(word.weight * word.held(places) for word in words) / total(words)


def total(words: Sequence[Wanted]) -> float:
    """What the words weigh together; never zero."""
    return sum(word.weight for word in words) or 1.0


def by_form(words: Sequence[Wanted]) -> Mapping[str, tuple[int, float]]:
    """For each stem that stands for a word, which one, and what share of the words' weight it counts."""
    whole = total(words)
    return {form: (n, word.weight * c / whole) for n, word in enumerate(words) for form, c in word.forms.items()}


def by_stem(words: Sequence[Wanted]) -> Mapping[str, Sequence[tuple[int, float]]]:
    """For each stem that stands for words: their numbers, and what it counts for them."""
    found: dict[str, list[tuple[int, float]]] = {}
    for number, word in enumerate(words):
        for form, counts in word.forms.items():
            found.setdefault(form, []).append((number, counts))
    return found


def held(
    words: Sequence[Wanted], forms: Mapping[str, Sequence[tuple[int, float]]], stems: Iterable[str]
) -> tuple[float, ...]:
    """How far each word is found among stems, from 0 to 1; ``forms`` are the words' own (by_stem)."""
    found = [0.0] * len(words)
    for form in forms.keys() & stems:
        for number, counts in forms[form]:
            found[number] = max(found[number], counts)
    return tuple(found)


def with_related(words: Sequence[Wanted], stems: Iterable[str], params: TermParams) -> tuple[Wanted, ...]:
    """The words, with those of ``stems`` that share their root as further forms; names are taken as they stand."""
    by_start: dict[str, set[str]] = {word.term.stem[: params.root]: set() for word in words if not word.named}
    for one in stems:
        if (start := one[: params.root]) in by_start:
            by_start[start].add(one)
    asked = {word.term.stem for word in words}
    return tuple(word if word.named else word._replace(forms=_widened(word, by_start, asked, params)) for word in words)


def _in_prose(term: Term, question: Question, index: Index, field: Field) -> Term:
    """A word as prose writes it: the last word of a state's name for the abbreviation, where no guide holds that."""
    name = state_of(term, question.text).split()
    if not name or index.engine.passages_with(term.stem, field):
        return term
    return term._replace(stem=stem(name[-1]), word=name[-1])


def _wanted(term: Term, question: Question, index: Index, field: Field, slip_of: str | None) -> Wanted:
    """idf is log((N + 1) / (n + ½)), n of N passages holding the word (K. Spärck Jones, 1972, smoothed).

    Passages of ordinary prose are counted as if they were guides too: what is rare in a few guides may be common.
    """
    params = question.params.terms
    holding = index.engine.passages_with(term.stem, field)
    named = _is_named(term, question.text)
    read_as = None if holding else slip_of
    if not holding and not named and read_as is None:
        read_as = in_english(term.word, question.params.spelling)
    meaning = stem(read_as) if read_as else term.stem
    holding = index.engine.passages_with(meaning, field) if read_as else holding
    elsewhere = params.prose * math.exp(-rarity(meaning))
    weight = math.log((index.engine.passage_count(field) + params.prose + 1) / (holding + elsewhere + 0.5))
    forms = {**({} if named else _meaning_the_same(meaning, params)), meaning: 1.0}
    if read_as is not None:
        forms = {**{other: params.corrected * counts for other, counts in forms.items()}, term.stem: 1.0}
    says_less = term.stem in _COMMON or _measures(term, question)
    emphasis = params.common if says_less else params.named if named else 1.0
    emphasis *= 1.0 if _asks(term, question) else params.story
    return Wanted(term, weight * emphasis, forms, named, read_as)


@lru_cache(maxsize=4096)
def _meaning_the_same(stem: str, params: TermParams) -> Mapping[str, float]:
    """The stems that may stand for a stem: by the lists of word families, and by nearness in ordinary English."""
    found = entry(stem)
    near = {other: params.neighbour * cosine for other, cosine in found.near.items()} if found else {}
    counts = {Likeness.FORM: params.form, Likeness.NEAR: params.family, Likeness.EVERYDAY: params.everyday_family}
    listed = {other: counts[likeness] for other, likeness in synonyms(stem).items()}
    return {other: max(near.get(other, 0.0), listed.get(other, 0.0)) for other in (*listed, *near)}


def _asks(term: Term, question: Question) -> bool:
    """Whether a word stands in a sentence of the question that asks, and not in the story before it."""
    return not question.asking or any(start <= term.start < end for start, end in question.asking)


def _is_named(term: Term, text: str) -> bool:
    """Whether a word is a figure, or written with a capital inside the question."""
    return term.word[0].isdigit() or (term.start > 0 and text[term.start].isupper())


def _measures(term: Term, question: Question) -> bool:
    """Whether a word stands behind "how": it says which measure is asked for, and the answer seldom repeats it."""
    before = question.text[: term.start].split()
    return bool(before) and before[-1].casefold() in MANNER


def _parts(words: Sequence[Wanted], text: str) -> list[float]:
    """What of its weight each word keeps: the words of one name count as the square root of so many.

    A long name would outweigh what is asked about it: for "the president of American Career College", the name is one
    thing and the president another.
    """
    names: list[list[int]] = []
    for n, word in enumerate(words):
        if n and word.named and words[n - 1].named and text[words[n - 1].term.end : word.term.start] in _INSIDE:
            names[-1].append(n)
        else:
            names.append([n])
    parts = [1.0] * len(words)
    for name in names:
        weights = [words[n].weight for n in name]
        for n in name:
            parts[n] = math.sqrt(max(weights) / sum(weights)) if len(name) > 1 else 1.0
    return parts


_INSIDE = frozenset((" ", "-", ", ", " of ", " the ", " of the ", "'s ", "’s ", " & ", " and "))
"""What stands between the words of one name."""


def _apart(forms: Mapping[str, float], own: str, asked: AbstractSet[str]) -> dict[str, float]:
    """A word's forms without those that the question asks for besides: one word of a guide must not count twice."""
    return {form: counts for form, counts in forms.items() if form == own or form not in asked}


def _widened(
    word: Wanted, by_start: Mapping[str, AbstractSet[str]], asked: AbstractSet[str], params: TermParams
) -> dict[str, float]:
    related = _related(word.term.stem, by_start, params) - asked
    return {**dict.fromkeys(related, params.related), **word.forms}


_COMMON = frozenset(map(stem, COMMON_WORDS))
_SILENT = STOP_WORDS | QUESTION_WORDS | CHAT_WORDS


def _related(stem: str, by_start: Mapping[str, AbstractSet[str]], params: TermParams) -> set[str]:
    """The stems that share a root with ``stem``: most of the letters of both, or all of one (course and coursework)."""
    return {
        other
        for other in by_start.get(stem[: params.root], ())
        if (alike := _alike(stem, other)) >= params.root
        and (alike >= params.alike * max(len(stem), len(other)) or alike == min(len(stem), len(other)))
    }


def _alike(a: str, b: str) -> int:
    """How many letters two words have in common at their start."""
    return next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
