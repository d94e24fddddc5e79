"""How a question asks: what kind of thing it expects, whether it wants yes or no, or a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ..lang.lexicon import lexicon
from ..params import ReaderParams
from ..query.answer_type import Expected, expected
from ..query.asking import AUXILIARY, CHAT_WORDS
from ..query.query import Question
from ..query.term_weights import Wanted, by_stem, held, total
from ..text.number_bands import points
from ..text.quantities import Quantity
from ..text.regex import compiled
from ..text.tokenizer import Term

DENIALS = lexicon("figures").words("denials")
"""Words that deny; so does a word that ends in "n't"."""
_KINDS = lexicon("sentence_kinds")


class QuestionForm(NamedTuple):
    """The question as the signals of a sentence see it."""

    words: tuple[Wanted, ...]
    expected: Expected
    yes_no: bool
    when: bool
    weights: tuple[float, ...]
    """What each word weighs, as a share of all."""
    points: tuple[Quantity, ...]
    """Numbers that say of whom or what it asks: "a 12 year old"."""
    params: ReaderParams
    within: int
    """Words within which the question's words count as standing together."""
    by_stem: Mapping[str, Sequence[tuple[int, float]]]
    """For each stem that stands for words: their numbers, and what it counts for them."""

    def held(self, stems: Iterable[str]) -> tuple[float, ...]:
        """How far each word is found among stems, from 0 to 1."""
        return held(self.words, self.by_stem, stems)

    def share(self, *held: Sequence[float]) -> float:
        """The share of the words' weight that is found in any of several places."""
        best: Iterable[float] = map(max, *held) if len(held) > 1 else held[0]
        return sum(weight * found for weight, found in zip(self.weights, best, strict=True))


def question_form(question: Question, words: Sequence[Wanted]) -> QuestionForm:
    """How the question asks, told from the sentences that ask."""
    asking = [t for t in question.terms if any(start <= t.start < end for start, end in question.asking)]
    plain = " ".join(term.word for term in asking)
    first = next((term.word for term in asking if term.word not in CHAT_WORDS), "")
    return QuestionForm(
        words=tuple(words),
        expected=expected(question, {form for word in words for form in word.forms}),
        yes_no=first in AUXILIARY,
        when=_asks("when", plain),
        weights=tuple(word.weight / total(words) for word in words),
        points=points(question.text),
        params=question.params.reader,
        within=question.params.ranking.together,
        by_stem=by_stem(words),
    )


def denies(words: Sequence[Term]) -> bool:
    """Whether any of the words denies."""
    return any(term.word in DENIALS or term.word.endswith("n't") for term in words)


def _asks(kind: str, plain: str) -> bool:
    return compiled(_KINDS.pattern(kind)).search(plain) is not None
