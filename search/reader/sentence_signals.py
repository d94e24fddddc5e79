"""What speaks for a sentence: the question's words in and around it, what kind of thing it says, how it is shaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from ..lang.lexicon import lexicon
from ..model import Span
from ..query.answer_type import AnswerKind, AnswerSentence
from ..retrieval.passage_signals import Candidate, together
from ..signals import Signal
from ..text.number_bands import bands, fit
from ..text.regex import compiled
from ..text.tokenizer import Term
from .question_form import QuestionForm, denies


class View(NamedTuple):
    """A sentence or list item of a candidate, as the signals see it; ``span`` counts in the passage's text."""

    form: QuestionForm
    candidate: Candidate
    number: int
    span: Span
    words: tuple[Term, ...]
    own: Sequence[float]
    """How far each of the question's words is found in it."""
    above: Sequence[float]
    """The same for the headings, the sentence before and the one after."""
    before: Sequence[float]
    after: Sequence[float]
    cosine: float = 0.0
    gap: float = 0.0
    """How far its cosine lies behind the best sentence's."""
    around: float = 0.0
    """The mean cosine of the sentences before and after."""

    @property
    def text(self) -> str:
        """Its text."""
        return self.candidate.passage.text[self.span[0] : self.span[1]]


_KINDS = lexicon("sentence_kinds")


def _says(kind: str, v: View) -> bool:
    """Whether the sentence says something of a kind that lang/en/sentence_kinds.txt lists."""
    return _saying(kind).search(v.text) is not None


@cache
def _saying(kind: str) -> re.Pattern[str]:
    return compiled(f"(?i){_KINDS.pattern(kind)}")


def is_met(v: View) -> bool:
    """Whether the sentence holds something of the kind that the question asks for; always where it asks for none."""
    return v.form.expected.met(AnswerSentence(v.candidate.passage.text, v.words, *v.span))


def _kind(kind: AnswerKind) -> Callable[[View], float]:
    """1 where a thing of this kind is asked for and there, -1 where it is not there, 0 where it is not asked for."""
    return lambda v: 0.0 if v.form.expected.kind != kind else 1.0 if is_met(v) else -1.0


def group(v: View) -> float:
    """1 where it is about a band that the question's number lies in, -1 where about another: by itself, or its heading.

    "How long is a pass valid for a 12 year old" is answered by what holds for children under 16.
    """
    if not v.form.points:
        return 0.0
    said = (v.text, *reversed(v.candidate.titles))
    return float(next((found for text in said if (found := fit(v.form.points, bands(text)))), 0))


def _long(v: View) -> float:
    most = v.form.params.long
    return min(len(v.words), most) / most


SENTENCE_SIGNALS: tuple[Signal[View], ...] = (
    Signal("own", lambda v: v.form.share(v.own)),
    Signal("own, above", lambda v: v.form.share(v.own, v.above)),
    Signal("own, before", lambda v: v.form.share(v.own, v.before)),
    Signal("own, above, before, after", lambda v: v.form.share(v.own, v.above, v.before, v.after)),
    Signal("together", lambda v: together(v.candidate.by_form, (t.stem for t in v.words), v.form.within)),
    *(Signal(f"meets {kind}", _kind(kind)) for kind in AnswerKind),
    Signal("yes or no", lambda v: float(v.form.yes_no and _says("rules", v))),
    Signal("denies", lambda v: float(v.form.yes_no and denies(v.words))),
    Signal("group", group),
    Signal("asks", lambda v: float(v.text.endswith("?"))),
    Signal("long", _long),
    Signal("item", lambda v: float(v.candidate.passage.is_a("list"))),
    Signal("first", lambda v: float(v.number == 0)),
    Signal("if", lambda v: float(_says("condition", v))),
    Signal("cosine", lambda v: v.cosine),
    Signal("cosine gap", lambda v: v.gap),
    Signal("cosine around", lambda v: v.around),
    Signal("cosine of passage", lambda v: v.candidate.cosine),
)
