"""Whether a question asks for a list, and of what: "what are the steps …", "which certifications …", "list the …"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from ..lang.lexicon import lexicon
from ..query.query import Question
from ..query.term_weights import MANNER
from ..text.tokenizer import QUESTION_WORDS, STOP_WORDS, Term, fold

_LIST_QUESTIONS = lexicon("list_questions")
LISTING: Final = _LIST_QUESTIONS.words("listing")
"""Verbs that ask for a list."""
ASKING_FOR_LISTS: Final = _LIST_QUESTIONS.words("asking")
WHOLE_LISTS: Final = _LIST_QUESTIONS.words("whole")
"""Words around what is listed that ask for it as a whole or in general, and name nothing."""
EMPTY: Final = LISTING | WHOLE_LISTS | _LIST_QUESTIONS.words("empty")
"""Words of the request that no guide need hold."""
STEPS: Final = _LIST_QUESTIONS.words("steps")
"""What is done in order: a process is answered by its steps."""
HEADS: Final = _LIST_QUESTIONS.words("heads")
"""Plurals that ask for a list without a verb: "steps for renewing a passport"."""
ONE_OF_LIST: Final = _LIST_QUESTIONS.words("one")
"""Words that ask for one of the items, or for something else."""
SINGULAR: Final = _LIST_QUESTIONS.ordered("singular endings")
"""Endings in "s" that make no plural."""
PLURALS: Final = _LIST_QUESTIONS.words("plurals")
ENDING_LISTS: Final = _LIST_QUESTIONS.words("ending")
"""Prepositions: what is listed has been named before them."""
OPENING_LISTS: Final = _LIST_QUESTIONS.words("opening")
"""What else may stand behind it."""
HOW_LISTS: Final = tuple(tuple(line.split()) for line in _LIST_QUESTIONS.lines("how"))
"""How it is asked how to do something: the steps are the answer, where a guide lists them."""
STEP_BY_STEP: Final = _LIST_QUESTIONS.ordered("step by step")
OF_ONE: Final = _LIST_QUESTIONS.words("of one")
OF_MANY: Final = _LIST_QUESTIONS.words("of many")
DEFINITE_ARTICLE: Final = _LIST_QUESTIONS.words("definite article")
"""What the word behind "what" says: that one thing is asked for, or what things are."""
LIST_AUXILIARIES: Final = _LIST_QUESTIONS.words("auxiliaries")
"""Right behind "what" they ask for something else than a list."""
ANYTHING: Final = _LIST_QUESTIONS.words("anything")
"""Plurals that name nothing: what is asked about stands in the other words."""
LIST_VERBS: Final = _LIST_QUESTIONS.words("verbs")
"""Verbs that look like plurals behind a singular: "which state pays …"."""


class AskedList(NamedTuple):
    """What a question wants listed. ``question`` has the words of the request itself taken out of its content."""

    head: Term
    """The word for what is listed."""
    question: Question

    @property
    def in_order(self) -> bool:
        """Whether steps are asked for."""
        return self.head.word in STEPS or self.head.word in MANNER


def asked_list(question: Question) -> AskedList | None:
    """What the question wants listed; None where it asks for no list."""
    terms = question.terms
    if (head := _step_by_step(terms) or _how_to(terms) or _head(question)) is None:
        return None
    content = tuple(
        t for t in question.content if t.word not in EMPTY | ANYTHING and (t is not head or head.word not in STEPS)
    )
    if not content:
        return None
    return AskedList(head, question._replace(content=content))


def _step_by_step(terms: Sequence[Term]) -> Term | None:
    """The last "step" of "how do I …, step by step"."""
    said = [term.word for term in terms]
    at = next((n for n in range(len(said)) if tuple(said[n : n + len(STEP_BY_STEP)]) == STEP_BY_STEP), None)
    return None if at is None else terms[at]


def _how_to(terms: Sequence[Term]) -> Term | None:
    """The "how" of "how do I …"."""
    said = tuple(term.word for term in terms)
    return terms[0] if any(said[: len(how)] == how for how in HOW_LISTS) else None


def _head(question: Question) -> Term | None:
    """The word for what is listed."""
    terms, reach = question.terms, question.params.lists.reach
    first, rest = terms[0].word, terms[1:]
    if first in ENDING_LISTS and rest and rest[0].word in ASKING_FOR_LISTS:
        first, rest = rest[0].word, rest[1:]
    if first in LISTING or first in ASKING_FOR_LISTS or first == "what's":
        if (rest and rest[0].word in LIST_AUXILIARIES) or _defines(rest, reach):
            return None
        single = first == "what's" or (rest and rest[0].word in OF_ONE)
        return _plural(rest, question.text, STEPS if single else None, reach)
    return terms[0] if first in HEADS and rest and rest[0].word in ENDING_LISTS | OPENING_LISTS else None


def _defines(terms: Sequence[Term], reach: int) -> bool:
    """Whether "what are …" asks what something is: nothing behind it, and no article before."""
    said = [term.word for term in terms]
    plain = not OF_MANY.isdisjoint(said[:1]) and DEFINITE_ARTICLE.isdisjoint(said[1:2])
    return plain and ENDING_LISTS.isdisjoint(said) and len(said) <= reach


def _plural(terms: Sequence[Term], text: str, only: frozenset[str] | None, reach: int) -> Term | None:
    """The first plural, or "process", before the first preposition; none where one item is asked for."""
    meaning = 0
    for n, term in enumerate(terms):
        if term.word in ONE_OF_LIST or meaning >= reach:
            return None
        if term.word in ENDING_LISTS and not (n and terms[n - 1].word in WHOLE_LISTS):
            return None
        if term.word in WHOLE_LISTS or term.word in STOP_WORDS or term.word in QUESTION_WORDS:
            if meaning:
                return None
            continue
        if term.word in LISTING:
            continue
        if meaning and term.word in LIST_VERBS:
            return None
        meaning += 1
        if term.word in STEPS or (_is_plural(term.word) and not text[term.start : term.end].isupper()):
            return term if only is None or term.word in only else None
    return None


def _is_plural(word: str) -> bool:
    plain = fold(word)
    return plain in PLURALS or (len(plain) > 3 and plain.endswith("s") and not plain.endswith(SINGULAR))
