"""What one sentence says: its words and values, and whether it requires, allows, denies or charges."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property, lru_cache
from itertools import pairwise

from ..lang.lexicon import lexicon
from ..lang.thesaurus import entry
from ..params import PARAMS
from ..text.number_words import QuantityKind
from ..text.quantities import Quantity, quantities
from ..text.quantity_patterns import QuantityBound
from ..text.regex import compiled
from ..text.tokenizer import QUESTION_WORDS, STOP_WORDS, Term, stem
from .lexical_relation import names_of_same, names_same
from .stance_words import (
    DETERMINERS,
    FREE,
    LACK,
    MUST,
    NEGATORS,
    NO,
    NON,
    NOT_DENYING,
    OBLIGATION,
    PERMISSION,
    PREPOSITIONS,
    TO_DO,
    TO_OBLIGES,
)

_CLAIMS, _STANCE = lexicon("claims"), lexicon("stance")
DENYING = _CLAIMS.words("denying") | {LACK}
(THAN,) = _CLAIMS.ordered("than")
ENDED_WORDS = _CLAIMS.words("ended")
BOUNDING_WORDS = _STANCE.words("extremes") | _CLAIMS.words("bounding")
"""Words that beside a number say which end of a range it is."""
CONJUNCTIONS = _CLAIMS.words("conjunctions")
COORDINATING = _CLAIMS.words("coordinating")
FINITE = _CLAIMS.words("finite verbs")
"""A clause of its own has one of these, as far as can be told without a grammar."""
COMMA = ","
PARTING = frozenset(";:.!?()[]–—")
"""Marks that part clauses; a comma may."""
FEELING = _STANCE.words("feeling")
NOTHING_WORDS = _CLAIMS.words("nothing")
UNDOING = _CLAIMS.ordered("undoing")
TURNED = {QuantityBound.AT_MOST: QuantityBound.AT_LEAST, QuantityBound.AT_LEAST: QuantityBound.AT_MOST}
STANCE_SIGNS = {1: "+", -1: "-"}
SAID_WHOLE = {
    scale: {
        sign: rf"\b(?:{_STANCE.pattern(f'{scale} {mark}, said whole')})(?!\w)" for sign, mark in STANCE_SIGNS.items()
    }
    for scale in ("obligation", "permission")
}
"""Turns of phrase that oblige or allow, or do not: alternatives of regular expressions over the folded words."""


class Said:
    """A sentence: its text and its words, whose places count in a text that it begins at ``offset`` of."""

    def __init__(self, text: str, terms: Sequence[Term], offset: int = 0) -> None:
        self.text, self.terms, self.offset = text, terms, offset

    # Words

    @cached_property
    def said(self) -> tuple[str, ...]:
        """Its words in order, folded."""
        return tuple(term.word for term in self.terms)

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words, folded."""
        return frozenset(self.said)

    @cached_property
    def content(self) -> frozenset[str]:
        """The stems of its words that carry meaning."""
        return telling(self.terms)

    @cached_property
    def beside_values(self) -> frozenset[str]:
        """The stems of its words that carry meaning and are no part of a value, nor bound one."""
        return telling([term for n, term in enumerate(self.terms) if n not in self._in_values])

    def names_it(self, word: str) -> bool:
        """Whether a word of it that carries meaning names what a stem names."""
        if word in self.content or word in self._namesakes or not close_to(word).isdisjoint(self.content):
            return True
        return any(names_same(word, other) for other in self._by_beginning.get(word[: PARAMS.comparison.beginning], ()))

    @cached_property
    def _namesakes(self) -> frozenset[str]:
        return frozenset(name for word in self.content for name in (*named_like(word), *close_to(word)))

    @cached_property
    def _by_beginning(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = {}
        for word in self.content:
            found.setdefault(word[: PARAMS.comparison.beginning], []).append(word)
        return found

    @cached_property
    def loose(self) -> frozenset[str]:
        """Its words, folded, that are no part of a value: "May" in a date is no month by itself."""
        return frozenset(word for n, word in enumerate(self.said) if n not in self._in_values or word in BOUNDING_WORDS)

    @cached_property
    def names(self) -> AbstractSet[str]:
        """Words within it that are written with a capital; a month within a date is none."""
        inner = enumerate(self.terms[1:], start=1)
        return {t.stem for n, t in inner if n not in self._in_values and self.text[t.start - self.offset].isupper()}

    @cached_property
    def placed(self) -> AbstractSet[tuple[str, str]]:
        """Its prepositions with the word behind each, an article aside; those before a value say no place."""
        said = [(n, term) for n, term in enumerate(self.terms) if term.word not in DETERMINERS]
        found = (a.word in PREPOSITIONS and n not in self._in_values for (_, a), (n, _) in pairwise(said))
        return {(a.word, b.stem) for ((_, a), (_, b)), placed in zip(pairwise(said), found, strict=True) if placed}

    def clauses(self) -> Iterator[Said]:
        """Its clauses: its words, cut where marks or conjunctions part two verbs; a comma in a list parts none."""
        part: list[Term] = []
        for parted, term in zip(self._parted, self.terms, strict=True):
            if parted and part:
                yield Said(self.text, part, self.offset)
                part = []
            part.append(term)
        if part:
            yield Said(self.text, part, self.offset)

    @cached_property
    def _parted(self) -> Sequence[bool]:
        """Of each word whether a clause begins with it."""
        found = [False] * len(self.terms)
        for n, (hard, soft) in enumerate(self._marks):
            found[n] = hard or soft
        verbs = [word in FINITE or word.endswith("n't") for word in self.said]
        starts = [*(n for n, parted in enumerate(found) if parted), len(found)]
        held = any(verbs[: starts[0]])
        for begin, end in pairwise(starts):
            own = any(verbs[begin:end])
            found[begin] = self._marks[begin][0] or (own and held)
            held = own or (held and not found[begin])
        return found

    @cached_property
    def _marks(self) -> Sequence[tuple[bool, bool]]:
        """Of each word whether something before it parts clauses, and whether it may: a comma, "and"."""
        found, end = [], 0
        for term in self.terms:
            between = set(self.text[end : term.start - self.offset]) if end else set()
            joins = term.word in COORDINATING
            parts = not PARTING.isdisjoint(between) or (term.word in CONJUNCTIONS and not joins)
            found.append((parts, joins or COMMA in between))
            end = term.end - self.offset
        return found

    def unsaid_in(self, content: AbstractSet[str]) -> Iterator[int]:
        """The numbers of its words that another sentence does not have."""
        return (n for n, term in enumerate(self.terms) if term.stem not in content)

    # Values

    @cached_property
    def values(self) -> tuple[Quantity, ...]:
        """The quantities that it names, each as the bound that it is where a word denies it."""
        return tuple(self._turned(value) if self._denial_of(value) is not None else value for value in read(self.text))

    def _turned(self, value: Quantity) -> Quantity:
        """The bound that is left of a value that is denied: "may not stay longer than 7 days" allows 7 at most."""
        if value.bound == QuantityBound.AT_LEAST:
            return value._replace(bound=QuantityBound.AT_MOST, low=0.0, high=value.low)
        return value._replace(bound=QuantityBound.AT_LEAST, low=value.high, high=math.inf)

    def _denial_of(self, value: Quantity) -> int | None:
        """The number of the word that denies a bound: the last before it in its clause."""
        if value.bound not in TURNED or (value.is_a(QuantityKind.COUNT) and value.low == value.high):
            return None
        start = self.offset + value.span[0]
        before = [n for n, term in enumerate(self.terms) if term.start < start]
        for n in reversed(before):
            after = self.terms[n + 1].start if n + 1 < len(self.terms) else start
            if not (PARTING | {COMMA}).isdisjoint(self.text[self.terms[n].end - self.offset : after - self.offset]):
                return None
            if self.said[n] in CONJUNCTIONS and self.said[n] not in COORDINATING:
                return None
            if self._negates(n):
                return n if n < before[-1] or self.said[n] not in BOUNDING_WORDS else None
        return None

    @cached_property
    def denials_of_values(self) -> frozenset[int]:
        """The numbers of the words that deny a bound: they deny nothing else."""
        return frozenset(n for value in read(self.text) if (n := self._denial_of(value)) is not None)

    @cached_property
    def _in_values(self) -> frozenset[int]:
        """The numbers of the words that are part of a value, or bound one."""
        found: set[int] = set()
        for start, end in (value.span for value in read(self.text)):
            inside = [n for n, t in enumerate(self.terms) if start <= t.start - self.offset < end]
            if not inside:
                continue
            found.update(inside)
            most = PARAMS.comparison.beside
            beside = (*range(max(0, inside[0] - most), inside[0]), *range(inside[-1] + 1, inside[-1] + 1 + most))
            found.update(n for n in beside if n < len(self.said) and self.said[n] in BOUNDING_WORDS)
        return frozenset(found)

    # Stances

    @cached_property
    def obliges(self) -> int:
        """1 where it says that something is required, -1 that it is not, 0 where it says neither."""
        if sign := self._said_whole("obligation"):
            return sign
        said = self.said
        if any(OBLIGATION.get(word) == -1 for word in said):
            return -1
        duty = any(OBLIGATION.get(word) == 1 for word in said)
        duty = duty or any(a in TO_OBLIGES and b in TO_DO for a, b in pairwise(said))
        if not duty or (self.denies and MUST in self.words):
            return 0
        return -1 if self.denies else 1

    @cached_property
    def permits(self) -> int:
        """1 where it says that something may be or is so, -1 that it is not, 0 where it says neither."""
        if sign := self._said_whole("permission"):
            return sign
        signs = [PERMISSION[word] for word in self.words if word in PERMISSION]
        if not signs:
            return -1 if self.denies else 0
        return -min(signs) if self.denies else min(signs)

    def _said_whole(self, scale: str) -> int:
        said = " ".join(self.said)
        return next((sign for sign, pattern in SAID_WHOLE[scale].items() if compiled(pattern).search(said)), 0)

    @cached_property
    def denies(self) -> bool:
        """Whether a word of it denies, and not only a bound."""
        return any(self._negates(n) for n in range(len(self.said)) if n not in self.denials_of_values)

    def _negates(self, at: int) -> bool:
        word, after = self.said[at], self.said[at + 1 : at + 2]
        if word not in NEGATORS and word not in NO and not word.endswith("n't"):
            return False
        return (
            not after
            or after[0] not in NOT_DENYING
            or (after[0] in ENDED_WORDS and self.said[at + 2 : at + 3] != (THAN,))
        )

    def denies_at(self, at: int) -> bool:
        """Whether a word denies: "not", "without", "prohibited", "optional"; not where it denies a bound or a price."""
        word = self.said[at]
        if at in self.denials_of_values or ((self._negates(at) or word in DENYING) and self._prices(at)):
            return False
        return self._negates(at) or word in DENYING or PERMISSION.get(word, 1) < 0 or OBLIGATION.get(word, 1) < 0

    def _prices(self, at: int) -> bool:
        """Whether what a word denies is a price: "no monthly charge", "costs nothing"."""
        priced = self.said[at + 1 : at + 1 + PARAMS.comparison.beside]
        if self.said[at] in NOTHING_WORDS:
            priced = self.said[max(0, at - PARAMS.comparison.beside) : at]
        return self.said[at] != NON and any(FREE.get(word, 1) < 0 for word in priced)

    @cached_property
    def leaves_open(self) -> bool:
        """Whether a turn of phrase in it denies: "it is up to you", "under no circumstances"."""
        return min(self._said_whole("obligation"), self._said_whole("permission")) < 0 and not self.denies

    def undoes(self, at: int, other: Said) -> bool:
        """Whether a word denies one of another sentence by how it begins: "unused" and "used"."""
        word = self.said[at]
        begun = (word.removeprefix(prefix) for prefix in UNDOING if word.startswith(prefix) and word not in FREE)
        return any(other.names_it(stem(rest)) for rest in begun if len(rest) > PARAMS.comparison.beginning)

    @cached_property
    def free(self) -> int:
        """1 where it says that it costs nothing, -1 where it says that it is paid for, 0 where neither, or both."""
        priced = (n for n, word in enumerate(self.said) if word in FREE and self.said[max(0, n - 1)] not in FEELING)
        signs = [FREE[self.said[n]] * (-1 if self._is_denied(n) else 1) for n in priced]
        if not signs:
            return -1 if any(v.is_a(QuantityKind.MONEY) and v.high > 0 for v in self.values) else 0
        return signs[0] if len(set(signs)) == 1 else 0

    def _is_denied(self, at: int) -> bool:
        before = range(max(0, at - PARAMS.comparison.beside), at)
        after = self.said[at + 1 : at + 1 + PARAMS.comparison.beside]
        return any(self._negates(n) or self.said[n] == LACK for n in before) or not NOTHING_WORDS.isdisjoint(after)


@lru_cache(maxsize=8192)
def named_like(word: str) -> frozenset[str]:
    """The stems that the lexicon has as names of the same."""
    return frozenset(names_of_same(word))


@lru_cache(maxsize=8192)
def close_to(word: str) -> frozenset[str]:
    """The stems so near in meaning that they may name one thing."""
    found = entry(word)
    near = found.near.items() if found else ()
    return frozenset(other for other, cosine in near if cosine >= PARAMS.comparison.close)


def telling(words: Sequence[Term]) -> frozenset[str]:
    """The stems of words that carry meaning."""
    return frozenset(t.stem for t in words if t.word not in STOP_WORDS and t.word not in QUESTION_WORDS)


@lru_cache(maxsize=1024)
def read(text: str) -> tuple[Quantity, ...]:
    """The quantities of a sentence, kept for the next pair that it is part of."""
    return tuple(quantities(text))
