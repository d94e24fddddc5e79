"""Which words of a question its answer turns on: what is asked of a thing, and not the thing.

"What is the pass rate of the exam", "who founded the college", "how many students": a sentence that speaks of the exam,
the college or a school's figures, but of no pass rate, founding or students, is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..lang.lexicon import lexicon
from ..text.tokenizer import COMMON_WORDS
from .query import Question
from .term_weights import Wanted

ASKED = lexicon("answer_types").lines("asked of a thing")
"""How questions name what they ask of a thing."""


(ACTOR,) = lexicon("answer_types").lines("actor")
"""How they name who does what is asked: "what does a program teach" is answered by a sentence about a program."""


def actor(question: Question, words: Sequence[Wanted]) -> tuple[Wanted, ...]:
    """The words for who does what is asked, which the answer begins with; none where the question does not say."""
    return tuple(_within(ACTOR, " ".join(term.word for term in question.terms), question, words))


def focus(question: Question, words: Sequence[Wanted]) -> tuple[Wanted, ...]:
    """The words that the answer turns on, among those wanted; none where the question does not say."""
    plain = " ".join(term.word for term in question.terms)
    return tuple(word for pattern in ASKED for word in _within(pattern, plain, question, words))


def _within(pattern: str, plain: str, question: Question, words: Sequence[Wanted]) -> Iterator[Wanted]:
    """The words wanted that stand where the pattern's group matches the folded question."""
    if match := re.search(pattern, plain):
        first, last = (len(plain[:at].split()) for at in match.span(1))
        inside = {term.start for term in question.terms[first:last] if term.word not in COMMON_WORDS}
        yield from (word for word in words if word.term.start in inside)
