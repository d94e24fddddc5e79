"""Whether two statements speak of the same: the same place, time, group, part. If not, they cannot contradict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import NamedTuple

from ..compiled import compiled
from ..model import Span
from ..words import STOP_WORDS, Term, terms
from .clauses import Statement, held, kin
from .people import is_people
from .topic import Topic, names_in
from .vocabulary import (
    ABOVE,
    BELOW,
    FAMILIES,
    FREE,
    FRONTING,
    GENERAL,
    GENERIC_PEOPLE,
    LIGHT,
    MODALS,
    NEGATORS,
    OBLIGATION,
    PAST,
    PERMISSION,
    PREPOSITIONS,
    TIMES,
    TO_OBLIGES,
    WORLDWIDE,
)

YEAR = r"(?:19|20)\d\d"
COMPOUND = r"\b([^\W\d_]+)-([^\W\d_]+)\b"
IDLE = (
    STOP_WORDS | LIGHT | MODALS | NEGATORS | GENERIC_PEOPLE | OBLIGATION.keys() | FREE.keys() | PERMISSION.keys()
) - {"open", "closed"}
"""Words that fill no slot."""

Slot = tuple[str, str]
"""A relation and what it is to: ("before", "fee"), ("preposition", "in")."""


class Scope(NamedTuple):
    """What limits a statement."""

    statement: Statement
    names: frozenset[str]
    years: frozenset[str]
    times: frozenset[str]
    past: bool
    families: Mapping[str, frozenset[str]]
    """What it names of families that exclude each other: the median and not the mean, the state and not the city."""
    people: frozenset[str]
    """Groups of people that its subject names."""
    bounds: frozenset[tuple[str, str]]
    """Numbers that it holds below or above of: ("below", "18")."""
    modifiers: frozenset[str]
    """What makes the topic smaller: "tourist" of a tourist visa, "worldwide"."""
    fronted: tuple[str, ...]
    """What the clause opens with behind a preposition of place or kind: "in the old town, …"."""
    kinds: tuple[str, ...]
    """Groups of people named after a word of the topic: "nurse practitioners"."""
    slots: Mapping[Slot, tuple[str, ...]]
    """What stands where: ("before", "fee") -> ("exam",)."""


def scope_of(statement: Statement, topic: Topic, answer: Sequence[Span] = ()) -> Scope:
    """What limits a statement; ``answer`` are the pieces of its sentence that answer, which limit nothing."""
    clause = [t for t in statement.clause if not _within(t, answer)]
    words = [t.word for t in clause]
    whole = [t for t in terms(statement.sentence) if not _within(t, answer)]
    return Scope(
        statement,
        names_in(statement, clause, topic.names) or names_in(statement, whole, topic.names),
        frozenset(w for w in words if compiled(YEAR).fullmatch(w)),
        frozenset(w.removesuffix("s") for w in words if w in TIMES),
        not PAST.isdisjoint(words),
        {
            family: found
            for family, names in FAMILIES.items()
            if (found := frozenset(names[w] for w in words if w in names))
        },
        frozenset(_people(clause)),
        frozenset(_bounds(words)),
        frozenset(_modifiers(clause, topic)),
        _fronted(clause),
        tuple(_kinds(clause, topic)),
        _slots(statement, clause),
    )


def _within(term: Term, spans: Sequence[Span]) -> bool:
    return any(start <= term.start < end for start, end in spans)


def same_scope(a: Scope, b: Scope) -> bool:
    """Whether nothing tells the statements' scopes apart: a year that only one of them names does."""
    if _apart(a.names, b.names) or _apart(a.times, b.times):
        return False
    if any(_apart(a.families[family], b.families[family]) for family in a.families.keys() & b.families.keys()):
        return False
    if a.past != b.past or a.years != b.years:
        return False
    if _apart(a.people, b.people) and not (_known(a.people, b) or _known(b.people, a)):
        return False
    return not _apart(a.bounds, b.bounds) and not any(_clash(slot, a, b) for slot in a.slots.keys() & b.slots.keys())


def is_narrower(a: Scope, b: Scope, topic: Topic, behind: AbstractSet[str] = frozenset()) -> bool:
    """Whether ``a`` speaks of less than ``b`` and the question: of a tourist visa, of another place, of bad weather.

    What stands behind the prepositions ``behind`` counts as well.
    """
    known = frozenset(term.stem for term in topic.words) | b.statement.whole
    if any(not held(word, known) for word in a.modifiers) or is_elsewhere(a, b, topic):
        return True
    phrases = (fill for (relation, word), fill in a.slots.items() if relation == "preposition" and word in behind)
    return any(not any(held(word, known) for word in fill) for fill in phrases)


def is_elsewhere(a: Scope, b: Scope, topic: Topic) -> bool:
    """Whether ``a`` is about a place, a body or a group that neither the question nor anything near ``b`` names."""
    if a.names - topic.names - b.statement.whole - b.statement.around:
        return True
    return any(
        bool(words) and not any(topic.holds(word) or held(word, b.statement.around) for word in words)
        for words in (a.fronted, a.kinds)
    )


def _apart(a: AbstractSet[object], b: AbstractSet[object]) -> bool:
    return bool(a) and bool(b) and a.isdisjoint(b)


def _known(people: Iterable[str], other: Scope) -> bool:
    return any(held(group, other.statement.whole) for group in people)


def _clash(slot: Slot, a: Scope, b: Scope) -> bool:
    """Whether the same slot is filled with what the other statement does not speak of."""
    mine, theirs = a.slots[slot], b.slots[slot]
    return not any(held(word, b.statement.whole) for word in mine) and not any(
        held(word, a.statement.whole) for word in theirs
    )


def _people(clause: Sequence[Term]) -> Iterator[str]:
    """Groups of people named before the first verb that obliges, allows or is."""
    for term in clause:
        if term.word in OBLIGATION or term.word in PERMISSION or term.word in LIGHT:
            return
        if is_people(term.word):
            yield term.stem


def _bounds(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    for n, word in enumerate(words):
        if word[:1].isdigit() and not compiled(YEAR).fullmatch(word):
            before = set(words[max(0, n - 3) : n])
            if before & BELOW or before >= {"up", "to"}:
                yield "below", word
            elif before & ABOVE:
                yield "above", word


def _modifiers(clause: Sequence[Term], topic: Topic) -> Iterator[str]:
    """Words right before a word of the topic, and adverbs of place."""
    for before, term in pairwise(clause):
        if (
            term.start - before.end == 1
            and _narrowing(before)
            and any(kin(asked.stem, term.stem) for asked in topic.words)
        ):
            yield before.stem
    yield from (term.stem for term in clause if term.word in WORLDWIDE)


def _narrowing(term: Term) -> bool:
    return _fills(term) and term.word not in GENERAL and not term.word.endswith("ing")


def _kinds(clause: Sequence[Term], topic: Topic) -> Iterator[str]:
    for term, after in pairwise(clause):
        if after.start - term.end == 1 and is_people(term.word) and is_people(after.word) and topic.holds(term.stem):
            yield after.stem


def _fronted(clause: Sequence[Term]) -> tuple[str, ...]:
    if not clause or clause[0].word not in FRONTING:
        return ()
    return tuple(_phrase([term for term in clause[1:] if term.word not in GENERAL]))


def _slots(statement: Statement, clause: Sequence[Term]) -> dict[Slot, tuple[str, ...]]:
    """What stands before and behind a word, behind a preposition, behind a verb that obliges, and in compounds."""
    slots: dict[Slot, tuple[str, ...]] = {}
    for n, term in enumerate(clause):
        if term.word in PREPOSITIONS and (phrase := tuple(_phrase(clause[n + 1 :]))):
            slots["preposition", term.word] = slots.get(("preposition", term.word), ()) + phrase
        elif n and term.start - clause[n - 1].end == 1 and _fills(term) and _fills(clause[n - 1]):
            slots["before", term.stem] = (clause[n - 1].stem,)
            slots["behind", clause[n - 1].stem] = (term.stem,)
        if verb := _required_verb(clause, n):
            slots["behind", "duty"] = (verb,)
    for match in compiled(COMPOUND).finditer(statement.sentence):
        slots["compound", match[1].casefold()] = (match[2].casefold(),)
    return slots


def _fills(term: Term) -> bool:
    return not (term.word in IDLE or term.word in PREPOSITIONS or term.word[0].isdigit() or term.word.endswith("n't"))


def _phrase(words: Sequence[Term]) -> Iterator[str]:
    """The noun behind a preposition, with what stands before it."""
    started = False
    for term in words[:6]:
        if _fills(term):
            started = True
            yield term.stem
        elif started or term.word in PREPOSITIONS:
            return


def _required_verb(clause: Sequence[Term], n: int) -> str | None:
    """The verb that is required at this place: "have to repair", "must repair"."""
    after = clause[n + 1 : n + 3]
    if clause[n].word == "must":
        verb = after[:1]
    elif clause[n].word in TO_OBLIGES or clause[n].word in OBLIGATION:
        verb = after[1:] if after and after[0].word == "to" else ()
    else:
        verb = ()
    return verb[0].stem if verb and verb[0].word not in IDLE else None
