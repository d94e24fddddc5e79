"""Sentences that a language model chose: offered by number, quoted verbatim, each run of them a quote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..choosing.chooser import Chooser, chosen
from ..query.query import Question
from .sentence_selector import Sentence, Window, chances

LONGEST_OFFERED = 400
"""Code points of a sentence that a model is shown; what is quoted is the whole of it."""


class ModelChoice(NamedTuple):
    """What a model chose: quotes, best first, none where it says that no sentence answers; None where its reply was no
    choice."""

    quotes: list[Window] | None
    note: str


def choose(question: Question, passages: Sequence[Sequence[Sentence]], chooser: Chooser) -> ModelChoice:
    """Let a model choose among the likeliest sentences. Raises ChooserError where it cannot be asked."""
    offered = _offered(passages, question.params.reader.offered)
    numbers = chosen(chooser.reply(question.text, [_shown(each) for each in offered]), len(offered))
    if numbers == ():
        return ModelChoice([], f"The model {chooser.name} found no sentence that answers.")
    if quotes := _runs([offered[n - 1] for n in numbers or ()], passages):
        return ModelChoice(quotes, f"Chosen from the guides' sentences by the model {chooser.name}.")
    return ModelChoice(None, f"The model {chooser.name} gave no valid choice: citeguide chose by itself.")


def _offered(passages: Sequence[Sequence[Sentence]], most: int) -> list[Sentence]:
    """The likeliest sentences, each once, in the order of the guides' text."""
    each = {sentence.said: sentence for passage in passages for sentence in passage}
    likeliest = sorted(each.values(), key=lambda sentence: -sentence.score)[:most]
    return sorted(likeliest, key=lambda sentence: sentence.place)


def _shown(sentence: Sentence) -> str:
    """A sentence under its headings, as a model is shown it."""
    headings = " > ".join(sentence.ranked.passage.headings[-2:])
    text = sentence.view.text[:LONGEST_OFFERED]
    return f"({headings}) {text}" if headings else text


def _runs(picked: Sequence[Sentence], passages: Sequence[Sequence[Sentence]]) -> list[Window]:
    """The quotes that the chosen sentences make: those that follow each other in a passage are one."""
    likely = chances([sentence for passage in passages for sentence in passage])
    runs: list[list[Sentence]] = []
    for sentence in sorted(picked, key=lambda each: each.place):
        last = runs[-1][-1] if runs else None
        if last and last.ranked is sentence.ranked and last.view.number + 1 == sentence.view.number:
            runs[-1].append(sentence)
        else:
            runs.append([sentence])
    order = {id(sentence): n for n, sentence in enumerate(picked)}
    runs.sort(key=lambda run: min(order[id(sentence)] for sentence in run))
    windows = [Window(tuple(run), sum(likely[sentence.said] for sentence in run)) for run in runs]
    return [window for window in windows if not window.leads_on]
