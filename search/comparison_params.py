"""Numbers that steer how sentences are held against each other: two guides' answers, a claim and a quote.

They are part of ``params.py``, and the same for every question: the weights are fitted under them.
"""

# Annotations are no text here, as elsewhere: for each of a named tuple's Python would have to compile it first.

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class ComparisonParams(NamedTuple):
    """How two sentences are held against each other. Set by hand, on training pairs and claims."""

    unlike: float = 0.3
    same: float = 0.9
    """The cosines of two words up to which they are unlike, and from which on they mean the same."""
    aligned: float = 0.5
    """How far a word must have a counterpart to count as said."""
    close: float = 0.7
    """The cosine from which on two words may name one thing."""
    beginning: int = 3
    """Letters that words of one root begin alike with, at least."""
    beside: int = 3
    """Words beside a number, or before a word for a price, that may bound or deny it."""
    exact: float = 0.03
    converted: float = 0.1
    """How far two figures for the same may be apart, as a share of the larger; and where their units differ."""


class ClaimParams(NamedTuple):
    """Which quotes a claim is held against, and what counts there. Set by hand, on training claims."""

    passages: Mapping[str, int] = MappingProxyType({"text": 8, "row": 8})
    """Passages of each kind that are looked at."""
    longest: int = 120
    """Words of a run of two sentences at most."""
    telling: float = 0.25
    """The share of all guides whose titles may have a word that still tells them from others."""
    titles: float = 0.8
    around: float = 0.7
    """What a word of the claim counts that stands in the headings, or beside the quote, and not in it."""
    heavy: float = 6.0
    """The weight of a word from which on more says no more."""
    left: int = 4
    """Words without a counterpart from which on more say no more."""
    long: int = 60
    """Words of a quote from which on more say no more."""
    heading: int = 8
    """Words of a line without a mark at its end that is still a heading, where other words stand below it."""


class ConflictParams(NamedTuple):
    """What guides say of a topic, and which of it is compared. Set by hand, on training pairs."""

    focused: tuple[int, int] = (10, 30)
    others: tuple[int, int] = (6, 18)
    """Passages that are compared, of one document and in all: more where all of them hold what may be required."""
    opening: int = 800
    """Code points with which a guide says what it is about."""
    guides: int = 4
    """Guides whose best answers are compared with the best of all."""
    few_left: int = 2
    many_left: int = 4
    """Words that are left over: up to how many are few, and from which on more say no more."""
    least_chance: float = 1e-4
    """A chance below which all are the same."""
    light: float = 0.25
    """What a light word counts, against 1 for a word of the topic."""
    in_sentence: float = 0.9
    around_clause: float = 0.6
    """What a word counts that stands not in the clause but in its sentence, or only around it."""
    referred: float = 0.8
    """The same where the clause refers back to what stands around it."""
    direct: float = 0.25
    """The share of a topic that must stand in the statement's own clause."""
    covered: float = 0.75
    """The share of a topic that a statement must cover to speak of it."""
    named_before: int = 3
    """Words behind "how many" among which a unit is looked for: "continuing education hours"."""
    subject_reach: int = 6
    """Words of a clause in which its subject is looked for."""
    hedge_reach: int = 8
    """Words that a condition or a restriction is looked for in."""
    denial_reach: int = 6
    """Words that a denial reaches over, and that "without" does."""
    noun_reach: int = 3
    """Words behind "no" in which what it denies is named."""
    for_reach: int = 3
    """Words behind "for" that may name whom it is for."""
