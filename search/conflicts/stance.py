"""Which stance a statement takes: that something is so, required or allowed, or that it is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..lang.lexicon import lexicon
from ..params import PARAMS
from ..text.tokenizer import Term, stem
from .clauses import Statement
from .conflict_question import StanceScale
from .hedging import is_by_another, is_unhedged
from .lexical_relation import names_same
from .stance_words import (
    ATTAINING,
    ATTRIBUTIVE,
    BARRIERS,
    BEING,
    BENEFIT,
    COPULA,
    EXISTENCE,
    FREE,
    FREEDOM,
    GENITIVE,
    INFINITIVE,
    LACK,
    LAW,
    LEAVING_OPEN,
    LIMIT,
    MODALS,
    MUST,
    NEGATORS,
    NO,
    NOT,
    NOT_DENYING,
    OBLIGATION,
    PARTIES,
    PASSIVE,
    PERMISSION,
    PREDICATES,
    PURPOSE,
    STAYING,
    TO_OBLIGES,
)
from .topic import Topic

EXEMPTING = lexicon("stance").words("exempting")
"""They say no to what is done to someone: "exempt from tax"."""
ASKING = lexicon("stance").words("asking")
"""Who stands before them is who requires."""
STANCE_LABELS: Mapping[StanceScale, Mapping[int, str]] = {
    StanceScale.OBLIGATION: {1: "required", -1: "not required"},
    StanceScale.PERMISSION: {1: "yes", -1: "no"},
    StanceScale.FREE: {1: StanceScale.FREE, -1: "not free"},
    StanceScale.EXISTENCE: {1: "yes", -1: "no"},
}


def stance(statement: Statement, topic: Topic, scale: StanceScale) -> int:
    """1 where the statement says yes on the scale, -1 where it says no, 0 where it takes no firm stance."""
    clause, said = statement.clause, [term.word for term in statement.clause]
    if not is_unhedged(clause, topic, scale):
        return 0
    if scale == StanceScale.OBLIGATION:
        return _doing_without(clause, said, topic) or _duty(clause, said, topic) or _there_is(clause, said, topic)
    if scale == StanceScale.EXISTENCE:
        return _there_is(clause, said, topic) or _duty(clause, said, topic) or _permission(clause, said, topic)
    if scale == StanceScale.FREE:
        cues = ((at, sign) for at, sign in _cues(said, FREE) if said[max(0, at - 2) : at] != [FREEDOM, GENITIVE])
        return _agreed(sign * _denial(said, at) for at, sign in cues)
    return _permission(clause, said, topic)


def is_denied(statement: Statement) -> bool:
    """Whether the clause denies, so that its figure is of those who do not: "a third have no heating"."""
    said = [term.word for term in statement.clause]
    return any(_denies(said, n) and said[n + 1 : n + 2] != [LIMIT] for n in range(len(said)))


def is_plain(statement: Statement, scale: StanceScale) -> bool:
    """Whether the statement neither allows nor denies anything in words, so that only what it speaks of says yes."""
    said = [term.word for term in statement.clause]
    return scale == StanceScale.PERMISSION and not any(w in PERMISSION or _denies(said, n) for n, w in enumerate(said))


def _doing_without(clause: Sequence[Term], said: Sequence[str], topic: Topic) -> int:
    """-1 where one can do without what is asked about, 1 where one cannot, 0 where nothing is said of it."""
    for at, word in enumerate(said):
        behind = clause[at + 1 : at + 1 + PARAMS.conflicts.denial_reach]
        if word == FREEDOM and at and any(names_same(f.stem, clause[at - 1].stem) for f in topic.focus[-1:]):
            return -1
        if word == LACK and any(names_same(f.stem, t.stem) for f in topic.focus[-1:] for t in behind):
            denials = sum(_denies(said, n) for n in range(at))
            can = _agreed(sign for _, sign in _cues(said, PERMISSION)) or 1
            return can if denials % 2 else -can
    return 0


def _duty(clause: Sequence[Term], said: Sequence[str], topic: Topic) -> int:
    """1 where what is asked about is required, -1 where it is said not to be."""
    if _is_private(said, topic):
        return 0
    signs = []
    for at, sign in _cues(said, OBLIGATION, TO_OBLIGES):
        left_open = sign > 0 and not MODALS.isdisjoint(said[max(0, at - 2) : at])
        if (left_open and not _cannot_be(said, at)) or said[at : at + 2] == [MUST, NOT]:
            return 0
        if _concerns(clause, said, at, topic):
            signs.append(sign * _denial(said, at))
    return _agreed(signs) if signs else _lawless(said)


def _cannot_be(said: Sequence[str], at: int) -> bool:
    """ "No nurse can be forced", "cannot be required"; "may not be required" leaves it open."""
    can = {"can", "could", "cannot", "can't"} & set(said[max(0, at - 2) : at])
    return bool(can) and _denial(said, at) < 0


def _there_is(clause: Sequence[Term], said: Sequence[str], topic: Topic) -> int:
    """1 for "there is a waiting period", -1 for "there is no waiting period" and "with no test"."""
    for at, word in enumerate(said):
        behind = [t.stem for t in clause[at + 1 : at + 1 + PARAMS.conflicts.denial_reach]]
        if topic.focus and any(names_same(topic.focus[-1].stem, stem) for stem in behind):
            if word in NO:
                return -1
            if word == EXISTENCE and not any(_denies(said, n) for n in range(at, len(said))):
                return 1
    return 0


def _is_private(said: Sequence[str], topic: Topic) -> bool:
    """Whether a private party requires, that the question does not name."""
    party = next((said[:n] for n, word in enumerate(said) if word in ASKING), ())
    return not PARTIES.isdisjoint(party) and PARTIES.isdisjoint(t.word for t in topic.words)


def _lawless(said: Sequence[str]) -> int:
    """-1 for "no law makes you"."""
    return -1 if any(word in LAW and _denial(said, at) < 0 for at, word in enumerate(said)) else 0


def _concerns(clause: Sequence[Term], said: Sequence[str], at: int, topic: Topic) -> bool:
    """Whether what is required is what the question asks about, not something else for its sake.

    "A licence is required" speaks of what stands before, "requires a licence" and "must hold a licence" of what stands
    behind, "must be held" of both.
    """
    if not topic.focus:
        return True
    places = [n for n, term in enumerate(clause) if names_same(topic.focus[-1].stem, term.stem)]
    passive = said[at] in PASSIVE or COPULA in said[at + 1 : at + 4]
    if passive and any(n < at and _is_said_of(said, n, at) for n in places):
        return True
    return any(n > at and _reaches(said[at + 1 : n]) for n in places)


def _is_said_of(said: Sequence[str], place: int, at: int) -> bool:
    """Whether "required" is said of a thing before it: not of the licence in "a licence for the skills required"."""
    between = said[place + 1 : at]
    if not BARRIERS.isdisjoint(between):
        return False
    linked = place == at - 1 or COPULA in said[at + 1 : at + 4] or not BEING.isdisjoint(between)
    return linked or said[at] not in ATTRIBUTIVE


def _reaches(between: Sequence[str]) -> bool:
    """Whether words between a duty and a thing leave the thing its object: "to pass a test for", not "a year for"."""
    if not BARRIERS.isdisjoint(between):
        return False
    if BENEFIT in between and INFINITIVE in between[between.index(BENEFIT) :]:
        return True
    return PURPOSE.isdisjoint(between) or not ATTAINING.isdisjoint(between)


def _permission(clause: Sequence[Term], said: Sequence[str], topic: Topic) -> int:
    """A plain sentence says yes; every denial and every denying word turns it round."""
    if not EXEMPTING.isdisjoint(said) and not any(_denies(said, n) for n in range(len(said))):
        return -1
    if _obliges(said) or _may_be(said, topic):
        return 0
    turns = sum(
        _is_undone(word, topic) or _is_negative(said, n) or (word not in NO and _denies(said, n))
        for n, word in enumerate(said)
    )
    turns += sum(
        word in NO and any(topic.holds(t.stem) for t in clause[n + 1 : n + 1 + PARAMS.conflicts.noun_reach])
        for n, word in enumerate(said)
    )
    if turns % 2 == 0:
        return 1
    return 0 if LACK in said or is_by_another(clause, topic) else -1


def _is_undone(word: str, topic: Topic) -> bool:
    """Whether a word is the opposite of one of the topic's: "unpaid"."""
    return word.startswith("un") and topic.holds(stem(word.removeprefix("un")))


def _is_negative(said: Sequence[str], at: int) -> bool:
    """Whether a word denies: "is closed", but not "in a closed basket"."""
    before = said[max(0, at - PARAMS.conflicts.noun_reach) : at]
    linked = said[at] not in PREDICATES or not (BEING | STAYING).isdisjoint(before)
    return PERMISSION.get(said[at], 1) < 0 and linked


def _obliges(said: Sequence[str]) -> bool:
    """Whether the clause speaks of a duty instead; "must not" forbids."""
    cues = [at for at, _ in _cues(said, OBLIGATION, TO_OBLIGES)]
    return any(said[at : at + 2] != [MUST, NOT] for at in cues)


def _may_be(said: Sequence[str], topic: Topic) -> bool:
    """Whether the clause leaves open what it says: "may be available", unlike "may be used" and what is asked for."""
    asked = {term.word for term in topic.words}
    for n, word in enumerate(said):
        after = set(said[n + 1 : n + 4]) - {word} - asked
        if word in LEAVING_OPEN and after & PERMISSION.keys() and not after & {"allowed", "permitted"}:
            return True
    return False


def _cues(
    said: Sequence[str], signs: Mapping[str, int], before_to: frozenset[str] = frozenset()
) -> Iterator[tuple[int, int]]:
    """Where words of a scale stand, with their signs; those ``before_to`` count before "to" alone."""
    for n, word in enumerate(said):
        if word in signs:
            yield n, signs[word]
        elif word in before_to and said[n + 1 : n + 2] == [INFINITIVE]:
            yield n, 1


def _denial(said: Sequence[str], at: int) -> int:
    """-1 where the word at this place is denied, else 1; two denials cancel out."""
    denials = sum(_denies(said, n) for n in range(max(0, at - PARAMS.conflicts.denial_reach), at))
    denials += said[at + 1 : at + 2] in (["not"], ["no"])
    return -1 if denials % 2 else 1


def _denies(said: Sequence[str], at: int) -> bool:
    word, after = said[at], said[at + 1 : at + 2]
    if word not in NEGATORS and word not in NO and (not word.endswith("n't") or word in OBLIGATION):
        return False
    return not after or after[0] not in NOT_DENYING


def _agreed(signs: Iterable[int]) -> int:
    """The sign that all of them share, else 0."""
    found = set(signs)
    return found.pop() if len(found) == 1 else 0
