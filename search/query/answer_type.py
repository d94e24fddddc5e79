"""What kind of thing a question asks for, and whether a sentence holds one.

A table of general expectations: "how many" is answered by a figure, "why" by a reason. A sentence that does not meet
the expectation is less likely to answer; none is ruled out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import islice
from typing import NamedTuple

from ..text.regex import compiled
from ..text.tokenizer import STOP_WORDS, Term, fold
from .query import Question

FIGURE = (
    r"[0-9]|^(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundreds?|thousands?|millions?|billions?"
    r"|half|third|quarter|first|second|dozens?|once|twice|always|never|daily|weekly|monthly|yearly|annual|annually"
    r"|\w+teen(?:th)?|january|february|march|april|june|july|august|september|october|november|december)$"
)
"""A word that is a figure or says how often."""
REASON = (
    r"(?i)\b(?:because|since|due to|thanks to|owing to|reasons?|so that|in order to|therefore|thus|hence|as a result"
    r"|causes?|caused|why)\b"
)
"""What a sentence says that gives a reason."""
AMOUNT = (
    r"(?i)[$£€¥][ ]?[0-9]|\b[0-9][0-9.,]*[ ](?:dollars?|cents?|pounds?|euros?|usd|eur|gbp|(?:m|b)illion)\b"
    r"|\b(?:free|no[ -]cost|no charge)\b"
)
"""An amount of money, or that none is asked."""
COSTLY = (
    r"(?i)\b(?:costs?|fees?|prices?|priced|tuition|expenses?|salar(?:y|ies)|wages?|pay|paid)\b[^.]{0,80}"
    r"\b(?:more|less|(?:most|least)(?=\s*(?:[.,;)]|$|(?:of|by|in|for|among|when|at)\b))"
    r"|higher|lower|greater|highest|lowest|depends?|var(?:y|ies)|differs?)\b|\b(?:in)?expensive\b"
)
"""What something costs or pays, said without a figure."""
RATE = (
    r"(?i)\b(?:an?|per|each|every)[ ](?:[\w]{1,12}[ ])?(?:hour|day|week|month|quarter|semester|term|year)s?\b"
    r"|\b(?:hourly|daily|weekly|monthly|quarterly|yearly|annual(?:ly)?|/[ ]?(?:hour|day|week|month|year))\b"
)
"""How much or how many in a length of time."""
SPAN = (
    r"(?i)\b(?:[0-9][0-9.,]*|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|half|few|several|many)"
    r"[ -](?:or more[ ]|to[ ]|or[ ]|and[ ]|an?[ ])?(?:[\w]{1,12}[ -]){0,2}"
    r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|semesters?|decades?|centur(?:y|ies)"
    r"|miles?|feet|foot|inch(?:es)?|yards?|km|kilomet(?:re|er)s?|met(?:re|er)s?|ft|cm|mm|m)\b"
)
"""A length of time, or of a thing."""

PLACE = (
    r"\b(?:[Ii]n|[Aa]t|[Ff]rom|[Nn]ear|[Tt]o|[Oo]n|[Bb]y|[Ii]nto|[Ww]ithin|[Aa]cross|[Aa]round|[Oo]f|[Tt]hrough)[ ]"
    r"(?:[\w'’&,/-]{1,24}[ ]){0,4}?"
    r"([A-Z][\w'’-]*|(?i:school|college|universit(?:y|ie)|institution|hospital|clinic|office|cent(?:er|re)|laborator(?:y|ie)"
    r"|lab|facilit(?:y|ie)|home|campu|cit(?:y|ie)|town|village|countr(?:y|ie)|state|street|road|site|area|region|district"
    r"|island|building|factor(?:y|ie)|website|online|north|south|east|west|coast|river|practice|store|shop|market)(?:e?s)?)\b"
)
"""A place: a name, or a word for one, behind a word that leads to it."""

ASKS = r"\b(?:what|when|where|which|who|whom|whose|why|how)\b"
"""A question word."""


class Piece(NamedTuple):
    """A sentence: the passage's text, its words in it, and where it starts and ends."""

    text: str
    words: Sequence[Term]
    start: int
    end: int


class Expected(NamedTuple):
    """What the answer to a question is expected to hold."""

    kind: str
    asked: frozenset[str]
    """The question's own words: they are no answer."""
    subject: frozenset[str]
    """The stems of what is asked about."""

    @property
    def firm(self) -> bool:
        """Whether nothing else can answer: an amount of money, a length, or a rate."""
        return self.kind in ("amount", "span", "rate")

    def met(self, piece: Piece) -> bool:
        """Whether a sentence holds something of the kind; always where nothing is expected."""
        return _SHOWS[self.kind](self, piece) if self.kind else True


def expected(question: Question, subject: Collection[str]) -> Expected:
    """What kind of thing the question asks for; ``subject`` are the stems that stand for its words."""
    plain = _first_asked(" ".join(term.word for term in question.terms))
    kind = next((kind for kind, asks in _ASKS if compiled(asks).search(plain)), "")
    return Expected(kind, frozenset(term.word for term in question.terms), frozenset(subject))


def _first_asked(plain: str) -> str:
    """A folded question up to its second question word: "how does a degree affect how soon I start" is no how soon."""
    asks = [match.start() for match in compiled(ASKS).finditer(plain)]
    return plain[: asks[1]] if len(asks) > 1 else plain


def _figure(expected: Expected, piece: Piece) -> bool:
    return any(compiled(FIGURE).search(term.word) for term in piece.words if term.word not in expected.asked)


def _rate(expected: Expected, piece: Piece) -> bool:
    return _figure(expected, piece) and compiled(RATE).search(piece.text, piece.start, piece.end) is not None


def _amount(_: Expected, piece: Piece) -> bool:
    return any(compiled(shows).search(piece.text, piece.start, piece.end) for shows in (AMOUNT, COSTLY))


def _span(_: Expected, piece: Piece) -> bool:
    return compiled(SPAN).search(piece.text, piece.start, piece.end) is not None


def _name(expected: Expected, piece: Piece) -> bool:
    fresh = (term for term in islice(piece.words, 1, None) if term.word not in expected.asked)
    return any(piece.text[term.start].isupper() for term in fresh)


def _place(expected: Expected, piece: Piece) -> bool:
    found = compiled(PLACE).finditer(piece.text, piece.start, piece.end)
    return any(fold(match[1]) not in expected.asked for match in found)


def _reason(_: Expected, piece: Piece) -> bool:
    return compiled(REASON).search(piece.text, piece.start, piece.end) is not None


def _expansion(expected: Expected, piece: Piece) -> bool:
    """Whether one of the question's words stands in brackets, as an abbreviation does behind its name."""
    return any(term.word in expected.asked and piece.text[term.start - 1 : term.start] == "(" for term in piece.words)


def _definition(expected: Expected, piece: Piece) -> bool:
    """Whether the sentence begins with what is asked about."""
    opening = next((term for term in piece.words if term.word not in STOP_WORDS), None)
    return opening is not None and opening.stem in expected.subject


_ASKS = (
    ("expansion", r"^what (?:do|does|did) .* (?:mean|stand for)$"),
    ("expansion", r"\b(?:abbreviation|acronym|short for|stands for|full name of)\b"),
    (
        "amount",
        r"\bhow (?:much|expensive)\b.*\b(?:costs?|fees?|price|tuition|pays?|paid|charged?|earn|make|spend)\b",
    ),
    ("amount", r"^what (?:do|does|did|would|will) .*\b(?:cost|earn|make|pay|charge)$"),
    (
        "amount",
        r"^what (?:is|are|was|were) (?:the |an? )?(?:\w+ ){0,3}?(?:cost|price|fees?|tuition|salary|wages?|pay)\b",
    ),
    (
        "rate",
        r"\bhow (?:many|much) (?:\w+ ){1,12}?(?:an?|per|each|every)"
        r" (?:hour|day|week|month|quarter|semester|term|year)\b",
    ),
    ("span", r"\bhow (?:long|soon|quickly)\b|\bhow many (?:\w+ ){0,2}?(?:minute|hour|day|week|month|year)s?\b"),
    (
        "figure",
        r"\bhow (?:many|much|old|long|far|often|tall|high|deep|large|big|wide|heavy|fast|soon|late|early)\b",
    ),
    ("figure", r"^(?:since |until |by )?when\b|\bwhen (?:did|does|do|is|was|were|will|has|had|can)\b|\bphone\b"),
    ("figure", r"\b(?:what|which) (?:\w+ ){0,2}?(?:year|date|day|month|decade|century|age|percent|percentage)\b"),
    ("figure", r"\b(?:what|which) (?:\w+ ){0,2}?(?:number|amount|score|grade|rate)\b"),
    ("figure", r"^what (?:do|does|did|would|will) .*\b(?:cost|earn|make|pay|charge|weigh)$"),
    (
        "figure",
        r"^what (?:is|are|was|were) (?:the |an? )?(?:\w+ ){0,3}?(?:cost|price|fees?|tuition|salary|wages?)\b",
    ),
    (
        "figure",
        r"^what (?:is|are|was|were) (?:the |an? )?(?:\w+ ){0,3}?(?:pay|income|population|size|height|length)\b",
    ),
    (
        "figure",
        r"^what (?:is|are|was|were) (?:the |an? )?(?:\w+ ){0,3}?(?:weight|speed|duration|deadline|address)\b",
    ),
    ("name", r"\b(?:who|whom|whose)\b(?! (?:can|could|may|might|must|should|would|needs?)\b)"),
    ("place", r"^(?:from |to |in |at |and )?where\b"),
    ("reason", r"^why\b"),
    ("definition", r"^what (?:is|are) (?!the\b|my\b|your\b|some\b)(?:an? )?\w+(?: \w+){0,3}$"),
    (
        "definition",
        r"^what (?:do|does) .* do(?: all day| every day| each day| daily| for a living| at work| exactly)?$",
    ),
)
"""How questions ask for each kind; the first that fits counts."""
_SHOWS: dict[str, Callable[[Expected, Piece], bool]] = {
    "figure": _figure, "rate": _rate, "amount": _amount, "span": _span, "name": _name, "place": _place,
    "reason": _reason, "expansion": _expansion, "definition": _definition,
}  # fmt: skip
