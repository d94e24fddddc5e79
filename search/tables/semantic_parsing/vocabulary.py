"""The words that readings of questions go by, from the language's data."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from ...lang.lexicon import lexicon, parted


class Trigger(StrEnum):
    """What phrases of a question may ask for: the names of the section ``triggers``."""

    COUNT = "count"
    SUM = "sum"
    MEAN = "mean"
    MEDIAN = "median"
    MOST = "most"
    ENDS = "ends"
    STEP = "step"
    DIFFERENCE = "difference"
    RANGE = "range"
    PERCENT = "percent"
    OR = "or"
    NOT = "not"
    SAME = "same"
    DISTINCT = "distinct"
    MORE = "more"
    LESS = "less"
    FREQUENT = "frequent"
    TIMES = "times"
    EITHER = "either"
    BEYOND = "beyond"
    ALL = "all"
    MAX = "max"
    MIN = "min"
    BLANK = "blank"
    SORT = "sort"


@cache
def word_list(section: str) -> frozenset[str]:
    """The words of a section."""
    return lexicon("table_readings").words(section)


@cache
def phrase_table(section: str, name: str = "table_readings") -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Phrases, and the names of the lines that they stand in: a name may have many lines, and share phrases."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for under, phrases in lexicon(name).pairs(section):
        for phrase in parted(phrases):
            words = tuple(phrase.split())
            found[words] = tuple(dict.fromkeys((*found.get(words, ()), under)))
    return found


def other_names(word: str) -> tuple[str, ...]:
    """What cells and heads say for a word of a question: Denmark for "Danes", female for "girls"."""
    return (*phrase_table("", "demonyms").get((word,), ()), *phrase_table("other names").get((word,), ()))
