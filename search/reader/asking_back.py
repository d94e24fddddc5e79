"""Asking back: where sections of the guides answer alike, each for a thing of its own, the asker says which is meant.

"How long is the course?" fits three courses. Their sentences hold the same words of the question, score nearly alike
and give different values of the kind that is asked for; only the headings above them tell them apart. To quote one of
them alone would be to choose for the asker.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..model import Choice, Quote
from ..params import AskBackParams
from ..query.answer_type import AnswerKind
from ..text.number_bands import bands
from ..text.number_words import QuantityKind
from ..text.quantities import Quantity, quantities
from ..text.tokenizer import STOP_WORDS, terms
from .sentence_selector import Sentence, Window

VALUES_OF_KINDS: Mapping[AnswerKind | None, tuple[QuantityKind, ...]] = {
    AnswerKind.AMOUNT: (QuantityKind.MONEY, QuantityKind.PERCENT),
    AnswerKind.SPAN: (QuantityKind.DURATION, QuantityKind.LENGTH),
    AnswerKind.COUNT: (QuantityKind.COUNT,),
    AnswerKind.RATE: (QuantityKind.MONEY, QuantityKind.COUNT, QuantityKind.DURATION, QuantityKind.PERCENT),
    AnswerKind.FIGURE: (
        QuantityKind.AGE,
        QuantityKind.CLOCK,
        QuantityKind.DATE,
        QuantityKind.LENGTH,
        QuantityKind.WEIGHT,
        QuantityKind.VOLUME,
        QuantityKind.SPEED,
        QuantityKind.TEMPERATURE,
        QuantityKind.PERCENT,
        QuantityKind.MONEY,
    ),
}
"""What kinds of quantities give what is asked for."""


class Offer(NamedTuple):
    """One of the things that may be meant: its name, what it gives, and where that stands."""

    sentence: Sentence
    label: str
    value: Quantity

    def choice(self, citation: int) -> Choice:
        """It for the asker."""
        return Choice(self.label, self.sentence.view.text[slice(*self.value.span)], citation)

    def quote(self) -> Quote:
        """Its evidence."""
        return Window((self.sentence,), 0.0).quote()


def offers(found: Sequence[Sequence[Sentence]], best: Window, params: AskBackParams) -> list[Offer]:
    """The things that may be meant, the best quote's first; none where one alone is, or they all give the same."""
    lead = max(best.sentences, key=lambda sentence: sentence.score)
    value = _value(lead)
    if value is None:
        return []
    chosen = [Offer(lead, _label(lead, None), value)]
    for sentence in sorted((max(p, key=_score) for p in found if p), key=_score, reverse=True):
        if len(chosen) == params.most:
            break
        if (offer := _rival(sentence, lead, value, params)) and _is_new(offer, chosen):
            chosen.append(offer)
    if len(chosen) == 1:
        return []
    return [chosen[0]._replace(label=_label(lead, chosen[1].sentence)), *chosen[1:]]


def _score(sentence: Sentence) -> float:
    return sentence.score


def _rival(sentence: Sentence, lead: Sentence, value: Quantity, params: AskBackParams) -> Offer | None:
    """What a sentence of another section gives, where it answers as well as the best one."""
    is_behind = lead.score - sentence.score > params.margin
    if is_behind or _section(sentence) == _section(lead) or not _holds_alike(sentence, lead, params):
        return None
    own = _value(sentence)
    label = _label(sentence, lead)
    return Offer(sentence, label, own) if own and own.kind == value.kind and label and _label(lead, sentence) else None


def _is_new(offer: Offer, chosen: Sequence[Offer]) -> bool:
    """Whether it gives what none of the others does, under a name that none has."""
    a = offer.value
    return all(
        (a.low, a.high) != (b.value.low, b.value.high)
        and offer.label != b.label
        and offer.sentence.said != b.sentence.said
        for b in chosen
    )


def _section(sentence: Sentence) -> tuple[int, tuple[str, ...]]:
    passage = sentence.ranked.passage
    return passage.document, passage.headings


def _holds_alike(a: Sentence, b: Sentence, params: AskBackParams) -> bool:
    """Whether both hold the same of the question, and enough of it: then nothing in it says which is meant."""
    mine, theirs = (tuple(map(max, s.view.own, s.view.above)) for s in (a, b))
    form = a.view.form
    apart = form.share([abs(x - y) for x, y in zip(mine, theirs, strict=True)])
    return apart <= params.apart and min(form.share(mine), form.share(theirs)) >= params.covered


def _value(sentence: Sentence) -> Quantity | None:
    """The one quantity of the kind that is asked for; of several none is known to be the answer."""
    view = sentence.view
    kinds = VALUES_OF_KINDS.get(view.form.expected.kind, ())
    limits = {band.span for band in bands(view.text)} if kinds else set()
    found = [q for q in quantities(view.text) if q.kind in kinds] if kinds else []
    found = [q for q in found if q.span not in limits] or found
    return found[0] if len({(q.low, q.high) for q in found}) == 1 else None


def _label(sentence: Sentence, other: Sentence | None) -> str:
    """The innermost heading that the other one has not, and that says something; empty where there is none."""
    theirs = set(other.view.candidate.titles) if other else set()
    return next((t for t in reversed(sentence.view.candidate.titles) if t not in theirs and any(_telling(t))), "")


def _telling(title: str) -> Iterator[str]:
    yield from (term.word for term in terms(title) if term.word not in STOP_WORDS)
