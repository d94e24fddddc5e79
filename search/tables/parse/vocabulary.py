"""The words of table questions, as data: what each says about the operation, the rows, the numbers, or nothing at all.

A question is answered from a table only where every one of its words is accounted for, so a word belongs here only if
its meaning for a table is certain. Names of measures and periods come from ``search.measures``. A value that ends with
``~`` is weak: it holds only where no pay and nothing else is asked for; one with ``$`` holds only where pay is.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import Literal, NamedTuple, get_args

from ...lang.lexicon import lexicon
from ...text.measures import MEASURES, PERIODS, NamedMeasure
from ...text.number_words import NUMBERS

Kind = Literal[
    "filler", "blocker", "how", "home", "any one", "rows", "where", "nation", "measure", "pay", "period",
    "full time", "super", "ordinal", "number", "scale", "money", "above", "as", "suffix", "between", "and",
    "or", "to", "tens", "than", "more", "compare", "convert", "difference", "percent", "rank", "order", "count", "mean",
    "sum", "range", "all", "by", "negation", "except", "include", "about", "is it", "year", "name", "state", "word",
]  # fmt: skip
"""What a piece of a question is. ``name`` is a value of the table's columns, ``word`` is anything not known here."""


class SenseValue(StrEnum):
    """Which one of its kind a phrase is, where the grammar tells them apart: values in ``lang/en/table_questions``."""

    LOOK = "look"
    MODAL = "modal"
    HOW_MUCH = "how much"
    WHICH = "which"
    VERB = "verb"
    WEAK = "weak"
    PAY = "pay"
    WHOLE = "whole"
    EACH = "each"
    PEOPLE = "people"
    NEAR = "near"
    PROFESSION = "profession"
    PLACE = "place"
    LOCAL = "local"
    STATE = "state"
    METRO = "metro"
    OCCUPATION = "occupation"
    WHICH_OCCUPATION = "which occupation"
    WHO = "who"
    PAYER = "payer"
    ANY = "any"


class Sense(NamedTuple):
    """What a phrase means: its kind, and which one of the kind."""

    kind: Kind
    value: str = ""

    def is_a(self, *kinds: Kind) -> bool:
        """Whether it is of one of these kinds."""
        return self.kind in kinds


_KINDS: dict[str, Kind] = {kind: kind for kind in get_args(Kind)}
FIRM = frozenset({"median", "mean", "p10", "p25", "p75", "p90"})
"""Measures that by themselves make a question one for a table; words like "low" need pay or rows beside them."""


@cache
def phrases() -> dict[tuple[str, ...], Sense]:
    """Every phrase, as folded words, with its sense; ``lang/en/table_questions`` goes before what the measures say."""
    found: dict[tuple[str, ...], Sense] = {}
    for sense, text in _measures():
        found |= dict.fromkeys(_split(text), sense)
    for word, number in NUMBERS.items():
        if number > 1:  # "one" counts nothing
            found[(word,)] = Sense("number", str(number))
    for sense, text in _own():
        found |= dict.fromkeys(_split(text), sense)
    return found


def _own() -> Iterator[tuple[Sense, str]]:
    """The lines of ``lang/en/table_questions``."""
    for head, text in lexicon("table_questions").pairs():
        kind, _, value = head.partition(" / ")
        yield Sense(_KINDS[kind], value), text


def _measures() -> Iterator[tuple[Sense, str]]:
    """Phrases of the common vocabulary of measures and periods; "pay" only says that pay is asked for."""
    for period, text in PERIODS.items():
        yield Sense("period", period), text
    for measure in MEASURES.values():
        sense = Sense("pay") if measure.name == NamedMeasure.PAY else Sense("measure", measure.name)
        yield sense, f"{measure.names}, {measure.lay}"


@cache
def longest_phrase() -> int:
    """Words of the longest phrase."""
    return max(map(len, phrases()))


def _split(text: str) -> Iterator[tuple[str, ...]]:
    return (tuple(phrase.split()) for phrase in text.split(",") if phrase.strip())
