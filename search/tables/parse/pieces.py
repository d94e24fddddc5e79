"""A question cut into pieces, each with what it means for one table: names first, then numbers, then known phrases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from ...column_kinds import ColumnRole
from ...lang.lexicon import lexicon
from ...lang.states import ABBREVIATIONS, STATES
from ...text.number_words import IN_YEARS, ordinal_in_figures
from ...text.tokenizer import Term
from ..schema.names import Mention, Stems, canonical
from ..schema.nicknames import DEMONYMS
from .vocabulary import Kind, Sense, longest_phrase, phrases

BARE_PERIODS = lexicon("table_headers").words("bare periods")
PERCENTILES = lexicon("table_headers").words("percentiles")
_QUESTIONS = lexicon("table_questions")
HUNDRED = _QUESTIONS.words("hundred")
NUMBERS_JOINED = _QUESTIONS.words("joining ordinals")
US = _QUESTIONS.words("us")
BEFORE_US = _QUESTIONS.words("before us")
"""Behind these "us" is the nation, else the people who ask."""
HYPHENS = frozenset("-–—")
MOST_DIGITS = 20
"""Of a number in a question; a longer one is a word like any other, for Decimal's arithmetic is exact to 28 digits."""
_SIGN = re.compile(r"(?<![<>=])([<>]=?|[≤≥=])\s?[$€£]?\Z")
_PLAIN_SIGNS = str.maketrans({"≤": "<=", "≥": ">="})


class Token(NamedTuple):
    """Terms ``first`` to ``last`` of a question and what they are."""

    kind: Kind
    value: str
    first: int
    last: int
    number: Decimal | None = None
    mention: Mention | None = None
    percent: bool = False
    """A number with a percent sign."""
    money: bool = False
    """A number with a currency sign."""

    def is_a(self, *kinds: Kind) -> bool:
        """Whether it is of one of these kinds."""
        return self.kind in kinds


class _Said(NamedTuple):
    """A question's words, whatever table they are cut for."""

    text: str
    words: Sequence[Term]
    stems: tuple[str, ...]
    senses: Sequence[Mapping[int, Sense]]
    """For each word the known phrases that begin with it, by their number of words, the longest first."""


class _Cut(NamedTuple):
    """What a question is cut by."""

    said: _Said
    numbers: Sequence[Token | None]
    """For each word the number that begins with it."""
    mentions: Mapping[int, Mention]
    own_phrases: Mapping[Stems, Sense]
    nation: Mention | None


def cut(
    text: str,
    words: Sequence[Term],
    mentions: Iterable[Mention],
    own_phrases: Mapping[Stems, Sense],
    nation: Mention | None,
) -> tuple[Token, ...]:
    """The pieces of a question, in order and without gaps. ``mentions`` must not overlap.

    ``nation`` is the table's row of the nation: where there is one, the nation is a name like any other.
    """
    by_first = {mention.first: mention for mention in mentions}
    asked = _Cut(*_read(text, tuple(words)), by_first, own_phrases, nation)
    pieces: list[Token] = []
    at = 0
    while at < len(words):
        piece = (
            _mention(asked, at)
            or _own_phrase(asked, at)
            or asked.numbers[at]
            or _phrase(asked, at)
            or _state(asked.said, at)
        )
        piece = piece or Token("word", words[at].word, at, at)
        if piece.is_a("number") and (sign := _SIGN.search(text, 0, words[at].start)) is not None:
            pieces.append(Token("above", sign[1].translate(_PLAIN_SIGNS), at, at - 1))
        if _is_range(asked, pieces, piece):
            pieces.append(Token("to", "", at, at - 1))
        pieces.append(_named_nation(asked, piece))
        at = piece.last + 1
    return tuple(_years(asked.said, pieces))


@lru_cache(maxsize=8)
def _read(text: str, words: tuple[Term, ...]) -> tuple[_Said, tuple[Token | None, ...]]:
    """A question's words and numbers: all tables cut the same ones."""
    senses = []
    for at in range(len(words)):
        sizes = range(min(longest_phrase(), len(words) - at), 0, -1)
        begun = ((size, tuple(term.word for term in words[at : at + size])) for size in sizes)
        senses.append({size: phrases()[phrase] for size, phrase in begun if phrase in phrases()})
    said = _Said(text, words, tuple(canonical(term.stem, term.word, ColumnRole.LABEL) for term in words), senses)
    return said, tuple(_number(said, at) for at in range(len(words)))


def _is_range(asked: _Cut, pieces: Sequence[Token], piece: Token) -> bool:
    """Whether a hyphen makes a range of this number and the one before it: "16-17"."""
    if not pieces or not piece.is_a("number") or not pieces[-1].is_a("number"):
        return False
    said = asked.said
    return said.text[said.words[pieces[-1].last].end : said.words[piece.first].start].strip(" $€£") in HYPHENS


def _named_nation(asked: _Cut, piece: Token) -> Token:
    if not piece.is_a("nation") or asked.nation is None:
        return piece
    return Token("name", "", piece.first, piece.last, mention=asked.nation._replace(first=piece.first, last=piece.last))


def _mention(asked: _Cut, at: int) -> Token | None:
    mention = asked.mentions.get(at)
    return None if mention is None else Token("name", "", mention.first, mention.last, mention=mention)


def _own_phrase(asked: _Cut, at: int) -> Token | None:
    for stems, sense in asked.own_phrases.items():
        if stems and asked.said.stems[at : at + len(stems)] == stems:
            return Token(sense.kind, sense.value, at, at + len(stems) - 1)
    return None


def _number(said: _Said, at: int) -> Token | None:
    """A number in figures or words, with what stands to it: $, %, k, thousand, th, percentile."""
    if (place := ordinal_in_figures(said.words[at].word)) is not None:
        return _ordinal(said, at, at, Decimal(place))
    if not _is_figure(said.words[at].word) and not _sense(said, at).is_a("number"):
        return None
    value, end = _amount(said, at)
    after = said.words[end + 1].word if end + 1 < len(said.words) else ""
    if after in PERCENTILES:
        return _ordinal(said, at, end, value)
    before = said.text[: said.words[at].start].rstrip()[-1:]
    behind = said.text[said.words[end].end :].lstrip()[:1]
    return Token("number", "", at, end, value, percent=behind == "%", money=before in ("$", "€", "£"))


def _amount(said: _Said, at: int) -> tuple[Decimal, int]:
    """The number that begins at a term, and the term that it ends with: "twenty five thousand", "50k"."""
    value, end = _plain(said, at), at
    if 20 <= value <= 90 and value % 10 == 0 and said.words[at].word.isalpha():
        follow = _sense(said, at + 1)
        if follow.is_a("number") and Decimal(follow.value) < 10:
            value, end = value + Decimal(follow.value), at + 1
    while end + 1 < len(said.words):
        follow = _sense(said, end + 1)
        if follow.is_a("scale") and value < 10**MOST_DIGITS:
            value *= Decimal(follow.value)
        elif said.words[end + 1].word in HUNDRED and value < 100:
            value *= 100
        else:
            break
        end += 1
    return value, end


def _plain(said: _Said, at: int) -> Decimal:
    word = said.words[at].word
    return Decimal(word.replace(",", "")) if _is_figure(word) else Decimal(_sense(said, at).value)


def _is_figure(word: str) -> bool:
    """Whether a word is one number: "1,250" and "3.5" are; "1.2.3", "¼" and the overlong are not."""
    return len(word) <= MOST_DIGITS and re.fullmatch(r"\d+(?:\.\d+)?", word.replace(",", "")) is not None


def _ordinal(said: _Said, at: int, end: int, value: Decimal) -> Token:
    """ "12th", or with a percentile behind it a measure: "90th percentile", "10th and 90th percentile"."""
    follow = [term.word for term in said.words[end + 1 : end + 4]]
    percentile = "median" if value == 50 else f"p{value}"
    if follow[:1] and follow[0] in PERCENTILES:
        return Token("measure", percentile, at, end + 1)
    if len(follow) == 3 and follow[0] in NUMBERS_JOINED and ordinal_in_figures(follow[1]) and follow[2] in PERCENTILES:
        return Token("measure", percentile, at, end)
    return Token("ordinal", str(value), at, end)


def _phrase(asked: _Cut, at: int) -> Token | None:
    """The longest known phrase that begins at a term and runs into no name."""
    said = asked.said
    for size, sense in said.senses[at].items():
        if any(n in asked.mentions for n in range(at + 1, at + size)):
            continue
        is_bare = sense.is_a("period") and size == 1 and said.words[at].word in BARE_PERIODS
        if not sense.is_a("word") and not (is_bare and not _follows_amount(said, at)):
            return Token(sense.kind, sense.value, at, at + size - 1)
    written = said.text[said.words[at].start : said.words[at].end]
    return Token("nation", "", at, at) if written == "US" and not said.text.isupper() else _us_in_lower_case(said, at)


def _follows_amount(said: _Said, at: int) -> bool:
    """Whether "hour" stands behind an amount or a slash: "$20/hour"; "what year" is no period of pay."""
    before = said.text[: said.words[at].start].rstrip()
    sense = _sense(said, at - 1) if at else Sense("word")
    return before.endswith("/") or before[-1:].isdigit() or sense.is_a("number", "scale", "money")


def _us_in_lower_case(said: _Said, at: int) -> Token | None:
    """ "us" is the nation behind an article or before a word of pay, else the people who ask."""
    if said.words[at].word not in US:
        return None
    before = said.words[at - 1].word if at else ""
    return Token("nation" if before in BEFORE_US else "filler", "", at, at)


def _state(said: _Said, at: int) -> Token | None:
    """A state of the US that is no name of the table."""
    for size in (3, 2, 1):
        name = " ".join(term.word for term in said.words[at : at + size])
        if len(said.words) - at >= size and (state := STATES.get(name) or DEMONYMS.get(name)) is not None:
            return Token("state", state, at, at + size - 1)
    code = said.text[said.words[at].start : said.words[at].end]
    found = code in ABBREVIATIONS and not said.text.isupper()
    return Token("state", code, at, at) if found else None


def _sense(said: _Said, at: int) -> Sense:
    """What a single word means."""
    return said.senses[at].get(1, Sense("word")) if at < len(said.words) else Sense("word")


def _years(said: _Said, pieces: Sequence[Token]) -> Iterable[Token]:
    """Whole numbers from 1900 to 2099 are years, unless what stands beside them makes them amounts."""
    looks = [_looks_like_a_year(said, piece) for piece in pieces]
    for n, piece in enumerate(pieces):
        beside = {pieces[m].kind for m in (n - 1, n + 1) if 0 <= m < len(pieces) and pieces[m].value != "year~"}
        ends = [m for m in (n - 2, n + 2) if 0 <= m < len(pieces) and pieces[(m + n) // 2].is_a("to")]
        ranged = any(pieces[m].is_a("number") and not looks[m] for m in ends)
        if looks[n] and not ranged and not beside & {"above", "between", "money", "period", "suffix"}:
            yield Token("year", f"{piece.number:f}", piece.first, piece.last)
        else:
            yield piece


def _looks_like_a_year(said: _Said, piece: Token) -> bool:
    written = said.text[said.words[piece.first].start : said.words[piece.last].end]
    return piece.is_a("number") and not piece.money and not piece.percent and IN_YEARS.fullmatch(written) is not None
