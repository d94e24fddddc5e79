"""What verifying saved answers finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ...search.model import Cell, Citation, Lines, Span, Value
from ..diff.nearest import CurrentText


class VerdictState(StrEnum):
    """What has become of a citation."""

    INTACT = "intact"
    MOVED = "moved"
    CHANGED = "changed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one citation: ``answer`` counts from 1.

    ``place`` is where a moved quote stands now, or what stands in the guide in place of one that changed; ``now`` is
    the latter.
    """

    answer: int
    citation: Citation
    state: VerdictState
    note: str = ""
    place: tuple[Span, Lines] | None = None
    now: CurrentText | None = None


@dataclass(frozen=True, slots=True)
class Unfounded:
    """A number that an answer gives as quoted and that does not stand in the quote it cites."""

    answer: int
    value: Value
    reason: str


@dataclass(frozen=True, slots=True)
class Outdated:
    """A number that the guide gave once and gives no longer; ``now`` is what it gives instead, where that is known."""

    answer: int
    value: Value
    now: Cell | None


@dataclass(frozen=True, slots=True)
class Unproved:
    """A field of an answer that does not follow from what it cites."""

    answer: int
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class NotAsked:
    """An answer whose question was not asked again, or to no avail: some of its fields rest on its seal alone.

    ``sealed`` says that the index's own key made this seal.
    """

    answer: int
    reason: str
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class Verification:
    """Everything that was checked."""

    answers: int
    verdicts: tuple[Verdict, ...]
    values: int
    """Numbers that were checked; computed ones have no quote to stand in."""
    unfounded: tuple[Unfounded, ...]
    outdated: tuple[Outdated, ...] = ()
    unproved: tuple[Unproved, ...] = ()
    reckoned: int = 0
    """Computed numbers that were reckoned again."""
    receipts: int = 0
    """Receipts that were held against the rows of their tables."""
    same: int = 0
    """Answers that came out the same when their questions were asked again."""
    not_asked: tuple[NotAsked, ...] = ()

    @property
    def problems(self) -> tuple[Verdict, ...]:
        """The citations that are not intact."""
        return tuple(verdict for verdict in self.verdicts if verdict.state != VerdictState.INTACT)

    @property
    def is_sound(self) -> bool:
        """Whether every citation is intact, every number stands in its quote, and all that is said follows."""
        return not self.problems and not self.unfounded and not self.unproved


def together(outcomes: Sequence[Verification]) -> Verification:
    """What was found of several answers as one."""
    return Verification(
        answers=sum(each.answers for each in outcomes),
        verdicts=tuple(verdict for each in outcomes for verdict in each.verdicts),
        values=sum(each.values for each in outcomes),
        unfounded=tuple(wrong for each in outcomes for wrong in each.unfounded),
        outdated=tuple(old for each in outcomes for old in each.outdated),
        unproved=tuple(claim for each in outcomes for claim in each.unproved),
        reckoned=sum(each.reckoned for each in outcomes),
        receipts=sum(each.receipts for each in outcomes),
        same=sum(each.same for each in outcomes),
        not_asked=tuple(each for outcome in outcomes for each in outcome.not_asked),
    )
