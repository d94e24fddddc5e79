"""What kind of thing a question asks for, and whether a sentence holds one.

A table of general expectations: "how many" is answered by a figure, "why" by a reason. A sentence that does not meet
the expectation is less likely to answer; none is ruled out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

from ..lang.lexicon import lexicon
from ..text.number_words import IN_YEARS
from ..text.regex import compiled
from ..text.tokenizer import STOP_WORDS, Term, fold
from .query import Question

_TYPES = lexicon("answer_types")


def _one_of(section: str) -> str:
    return f"(?:{'|'.join(_TYPES.ordered(section))})"


def _said(section: str) -> str:
    return f"(?:{_TYPES.pattern(section)})"


FIGURE = rf"[0-9]|^{_one_of('figure')}$"
"""A word that is a figure or says how often."""
COUNT = rf"[0-9]|^{_one_of('count')}$"
"""A word that says how many."""
REASON = rf"(?i)\b{_said('reason')}\b"
"""What a sentence says that gives a reason."""
AMOUNT = rf"(?i)[$£€¥][ ]?[0-9]|\b[0-9.]+[ ]?%|\b[0-9][0-9.,]*[ ]{_one_of('money')}\b|\b{_said('free of charge')}\b"
"""An amount of money, a share of one, or that none is asked."""
COSTLY = rf"(?i)\b{_one_of('cost')}\b[^.]{{0,80}}\b{_said('how costly')}\b|\b{_said('costly')}\b"
"""What something costs or pays, said without a figure."""
RATE = (
    rf"(?i)\b{_one_of('rate openers')}[ ](?:[\w]{{1,12}}[ ])?{_one_of('rate periods')}s?\b"
    rf"|\b{_said('rate adverbs')}\b"
)
"""How much or how many in a length of time."""
SPAN_OF_TIME = (
    rf"(?i)\b{_one_of('span numbers')}[ -](?:or more[ ]|to[ ]|or[ ]|and[ ]|an?[ ])?(?:[\w]{{1,12}}[ -]){{0,2}}"
    rf"{_one_of('span units')}\b"
)
"""A length of time, or of a thing."""
PLACE = (
    rf"\b(?:{'|'.join(f'[{word[0].upper()}{word[0]}]{word[1:]}' for word in _TYPES.ordered('place openers'))})[ ]"
    rf"(?:[\w'’&,/-]{{1,24}}[ ]){{0,4}}?([A-Z][\w'’-]*|(?i:{'|'.join(_TYPES.ordered('place words'))})(?:e?s)?)\b"
)
"""A place: a name, or a word for one, behind a word that leads to it."""
ASKS = rf"\b{_one_of('question words')}\b"
"""A question word."""


class AnswerKind(StrEnum):
    """Kinds of things that are asked for: the names of the section ``questions``."""

    AMOUNT = "amount"
    RATE = "rate"
    SPAN = "span"
    FIGURE = "figure"
    COUNT = "count"
    NAME = "name"
    PLACE = "place"
    REASON = "reason"
    EXPANSION = "expansion"
    DEFINITION = "definition"


class AnswerSentence(NamedTuple):
    """A sentence: the passage's text, its words in it, and where it starts and ends."""

    text: str
    words: Sequence[Term]
    start: int
    end: int


class Expected(NamedTuple):
    """What the answer to a question is expected to hold."""

    kind: AnswerKind | None
    asked: frozenset[str]
    """The question's own words: they are no answer."""
    subject: frozenset[str]
    """The stems of what is asked about."""

    @property
    def firm(self) -> bool:
        """Whether nothing else can answer: an amount of money, a length, or a rate."""
        return self.kind in (AnswerKind.AMOUNT, AnswerKind.SPAN, AnswerKind.RATE)

    def met(self, piece: AnswerSentence) -> bool:
        """Whether a sentence holds something of the kind; always where nothing is expected."""
        return _SHOWS[self.kind](self, piece) if self.kind else True


def expected(question: Question, subject: Collection[str]) -> Expected:
    """What kind of thing the question asks for; ``subject`` are the stems that stand for its words."""
    plain = _first_asked(" ".join(term.word for term in question.terms))
    kind = next((kind for kind, asks in _ASKS if compiled(asks).search(plain)), None)
    return Expected(kind, frozenset(term.word for term in question.terms), frozenset(subject))


def _first_asked(plain: str) -> str:
    """A folded question up to its second question word: "how does a degree affect how soon I start" is no how soon."""
    asks = [match.start() for match in compiled(ASKS).finditer(plain)]
    return plain[: asks[1]] if len(asks) > 1 else plain


def _figure(expected: Expected, piece: AnswerSentence) -> bool:
    return any(compiled(FIGURE).search(term.word) for term in piece.words if term.word not in expected.asked)


def _count(expected: Expected, piece: AnswerSentence) -> bool:
    """Whether a word says how many, and is neither a year nor the question's own."""
    fresh = (t.word for t in piece.words if t.word not in expected.asked and not IN_YEARS.fullmatch(t.word))
    return any(compiled(COUNT).search(word) for word in fresh)


def _rate(expected: Expected, piece: AnswerSentence) -> bool:
    return _figure(expected, piece) and compiled(RATE).search(piece.text, piece.start, piece.end) is not None


def _amount(_: Expected, piece: AnswerSentence) -> bool:
    return any(compiled(shows).search(piece.text, piece.start, piece.end) for shows in (AMOUNT, COSTLY))


def _span(_: Expected, piece: AnswerSentence) -> bool:
    return compiled(SPAN_OF_TIME).search(piece.text, piece.start, piece.end) is not None


def _name(expected: Expected, piece: AnswerSentence) -> bool:
    fresh = (term for term in islice(piece.words, 1, None) if term.word not in expected.asked)
    return any(piece.text[term.start].isupper() for term in fresh)


def _place(expected: Expected, piece: AnswerSentence) -> bool:
    found = compiled(PLACE).finditer(piece.text, piece.start, piece.end)
    return any(fold(match[1]) not in expected.asked for match in found)


def _reason(_: Expected, piece: AnswerSentence) -> bool:
    return compiled(REASON).search(piece.text, piece.start, piece.end) is not None


def _expansion(expected: Expected, piece: AnswerSentence) -> bool:
    """Whether one of the question's words stands in brackets, as an abbreviation does behind its name."""
    return any(term.word in expected.asked and piece.text[term.start - 1 : term.start] == "(" for term in piece.words)


def _definition(expected: Expected, piece: AnswerSentence) -> bool:
    """Whether the sentence begins with what is asked about."""
    opening = next((term for term in piece.words if term.word not in STOP_WORDS), None)
    return opening is not None and opening.stem in expected.subject


_ASKS = tuple((AnswerKind(kind), asks) for kind, asks in _TYPES.pairs("questions"))
"""How questions ask for each kind; the first that fits counts."""
_SHOWS: dict[AnswerKind, Callable[[Expected, AnswerSentence], bool]] = {
    AnswerKind.FIGURE: _figure,
    AnswerKind.COUNT: _count,
    AnswerKind.RATE: _rate,
    AnswerKind.AMOUNT: _amount,
    AnswerKind.SPAN: _span,
    AnswerKind.NAME: _name,
    AnswerKind.PLACE: _place,
    AnswerKind.REASON: _reason,
    AnswerKind.EXPANSION: _expansion,
    AnswerKind.DEFINITION: _definition,
}
