"""What kind of thing a question asks for, and whether a piece of text holds one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .question import Question
from .words import Term

FIGURES = re.compile(
    r"\b(?:how (?:many|much|old|long|far|often|tall|high|deep|large|big|wide|heavy|fast|soon|late|early)|when"
    r"|(?:what|which) (?:\w+ ){0,2}?(?:year|date|day|month|decade|century|age|percent|percentage|number|amount|score|grade|rate)"
    r"|phone)\b"
)
"""Questions whose answer holds a figure: a number, a date, an amount, a span of time."""
NAMES = re.compile(r"\b(?:who|whom|whose)\b")
"""Questions whose answer holds a name."""

FIGURE = re.compile(
    r"\d|^(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundreds?|thousands?|millions?|billions?"
    r"|half|third|quarter|first|second|dozens?|once|twice|always|never|daily|weekly|monthly|yearly|annual|annually)$"
)


@dataclass(frozen=True, slots=True)
class Expected:
    """What the answer is expected to hold beyond the question's own words."""

    figure: bool
    name: bool
    asked: frozenset[str]
    """The question's own words: they are no answer."""

    def met(self, text: str, words: Sequence[Term]) -> bool:
        """Whether the words, which stand in ``text``, hold something of the kind; always where nothing is expected."""
        if not (self.figure or self.name):
            return True
        fresh = (term for n, term in enumerate(words) if term.word not in self.asked and (n or self.figure))
        if self.figure:
            return any(FIGURE.search(term.word) for term in fresh)
        return any(text[term.start].isupper() for term in fresh)


def expected(question: Question) -> Expected:
    """What kind of thing the question asks for."""
    plain = " ".join(term.word for term in question.terms)
    figure = FIGURES.search(plain) is not None
    return Expected(figure, not figure and NAMES.search(plain) is not None, frozenset(t.word for t in question.terms))
