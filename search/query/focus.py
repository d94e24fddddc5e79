"""Which words of a question its answer turns on: who does what is asked, and what is to be counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..lang.lexicon import lexicon
from ..text.tokenizer import COMMON_WORDS
from .query import Question
from .term_weights import Wanted

(ACTOR,) = lexicon("answer_types").lines("actor")
"""How they name who does what is asked: "what does a program teach" is answered by a sentence about a program."""


def actor(question: Question, words: Sequence[Wanted]) -> tuple[Wanted, ...]:
    """The words for who does what is asked, which the answer begins with; none where the question does not say."""
    return tuple(_within(ACTOR, " ".join(term.word for term in question.terms), question, words))


(COUNTED,) = lexicon("answer_types").lines("counted")
"""How they name what is to be counted."""


def counted(question: Question, words: Sequence[Wanted]) -> tuple[Wanted, ...]:
    """The words for what is to be counted; none where the question does not ask how many."""
    return tuple(_within(COUNTED, " ".join(term.word for term in question.terms), question, words))


def _within(pattern: str, plain: str, question: Question, words: Sequence[Wanted]) -> Iterator[Wanted]:
    """The words wanted that stand where the pattern's group matches the folded question."""
    if match := re.search(pattern, plain):
        first, last = (len(plain[:at].split()) for at in match.span(1))
        inside = {term.start for term in question.terms[first:last] if term.word not in COMMON_WORDS}
        yield from (word for word in words if word.term.start in inside)
