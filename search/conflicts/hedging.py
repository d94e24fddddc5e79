"""Whether a clause is hedged: "some", "if …", "students who …", "not by the city". Hedged, it contradicts nothing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile

from ..params import PARAMS
from ..text.number_words import ORDINALS
from ..text.tokenizer import Term
from .clauses import content
from .conflict_question import StanceScale
from .people import is_people
from .stance_words import (
    AGENT,
    BEING,
    COMPARISON,
    CONCESSION,
    CONDITION,
    CONDITIONS,
    GENITIVE,
    HEDGES,
    NEGATORS,
    OBLIGATION,
    PEOPLE,
    PERMISSION,
    PERSONAL_RELATIVES,
    PORTION,
    RELATIVE,
    RESTRICTING,
    RESTRICTION,
)
from .topic import Topic

HEDGED_VERBS = OBLIGATION.keys() | PERMISSION.keys() | BEING


def is_unhedged(clause: Sequence[Term], topic: Topic, scale: StanceScale) -> bool:
    """Whether the clause has no hedge, no condition, and no restriction to people that the question does not name."""
    return not (_is_hedged(clause, topic) or _is_conditional(clause, topic, scale) or _is_of_some(clause, topic))


def is_by_another(clause: Sequence[Term], topic: Topic) -> bool:
    """Whether the clause names a doer that the question does not: "not regulated by the city"."""
    at = next((n for n, term in enumerate(clause) if term.word == AGENT), len(clause))
    named = content(clause[at + 1 :])[:2]
    return bool(named) and not any(topic.holds(term.stem) for term in named)


def _is_hedged(clause: Sequence[Term], topic: Topic) -> bool:
    """ "As often as you like" hedges nothing, nor does what the question itself asks about."""
    asked = {term.word for term in topic.words}
    hedges = (n for n, term in enumerate(clause) if term.word in HEDGES and term.word not in asked)
    return any(not n or clause[n - 1].word != COMPARISON for n in hedges if not _is_included(clause, n))


def _is_included(clause: Sequence[Term], n: int) -> bool:
    """ "Is part of", "is not part of": no hedge."""
    return n > 0 and clause[n].word == PORTION and clause[n - 1].word in BEING | NEGATORS


def _is_conditional(clause: Sequence[Term], topic: Topic, scale: StanceScale) -> bool:
    """Whether the clause holds only on a condition that is not the question's own.

    "Not only" and "even if" are none, nor is what one who is allowed something must bring ("if you have a photo").
    """
    for n, term in enumerate(clause):
        if term.word not in CONDITIONS or (n and term.word == CONDITION and scale == StanceScale.PERMISSION):
            continue
        if n and (clause[n - 1].word == CONCESSION or (term.word == RESTRICTION and clause[n - 1].word in NEGATORS)):
            continue
        limits = content(clause[n + 1 : n + 1 + PARAMS.conflicts.hedge_reach])
        if not limits or not topic.holds_all(limits):
            return True
    return False


def _is_of_some(clause: Sequence[Term], topic: Topic) -> bool:
    """Whether the clause speaks only of some whom the question does not single out: "students who live here".

    What stands behind the verb that obliges or allows limits nothing: "a permit that costs $5".
    """
    verb = next((n for n, term in enumerate(clause) if term.word in HEDGED_VERBS), len(clause))
    for n, (term, after) in enumerate(pairwise(clause[: verb + 1] if verb > 0 else clause)):
        if after.start - term.end == 1 and _restricts(term, after.word, topic):
            rest = takewhile(lambda t: t.word not in OBLIGATION, clause[n + 2 : n + 2 + PARAMS.conflicts.hedge_reach])
            named = [t for t in content(tuple(rest)) if t.word not in ORDINALS]
            if not topic.holds_all(named[:2]):
                return True
    return False


def _restricts(term: Term, after: str, topic: Topic) -> bool:
    if after in PERSONAL_RELATIVES:
        return True
    if after in RELATIVE:
        return topic.holds(term.stem)
    return after in RESTRICTING and is_people(term.word) and not (after == GENITIVE and term.word in PEOPLE)
