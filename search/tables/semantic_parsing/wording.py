"""What a question says, looked through once for all tables: words, numbers, dates, what is asked for and how."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Literal, NamedTuple

from ...params import PARAMS
from ...query.asking import CHAT_WORDS
from ...query.spelling import in_english
from ...text.column_headers import CURRENCY_SIGNS, CURRENCY_WORDS, PERCENT_WORDS
from ...text.cycles import Moment, named_in
from ...text.measures import period_phrases
from ...text.number_words import NUMBERS, ORDINALS, PLAIN_NUMBER, SCALES, SHORT_SCALES, YEAR, ordinal_in_figures
from ...text.tokenizer import Term, in_words, stem, terms
from ...text.units import UNITS
from .question_dates import date_at, year_of
from .vocabulary import phrase_table, word_list

MAX_QUESTION_WORDS = 64
MAX_FOCUS = PARAMS.reading_model.focus_words
FigureSort = Literal["", "money", "share"]
PHRASE_WORDS = PARAMS.reading_model.phrase_words
DECADE_ENDING = "s"
"""What stands behind a year that is a decade's first: the 1990s."""
SENTENCE_ENDS = frozenset(".?!:")
_SCALES = {**SCALES, **SHORT_SCALES}
_YEAR = re.compile(rf"{YEAR}|\d\d")
_QUARTER = re.compile(r"[1-4]")
_DECADE = re.compile(r"\d{3}0")


class QuestionKind(StrEnum):
    """What a question word asks for, where readings are told apart by it; the data names more."""

    MANY = "many"
    NAME = "name"
    IS = "is"
    WHY = "why"


class Figure(NamedTuple):
    """A number or a date of a question, and its first and last word."""

    first: int
    last: int
    value: float
    is_date: bool
    sort: FigureSort = ""
    """What a sign or a word beside it says that it is."""
    unit: str | None = None
    """The unit behind it: years."""

    @property
    def bits(self) -> int:
        """Its words."""
        return span_bits(self.first, self.last + 1)


class Wording(NamedTuple):
    """A question's words; sets of words are integers, a bit a word."""

    words: tuple[str, ...]
    bases: tuple[str, ...]
    """The words without the ending of a plural: what cells are compared by."""
    stems: tuple[str, ...]
    figures: tuple[Figure, ...]
    kind: str
    """What the question word asks for: who, when, many, which …; empty where there is none."""
    focus: tuple[int, int]
    """The noun that says of what, half open: "team" of "which team"."""
    triggers: Mapping[str, int]
    """Operations, and the words that ask for them."""
    content: int
    """The words that carry meaning."""
    periods: Mapping[str, int]
    """Periods that pay is asked for, and the words that say so."""
    value_types: Mapping[str, int]
    """What is measured by what is asked for (money for "cheapest"), and the words that say so."""
    moments: Mapping[int, Moment]
    """Months and days of the week, by the word."""
    names: int
    """The words that are written as names, with a capital within the question."""
    text: str
    slips: Mapping[int, str]
    """Words that are none of ordinary English, and the word of it that each may be a slip for."""
    read_as: Mapping[str, str] = MappingProxyType({})
    """Slips that were put right: what is written, and what it is read as."""


def respelled(asked: Wording, knows: Callable[[str, str], bool]) -> Wording:
    """The question with slips put right, where a word is not known by its base and stem, and what it is read as is."""
    meant = {
        n: word
        for n, word in asked.slips.items()
        if not knows(asked.bases[n], asked.stems[n]) and (word in _language() or knows(base(word), stem(word)))
    }
    if not meant:
        return asked
    text = asked.text
    for n, term in reversed([*enumerate(_cut(text))]):
        text = text[: term.start] + meant[n] + text[term.end :] if n in meant else text
    return wording(text)._replace(read_as={asked.words[n]: word for n, word in meant.items()})


@cache
def _language() -> frozenset[str]:
    """Words that say what is asked for and how."""
    phrases = (*phrase_table("triggers"), *phrase_table("question words"), *phrase_table("value types"))
    said = (word for phrase in (*phrases, *period_phrases()) for word in phrase)
    return word_list("function words").union(said)


def _cut(text: str) -> list[Term]:
    return [term for term in terms(text) if term.word][:MAX_QUESTION_WORDS]


def wording(text: str) -> Wording:
    """Look through a question."""
    cut = _cut(text)
    words = tuple(term.word for term in cut)
    stops = word_list("function words") | CHAT_WORDS
    kind, focus = _asked_for(words)
    figures = tuple(_sorted(figure, text, cut) for figure in _figures(words))
    units = sum(1 << figure.last + 1 for figure in figures if figure.unit is not None)
    return Wording(
        words,
        tuple(map(base, words)),
        tuple(map(stem, words)),
        figures,
        kind,
        focus,
        {name: left for name, bits in _triggers(words).items() if (left := bits & ~units)},
        sum(1 << n for n, word in enumerate(words) if word not in stops),
        _found(words, period_phrases()),
        _found(words, phrase_table("value types")),
        named_in(words),
        sum(1 << n for n, term in enumerate(cut) if term.word not in stops and _is_named(term, text)),
        text,
        {n: meant for n, word in enumerate(words) if (meant := in_english(word, PARAMS.spelling)) is not None},
    )


def _is_named(term: Term, text: str) -> bool:
    """Whether a word is written with a capital where none need be."""
    before = text[: term.start].rstrip()
    return text[term.start].isupper() and bool(before) and before[-1] not in SENTENCE_ENDS and not text.isupper()


def base(word: str) -> str:
    """A folded word without the ending of a plural, and an ordinal as it is said."""
    if word[:1].isdigit():
        return in_words(word)
    if len(word) > 3 and word[-1] == "s" and word[-2] not in "sui":
        return word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]
    return word


def span_bits(first: int, end: int) -> int:
    """The words from ``first`` on and before ``end``."""
    return (1 << end) - (1 << first) if end > first else 0


def _figures(words: Sequence[str]) -> list[Figure]:
    found: list[Figure] = []
    at = 0
    while at < len(words):
        date = date_at(words, at)
        figure = Figure(at, at + date[1] - 1, date[0], True) if date else _number(words, at)
        if figure is not None:
            found.append(figure)
        at = figure.last + 1 if figure is not None else at + 1
    return found


def _sorted(figure: Figure, text: str, words: Sequence[Term]) -> Figure:
    """The figure with what the sign before or behind it says, or the next word: money, or a share."""
    begin, end = words[figure.first].start, words[figure.last].end
    ahead, behind = text[:begin].rstrip().casefold(), text[end:].lstrip()
    after = words[figure.last + 1].word if figure.last + 1 < len(words) else ""
    if behind.startswith("%") or after in PERCENT_WORDS:
        return figure._replace(sort="share", is_date=False)
    signs = tuple(sign for sign, _ in CURRENCY_SIGNS)
    if ahead.endswith(signs) or behind.startswith(signs) or after in CURRENCY_WORDS:
        return figure._replace(sort="money", is_date=False)
    return figure._replace(unit=UNITS.get(after))


def _number(words: Sequence[str], at: int) -> Figure | None:
    word, following = words[at], words[at + 1] if at + 1 < len(words) else ""
    if word in word_list("fiscal years") and _YEAR.fullmatch(following):
        return Figure(at, at + 1, float(following) + (2000 if len(following) == 2 else 0), True)
    if word in word_list("quarters") and _QUARTER.fullmatch(following):
        return Figure(at, at + 1, float(following), False)
    if _DECADE.fullmatch(word) and following == DECADE_ENDING:
        return Figure(at, at + 1, float(word), True)
    value = float(word) if PLAIN_NUMBER.fullmatch(word) else _numerals().get(word)
    if value is None:
        return None
    scale = _SCALES.get(words[at + 1]) if at + 1 < len(words) and word[0].isdigit() else None
    if scale is not None:
        return Figure(at, at + 1, value * scale, False)
    year = year_of(word)
    is_season = year is not None and len(following) == 2 and following == f"{(year + 1) % 100:02}"
    return Figure(at, at + is_season, value, year is not None)


def _asked_for(words: tuple[str, ...]) -> tuple[str, tuple[int, int]]:
    """The kind of the first question word, and the noun behind it."""
    known = phrase_table("question words")
    for at in range(len(words)):
        for size in range(PHRASE_WORDS, 0, -1):
            kinds = known.get(words[at : at + size])
            if kinds and not (kinds[0] == QuestionKind.NAME and at):
                return kinds[0], _noun(words, at + size)
    return (QuestionKind.IS if words and words[0] in word_list("auxiliaries") else ""), (0, 0)


def _noun(words: Sequence[str], first: int) -> tuple[int, int]:
    skipped, stops = word_list("determiners"), word_list("function words")
    while first < len(words) and words[first] in skipped:
        first += 1
    end = first
    while end < min(len(words), first + MAX_FOCUS) and words[end] not in stops:
        end += 1
    return first, end


def _triggers(words: tuple[str, ...]) -> dict[str, int]:
    found = _found(words, phrase_table("triggers"))
    for at, word in enumerate(words):
        if len(word) > 4 and word.endswith("est") and word not in word_list("no superlatives"):
            found["most"] = found.get("most", 0) | 1 << at
        if (
            len(word) > 4
            and word.endswith("er")
            and not word_list("behind a comparative").isdisjoint(words[at + 1 : at + 2])
        ):
            found["more"] = found.get("more", 0) | 1 << at
    if words and words[-1] in word_list("verbs at the end") and not word_list("helping verbs").isdisjoint(words[:-1]):
        found = {name: left for name, bits in found.items() if (left := bits & ~(1 << len(words) - 1))}
    return found


def _found(words: tuple[str, ...], known: Mapping[tuple[str, ...], str | tuple[str, ...]]) -> dict[str, int]:
    """What known phrases stand for, and their words."""
    found: dict[str, int] = {}
    for at in range(len(words)):
        for size in range(1, PHRASE_WORDS + 1):
            names = known.get(words[at : at + size], ())
            for name in (names,) if isinstance(names, str) else names:
                found[name] = found.get(name, 0) | span_bits(at, min(at + size, len(words)))
    return found


@cache
def _numerals() -> dict[str, float]:
    besides = {phrase[0]: float(names[0]) for phrase, names in phrase_table("numerals besides").items()}
    return {word: float(number) for word, number in NUMBERS.items()} | besides


def ordinals(words: Sequence[str]) -> Mapping[int, int]:
    """The words that say which in an order, "2nd" or "second", and the number of each."""
    found = ((n, ordinal_in_figures(word) or ORDINALS.get(word)) for n, word in enumerate(words))
    return {n: value for n, value in found if value}


def place_in_order(words: Sequence[str]) -> int:
    """Which in an order is asked for, counted from 0: 1 for "second", "2nd"; 0 where none is."""
    return next((place - 1 for place in ordinals(words).values() if 2 <= place <= 20), 0)
