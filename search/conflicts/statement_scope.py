"""What limits a statement: its place, time, group of people, part, and what stands beside its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..lang.lexicon import lexicon
from ..model import Span
from ..params import PARAMS
from ..text.number_bands import bands
from ..text.number_words import IN_YEARS
from ..text.quantities import Quantity
from ..text.regex import compiled
from ..text.tokenizer import QUESTION_WORDS, STOP_WORDS, Term, stem, terms
from .clauses import Statement
from .lexical_relation import names_same
from .people import is_people
from .stance_words import (
    ABOVE,
    ATTACHING,
    BARRIERS,
    BELOW,
    BENEFIT,
    CONDITIONS,
    DETERMINERS,
    EXCEPTIONS,
    EXCLUSIVE_FAMILIES,
    FREE,
    FRONTING,
    GENERAL,
    GENERIC_PEOPLE,
    GENITIVE,
    INFINITIVE,
    JOINING,
    LAW,
    LEADING_TO_A_SHARE,
    LIGHT,
    MADE,
    MODALS,
    MUST,
    NEGATORS,
    OBLIGATION,
    PAST,
    PERMISSION,
    PLACING,
    PREPOSITIONS,
    ROLES,
    STAYING,
    TAKING_PART,
    TIMES,
    TO_OBLIGES,
    UP_TO,
    WORLDWIDE,
)
from .topic import Topic, names_in

COMPOUND = r"\b([^\W\d_]+)-([^\W\d_]+)\b"
NOT_VERBS = lexicon("scope").ordered("not verbs")
"""Endings of words in s that may stand before a noun: "business course"."""
DOING = MODALS | NEGATORS | GENERIC_PEOPLE | lexicon("scope").words("doing")
"""Behind them stands a verb."""
NO_PLACE = lexicon("places").words("no places")
"""Behind a preposition they say neither where nor when: "at least", "on average"."""
HERE = lexicon("scope").words("here")
"""Before a noun they mean what the guide as a whole is about: "in this district"."""
FILLING_NO_SLOT = (
    STOP_WORDS
    | QUESTION_WORDS
    | CONDITIONS
    | BARRIERS
    | LAW
    | LIGHT
    | MODALS
    | NEGATORS
    | GENERIC_PEOPLE
    | OBLIGATION.keys()
    | FREE.keys()
    | PERMISSION.keys()
    | STAYING
) - {"open", "closed", "am"}
"""Words that fill no slot."""


Slot = tuple[str, str]
"""A relation and what it is to: ("before", "fee"), ("preposition", "in")."""


class StatementScope(NamedTuple):
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
    groups: frozenset[str]
    """The group of people whom it is for: "a ticket for students"."""
    placed: frozenset[tuple[str, str]]
    """Where and when it holds, beyond the question: ("at", "door")."""
    attached: frozenset[tuple[str, ...]]
    """What a word of the topic is with or for: "boats with a motor"."""
    doers: frozenset[str]
    """Groups of people that open it, other than whoever takes part: "teachers retire at 62"."""
    bounds: frozenset[tuple[str, str]]
    """Numbers that it holds below or above of: ("below", "18")."""
    bands: tuple[Quantity, ...]
    """Ranges of ages, sizes or amounts that it, or the heading above it, limits itself to."""
    of_focus: frozenset[str]
    """What makes what may be required smaller: "two-year" of a degree."""
    modifiers: frozenset[str]
    """What makes the topic smaller: "tourist" of a tourist visa, "worldwide"."""
    fronted: tuple[str, ...]
    """What the clause opens with behind a preposition of place or kind: "in the old town, …"."""
    kinds: tuple[str, ...]
    """Groups of people named after a word of the topic: "nurse practitioners"."""
    excepted: frozenset[str]
    """What it does not hold for: what stands behind "except" in its sentence."""
    named: frozenset[str]
    """All that it names."""
    slots: Mapping[Slot, tuple[str, ...]]
    """What stands where: ("before", "fee") -> ("exam",)."""


def scope_of(statement: Statement, topic: Topic, answer: Sequence[Span] = ()) -> StatementScope:
    """What limits a statement; ``answer`` are the pieces of its sentence that answer, which limit nothing."""
    clause = [t for t in statement.clause if not _within(t, answer) and not _leads_to(t, answer, statement)]
    words = [t.word for t in clause]
    whole = [t for t in terms(statement.sentence) if not _within(t, answer)]
    return StatementScope(
        statement,
        names_in(statement, clause, topic.names) or names_in(statement, whole, topic.names),
        frozenset(w for w in words if IN_YEARS.fullmatch(w)),
        frozenset(w.removesuffix("s") for w in words if w in TIMES),
        any(word in PAST and words[n + 1 : n + 2] != [MADE] for n, word in enumerate(words)),
        {
            family: found
            for family, names in EXCLUSIVE_FAMILIES.items()
            if (found := frozenset(names[w] for w in words if w in names))
        },
        frozenset(_people(clause)),
        frozenset(_groups(clause)),
        frozenset(_placed(clause, topic)),
        frozenset(_attached(clause, topic)),
        frozenset(t.stem for t in clause[:1] if is_people(t.word) and t.word not in TAKING_PART | ROLES),
        frozenset(_bounds(words)),
        _banded(statement, answer),
        frozenset(_modifiers(clause, topic.focus)),
        frozenset(_modifiers(clause, topic.words)),
        _fronted(clause),
        tuple(_kinds(clause, topic)),
        frozenset(_excepted(whole, topic)),
        frozenset(term.stem for term in clause if _fills(term)),
        _slots(statement, clause),
    )


def _within(term: Term, spans: Sequence[Span]) -> bool:
    return any(start <= term.start < end for start, end in spans)


def _leads_to(term: Term, answer: Sequence[Span], statement: Statement) -> bool:
    """Whether a word is a preposition right before the answer: "in 1891"."""
    at = term.end + 1
    return term.word in PREPOSITIONS and any(start == at for start, _ in answer) and statement.sentence[term.end] == " "


def _people(clause: Sequence[Term]) -> Iterator[str]:
    """Groups of people named before the first verb that obliges, allows or is."""
    for term in clause:
        if term.word in OBLIGATION or term.word in PERMISSION or term.word in LIGHT:
            return
        if is_people(term.word):
            yield term.stem


def _placed(clause: Sequence[Term], topic: Topic) -> Iterator[tuple[str, str]]:
    for n, term in enumerate(clause):
        behind = clause[n + 1 :]
        verb = term.word == INFINITIVE and behind and behind[0].word not in DETERMINERS
        if term.word not in PLACING or verb or (behind and behind[0].word in NO_PLACE):
            continue
        if (phrase := tuple(_phrase(behind))) and not any(map(topic.holds, phrase)):
            yield term.word, phrase[-1]


def _attached(clause: Sequence[Term], topic: Topic) -> Iterator[tuple[str, ...]]:
    for n, (thing, term) in enumerate(pairwise(clause)):
        if term.word in ATTACHING and topic.holds(thing.stem) and thing.word not in LIGHT | PERMISSION.keys():
            yield from [phrase] if (phrase := tuple(_phrase(clause[n + 2 :]))) else []


def _groups(clause: Sequence[Term]) -> Iterator[str]:
    """The one group of people behind "for", or "required of"; several are everybody."""
    at = next((n for n, t in enumerate(clause) if t.word == BENEFIT or _is_duty_of(clause, n)), len(clause))
    behind = clause[at + 1 : at + 1 + PARAMS.conflicts.for_reach]
    groups = [term.stem for term in behind if is_people(term.word) and term.word not in GENERIC_PEOPLE]
    yield from groups if not any(term.word in JOINING for term in behind) else ()


def _is_duty_of(clause: Sequence[Term], n: int) -> bool:
    return n > 0 and clause[n].word == GENITIVE and clause[n - 1].word in OBLIGATION


def _excepted(sentence: Sequence[Term], topic: Topic) -> Iterator[str]:
    at = next((n for n, term in enumerate(sentence) if term.word in EXCEPTIONS), len(sentence))
    return (term.stem for term in sentence[at + 1 :] if _fills(term) and not topic.holds(term.stem))


def _bounds(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    for n, word in enumerate(words):
        if word[:1].isdigit() and not IN_YEARS.fullmatch(word):
            before = set(words[max(0, n - 3) : n])
            if before & BELOW or before >= UP_TO:
                yield "below", word
            elif before & ABOVE:
                yield "above", word


def _banded(statement: Statement, answer: Sequence[Span]) -> tuple[Quantity, ...]:
    own = tuple(b for b in bands(statement.sentence) if not any(s < b.span[1] and b.span[0] < e for s, e in answer))
    return own or tuple(band for title in statement.passage.headings[-1:] for band in bands(title))


def _modifiers(clause: Sequence[Term], things: Sequence[Term]) -> Iterator[str]:
    """Words right before a word of the topic, and adverbs of place."""
    for n, (before, term) in enumerate(pairwise(clause)):
        kind = n > 0 and clause[n - 1].word in PREPOSITIONS and before.word.endswith("ing")
        if (
            term.start - before.end == 1
            and (_narrowing(before, named=n > 0 and clause[n - 1].word in DETERMINERS) or (kind and _fills(before)))
            and term.word not in PERMISSION
            and not (n and (clause[n - 1].word in DOING or clause[n - 1].word.endswith("n't")))
            and any(names_same(thing.stem, term.stem) for thing in things)
        ):
            yield before.stem
    yield from (term.stem for term in clause if term.word in WORLDWIDE)


def _narrowing(term: Term, *, named: bool) -> bool:
    """Whether a word makes what stands behind it smaller. One that ends in s does something, or is who does it.

    ``named``: an article stands before it, so that it is no verb ("the goods lift").
    """
    verb = term.word.endswith("s") and not term.word.endswith(NOT_VERBS) and not named
    return _fills(term) and not verb and term.word not in GENERAL and not term.word.endswith("ing")


def _kinds(clause: Sequence[Term], topic: Topic) -> Iterator[str]:
    groups = [asked.stem for asked in topic.words if is_people(asked.word)]
    for term, after in pairwise(clause):
        group = is_people(term.word) or any(names_same(stem, term.stem) for stem in groups)
        narrower = is_people(after.word) and after.word not in ROLES
        if after.start - term.end == 1 and group and narrower and topic.holds(term.stem):
            yield after.stem


def _fronted(clause: Sequence[Term]) -> tuple[str, ...]:
    if not clause or clause[0].word not in FRONTING:
        return ()
    return tuple(_phrase([term for term in clause[1:] if term.word not in GENERAL]))


def _slots(statement: Statement, clause: Sequence[Term]) -> dict[Slot, tuple[str, ...]]:
    """What stands before and behind a word, behind a preposition, behind a verb that obliges, and in compounds."""
    slots: dict[Slot, tuple[str, ...]] = {}
    for n, term in enumerate(clause):
        amount = term.word in LEADING_TO_A_SHARE and clause[n + 1 : n + 2] and clause[n + 1].word[0].isdigit()
        if term.word in PREPOSITIONS and not amount and (phrase := tuple(_phrase(clause[n + 1 :]))):
            slots["preposition", term.word] = slots.get(("preposition", term.word), ()) + phrase
        elif n and term.start - clause[n - 1].end == 1 and _fills(term) and _fills(clause[n - 1]):
            slots["before", term.stem] = (clause[n - 1].stem,)
            slots["behind", clause[n - 1].stem] = (term.stem,)
        if purpose := _purpose(clause, n):
            slots["purpose", "to"] = (purpose,)
        if verb := _required_verb(clause, n):
            slots["behind", "duty"] = (verb,)
    for match in compiled(COMPOUND).finditer(statement.sentence):
        slots["compound", match[1].casefold()] = (stem(match[2].casefold()),)
    return slots


def _fills(term: Term) -> bool:
    return not (term.word in FILLING_NO_SLOT or term.word in PREPOSITIONS or term.word[0].isdigit() or "'" in term.word)


def _phrase(words: Sequence[Term]) -> Iterator[str]:
    """The noun behind a preposition, with what stands before it."""
    started = False
    for term in words[:6]:
        if term is words[0] and term.word in HERE:
            return
        if _fills(term):
            started = True
            yield term.stem
        elif started or term.word in PREPOSITIONS:
            return


def _purpose(clause: Sequence[Term], n: int) -> str | None:
    """What something is needed for: "a citizen to vote"."""
    before = clause[n - 1].word if n else ""
    plain = before not in OBLIGATION and before not in TO_OBLIGES and before not in LIGHT | PERMISSION.keys()
    named = n and plain and clause[n].word == INFINITIVE and n + 1 < len(clause) and not clause[n + 1].word[0].isdigit()
    return clause[n + 1].stem if named and clause[n + 1].word not in STOP_WORDS else None


def _required_verb(clause: Sequence[Term], n: int) -> str | None:
    """The verb that is required at this place: "have to repair", "must repair"."""
    after = clause[n + 1 : n + 3]
    if clause[n].word == MUST:
        verb = after[:1]
    elif clause[n].word in TO_OBLIGES or clause[n].word in OBLIGATION:
        verb = after[1:] if after and after[0].word == INFINITIVE else ()
    else:
        verb = ()
    return verb[0].stem if verb and verb[0].word not in FILLING_NO_SLOT else None
