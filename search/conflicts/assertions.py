"""Assertions: what each statement answers to the question, and which two of them contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from ..params import PARAMS
from ..text.number_words import QuantityKind
from ..text.quantities import Quantity
from .clauses import Statement
from .comparable_values import contradict
from .conflict_question import ConflictQuestion, StanceScale
from .figures import distinct, figures, limit, of_a_part
from .scope_comparison import is_narrower, is_of_few, is_smaller, same_scope, same_subject
from .stance import STANCE_LABELS, is_denied, is_plain, stance
from .stance_words import NARROWING
from .statement_scope import StatementScope, scope_of
from .topic import Topic, coverage, holds_focus


class Assertion(NamedTuple):
    """A statement that answers the question, and what it answers."""

    statement: Statement
    says: str
    covers: float
    """The share of the question's topic that it covers."""
    scope: StatementScope
    sign: int = 0
    """Of a stance: 1 for yes, -1 for no."""
    quantity: Quantity | None = None
    """Of a figure."""

    @property
    def document(self) -> int:
        """The document that it is from."""
        return self.statement.passage.document


def assertions(asked: ConflictQuestion, said: Iterable[Statement]) -> list[Assertion]:
    """The statements that answer in the question's words, those first that cover most of it."""
    claims = _stances(asked, said) if asked.scale else _figures(asked, said)
    return sorted(claims, key=lambda claim: -claim.covers)


def contradiction(asked: ConflictQuestion, claims: Sequence[Assertion]) -> tuple[tuple[Assertion, ...], ...]:
    """The sides of a contradiction, each with the best claim of every document that takes it; none if they agree."""
    clashes = [pair for pair in combinations(claims, 2) if _clash(*pair, asked)]
    if not clashes:
        return ()
    first, second = max(clashes, key=lambda pair: pair[0].covers + pair[1].covers)
    sides = [[first], [second]]
    for claim in claims:
        _join(claim, sides, asked)
    return tuple(tuple(side) for side in sides)


def _stances(asked: ConflictQuestion, said: Iterable[Statement]) -> Iterator[Assertion]:
    topic, scale = asked.topic, asked.scale
    for statement in said:
        if scale is None or not holds_focus(topic, statement):
            continue
        covers = coverage(topic, statement, _around(statement, scale)) if not of_a_part(statement, topic) else 0.0
        if covers >= PARAMS.conflicts.covered and (sign := stance(statement, topic, scale)) != 0:
            yield Assertion(statement, STANCE_LABELS[scale][sign], covers, scope_of(statement, topic), sign)


def _around(statement: Statement, scale: StanceScale) -> float:
    """What a word counts that only stands around: little where the statement need not say what is required."""
    if scale in (StanceScale.OBLIGATION, StanceScale.EXISTENCE):
        return PARAMS.conflicts.around_clause
    return 0.0 if is_plain(statement, scale) else PARAMS.conflicts.around_clause / 2


def _figures(asked: ConflictQuestion, said: Iterable[Statement]) -> Iterator[Assertion]:
    """Statements with one figure of the kind asked for: of several, none can be told to be the answer."""
    topic, wanted = asked.topic, asked.figure
    for statement in said:
        if wanted is None or (covers := coverage(topic, statement)) < PARAMS.conflicts.covered:
            continue
        found = distinct(figures(statement, wanted, topic))
        if len(found) == 1:
            span = found[0].span
            scope = scope_of(statement, topic, [span])
            scope = scope._replace(past=scope.past or found[0].is_a(QuantityKind.YEAR))
            quantity = limit(found[0]) if wanted.permitted else found[0]
            yield Assertion(statement, statement.sentence[slice(*span)], covers, scope, quantity=quantity)


def _join(claim: Assertion, sides: list[list[Assertion]], asked: ConflictQuestion) -> None:
    """Give a further document's claim to the side that it takes, or let a third figure be a side of its own."""
    if claim.document in {member.document for side in sides for member in side}:
        return
    against = [side for side in sides if _clash(claim, side[0], asked)]
    if len(against) == len(sides):
        sides.append([claim])
    elif len(against) == len(sides) - 1:
        next(side for side in sides if side not in against).append(claim)


def _clash(a: Assertion, b: Assertion, asked: ConflictQuestion) -> bool:
    if a.document == b.document or not _opposed(a, b, asked):
        return False
    if _is_share(a) and is_denied(a.statement) != is_denied(b.statement):
        return False
    if asked.is_bare and not same_subject(a.scope, b.scope, asked.topic):
        return False
    return same_scope(a.scope, b.scope) and not _narrowed(a, b, asked.topic)


def _is_share(claim: Assertion) -> bool:
    return claim.quantity is not None and claim.quantity.is_a(QuantityKind.PERCENT)


def _opposed(a: Assertion, b: Assertion, asked: ConflictQuestion) -> bool:
    if a.quantity and b.quantity and asked.figure:
        return contradict(a.quantity, b.quantity, bounding=asked.figure.bounding)
    return a.sign * b.sign < 0


def _narrowed(a: Assertion, b: Assertion, topic: Topic) -> bool:
    """Whether one claim speaks of less: a no on a part does not contradict a yes, nor a figure for a part another."""
    if a.quantity:
        pairs = ((a.scope, b.scope), (b.scope, a.scope))
        return any(is_narrower(one, other, topic) or is_of_few(one, other, topic) for one, other in pairs)
    no, yes = (a, b) if a.sign < 0 else (b, a)
    behind = NARROWING if topic.focus else NARROWING - {"for"}
    return is_smaller(yes.scope, no.scope, topic) or is_narrower(no.scope, yes.scope, topic, behind)
