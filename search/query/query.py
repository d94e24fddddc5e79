"""What is asked: the question's words, cut and folded once for everything that looks at them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..errors import UsageError
from ..lang.states import ABBREVIATIONS
from ..model import Span
from ..params import PARAMS, Params
from ..text.tokenizer import QUESTION_WORDS, STOP_WORDS, Term, stem, terms
from .asking import CHAT_WORDS, asking_spans
from .rewrite import without_idioms

MAX_QUESTION = 2_000
"""Code points of a question; longer ones are refused."""
MAX_TERMS = 64
"""Words of a question that count."""


class Question(NamedTuple):
    """A question and its words. ``content`` leaves stop words and question words out, unless nothing is left."""

    text: str
    terms: tuple[Term, ...]
    content: tuple[Term, ...]
    documents: frozenset[int] | None = None
    """The documents that may answer; None for all."""
    limit: int = 3
    """How many passages a passage answer cites at most."""
    asking: tuple[Span, ...] = ()
    """The sentences of the text that ask; the others tell a story. Nothing where all do."""
    params: Params = PARAMS
    """The numbers by which it is answered."""


def understand(
    text: str, *, documents: frozenset[int] | None = None, limit: int = 3, params: Params = PARAMS
) -> Question:
    """Cut a question into words. Raises UsageError where it is empty or too long."""
    if len(text) > MAX_QUESTION:
        raise UsageError(f"the question has {len(text):,} characters", f"ask in at most {MAX_QUESTION:,}")
    words = tuple(terms(text))[:MAX_TERMS]
    if not words:
        raise UsageError("the question holds no words", "ask in plain words, for example 'median pay in Fresno'")
    silent = STOP_WORDS | QUESTION_WORDS | CHAT_WORDS
    content = tuple(t for t in without_idioms(words) if t.word not in silent)
    return Question(text, words, content or words, documents, limit, tuple(asking_spans(text)), params)


def state_of(term: Term, text: str) -> str:
    """The folded name of the state that a word of a question is the abbreviation of; empty for all other words.

    Only capitals are an abbreviation ("in" and "or" are words), and only where not everything is in capitals.
    """
    return "" if text.isupper() else ABBREVIATIONS.get(text[term.start : term.end], "")


def states_written_out(words: Iterable[Term], text: str) -> Iterator[Term]:
    """The words, with the name of a state for its abbreviation: prose has "California" where people type CA."""
    for term in words:
        name = state_of(term, text).split()
        yield from (Term(stem(word), word, term.start, term.end) for word in name) if name else (term,)
