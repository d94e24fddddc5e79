"""Months and days of the week: which of them words speak of, from one to another around the end of the year or week."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from ..lang.lexicon import lexicon, parted
from .tokenizer import Term, stem

CYCLES = ("months", "weekdays")
"""Sections that list what comes round, in order."""
_READINGS = lexicon("table_readings")
MONTHS_AND_VERBS = _READINGS.words("months that are verbs")
BEFORE_MONTH = _READINGS.words("before a month")
"""Words behind which such a word is a month."""
APART_FROM_MONTHS = _READINGS.words("apart")
"""Words by which two of them are a list."""
JOINING_MONTHS = _READINGS.words("joining")
"""Words that stand between the two ends."""
DASHES = frozenset("-–—")
MAX_ENDS = 2


class Moment(NamedTuple):
    """A month or a day of the week: which cycle, and its number there from 1."""

    cycle: str
    number: int


@cache
def moments() -> Mapping[str, Moment]:
    """Each name and short form."""
    return {
        name: Moment(cycle, int(number))
        for cycle in CYCLES
        for number, names in lexicon("quantities").pairs(cycle)
        for name in parted(names)
    }


@cache
def spoken_of(words: tuple[str, ...]) -> frozenset[Moment]:
    """What the words of a cell speak of: both ends of "November to March" and all between, or each of a list."""
    found = [moment for word in words if (moment := moments().get(word)) is not None]
    if not found or len({moment.cycle for moment in found}) > 1:
        return frozenset()
    if len(found) == MAX_ENDS and APART_FROM_MONTHS.isdisjoint(words):
        return frozenset(_between(*found))
    return frozenset(found)


def named_in(words: Sequence[str]) -> Mapping[int, Moment]:
    """The months and days that a question names, by the word; "may" only where a word before it says so."""
    return {
        n: moments()[word]
        for n, word in enumerate(words)
        if word in moments() and (word not in MONTHS_AND_VERBS or (n > 0 and words[n - 1] in BEFORE_MONTH))
    }


def implied(words: Sequence[Term], text: str) -> Iterator[str]:
    """The stems of the months and days that lie between two in a text: "from May through October" speaks of July."""
    known = [(n, moments()[word.word]) for n, word in enumerate(words) if word.word in moments()]
    for (n, one), (m, other) in pairwise(known):
        is_joined = (m == n + 2 and words[n + 1].word in JOINING_MONTHS) or (
            m == n + 1 and text[words[n].end : words[m].start].strip() in DASHES
        )
        if is_joined and one.cycle == other.cycle:
            yield from _stems(_between(one, other))


def _between(one: Moment, other: Moment) -> Sequence[Moment]:
    size = max(moment.number for moment in moments().values() if moment.cycle == one.cycle)
    steps = (other.number - one.number) % size
    return [Moment(one.cycle, (one.number - 1 + step) % size + 1) for step in range(steps + 1)]


def _stems(wanted: Iterable[Moment]) -> Iterator[str]:
    wanted = frozenset(wanted)
    return (stem(name) for name, moment in moments().items() if moment in wanted)
