"""Whether two statements speak of the same: the same place, time, group, part. If not, they cannot contradict."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from ..text.number_bands import are_apart
from .lexical_relation import any_names_same
from .siblings import are_siblings
from .statement_scope import Slot, StatementScope
from .topic import Topic


def same_scope(a: StatementScope, b: StatementScope) -> bool:
    """Whether nothing tells the statements' scopes apart: a year that only one of them names does."""
    if apart(a.names, b.names) or apart(a.times, b.times):
        return False
    if any(apart(a.families[family], b.families[family]) for family in a.families.keys() & b.families.keys()):
        return False
    if a.past != b.past or a.years != b.years:
        return False
    mine, theirs = a.people | a.groups, b.people | b.groups
    if apart(mine, theirs) and not (_known(mine, b) or _known(theirs, a)):
        return False
    if _is_excepted(a, b) or _is_excepted(b, a):
        return False
    if _elsewhen(a, b):
        return False
    if apart(a.bounds, b.bounds) or are_apart(a.bands, b.bands):
        return False
    if are_siblings(a.statement.passage.headings, b.statement.passage.headings):
        return False
    return not any(_clash(slot, a, b) for slot in a.slots.keys() & b.slots.keys())


def same_subject(a: StatementScope, b: StatementScope, topic: Topic) -> bool:
    """Whether not each of the statements names something of its own besides the topic: a hotel, and a hostel."""
    mine = any(not topic.holds(word) and not any_names_same(word, b.statement.around) for word in a.named)
    return not mine or not any(
        not topic.holds(word) and not any_names_same(word, a.statement.around) for word in b.named
    )


def is_smaller(yes: StatementScope, no: StatementScope, topic: Topic) -> bool:
    """Whether a yes is of a smaller thing than the no: "head cashiers need it"; "requires a two-year degree" is not."""
    known = frozenset(term.stem for term in topic.words) | no.statement.whole
    return any(not any_names_same(word, known) for word in yes.modifiers - yes.of_focus) or is_elsewhere(yes, no, topic)


def is_narrower(a: StatementScope, b: StatementScope, topic: Topic, behind: AbstractSet[str] = frozenset()) -> bool:
    """Whether ``a`` speaks of less than ``b`` and the question: of a tourist visa, of another place, of bad weather.

    What stands behind the prepositions ``behind`` counts as well.
    """
    known = frozenset(term.stem for term in topic.words) | b.statement.whole
    if any(not any_names_same(word, known) for word in a.modifiers) or is_elsewhere(a, b, topic):
        return True
    if any(not any_names_same(word, known) for word in a.groups):
        return True
    if any(not any(any_names_same(word, known) for word in fill) for fill in a.attached):
        return True
    phrases = (fill for (relation, word), fill in a.slots.items() if relation == "preposition" and word in behind)
    return any(not any_names_same(fill[-1], known) for fill in phrases)


def is_of_few(a: StatementScope, b: StatementScope, topic: Topic) -> bool:
    """Whether a figure is of a group of people that neither the question nor anything near the other one names."""
    known = frozenset(term.stem for term in topic.words) | b.statement.around
    return any(not any_names_same(group, known) for group in a.doers)


def is_elsewhere(a: StatementScope, b: StatementScope, topic: Topic) -> bool:
    """Whether ``a`` is about a place, a body or a group that neither the question nor anything near ``b`` names."""
    if a.names - topic.names - b.statement.whole - b.statement.around:
        return True
    return any(
        bool(words) and not any(topic.holds(word) or any_names_same(word, b.statement.around) for word in words)
        for words in (a.fronted, a.kinds)
    )


def _elsewhen(a: StatementScope, b: StatementScope) -> bool:
    """Whether both say where or when, each something else: "at the door" and "in advance", "in" and "after" a week."""
    mine, theirs = a.placed, b.placed
    if not mine or not theirs:
        return False
    return not any(prep == other and any_names_same(head, [own]) for prep, head in mine for other, own in theirs)


def _is_excepted(a: StatementScope, b: StatementScope) -> bool:
    """Whether ``b`` speaks of what ``a`` does not hold for."""
    return any(any_names_same(word, (term.stem for term in b.statement.clause)) for word in a.excepted)


def apart(a: AbstractSet[object], b: AbstractSet[object]) -> bool:
    """Whether both say something, and nothing is the same."""
    return bool(a) and bool(b) and a.isdisjoint(b)


def _known(people: Iterable[str], other: StatementScope) -> bool:
    return any(any_names_same(group, other.statement.whole) for group in people)


def _clash(slot: Slot, a: StatementScope, b: StatementScope) -> bool:
    """Whether the same slot is filled with what the other statement does not speak of."""
    mine, theirs = a.slots[slot], b.slots[slot]
    return not any(any_names_same(word, b.statement.whole) for word in mine) and not any(
        any_names_same(word, a.statement.whole) for word in theirs
    )
