"""Whether a question asks for a list, and of what: "what are the steps …", "which certifications …", "list the …"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from ..query.query import Question
from ..text.tokenizer import QUESTION_WORDS, STOP_WORDS, Term, fold


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


LISTING: Final = _words("list name enumerate give show tell mention")
"""Verbs that ask for a list."""
ASKING: Final = _words("what which whats")
WHOLE: Final = _words(
    "all every each different various several some any main major common typical other additional full complete whole "
    "following kind kinds type types sort sorts example examples"
)
"""Words around what is listed that ask for it as a whole or in general, and name nothing."""
EMPTY: Final = LISTING | WHOLE | _words("please there list lists many me us need needs needed meet get have has")
"""Words of the request that no guide need hold."""
STEPS: Final = _words("step steps stage stages phase phases process procedure")
"""What is done in order: a process is answered by its steps."""
HEADS: Final = _words(
    "steps stages phases requirements documents papers rules duties tasks benefits types kinds symptoms signs "
    "qualities skills traits tools"
)
"""Plurals that ask for a list without a verb: "steps for renewing a passport"."""
ONE: Final = _words("first second third last next final many much how who where when why")
"""Words that ask for one of the items, or for something else."""
SINGULAR: Final = ("ss", "us", "is", "ous")
"""Endings in "s" that make no plural."""
PLURALS: Final = _words("criteria people men women children media data")
ENDING: Final = _words(
    "in at on for during under over from to of by with without after before within as into about per"
)
"""Prepositions: what is listed has been named before them."""
OPENING: Final = _words("i you we a an the")
"""What else may stand behind it."""
HOW: Final = (("how", "to"), ("how", "do", "i"), ("how", "can", "i"), ("how", "do", "you"), ("how", "should", "i"))
"""How it is asked how to do something: the steps are the answer, where a guide lists them."""
AUXILIARIES: Final = _words("do does did can could should would will has have had might must shall may am")
"""Right behind "what" they ask for something else than a list."""
ANYTHING: Final = _words("things items areas fields ways places factors options points aspects details")
"""Plurals that name nothing: what is asked about stands in the other words."""
VERBS: Final = _words(
    "pays earns makes costs charges offers provides gives grants awards issues teaches trains hires employs needs "
    "requires demands asks accepts allows lets takes uses helps covers includes counts applies lasts starts begins "
    "ends opens closes runs sets sends sells says shows works lies stands grows ranks comes goes happens matters means"
)
"""Verbs that look like plurals behind a singular: "which state pays …"."""
REACH: Final = 5
"""Words in which what is listed must be named."""


class AskedList(NamedTuple):
    """What a question wants listed. ``question`` has the words of the request itself taken out of its content."""

    head: Term
    """The word for what is listed."""
    question: Question

    @property
    def names_kind(self) -> bool:
        """Whether the word says of what kind the items are."""
        return self.head.word not in ANYTHING

    @property
    def in_order(self) -> bool:
        """Whether steps are asked for."""
        return self.head.word in STEPS or self.head.word == "how"


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
    at = next((n for n in range(len(said) - 2) if said[n : n + 3] == ["step", "by", "step"]), None)
    return None if at is None else terms[at]


def _how_to(terms: Sequence[Term]) -> Term | None:
    """The "how" of "how do I …"."""
    said = tuple(term.word for term in terms)
    return terms[0] if any(said[: len(how)] == how for how in HOW) else None


def _head(question: Question) -> Term | None:
    """The word for what is listed."""
    terms = question.terms
    first, rest = terms[0].word, terms[1:]
    if first in ENDING and rest and rest[0].word in ASKING:
        first, rest = rest[0].word, rest[1:]
    if first in LISTING or first in ASKING or first == "what's":
        if (rest and rest[0].word in AUXILIARIES) or _defines(rest):
            return None
        single = first == "what's" or (rest and rest[0].word in ("is", "was"))
        return _plural(rest, question.text, STEPS if single else None)
    return terms[0] if first in HEADS and rest and rest[0].word in ENDING | OPENING else None


def _defines(terms: Sequence[Term]) -> bool:
    """Whether "what are …" asks what something is: nothing behind it, and no article before."""
    said = [term.word for term in terms]
    return said[:1] == ["are"] and said[1:2] != ["the"] and ENDING.isdisjoint(said) and len(said) <= REACH


def _plural(terms: Sequence[Term], text: str, only: frozenset[str] | None) -> Term | None:
    """The first plural, or "process", before the first preposition; none where one item is asked for."""
    meaning = 0
    for n, term in enumerate(terms):
        if term.word in ONE or meaning >= REACH:
            return None
        if term.word in ENDING and not (n and terms[n - 1].word in WHOLE):
            return None
        if term.word in WHOLE or term.word in STOP_WORDS or term.word in QUESTION_WORDS:
            if meaning:
                return None
            continue
        if term.word in LISTING:
            continue
        if meaning and term.word in VERBS:
            return None
        meaning += 1
        if term.word in STEPS or (_is_plural(term.word) and not text[term.start : term.end].isupper()):
            return term if only is None or term.word in only else None
    return None


def _is_plural(word: str) -> bool:
    plain = fold(word)
    return plain in PLURALS or (len(plain) > 3 and plain.endswith("s") and not plain.endswith(SINGULAR))
