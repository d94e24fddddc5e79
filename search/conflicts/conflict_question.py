"""What a question asks that guides could contradict each other on: a stance on a scale, or a figure."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from ..lang.lexicon import lexicon
from ..lang.states import STATES
from ..query.query import Question, states_written_out
from ..text.number_words import QuantityKind
from ..text.quantities import is_number
from ..text.tokenizer import QUESTION_WORDS, STOP_WORDS, Term
from .figure_question import MEASURE_WORDS, Sought, sought
from .lexical_relation import any_names_same
from .people import is_people
from .stance_words import (
    ANOTHER,
    CONDITIONS,
    EXISTENCE,
    FREE,
    GENERIC_PEOPLE,
    INFINITIVE,
    LACK,
    LAW,
    LIGHT,
    OBLIGATION,
    PASSIVE,
    PREPOSITIONS,
    TIMES,
    TO_OBLIGES,
)
from .topic import Topic, weight


class StanceScale(StrEnum):
    """Whether something is required, whether it may be or is so, whether it is free of charge, whether there is one."""

    OBLIGATION = "obligation"
    PERMISSION = "permission"
    FREE = "free"
    EXISTENCE = "existence"


AUXILIARIES = lexicon("figures").words("auxiliaries")
"""They open a question that is answered by yes or no."""
CAN_DO = lexicon("figures").words("can do")
"""Of these, those that ask with "without" whether something is required: "can I work without a licence?"."""
DAYS = lexicon("figures").words("days")
"""Where a date is asked for they say no more: "the last day to apply"."""
GETTING = lexicon("figures").words("getting")
"""Before "paid" they say that someone is."""
PAID = lexicon("figures").words("paid")
IDLE = STOP_WORDS | QUESTION_WORDS | CONDITIONS | GENERIC_PEOPLE | PREPOSITIONS | LAW | OBLIGATION.keys()
"""Words of a question that name no topic."""


class ConflictQuestion(NamedTuple):
    """A question's topic, and the scale or the figure that is asked of it."""

    topic: Topic
    scale: StanceScale | None = None
    figure: Sought | None = None

    @property
    def is_bare(self) -> bool:
        """Whether the question names one thing, or only what is counted: "how many beds are there" leaves much open.

        What is required is said of one thing in many words, so there the question need not name more.
        """
        if self.scale == StanceScale.OBLIGATION:
            return False
        counted = self.figure.counted if self.figure else frozenset()
        telling = [
            term for term in self.topic.words if weight(term.word) == 1.0 and not any_names_same(term.stem, counted)
        ]
        return len(telling) <= (0 if counted else 1)


def asked(question: Question) -> ConflictQuestion | None:
    """What a question asks that guides could contradict each other on; None for all other questions."""
    if (figure := sought(question)) is not None:
        topic = _topic(question, MEASURE_WORDS | DAYS if QuantityKind.DATE in figure.kinds else MEASURE_WORDS)
        return ConflictQuestion(topic, figure=figure) if topic.words else None
    if (scale := _scale(question)) is None:
        return None
    focus = _noun(question.terms[2:]) if scale == StanceScale.EXISTENCE else ()
    focus = _focus(question) if scale == StanceScale.OBLIGATION else focus
    topic = _topic(question, frozenset(FREE) if scale == StanceScale.FREE else frozenset(), focus)
    return ConflictQuestion(topic, scale=scale) if topic.words else None


def _topic(question: Question, measuring: frozenset[str], focus: tuple[Term, ...] = ()) -> Topic:
    """The words of the question's topic: without those that only ask, oblige or measure."""
    meant = states_written_out(question.terms, question.text)
    about = tuple(t for t in meant if t.word not in IDLE and t.word not in measuring)
    written = {t.stem for t in about if t.start > 0 and question.text[t.start].isupper() and t.word not in TIMES}
    return Topic(about, frozenset(written | {t.stem for t in about if t.word in STATES}), focus)


def _scale(question: Question) -> StanceScale | None:
    """The scale that the question asks a stance on; None where it asks for no stance."""
    said = [t.word for t in question.terms]
    if _duty(said) is not None or _without(said) is not None:
        return StanceScale.OBLIGATION
    if said[0] not in AUXILIARIES:
        return None
    if not FREE.keys().isdisjoint(said) and not _is_earned(said):
        return StanceScale.FREE
    return StanceScale.EXISTENCE if said[1:2] == [EXISTENCE] else StanceScale.PERMISSION


def _is_earned(said: Sequence[str]) -> bool:
    """Whether it is asked who is paid, not who pays: "do volunteers get paid", "are interns paid"."""
    return not PAID.isdisjoint(said) and (not GETTING.isdisjoint(said) or any(map(is_people, said[:2])))


def _focus(question: Question) -> tuple[Term, ...]:
    """The words for what may be required: behind "need" or "required to", else before "required" or "mandatory"."""
    terms, said = question.terms, [t.word for t in question.terms]
    if (at := _without(said)) is not None:
        return _noun(terms[at + 1 :])
    if (at := _duty(said)) is None:
        return ()
    subject, after = _noun(terms[:at]), terms[at + 1 :]
    if after and after[0].word == INFINITIVE:
        if said[at] in PASSIVE and subject and not any(is_people(t.word) for t in subject):
            return subject
        after = after[1:]
    return _noun(after) or subject


def _duty(said: Sequence[str]) -> int | None:
    """Where the question speaks of an obligation."""
    for n, word in enumerate(said):
        if word in OBLIGATION or (word in TO_OBLIGES and said[n + 1 : n + 2] == [INFINITIVE]):
            return n
    return None


def _without(said: Sequence[str]) -> int | None:
    return said.index("without") if LACK in said and said[0] in CAN_DO else None


def _noun(terms: Sequence[Term]) -> tuple[Term, ...]:
    """The words that carry meaning before the first preposition or number."""
    found: list[Term] = []
    for term in terms:
        if term.word in PREPOSITIONS or term.word in ANOTHER or is_number(term.word):
            break
        if term.word not in IDLE and term.word not in LIGHT:
            found.append(term)
    return tuple(found)
