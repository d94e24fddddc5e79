"""What a question is about, and how far a statement speaks of it."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import NamedTuple

from ..lang.lexicon import lexicon
from ..lang.states import STATES
from ..params import PARAMS
from ..signals import SUM_ROUNDING
from ..text.quantities import is_number
from ..text.tokenizer import QUESTION_WORDS, STOP_WORDS, Term, stem
from .clauses import Statement
from .lexical_relation import any_names_same, names_same
from .stance_words import ACTS, FREE, GENERIC_PEOPLE, LIGHT, NON, PERMISSION, PREPOSITIONS, TAKING_PART, TIMES

PRONOUNS = lexicon("scope").words("pronouns")
"""A clause that opens with one of them speaks of what its sentence speaks of."""


class Topic(NamedTuple):
    """What is asked about."""

    words: tuple[Term, ...]
    names: frozenset[str]
    """Stems of the words that name a place or body."""
    focus: tuple[Term, ...] = ()
    """The words for what may be required, where that is asked."""

    def holds(self, stem: str) -> bool:
        """Whether a word is one of the topic's."""
        return any(names_same(term.stem, stem) or names_same(stem, term.stem) for term in self.words)

    def holds_all(self, terms: Sequence[Term]) -> bool:
        """Whether all of these words are the topic's."""
        return all(self.holds(term.stem) for term in terms)


def weight(word: str) -> float:
    """What a word of a topic counts."""
    return PARAMS.conflicts.light if word in LIGHT or word in PERMISSION or word in TAKING_PART else 1.0


def holds_focus(topic: Topic, statement: Statement) -> bool:
    """Whether a statement speaks of what may be required: the last word of its name stands in the clause."""
    return not topic.focus or any_names_same(topic.focus[-1].stem, (term.stem for term in statement.clause))


def coverage(topic: Topic, statement: Statement, around: float = PARAMS.conflicts.around_clause) -> float:
    """The share of a topic that a statement covers, from 0 to 1; 0 where it speaks of another place or its opposite.

    ``around`` is what a word counts that only stands around the statement's sentence.
    """
    if _is_elsewhere(topic, statement) or _is_opposite(topic, statement):
        return 0.0
    clause = frozenset(term.stem for term in statement.clause) | _undone(statement.clause)
    if _goes_on(statement):
        around = max(around, PARAMS.conflicts.referred)
    numbered = any(is_number(term.word) for term in statement.clause)
    total = got = direct = 0.0
    for term in topic.words:
        if is_number(term.word) and not numbered:
            continue
        near = _near(term, topic, around)
        places = ((1.0, clause), (PARAMS.conflicts.in_sentence, statement.whole), (near, statement.around))
        credit = next((c for c, stems in places if term.stem in stems or any_names_same(term.stem, stems)), 0.0)
        total += weight(term.word)
        got += weight(term.word) * credit
        direct += weight(term.word) * (credit == 1.0)
    enough = bool(topic.focus) or _goes_on(statement) or direct >= PARAMS.conflicts.direct * total
    return got / total if total and enough else 0.0


def may_cover(topic: Topic, words: Sequence[Term], around: AbstractSet[str], least: float) -> bool:
    """Whether any statement of a passage with these words may cover so much, by the stems in and above the passage."""
    if not topic.names <= around:
        return False
    held = around | _undone(words)
    lacking = [term for term in topic.words if term.stem not in held and not any_names_same(term.stem, held)]
    missed = sum(weight(term.word) for term in lacking if not is_number(term.word))
    every = sum(weight(term.word) for term in topic.words if term not in lacking or not is_number(term.word))
    return every - missed >= least * every - SUM_ROUNDING


def _undone(words: Sequence[Term]) -> frozenset[str]:
    """Stems of what is denied by a word's beginning: "unsuitable" speaks of what is suitable; "UN" denies nothing."""
    return frozenset(stem(t.word[2:]) for t in words if t.word.startswith("un") and t.word[2:])


def names_in(statement: Statement, among: Sequence[Term], known: AbstractSet[str]) -> frozenset[str]:
    """Stems of the words that are names: capitalised within a sentence, or known to be names."""
    return frozenset(
        term.stem
        for n, term in enumerate(among)
        if _is_capital(statement, term)
        and (term.start > 0 or term.stem in known or term.word in STATES or _acts(statement, among[n : n + 2]))
    )


def _near(term: Term, topic: Topic, around: float) -> float:
    """A name above a sentence holds for all of it."""
    return PARAMS.conflicts.in_sentence if term.stem in topic.names else around


def _goes_on(statement: Statement) -> bool:
    return not PRONOUNS.isdisjoint(term.word for term in statement.clause[:2])


def _is_opposite(topic: Topic, statement: Statement) -> bool:
    """Whether the clause speaks of the topic's opposite: of non-members."""
    without = any(a.word == NON and b.word not in LIGHT for a, b in pairwise(statement.clause))
    return without and all(term.word != NON for term in topic.words)


def _is_elsewhere(topic: Topic, statement: Statement) -> bool:
    """Whether the clause names another place than the question, or nothing near it names the question's."""
    absent = topic.names - {term.stem for term in statement.clause}
    if not absent:
        return False
    return bool(names_in(statement, statement.clause, topic.names) - topic.names) or not absent <= statement.around


def _is_capital(statement: Statement, term: Term) -> bool:
    raw = statement.raw(term)
    return raw[0].isupper() and raw != "I" and term.word not in LIGHT | TIMES | {"may"}


def _acts(statement: Statement, opening: Sequence[Term]) -> bool:
    """Whether a sentence's first word is a name: it goes on with another capital, or acts without an article."""
    if len(opening) < 2 or opening[0].word in STOP_WORDS | QUESTION_WORDS | PREPOSITIONS | GENERIC_PEOPLE | FREE.keys():
        return False
    first, second = opening
    return statement.raw(second)[0].isupper() or (second.word in ACTS and not first.word.endswith("ing"))
